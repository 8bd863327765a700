#include "ui/plots/picture_menu.hpp"

#include "ui/plots/visible_csv.hpp"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::PlotMenu", source); }

QImage imageOf(const PlotSource& source)
{
    const double ratio = source.plot->devicePixelRatioF();
    QImage image(source.plot->size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    source.paint(painter, source.plot->size());
    return image;
}

} // namespace

void addPictureActions(QMenu& menu, const PlotSource& source,
    const std::function<PictureTag()>& tag, const ReportTo& report)
{
    QWidget* plot = source.plot;
    const auto tell = [report](const QString& failure, const QString& path) {
        report(failure.isEmpty() ? text("Saved %1").arg(path) : failure, !failure.isEmpty());
    };
    // Dialogs are not modal: the run goes on and stays visible behind them.
    const auto ask
        = [plot](const QString& title, const QString& filter, const QString& ending, auto then) {
              auto* dialog = new QFileDialog(plot, title, {}, filter);
              dialog->setAttribute(Qt::WA_DeleteOnClose);
              dialog->setAcceptMode(QFileDialog::AcceptSave);
              dialog->setDefaultSuffix(ending);
              QObject::connect(dialog, &QFileDialog::fileSelected, plot, then);
              dialog->open();
          };
    menu.addAction(text("&Copy image"), plot,
        [source, tag] { QGuiApplication::clipboard()->setImage(tagged(imageOf(source), tag())); });
    menu.addAction(text("&Save image…"), plot, [source, ask, tag, tell] {
        ask(text("Save image"), text("Pictures (*.png *.svg *.pdf)"), QStringLiteral("png"),
            [source, tag, tell](const QString& path) {
                tell(savePicture(path, source.plot->size(), tag(), source.paint), path);
            });
    });
    menu.addAction(text("Save &visible data (CSV)…"), plot, [source, ask, tell] {
        ask(text("Save visible data"), text("CSV (*.csv)"), QStringLiteral("csv"),
            [source, tell](const QString& path) { tell(saveText(path, source.csv()), path); });
    });
}

void showPictureMenu(const PlotSource& source, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag, const ReportTo& report)
{
    auto* menu = new QMenu(source.plot);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addPictureActions(*menu, source, tag, report);
    menu->popup(globalPosition);
}

} // namespace ui
