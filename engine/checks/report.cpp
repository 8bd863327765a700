#include "engine/checks/report.hpp"

#include "engine/core/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace engine::checks {

namespace {

std::string with_unit(const std::string& number, std::string_view unit)
{
    return unit.empty() ? number : number + " " + std::string(unit);
}

/// Never as 1e+05.
std::string time_text(double t_ms)
{
    std::array<char, 64> text {}; // longest time: 1e12 ms, steps of 1e-10 ms
    const auto end
        = std::to_chars(text.data(), text.data() + text.size(), t_ms, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

bool within(double value, const config::Check& check)
{
    constexpr double rounding = 1e-9;
    if (check.equals) {
        return std::abs(value - *check.equals) <= rounding * std::max(1.0, std::abs(*check.equals));
    }
    return (!check.min || value >= *check.min) && (!check.max || value <= *check.max);
}

/// Four digits, or as many as it takes to be on the same side of the limits as the value itself.
std::string number_text(double value, const config::Check& check)
{
    constexpr int few = 4;
    constexpr int all = 17;
    for (int digits = few; digits < all; ++digits) {
        std::array<char, 32> text {};
        const auto end = std::to_chars(
            text.data(), text.data() + text.size(), value, std::chars_format::general, digits)
                             .ptr;
        double rounded = value;
        std::from_chars(text.data(), end, rounded);
        if (within(rounded, check) == within(value, check)) {
            return core::number_text(rounded);
        }
    }
    return core::number_text(value);
}

} // namespace

std::string expected_text(const config::Check& check)
{
    if (config::is_name(check.quantity)) {
        return check.name;
    }
    std::string text;
    if (check.equals || (check.min && check.min == check.max)) {
        text = core::number_text(check.equals ? *check.equals : *check.min);
    } else if (check.min && check.max) {
        text = core::number_text(*check.min) + " to " + core::number_text(*check.max);
    } else if (check.min) {
        text = ">= " + core::number_text(*check.min);
    } else if (check.max) {
        text = "<= " + core::number_text(*check.max);
    }
    return with_unit(text, config::unit_of(check.quantity));
}

bool meets(const Measured& measured, const config::Check& check)
{
    if (config::is_name(check.quantity)) {
        return !measured.name.empty()
            && (measured.name == check.name
                || std::find(measured.also.begin(), measured.also.end(), check.name)
                    != measured.also.end());
    }
    return measured.value && within(*measured.value, check);
}

std::string Result::what() const
{
    std::string text(config::name_of(check.quantity));
    if (!population.empty()) {
        text += " of " + population;
    }
    if (check.neuron) {
        text += " " + std::to_string(*check.neuron);
    }
    return text;
}

std::string Result::window_text() const
{
    const std::string from = time_text(from_ms);
    return to_ms ? from + " to " + time_text(*to_ms) + " ms" : "from " + from + " ms";
}

std::string Result::measured_text() const
{
    if (!measured.name.empty()) {
        const bool by_another = check.quantity == config::Quantity::pattern
            && measured.name != check.name && meets(measured, check);
        return by_another ? measured.name + ", also " + check.name : measured.name;
    }
    return measured.value
        ? with_unit(number_text(*measured.value, check), config::unit_of(check.quantity))
        : "none";
}

bool Report::complete() const
{
    return std::all_of(
        results.begin(), results.end(), [](const Result& result) { return result.complete; });
}

bool Report::passed() const
{
    return !results.empty()
        && std::all_of(results.begin(), results.end(),
            [](const Result& result) { return result.complete && result.pass; });
}

} // namespace engine::checks
