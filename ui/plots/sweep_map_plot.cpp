#include "ui/plots/sweep_map_plot.hpp"

#include "ui/plots/plot_looks.hpp"
#include "ui/plots/sweep_curve.hpp"

#include <QToolTip>

#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr double mostMedians = 3.0; // of the scale: what is above has its last colour

}

SweepMapPlot::SweepMapPlot(QWidget* parent)
    : QCustomPlot(parent)
    , m_colors(&Theme::instance().colors())
    , m_map(new QCPColorMap(xAxis, yAxis))
    , m_scale(new QCPColorScale(this))
    , m_point(addGraph())
{
    setNotAntialiasedElements(QCP::aeAll);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(120, 100);
    setMouseTracking(true);
    axisRect()->setMinimumSize(10, 10);
    m_map->setInterpolate(false);
    m_map->data()->fill(std::numeric_limits<double>::quiet_NaN());
    plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(10);
    m_map->setColorScale(m_scale);
    m_scale->setGradient(viridis());
    auto* margins = new QCPMarginGroup(this);
    axisRect()->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_scale->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_point->setLineStyle(QCPGraph::lsNone);
    applyTheme(*m_colors);
    setAccessibleName(tr("Map over two parameters"));
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { applyTheme(Theme::instance().colors()); });
}

void SweepMapPlot::begin(const Axis& x, const Axis& y, const QString& quantity)
{
    m_map->data()->setSize(static_cast<int>(x.values.size()), static_cast<int>(y.values.size()));
    m_map->data()->setRange(
        QCPRange(x.values.front(), x.values.back()), QCPRange(y.values.front(), y.values.back()));
    m_map->data()->fill(std::numeric_limits<double>::quiet_NaN());
    xAxis->setLabel(x.title);
    yAxis->setLabel(y.title);
    setQuantity(quantity);
    rescaleAxes();
}

void SweepMapPlot::setQuantity(const QString& quantity) { m_scale->axis()->setLabel(quantity); }

void SweepMapPlot::showCells(const std::vector<double>& cells)
{
    setCells(cells, QCPRange(0.0, usualMaximum(cells, mostMedians)));
}

void SweepMapPlot::setCells(const std::vector<double>& cells, const QCPRange& range)
{
    const int rows = m_map->data()->valueSize();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int cell = static_cast<int>(i);
        m_map->data()->setCell(cell / rows, cell % rows, cells[i]);
    }
    m_map->setDataRange(range);
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepMapPlot::setStale(bool stale)
{
    if (stale != m_stale) {
        m_stale = stale;
        dressMap();
    }
}

QCPColorGradient SweepMapPlot::gradient() const { return viridis(); }

void SweepMapPlot::dressMap()
{
    QCPColorGradient colors = gradient();
    if (m_stale) {
        colors.loadPreset(QCPColorGradient::gpGrayscale);
        colors.setNanHandling(QCPColorGradient::nhTransparent);
    }
    m_scale->setGradient(colors);
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepMapPlot::setWorkingPoint(std::optional<std::pair<double, double>> point)
{
    m_point->data()->clear();
    if (point) {
        m_point->addData(point->first, point->second);
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepMapPlot::applyTheme(const PlotColors& colors)
{
    m_colors = &colors;
    setBackground(colors.background);
    for (QCPAxis* axis : {xAxis, yAxis, m_scale->axis()}) {
        dressAxis(*axis, colors, font());
    }
    m_point->setPen(QPen(colors.red, 2));
    m_point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCrossCircle, colors.red, 11));
    replot(QCustomPlot::rpQueuedReplot);
}

QString SweepMapPlot::textAt(const QPoint& position) const
{
    if (!axisRect()->rect().contains(position)) {
        return {};
    }
    const double x = xAxis->pixelToCoord(position.x());
    const double y = yAxis->pixelToCoord(position.y());
    const double value = m_map->data()->data(x, y);
    return tr("%1: %2\n%3: %4\n%5: %6")
        .arg(xAxis->label(), QString::number(x, 'g', 4), yAxis->label(), QString::number(y, 'g', 4),
            m_scale->axis()->label(),
            std::isnan(value) ? tr("none") : QString::number(value, 'g', 4));
}

void SweepMapPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::RightButton) {
        Q_EMIT menuAsked(event->globalPosition().toPoint());
    }
}

void SweepMapPlot::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    QToolTip::showText(event->globalPosition().toPoint(), textAt(position), this);
}

void SweepMapPlot::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        Q_EMIT menuAsked(mapToGlobal(rect().center()));
    }
    event->accept();
}

} // namespace ui
