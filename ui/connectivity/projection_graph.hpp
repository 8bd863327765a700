#pragma once

#include "engine/config/preset_document.hpp"
#include "ui/connectivity/connection_data.hpp"
#include "ui/connectivity/graph_layout.hpp"
#include "ui/theme.hpp"

#include <QWidget>

#include <optional>
#include <string>

namespace ui {

/// Populations and stimuli as nodes, projections as arrows with what they are: triangles excite,
/// discs inhibit, diamonds do both; the thicker, the larger the sum of the weights onto a neuron. A
/// click chooses a projection, the arrow keys go from one to the next.
class ProjectionGraph : public QWidget {
    Q_OBJECT

public:
    explicit ProjectionGraph(QWidget* parent = nullptr);

    void show(const engine::config::PresetDocument& document,
        const std::vector<ConnectionData::Counts>& counts);
    void setChosen(std::optional<std::size_t> projection);
    std::optional<std::size_t> chosen() const { return m_chosen; }
    /// The arrow or its text at a place of the widget.
    std::optional<std::size_t> projectionAt(const QPointF& position) const;
    /// Middle of the text of an arrow.
    QPointF labelOf(std::size_t projection) const;
    void paintForExport(QPainter& painter, QSize size);
    /// One row for each projection.
    std::string csv() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Nothing: all of them.
    void projectionChosen(std::optional<std::size_t> projection);
    void menuAsked(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void paint(QPainter& painter, const QSizeF& size, const PlotColors& colors) const;
    void paintStimuli(
        QPainter& painter, const GraphLayout& layout, const PlotColors& colors, bool compact) const;
    void paintArrow(QPainter& painter, const GraphLayout::Arrow& arrow, std::size_t projection,
        const PlotColors& colors) const;
    void paintLabel(QPainter& painter, std::size_t projection, const PlotColors& colors,
        const QSizeF& size, const GraphLayout& layout) const;
    void paintPopulations(
        QPainter& painter, const GraphLayout& layout, const PlotColors& colors) const;
    QRectF labelRect(std::size_t projection, const GraphLayout& layout, const QSizeF& size) const;
    QString labelText(std::size_t projection) const;
    GraphLayout layoutFor(const QSizeF& size) const;
    const engine::analysis::ProjectionConnections* counts(std::size_t projection) const;
    /// Where it is low, the text of the chosen one alone.
    bool hasLabel(std::size_t projection, const QSizeF& size) const;
    double thickness(std::size_t projection) const;

    std::optional<engine::config::PresetDocument> m_document;
    std::vector<ConnectionData::Counts> m_counts;
    std::optional<std::size_t> m_chosen;
};

} // namespace ui
