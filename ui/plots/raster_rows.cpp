#include "ui/plots/raster_rows.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr std::size_t defaultNeurons = 400;

}

RasterRows::RasterRows(const engine::config::Experiment& experiment)
    : m_blockOf(experiment.populations.size(), -1)
{
    std::size_t all = 0;
    for (const std::size_t population : experiment.record.spikes) {
        all += experiment.populations[population].size;
    }
    const std::size_t most
        = std::max<std::size_t>(1, experiment.view.raster_max_neurons.value_or(defaultNeurons));
    const double share = all > most ? static_cast<double>(most) / static_cast<double>(all) : 1.0;
    const double gap = std::max(1.0, 0.02 * static_cast<double>(std::min(all, most)));
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

std::optional<double> RasterRows::row(std::uint32_t population, std::uint32_t neuron) const
{
    const int index = population < m_blockOf.size() ? m_blockOf[population] : -1;
    if (index < 0) {
        return std::nullopt;
    }
    const Block& block = m_blocks[static_cast<std::size_t>(index)];
    return neuron < block.shown ? std::optional(block.first + neuron) : std::nullopt;
}

QString RasterRows::text(const Block& block)
{
    if (block.shown == block.size) {
        return QCoreApplication::translate(
            "ui::RasterRows", "%1 (%n neuron(s))", nullptr, static_cast<int>(block.size))
            .arg(block.name);
    }
    return QCoreApplication::translate("ui::RasterRows", "%1 0-%2 of %3")
        .arg(block.name)
        .arg(block.shown - 1)
        .arg(block.size);
}

} // namespace ui
