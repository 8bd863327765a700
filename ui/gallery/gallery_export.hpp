#pragma once

#include "ui/pictures.hpp"

#include <QImage>
#include <QList>
#include <QObject>
#include <QPoint>

#include <functional>
#include <string>

class QAction;

namespace ui {

class TileGrid;
class TileWidget;

/// The tiles as they are now, with the white palette for pictures.
void paintGallery(const TileGrid& grid, QPainter& painter, QSize size);
QImage galleryImage(const TileGrid& grid, double pixelRatio);
/// One tile; `size` as on the screen or larger.
void paintTileForExport(const TileWidget& tile, QPainter& painter, QSize size);

/// What the picture of a tile carries: its preset.
PictureTag tileTag(const TileWidget& tile);

/// Everything recorded of the last complete sweep of a tile, of the first one as far as it has
/// come.
std::string tileCsv(const TileWidget& tile);
/// Spikes of the last complete sweep of all tiles: preset,time_ms.
std::string gallerySpikesCsv(const TileGrid& grid);

/// Pictures and CSV files of a gallery and of its tiles: menus and dialogs, none of them modal.
class GalleryExport : public QObject {
    Q_OBJECT

public:
    GalleryExport(TileGrid& grid, QWidget* window);

    /// Of the whole gallery: copy picture, save picture, save spikes.
    const QList<QAction*>& actions() const { return m_actions; }
    void showTileMenu(int index, const QPoint& globalPosition, const std::function<void()>& open);

Q_SIGNALS:
    /// Something for the person to read.
    void report(const QString& message, bool error);

private:
    void addAction(const QString& text, const char* keys, const std::function<void()>& action);
    /// Asks for a file and calls `save` with its path; `save` returns what went wrong.
    void askAndSave(const QString& title, const QString& filter, const QString& ending,
        const std::function<QString(const QString& path)>& save);

    TileGrid& m_grid;
    QWidget* m_window;
    QList<QAction*> m_actions;
};

} // namespace ui
