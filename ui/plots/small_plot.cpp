#include "ui/plots/small_plot.hpp"

#include "ui/plots/plot_looks.hpp"
#include "ui/plots/plot_menu.hpp"

namespace ui {

SmallPlot::SmallPlot(QWidget* parent)
    : QCustomPlot(parent)
{
    setNotAntialiasedElements(QCP::aeAll);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setMinimumSize(150, 110);
    axisRect()->setupFullAxesBox(false);
    axisRect()->setMinimumMargins(QMargins(2, 4, 8, 2));
    for (QCPAxis* axis : {xAxis2, yAxis2}) {
        axis->setTicks(false);
    }
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setNumberFormat(QStringLiteral("g"));
        axis->ticker()->setTickCount(4);
    }
}

void SmallPlot::applyTheme(const PlotColors& colors)
{
    setBackground(colors.background);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2}) {
        dressAxis(*axis, colors, font());
    }
}

void SmallPlot::paintForExport(QPainter& painter, QSize size)
{
    applyTheme(plotColors(false));
    paintPlot(*this, painter, size);
    applyTheme(Theme::instance().colors());
    replot(QCustomPlot::rpQueuedReplot);
}

void SmallPlot::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

void SmallPlot::changeEvent(QEvent* event)
{
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyTheme(Theme::instance().colors());
        replot(QCustomPlot::rpQueuedReplot);
    }
}

} // namespace ui
