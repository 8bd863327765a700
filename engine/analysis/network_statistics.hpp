#pragma once

#include "engine/analysis/population_statistics.hpp"
#include "engine/config/experiment.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// Statistics of every population and of all neurons together.
struct NetworkStatistics {
    double from_ms = 0.0; ///< of the stamps from < t <= to
    double to_ms = 0.0;
    std::vector<PopulationStatistics> populations; ///< in file order
    /// All populations pooled. A neuron counts the same whatever its population: where only some
    /// of a population are looked at, they stand for the others.
    PopulationStatistics network;
};

/// Which neurons the statistics of a network look at; shared by accumulators of different windows.
class NetworkChoice {
public:
    explicit NetworkChoice(
        const config::Experiment& experiment, const StatisticsLimits& limits = {});

    double dt_ms() const { return dt_ms_; }
    std::size_t neurons() const { return neurons_; }
    std::size_t populations() const { return populations_.size(); }
    const std::shared_ptr<const PopulationChoice>& population(std::size_t p) const
    {
        return populations_[p];
    }
    /// Neurons chosen for correlations between any two of the network.
    std::size_t pairs() const { return chosen_pairs_; }

    /// Samples of V_m that the statistics need: of populations of at least two neurons that have
    /// it, every 1 ms.
    const std::vector<config::TraceRequest>& voltage_requests() const { return requests_; }

private:
    double dt_ms_;
    std::size_t neurons_ = 0;
    std::size_t chosen_pairs_ = 0;
    std::vector<std::shared_ptr<const PopulationChoice>> populations_;
    std::vector<config::TraceRequest> requests_;
};

/// Statistics of a network over one window as spikes and potentials come. One thread at a time.
class NetworkAccumulator {
public:
    /// Of the stamps from < stamp <= to.
    NetworkAccumulator(std::shared_ptr<const NetworkChoice> choice, core::Step from, core::Step to);

    core::Step from() const { return from_; }
    core::Step to() const { return to_; }

    /// As PopulationAccumulator; populations of one stamp in any order.
    void add_spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons);
    /// The same, selected already by `choice().population(population)->spikes`.
    void add_spikes(core::Step stamp, std::size_t population, const ChosenSpikes& spikes);
    /// Samples of one of the choice's voltage_requests(), for each stamp in their order.
    void add_voltages(core::Step stamp, std::size_t request, std::span<const double> V_m);
    void advance(core::Step stamp);

    NetworkStatistics statistics() const;

private:
    PopulationStatistics pooled_statistics() const;

    std::shared_ptr<const NetworkChoice> choice_;
    core::Step from_;
    core::Step to_;
    core::Step now_;
    std::vector<PopulationAccumulator> populations_;
    /// All neurons together.
    struct Pooled {
        Pooled(const NetworkChoice& choice, core::Step from);
        CountSeries series;
        CountCorrelation correlation;
        RunningMoments mean_V_m;
        double sum_V_m = 0.0; ///< over the neurons whose populations were sampled at this stamp
        double sampled = 0.0; ///< how many these are
    };
    SpikeSelector selector_;
    std::optional<Pooled> pooled_; ///< missing where there is one population only
};

} // namespace engine::analysis
