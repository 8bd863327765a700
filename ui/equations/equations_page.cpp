#include "ui/equations/equations_page.hpp"

#include "ui/equations/page_flow.hpp"
#include "ui/equations/page_values.hpp"
#include "ui/equations/plain_equations.hpp"
#include "ui/plots/legend_strip.hpp"

#include <QCoreApplication>

#include <algorithm>
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

class PageWriter {
public:
    PageWriter(
        const EquationsContent& content, const EquationsNow& now, const QFont& font, double width)
        : m_content(content)
        , m_values(content, now)
        , m_symbols(font)
        , m_numbers(font, [this](const std::string& symbol) { return m_values.inPlace(symbol); })
        , m_flow(m_symbols, width)
        , m_em(m_symbols.em())
    {
    }

    EquationsPage write()
    {
        m_flow.leave(0.25);
        writeNow();
        std::string section;
        for (const Equation& line : m_content.equations.lines) {
            if (line.section != section) {
                section = line.section;
                m_flow.heading(QString::fromStdString(section));
            }
            write(line);
        }
        writeUnused();
        writeNames();
        return {m_flow.all(), std::move(m_lines), m_flow.y() + 0.5 * m_em};
    }

private:
    static constexpr double indent = 0.4; // em

    FormulaBox relation(const std::string& relation) const
    {
        FormulaBox out = m_flow.space(indent);
        out.append(m_symbols.text(sign(relation), InkRole::sign));
        out.width += indent * m_em;
        return out;
    }

    /// The right side, behind the relation.
    std::vector<FormulaBox> rightSide(const FormulaLayout& layout, const Equation& line) const
    {
        std::vector<FormulaBox> pieces = layout.parts(line.right);
        if (!line.hold.empty()) {
            FormulaBox hold = m_flow.space(indent);
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

    void write(const Equation& line)
    {
        const double top = m_flow.y();
        const double start = indent * m_em;
        if (line.kind == Equation::Kind::words) {
            m_flow.flow(start, m_flow.words(QString::fromStdString(line.note)), start);
        } else {
            writeFormula(line, start);
        }
        QStringList decidedBy;
        for (const std::string& param : line.decided_by) {
            decidedBy += QString::fromStdString(param);
        }
        m_lines.push_back({QRectF(0.0, top, m_flow.width(), m_flow.y() - top), decidedBy});
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
            && start + widthOf(pieces) + widthOf(numbers) <= m_flow.width();
        if (inOne) {
            add(numbers);
        }
        if (!line.note.empty()) {
            pieces.push_back(m_flow.space(indent));
            add(m_flow.words(QString::fromStdString(line.note)));
        }
        m_flow.flow(start, pieces, continued);
        if (!inOne && !numbers.empty()) {
            const bool whole = line.left.kind == engine::models::Formula::Kind::product;
            m_flow.flow(whole ? start : start + left.width, numbers, continued);
        }
        writeWorth(line, start + left.width, between);
    }

    /// The right side with numbers in it, of C_m dV/dt the left one too; empty where there are
    /// none.
    std::vector<FormulaBox> withNumbers(const Equation& line) const
    {
        if (!m_values.takesNumbers(line)) {
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
        if (m_values.isHeldNow(line)) {
            m_flow.flow(x, m_flow.words(text("held after the spike")), x);
        } else if (const auto worth = m_values.worth(line)) {
            m_flow.flow(x, {worthOf(between, worth->value, worth->unit)}, x);
        }
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

    /// All states and inputs of the lines that are recorded.
    void writeNow()
    {
        std::vector<FormulaBox> pieces;
        std::set<std::string> told;
        for (const Equation& line : m_content.equations.lines) {
            for (const std::string& symbol : engine::models::symbols_of(line)) {
                const auto known = m_values.meaning(symbol);
                const auto value = known ? m_values.recorded(*known) : std::nullopt;
                if (!value || !told.insert(symbol).second) {
                    continue;
                }
                FormulaBox box = m_symbols.symbol(symbol);
                box.append(worthOf(relation("="), *value, QString::fromStdString(known->unit)));
                pieces.push_back(m_symbols.asTerm(box));
                pieces.back().width += m_em;
            }
        }
        if (!pieces.empty()) {
            m_flow.heading(text("Now"));
            m_flow.flow(indent * m_em, pieces, indent * m_em);
        }
    }

    void writeUnused()
    {
        const std::set<std::string> names = m_values.usedParams();
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
            m_flow.heading(text("Without effect now"));
            m_flow.flow(indent * m_em, pieces, indent * m_em);
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
                const auto known = m_values.meaning(symbol);
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
            m_flow.heading(text("Names of the parameters"));
            m_flow.flow(indent * m_em, pieces, indent * m_em);
        }
        if (!differing.isEmpty()) {
            m_flow.heading(text("Different for each neuron"));
            m_flow.flow(
                indent * m_em, m_flow.words(differing.join(QStringLiteral(", "))), indent * m_em);
        }
    }

    const EquationsContent& m_content;
    PageValues m_values;
    FormulaLayout m_symbols;
    FormulaLayout m_numbers;
    PageFlow m_flow;
    double m_em;
    std::vector<EquationsPage::Line> m_lines;
};

} // namespace

EquationsPage layOut(
    const EquationsContent& content, const EquationsNow& now, const QFont& font, double width)
{
    return PageWriter(content, now, font, width).write();
}

} // namespace ui
