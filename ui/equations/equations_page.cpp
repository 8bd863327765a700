#include "ui/equations/equations_page.hpp"

#include "ui/plots/legend_strip.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {

using engine::models::Equation;
using engine::models::SymbolMeaning;

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("ui::EquationsPage", source);
}

QString sign(const std::string& relation)
{
    return relation == "<-" ? QStringLiteral("\u2190")
        : relation == ">="  ? QStringLiteral("\u2265")
                            : QString::fromStdString(relation);
}

QString nameOf(const SymbolMeaning& meaning)
{
    const QString name = QString::fromStdString(meaning.param->name);
    return meaning.element ? QStringLiteral("%1[%2]").arg(name).arg(*meaning.element + 1) : name;
}

QString valueText(const engine::core::Value& value, const std::string& unit)
{
    const auto* number = std::get_if<double>(&value);
    const QString shown = number != nullptr
        ? plainNumber(*number)
        : QString::fromStdString(engine::core::value_text(value));
    return number == nullptr || unit.empty()
        ? shown
        : shown + QLatin1Char(' ') + QString::fromStdString(unit);
}

class PageWriter {
public:
    PageWriter(
        const EquationsContent& content, const EquationsNow& now, const QFont& font, double width)
        : m_content(content)
        , m_now(now)
        , m_symbols(font)
        , m_numbers(font, [this](const std::string& symbol) { return inPlace(symbol); })
        , m_width(width)
        , m_em(m_symbols.em())
    {
    }

    EquationsPage write()
    {
        m_y = 0.25 * m_em;
        writeNow();
        std::string section;
        for (const Equation& line : m_content.equations.lines) {
            if (line.section != section) {
                section = line.section;
                heading(QString::fromStdString(section));
            }
            write(line);
        }
        writeUnused();
        writeNames();
        m_page.height = m_y + 0.5 * m_em;
        return std::move(m_page);
    }

private:
    static constexpr double rowGap = 0.12; // em
    static constexpr double sectionGap = 0.45;
    static constexpr double indent = 0.4;

    std::optional<SymbolMeaning> meaning(const std::string& symbol) const
    {
        return engine::models::meaning_of(
            *m_content.model, m_content.params, m_content.equations, symbol);
    }

    /// Of parameters that all neurons share.
    std::optional<double> shared(const SymbolMeaning& meaning) const
    {
        const bool differs
            = meaning.param != nullptr && m_content.drawn.count(meaning.param->name) > 0;
        return differs ? std::nullopt : engine::models::value_of(meaning, m_content.params);
    }

    std::optional<NumberInPlace> inPlace(const std::string& symbol) const
    {
        if (symbol == "dt") {
            return NumberInPlace {m_content.dt_ms, QStringLiteral("ms")};
        }
        const auto known = meaning(symbol);
        const auto value = known ? shared(*known) : std::nullopt;
        return value ? std::optional(NumberInPlace {*value, QString::fromStdString(known->unit)})
                     : std::nullopt;
    }

    std::optional<double> presentValue(const std::string& symbol) const
    {
        const auto known = meaning(symbol);
        if (!known) {
            return std::nullopt;
        }
        const auto recorded = m_now.recorded.find(known->recordable);
        return recorded == m_now.recorded.end() ? shared(*known) : std::optional(recorded->second);
    }

    FormulaBox space(double ems) const
    {
        FormulaBox out;
        out.width = ems * m_em;
        return out;
    }

    std::vector<FormulaBox> words(const QString& sentence) const
    {
        std::vector<FormulaBox> out;
        constexpr double scale = 0.92;
        for (const QString& word : sentence.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            FormulaBox box = m_symbols.text(word, InkRole::words, scale);
            box.width += 0.25 * m_em;
            out.push_back(std::move(box));
        }
        return out;
    }

    FormulaBox relation(const std::string& relation) const
    {
        FormulaBox out = space(indent);
        out.append(m_symbols.text(sign(relation), InkRole::sign));
        out.width += indent * m_em;
        return out;
    }

    /// Places the pieces one after the other from `x` on, and below where there is no more room.
    void flow(double x, const std::vector<FormulaBox>& pieces, double continued)
    {
        FormulaBox row;
        row.width = x;
        double left = x;
        for (const FormulaBox& piece : pieces) {
            if (row.width + piece.width > m_width && row.width > left) {
                place(row);
                row = {};
                row.width = left = continued;
            }
            row.append(piece);
        }
        place(row);
    }

    void place(const FormulaBox& row)
    {
        FormulaBox moved = row;
        moved.ascent = moved.descent = 0.0;
        m_page.all.width = 0.0;
        m_page.all.append(moved, -(m_y + row.ascent));
        m_y += row.ascent + row.descent + rowGap * m_em;
    }

    void heading(const QString& title)
    {
        m_y += sectionGap * m_em;
        constexpr double scale = 0.92;
        FormulaBox box = m_symbols.text(title, InkRole::words, scale);
        box.inks.front().font.setBold(true);
        flow(0.0, {box}, 0.0);
    }

    /// The right side, behind the relation.
    std::vector<FormulaBox> rightSide(const FormulaLayout& layout, const Equation& line) const
    {
        std::vector<FormulaBox> pieces = layout.parts(line.right);
        if (!line.hold.empty()) {
            FormulaBox hold = space(indent);
            hold.append(m_symbols.text(text("for"), InkRole::words));
            hold.width += indent * m_em;
            engine::models::Formula time;
            time.kind = engine::models::Formula::Kind::symbol;
            time.name = line.hold;
            hold.append(layout.asTerm(layout.box(time)));
            pieces.push_back(std::move(hold));
        }
        return pieces;
    }

    bool takesNumbers(const Equation& line) const
    {
        const auto symbols = engine::models::symbols_of(line);
        return std::any_of(symbols.begin(), symbols.end(),
            [this](const std::string& symbol) { return inPlace(symbol).has_value(); });
    }

    void write(const Equation& line)
    {
        const double top = m_y;
        const double start = indent * m_em;
        if (line.kind == Equation::Kind::words) {
            flow(start, words(QString::fromStdString(line.note)), start);
        } else {
            writeFormula(line, start);
        }
        QStringList decidedBy;
        for (const std::string& param : line.decided_by) {
            decidedBy += QString::fromStdString(param);
        }
        m_page.lines.push_back({QRectF(0.0, top, m_width, m_y - top), decidedBy});
    }

    void writeFormula(const Equation& line, double start)
    {
        const FormulaBox left = m_symbols.asTerm(m_symbols.box(line.left));
        const FormulaBox between = relation(line.relation);
        const double continued = start + std::min(left.width, 2.0 * m_em) + between.width;
        std::vector<FormulaBox> pieces {left};
        const auto add = [&pieces](std::vector<FormulaBox> more) {
            pieces.insert(pieces.end(), more.begin(), more.end());
        };
        std::vector<FormulaBox> right = rightSide(m_symbols, line);
        pieces.back().append(between);
        pieces.back().append(right.front());
        add({right.begin() + 1, right.end()});
        // Slopes have a line for each; what is short stands in one.
        const std::vector<FormulaBox> numbers = withNumbers(line);
        const bool inOne = line.kind != Equation::Kind::slope
            && start + widthOf(pieces) + widthOf(numbers) <= m_width;
        if (inOne) {
            add(numbers);
        }
        if (!line.note.empty()) {
            pieces.push_back(space(indent));
            add(words(QString::fromStdString(line.note)));
        }
        flow(start, pieces, continued);
        if (!inOne && !numbers.empty()) {
            const bool whole = line.left.kind == engine::models::Formula::Kind::product;
            flow(whole ? start : start + left.width, numbers, continued);
        }
        writeWorth(line, start + left.width, between);
    }

    static double widthOf(const std::vector<FormulaBox>& pieces)
    {
        double width = 0.0;
        for (const FormulaBox& piece : pieces) {
            width += piece.width;
        }
        return width;
    }

    /// The right side with numbers in it, of C_m dV/dt the left one too; empty where there are
    /// none.
    std::vector<FormulaBox> withNumbers(const Equation& line) const
    {
        if (!takesNumbers(line)) {
            return {};
        }
        std::vector<FormulaBox> right = rightSide(m_numbers, line);
        FormulaBox first;
        if (line.left.kind == engine::models::Formula::Kind::product) {
            first = m_numbers.asTerm(m_numbers.box(line.left));
        }
        first.append(relation("="));
        first.append(right.front());
        std::vector<FormulaBox> pieces {first};
        pieces.insert(pieces.end(), right.begin() + 1, right.end());
        return pieces;
    }

    /// What the left side is worth now.
    void writeWorth(const Equation& line, double x, const FormulaBox& between)
    {
        const auto values = [this](const std::string& symbol) { return presentValue(symbol); };
        const bool slope = line.kind == Equation::Kind::slope;
        if (!slope && line.kind != Equation::Kind::definition) {
            return;
        }
        const std::string symbol = slope ? engine::models::state_of(line) : line.left.name;
        if (slope && m_now.held && isHeld(symbol)) {
            flow(x, words(text("held after the spike")), x);
            return;
        }
        const auto own = presentValue(symbol);
        const auto worth
            = slope ? slope_of(line, values) : (own ? own : evaluate(line.right, values));
        if (!worth || m_now.recorded.empty() || !std::isfinite(*worth)) {
            return;
        }
        const auto known = meaning(symbol);
        QString unit = known ? QString::fromStdString(known->unit) : QString();
        unit += slope ? QStringLiteral("/ms") : QString();
        flow(x, {worthOf(between, *worth, unit)}, x);
    }

    FormulaBox worthOf(const FormulaBox& relation, double value, const QString& unit) const
    {
        FormulaBox out = relation;
        LegendStrip::Entry entry;
        entry.value = value;
        entry.hasValue = true;
        entry.unit = unit;
        QString shown = LegendStrip::text(entry).trimmed();
        shown.replace(QLatin1Char('-'), QChar(0x2212));
        out.append(m_symbols.text(shown, InkRole::now));
        return out;
    }

    bool isHeld(const std::string& state) const
    {
        const auto& lines = m_content.equations.lines;
        return std::any_of(lines.begin(), lines.end(),
            [&](const Equation& line) { return !line.hold.empty() && line.left.name == state; });
    }

    /// All states and inputs of the lines that are recorded.
    void writeNow()
    {
        std::vector<FormulaBox> pieces;
        std::set<std::string> told;
        for (const Equation& line : m_content.equations.lines) {
            for (const std::string& symbol : engine::models::symbols_of(line)) {
                const auto known = meaning(symbol);
                const auto value
                    = known ? m_now.recorded.find(known->recordable) : m_now.recorded.end();
                if (value == m_now.recorded.end() || !told.insert(symbol).second) {
                    continue;
                }
                FormulaBox box = m_symbols.symbol(symbol);
                box.append(
                    worthOf(relation("="), value->second, QString::fromStdString(known->unit)));
                pieces.push_back(m_symbols.asTerm(box));
                pieces.back().width += m_em;
            }
        }
        if (!pieces.empty()) {
            heading(text("Now"));
            flow(indent * m_em, pieces, indent * m_em);
        }
    }

    std::set<std::string> used() const
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

    void writeUnused()
    {
        const std::set<std::string> names = used();
        std::vector<FormulaBox> pieces;
        for (const auto& param : m_content.model->params) {
            if (names.count(param.name) > 0) {
                continue;
            }
            constexpr double scale = 0.92;
            FormulaBox box
                = m_symbols.text(QStringLiteral("%1 = %2").arg(QString::fromStdString(param.name),
                                     valueText(m_content.params.at(param.name), param.unit)),
                    InkRole::words, scale);
            box.inks.front().symbol = QString::fromStdString(param.name);
            pieces.push_back(m_symbols.asTerm(box));
            pieces.back().width += m_em;
        }
        if (!pieces.empty()) {
            heading(text("Without effect now"));
            flow(indent * m_em, pieces, indent * m_em);
        }
    }

    /// Symbols that are written otherwise than their parameters are called, and what differs.
    void writeNames()
    {
        std::vector<FormulaBox> pieces;
        QStringList differing;
        std::set<std::string> told;
        for (const Equation& line : m_content.equations.lines) {
            for (const std::string& symbol : engine::models::symbols_of(line)) {
                const auto known = meaning(symbol);
                if (!known || known->param == nullptr || !told.insert(symbol).second) {
                    continue;
                }
                if (m_content.drawn.count(known->param->name) > 0) {
                    differing += nameOf(*known);
                }
                if (known->param->name != symbol) {
                    FormulaBox box = m_symbols.symbol(symbol);
                    box.width += 0.3 * m_em;
                    box.append(m_symbols.text(nameOf(*known), InkRole::words));
                    pieces.push_back(m_symbols.asTerm(box));
                    pieces.back().width += m_em;
                }
            }
        }
        if (!pieces.empty()) {
            heading(text("Names of the parameters"));
            flow(indent * m_em, pieces, indent * m_em);
        }
        if (!differing.isEmpty()) {
            heading(text("Different for each neuron"));
            flow(indent * m_em, words(differing.join(QStringLiteral(", "))), indent * m_em);
        }
    }

    const EquationsContent& m_content;
    const EquationsNow& m_now;
    FormulaLayout m_symbols;
    FormulaLayout m_numbers;
    double m_width;
    double m_em;
    double m_y = 0.0;
    EquationsPage m_page;
};

} // namespace

EquationsPage layOut(
    const EquationsContent& content, const EquationsNow& now, const QFont& font, double width)
{
    return PageWriter(content, now, font, width).write();
}

QString plainEquations(const EquationsContent& content)
{
    QStringList lines;
    std::string section;
    for (const Equation& line : content.equations.lines) {
        if (line.section != section) {
            section = line.section;
            lines += QString::fromStdString(section);
        }
        lines += QStringLiteral("    ") + QString::fromStdString(text_of(line));
    }
    for (const auto& [name, value] : content.params) {
        lines += QStringLiteral("%1 = %2").arg(
            QString::fromStdString(name), valueText(value, content.model->find_param(name)->unit));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace ui
