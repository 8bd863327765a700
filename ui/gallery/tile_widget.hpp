#pragma once

#include "engine/config/preset_document.hpp"
#include "ui/gallery/tile_painter.hpp"

#include <QWidget>

namespace ui {

/// One small panel of a gallery: shows a preset and is the button that opens it.
class TileWidget : public QWidget {
    Q_OBJECT

public:
    /// `letter` stands before the title; empty where panels have none.
    TileWidget(const engine::config::PresetDocument& document, const QString& letter,
        QWidget* parent = nullptr);

    /// The same tile with other values.
    void setDocument(const engine::config::PresetDocument& document);
    const engine::config::PresetDocument& document() const { return m_document; }
    void take(const engine::gallery::TileFrame& frame);
    void setVoltageAxis(const ValueRange& range);
    const TilePicture& picture() const { return m_picture; }
    /// The sweep that files are made from: the present one where it is complete, else the last one
    /// before it where there is one.
    engine::gallery::Sweep complete() const;
    const engine::core::TimeGrid& grid() const { return m_frame.grid; }

    /// What the line below the gallery says: what to expect, and why the pattern has its name.
    QString details() const;
    /// Marks the tile that the keys act on.
    void setCurrent(bool current);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void opened();
    /// The mouse or a key has come here.
    void chosen();
    /// Arrow keys, Home and End.
    void moveWanted(int key);
    void menuWanted(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void describe();
    void readTraces();

    engine::config::PresetDocument m_document;
    engine::gallery::TileFrame m_frame;
    TilePicture m_picture;
    bool m_current = false;
    bool m_hovered = false;
};

} // namespace ui
