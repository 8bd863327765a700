#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

/// What is wrong with the text of an expression.
struct ExpressionError {
    std::size_t position = 0; ///< character, from 1
    std::string found;
    std::string expected;
    std::string hint;
};

/// An arithmetic expression as presets contain them, compiled to a postfix program: numbers, names,
/// pi, e, + - * / ^, comparisons (1 or 0), c ? a : b, and exp log sqrt abs min max floor ceil round
/// sin cos tanh. ^ is right-associative and stronger than unary minus. Immutable; any thread.
/// Results are the same bits on every processor (core/numerics).
class Expression {
public:
    struct Compiled;
    /// `names` are the names that may occur. At most 4096 characters.
    static Compiled compile(std::string_view text, const std::vector<std::string>& names);

    /// Names that occur, in the order of evaluate()'s values.
    const std::vector<std::string>& names() const { return names_; }
    /// May be infinite or not a number: the caller decides where. `values` has names().size()
    /// entries.
    double evaluate(const double* values) const;

private:
    friend class ExpressionParser;
    enum class Op : std::uint8_t {
        constant,
        name,
        negate,
        add,
        subtract,
        multiply,
        divide,
        power,
        less,
        less_equal,
        greater,
        greater_equal,
        equal,
        not_equal,
        choose,
        exp,
        log,
        sqrt,
        abs,
        min,
        max,
        floor,
        ceil,
        round,
        sin,
        cos,
        tanh,
    };
    struct Instruction {
        Op op = Op::constant;
        std::uint32_t name = 0;
        double constant = 0.0;
    };
    std::vector<Instruction> program_;
    std::vector<std::string> names_;
    std::size_t stack_ = 0; ///< entries that an evaluation needs
};

struct Expression::Compiled {
    std::optional<Expression> expression; ///< missing where there is an error
    ExpressionError error;
};

/// A name as variables, populations and random numbers may have: [A-Za-z_][A-Za-z0-9_]*.
bool is_name(std::string_view text);

/// Expression over a population's random numbers; the preset's variables that it uses have the
/// values that they had when the preset was resolved.
class NeuronExpression {
public:
    NeuronExpression(Expression expression, const std::map<std::string, double>& variables,
        const std::vector<std::string>& random_names);

    /// Names of the random numbers that it uses.
    const std::vector<std::string>& random_names() const { return random_names_; }
    /// `randoms[i]` holds the values of random_names()[i], one for each neuron.
    double evaluate(const std::vector<const double*>& randoms, std::size_t neuron) const;

private:
    Expression expression_;
    std::vector<double> bound_; ///< by slot of the expression; random ones are overwritten
    std::vector<std::string> random_names_;
    std::vector<std::size_t> random_slots_;
};

} // namespace engine::config
