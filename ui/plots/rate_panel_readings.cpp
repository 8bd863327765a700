#include "ui/plots/rate_panel.hpp"

#include "engine/analysis/population_rate.hpp"
#include "engine/analysis/spike_train.hpp"
#include "engine/core/value.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/plots/panel_layout.hpp"

#include <algorithm>

// The numbers of the panel: in words, at a cursor, as CSV.

namespace ui {

using engine::core::Step;

QString RatePanel::spoken() const
{
    QStringList parts;
    for (const LegendStrip::Entry& entry : m_legend->entries) {
        parts += LegendStrip::text(entry);
    }
    return parts.join(QStringLiteral(", "));
}

std::vector<CursorReading> RatePanel::readings(const ShownRun& run, Step at) const
{
    // Of the bin that the cursor stands in: stamps (width b, width (b + 1)].
    const Step width = resolution();
    const Step from = std::max<Step>(0, at - 1) / width * width;
    const bool whole = from + width <= run.now && from >= run.history->first_kept();
    std::vector<std::uint64_t> counts(m_lineOf.size(), 0);
    if (whole) {
        for (const auto& spike : run.history->spikes(from, from + width)) {
            ++counts[spike.population];
        }
    }
    std::vector<CursorReading> readings;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto& population = run.experiment->populations[m_lines[i].population];
        CursorReading& reading = readings.emplace_back();
        reading.name = tr("rate %1").arg(QString::fromStdString(population.name));
        reading.unit = QStringLiteral("Hz");
        reading.color = m_lines[i].graph->pen().color();
        if (whole) {
            reading.value = engine::analysis::mean_rate_Hz(
                counts[m_lines[i].population], population.size, binWidthMs());
        }
    }
    return readings;
}

std::string RatePanel::visibleCsv() const
{
    std::string text = "time_ms";
    for (const Line& line : m_lines) {
        text += ',' + run().experiment->populations[line.population].name + ".rate_Hz";
    }
    text += '\n';
    if (m_lines.empty()) {
        return text;
    }
    const auto bins = m_lines.front().graph->data();
    for (int i = 0; i < bins->size(); ++i) {
        if (!xAxis->range().contains(bins->at(i)->key)) {
            continue;
        }
        text += engine::core::number_text(bins->at(i)->key);
        for (const Line& line : m_lines) {
            text += ',' + engine::core::number_text(line.graph->data()->at(i)->value);
        }
        text += '\n';
    }
    return text;
}

} // namespace ui
