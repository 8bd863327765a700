#include "engine/network/block.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::network {

BlockScratch::BlockScratch(std::size_t largest_block)
    : stimulus(models::chunk_size)
{
    delivery.counts16.resize(largest_block);
    delivery.counts32.resize(largest_block);
    delivery.sums.resize(largest_block);
}

Block::Block(
    std::size_t index, std::size_t population, TargetRange range, std::size_t in_population)
    : index_(index)
    , population_(population)
    , range_(range)
    , in_population_(in_population)
{
}

void Block::bind_stimuli(const config::Experiment& experiment)
{
    name_ = experiment.populations[population_].name;
    current_uses_ = stimulus_uses(experiment, population_, range_, true);
    spike_uses_ = stimulus_uses(experiment, population_, range_, false);
    current_.resize(current_uses_.empty() ? 0 : range_.count);
    forget_current();
}

std::span<const std::uint32_t> Block::fired(std::size_t i) const
{
    const std::size_t begin = i == 0 ? 0 : fired_ends_[i - 1];
    return std::span(fired_).subspan(begin, fired_ends_[i] - begin);
}

const double* Block::current(core::Step k, const BlockContext& context, BlockScratch& scratch)
{
    if (current_uses_.empty()) {
        return nullptr;
    }
    if (k >= current_from_ && k < current_until_) {
        return current_.data();
    }
    std::fill(current_.begin(), current_.end(), 0.0);
    current_from_ = k;
    current_until_ = stimuli::no_step;
    for (const StimulusUse& use : current_uses_) {
        const stimuli::CurrentSource& source = *context.stimuli.current(use.stimulus);
        current_until_ = std::min(current_until_, source.constant_until(k));
        if (!source.individual()) {
            const double value = source.value(k);
            for_targets(use, 0, range_.count, [&](std::size_t i) { current_[i] += value; });
            continue;
        }
        for (std::size_t first = 0; first < range_.count; first += models::chunk_size) {
            const std::size_t count = std::min(models::chunk_size, range_.count - first);
            source.fill(k, name_, range_.first + first, count, scratch.stimulus.data());
            for_targets(use, first, count,
                [&](std::size_t i) { current_[first + i] += scratch.stimulus[i]; });
        }
    }
    return current_.data();
}

/// The sums of a port; zero where nothing has been added yet.
double* Block::port_sum(std::size_t port, BlockScratch& scratch) const
{
    std::vector<double>& sum = scratch.ports[port];
    if (scratch.arrivals[port] == nullptr) {
        sum.assign(range_.count, 0.0);
        scratch.arrivals[port] = sum.data();
    }
    return sum.data();
}

void Block::add_stimulus_spikes(core::Step k, const BlockContext& context, BlockScratch& scratch)
{
    for (const StimulusUse& use : spike_uses_) {
        const stimuli::SpikeSource& source = *context.stimuli.spikes(use.stimulus);
        if (!source.acts(k)) {
            continue;
        }
        double* sum = port_sum(static_cast<std::size_t>(use.port), scratch);
        for (std::size_t first = 0; first < range_.count; first += models::chunk_size) {
            const std::size_t count = std::min(models::chunk_size, range_.count - first);
            source.fill(k, name_, range_.first + first, count, scratch.stimulus.data());
            for_targets(
                use, first, count, [&](std::size_t i) { sum[first + i] += scratch.stimulus[i]; });
        }
    }
}

void Block::gather_arrivals(core::Step k, const BlockContext& context, BlockScratch& scratch)
{
    std::fill(scratch.arrivals.begin(), scratch.arrivals.end(), nullptr);
    add_stimulus_spikes(k, context, scratch);
    for (std::size_t p = 0; p < projections_.size(); ++p) {
        const RunningProjection& projection = context.projections[projections_[p]];
        const SpikeRing& spikes = context.populations[projection.source].spikes;
        Delivery& delivery = *projection.deliveries[in_population_];
        const core::Step to = projection.delay > 0 ? k + 1 - projection.delay : 0;
        if (delivery.arrives(spikes, k, cursors_[p], to)) {
            delivery.arrive(spikes, k, cursors_[p], to, projection.weight,
                port_sum(projection.port, scratch), scratch.delivery);
        }
        cursors_[p] = std::max(cursors_[p], to);
    }
}

void Block::sample(core::Step stamp, const BlockContext& context, BlockScratch& scratch)
{
    for (recording::Recorder* recorder : context.recorders) {
        if (recorder != nullptr && recorder->due(index_, stamp)) {
            const double* next
                = recorder->needs_current(index_) ? current(stamp, context, scratch) : nullptr;
            recorder->sample(index_, stamp, *context.populations[population_].neurons, next);
        }
    }
}

void Block::run(
    core::Step begin, core::Step end, const BlockContext& context, BlockScratch& scratch)
{
    RunningPopulation& population = context.populations[population_];
    fired_.clear();
    fired_ends_.clear();
    fault_.reset();
    cursors_.clear();
    for (const std::size_t p : projections_) {
        const RunningProjection& projection = context.projections[p];
        cursors_.push_back(projection.cursor);
        if (projection.delay == 0) {
            projection.deliveries[in_population_]->send(
                context.populations[projection.source].spikes, projection.cursor, begin);
        }
    }
    scratch.arrivals.resize(population.ports);
    scratch.chunk_arrivals.resize(population.ports);
    scratch.ports.resize(std::max(scratch.ports.size(), population.ports));

    for (core::Step k = begin; k < end; ++k) {
        gather_arrivals(k, context, scratch);
        const double* const block_current = current(k, context, scratch);
        for (std::size_t first = 0; first < range_.count; first += models::chunk_size) {
            for (std::size_t port = 0; port < population.ports; ++port) {
                const double* sum = scratch.arrivals[port];
                scratch.chunk_arrivals[port] = sum == nullptr ? nullptr : sum + first;
            }
            models::StepInput input;
            input.current = block_current == nullptr ? nullptr : block_current + first;
            input.arrivals = scratch.chunk_arrivals;
            const std::size_t count = std::min(models::chunk_size, range_.count - first);
            auto fault = population.neurons->advance(range_.first + first, count, input, fired_);
            if (fault && !fault_) {
                fault_ = BlockFault {k, std::move(*fault)};
            }
        }
        if (fault_) {
            return;
        }
        fired_ends_.push_back(fired_.size());
        sample(k + 1, context, scratch);
    }
}

} // namespace engine::network
