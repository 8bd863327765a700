#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace test_support {

using OrderedJson = nlohmann::ordered_json;

/// Random decisions and the ways in which a preset can write a number. std::mt19937_64 alone is the
/// same everywhere; the distributions of the library are not.
class RandomChoice {
public:
    explicit RandomChoice(std::uint64_t seed)
        : engine_(seed)
    {
    }

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    bool once_in(std::size_t n) { return below(n) == 0; }
    double between(double low, double high)
    {
        const double u = static_cast<double>(engine_() >> 11) * 0x1.0p-53;
        return low + (high - low) * u;
    }
    /// Few digits, as people write them, or all of them.
    double plain(double low, double high)
    {
        const double x = between(low, high);
        const double rounded = std::round(x * 100.0) / 100.0;
        return once_in(4) || rounded < low || rounded > high ? x : rounded;
    }
    template <typename T> const T& one_of(const std::vector<T>& items)
    {
        return items[below(items.size())];
    }

    /// `x` as a number or as an expression with exactly that value (`one` and `zero` are
    /// variables).
    OrderedJson number(double x)
    {
        if (!once_in(4)) {
            return x;
        }
        const std::string text = OrderedJson(x).dump();
        const std::vector<std::string> forms {text, "one * " + text, text + " + zero",
            "zero > one ? pi : " + text, "min(" + text + ", 1e300)", "(" + text + ")^one"};
        // A power of a negative number with a fractional form would be a matter of its own.
        return forms[below(x < 0 ? forms.size() - 1 : forms.size())];
    }
    OrderedJson whole(std::size_t n)
    {
        switch (below(4)) {
        case 0:
            return std::to_string(n) + " * one";
        case 1:
            return static_cast<double>(n);
        default:
            return n;
        }
    }
    /// A draw with all its values between low and high.
    OrderedJson draw_within(double low, double high, std::size_t size = 0)
    {
        OrderedJson draw;
        if (size > 0 && once_in(3)) {
            draw["values"] = OrderedJson::array();
            for (std::size_t i = 0; i < size; ++i) {
                draw["values"].push_back(number(plain(low, high)));
            }
        } else if (once_in(2)) {
            draw["uniform"] = {number(low), number(high)};
        } else {
            draw["normal"] = {number(0.5 * (low + high)), number(0.1 * (high - low))};
            draw["min"] = number(low);
            draw["max"] = number(high);
        }
        if (once_in(3)) {
            draw["scale"] = "one";
        }
        return draw;
    }
    /// A draw without bounds.
    OrderedJson free_draw()
    {
        switch (below(4)) {
        case 0:
            return {{"lognormal", {number(plain(-1, 1)), number(plain(0, 0.5))}}};
        case 1:
            return {{"exponential", number(plain(0.1, 2))}, {"scale", number(plain(-1, 1))}};
        case 2:
            return {{"normal", {number(plain(-1, 1)), number(plain(0, 1))}}};
        default:
            return draw_within(plain(-2, -1), plain(0, 1));
        }
    }

private:
    std::mt19937_64 engine_;
};

} // namespace test_support
