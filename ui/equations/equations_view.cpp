#include "ui/equations/equations_view.hpp"

#include "ui/equations/plain_equations.hpp"
#include "ui/theme.hpp"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int fadeMs = 50;
constexpr double fadeStep = 0.06; // a little less than a second
constexpr double margin = 6.0; // px
// Light letters on dark ground need a darker mark.
constexpr int termAlpha = 70;
constexpr int symbolAlpha = 170;
constexpr int symbolAlphaOnDark = 90;
constexpr double corner = 3.0;

QColor faded(QColor color, int alpha, double strength)
{
    color.setAlpha(static_cast<int>(alpha * strength));
    return color;
}

} // namespace

EquationsView::EquationsView(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    m_fading.setInterval(fadeMs);
    connect(&m_fading, &QTimer::timeout, this, &EquationsView::fade);
    connect(&Theme::instance(), &Theme::changed, this, &EquationsView::layOutAnew);
}

void EquationsView::setContent(const EquationsContent& content)
{
    m_content = content;
    setAccessibleDescription(plainEquations(content));
    layOutAnew();
}

void EquationsView::setNow(const EquationsNow& now)
{
    m_now = now;
    layOutAnew();
}

void EquationsView::layOutAnew()
{
    if (m_content.model == nullptr) {
        return;
    }
    m_page = layOut(m_content, m_now, font(), width() - 2.0 * margin);
    setMinimumHeight(static_cast<int>(std::ceil(m_page.height)));
    update();
}

void EquationsView::setAttention(const QSet<QString>& symbols, const QSet<QString>& params)
{
    m_attended = symbols + params;
    for (const QString& name : m_attended) {
        m_strength.insert(name, 1.0);
    }
    m_fading.start();
    update();
}

QList<QRect> EquationsView::markedTerms() const
{
    QList<QRect> out;
    const auto add = [&](const QRectF& rect, const QStringList& names) {
        const bool marked = std::any_of(names.begin(), names.end(),
            [this](const QString& name) { return m_attended.contains(name); });
        if (marked) {
            out += rect.translated(margin, 0.0).toAlignedRect();
        }
    };
    for (const EquationsPage::Line& line : m_page.lines) {
        add(line.rect, line.decidedBy);
    }
    for (const TermBox& term : m_page.all.terms) {
        add(term.rect, term.symbols);
    }
    std::sort(
        out.begin(), out.end(), [](const QRect& x, const QRect& y) { return x.top() < y.top(); });
    return out;
}

void EquationsView::fade()
{
    for (auto it = m_strength.begin(); it != m_strength.end();) {
        if (!m_attended.contains(it.key())) {
            it.value() -= fadeStep;
        }
        it = it.value() <= 0.0 ? m_strength.erase(it) : std::next(it);
    }
    if (m_strength.size() <= m_attended.size()) {
        m_fading.stop();
    }
    update();
}

double EquationsView::strongest(const QStringList& names) const
{
    double out = 0.0;
    for (const QString& name : names) {
        out = std::max(out, attention(name));
    }
    return out;
}

QColor EquationsView::inkColor(InkRole role) const
{
    const PlotColors& colors = Theme::instance().colors();
    switch (role) {
    case InkRole::number:
        return colors.blue;
    case InkRole::now:
        return colors.green;
    case InkRole::unit:
    case InkRole::words:
        return colors.axis;
    case InkRole::sign:
    case InkRole::symbol:
        break;
    }
    return colors.text;
}

void EquationsView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const PlotColors& colors = Theme::instance().colors();
    painter.fillRect(event->rect(), colors.background);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(margin, 0.0);
    const auto ground = [&](const QRectF& rect, int alpha, double strength) {
        if (strength > 0.0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(faded(colors.yellow, alpha, strength));
            painter.drawRoundedRect(rect, corner, corner);
        }
    };
    for (const EquationsPage::Line& line : m_page.lines) {
        ground(line.rect, termAlpha, strongest(line.decidedBy));
    }
    for (const TermBox& term : m_page.all.terms) {
        ground(term.rect.adjusted(-2.0, 0.0, 2.0, 0.0), termAlpha, strongest(term.symbols));
    }
    const int alpha = Theme::instance().dark() ? symbolAlphaOnDark : symbolAlpha;
    for (const Ink& ink : m_page.all.inks) {
        const QFontMetricsF metrics(ink.font);
        const QRectF rect(ink.at.x(), ink.at.y() - metrics.ascent(),
            metrics.horizontalAdvance(ink.text), metrics.height());
        ground(rect.adjusted(-1.0, 1.0, 1.0, -1.0), alpha, attention(ink.symbol));
        painter.setPen(inkColor(ink.role));
        painter.setFont(ink.font);
        painter.drawText(ink.at, ink.text);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.text);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const QRectF& bar : m_page.all.bars) {
        painter.drawRect(bar);
    }
}

void EquationsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOutAnew();
}

void EquationsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        layOutAnew();
    }
}

QString EquationsView::symbolAt(const QPointF& at) const
{
    const QPointF point = at - QPointF(margin, 0.0);
    for (const Ink& ink : m_page.all.inks) {
        const QFontMetricsF metrics(ink.font);
        const QRectF rect(ink.at.x(), ink.at.y() - metrics.ascent(),
            metrics.horizontalAdvance(ink.text), metrics.height());
        if (!ink.symbol.isEmpty() && rect.contains(point)) {
            return ink.symbol;
        }
    }
    return {};
}

QString EquationsView::help(const QString& symbol) const
{
    const auto known = m_content.model == nullptr
        ? std::nullopt
        : engine::models::meaning_of(
            *m_content.model, m_content.params, m_content.equations, symbol.toStdString());
    if (!known) {
        return {};
    }
    QString out = QString::fromStdString(known->meaning);
    if (!known->unit.empty()) {
        out += QStringLiteral(" [%1]").arg(QString::fromStdString(known->unit));
    }
    return known->param == nullptr
        ? out
        : tr("%1: %2\nClick: to its slider").arg(QString::fromStdString(known->param->name), out);
}

bool EquationsView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* wanted = static_cast<QHelpEvent*>(event);
        const QString text = help(symbolAt(wanted->pos()));
        if (text.isEmpty()) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(wanted->globalPos(), text, this);
        }
        return true;
    }
    return QWidget::event(event);
}

void EquationsView::mouseMoveEvent(QMouseEvent* event)
{
    const bool active = help(symbolAt(event->position())).contains(QLatin1Char('\n'));
    setCursor(active ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void EquationsView::mouseReleaseEvent(QMouseEvent* event)
{
    const QString symbol = symbolAt(event->position());
    if (event->button() == Qt::LeftButton && !symbol.isEmpty()) {
        Q_EMIT symbolChosen(symbol);
    }
}

void EquationsView::copy() const
{
    QGuiApplication::clipboard()->setText(plainEquations(m_content));
}

} // namespace ui
