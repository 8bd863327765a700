#pragma once

#include "ui/equations/formula_layout.hpp"

#include <vector>

namespace ui {

/// Places typeset pieces in rows of a width, from above to below.
class PageFlow {
public:
    /// `width` in pixels. `symbols` must outlive it.
    PageFlow(const FormulaLayout& symbols, double width);

    /// Places the pieces one after the other from `x` on, and in rows below that begin at
    /// `continued` where there is no more room.
    void flow(double x, const std::vector<FormulaBox>& pieces, double continued);
    void heading(const QString& title);
    FormulaBox space(double ems) const;
    /// The words of a sentence, each with its space, so that rows can break between them.
    std::vector<FormulaBox> words(const QString& sentence) const;
    /// Leaves room above what comes next.
    void leave(double ems) { m_y += ems * m_em; }

    double y() const { return m_y; }
    double width() const { return m_width; }
    const FormulaBox& all() const { return m_all; }

private:
    void place(const FormulaBox& row);

    const FormulaLayout& m_symbols;
    double m_width;
    double m_em;
    double m_y = 0.0;
    FormulaBox m_all;
};

double widthOf(const std::vector<FormulaBox>& pieces);

} // namespace ui
