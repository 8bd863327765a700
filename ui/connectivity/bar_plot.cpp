#include "ui/connectivity/bar_plot.hpp"

#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

/// Few ticks; whole numbers where the values are.
class ValueTicker : public QCPAxisTicker {
public:
    explicit ValueTicker(bool whole)
        : m_whole(whole)
    {
    }

protected:
    double getTickStep(const QCPRange& range) override
    {
        const double step = QCPAxisTicker::getTickStep(range);
        return m_whole ? std::max(1.0, std::round(step)) : step;
    }
    int getSubTickCount(double) override { return 0; }
    /// Millions of synapses have short names: 2.5M.
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        constexpr double thousand = 1e3;
        constexpr double million = 1e6;
        constexpr int digits = 6;
        if (std::abs(tick) >= million) {
            return QString::number(tick / million, 'g', digits) + QLatin1Char('M');
        }
        if (std::abs(tick) >= 100.0 * thousand) {
            return QString::number(tick / thousand, 'g', digits) + QLatin1Char('k');
        }
        return QString::number(std::abs(tick) < 1e-12 ? 0.0 : tick, 'g', digits)
            .replace('-', QChar(0x2212));
    }

private:
    bool m_whole;
};

} // namespace

BarPlot::BarPlot(const QString& name, const QString& count, std::string column, QWidget* parent)
    : SmallPlot(parent)
    , m_name(name)
    , m_column(std::move(column))
    , m_outline(new QCPCurve(xAxis, yAxis))
    , m_theory(addGraph())
    , m_mark(addGraph())
    , m_caption(new QCPTextElement(this))
{
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, m_caption);
    plotLayout()->setRowSpacing(0);
    m_caption->setMargins(QMargins(2, 2, 2, 0));
    xAxis->setLabel(name);
    yAxis->setLabel(count);
    yAxis->setTicker(QSharedPointer<ValueTicker>::create(true));
    m_theory->setAdaptiveSampling(false);
    setAccessibleName(name);
    BarPlot::applyTheme(Theme::instance().colors());
}

void BarPlot::setUnit(const QString& unit)
{
    m_unit = unit;
    xAxis->setLabel(unit.isEmpty() ? m_name : QStringLiteral("%1 [%2]").arg(m_name, unit));
}

void BarPlot::show(const Shown& shown)
{
    if (shown == m_shown) {
        return;
    }
    m_shown = shown;
    xAxis->setTicker(QSharedPointer<ValueTicker>::create(shown.whole));
    QVector<double> keys;
    QVector<double> values;
    double most = 0.0;
    double from = 0.0;
    double to = 1.0;
    if (!shown.bars.empty()) {
        from = shown.bars.front().from;
        to = shown.bars.back().to;
    }
    for (const Bar& bar : shown.bars) {
        keys << bar.from << bar.from << bar.to << bar.to;
        values << 0.0 << bar.count << bar.count << 0.0;
        most = std::max(most, bar.count);
    }
    m_outline->setData(keys, values);
    m_theory->data()->clear();
    // A single point is a level: it is drawn across its bar.
    if (shown.theory.size() == 1 && !shown.bars.empty()) {
        const QPointF& at = shown.theory.front();
        const double half = (shown.bars.front().to - shown.bars.front().from) / 2.0;
        m_theory->addData(at.x() - half, at.y());
        m_theory->addData(at.x() + half, at.y());
        most = std::max(most, at.y());
    } else {
        for (const QPointF& point : shown.theory) {
            m_theory->addData(point.x(), point.y());
            most = std::max(most, point.y());
        }
    }
    if (shown.mark) {
        from = std::min(from, *shown.mark);
        to = std::max(to, *shown.mark);
    }
    if (shown.withZero) {
        from = std::min(from, 0.0);
        to = std::max(to, 0.0);
    }
    if (shown.whole) { // a single number does not fill the axis
        const double least = std::max(8.0, 0.02 * to);
        const double missing = std::max(0.0, least - (to - from)) / 2.0;
        from -= missing;
        to += missing;
    }
    fit();
    const double margin = 0.06 * (to - from);
    constexpr double head = 1.12;
    xAxis->setRange(from - margin, to + margin);
    yAxis->setRange(0.0, most > 0.0 ? head * most : 1.0);
    m_mark->data()->clear();
    if (shown.mark) {
        m_mark->addData(*shown.mark, 0.0);
        m_mark->addData(*shown.mark, yAxis->range().upper);
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void BarPlot::resizeEvent(QResizeEvent* event)
{
    fit(); // before it is drawn anew
    SmallPlot::resizeEvent(event);
}

/// As many ticks and lines of caption as there is room for.
void BarPlot::fit()
{
    const int label = fontMetrics().horizontalAdvance(QStringLiteral("0000000000"));
    const int line = fontMetrics().lineSpacing();
    constexpr int most = 6;
    xAxis->ticker()->setTickCount(std::clamp(width() / label, 2, most));
    yAxis->ticker()->setTickCount(std::clamp(height() / (3 * line), 2, most));
    constexpr int few = 9; // lines
    QString caption = m_shown.caption;
    if (height() < few * line) {
        constexpr int margin = 8;
        caption.replace(QLatin1Char('\n'), QStringLiteral("; "));
        caption = fontMetrics().elidedText(caption, Qt::ElideRight, width() - margin);
    }
    m_caption->setText(caption);
    // A long text widens nothing, and is not cut at its top.
    m_caption->setMinimumSize(1, static_cast<int>(caption.count(QLatin1Char('\n')) + 1) * line);
}

void BarPlot::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    QColor filling = colors.blue;
    constexpr int faint = 120;
    filling.setAlpha(faint);
    m_outline->setPen(QPen(colors.blue, 1));
    m_outline->setBrush(filling);
    m_theory->setPen(QPen(colors.orange, 2, Qt::DashLine));
    m_mark->setPen(QPen(colors.neutral, 1, Qt::DotLine));
    m_caption->setFont(font());
    m_caption->setTextColor(colors.text);
    replot(QCustomPlot::rpQueuedReplot);
}

std::string BarPlot::csv() const
{
    using engine::core::number_text;
    const std::string unit = m_unit.isEmpty() ? "" : "_" + m_unit.toStdString();
    std::string text
        = m_column + "_from" + unit + ',' + m_column + "_to" + unit + ",count,expected\n";
    for (const Bar& bar : m_shown.bars) {
        const auto expected = std::find_if(m_shown.theory.begin(), m_shown.theory.end(),
            [&](const QPointF& p) { return p.x() >= bar.from && p.x() < bar.to; });
        text += number_text(bar.from) + ',' + number_text(bar.to) + ',' + number_text(bar.count)
            + ',' + (expected == m_shown.theory.end() ? "" : number_text(expected->y())) + '\n';
    }
    return text;
}

} // namespace ui
