#pragma once

#include "engine/models/formula.hpp"

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace ui {

enum class InkRole { sign, symbol, number, unit, words, now };

/// A piece of text that is painted as one.
struct Ink {
    QPointF at; ///< left end of its baseline
    QString text;
    QFont font;
    InkRole role = InkRole::sign;
    QString symbol; ///< the symbol of the formula that it belongs to; else empty
};

/// The smallest part of a sum around some symbols: what is meant by "their term".
struct TermBox {
    QRectF rect;
    QStringList symbols;
};

/// Something typeset: its pieces, seen from the left end of its baseline.
struct FormulaBox {
    std::vector<Ink> inks;
    std::vector<QRectF> bars; ///< of fractions
    std::vector<TermBox> terms;
    double width = 0.0;
    double ascent = 0.0;
    double descent = 0.0;

    /// Appends to the right on the same baseline.
    void append(const FormulaBox& other, double lift = 0.0);
    QRectF rect() const { return {0.0, -ascent, width, ascent + descent}; }
};

/// A number that stands in place of a symbol.
struct NumberInPlace {
    double value = 0.0;
    QString unit;
};

/// Typesets formulas: subscripts, powers, fractions, Greek letters.
class FormulaLayout {
public:
    using Numbers = std::function<std::optional<NumberInPlace>(const std::string& symbol)>;

    /// With `numbers`, what has one is written as a number with its unit.
    explicit FormulaLayout(const QFont& font, Numbers numbers = {});

    /// The parts of the sum, each with its sign, so that a line can be broken between them; one
    /// part where it is no sum. Each is a term of its own.
    std::vector<FormulaBox> parts(const engine::models::Formula& formula) const;
    FormulaBox box(const engine::models::Formula& formula) const;
    FormulaBox symbol(const std::string& name) const;
    FormulaBox number(double value, const QString& unit, const std::string& symbol = {}) const;
    FormulaBox text(const QString& text, InkRole role, double scale = 1.0) const;
    /// The symbols outside of inner sums become a term around the box.
    FormulaBox asTerm(FormulaBox box) const;
    double em() const { return m_em; }

private:
    FormulaBox sum(const engine::models::Formula& formula) const;
    FormulaBox product(const engine::models::Formula& formula, bool magnitude) const;
    FormulaBox fraction(const FormulaBox& above, const FormulaBox& below) const;
    FormulaBox power(const engine::models::Formula& formula) const;
    FormulaBox raised(const engine::models::Formula& exponent) const;
    FormulaBox call(const engine::models::Formula& formula) const;
    /// With its sign, or without the one that stands in front of it.
    FormulaBox box(const engine::models::Formula& formula, bool magnitude) const;
    FormulaBox inParentheses(const FormulaBox& box) const;
    bool isNegative(const engine::models::Formula& formula) const;
    std::optional<NumberInPlace> numberOf(const engine::models::Formula& formula) const;
    FormulaLayout smaller() const;

    QFont m_font;
    Numbers m_numbers;
    double m_em;
};

/// "1.5", "-65" with a true minus.
QString plainNumber(double value);

} // namespace ui
