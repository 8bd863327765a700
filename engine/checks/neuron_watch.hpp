#pragma once

#include "engine/analysis/population_statistics.hpp"
#include "engine/checks/measure.hpp"
#include "engine/checks/neuron_trace.hpp"
#include "engine/checks/train_events.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace engine::checks {

/// Everything that checks ask of one neuron in one window. One thread at a time.
class NeuronWatch {
public:
    NeuronWatch(
        std::size_t population, std::uint32_t neuron, Window window, const core::TimeGrid& grid);

    std::size_t population() const { return population_; }
    std::uint32_t neuron() const { return neuron_; }
    const Window& window() const { return window_; }

    /// The membrane potential will be asked for; `whole`: not its extremes alone.
    void need_trace(bool whole);

    /// Neurons of the population that spiked, ascending.
    void add_spikes(core::Step stamp, std::span<const std::uint32_t> neurons);
    /// V_m and I of the neuron (without a second value there is no current).
    void add_sample(core::Step stamp, std::span<const double> values);
    void amend_sample(core::Step stamp, std::span<const double> values);
    void advance(core::Step now) { statistics_.advance(now); }

    /// Times count from the stamp `begin`.
    Measured measure(config::Quantity quantity, core::Step begin) const;

private:
    Measured measure_trace(config::Quantity quantity) const;

    std::size_t population_;
    std::uint32_t neuron_;
    Window window_;
    core::TimeGrid grid_;
    analysis::PopulationAccumulator statistics_;
    TrainEvents events_;
    bool whole_trace_ = false;
    std::optional<NeuronTrace> trace_;
};

} // namespace engine::checks
