#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/row_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace engine::recording {

/// One column of the traces: a variable of a neuron.
struct TraceColumn {
    std::size_t request = 0; ///< index of the request, such as in Record::traces
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    std::size_t recordable = 0; ///< index in the model's recordables
    std::string variable; ///< "V_m"
    std::string unit;
    std::string csv_name; ///< "E.0.V_m_mV"
};

/// Columns sampled together: same interval.
struct TraceGroup {
    core::Step interval = 1; ///< steps between samples
    std::vector<TraceColumn> columns;
};

struct Spike {
    core::Step step = 0; ///< number of the step at whose end it is: stamp = step dt
    std::uint32_t population = 0;
    std::uint32_t neuron = 0;
    friend bool operator==(const Spike&, const Spike&) = default;
};

/// Rows of a trace group: `steps[i]` is the stamp (in steps), values[i * columns + c] the samples.
struct TraceRows {
    std::vector<core::Step> steps;
    std::vector<double> values;
};

/// What was recorded since the beginning of a sweep, in segments that never change once written.
/// One writer (the engine), any number of readers, which never make the writer wait: they copy what
/// is published. When the budget is used up the oldest segments go, and first_kept() says from when
/// on data is complete.
///
/// The newest row of a group is provisional until the next step begins: a change that takes effect
/// at its stamp replaces its `I` (preset-format.md 6: `I` is the current of the step that begins
/// there).
class History : public RowSink {
public:
    History(std::vector<TraceGroup> groups, std::size_t budget_bytes);
    ~History() override;
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    const std::vector<TraceGroup>& groups() const;

    // Writer.
    void append_row(std::size_t group, core::Step stamp, const double* values) override;
    void amend_row(std::size_t group, const double* values) override;
    void append_spikes(core::Step stamp, std::uint32_t population, const std::uint32_t* neurons,
        std::size_t count);
    /// Makes everything appended so far visible; everything up to the stamp `now` is complete.
    void publish(core::Step now);
    /// How much may be kept from now on; drops at once what is too much.
    void set_budget(std::size_t bytes);
    /// Forgets what lies before the stamp (a consumer has stored it elsewhere), in whole segments.
    void forget_before(core::Step stamp);
    /// A history that goes on from `stamp` with what this one has up to there: complete segments
    /// are shared. Where this one does not reach that far it begins there, empty.
    std::shared_ptr<History> branch(core::Step stamp) const;

    // Readers, any thread.
    core::Step published() const; ///< stamp up to which everything is there
    /// Everything with a later stamp is there (0: nothing has been dropped).
    core::Step first_kept() const;
    /// Rows with from < stamp <= to.
    TraceRows rows(std::size_t group, core::Step from, core::Step to) const;
    /// Spikes with from < stamp <= to, sorted by step, population, neuron.
    std::vector<Spike> spikes(core::Step from, core::Step to) const;
    std::size_t spike_count() const; ///< of the whole sweep, dropped ones included
    std::size_t bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace engine::recording
