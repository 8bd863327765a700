#include "engine/sweep/axis.hpp"

#include "engine/core/value.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace engine::sweep {

namespace {

/// The number with 12 significant digits that is nearest.
double tidy(double x)
{
    constexpr int digits = 12;
    std::array<char, 32> text {};
    const auto end = std::to_chars(
        text.data(), text.data() + text.size(), x, std::chars_format::general, digits);
    double out = x;
    std::from_chars(text.data(), end.ptr, out);
    return out;
}

std::optional<double> number(std::string_view text)
{
    double out = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(out) ? std::optional(out) : std::nullopt;
}

} // namespace

std::vector<double> steps(double from, double to, double step)
{
    if (step == 0.0) {
        throw std::invalid_argument("a step of 0 leads nowhere");
    }
    // A whole number of steps may come out a little smaller.
    constexpr double rounding = 1e-9;
    const double count = std::floor((to - from) / step + rounding) + 1.0;
    if (count < 1.0) {
        throw std::invalid_argument("steps of " + core::number_text(step) + " do not lead from "
            + core::number_text(from) + " to " + core::number_text(to));
    }
    if (!(count <= most_values)) {
        throw std::invalid_argument("more than " + core::number_text(most_values) + " values");
    }
    std::vector<double> out;
    for (int i = 0; i < static_cast<int>(count); ++i) {
        const double x = from + i * step;
        out.push_back(std::abs(x) < rounding * std::abs(step) ? 0.0 : tidy(x));
    }
    return out;
}

Axis parse_axis(std::string_view text)
{
    const std::size_t equals = text.rfind('=');
    const std::string quoted = "\"" + std::string(text) + "\"";
    if (equals == std::string_view::npos || equals == 0) {
        throw std::invalid_argument(quoted + ": expected NAME=FROM:TO:STEP, such as I=0:20:0.5");
    }
    std::array<double, 3> parts {};
    std::string_view rest = text.substr(equals + 1);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t colon = i + 1 < parts.size() ? rest.find(':') : rest.size();
        const auto value
            = colon == std::string_view::npos ? std::nullopt : number(rest.substr(0, colon));
        if (!value) {
            throw std::invalid_argument(
                quoted + ": expected three numbers FROM:TO:STEP after the name");
        }
        parts.at(i) = *value;
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    try {
        return {std::string(text.substr(0, equals)), steps(parts[0], parts[1], parts[2])};
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(quoted + ": " + error.what());
    }
}

} // namespace engine::sweep
