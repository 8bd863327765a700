#pragma once

#include "ui/theme.hpp"

#include <QtCharts/QChartView>

#include <cstdint>
#include <string>
#include <vector>

class QAreaSeries;
class QLineSeries;
class QPainter;
class QValueAxis;

namespace ui {

/// Counts in bins of one width; bin b holds lower + b width <= x < lower + (b + 1) width.
struct HistogramData {
    double lower = 0.0;
    double width = 0.0;
    std::vector<std::uint64_t> counts;
};

/// A histogram with an optional curve to compare it with and vertical marks. Renewed a few times a
/// second at most: charts are slow.
class HistogramChart : public QChartView {
    Q_OBJECT

public:
    /// A place on the axis that is marked by a line.
    struct Mark {
        double x = 0.0;
        bool theory = false; ///< dashed; else measured
    };

    HistogramChart(const QString& title, QWidget* parent = nullptr);

    void setHistogram(const HistogramData& histogram);
    const HistogramData& histogram() const { return m_histogram; }
    /// What the histogram is compared with, in counts of a bin; nothing where empty.
    void setReference(const QList<QPointF>& curve);
    QList<QPointF> reference() const;
    void setMarks(const std::vector<Mark>& marks);
    const std::vector<Mark>& marks() const { return m_marks; }
    /// A line of text above the plot.
    void setCaption(const QString& caption);
    QString caption() const;
    void applyTheme(const PlotColors& colors);
    void paintForExport(QPainter& painter, QSize size);
    /// NAME_from,NAME_to,count; `name` and `unit` as "interval", "_ms".
    std::string csv(const std::string& name, const std::string& unit) const;

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addLine(QLineSeries* series);
    void updateAxes();
    void drawMarks();
    void applyFonts();

    HistogramData m_histogram;
    std::vector<Mark> m_marks;
    QAreaSeries* m_area;
    QLineSeries* m_outline; ///< the steps of the bins
    QLineSeries* m_reference;
    QLineSeries* m_measured; ///< marks
    QLineSeries* m_theory;
    QValueAxis* m_valueAxis;
    QValueAxis* m_countAxis;
};

} // namespace ui
