#include "ui/equations/formula_layout.hpp"

#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace ui {

using engine::models::Formula;
using Kind = Formula::Kind;

namespace {

constexpr double smallScale = 0.72;
constexpr double unitScale = 0.8;
constexpr double thinSpace = 0.17; // em
constexpr double wideSpace = 0.3;
const QChar minus(0x2212);

struct SymbolParts {
    QString base;
    QString below;
    QString primes;
};

QString greek(const QString& name)
{
    static const std::array<std::pair<const char*, char16_t>, 4> letters {
        {{"tau", u'\u03c4'}, {"Theta", u'\u0398'}, {"delta", u'\u03b4'}, {"dt", u'\u0394'}}};
    for (const auto& [word, letter] : letters) {
        if (name == QLatin1String(word)) {
            return name == QLatin1String("dt") ? QChar(letter) + QStringLiteral("t")
                                               : QString(QChar(letter));
        }
    }
    return name;
}

/// "tau_m" is tau with m below, "k2" is k with 2 below, "I0_1" is I with 0,1 below.
SymbolParts partsOf(const std::string& name)
{
    QString text = QString::fromStdString(name);
    SymbolParts parts;
    while (text.endsWith(QLatin1Char('\''))) {
        text.chop(1);
        parts.primes += QChar(0x2032);
    }
    QStringList pieces = text.split(QLatin1Char('_'));
    QString base = pieces.takeFirst();
    qsizetype letters = base.size();
    while (letters > 1 && base[letters - 1].isDigit()) {
        --letters;
    }
    if (letters < base.size()) {
        pieces.prepend(base.mid(letters));
    }
    parts.base = greek(base.left(letters));
    parts.below = pieces.join(QLatin1Char(','));
    return parts;
}

bool isCompound(const Formula& formula)
{
    return formula.kind == Kind::sum || formula.kind == Kind::product
        || formula.kind == Kind::quotient || formula.kind == Kind::negative
        || formula.kind == Kind::power;
}

bool endsWithNumber(const FormulaBox& box)
{
    return !box.inks.empty()
        && (box.inks.back().role == InkRole::number || box.inks.back().role == InkRole::unit);
}

bool beginsWithNumber(const FormulaBox& box)
{
    return !box.inks.empty() && box.inks.front().role == InkRole::number;
}

} // namespace

QString plainNumber(double value)
{
    constexpr int digits = 6;
    return QString::number(value, 'g', digits).replace(QLatin1Char('-'), minus);
}

void FormulaBox::append(const FormulaBox& other, double lift)
{
    const QPointF shift(width, -lift);
    for (Ink ink : other.inks) {
        ink.at += shift;
        inks.push_back(std::move(ink));
    }
    for (const QRectF& bar : other.bars) {
        bars.push_back(bar.translated(shift));
    }
    for (const TermBox& term : other.terms) {
        terms.push_back({term.rect.translated(shift), term.symbols});
    }
    width += other.width;
    ascent = std::max(ascent, other.ascent + lift);
    descent = std::max(descent, other.descent - lift);
}

FormulaLayout::FormulaLayout(const QFont& font, Numbers numbers)
    : m_font(font)
    , m_numbers(std::move(numbers))
    , m_em(QFontMetricsF(font).height())
{
}

FormulaLayout FormulaLayout::smaller() const
{
    QFont font = m_font;
    font.setPointSizeF(font.pointSizeF() * smallScale);
    return FormulaLayout(font, m_numbers);
}

FormulaBox FormulaLayout::text(const QString& text, InkRole role, double scale) const
{
    Ink ink {{}, text, m_font, role, {}};
    ink.font.setPointSizeF(m_font.pointSizeF() * scale);
    ink.font.setItalic(role == InkRole::symbol);
    const QFontMetricsF metrics(ink.font);
    FormulaBox box;
    box.width = metrics.horizontalAdvance(text);
    box.ascent = metrics.ascent();
    box.descent = metrics.descent();
    box.inks.push_back(std::move(ink));
    return box;
}

FormulaBox FormulaLayout::symbol(const std::string& name) const
{
    const SymbolParts parts = partsOf(name);
    FormulaBox box = text(parts.base, InkRole::symbol);
    if (!parts.primes.isEmpty()) {
        box.append(text(parts.primes, InkRole::sign));
    }
    if (!parts.below.isEmpty()) {
        constexpr double drop = 0.2;
        box.append(text(parts.below, InkRole::sign, smallScale), -drop * m_em);
    }
    for (Ink& ink : box.inks) {
        ink.symbol = QString::fromStdString(name);
        ink.role = InkRole::symbol;
    }
    return box;
}

FormulaBox FormulaLayout::number(double value, const QString& unit, const std::string& symbol) const
{
    FormulaBox box = text(plainNumber(value), InkRole::number);
    if (!unit.isEmpty()) {
        box.width += thinSpace * m_em;
        box.append(text(unit, InkRole::unit, unitScale));
    }
    for (Ink& ink : box.inks) {
        ink.symbol = QString::fromStdString(symbol);
    }
    return box;
}

std::optional<NumberInPlace> FormulaLayout::numberOf(const Formula& formula) const
{
    if (formula.kind == Kind::number) {
        return NumberInPlace {formula.number, {}};
    }
    return formula.kind == Kind::symbol && m_numbers ? m_numbers(formula.name) : std::nullopt;
}

bool FormulaLayout::isNegative(const Formula& formula) const
{
    switch (formula.kind) {
    case Kind::negative:
        return !isNegative(formula.parts.front());
    case Kind::product:
    case Kind::quotient:
        return isNegative(formula.parts.front());
    case Kind::number:
    case Kind::symbol: {
        const auto number = numberOf(formula);
        return number && number->value < 0.0;
    }
    default:
        return false;
    }
}

FormulaBox FormulaLayout::asTerm(FormulaBox box) const
{
    TermBox term {box.rect(), {}};
    for (const Ink& ink : box.inks) {
        const bool inner = std::any_of(box.terms.begin(), box.terms.end(),
            [&](const TermBox& other) { return other.rect.contains(ink.at); });
        if (!ink.symbol.isEmpty() && !inner) {
            term.symbols += ink.symbol;
        }
    }
    box.terms.push_back(std::move(term));
    return box;
}

std::vector<FormulaBox> FormulaLayout::parts(const Formula& formula) const
{
    const bool isSum = formula.kind == Kind::sum;
    std::vector<FormulaBox> out;
    for (std::size_t i = 0; i < (isSum ? formula.parts.size() : 1); ++i) {
        const Formula& part = isSum ? formula.parts[i] : formula;
        FormulaBox signedPart;
        const bool negative = isNegative(part);
        if (i > 0) {
            signedPart.width = wideSpace * m_em;
            signedPart.append(text(negative ? QString(minus) : QStringLiteral("+"), InkRole::sign));
            signedPart.width += wideSpace * m_em;
        } else if (negative) {
            signedPart.append(text(minus, InkRole::sign));
        }
        // The magnitude of a negative sum needs its parentheses.
        const Formula& bare = part.kind == Kind::negative ? part.parts.front() : part;
        const FormulaBox magnitude = box(part, true);
        signedPart.append(asTerm(isSum && bare.kind == Kind::sum && part.kind != Kind::negative
                ? inParentheses(magnitude)
                : magnitude));
        out.push_back(std::move(signedPart));
    }
    return out;
}

FormulaBox FormulaLayout::sum(const Formula& formula) const
{
    FormulaBox out;
    for (const FormulaBox& part : parts(formula)) {
        out.append(part);
    }
    return out;
}

FormulaBox FormulaLayout::box(const Formula& formula) const { return box(formula, false); }

FormulaBox FormulaLayout::box(const Formula& formula, bool magnitude) const
{
    if (!magnitude && isNegative(formula)) {
        FormulaBox out = text(minus, InkRole::sign);
        out.append(box(formula, true));
        return out;
    }
    switch (formula.kind) {
    case Kind::number:
        return text(plainNumber(formula.number), InkRole::sign);
    case Kind::symbol: {
        const auto number = numberOf(formula);
        return number ? this->number(std::abs(number->value), number->unit, formula.name)
                      : symbol(formula.name);
    }
    case Kind::sum:
        return sum(formula);
    case Kind::product:
        return product(formula, magnitude);
    case Kind::quotient:
        return fraction(box(formula.parts[0], magnitude), box(formula.parts[1], false));
    case Kind::power:
        return power(formula);
    case Kind::negative: {
        const Formula& part = formula.parts.front();
        const FormulaBox inner = box(part, true);
        return part.kind == Kind::sum ? inParentheses(inner) : inner;
    }
    case Kind::call:
        return call(formula);
    }
    return {};
}

FormulaBox FormulaLayout::product(const Formula& formula, bool magnitude) const
{
    FormulaBox out;
    for (std::size_t i = 0; i < formula.parts.size(); ++i) {
        const Formula& part = formula.parts[i];
        FormulaBox factor = box(part, i == 0 && magnitude);
        if (part.kind == Kind::sum || (i > 0 && isNegative(part))) {
            factor = inParentheses(factor);
        }
        if (i > 0) {
            const bool dot = endsWithNumber(out) && beginsWithNumber(factor);
            out.width += thinSpace * m_em;
            if (dot) {
                out.append(text(QChar(0x00b7), InkRole::sign));
                out.width += thinSpace * m_em;
            }
        }
        out.append(factor);
    }
    return out;
}

FormulaBox FormulaLayout::fraction(const FormulaBox& above, const FormulaBox& below) const
{
    constexpr double axis = 0.26; // height of the bar over the baseline
    constexpr double gap = 0.06;
    constexpr double edge = 0.08;
    FormulaBox out;
    out.width = std::max(above.width, below.width) + 2.0 * edge * m_em;
    const double width = out.width;
    const double bar = axis * m_em;
    const auto place = [&](const FormulaBox& part, double lift) {
        FormulaBox line;
        line.width = 0.5 * (width - part.width);
        line.append(part, lift);
        out.width = 0.0;
        out.append(line);
        out.width = width;
    };
    place(above, bar + gap * m_em + above.descent);
    place(below, bar - gap * m_em - below.ascent);
    out.bars.emplace_back(0.0, -bar, width, 1.0);
    return out;
}

FormulaBox FormulaLayout::raised(const Formula& exponent) const
{
    constexpr double lift = 0.38;
    FormulaBox out;
    out.append(smaller().box(exponent), lift * m_em);
    return out;
}

FormulaBox FormulaLayout::power(const Formula& formula) const
{
    const Formula& base = formula.parts[0];
    FormulaBox out = box(base, false);
    if (isCompound(base) || isNegative(base)) {
        out = inParentheses(out);
    }
    out.append(raised(formula.parts[1]));
    return out;
}

FormulaBox FormulaLayout::call(const Formula& formula) const
{
    if (formula.name == "d") {
        FormulaBox above = text(QStringLiteral("d"), InkRole::sign);
        above.append(box(formula.parts.front()));
        FormulaBox below = text(QStringLiteral("d"), InkRole::sign);
        below.append(text(QStringLiteral("t"), InkRole::symbol));
        return fraction(above, below);
    }
    if (formula.name == "exp") {
        FormulaBox out = text(QStringLiteral("e"), InkRole::sign);
        out.append(raised(formula.parts.front()));
        return out;
    }
    FormulaBox inside;
    for (const Formula& part : formula.parts) {
        if (!inside.inks.empty()) {
            inside.append(text(QStringLiteral(", "), InkRole::sign));
        }
        inside.append(box(part));
    }
    FormulaBox out
        = formula.name == "max" ? text(QStringLiteral("max"), InkRole::sign) : symbol(formula.name);
    out.append(inParentheses(inside));
    return out;
}

FormulaBox FormulaLayout::inParentheses(const FormulaBox& box) const
{
    FormulaBox out = text(QStringLiteral("("), InkRole::sign);
    out.append(box);
    out.append(text(QStringLiteral(")"), InkRole::sign));
    return out;
}

} // namespace ui
