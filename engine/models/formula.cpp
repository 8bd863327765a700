#include "engine/models/formula.hpp"

#include "engine/core/numerics.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace engine::models {

using Kind = Formula::Kind;

namespace {

class Parser {
public:
    explicit Parser(std::string_view text)
        : text_(text)
    {
    }

    Formula all()
    {
        Formula out = sum();
        if (next() != '\0') {
            fail("the end");
        }
        return out;
    }

private:
    [[noreturn]] void fail(const char* expected) const
    {
        throw std::invalid_argument("formula \"" + std::string(text_) + "\", character "
            + std::to_string(at_ + 1) + ": expected " + expected);
    }

    /// The next character that is no blank; 0 at the end.
    char next()
    {
        while (at_ < text_.size() && text_[at_] == ' ') {
            ++at_;
        }
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char wanted)
    {
        const bool is = next() == wanted;
        at_ += is ? 1 : 0;
        return is;
    }

    Formula sum()
    {
        std::vector<Formula> terms {term()};
        while (true) {
            if (take('+')) {
                terms.push_back(term());
            } else if (take('-')) {
                terms.push_back({Kind::negative, 0.0, {}, {term()}});
            } else {
                return terms.size() == 1 ? terms.front()
                                         : Formula {Kind::sum, 0.0, {}, std::move(terms)};
            }
        }
    }

    Formula term()
    {
        if (take('-')) {
            return {Kind::negative, 0.0, {}, {term()}};
        }
        Formula out = power();
        while (true) {
            if (take('*')) {
                Formula factor = power();
                if (out.kind == Kind::product) {
                    out.parts.push_back(std::move(factor));
                } else {
                    out = {Kind::product, 0.0, {}, {std::move(out), std::move(factor)}};
                }
            } else if (take('/')) {
                out = {Kind::quotient, 0.0, {}, {std::move(out), power()}};
            } else {
                return out;
            }
        }
    }

    Formula power()
    {
        Formula base = atom();
        return take('^') ? Formula {Kind::power, 0.0, {}, {std::move(base), atom()}} : base;
    }

    Formula atom()
    {
        const char c = next();
        if (take('(')) {
            Formula inner = sum();
            close();
            return inner;
        }
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            Formula out;
            const auto read
                = std::from_chars(text_.data() + at_, text_.data() + text_.size(), out.number);
            at_ = static_cast<std::size_t>(read.ptr - text_.data());
            return out;
        }
        std::string name = word();
        if (name.empty()) {
            fail("a number, a name or (");
        }
        if (!take('(')) {
            return {Kind::symbol, 0.0, std::move(name), {}};
        }
        std::vector<Formula> arguments {sum()};
        while (take(',')) {
            arguments.push_back(sum());
        }
        close();
        return {Kind::call, 0.0, std::move(name), std::move(arguments)};
    }

    std::string word()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size()
            && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'
                || text_[at_] == '\'')) {
            ++at_;
        }
        return std::string(text_.substr(begin, at_ - begin));
    }

    void close()
    {
        if (!take(')')) {
            fail(")");
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void collect(const Formula& formula, std::vector<std::string>& names)
{
    if (formula.kind == Kind::symbol
        && std::find(names.begin(), names.end(), formula.name) == names.end()) {
        names.push_back(formula.name);
    }
    for (const Formula& part : formula.parts) {
        collect(part, names);
    }
}

std::optional<double> call(const std::string& name, const std::vector<double>& arguments)
{
    if (name == "exp" && arguments.size() == 1) {
        return core::exp(arguments[0]);
    }
    if (name == "max" && !arguments.empty()) {
        return *std::max_element(arguments.begin(), arguments.end());
    }
    return std::nullopt;
}

std::optional<double> combine(const Formula& formula, const std::vector<double>& parts)
{
    double out = formula.kind == Kind::product ? 1.0 : 0.0;
    switch (formula.kind) {
    case Kind::sum:
        for (const double part : parts) {
            out += part;
        }
        return out;
    case Kind::product:
        for (const double part : parts) {
            out *= part;
        }
        return out;
    case Kind::quotient:
        return parts[0] / parts[1];
    case Kind::power:
        return core::pow(parts[0], parts[1]);
    case Kind::negative:
        return -parts[0];
    case Kind::call:
        return call(formula.name, parts);
    case Kind::number:
    case Kind::symbol:
        break;
    }
    return std::nullopt;
}

/// The part in parentheses where what stands around it would tear it apart.
std::string within(const Formula& part, std::initializer_list<Kind> torn)
{
    const std::string text = text_of(part);
    return std::find(torn.begin(), torn.end(), part.kind) == torn.end() ? text : "(" + text + ")";
}

std::string joined(const std::vector<std::string>& texts, const char* by)
{
    std::string out;
    for (const std::string& text : texts) {
        out += (out.empty() ? "" : by) + text;
    }
    return out;
}

std::string sum_text(const Formula& sum)
{
    std::string out;
    for (const Formula& part : sum.parts) {
        const bool minus = part.kind == Kind::negative;
        if (out.empty()) {
            out = text_of(part);
        } else {
            out += minus ? " - " + within(part.parts[0], {Kind::sum, Kind::negative})
                         : " + " + text_of(part);
        }
    }
    return out;
}

} // namespace

Formula formula(std::string_view text) { return Parser(text).all(); }

std::vector<std::string> symbols_of(const Formula& formula)
{
    std::vector<std::string> names;
    collect(formula, names);
    return names;
}

std::optional<double> evaluate(const Formula& formula, const SymbolValues& values)
{
    if (formula.kind == Kind::number) {
        return formula.number;
    }
    if (formula.kind == Kind::symbol) {
        return values(formula.name);
    }
    std::vector<double> parts;
    for (const Formula& part : formula.parts) {
        const std::optional<double> value = evaluate(part, values);
        if (!value) {
            return std::nullopt;
        }
        parts.push_back(*value);
    }
    return combine(formula, parts);
}

std::string text_of(const Formula& formula)
{
    const std::vector<Formula>& parts = formula.parts;
    std::vector<std::string> texts;
    switch (formula.kind) {
    case Kind::number:
        return core::number_text(formula.number);
    case Kind::symbol:
        return formula.name;
    case Kind::sum:
        return sum_text(formula);
    case Kind::product:
        for (const Formula& part : parts) {
            texts.push_back(within(part, {Kind::sum, Kind::negative}));
        }
        return joined(texts, " ");
    case Kind::quotient:
        return within(parts[0], {Kind::sum, Kind::negative}) + " / "
            + within(parts[1], {Kind::sum, Kind::negative, Kind::product, Kind::quotient});
    case Kind::power:
        return within(parts[0],
                   {Kind::sum, Kind::negative, Kind::product, Kind::quotient, Kind::power})
            + "^"
            + within(
                parts[1], {Kind::sum, Kind::negative, Kind::product, Kind::quotient, Kind::power});
    case Kind::negative:
        return "-" + within(parts[0], {Kind::sum, Kind::negative});
    case Kind::call:
        for (const Formula& part : parts) {
            texts.push_back(text_of(part));
        }
        return formula.name + "(" + joined(texts, ", ") + ")";
    }
    return {};
}

} // namespace engine::models
