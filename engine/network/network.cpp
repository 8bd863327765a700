#include "engine/network/network.hpp"

#include "engine/core/value.hpp"
#include "engine/network/layout.hpp"

#include <algorithm>
#include <utility>

namespace engine::network {

bool Network::worth_sharing(core::Step steps) const
{
    // Waking a thread costs tens of microseconds; a neuron takes a few nanoseconds a step.
    constexpr double neuron_steps_worth_a_thread = 16384.0;
    return static_cast<double>(neurons_) * static_cast<double>(steps)
        >= neuron_steps_worth_a_thread;
}

Network::Outcome Network::run(core::Step begin, core::Step end, recording::History& history)
{
    const NetworkContext shared = context();
    for (recording::Recorder* recorder : shared.recorders) {
        if (recorder != nullptr) {
            recorder->begin_batch(begin, end);
        }
    }
    if (InputProbes* inputs = observers_.inputs()) {
        inputs->begin_batch(begin, end);
    }
    const auto run_block = [&](std::size_t block, int thread) {
        blocks_[block].run(begin, end, shared, scratch_[static_cast<std::size_t>(thread)]);
    };
    if (pool_->threads() > 1 && worth_sharing(end - begin)) {
        pool_->run(blocks_.size(), run_block);
    } else {
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            run_block(b, 0);
        }
    }

    Outcome outcome {end, {}};
    for (const Block& block : blocks_) {
        for (const Chunk& chunk : block.chunks()) {
            if (chunk.fault() && (outcome.fault.empty() || chunk.fault()->step < outcome.done)) {
                outcome.done = chunk.fault()->step;
                outcome.fault = "neuron " + std::to_string(chunk.fault()->fault.neuron) + " of "
                    + populations_[block.population()].name
                    + " at t = " + core::number_text(grid_.time_ms(outcome.done + 1))
                    + " ms: " + chunk.fault()->fault.reason;
            }
        }
    }
    hand_on_spikes(begin, outcome.done, history);
    observers_.tell_inputs(begin, outcome.done);
    recorder_.end_batch(history, outcome.done);
    if (recording::Recorder* recorder = observers_.recorder()) {
        recorder->end_batch(observers_, outcome.done);
    }
    observers_.done(outcome.done);
    for (RunningProjection& projection : projections_) {
        projection.cursor = projection.delay > 0
            ? StampWindows(begin, outcome.done, projection.cursor, projection.delay).cursor_after()
            : begin;
    }
    return outcome;
}

void Network::hand_on_spikes(core::Step begin, core::Step end, recording::History& history)
{
    for (core::Step k = begin; k < end; ++k) {
        const auto i = static_cast<std::size_t>(k - begin);
        for (std::size_t p = 0; p < populations_.size(); ++p) {
            RunningPopulation& population = populations_[p];
            // All of the step at once: recording and observers cost little then.
            std::vector<std::uint32_t>& all
                = population.has_targets ? population.spikes.begin_step(k + 1) : handed_on_;
            all.clear();
            for (std::size_t b = first_block_[p]; b < first_block_[p + 1]; ++b) {
                for (const Chunk& chunk : blocks_[b].chunks()) {
                    const auto fired = chunk.fired(i);
                    all.insert(all.end(), fired.begin(), fired.end());
                }
            }
            if (all.empty()) {
                continue;
            }
            population.spike_count += all.size();
            if (recorded_[p]) {
                history.append_spikes(k + 1, static_cast<std::uint32_t>(p), all.data(), all.size());
            }
            observers_.spikes(k + 1, p, all);
        }
    }
}

void Network::amend_currents(core::Step now, recording::History& history)
{
    const NetworkContext shared = context();
    for (recording::Recorder* recorder : shared.recorders) {
        for (std::size_t b = 0; recorder != nullptr && b < blocks_.size(); ++b) {
            for (Chunk& chunk : blocks_[b].chunks()) {
                if (recorder->needs_current(chunk.index())) {
                    recorder->amend_current(
                        chunk.index(), now, chunk.current(now, shared, scratch_.front().chunk));
                }
            }
        }
    }
    recorder_.finish_amending(history, now);
    if (recording::Recorder* recorder = observers_.recorder()) {
        recorder->finish_amending(observers_, now);
    }
}

std::vector<double> Network::values(const config::Experiment& experiment, std::size_t population,
    std::size_t recordable, core::Step now)
{
    const config::Population& described = experiment.populations[population];
    const models::Neurons& neurons = *populations_[population].neurons;
    std::vector<double> values(neurons.size(), 0.0);
    if (described.model->recordables(described.params).at(recordable).kind
        != models::QuantityKind::input_current) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = neurons.value(recordable, i);
        }
        return values;
    }
    const NetworkContext shared = context();
    for (std::size_t b = first_block_[population]; b < first_block_[population + 1]; ++b) {
        for (Chunk& chunk : blocks_[b].chunks()) {
            if (const double* current = chunk.current(now, shared, scratch_.front().chunk)) {
                std::copy_n(current, chunk.range().count,
                    values.begin() + static_cast<std::ptrdiff_t>(chunk.range().first));
            }
        }
    }
    return values;
}

void Network::observe(std::shared_ptr<analysis::Observer> observer,
    const config::Experiment& experiment, core::Step now)
{
    analysis::Observer& added = *observer;
    observers_.add(std::move(observer));
    make_observers_recorder(experiment);
    added.begin(now);
}

void Network::unobserve(const analysis::Observer& observer, const config::Experiment& experiment)
{
    observers_.remove(observer);
    make_observers_recorder(experiment);
}

void Network::make_observers_recorder(const config::Experiment& experiment)
{
    observers_.make_recorder(experiment, grid_, spans_of(blocks_));
    update_exchange_interval();
}

void Network::forget_currents()
{
    for (Block& block : blocks_) {
        for (Chunk& chunk : block.chunks()) {
            chunk.forget_current();
        }
    }
}

Network::State Network::copy_state() const
{
    State state;
    for (const RunningPopulation& population : populations_) {
        state.neurons.push_back(population.neurons->copy_state());
        state.spikes.push_back(population.spikes);
        state.spike_counts.push_back(population.spike_count);
    }
    for (const RunningProjection& projection : projections_) {
        state.cursors.push_back(projection.cursor);
        auto& pending = state.pending.emplace_back();
        for (const auto& delivery : projection.deliveries) {
            pending.push_back(delivery->pending());
        }
    }
    return state;
}

std::size_t Network::State::bytes() const
{
    std::size_t sum = 0;
    const auto add
        = [&sum](const auto& column) { sum += sizeof(column) + column.size() * sizeof(column[0]); };
    for (const models::Neurons::State& population : neurons) {
        std::for_each(population.reals.begin(), population.reals.end(), add);
        std::for_each(population.counts.begin(), population.counts.end(), add);
    }
    for (const SpikeRing& ring : spikes) {
        sum += ring.bytes();
    }
    for (const auto& projection : pending) {
        for (const Delivery::Pending& piece : projection) {
            add(piece.sums);
            add(piece.stamps);
        }
    }
    return sum;
}

void Network::reset(const config::Experiment& experiment)
{
    auto neurons = make_neurons(experiment);
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        populations_[p].neurons = std::move(neurons[p]);
        populations_[p].spikes.clear();
        populations_[p].spike_count = 0;
    }
    for (RunningProjection& projection : projections_) {
        projection.cursor = 0;
        for (const auto& delivery : projection.deliveries) {
            delivery->set_pending({}, 0);
        }
    }
    forget_currents();
    observers_.begin(0);
}

void Network::restore(const State& state, core::Step now)
{
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        populations_[p].neurons->restore(state.neurons[p]);
        populations_[p].spikes = state.spikes[p];
        populations_[p].spike_count = state.spike_counts[p];
    }
    for (std::size_t p = 0; p < projections_.size(); ++p) {
        projections_[p].cursor = state.cursors[p];
        for (std::size_t b = 0; b < projections_[p].deliveries.size(); ++b) {
            projections_[p].deliveries[b]->set_pending(state.pending[p][b], now);
        }
    }
    update_exchange_interval(); // the copied rings may be shorter than present delays need
    forget_currents();
    observers_.begin(now);
}

std::uint64_t Network::synapses() const
{
    std::uint64_t total = 0;
    for (const RunningProjection& projection : projections_) {
        for (const auto& delivery : projection.deliveries) {
            total += delivery->synapses();
        }
    }
    return total;
}

std::vector<std::uint64_t> Network::spike_counts() const
{
    std::vector<std::uint64_t> counts;
    for (const RunningPopulation& population : populations_) {
        counts.push_back(population.spike_count);
    }
    return counts;
}

} // namespace engine::network
