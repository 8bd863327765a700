#include "ui/connectivity/projection_graph.hpp"

#include "engine/config/stimulus_view.hpp"
#include "ui/connectivity/projection_texts.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

// What ProjectionGraph draws.

namespace ui {

namespace {

enum class Effect { excites, inhibits, both };

Effect effectOf(const engine::config::Projection& projection,
    const engine::analysis::ProjectionConnections* counts)
{
    const double factor = engine::analysis::weight_factor(projection);
    if (counts == nullptr || counts->weights.total() == 0) {
        return factor < 0.0 ? Effect::inhibits : Effect::excites;
    }
    if (counts->weights.min() < 0.0 && counts->weights.max() > 0.0) {
        return Effect::both;
    }
    return factor * counts->weights.mean() < 0.0 ? Effect::inhibits : Effect::excites;
}

void paintHead(QPainter& painter, const GraphLayout::Arrow& arrow, Effect effect, double size)
{
    const QPointF back = arrow.tip - arrow.direction * size;
    const QPointF side = QPointF(-arrow.direction.y(), arrow.direction.x()) * (0.55 * size);
    switch (effect) {
    case Effect::excites:
        painter.drawPolygon(QPolygonF {arrow.tip, back + side, back - side});
        break;
    case Effect::inhibits:
        painter.drawEllipse(arrow.tip - arrow.direction * (0.45 * size), 0.45 * size, 0.45 * size);
        break;
    case Effect::both: {
        const QPointF middle = (arrow.tip + back) / 2.0;
        painter.drawPolygon(QPolygonF {arrow.tip, middle + side, back, middle - side});
        break;
    }
    }
}

/// "external: 20000 Hz".
QString stimulusText(const engine::config::StimulusView& view)
{
    QString text = QString::fromStdString(view.name());
    for (const auto& row : view.rows) {
        // How strong it is, not when: the first that does something. Of noise that is the spread,
        // not the mean of 0.
        if (row.field.unit != engine::config::StimulusUnit::time && !row.cells.empty()
            && row.cells.front().value.value_or(0.0) != 0.0) {
            const QString number = shortNumber(*row.cells.front().value);
            text += QLatin1Char('\n')
                + (row.unit.empty()
                        ? QString::fromStdString(row.field.key) + QLatin1Char(' ') + number
                        : number + QLatin1Char(' ') + QString::fromStdString(row.unit));
            break;
        }
    }
    return text;
}

} // namespace

void ProjectionGraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, size(), Theme::instance().colors());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ProjectionGraph::paintForExport(QPainter& painter, QSize size)
{
    paint(painter, size, plotColors(false));
}

void ProjectionGraph::paint(QPainter& painter, const QSizeF& size, const PlotColors& colors) const
{
    painter.fillRect(QRectF(QPointF(), size), colors.background);
    if (!m_document) {
        return;
    }
    painter.setFont(font());
    painter.setRenderHint(QPainter::Antialiasing);
    const GraphLayout layout = layoutFor(size);
    paintStimuli(painter, layout, colors, isCompact(size, fontMetrics().lineSpacing()));
    for (std::size_t p = 0; p < layout.projections.size(); ++p) {
        paintArrow(painter, layout.projections[p], p, colors);
    }
    paintPopulations(painter, layout, colors);
    for (const bool chosen : {false, true}) { // that one above the others
        for (std::size_t p = 0; p < layout.projections.size(); ++p) {
            if (hasLabel(p, size) && (p == m_chosen) == chosen) {
                paintLabel(painter, p, colors, size, layout);
            }
        }
    }
    if (layout.projections.empty()) {
        painter.setPen(colors.text);
        painter.drawText(QRectF(QPointF(), size).adjusted(0, 0, 0, -fontMetrics().height()),
            Qt::AlignHCenter | Qt::AlignBottom, tr("no projections"));
    }
}

double ProjectionGraph::thickness(std::size_t projection) const
{
    const auto& experiment = m_document->experiment();
    const QString unit = weightUnit(experiment, projection);
    double most = 0.0; // weights in other units are no measure
    for (std::size_t p = 0; p < experiment.projections.size(); ++p) {
        if (weightUnit(experiment, p) == unit) {
            most = std::max(
                most, std::abs(weightOntoNeuron(experiment.projections[p], counts(p)).value_or(0)));
        }
    }
    const double own = std::abs(
        weightOntoNeuron(experiment.projections[projection], counts(projection)).value_or(0.0));
    constexpr double thinnest = 1.2;
    constexpr double thickest = 5.0;
    return thinnest + (most > 0.0 ? (thickest - thinnest) * std::sqrt(own / most) : 0.0);
}

void ProjectionGraph::paintArrow(QPainter& painter, const GraphLayout::Arrow& arrow,
    std::size_t projection, const PlotColors& colors) const
{
    const Effect effect
        = effectOf(m_document->experiment().projections[projection], counts(projection));
    const QColor color = effect == Effect::excites ? colors.blue
        : effect == Effect::inhibits               ? colors.red
                                                   : colors.purple;
    const double width = thickness(projection);
    painter.setBrush(Qt::NoBrush);
    if (projection == m_chosen) {
        QColor halo = palette().color(QPalette::Highlight);
        constexpr int faint = 90;
        halo.setAlpha(faint);
        painter.setPen(QPen(halo, width + 8.0, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(arrow.path);
    }
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawPath(arrow.path);
    painter.setPen(QPen(colors.background, 1.0));
    painter.setBrush(color);
    paintHead(painter, arrow, effect, 9.0 + 1.6 * width);
}

void ProjectionGraph::paintLabel(QPainter& painter, std::size_t projection,
    const PlotColors& colors, const QSizeF& size, const GraphLayout& layout) const
{
    const QRectF rect = labelRect(projection, layout, size);
    QColor ground = colors.background;
    constexpr int most = 215;
    ground.setAlpha(most);
    painter.setPen(
        projection == m_chosen ? QPen(palette().color(QPalette::Highlight), 1.5) : QPen(Qt::NoPen));
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 3.0, 3.0);
    painter.setPen(colors.text);
    painter.drawText(rect, Qt::AlignCenter, labelText(projection));
}

void ProjectionGraph::paintPopulations(
    QPainter& painter, const GraphLayout& layout, const PlotColors& colors) const
{
    const auto& populations = m_document->experiment().populations;
    for (std::size_t p = 0; p < populations.size(); ++p) {
        const QPointF at = layout.populations[p];
        painter.setPen(QPen(colors.text, 1.5));
        painter.setBrush(colors.background);
        painter.drawEllipse(at, layout.radius, layout.radius);
        painter.setPen(colors.text);
        QFont bold = font();
        bold.setBold(true);
        const double line = fontMetrics().lineSpacing();
        const QRectF name(at.x() - layout.radius, at.y() - line, 2.0 * layout.radius, line);
        painter.setFont(bold);
        painter.drawText(name, Qt::AlignCenter,
            QFontMetricsF(bold).elidedText(
                QString::fromStdString(populations[p].name), Qt::ElideRight, 1.9 * layout.radius));
        painter.setFont(font());
        painter.drawText(
            name.translated(0.0, line), Qt::AlignCenter, QString::number(populations[p].size));
    }
}

void ProjectionGraph::paintStimuli(
    QPainter& painter, const GraphLayout& layout, const PlotColors& colors, bool compact) const
{
    const auto views = engine::config::stimulus_views(*m_document);
    const double width = layout.stimuli.empty()
        ? 0.0
        : 0.94 * 2.0 * layout.stimuli.front().center.x(); // what each has for itself
    for (std::size_t s = 0; s < layout.stimuli.size() && s < views.size(); ++s) {
        const GraphLayout::Stimulus& stimulus = layout.stimuli[s];
        for (const QPainterPath& path : stimulus.paths) {
            GraphLayout::Arrow arrow;
            arrow.tip = path.currentPosition();
            const QPointF way = arrow.tip - QPointF(path.elementAt(0));
            arrow.direction = way / std::max(std::hypot(way.x(), way.y()), 1.0);
            painter.setPen(QPen(colors.axis, 1.2, Qt::DashLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(path);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors.axis);
            paintHead(painter, arrow, Effect::excites, 8.0);
        }
        const QFontMetricsF metrics(font());
        QStringList lines = stimulusText(views[s]).split(QLatin1Char('\n'));
        if (compact) {
            lines = {lines.join(QStringLiteral(": "))};
        }
        for (QString& line : lines) {
            line = metrics.elidedText(line, Qt::ElideRight, width - 8.0);
        }
        const QString text = lines.join(QLatin1Char('\n'));
        QRectF rect = metrics.boundingRect(QRectF(), Qt::AlignCenter, text);
        rect.adjust(-5.0, compact ? 0.0 : -2.0, 5.0, compact ? 0.0 : 2.0);
        rect.moveCenter(stimulus.center);
        painter.setPen(QPen(colors.axis, 1.0));
        painter.setBrush(colors.background);
        painter.drawRect(rect);
        painter.setPen(colors.text);
        painter.drawText(rect, Qt::AlignCenter, text);
    }
}

} // namespace ui
