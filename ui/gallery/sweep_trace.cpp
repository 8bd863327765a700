#include "ui/gallery/sweep_trace.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;
using engine::recording::TraceGroup;

namespace {

/// Column of a variable of the first neuron.
std::optional<std::size_t> columnOf(const TraceGroup& group, const char* variable)
{
    for (std::size_t i = 0; i < group.columns.size(); ++i) {
        const auto& column = group.columns[i];
        if (column.population == 0 && column.neuron == 0 && column.variable == variable) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace

void Extent::include(double value)
{
    if (std::isfinite(value)) {
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    }
}

void Extent::include(const Extent& other)
{
    lower = std::min(lower, other.lower);
    upper = std::max(upper, other.upper);
}

std::vector<PlotPoint> SweepLine::drawn() const
{
    std::vector<PlotPoint> all = points;
    stream.pending(all);
    std::vector<PlotPoint> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool level = i > 0 && i + 1 < all.size() && all[i - 1].value == all[i].value
            && all[i].value == all[i + 1].value;
        if (!level) {
            out.push_back(all[i]);
        }
    }
    return out;
}

void SweepTrace::update(
    const engine::gallery::Sweep& sweep, const engine::core::TimeGrid& grid, int pixelColumns)
{
    if (sweep.history != m_sweep.history || pixelColumns != m_pixelColumns || sweep.now < m_done) {
        begin(sweep, pixelColumns);
    }
    m_sweep = sweep;
    if (!sweep.history) {
        return;
    }
    m_end_ms = grid.time_ms(sweep.end);
    m_now_ms = grid.time_ms(sweep.now);
    const Step to = std::min(sweep.now, sweep.history->published());
    if (to > m_done && !sweep.history->groups().empty()) {
        read(grid, to);
        m_done = to;
    }
}

void SweepTrace::begin(const engine::gallery::Sweep& sweep, int pixelColumns)
{
    *this = {};
    m_pixelColumns = pixelColumns;
    if (!sweep.history || sweep.history->groups().empty()) {
        return;
    }
    const TraceGroup& group = sweep.history->groups()[m_group];
    const Step bucket = bucketSteps(sweep.end, group.interval, pixelColumns);
    for (SweepLine* line : {&m_V_m, &m_threshold, &m_current}) {
        line->stream = MinMaxStream(bucket);
    }
    m_V_m.column = columnOf(group, "V_m");
    m_threshold.column = columnOf(group, "threshold");
    m_current.column = columnOf(group, "I");
}

void SweepTrace::read(const engine::core::TimeGrid& grid, Step to)
{
    const auto rows = m_sweep.history->rows(m_group, m_done, to);
    const auto spikes = m_sweep.history->spikes(m_done, to);
    const std::size_t columns = m_sweep.history->groups()[m_group].columns.size();
    auto spike = spikes.begin();
    for (std::size_t row = 0; row < rows.steps.size(); ++row) {
        const Step stamp = rows.steps[row];
        const double t = grid.time_ms(stamp);
        const double* values = rows.values.data() + row * columns;
        for (; spike != spikes.end() && spike->step <= stamp; ++spike) {
            if (spike->population == 0 && spike->neuron == 0) {
                // The sample at the spike already shows the reset.
                m_spikes.push_back({grid.time_ms(spike->step), m_lastV_m});
            }
        }
        for (SweepLine* line : {&m_V_m, &m_threshold, &m_current}) {
            if (line->column) {
                const double value = values[*line->column];
                line->stream.add(stamp, t, value, line->points);
                (line == &m_current ? m_currents : m_voltages).include(value);
            }
        }
        if (m_V_m.column) {
            m_lastV_m = values[*m_V_m.column];
        }
    }
}

} // namespace ui
