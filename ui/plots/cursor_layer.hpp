#pragma once

#include "ui/plots/span_measurement.hpp"

#include <qcustomplot.h>

#include <optional>
#include <vector>

namespace ui {

/// What a panel shows at a cursor.
struct CursorReading {
    QString name; ///< "V_m"
    QString unit; ///< empty where dimensionless
    QColor color;
    std::optional<double> value; ///< missing where nothing is recorded there
    std::optional<TracePlace> place; ///< where its samples are; none for what is computed

    /// "V_m -65.0000 mV"; a dash for a missing value.
    QString text() const;
    friend bool operator==(const CursorReading&, const CursorReading&) = default;
};

/// Six digits, always as many, so that nothing jumps while a cursor moves.
QString cursorNumber(double value);

struct CursorLine {
    double t = 0.0; ///< [ms]
    QString time; ///< "123.4 ms"
    QString name; ///< "A"
    bool active = false; ///< the one that keys move
    bool later = false; ///< of two: its readings stand to the right of it, the other's to the left
    std::vector<CursorReading> readings;
    friend bool operator==(const CursorLine&, const CursorLine&) = default;
};

/// Draws the cursors of a panel with what it shows there, above everything else, in a layer that is
/// drawn without the rest while they move.
class CursorLayer : public QCPLayerable {
public:
    explicit CursorLayer(QCustomPlot* plot);

    /// `redraw`: at once; else with the next replot of the panel.
    void show(std::vector<CursorLine> lines, bool redraw);
    const std::vector<CursorLine>& lines() const { return m_lines; }
    void setColors(const QColor& line, const QColor& text, const QColor& ground);
    void setTimeShown(bool shown) { m_timeShown = shown; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    QRect clipRect() const override;
    void draw(QCPPainter* painter) override;

private:
    void drawLine(QCPPainter& painter, const CursorLine& line) const;
    void drawReadings(QCPPainter& painter, const CursorLine& line) const;

    std::vector<CursorLine> m_lines;
    QColor m_line;
    QColor m_text;
    QColor m_ground;
    bool m_timeShown = false;
};

} // namespace ui
