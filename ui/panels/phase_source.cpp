#include "ui/panels/phase_source.hpp"

#include <algorithm>

namespace ui {

using engine::theory::PhasePlane;

namespace {

std::optional<PhasePlane> planeOf(const engine::config::Population& population)
{
    return PhasePlane::of(population.model->name, population.params);
}

} // namespace

std::vector<PhaseNeuron> phaseNeurons(const engine::config::Experiment& experiment,
    const std::vector<engine::recording::TraceGroup>& groups)
{
    std::vector<PhaseNeuron> out;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto& columns = groups[g].columns;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto plane = planeOf(experiment.populations.at(columns[c].population));
            if (!plane || columns[c].variable != plane->axes().x) {
                continue;
            }
            const auto sibling = [&](const std::string& variable) -> std::optional<std::size_t> {
                for (std::size_t k = 0; k < columns.size(); ++k) {
                    if (columns[k].population == columns[c].population
                        && columns[k].neuron == columns[c].neuron
                        && columns[k].variable == variable) {
                        return k;
                    }
                }
                return std::nullopt;
            };
            PhaseNeuron neuron;
            neuron.population = columns[c].population;
            neuron.neuron = columns[c].neuron;
            neuron.group = g;
            neuron.x = c;
            neuron.y = sibling(plane->axes().y);
            neuron.current = sibling("I");
            neuron.after_spike = sibling("ASCurrents_sum");
            const auto& spikes = experiment.record.spikes;
            neuron.resets
                = std::find(spikes.begin(), spikes.end(), neuron.population) != spikes.end();
            const bool known = std::any_of(out.begin(), out.end(), [&](const PhaseNeuron& other) {
                return other.population == neuron.population && other.neuron == neuron.neuron;
            });
            if (!known && (neuron.y || plane->axes().y.empty())) {
                out.push_back(neuron);
            }
        }
    }
    return out;
}

std::string missingForPhase(const engine::config::Experiment& experiment)
{
    const auto plane = planeOf(experiment.populations.front());
    if (!plane) {
        return {};
    }
    const auto& axes = plane->axes();
    return axes.y.empty() ? axes.x : axes.x + ", " + axes.y;
}

std::optional<double> addToTrail(PhaseTrail& trail, const PhaseNeuron& neuron,
    const PhasePlane& plane, const engine::Frame& frame)
{
    if (frame.skipped) {
        trail.interrupt();
    }
    if (neuron.group >= frame.traces.size()) {
        return std::nullopt;
    }
    const auto& rows = frame.traces[neuron.group];
    const std::size_t columns = frame.history->groups().at(neuron.group).columns.size();
    const engine::core::TimeGrid grid(frame.status.dt_ms);
    std::vector<engine::core::Step> spikes;
    for (const auto& spike : frame.spikes) {
        if (spike.population == neuron.population && spike.neuron == neuron.neuron) {
            spikes.push_back(spike.step);
        }
    }
    auto spike = spikes.begin();
    std::optional<double> current;
    for (std::size_t i = 0; i < rows.steps.size(); ++i) {
        const double* row = rows.values.data() + i * columns;
        const double I = (neuron.current ? row[*neuron.current] : 0.0)
            + (neuron.after_spike ? row[*neuron.after_spike] : 0.0);
        const double V = row[neuron.x];
        const PhaseTrail::XY at {V, neuron.y ? row[*neuron.y] : plane.slope(V, I)};
        const double t = grid.time_ms(rows.steps[i]);
        const bool fired = spike != spikes.end() && *spike <= rows.steps[i];
        if (fired && !trail.empty()) {
            trail.addReset(t, plane.peak(trail.tip(), I), at);
        } else {
            trail.add(t, at);
        }
        while (spike != spikes.end() && *spike <= rows.steps[i]) {
            ++spike;
        }
        current = I;
    }
    return current;
}

} // namespace ui
