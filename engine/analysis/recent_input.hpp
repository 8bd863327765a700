#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/config/experiment.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace engine::analysis {

/// Counts in bins of one width; what lies beyond counts in the first or last.
struct PotentialHistogram {
    static constexpr double lower = -150.0; ///< [mV]
    static constexpr double width = 0.25; ///< [mV]
    static constexpr std::size_t bins = 1000;

    void add(double V_m);
    void join(const PotentialHistogram& other);
    std::vector<std::uint64_t> counts = std::vector<std::uint64_t>(bins, 0);
};

/// The membrane that adds up input: of a model that has one, its common parameters.
struct Membrane {
    double tau_ms = 20.0;
    bool of_model = false; ///< else the time constant is a convention
    double rest = 0.0; ///< potential without synaptic input [mV]; 0 where not of the model
    std::optional<double> V_th; ///< [mV]
    std::optional<double> V_reset; ///< [mV]
};
/// Of an iaf_psc_delta population without drawn parameters; else the convention.
Membrane membrane_of(const config::Population& population);

/// What arrives at some neurons of a population, as a free membrane adds it up: the sum of the
/// weights of all spikes that have arrived, each decaying with exp(-t / tau); in the unit of the
/// weights. Its mean is rate x weight x tau.
struct ReceivedInput {
    struct Part {
        double mean = 0.0; ///< over time and neurons
        double sd = 0.0; ///< over time, of one neuron: root of the variances' mean
    };
    std::size_t neurons = 0; ///< that are looked at
    Part excitatory; ///< from projections with positive weights
    Part inhibitory; ///< from those with negative ones: at most 0
    Part external; ///< spikes of stimuli
    Part total;
    PotentialHistogram V_m; ///< empty where the model has no V_m
    std::uint64_t V_m_samples = 0;
};

/// Of every population in a window of time.
struct InputStatistics {
    double from_ms = 0.0;
    double to_ms = 0.0;
    std::vector<ReceivedInput> populations;
    std::vector<Membrane> membranes; ///< by which it was added up
};

/// The input of ten evenly chosen neurons of each population in the last 2 s, and the potentials of
/// fifty. Memory does not grow with the run. Arrivals are added up every step, moments and
/// potentials taken every millisecond.
class RecentInput : public Observer {
public:
    explicit RecentInput(const config::Experiment& experiment);

    /// Values have changed; time constants count from here on.
    void values_changed(const config::Experiment& experiment);

    std::vector<config::TraceRequest> probes() const override { return probes_; }
    std::vector<InputRequest> inputs() const override { return inputs_; }
    void begin(core::Step now) override;
    void spikes(core::Step, std::size_t, std::span<const std::uint32_t>) override { }
    void input(std::size_t number, core::Step stamp, const SynapticInput& sums) override;
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void done(core::Step now) override;

    /// Of the complete half seconds of the last two seconds; missing while there is none. Sums
    /// begin at 0: the first five time constants after the beginning are left out.
    std::optional<InputStatistics> statistics() const;

private:
    static constexpr std::size_t parts = 4; ///< excitatory, inhibitory, external, total
    struct Sums {
        std::uint64_t count = 0;
        std::array<double, parts> x {};
        std::array<double, parts> xx {};
    };
    struct Slice {
        core::Step from = 0;
        std::vector<Sums> neurons;
        std::vector<PotentialHistogram> V_m; ///< by probe
    };
    Slice& slice_of(core::Step stamp);

    double dt_ms_;
    core::Step every_; ///< steps between two samples of the sums
    core::Step length_; ///< of a slice
    std::vector<Membrane> membranes_; ///< by population
    std::vector<double> decay_; ///< by population
    std::vector<InputRequest> inputs_;
    std::vector<config::TraceRequest> probes_;
    std::vector<std::array<double, parts - 1>> potentials_; ///< of the neurons: decaying sums
    core::Step begin_ = 0; ///< first step that counts
    core::Step now_ = 0;
    std::deque<Slice> slices_; ///< the newest last
};

} // namespace engine::analysis
