#include "ui/gallery/gallery_export.hpp"

#include "engine/core/value.hpp"
#include "ui/gallery/tile_grid.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/plots/visible_csv.hpp"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

namespace ui {

void paintTileForExport(const TileWidget& tile, QPainter& painter, QSize size)
{
    paintTile(painter, QRect(QPoint(0, 0), size), tile.picture(), plotColors(false), tile.font());
}

void paintGallery(const TileGrid& grid, QPainter& painter, QSize size)
{
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    for (const TileWidget* tile : grid.tiles()) {
        painter.save();
        painter.translate(tile->pos());
        paintTileForExport(*tile, painter, tile->size());
        painter.restore();
    }
}

QImage galleryImage(const TileGrid& grid, double pixelRatio)
{
    const QSize size = grid.widget()->size();
    QImage image(size * pixelRatio, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelRatio);
    QPainter painter(&image);
    paintGallery(grid, painter, size);
    return image;
}

PictureTag tileTag(const TileWidget& tile)
{
    PictureTag tag;
    tag.presetText = QByteArray::fromStdString(tile.document().text());
    tag.seed = tile.document().experiment().simulation.seed;
    tag.title = QString::fromStdString(tile.document().info().title);
    return tag;
}

std::string tileCsv(const TileWidget& tile)
{
    const engine::gallery::Sweep sweep = tile.complete();
    if (!sweep.history) {
        return {};
    }
    std::vector<std::pair<std::size_t, std::size_t>> columns;
    const auto& groups = sweep.history->groups();
    for (std::size_t group = 0; group < groups.size(); ++group) {
        for (std::size_t column = 0; column < groups[group].columns.size(); ++column) {
            columns.emplace_back(group, column);
        }
    }
    return tracesCsv(*sweep.history, columns, tile.grid(), 0, sweep.now);
}

std::string gallerySpikesCsv(const TileGrid& grid)
{
    std::string text = "preset,time_ms\n";
    for (const TileWidget* tile : grid.tiles()) {
        const engine::gallery::Sweep sweep = tile->complete();
        if (!sweep.history) {
            continue;
        }
        for (const engine::recording::Spike& spike : sweep.history->spikes(0, sweep.now)) {
            text += tile->document().info().id + ','
                + engine::core::number_text(tile->grid().time_ms(spike.step)) + '\n';
        }
    }
    return text;
}

GalleryExport::GalleryExport(TileGrid& grid, QWidget* window)
    : QObject(window)
    , m_grid(grid)
    , m_window(window)
{
    addAction(tr("Copy picture of the gallery"), "Ctrl+Shift+C", [this] {
        QGuiApplication::clipboard()->setImage(galleryImage(m_grid, m_window->devicePixelRatioF()));
    });
    addAction(tr("Save picture of the gallery\u2026"), "Ctrl+Shift+S", [this] {
        askAndSave(tr("Save picture of the gallery"), tr("Pictures (*.png *.svg *.pdf)"),
            QStringLiteral("png"), [this](const QString& path) {
                PictureTag tag; // many presets: none is carried
                tag.title = m_window->windowTitle();
                return savePicture(path, m_grid.widget()->size(), tag,
                    [this](QPainter& painter, QSize size) { paintGallery(m_grid, painter, size); });
            });
    });
    addAction(tr("Save spikes of all tiles (CSV)\u2026"), "Ctrl+E", [this] {
        askAndSave(tr("Save spikes of all tiles"), tr("CSV (*.csv)"), QStringLiteral("csv"),
            [this](const QString& path) { return saveText(path, gallerySpikesCsv(m_grid)); });
    });
}

void GalleryExport::addAction(
    const QString& text, const char* keys, const std::function<void()>& action)
{
    auto* made = new QAction(text, this);
    made->setShortcut(QKeySequence(QLatin1String(keys)));
    connect(made, &QAction::triggered, this, action);
    m_actions += made;
}

void GalleryExport::askAndSave(const QString& title, const QString& filter, const QString& ending,
    const std::function<QString(const QString& path)>& save)
{
    auto* dialog = new QFileDialog(m_window, title, {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, save](const QString& path) {
        const QString failure = save(path);
        Q_EMIT report(failure.isEmpty() ? tr("Saved %1").arg(path) : failure, !failure.isEmpty());
    });
    dialog->open();
}

void GalleryExport::showTileMenu(
    int index, const QPoint& globalPosition, const std::function<void()>& open)
{
    TileWidget* tile = m_grid.tiles().at(static_cast<std::size_t>(index));
    auto* menu = new QMenu(tile); // gone with it, as its dialogs are
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Open"), this, open);
    menu->addSeparator();
    addPictureActions(
        *menu,
        {tile, [tile](QPainter& painter, QSize size) { paintTileForExport(*tile, painter, size); },
            [tile] { return tileCsv(*tile); }},
        [tile] { return tileTag(*tile); },
        [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    menu->addSeparator();
    menu->addActions(m_actions);
    menu->popup(globalPosition);
}

} // namespace ui
