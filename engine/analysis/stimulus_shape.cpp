#include "engine/analysis/stimulus_shape.hpp"

#include "engine/core/random.hpp"
#include "engine/models/neurons.hpp"
#include "engine/stimuli/current_source.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <algorithm>
#include <array>

namespace engine::analysis {

namespace {

// Of a long bucket this many steps are looked at: more would keep a window waiting.
constexpr core::Step most_looks = 64;

/// The neuron in the chunk that the sources fill.
class Seat {
public:
    Seat(const config::Experiment& experiment, const StimulusSite& site)
        : name_(experiment.populations[site.population].name)
        , first_(site.neuron - site.neuron % models::chunk_size)
        , index_(site.neuron - first_)
    {
    }
    template <class Source> double ask(const Source& source, core::Step k)
    {
        source.fill(k, name_, first_, index_ + 1, values_.data());
        return values_[index_];
    }

private:
    core::HashedName name_;
    std::size_t first_;
    std::size_t index_;
    std::array<double, models::chunk_size> values_ {};
};

/// Smallest and largest value of the bucket that is being filled.
class Extremes {
public:
    void add(double value)
    {
        low_ = any_ ? std::min(low_, value) : value;
        high_ = any_ ? std::max(high_, value) : value;
        any_ = true;
    }
    void flush(core::Step step, std::vector<ShapePoint>& points)
    {
        if (any_) {
            points.push_back({step, low_});
            if (high_ != low_) {
                points.push_back({step, high_});
            }
        }
        any_ = false;
    }

private:
    double low_ = 0.0;
    double high_ = 0.0;
    bool any_ = false;
};

} // namespace

std::vector<ShapePoint> current_shape(const config::Experiment& experiment,
    const StimulusSite& site, core::Step from, core::Step to, core::Step bucket)
{
    std::vector<ShapePoint> points;
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const auto source = stimuli::make_current_source(
        experiment.stimuli[site.stimulus], grid, experiment.simulation.seed);
    if (source == nullptr) {
        return points;
    }
    Seat seat(experiment, site);
    const auto value = [&](core::Step k) {
        return source->individual() ? seat.ask(*source, k) : source->value(k);
    };
    bucket = std::max<core::Step>(bucket, 1);
    Extremes extremes;
    for (core::Step k = from; k < to;) {
        const core::Step end = std::min(k - k % bucket + bucket, to);
        const core::Step same_until = std::min(source->constant_until(k), to);
        if (same_until >= end) {
            points.push_back({k, value(k)});
            k = same_until;
            continue;
        }
        // It changes within this bucket: as it is where that is once, else between what bounds.
        if (source->constant_until(same_until) >= end || bucket == 1) {
            points.push_back({k, value(k)});
            k = same_until;
            continue;
        }
        const core::Step stride = std::max<core::Step>((end - k) / most_looks, 1);
        for (core::Step look = k; look < end; look += stride) {
            extremes.add(value(look));
        }
        extremes.add(value(end - 1));
        extremes.flush(k, points);
        k = end;
    }
    return points;
}

std::optional<std::vector<ShapeSpike>> spike_shape(const config::Experiment& experiment,
    const StimulusSite& site, core::Step from, core::Step to, core::Step bucket)
{
    std::vector<ShapeSpike> spikes;
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const auto source = stimuli::make_spike_source(
        experiment.stimuli[site.stimulus], grid, experiment.simulation.seed);
    if (source == nullptr) {
        return spikes;
    }
    if (to - from > most_spike_steps) {
        return std::nullopt;
    }
    Seat seat(experiment, site);
    bucket = std::max<core::Step>(bucket, 1);
    core::Step present = -1; // bucket of the last spike
    for (core::Step k = from; k < to; ++k) {
        const double weight = source->acts(k) ? seat.ask(*source, k) : 0.0;
        if (weight == 0.0) {
            continue;
        }
        const core::Step stamp = k + 1;
        if (stamp / bucket == present) {
            spikes.back().weight += weight;
            ++spikes.back().count;
        } else {
            spikes.push_back({stamp, weight, 1});
            present = stamp / bucket;
        }
    }
    return spikes;
}

} // namespace engine::analysis
