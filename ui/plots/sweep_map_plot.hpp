#pragma once

#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <optional>
#include <vector>

namespace ui {

/// A quantity over two parameters as a map of colours, with a cross where the neuron stands now.
class SweepMapPlot : public QCustomPlot {
    Q_OBJECT

public:
    struct Axis {
        QString title;
        std::vector<double> values; ///< equally spaced, ascending
    };

    explicit SweepMapPlot(QWidget* parent = nullptr);

    void begin(const Axis& x, const Axis& y, const QString& quantity);
    void setQuantity(const QString& quantity);
    /// One value for each cell, x runs slowest; NaN = not known.
    void showCells(const std::vector<double>& cells);
    void setStale(bool stale);
    bool isStale() const { return m_stale; }
    void setWorkingPoint(std::optional<std::pair<double, double>> point);
    virtual void applyTheme(const PlotColors& colors);
    const PlotColors& colors() const { return *m_colors; }
    /// What stands at a place of the widget: both values and the cell's; empty outside.
    virtual QString textAt(const QPoint& position) const;

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    void setCells(const std::vector<double>& cells, const QCPRange& range);
    /// Of the colours, where nothing is stale.
    virtual QCPColorGradient gradient() const;
    void dressMap();
    QCPColorScale& scale() { return *m_scale; }

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    const PlotColors* m_colors;
    QCPColorMap* m_map;
    QCPColorScale* m_scale;
    QCPGraph* m_point;
    bool m_stale = false;
};

} // namespace ui
