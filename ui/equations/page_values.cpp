#include "ui/equations/page_values.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::models::Equation;
using engine::models::SymbolMeaning;

std::optional<SymbolMeaning> PageValues::meaning(const std::string& symbol) const
{
    return engine::models::meaning_of(
        *m_content.model, m_content.params, m_content.equations, symbol);
}

/// Of parameters that all neurons share.
std::optional<double> PageValues::shared(const SymbolMeaning& meaning) const
{
    const bool differs = meaning.param != nullptr && m_content.drawn.count(meaning.param->name) > 0;
    return differs ? std::nullopt : engine::models::value_of(meaning, m_content.params);
}

std::optional<NumberInPlace> PageValues::inPlace(const std::string& symbol) const
{
    if (symbol == "dt") {
        return NumberInPlace {m_content.dt_ms, QStringLiteral("ms")};
    }
    const auto known = meaning(symbol);
    const auto value = known ? shared(*known) : std::nullopt;
    return value ? std::optional(NumberInPlace {*value, QString::fromStdString(known->unit)})
                 : std::nullopt;
}

bool PageValues::takesNumbers(const Equation& line) const
{
    const auto symbols = engine::models::symbols_of(line);
    return std::any_of(symbols.begin(), symbols.end(),
        [this](const std::string& symbol) { return inPlace(symbol).has_value(); });
}

std::optional<double> PageValues::recorded(const SymbolMeaning& meaning) const
{
    const auto found = m_now.recorded.find(meaning.recordable);
    return found == m_now.recorded.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> PageValues::present(const std::string& symbol) const
{
    const auto known = meaning(symbol);
    if (!known) {
        return std::nullopt;
    }
    const auto now = recorded(*known);
    return now ? now : shared(*known);
}

bool PageValues::isHeldNow(const Equation& line) const
{
    if (!m_now.held || line.kind != Equation::Kind::slope) {
        return false;
    }
    const std::string state = engine::models::state_of(line);
    const auto& lines = m_content.equations.lines;
    return std::any_of(lines.begin(), lines.end(),
        [&](const Equation& other) { return !other.hold.empty() && other.left.name == state; });
}

std::optional<PageValues::Worth> PageValues::worth(const Equation& line) const
{
    const bool slope = line.kind == Equation::Kind::slope;
    if ((!slope && line.kind != Equation::Kind::definition) || m_now.recorded.empty()
        || isHeldNow(line)) {
        return std::nullopt;
    }
    const auto values = [this](const std::string& symbol) { return present(symbol); };
    const std::string symbol = slope ? engine::models::state_of(line) : line.left.name;
    const auto own = present(symbol);
    const auto value = slope ? slope_of(line, values) : (own ? own : evaluate(line.right, values));
    if (!value || !std::isfinite(*value)) {
        return std::nullopt;
    }
    const auto known = meaning(symbol);
    QString unit = known ? QString::fromStdString(known->unit) : QString();
    unit += slope ? QStringLiteral("/ms") : QString();
    return Worth {*value, unit};
}

std::set<std::string> PageValues::usedParams() const
{
    std::set<std::string> names;
    for (const Equation& line : m_content.equations.lines) {
        names.insert(line.decided_by.begin(), line.decided_by.end());
        for (const std::string& symbol : engine::models::symbols_of(line)) {
            if (const auto known = meaning(symbol); known && known->param != nullptr) {
                names.insert(known->param->name);
            }
        }
    }
    return names;
}

} // namespace ui
