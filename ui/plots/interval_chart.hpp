#pragma once

#include "engine/analysis/recorded_intervals.hpp"
#include "ui/theme.hpp"

#include <QtCharts/QChartView>

#include <string>

class QAreaSeries;
class QLineSeries;
class QPainter;
class QValueAxis;

namespace ui {

/// Histogram of intervals between spikes.
class IntervalChart : public QChartView {
    Q_OBJECT

public:
    explicit IntervalChart(QWidget* parent = nullptr);

    void setIntervals(const engine::analysis::RegroupedIntervals& intervals);
    const engine::analysis::RegroupedIntervals& shown() const { return m_intervals; }
    void applyTheme(const PlotColors& colors);
    void paintForExport(QPainter& painter, QSize size);
    /// interval_from_ms,interval_to_ms,count
    std::string csv() const;

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateAxes();
    void applyFonts();

    engine::analysis::RegroupedIntervals m_intervals;
    QAreaSeries* m_area;
    QLineSeries* m_outline; ///< the steps of the bins
    QValueAxis* m_intervalAxis;
    QValueAxis* m_countAxis;
};

} // namespace ui
