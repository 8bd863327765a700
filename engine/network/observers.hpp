#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/network/input_probes.hpp"
#include "engine/recording/recorder.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace engine::network {

/// Those who look on while a network runs, with the samples that they want: taken by a recorder of
/// their own, so that what the preset records stays what it is.
class Observers : public recording::RowSink {
public:
    bool empty() const { return observers_.empty(); }
    /// nullptr where nobody wants samples.
    recording::Recorder* recorder() { return recorder_.get(); }
    /// The recorder and the probes of inputs have to be made anew after these.
    void add(std::shared_ptr<analysis::Observer> observer);
    void remove(const analysis::Observer& observer);
    void make_recorder(const config::Experiment& experiment, const core::TimeGrid& grid,
        const std::vector<recording::Recorder::Span>& spans);

    /// nullptr where nobody wants synaptic input.
    InputProbes* inputs() { return inputs_.get(); }

    // To the observers.
    void begin(core::Step now);
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) const;
    /// The synaptic input of the steps [begin, end).
    void tell_inputs(core::Step begin, core::Step end) const;
    void done(core::Step now) const;
    void append_row(std::size_t group, core::Step stamp, const double* values) override;
    void amend_row(std::size_t group, const double* values) override;

private:
    struct Observed {
        std::shared_ptr<analysis::Observer> observer;
        std::vector<config::TraceRequest> probes;
        std::vector<analysis::InputRequest> inputs;
    };
    /// Some neighbouring columns of a group: what one observer asked for at once.
    struct Probe {
        analysis::Observer* observer;
        std::size_t number; ///< among the observer's
        std::size_t first; ///< column
        std::size_t columns;
    };
    struct Group {
        std::vector<Probe> probes;
        core::Step newest_stamp = 0;
    };

    std::vector<Observed> observers_;
    std::vector<Group> groups_; ///< of the recorder
    std::unique_ptr<recording::Recorder> recorder_;
    std::unique_ptr<InputProbes> inputs_; ///< requests of all observers, one after the other
};

} // namespace engine::network
