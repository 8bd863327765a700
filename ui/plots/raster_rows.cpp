#include "ui/plots/raster_rows.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// The smallest of 1, 2, 5, 10, 20 ... that is at least `least`.
double roundStep(double least)
{
    double decade = 1.0;
    while (10.0 * decade <= least) {
        decade *= 10.0;
    }
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= least) {
            return factor * decade;
        }
    }
    return 10.0 * decade;
}

} // namespace

RasterRows::RasterRows(
    const engine::config::Experiment& experiment, std::optional<std::size_t> most)
    : m_blockOf(experiment.populations.size(), -1)
{
    std::size_t all = 0;
    for (const std::size_t population : experiment.record.spikes) {
        all += experiment.populations[population].size;
    }
    const std::size_t limit = std::max<std::size_t>(1, most.value_or(all));
    const double share = all > limit ? static_cast<double>(limit) / static_cast<double>(all) : 1.0;
    const double gap = std::max(1.0, 0.02 * static_cast<double>(std::min(all, limit)));
    double row = 0.0;
    for (const std::size_t population : experiment.record.spikes) {
        const auto& described = experiment.populations[population];
        if (!m_blocks.empty()) {
            row += gap;
        }
        const double shown = std::max(1.0, std::round(share * static_cast<double>(described.size)));
        m_blockOf[population] = static_cast<int>(m_blocks.size());
        m_blocks.push_back({.population = population,
            .name = QString::fromStdString(described.name),
            .shown = static_cast<std::uint32_t>(shown),
            .size = described.size,
            .first = row});
        row += shown;
    }
    m_height = std::max(1.0, row);
}

void RasterRows::setOrder(std::size_t population, std::vector<std::uint32_t> neurons)
{
    const int index = population < m_blockOf.size() ? m_blockOf[population] : -1;
    if (index < 0) {
        return;
    }
    Block& block = m_blocks[static_cast<std::size_t>(index)];
    block.places.assign(neurons.size(), 0);
    for (std::size_t place = 0; place < neurons.size(); ++place) {
        block.places[neurons[place]] = static_cast<std::uint32_t>(place);
    }
    block.neurons = std::move(neurons);
}

const RasterRows::Block* RasterRows::blockOf(std::size_t population) const
{
    const int index = population < m_blockOf.size() ? m_blockOf[population] : -1;
    return index < 0 ? nullptr : &m_blocks[static_cast<std::size_t>(index)];
}

std::optional<double> RasterRows::row(std::uint32_t population, std::uint32_t neuron) const
{
    const Block* block = blockOf(population);
    if (block == nullptr || neuron >= block->size || block->placeOf(neuron) >= block->shown) {
        return std::nullopt;
    }
    return block->first + block->placeOf(neuron);
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> RasterRows::neuronAt(double row) const
{
    for (const Block& block : m_blocks) {
        if (row >= block.first && row < block.first + block.shown) {
            const auto place = static_cast<std::uint32_t>(row - block.first);
            return std::pair(static_cast<std::uint32_t>(block.population), block.neuronAt(place));
        }
    }
    return std::nullopt;
}

std::uint64_t RasterRows::neurons() const
{
    std::uint64_t all = 0;
    for (const Block& block : m_blocks) {
        all += block.size;
    }
    return all;
}

QString RasterRows::text(const Block& block)
{
    if (block.shown == block.size) {
        return QCoreApplication::translate("ui::RasterRows", "%1, all %2")
            .arg(block.name)
            .arg(block.size);
    }
    if (!block.neurons.empty()) {
        return QCoreApplication::translate("ui::RasterRows", "%1, %2 of %3")
            .arg(block.name)
            .arg(block.shown)
            .arg(block.size);
    }
    return QCoreApplication::translate("ui::RasterRows", "%1 0-%2 of %3")
        .arg(block.name)
        .arg(block.shown - 1)
        .arg(block.size);
}

std::vector<std::pair<double, QString>> RasterRows::ticks(double lower, double upper) const
{
    constexpr double most = 5.0; // numbers on the whole axis
    constexpr qsizetype shortName = 3; // more would not fit beside the axis
    std::vector<std::pair<double, QString>> ticks;
    const double step = roundStep((upper - lower) / most);
    for (const Block& block : m_blocks) {
        const double end = block.first + block.shown;
        if (lower <= block.first && end <= upper) {
            ticks.emplace_back(block.first + 0.5 * block.shown, block.name);
            continue;
        }
        const double from = std::max(0.0, lower - block.first);
        const double to = std::min<double>(block.shown, upper - block.first);
        for (double place = std::ceil(from / step) * step; place < to; place += step) {
            const QString number
                = QString::number(block.neuronAt(static_cast<std::uint32_t>(place)));
            ticks.emplace_back(block.first + place + 0.5,
                block.name.size() <= shortName ? block.name + QLatin1Char(' ') + number : number);
        }
    }
    return ticks;
}

} // namespace ui
