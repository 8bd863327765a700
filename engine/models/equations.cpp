#include "engine/models/equations.hpp"

#include "engine/models/description.hpp"

#include <algorithm>
#include <utility>

namespace engine::models {

namespace {

bool is_slope(const Formula& formula)
{
    return formula.kind == Formula::Kind::call && formula.name == "d";
}

/// d(V) of C_m * d(V).
const Formula& slope_in(const Formula& left)
{
    return left.kind == Formula::Kind::product ? left.parts.back() : left;
}

std::string left_text(const Formula& left)
{
    if (is_slope(left)) {
        return "d" + text_of(left.parts.front()) + "/dt";
    }
    if (left.kind != Formula::Kind::product) {
        return text_of(left);
    }
    std::string out;
    for (const Formula& part : left.parts) {
        out += (out.empty() ? "" : " ") + left_text(part);
    }
    return out;
}

} // namespace

Equation& EquationWriter::add(Equation::Kind kind, std::string_view left, const char* relation,
    std::string_view right, std::string note)
{
    Equation line;
    line.kind = kind;
    line.section = section_;
    line.left = formula(left);
    line.relation = relation;
    line.right = formula(right);
    line.note = std::move(note);
    return out_.lines.emplace_back(std::move(line));
}

Equation& EquationWriter::slope(std::string_view left, std::string_view right)
{
    return add(Equation::Kind::slope, left, "=", right);
}

Equation& EquationWriter::definition(std::string_view left, std::string_view right)
{
    return add(Equation::Kind::definition, left, "=", right);
}

Equation& EquationWriter::condition(const char* left, const char* relation, const char* right)
{
    return add(Equation::Kind::condition, left, relation, right);
}

Equation& EquationWriter::change(std::string_view left, std::string_view right, std::string note)
{
    return add(Equation::Kind::change, left, "<-", right, std::move(note));
}

Equation& EquationWriter::start(std::string_view left, std::string_view right)
{
    return add(Equation::Kind::start, left, "=", right);
}

Equation& EquationWriter::step(std::string_view left, std::string_view right)
{
    return add(Equation::Kind::step, left, "=", right);
}

Equation& EquationWriter::words(std::string note)
{
    Equation line;
    line.kind = Equation::Kind::words;
    line.section = section_;
    line.note = std::move(note);
    return out_.lines.emplace_back(std::move(line));
}

void EquationWriter::decide_from(std::size_t line, const std::string& param)
{
    for (; line < out_.lines.size(); ++line) {
        out_.lines[line].decided_by.push_back(param);
    }
}

std::optional<SymbolMeaning> meaning_of(const ModelDescription& model, const ParamValues& params,
    const Equations& equations, const std::string& symbol)
{
    const auto known = std::find_if(equations.symbols.begin(), equations.symbols.end(),
        [&](const EquationSymbol& entry) { return entry.name == symbol; });
    const bool listed = known != equations.symbols.end();
    const std::string& param = listed ? known->param : symbol;
    if (const ParamSpec* spec = model.find_param(param)) {
        return SymbolMeaning {
            spec, listed ? known->element : std::nullopt, {}, spec->meaning, spec->unit};
    }
    const std::string& recordable = listed ? known->recordable : symbol;
    for (const RecordableSpec& spec : model.recordables(params)) {
        if (spec.name == recordable) {
            return SymbolMeaning {nullptr, {}, spec.name, spec.meaning, spec.unit};
        }
    }
    if (!listed || known->meaning.empty()) {
        return std::nullopt;
    }
    return SymbolMeaning {nullptr, {}, {}, known->meaning, known->unit};
}

std::optional<double> value_of(const SymbolMeaning& meaning, const ParamValues& params)
{
    const auto found = meaning.param == nullptr ? params.end() : params.find(meaning.param->name);
    if (found == params.end()) {
        return std::nullopt;
    }
    if (const auto* number = std::get_if<double>(&found->second)) {
        return *number;
    }
    const auto* list = std::get_if<std::vector<double>>(&found->second);
    if (list != nullptr && meaning.element && *meaning.element < list->size()) {
        return (*list)[*meaning.element];
    }
    return std::nullopt;
}

std::vector<std::string> symbols_of(const Equation& equation)
{
    if (equation.kind == Equation::Kind::words) {
        return {};
    }
    std::vector<std::string> names = symbols_of(equation.left);
    for (const std::string& name : symbols_of(equation.right)) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    if (!equation.hold.empty()
        && std::find(names.begin(), names.end(), equation.hold) == names.end()) {
        names.push_back(equation.hold);
    }
    return names;
}

std::string state_of(const Equation& equation)
{
    const Formula& slope = slope_in(equation.left);
    return is_slope(slope) ? slope.parts.front().name : std::string();
}

std::optional<double> slope_of(const Equation& equation, const SymbolValues& values)
{
    std::optional<double> out = evaluate(equation.right, values);
    if (equation.left.kind == Formula::Kind::product) {
        for (const Formula& factor : equation.left.parts) {
            const auto value
                = is_slope(factor) ? std::optional<double>(1.0) : evaluate(factor, values);
            out = out && value ? std::optional<double>(*out / *value) : std::nullopt;
        }
    }
    return out;
}

std::string text_of(const Equation& equation)
{
    if (equation.kind == Equation::Kind::words) {
        return equation.note;
    }
    std::string out
        = left_text(equation.left) + " " + equation.relation + " " + text_of(equation.right);
    if (!equation.hold.empty()) {
        out += " for " + equation.hold;
    }
    return equation.note.empty() ? out : out + "  (" + equation.note + ")";
}

} // namespace engine::models
