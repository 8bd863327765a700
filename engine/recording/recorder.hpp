#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/models/neurons.hpp"
#include "engine/recording/history.hpp"
#include "engine/recording/row_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::recording {

/// The groups of columns that are asked for: one for each interval, columns in the order of the
/// requests.
std::vector<TraceGroup> trace_groups(const config::Experiment& experiment,
    const std::vector<config::TraceRequest>& requests, const core::TimeGrid& grid);

/// Takes the samples of a batch of steps, block of neurons by block of neurons, and hands complete
/// rows to a sink, such as the history. Blocks may be sampled by different threads at the same
/// time.
class Recorder {
public:
    /// Neurons that are sampled together.
    struct Span {
        std::size_t population = 0;
        std::size_t first = 0;
        std::size_t count = 0;
    };
    Recorder(const config::Experiment& experiment,
        const std::vector<config::TraceRequest>& requests, const core::TimeGrid& grid,
        const std::vector<Span>& spans);

    const std::vector<TraceGroup>& groups() const { return groups_; }

    /// Whether the span has samples stamped `stamp`, and whether their `I` is among them.
    bool due(std::size_t span, core::Step stamp) const;
    bool needs_current(std::size_t span) const { return plans_[span].current; }

    /// Steps that fit into the memory of a batch.
    core::Step longest_batch() const { return longest_batch_; }
    /// A batch takes the stamps from < stamp <= to.
    void begin_batch(core::Step from, core::Step to);
    /// `current`: that of the step that begins at `stamp`, by neuron of the span; nullptr = 0.
    void sample(
        std::size_t span, core::Step stamp, const models::Neurons& neurons, const double* current);
    /// Hands on the rows up to `to`, which may lie before the end of the batch.
    void end_batch(RowSink& sink, core::Step to);

    /// After a jump to `now`: the newest row is that of the history, which may be empty.
    void resume(const History& history, core::Step now);
    /// After a jump, where nobody keeps the rows: there is no newest one.
    void forget_newest();

    /// Replaces the currents in the newest row, where that is stamped `now`: call
    /// amend_current() for each span, then this.
    void amend_current(std::size_t span, core::Step now, const double* current);
    void finish_amending(RowSink& sink, core::Step now);

private:
    struct Sample {
        std::size_t column;
        std::size_t recordable;
        std::size_t neuron; ///< of the population
        bool is_current;
    };
    struct Part { ///< what one span gives to one group
        std::size_t group;
        std::vector<Sample> samples;
    };
    struct Plan {
        std::size_t first = 0;
        bool current = false;
        std::vector<Part> parts;
    };
    struct Buffer {
        core::Step first_stamp = 0; ///< of its first row
        std::vector<double> values;
        core::Step newest_stamp = -1; ///< of the row handed on last
        std::vector<double> newest;
    };
    double* row(std::size_t group, core::Step stamp);

    std::vector<TraceGroup> groups_;
    std::vector<Plan> plans_;
    std::vector<Buffer> buffers_;
    core::Step longest_batch_ = 0;
};

} // namespace engine::recording
