#include "ui/equations/page_flow.hpp"

namespace ui {

namespace {

constexpr double rowGap = 0.12; // em
constexpr double sectionGap = 0.45;
constexpr double wordScale = 0.92;

} // namespace

PageFlow::PageFlow(const FormulaLayout& symbols, double width)
    : m_symbols(symbols)
    , m_width(width)
    , m_em(symbols.em())
{
}

FormulaBox PageFlow::space(double ems) const
{
    FormulaBox out;
    out.width = ems * m_em;
    return out;
}

std::vector<FormulaBox> PageFlow::words(const QString& sentence) const
{
    std::vector<FormulaBox> out;
    for (const QString& word : sentence.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        FormulaBox box = m_symbols.text(word, InkRole::words, wordScale);
        box.width += 0.25 * m_em;
        out.push_back(std::move(box));
    }
    return out;
}

void PageFlow::heading(const QString& title)
{
    leave(sectionGap);
    FormulaBox box = m_symbols.text(title, InkRole::words, wordScale);
    box.inks.front().font.setBold(true);
    flow(0.0, {box}, 0.0);
}

void PageFlow::flow(double x, const std::vector<FormulaBox>& pieces, double continued)
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

void PageFlow::place(const FormulaBox& row)
{
    FormulaBox moved = row;
    moved.ascent = moved.descent = 0.0;
    m_all.width = 0.0;
    m_all.append(moved, -(m_y + row.ascent));
    m_y += row.ascent + row.descent + rowGap * m_em;
}

double widthOf(const std::vector<FormulaBox>& pieces)
{
    double width = 0.0;
    for (const FormulaBox& piece : pieces) {
        width += piece.width;
    }
    return width;
}

} // namespace ui
