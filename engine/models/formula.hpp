#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::models {

/// An arithmetic formula as a tree: to be typeset, filled with numbers and evaluated.
struct Formula {
    enum class Kind {
        number,
        symbol,
        sum,
        product,
        quotient, ///< of two parts
        power, ///< of two parts
        negative, ///< of one part
        call, ///< of the function `name`: exp and max have values, others are only written
    };
    Kind kind = Kind::number;
    double number = 0.0;
    std::string name; ///< of a symbol or function
    std::vector<Formula> parts;
    friend bool operator==(const Formula&, const Formula&) = default;
};

/// Reads "-(V - E_L) / tau_m + (I + I_e) / C_m": numbers, names, + - * / ^, parentheses, functions.
/// A name may end with marks that belong to it ("v'"). Throws std::invalid_argument: what is wrong
/// and at which character. Pure; any thread.
Formula formula(std::string_view text);

/// Names of the symbols, each once, in the order in which they occur.
std::vector<std::string> symbols_of(const Formula& formula);

/// What a symbol is worth; nothing where it has no value now.
using SymbolValues = std::function<std::optional<double>(const std::string& symbol)>;
/// Nothing where a symbol or a function has no value.
std::optional<double> evaluate(const Formula& formula, const SymbolValues& values);

/// One line: "-(V - E_L) / tau_m + (I + I_e) / C_m", with no more parentheses than needed.
std::string text_of(const Formula& formula);

} // namespace engine::models
