#include "ui/plots/raster_marks.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int edge = 8; // pixels of a mark at the edge

std::vector<NeuronId> idsOf(const std::vector<engine::analysis::Neighbour>& neighbours)
{
    std::vector<NeuronId> ids;
    for (const engine::analysis::Neighbour& neighbour : neighbours) {
        ids.push_back({static_cast<std::uint32_t>(neighbour.population), neighbour.neuron});
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace

std::vector<NeuronId> sendersOf(const engine::analysis::Neighbours& neighbours)
{
    return idsOf(neighbours.in);
}

std::vector<NeuronId> receiversOf(const engine::analysis::Neighbours& neighbours)
{
    return idsOf(neighbours.out);
}

RasterMarks::RasterMarks(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("overlay"))
{
}

void RasterMarks::setColors(const PlotColors& colors)
{
    m_followed = colors.neutral;
    m_in = colors.green;
    m_out = colors.orange;
    m_chosen = colors.cyan;
}

void RasterMarks::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

QRect RasterMarks::clipRect() const { return mParentPlot->axisRect()->rect(); }

std::vector<bool> RasterMarks::pixelsOf(const std::vector<NeuronId>& neurons) const
{
    const QRect area = clipRect();
    std::vector<bool> pixels(static_cast<std::size_t>(std::max(0, area.height())), false);
    const QCPAxis& axis = *mParentPlot->yAxis;
    for (const NeuronId id : neurons) {
        const auto row = rows->row(id.population, id.neuron);
        if (!row) {
            continue;
        }
        const int top = static_cast<int>(std::ceil(axis.coordToPixel(*row + 1.0))) - area.top();
        const int end
            = std::max(top + 1, static_cast<int>(std::ceil(axis.coordToPixel(*row))) - area.top());
        for (int y = std::max(0, top); y < std::min(end, area.height()); ++y) {
            pixels[static_cast<std::size_t>(y)] = true;
        }
    }
    return pixels;
}

void RasterMarks::mark(
    QPainter& painter, const std::vector<NeuronId>& neurons, QRect where, const QColor& color) const
{
    const std::vector<bool> pixels = pixelsOf(neurons);
    for (std::size_t y = 0; y < pixels.size();) {
        std::size_t end = y + 1;
        while (end < pixels.size() && pixels[end] == pixels[y]) {
            ++end;
        }
        if (pixels[y]) {
            where.setTop(clipRect().top() + static_cast<int>(y));
            where.setHeight(static_cast<int>(end - y));
            painter.fillRect(where, color);
        }
        y = end;
    }
}

void RasterMarks::draw(QCPPainter* painter)
{
    if (rows == nullptr || selection == nullptr) {
        return;
    }
    const QRect area = clipRect();
    if (!selection->chosen().empty()) {
        QColor ground = m_chosen;
        ground.setAlpha(40);
        mark(*painter, selection->chosen(), area, ground);
    }
    if (const auto followed = selection->followed()) {
        QColor ground = m_followed;
        ground.setAlpha(70);
        mark(*painter, {*followed}, area, ground);
        const QRect ends[] = {
            QRect(area.left(), 0, 2 * edge, 0), QRect(area.right() - 2 * edge + 1, 0, 2 * edge, 0)};
        for (const QRect& end : ends) {
            mark(*painter, {*followed}, end, m_followed);
        }
    }
    if (neighbours) {
        mark(*painter, sendersOf(*neighbours), QRect(area.left(), 0, edge, 0), m_in);
        mark(*painter, receiversOf(*neighbours), QRect(area.right() - edge + 1, 0, edge, 0), m_out);
    }
}

} // namespace ui
