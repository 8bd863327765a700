#pragma once

#include "engine/analysis/chosen_spikes.hpp"
#include "engine/analysis/count_correlation.hpp"
#include "engine/analysis/count_series.hpp"
#include "engine/analysis/spectrum.hpp"
#include "engine/analysis/synchrony.hpp"
#include "engine/analysis/train_statistics.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// Statistics of the spikes and potentials of some neurons in a window of time. What does not exist
/// is missing, never 0 or NaN; variances are those of the population (divided by n).
struct PopulationStatistics {
    std::uint64_t neurons = 0;
    std::uint64_t spikes = 0;
    double window_ms = 0.0;
    std::optional<double> rate_Hz; ///< spikes / (neurons x window)

    // Of single neurons, averaged over those that have the value (train_statistics.hpp).
    std::optional<double> cv_isi;
    std::size_t cv_isi_neurons = 0; ///< neurons with at least 3 spikes
    std::optional<double> cv2;
    std::optional<double> lv;
    std::optional<double> fano_100ms; ///< counts in 100 ms; missing with fewer than 10 of them
    TrainDistributions distributions;

    // Of the spikes of all neurons together, in bins of about 1 and 5 ms (multiples of dt).
    std::optional<double> fano_1ms; ///< variance / mean of the count
    std::optional<double> fluctuation_1ms; ///< standard deviation / mean of the count
    std::optional<double> fluctuation_5ms;
    Spectrum spectrum; ///< Welch: 0.5 ms, segments of 512 ms [Hz^2 / Hz]; needs one segment
    std::optional<double> peak_frequency_Hz; ///< of the highest point above 5 Hz
    std::optional<double>
        peak_over_floor; ///< its density / that of Poisson trains, 2 rate / neurons

    // Of at most 200 evenly chosen neurons.
    std::optional<double> synchrony; ///< Golomb's chi of V_m every 1 ms; needs two neurons
    std::optional<double> correlation_5ms; ///< mean Pearson correlation of counts in 5 ms
};

/// How many of its neurons a population's statistics look at.
struct StatisticsLimits {
    std::size_t trains = static_cast<std::size_t>(-1); ///< spike trains; all
    std::size_t pairs = 200; ///< for correlations
    std::size_t voltages = 200;
};

/// Which neurons these are; shared by accumulators of different windows.
struct PopulationChoice {
    /// `network_pairs`: those chosen for correlations between any two neurons of a network.
    PopulationChoice(std::size_t size, const StatisticsLimits& limits, const Choice& network_pairs);
    /// Of a population by itself.
    PopulationChoice(std::size_t size, const StatisticsLimits& limits);
    std::size_t neurons;
    PopulationSelection spikes;
    std::vector<std::uint32_t> voltages; ///< of these neurons add_voltages() takes V_m
};

/// Statistics of one population from its spikes and potentials as they come: memory does not grow
/// with the run. The same values for any division into calls. One thread at a time.
class PopulationAccumulator {
public:
    /// Of the stamps from < stamp <= to [steps of dt]; others are left out.
    PopulationAccumulator(std::shared_ptr<const PopulationChoice> choice, double dt_ms,
        core::Step from, core::Step to);
    PopulationAccumulator(std::size_t neurons, double dt_ms, core::Step from, core::Step to,
        const StatisticsLimits& limits = {});

    /// Neurons that spiked at the stamp, all or a part of them. Stamps must not descend.
    void add_spikes(core::Step stamp, std::span<const std::uint32_t> neurons);
    /// The same, selected already.
    void add_spikes(core::Step stamp, const ChosenSpikes& spikes);
    /// V_m of the chosen neurons [mV], every 1 ms. Returns their mean.
    std::optional<double> add_voltages(core::Step stamp, std::span<const double> V_m);
    /// Everything up to `stamp` has been added.
    void advance(core::Step stamp);

    /// Of the window up to what has been added.
    PopulationStatistics statistics() const;

    // Parts, for statistics of several populations together.
    const PopulationChoice& choice() const { return *choice_; }
    TrainMeans train_means() const { return trains_.means(now_); }
    std::optional<double> mean_variance() const { return synchrony_.mean_variance(); }

private:
    std::shared_ptr<const PopulationChoice> choice_;
    double dt_ms_;
    core::Step from_;
    core::Step to_;
    core::Step now_;
    CountSeries series_;
    TrainStatistics trains_;
    CountCorrelation correlation_;
    SynchronyAccumulator synchrony_;
    SpikeSelector selector_;
};

constexpr double correlation_bin_ms = 5.0;

/// Takes over what these parts tell about `neurons` neurons in a window.
PopulationStatistics population_statistics(
    std::size_t neurons, double window_ms, const CountSeries& series, const TrainMeans& trains);

} // namespace engine::analysis
