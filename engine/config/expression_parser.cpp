#include "engine/config/expression.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/number_literal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::config {

/// Recursive descent; each level of brackets, signs, exponents and choices counts towards a limit,
/// so that no text exhausts the stack.
class ExpressionParser {
public:
    ExpressionParser(std::string_view text, const std::vector<std::string>& names)
        : text_(text)
        , names_(names)
    {
    }

    Expression::Compiled parse()
    {
        try {
            if (text_.size() > longest) {
                fail("is " + std::to_string(text_.size()) + " characters long",
                    "an expression has at most " + std::to_string(longest));
            }
            choice();
            if (!at_end()) {
                fail(found_here(), "expected an operator or the end", operator_hint());
            }
        } catch (const ExpressionError& error) {
            return {std::nullopt, error};
        }
        return {std::move(out_), {}};
    }

private:
    using Op = Expression::Op;
    static constexpr std::size_t longest = 4096;
    static constexpr int deepest = 100;

    struct Function {
        std::string_view name;
        Op op;
        bool variadic;
    };
    static constexpr std::array<Function, 12> functions {{
        {"exp", Op::exp, false},
        {"log", Op::log, false},
        {"sqrt", Op::sqrt, false},
        {"abs", Op::abs, false},
        {"min", Op::min, true},
        {"max", Op::max, true},
        {"floor", Op::floor, false},
        {"ceil", Op::ceil, false},
        {"round", Op::round, false},
        {"sin", Op::sin, false},
        {"cos", Op::cos, false},
        {"tanh", Op::tanh, false},
    }};

    [[noreturn]] void fail_at(
        std::size_t at, std::string found, std::string expected, std::string hint = {}) const
    {
        // Positions are for people: characters, not bytes.
        const std::string_view before = text_.substr(0, std::min(at, text_.size()));
        const auto characters = std::count_if(before.begin(), before.end(),
            [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        throw ExpressionError {static_cast<std::size_t>(characters) + 1, std::move(found),
            std::move(expected), std::move(hint)};
    }
    [[noreturn]] void fail(std::string found, std::string expected, std::string hint = {}) const
    {
        fail_at(at_, std::move(found), std::move(expected), std::move(hint));
    }

    class Level {
    public:
        explicit Level(ExpressionParser& parser)
            : parser_(parser)
        {
            if (++parser_.depth_ > deepest) {
                parser_.fail("is nested more than " + std::to_string(deepest) + " levels deep", "");
            }
        }
        ~Level() { --parser_.depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        ExpressionParser& parser_;
    };

    void skip_blanks()
    {
        while (at_ < text_.size()
            && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'
                || text_[at_] == '\r')) {
            ++at_;
        }
    }

    bool at_end()
    {
        skip_blanks();
        return at_ == text_.size();
    }

    bool take(std::string_view symbol)
    {
        skip_blanks();
        if (text_.substr(at_, symbol.size()) != symbol) {
            return false;
        }
        at_ += symbol.size();
        return true;
    }

    std::string found_here()
    {
        if (at_end()) {
            return "the expression ends here";
        }
        std::size_t end = at_ + 1;
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
        return "found " + in_quotes(text_.substr(at_, end - at_));
    }

    std::string operator_hint() const
    {
        const std::string_view rest = text_.substr(at_);
        if (rest.substr(0, 2) == "&&" || rest.substr(0, 2) == "||") {
            return "a product or sum of comparisons, or c ? a : b, does the same";
        }
        if (rest.substr(0, 1) == "=") {
            return "comparison is ==; there is no assignment";
        }
        if (rest.substr(0, 1) == ",") {
            return "an expression has one value; the decimal sign is a point";
        }
        if (rest.substr(0, 1) == "(" || (!rest.empty() && is_name(rest.substr(0, 1)))) {
            return "multiplication is written *";
        }
        return {};
    }

    void emit(Op op, int change, double constant = 0.0, std::uint32_t name = 0)
    {
        out_.program_.push_back({op, name, constant});
        height_ += change;
        out_.stack_ = std::max(out_.stack_, static_cast<std::size_t>(height_));
    }

    // choice := equality ['?' choice ':' choice]
    void choice()
    {
        const Level level(*this);
        equality();
        if (take("?")) {
            choice();
            if (!take(":")) {
                fail(found_here(), "expected \":\" of \"condition ? a : b\"");
            }
            choice();
            emit(Op::choose, -2);
        }
    }

    // equality := relation [('==' | '!=') relation]; a row of comparisons would surely not mean
    // what it says
    void equality()
    {
        relation();
        if (take("==")) {
            relation();
            emit(Op::equal, -1);
        } else if (take("!=")) {
            relation();
            emit(Op::not_equal, -1);
        } else {
            return;
        }
        refuse_chain();
    }

    void relation()
    {
        sum();
        Op op = Op::less;
        if (take("<=")) {
            op = Op::less_equal;
        } else if (take(">=")) {
            op = Op::greater_equal;
        } else if (take("<")) {
            op = Op::less;
        } else if (take(">")) {
            op = Op::greater;
        } else {
            return;
        }
        sum();
        emit(op, -1);
        skip_blanks();
        if (at_ < text_.size() && (text_[at_] == '<' || text_[at_] == '>')) {
            refuse_chain();
        }
    }

    void refuse_chain()
    {
        skip_blanks();
        const std::string_view rest = text_.substr(at_);
        if (!rest.empty()
            && (rest[0] == '<' || rest[0] == '>' || rest.substr(0, 2) == "=="
                || rest.substr(0, 2) == "!=")) {
            fail(found_here(), "comparisons do not follow each other",
                "(a < b) * (b < c) is 1 where both hold");
        }
    }

    void sum()
    {
        product();
        for (;;) {
            if (take("+")) {
                product();
                emit(Op::add, -1);
            } else if (take("-")) {
                product();
                emit(Op::subtract, -1);
            } else {
                return;
            }
        }
    }

    void product()
    {
        sign();
        for (;;) {
            skip_blanks();
            if (text_.substr(at_, 2) == "**") {
                fail(found_here(), "expected a value after \"*\"", "a power is written ^");
            }
            if (take("*")) {
                sign();
                emit(Op::multiply, -1);
            } else if (take("/")) {
                sign();
                emit(Op::divide, -1);
            } else {
                return;
            }
        }
    }

    // sign := ('-' | '+') sign | power
    void sign()
    {
        const Level level(*this);
        if (take("-")) {
            sign();
            emit(Op::negate, 0);
        } else if (take("+")) {
            sign();
        } else {
            power();
        }
    }

    // power := value ['^' sign]
    void power()
    {
        value();
        if (take("^")) {
            sign();
            emit(Op::power, -1);
        }
    }

    void value()
    {
        if (at_end()) {
            fail(text_.find_first_not_of(" \t\r\n") == std::string_view::npos ? "is empty"
                                                                              : found_here(),
                "expected a value");
        }
        if (take("(")) {
            choice();
            close_bracket();
            return;
        }
        const char c = text_[at_];
        if ((c >= '0' && c <= '9') || c == '.') {
            number();
        } else if (is_name(text_.substr(at_, 1))) {
            name();
        } else {
            fail(found_here(), "expected a value");
        }
    }

    void close_bracket()
    {
        if (!take(")")) {
            fail(found_here(), "expected \")\"", operator_hint());
        }
    }

    void number()
    {
        const std::size_t end = number_end(text_, at_);
        if (end == at_ + 1 && text_[at_] == '.') {
            fail(found_here(), "expected a value");
        }
        const std::string_view digits = text_.substr(at_, end - at_);
        const std::optional<double> x = number_value(digits);
        if (!x) {
            fail("number " + std::string(digits.substr(0, 40)) + " is too large",
                "must fit into a double (at most about 1.8e308)");
        }
        at_ = end;
        emit(Op::constant, 1, *x);
    }

    void name()
    {
        const std::size_t begin = at_;
        std::size_t end = begin + 1;
        while (end < text_.size() && is_name(text_.substr(begin, end + 1 - begin))) {
            ++end;
        }
        const std::string word(text_.substr(begin, end - begin));
        at_ = end;
        if (take("(")) {
            call(word, begin);
        } else if (word == "pi") {
            emit(Op::constant, 1, 3.14159265358979323846);
        } else if (word == "e") {
            emit(Op::constant, 1, 2.71828182845904523536);
        } else {
            variable(word, begin);
        }
    }

    void variable(const std::string& word, std::size_t begin)
    {
        if (std::find(names_.begin(), names_.end(), word) == names_.end()) {
            if (find_function(word) != nullptr) {
                fail_at(begin, "function " + word + " stands without its value",
                    "expected " + word + "(...)");
            }
            std::vector<std::string> known = names_;
            known.insert(known.end(), {"pi", "e"});
            fail_at(begin, "unknown name " + in_quotes(word),
                names_.empty() ? "there are no variables, only pi and e"
                               : "expected one of " + joined(known),
                did_you_mean(word, known));
        }
        auto& used = out_.names_;
        auto slot = std::find(used.begin(), used.end(), word);
        if (slot == used.end()) {
            used.push_back(word);
            slot = used.end() - 1;
        }
        emit(Op::name, 1, 0.0, static_cast<std::uint32_t>(slot - used.begin()));
    }

    static const Function* find_function(std::string_view word)
    {
        const auto* found = std::find_if(
            functions.begin(), functions.end(), [&](const Function& f) { return f.name == word; });
        return found == functions.end() ? nullptr : found;
    }

    void call(const std::string& word, std::size_t begin)
    {
        const Function* function = find_function(word);
        if (function == nullptr) {
            std::vector<std::string> known;
            for (const Function& f : functions) {
                known.emplace_back(f.name);
            }
            const bool is_variable = std::find(names_.begin(), names_.end(), word) != names_.end();
            fail_at(begin, "unknown function " + in_quotes(word),
                "expected one of " + joined(known),
                is_variable ? "multiplication is written *" : did_you_mean(word, known));
        }
        choice();
        int values = 1;
        while (take(",")) {
            if (!function->variadic) {
                --at_;
                fail(found_here(), word + " takes one value", "the decimal sign is a point");
            }
            choice();
            emit(function->op, -1);
            ++values;
        }
        close_bracket();
        if (!function->variadic) {
            emit(function->op, 0);
        } else if (values < 2) {
            fail_at(begin, word + " has one value", "expected two or more");
        }
    }

    std::string_view text_;
    const std::vector<std::string>& names_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int height_ = 0;
    Expression out_;
};

Expression::Compiled Expression::compile(
    std::string_view text, const std::vector<std::string>& names)
{
    return ExpressionParser(text, names).parse();
}

} // namespace engine::config
