#include "ui/connectivity/projection_graph.hpp"

#include "ui/connectivity/projection_texts.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPathStroker>

#include <algorithm>
#include <cmath>

namespace ui {

ProjectionGraph::ProjectionGraph(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Graph of the projections"));
    setAccessibleDescription(tr("Arrow keys go from one projection to the next"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProjectionGraph::show(const engine::config::PresetDocument& document,
    const std::vector<ConnectionData::Counts>& counts)
{
    m_document = document;
    m_counts = counts;
    update();
}

void ProjectionGraph::setChosen(std::optional<std::size_t> projection)
{
    m_chosen = projection;
    update();
}

QSize ProjectionGraph::sizeHint() const
{
    const int line = fontMetrics().lineSpacing();
    return {30 * line, 16 * line};
}

QSize ProjectionGraph::minimumSizeHint() const
{
    const int line = fontMetrics().lineSpacing();
    return {12 * line, 8 * line};
}

const engine::analysis::ProjectionConnections* ProjectionGraph::counts(std::size_t projection) const
{
    return projection < m_counts.size() ? m_counts[projection].get() : nullptr;
}

GraphLayout ProjectionGraph::layoutFor(const QSizeF& size) const
{
    return graphLayout(m_document->experiment(), size, fontMetrics().lineSpacing());
}

QString ProjectionGraph::labelText(std::size_t projection) const
{
    const auto& experiment = m_document->experiment();
    return ruleText(experiment.projections[projection]) + QLatin1Char('\n')
        + weightText(experiment, projection, counts(projection)) + QStringLiteral(", ")
        + delayText(experiment, projection, counts(projection));
}

QRectF ProjectionGraph::labelRect(
    std::size_t projection, const GraphLayout& layout, const QSizeF& size) const
{
    const QFontMetricsF metrics(font());
    QRectF rect = metrics.boundingRect(QRectF(), Qt::AlignCenter, labelText(projection));
    rect.adjust(-3.0, -1.0, 3.0, 1.0);
    rect.moveCenter(layout.projections[projection].label);
    // Within the widget, whatever its shape.
    rect.moveLeft(std::clamp(rect.left(), 0.0, std::max(0.0, size.width() - rect.width())));
    rect.moveTop(std::clamp(rect.top(), 0.0, std::max(0.0, size.height() - rect.height())));
    return rect;
}

bool ProjectionGraph::hasLabel(std::size_t projection, const QSizeF& size) const
{
    return !m_chosen || projection == m_chosen || !isCompact(size, fontMetrics().lineSpacing());
}

QPointF ProjectionGraph::labelOf(std::size_t projection) const
{
    return labelRect(projection, layoutFor(size()), size()).center();
}

std::optional<std::size_t> ProjectionGraph::projectionAt(const QPointF& position) const
{
    if (!m_document) {
        return std::nullopt;
    }
    const GraphLayout layout = layoutFor(size());
    QPainterPathStroker stroker;
    constexpr double reach = 12.0; // px across
    stroker.setWidth(reach);
    for (std::size_t p = 0; p < layout.projections.size(); ++p) {
        if ((hasLabel(p, size()) && labelRect(p, layout, size()).contains(position))
            || stroker.createStroke(layout.projections[p].path).contains(position)) {
            return p;
        }
    }
    return std::nullopt;
}

void ProjectionGraph::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_document) {
        Q_EMIT projectionChosen(projectionAt(event->position()));
    }
}

void ProjectionGraph::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(projectionAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ProjectionGraph::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool forth = key == Qt::Key_Right || key == Qt::Key_Down;
    const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
    if (!m_document || m_document->experiment().projections.empty() || (!forth && !back)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::size_t count = m_document->experiment().projections.size();
    const std::size_t none = forth ? count - 1 : 0;
    Q_EMIT projectionChosen((m_chosen.value_or(none) + (forth ? 1 : count - 1)) % count);
}

void ProjectionGraph::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

std::string ProjectionGraph::csv() const
{
    std::string out = "source,target,rule,synapses,mean_weight,weight_unit,delay,"
                      "weight_onto_a_neuron\n";
    const auto quoted = [](const QString& text) { return '"' + text.toStdString() + '"'; };
    for (std::size_t p = 0; m_document && p < m_document->experiment().projections.size(); ++p) {
        const auto& experiment = m_document->experiment();
        const auto& projection = experiment.projections[p];
        const auto onto = weightOntoNeuron(projection, counts(p));
        out += experiment.populations[projection.source].name + ','
            + experiment.populations[projection.target].name + ',' + quoted(ruleText(projection))
            + ',' + (counts(p) != nullptr ? std::to_string(counts(p)->synapses) : "") + ','
            + engine::core::number_text(meanWeight(projection, counts(p))) + ','
            + weightUnit(experiment, p).toStdString() + ','
            + quoted(delayText(experiment, p, counts(p))) + ','
            + (onto ? engine::core::number_text(*onto) : "") + '\n';
    }
    return out;
}

} // namespace ui
