#include "ui/plots/plot_menu.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/recording/atomic_file.hpp"
#include "ui/plots/time_plot.hpp"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

#include <exception>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::PlotMenu", source); }

QImage imageOf(TimePlot& plot)
{
    const double ratio = plot.devicePixelRatioF();
    QImage image(plot.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paintForExport(plot, painter, plot.size());
    return image;
}

QString saveCsv(const QString& path, const std::string& csv)
{
    try {
        engine::recording::AtomicFile file(path.toStdString());
        file.stream() << csv;
        file.commit();
        return {};
    } catch (const std::exception& failure) {
        return QString::fromUtf8(failure.what());
    }
}

} // namespace

void paintForExport(TimePlot& plot, QPainter& painter, QSize size)
{
    const PlotColors& shown = plot.colors();
    plot.applyTheme(plotColors(false));
    // QCustomPlot draws with its own painter; a picture carries what it drew.
    QPicture picture;
    QCPPainter recorder(&picture);
    recorder.setMode(QCPPainter::pmVectorized);
    recorder.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&recorder, size.width(), size.height());
    recorder.end();
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    painter.drawPicture(0, 0, picture);
    plot.applyTheme(shown);
    plot.replot(QCustomPlot::rpImmediateRefresh); // lays out for the screen again
    plot.loadMore();
}

void showPlotMenu(TimePlot& plot, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag,
    const std::function<void(const QString& message, bool error)>& report)
{
    auto* menu = new QMenu(&plot);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto tell = [report](const QString& failure, const QString& path) {
        report(failure.isEmpty() ? text("Saved %1").arg(path) : failure, !failure.isEmpty());
    };
    // Dialogs are not modal: the run goes on and stays visible behind them.
    const auto ask
        = [&plot](const QString& title, const QString& filter, const QString& ending, auto then) {
              auto* dialog = new QFileDialog(&plot, title, {}, filter);
              dialog->setAttribute(Qt::WA_DeleteOnClose);
              dialog->setAcceptMode(QFileDialog::AcceptSave);
              dialog->setDefaultSuffix(ending);
              QObject::connect(dialog, &QFileDialog::fileSelected, &plot, then);
              dialog->open();
          };
    menu->addAction(text("&Copy image"), &plot,
        [&plot, tag] { QGuiApplication::clipboard()->setImage(tagged(imageOf(plot), tag())); });
    menu->addAction(text("&Save image…"), &plot, [&plot, ask, tag, tell] {
        ask(text("Save image"), text("Pictures (*.png *.svg *.pdf)"), QStringLiteral("png"),
            [&plot, tag, tell](const QString& path) {
                tell(savePicture(path, plot.size(), tag(),
                         [&plot](QPainter& painter, QSize size) {
                             paintForExport(plot, painter, size);
                         }),
                    path);
            });
    });
    menu->addAction(text("Save &visible data (CSV)…"), &plot, [&plot, ask, tell] {
        ask(text("Save visible data"), text("CSV (*.csv)"), QStringLiteral("csv"),
            [&plot, tell](const QString& path) { tell(saveCsv(path, plot.visibleCsv()), path); });
    });
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
