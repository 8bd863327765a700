#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/observer.hpp"
#include "engine/checks/measure.hpp"
#include "engine/checks/neuron_watch.hpp"
#include "engine/checks/report.hpp"
#include "engine/checks/train_events.hpp"
#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace engine::checks {

/// Holds a run to the checks of its preset while it goes on (Simulation::observe). Memory does not
/// grow with the run. The same report for any number of threads and any division into batches.
///
/// Windows count from where the run stands when the evaluator joins it or when it begins again, so
/// that a running network can be judged anew at any time: what a check calls 200 to 1000 ms is then
/// 200 to 1000 ms from there. One thread at a time: report() on the one that advances the run.
class Evaluator : public analysis::Observer {
public:
    explicit Evaluator(const config::Experiment& experiment);

    std::vector<config::TraceRequest> probes() const override;
    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void amend(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void done(core::Step now) override;

    /// Of what has been seen so far.
    Report report() const;

private:
    struct PopulationEvents {
        std::size_t population;
        Window window;
        TrainEvents events;
    };
    struct Traced { ///< a neuron of which V_m and I are wanted
        std::size_t population;
        std::uint32_t neuron;
        friend bool operator==(const Traced&, const Traced&) = default;
    };

    Window window_of(const config::Check& check) const;
    /// Its place among the instruments of its kind, made where there is none yet.
    std::size_t statistics_for(const Window& window);
    std::size_t events_for(std::size_t population, const Window& window);
    std::size_t neuron_for(const config::Check& check, const Window& window);
    /// Does something with all that watch the neuron of this probe.
    template <class Action> void for_traced(std::size_t probe, Action&& action);

    /// Of the check with this number.
    Measured measure(
        std::size_t check, const std::vector<analysis::NetworkStatistics>& statistics) const;

    std::vector<config::Check> checks_;
    std::vector<std::string> names_; ///< of the populations
    std::vector<std::size_t> sizes_;
    core::TimeGrid grid_;
    std::optional<double> duration_ms_;
    std::shared_ptr<const analysis::NetworkChoice> choice_;
    std::vector<config::TraceRequest> voltages_; ///< samples for the statistics: the first probes
    std::vector<Traced> traced_; ///< the other probes

    core::Step begin_ = 0; ///< where the windows count from
    core::Step now_ = 0;
    std::vector<analysis::NetworkAccumulator> statistics_; ///< one for each window
    std::vector<PopulationEvents> events_;
    std::vector<NeuronWatch> neurons_;
    std::vector<std::size_t> instruments_; ///< of each check its place in one of these
};

} // namespace engine::checks
