#pragma once

#include "engine/core/value.hpp"
#include "engine/models/formula.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The equations of a model as data: what a window typesets, fills with the present values and
// highlights, and what tests evaluate against the kernel. Pure functions of values; any thread.

namespace engine::models {

struct ModelDescription;
struct ParamSpec;
/// Values of all parameters of one neuron, by name. Every parameter of the description is present.
using ParamValues = std::map<std::string, core::Value, std::less<>>;

/// What a symbol of the formulas stands for where its name alone does not tell: a symbol with the
/// name of a parameter or a recordable needs no entry.
struct EquationSymbol {
    std::string name; ///< "b_s"
    std::string param {}; ///< the parameter it is: "th_spike_decay"; else empty
    std::optional<std::size_t> element {}; ///< of a list parameter, from 0
    std::string recordable {}; ///< the recordable that has its present value; else empty
    std::string meaning {}; ///< of what is neither
    std::string unit {}; ///< of what is neither
};

/// One line.
struct Equation {
    enum class Kind {
        slope, ///< d(V) = ..., also with a factor: C_m * d(V) = ...
        definition, ///< holds at all times
        condition, ///< what makes a spike
        change, ///< of a state at an event
        start, ///< value at t = 0
        step, ///< how the integrator gets from one step to the next
        words, ///< a note alone
    };
    Kind kind = Kind::definition;
    std::string section; ///< heading under which it stands
    Formula left {};
    std::string relation {}; ///< "=", ">=", ">", "<-"
    Formula right {};
    std::string hold {}; ///< of a change: the symbol of the time for which the state is held then
    std::string note {}; ///< when and why, in words
    /// Parameters that decide that this line stands here, without being in it: flags and choices.
    std::vector<std::string> decided_by {};
};

struct Equations {
    std::vector<EquationSymbol> symbols;
    std::vector<Equation> lines;
};

/// Writes lines one after the other, of one section after the other.
class EquationWriter {
public:
    void section(std::string title) { section_ = std::move(title); }
    Equation& slope(std::string_view left, std::string_view right);
    Equation& definition(std::string_view left, std::string_view right);
    Equation& condition(const char* left, const char* relation, const char* right);
    Equation& change(std::string_view left, std::string_view right, std::string note = {});
    Equation& start(std::string_view left, std::string_view right);
    Equation& step(std::string_view left, std::string_view right);
    Equation& words(std::string note);
    void symbol(EquationSymbol symbol) { out_.symbols.push_back(std::move(symbol)); }
    /// Of all lines from the one with this number on.
    void decide_from(std::size_t line, const std::string& param);
    std::size_t size() const { return out_.lines.size(); }
    Equations take() { return std::move(out_); }

private:
    Equation& add(Equation::Kind kind, std::string_view left, const char* relation,
        std::string_view right, std::string note = {});

    std::string section_;
    Equations out_;
};

/// What a symbol stands for.
struct SymbolMeaning {
    const ParamSpec* param = nullptr;
    std::optional<std::size_t> element {}; ///< of a list parameter
    std::string recordable {};
    std::string meaning;
    std::string unit;
};
/// Nothing for a name that the model does not know.
std::optional<SymbolMeaning> meaning_of(const ModelDescription& model, const ParamValues& params,
    const Equations& equations, const std::string& symbol);
/// The number that a parameter, or its element, has; nothing for other kinds and for none.
std::optional<double> value_of(const SymbolMeaning& meaning, const ParamValues& params);

/// All symbols of a line, each once.
std::vector<std::string> symbols_of(const Equation& equation);
/// The state whose slope a line of kind `slope` gives.
std::string state_of(const Equation& equation);
/// The slope of its state in the unit of the state per ms; nothing where a symbol has no value.
std::optional<double> slope_of(const Equation& equation, const SymbolValues& values);
/// "C_m dV/dt = -g (V - E_L) + I", "V <- V_reset for t_ref", with the note behind.
std::string text_of(const Equation& equation);

} // namespace engine::models
