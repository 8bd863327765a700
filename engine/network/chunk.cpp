#include "engine/network/chunk.hpp"

#include <algorithm>
#include <utility>

namespace engine::network {

Chunk::Chunk(std::size_t index, std::size_t population, TargetRange range)
    : index_(index)
    , population_(population)
    , range_(range)
{
}

void Chunk::bind_stimuli(const config::Experiment& experiment)
{
    name_ = experiment.populations[population_].name;
    current_uses_ = stimulus_uses(experiment, population_, range_, true);
    spike_uses_ = stimulus_uses(experiment, population_, range_, false);
    current_.resize(current_uses_.empty() ? 0 : range_.count);
    forget_current();
}

void Chunk::begin_batch()
{
    fired_.clear();
    fired_ends_.clear();
    fault_.reset();
}

std::span<const std::uint32_t> Chunk::fired(std::size_t i) const
{
    const std::size_t begin = i == 0 ? 0 : fired_ends_[i - 1];
    return std::span(fired_).subspan(begin, fired_ends_[i] - begin);
}

const double* Chunk::current(core::Step k, const NetworkContext& context, ChunkScratch& scratch)
{
    if (current_uses_.empty()) {
        return nullptr;
    }
    if (k >= current_from_ && k < current_until_) {
        return current_.data();
    }
    current_from_ = k;
    current_until_ = stimuli::no_step;
    for (const StimulusUse& use : current_uses_) {
        const stimuli::CurrentSource& source = *context.stimuli.current(use.stimulus);
        current_until_ = std::min(current_until_, source.constant_until(k));
        const bool first = &use == &current_uses_.front();
        if (first && use.all && source.individual()) {
            source.fill(k, name_, range_.first, range_.count, current_.data());
            continue;
        }
        if (first) {
            std::fill(current_.begin(), current_.end(), 0.0);
        }
        if (!source.individual()) {
            const double value = source.value(k);
            for_targets(use, 0, range_.count, [&](std::size_t i) { current_[i] += value; });
            continue;
        }
        source.fill(k, name_, range_.first, range_.count, scratch.stimulus.data());
        for_targets(
            use, 0, range_.count, [&](std::size_t i) { current_[i] += scratch.stimulus[i]; });
    }
    return current_.data();
}

void Chunk::add_stimulus_spikes(core::Step k, const NetworkContext& context, ChunkScratch& scratch)
{
    for (std::size_t u = 0; u < spike_uses_.size(); ++u) {
        const StimulusUse& use = spike_uses_[u];
        const stimuli::SpikeSource& source = *context.stimuli.spikes(use.stimulus);
        if (!source.acts(k)) {
            continue;
        }
        std::vector<Term>& terms = scratch.terms[static_cast<std::size_t>(use.port)];
        const stimuli::CountedSource* counted = source.counted();
        if (use.all && counted != nullptr) {
            auto& counts = scratch.spikes[u].counts;
            counted->counts(k, name_, range_.first, range_.count, counts.data());
            terms.push_back({{Form::counts8, counts.data()}, counted->weight()});
            continue;
        }
        ChunkScratch::Row& weights = scratch.spikes[u].weights;
        source.fill(k, name_, range_.first, range_.count, weights.data());
        if (!use.all) {
            ChunkScratch::Row chosen {};
            for_targets(use, 0, range_.count, [&](std::size_t i) { chosen[i] = weights[i]; });
            weights = chosen;
        }
        terms.push_back({{Form::sums, weights.data()}, 1.0});
    }
}

void Chunk::add_up_arrivals(core::Step k, std::size_t i, const NetworkContext& context,
    const std::vector<ProjectionInput>& inputs, ChunkScratch& scratch)
{
    for (std::vector<Term>& terms : scratch.terms) {
        terms.clear();
    }
    add_stimulus_spikes(k, context, scratch);
    InputProbes* const probes
        = context.inputs != nullptr && context.inputs->watches(index_) ? context.inputs : nullptr;
    if (probes != nullptr) {
        for (const std::vector<Term>& terms : scratch.terms) {
            for (const Term& term : terms) {
                probes->add_stimulus(index_, k, term);
            }
        }
    }
    for (const ProjectionInput& input : inputs) {
        const Arrivals& arrivals = (*input.arrivals)[i];
        if (arrivals.form != Form::nothing) {
            const Term term {arrivals.from(input.first), input.weight};
            scratch.terms[input.port].push_back(term);
            if (probes != nullptr) {
                probes->add_projection(index_, k, term);
            }
        }
    }
    scratch.counted.clear();
    const std::size_t most_counted = context.populations[population_].neurons->most_counted();
    if (scratch.terms[0].size() <= most_counted && all_counts8(scratch.terms[0])) {
        for (const Term& term : scratch.terms[0]) {
            scratch.counted.push_back(
                {static_cast<const std::uint8_t*>(term.arrivals.values), term.weight});
        }
        scratch.terms[0].clear();
    }
    for (std::size_t port = 0; port < scratch.terms.size(); ++port) {
        scratch.arrivals[port] = nullptr;
        if (!scratch.terms[port].empty()) {
            add_up(scratch.terms[port], scratch.ports[port].data(), range_.count);
            scratch.arrivals[port] = scratch.ports[port].data();
        }
    }
}

void Chunk::sample(core::Step stamp, const NetworkContext& context, ChunkScratch& scratch)
{
    for (recording::Recorder* recorder : context.recorders) {
        if (recorder != nullptr && recorder->due(index_, stamp)) {
            const double* next
                = recorder->needs_current(index_) ? current(stamp, context, scratch) : nullptr;
            recorder->sample(index_, stamp, *context.populations[population_].neurons, next);
        }
    }
}

void Chunk::run(core::Step begin, core::Step end, const NetworkContext& context,
    const std::vector<ProjectionInput>& inputs, ChunkScratch& scratch)
{
    RunningPopulation& population = context.populations[population_];
    scratch.terms.resize(population.ports);
    scratch.arrivals.resize(population.ports);
    scratch.ports.resize(std::max(scratch.ports.size(), population.ports));
    scratch.spikes.resize(std::max(scratch.spikes.size(), spike_uses_.size()));

    for (core::Step k = begin; k < end; ++k) {
        add_up_arrivals(k, static_cast<std::size_t>(k - begin), context, inputs, scratch);
        models::StepInput input;
        input.current = current(k, context, scratch);
        input.arrivals = scratch.arrivals;
        input.counted = scratch.counted;
        auto fault = population.neurons->advance(range_.first, range_.count, input, fired_);
        if (fault) {
            fault_ = ChunkFault {k, std::move(*fault)};
            return;
        }
        fired_ends_.push_back(fired_.size());
        sample(k + 1, context, scratch);
    }
}

} // namespace engine::network
