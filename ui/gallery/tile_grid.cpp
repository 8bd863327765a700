#include "ui/gallery/tile_grid.hpp"

#include <QGridLayout>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double wantedAspect = 2.0; // width / height

/// The letter of a panel in a published figure: A ... Z, then none.
QString letterOf(std::size_t index)
{
    return index < 26 ? QString(QChar('A' + static_cast<int>(index))) : QString();
}

} // namespace

int gridColumns(int count, int wanted, QSize room, int least)
{
    const int most = std::clamp(room.width() / std::max(1, least), 1, std::max(1, count));
    if (wanted > 0) {
        return std::min(wanted, most);
    }
    int best = 1;
    double bestDistance = 1e9;
    for (int columns = 1; columns <= most; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double aspect = (static_cast<double>(room.width()) / columns)
            / std::max(1.0, static_cast<double>(room.height()) / rows);
        const double distance = std::abs(std::log(std::max(1e-9, aspect) / wantedAspect));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = columns;
        }
    }
    return best;
}

int movedIndex(int current, int count, int columns, int key)
{
    int next = current;
    switch (key) {
    case Qt::Key_Left:
        next = current - 1;
        break;
    case Qt::Key_Right:
        next = current + 1;
        break;
    case Qt::Key_Up:
        next = current - columns;
        break;
    case Qt::Key_Down:
        next = current + columns;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = count - 1;
        break;
    default:
        break;
    }
    return next >= 0 && next < count ? next : current;
}

TileGrid::TileGrid(QWidget* parent)
    : QScrollArea(parent)
{
    auto* content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(1);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Tiles of the gallery"));
}

void TileGrid::setTiles(const std::vector<engine::config::PresetDocument>& documents, bool lettered)
{
    for (TileWidget* tile : m_tiles) {
        delete tile;
    }
    m_tiles.clear();
    for (std::size_t i = 0; i < documents.size(); ++i) {
        auto* tile = new TileWidget(documents[i], lettered ? letterOf(i) : QString(), widget());
        const int index = static_cast<int>(i);
        connect(tile, &TileWidget::opened, this, [this, index] { Q_EMIT opened(index); });
        connect(tile, &TileWidget::chosen, this, [this, index] { setCurrent(index); });
        connect(tile, &TileWidget::moveWanted, this, [this](int key) {
            setCurrent(movedIndex(m_current, static_cast<int>(m_tiles.size()), m_columns, key));
            focusCurrent();
        });
        connect(tile, &TileWidget::menuWanted, this,
            [this, index](const QPoint& position) { Q_EMIT menuWanted(index, position); });
        m_tiles.push_back(tile);
    }
    m_columns = 0;
    m_current = -1;
    m_fit = true;
    arrange();
    setCurrent(0);
}

void TileGrid::setDocuments(const std::vector<engine::config::PresetDocument>& documents)
{
    for (std::size_t i = 0; i < std::min(documents.size(), m_tiles.size()); ++i) {
        m_tiles[i]->setDocument(documents[i]);
    }
}

void TileGrid::take(const engine::gallery::Frame& frame)
{
    for (std::size_t i = 0; i < std::min(frame.tiles.size(), m_tiles.size()); ++i) {
        m_tiles[i]->take(frame.tiles[i]);
    }
    setAxes();
}

void TileGrid::setAxes()
{
    Extent all;
    for (const TileWidget* tile : m_tiles) {
        all.include(tile->picture().voltageExtent());
    }
    const double elapsed_s = m_sinceAxes.isValid() ? 1e-3 * double(m_sinceAxes.restart()) : 0.0;
    if (!m_sinceAxes.isValid()) {
        m_sinceAxes.start();
    }
    for (TileWidget* tile : m_tiles) {
        const ValueRange wanted = voltageAxis(m_commonAxis ? all : tile->picture().voltageExtent());
        tile->setVoltageAxis(
            m_fit ? wanted : followed(tile->picture().voltages, wanted, elapsed_s));
    }
    m_fit = m_fit && all.empty();
}

void TileGrid::setColumns(int wanted)
{
    m_wantedColumns = wanted;
    arrange();
}

void TileGrid::setCommonAxis(bool common)
{
    m_commonAxis = common;
    m_fit = true;
    setAxes();
}

TileWidget* TileGrid::currentTile() const
{
    return m_current >= 0 && m_current < static_cast<int>(m_tiles.size())
        ? m_tiles[static_cast<std::size_t>(m_current)]
        : nullptr;
}

void TileGrid::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= static_cast<int>(m_tiles.size())) {
        return;
    }
    if (TileWidget* before = currentTile()) {
        before->setCurrent(false);
    }
    m_current = index;
    currentTile()->setCurrent(true);
    Q_EMIT currentChanged(index);
}

void TileGrid::focusCurrent()
{
    if (TileWidget* tile = currentTile()) {
        tile->setFocus(Qt::OtherFocusReason);
        ensureWidgetVisible(tile, 0, 0);
    }
}

void TileGrid::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void TileGrid::arrange()
{
    if (m_tiles.empty()) {
        return;
    }
    const int count = static_cast<int>(m_tiles.size());
    const QSize least = m_tiles.front()->minimumSizeHint();
    const int columns = gridColumns(count, m_wantedColumns, viewport()->size(), least.width());
    if (columns == m_columns) {
        return;
    }
    // Rows and columns of a grid layout stay when they are empty: they must not take room.
    for (int i = 0; i < std::max(m_grid->rowCount(), m_grid->columnCount()); ++i) {
        m_grid->setRowStretch(i, 0);
        m_grid->setColumnStretch(i, 0);
    }
    m_columns = columns;
    for (int i = 0; i < count; ++i) {
        m_grid->addWidget(m_tiles[static_cast<std::size_t>(i)], i / columns, i % columns);
        m_grid->setRowStretch(i / columns, 1);
        m_grid->setColumnStretch(i % columns, 1);
    }
}

} // namespace ui
