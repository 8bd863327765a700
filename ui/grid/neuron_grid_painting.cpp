#include "ui/grid/neuron_grid.hpp"

#include "ui/grid/grid_marks.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

// What a grid of neurons looks like.

namespace ui {

void NeuronGrid::paintBlocks(
    QPainter& painter, const QRegion& dirty, const PlotColors& colors) const
{
    for (std::size_t p = 0; p < m_layout.blocks().size(); ++p) {
        const GridBlock& block = m_layout.blocks()[p];
        painter.drawImage(block.area, m_images[p]);
        const auto last = static_cast<std::uint32_t>(block.size - 1);
        const QRectF end = m_layout.cellOf({static_cast<std::uint32_t>(p), last});
        painter.fillRect(QRectF(end.topRight(), QPointF(block.area.right() + 1, end.bottom())),
            colors.background); // no neurons
        const QRect title = titleRect(p);
        if (!dirty.intersects(title)) {
            continue;
        }
        painter.setPen(colors.text);
        const int square = line() / 2;
        painter.fillRect(title.left(), title.center().y() - square / 2, square, square,
            populationColor(*m_experiment, p, colors));
        const QRect beside = title.adjusted(square + margin, 0, 0, 0);
        painter.drawText(beside, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            fontMetrics().elidedText(titleOf(p), Qt::ElideRight, beside.width()));
    }
}

QRect NeuronGrid::titleRect(std::size_t population) const
{
    const QRect& area = m_layout.blocks()[population].area;
    int end = width() - 2 * margin;
    for (const GridBlock& other : m_layout.blocks()) {
        if (other.area.top() == area.top() && other.area.left() > area.left()) {
            end = std::min(end, other.area.left() - margin);
        }
    }
    return {area.left(), area.top() - line(), end - area.left(), line()};
}

void NeuronGrid::paintScale(QPainter& painter, QSize whole, const PlotColors& colors) const
{
    const QString title
        = unit().isEmpty() ? variableText() : QStringLiteral("%1 [%2]").arg(variableText(), unit());
    const int decimals = m_scale.decimals();
    const QString lower = QString::number(m_scale.range().lower, 'f', decimals);
    const QString upper = QString::number(m_scale.range().upper, 'f', decimals);
    QRect place(margin, whole.height() - margin - line(), whole.width() - 2 * margin, line());
    painter.setPen(colors.text);
    const auto left = [&](const QString& text, int width) {
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
        place.setLeft(place.left() + width + margin);
    };
    left(title, fontMetrics().horizontalAdvance(title) + margin);
    // Numbers of one width, so that the bar does not jump.
    const int number = fontMetrics().horizontalAdvance(QStringLiteral("-00.00"));
    painter.drawText(QRect(place.left(), place.top(), number, place.height()),
        Qt::AlignRight | Qt::AlignVCenter, lower);
    painter.drawText(QRect(place.right() - number + 1, place.top(), number, place.height()),
        Qt::AlignLeft | Qt::AlignVCenter, upper);
    place.adjust(number + margin, 3, -number - margin, -3);
    for (int x = 0; x < place.width(); ++x) {
        painter.fillRect(place.left() + x, place.top(), 1, place.height(),
            QColor(m_scale.colorAt((x + 0.5) / place.width())));
    }
}

QRect NeuronGrid::hoverRect() const
{
    const QRect cell = m_layout.cellOf(*m_hovered).toAlignedRect().translated(margin, margin);
    const int width = fontMetrics().horizontalAdvance(textOf(*m_hovered)) + 2 * margin;
    QRect label(cell.right() + 4, cell.top() - line() - 4, width, line() + 2);
    label.moveLeft(std::clamp(label.left(), 0, std::max(0, this->width() - width)));
    label.moveTop(label.top() < 0 ? cell.bottom() + 4 : label.top());
    return label;
}

void NeuronGrid::paintHover(QPainter& painter) const
{
    const QRect label = hoverRect();
    painter.fillRect(label, m_colors->background);
    painter.setPen(m_colors->axis);
    painter.drawRect(label.adjusted(0, 0, -1, -1));
    painter.setPen(m_colors->text);
    painter.drawText(label, Qt::AlignCenter, textOf(*m_hovered));
    const QRectF cell = m_layout.cellOf(*m_hovered).translated(margin, margin);
    painter.setPen(Qt::white);
    painter.drawRect(cell.toAlignedRect().adjusted(-1, -1, 0, 0));
}

void NeuronGrid::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_colors->background);
    if (!m_experiment || m_layout.blocks().empty()) {
        return;
    }
    painter.save();
    painter.translate(margin, margin);
    paintBlocks(painter, event->region().translated(-margin, -margin), *m_colors);
    painter.restore();
    if (m_followed != nullptr && !m_followed->selection().targets().empty()) {
        if (m_marks.isNull()) {
            m_marks = QPixmap(size() * devicePixelRatioF());
            m_marks.setDevicePixelRatio(devicePixelRatioF());
            m_marks.fill(Qt::transparent);
            QPainter marks(&m_marks);
            marks.translate(margin, margin);
            paintGridMarks(marks, m_layout, m_followed->selection(), m_followed->neighbours().get(),
                *m_colors);
        }
        painter.drawPixmap(0, 0, m_marks);
    }
    if (event->rect().bottom() >= height() - margin - line()) {
        paintScale(painter, size(), *m_colors);
    }
    if (m_hovered) {
        paintHover(painter);
    }
}

void NeuronGrid::paintForExport(QPainter& painter, QSize size) const
{
    const PlotColors& colors = plotColors(false);
    painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
    if (!m_experiment || m_images.empty()) {
        return;
    }
    painter.setFont(font());
    painter.save();
    painter.translate(margin, margin);
    paintBlocks(painter, rect(), colors);
    if (m_followed != nullptr) {
        paintGridMarks(
            painter, m_layout, m_followed->selection(), m_followed->neighbours().get(), colors);
    }
    painter.restore();
    paintScale(painter, size, colors);
}

} // namespace ui
