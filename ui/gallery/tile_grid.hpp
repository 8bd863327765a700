#pragma once

#include "ui/gallery/tile_widget.hpp"

#include <QElapsedTimer>
#include <QScrollArea>

#include <vector>

class QGridLayout;

namespace ui {

/// Columns of a grid of `count` tiles: as wanted (0 = so that tiles are twice as wide as high)
/// where each keeps `least` pixels, else fewer.
int gridColumns(int count, int wanted, QSize room, int least);

/// The index where a key leads from `current` in a grid; the same where there is no tile.
int movedIndex(int current, int count, int columns, int key);

/// The tiles of a gallery, all of the same size; keys lead from one to the next.
class TileGrid : public QScrollArea {
    Q_OBJECT

public:
    explicit TileGrid(QWidget* parent = nullptr);

    /// Other tiles.
    void setTiles(const std::vector<engine::config::PresetDocument>& documents, bool lettered);
    /// The same tiles with other values.
    void setDocuments(const std::vector<engine::config::PresetDocument>& documents);
    void take(const engine::gallery::Frame& frame);
    void setColumns(int wanted);
    /// One voltage axis for all tiles, as in published figures, or each its own.
    void setCommonAxis(bool common);

    const std::vector<TileWidget*>& tiles() const { return m_tiles; }
    int columns() const { return m_columns; }
    int current() const { return m_current; }
    TileWidget* currentTile() const;
    void setCurrent(int index);
    void focusCurrent();

Q_SIGNALS:
    void opened(int index);
    void currentChanged(int index);
    void menuWanted(int index, const QPoint& globalPosition);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void setAxes();

    QGridLayout* m_grid;
    std::vector<TileWidget*> m_tiles;
    int m_wantedColumns = 0;
    int m_columns = 0;
    int m_current = 0;
    bool m_commonAxis = true;
    bool m_fit = true; ///< axes jump to the data: nothing was shown before
    QElapsedTimer m_sinceAxes;
};

} // namespace ui
