#include "engine/analysis/stimulus_onsets.hpp"

#include "engine/stimuli/current_source.hpp"

#include <algorithm>
#include <variant>

namespace engine::analysis {

using core::Step;

namespace {

/// Onsets on the clock of the stimulus, without its delay.
struct Onsets {
    const stimuli::Window& window;
    const core::TimeGrid& grid;

    template <class Other> std::vector<Step> operator()(const Other&) const
    {
        return {window.start};
    }
    std::vector<Step> operator()(const config::Pulses& pulses) const
    {
        std::vector<Step> out;
        for (const double t : pulses.times_ms) {
            out.push_back(grid.steps(t));
        }
        return out;
    }
    std::vector<Step> operator()(const config::StepCurrent& step) const
    {
        std::vector<Step> out;
        double before = 0.0;
        for (std::size_t i = 0; i < step.times_ms.size(); ++i) {
            const double now = step.amplitudes[i];
            const bool over = i + 1 < step.times_ms.size()
                && grid.steps(step.times_ms[i + 1]) <= window.start; // before it acts
            if (now != before && now != 0.0 && !over) {
                out.push_back(std::max(grid.steps(step.times_ms[i]), window.start));
            }
            before = now;
        }
        return out;
    }
    std::vector<Step> operator()(const config::SpikeTrain& train) const
    {
        std::vector<Step> out;
        if (train.common) {
            for (const double t : train.common->times_ms) {
                out.push_back(grid.steps(t) - 1);
            }
        }
        return out;
    }
};

} // namespace

std::vector<Step> stimulus_onsets(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, Step from, Step to)
{
    const stimuli::Window window = stimuli::window_of(stimulus, grid);
    std::vector<Step> out;
    for (const Step onset : std::visit(Onsets {window, grid}, stimulus.source)) {
        const Step k = onset + window.delay;
        if (onset >= window.start && onset < window.stop && k >= from && k < to) {
            out.push_back(k);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace engine::analysis
