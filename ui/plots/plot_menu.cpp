#include "ui/plots/plot_menu.hpp"

#include "ui/plots/time_plot.hpp"

#include <QMenu>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::PlotMenu", source); }

} // namespace

void paintPlot(QCustomPlot& plot, QPainter& painter, QSize size)
{
    // QCustomPlot draws with its own painter; a picture carries what it drew.
    QPicture picture;
    QCPPainter recorder(&picture);
    recorder.setMode(QCPPainter::pmVectorized);
    recorder.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&recorder, size.width(), size.height());
    recorder.end();
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    painter.drawPicture(0, 0, picture);
}

void paintForExport(TimePlot& plot, QPainter& painter, QSize size)
{
    const PlotColors& shown = plot.colors();
    plot.applyTheme(plotColors(false));
    paintPlot(plot, painter, size);
    plot.applyTheme(shown);
    plot.replot(QCustomPlot::rpImmediateRefresh); // lays out for the screen again
    plot.loadMore();
}

void showPlotMenu(TimePlot& plot, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag, const ReportTo& report)
{
    auto* menu = new QMenu(&plot);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addPictureActions(*menu,
        {&plot, [&plot](QPainter& painter, QSize size) { paintForExport(plot, painter, size); },
            [&plot] { return plot.visibleCsv(); }},
        tag, report);
    menu->addSeparator();
    menu->addAction(text("&Autoscale"), &plot, [&plot] {
        plot.autoscale();
        plot.loadMore();
    });
    QAction* lock = menu->addAction(text("&Lock value axis"));
    lock->setCheckable(true);
    lock->setChecked(plot.valueAxisLocked());
    QObject::connect(lock, &QAction::toggled, &plot, &TimePlot::setValueAxisLocked);
    plot.fillMenu(*menu);
    menu->popup(globalPosition);
}

} // namespace ui
