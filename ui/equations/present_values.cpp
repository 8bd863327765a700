#include "ui/equations/present_values.hpp"

namespace ui {

void PresentValues::choose(
    const std::vector<engine::recording::TraceGroup>& groups, std::size_t population)
{
    m_population = population;
    m_neuron.reset();
    m_columns.clear();
    m_values.clear();
    m_lastSpike.reset();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t c = 0; c < groups[g].columns.size(); ++c) {
            const auto& column = groups[g].columns[c];
            if (column.population != population) {
                continue;
            }
            if (!m_neuron) {
                m_neuron = column.neuron;
            }
            if (column.neuron == *m_neuron) {
                m_columns.push_back({g, c, column.variable});
            }
        }
    }
}

bool PresentValues::take(const engine::Frame& frame)
{
    const engine::core::TimeGrid grid(frame.status.dt_ms);
    bool news = false;
    for (const Column& column : m_columns) {
        if (column.group >= frame.traces.size() || frame.traces[column.group].steps.empty()) {
            continue;
        }
        const auto& rows = frame.traces[column.group];
        const std::size_t width = frame.history->groups()[column.group].columns.size();
        m_values[column.variable] = rows.values[(rows.steps.size() - 1) * width + column.column];
        m_t = grid.time_ms(rows.steps.back());
        news = true;
    }
    for (const auto& spike : frame.spikes) {
        if (m_neuron && spike.population == m_population && spike.neuron == *m_neuron) {
            m_lastSpike = grid.time_ms(spike.step);
        }
    }
    return news;
}

EquationsNow PresentValues::now(double hold_ms) const
{
    return {m_values, m_lastSpike && m_t >= *m_lastSpike && m_t < *m_lastSpike + hold_ms};
}

} // namespace ui
