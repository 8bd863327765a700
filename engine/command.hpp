#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/core/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// What the window asks of the engine: data, so that it can be logged and replayed.

namespace engine {

/// Builds this preset in the background and then runs it in place of the present one. The present
/// one goes on until then.
struct Open {
    config::PresetDocument document;
    bool run = true;
};
/// Sets one or several values (all or nothing) at the beginning of the next step. Where a rebuild
/// is needed it is made in the background.
struct SetValues {
    std::vector<std::pair<std::string, core::Value>> values;
};
struct Run { };
struct Pause { };
/// Pauses, then does this many steps.
struct StepOnce {
    std::int64_t steps = 1;
};
/// Back to t = 0 with the present parameters.
struct ResetState { };
/// Back to the parameters of the preset as it was opened; the state stays.
struct ResetParameters { };
/// Rebuilds with another seed.
struct NewSeed {
    std::uint64_t seed = 1;
};
/// Model time / wall time; missing = as fast as possible.
struct SetSpeed {
    std::optional<double> speed;
};
/// Back to a moment that was run, with the complete state of then; a branch begins there and the
/// present run is its original. Changes of values later than that moment are left behind, except
/// those that no step has seen yet. The run goes on or stands as before.
struct ContinueFrom {
    std::int64_t step = 0; ///< steps done at that moment
    std::optional<std::uint64_t> sweep {}; ///< Frame::sweep; missing = the present one
    bool present_values = false; ///< go on from there with the values of now
};
/// Records a neuron beside what the preset records, from the next step on and until another network
/// runs (Frame::followed); missing = none. Changes no bit of the run.
struct Follow {
    struct Neuron {
        std::size_t population = 0; ///< place in the file
        std::uint32_t neuron = 0;
    };
    std::optional<Neuron> neuron;
};
/// Whether the synaptic input of a sample of every population is measured (Frame::input), from the
/// next step on and in every network that follows. Changes no bit of the run.
struct WatchInput {
    bool watched = false;
};
/// How much of a recorded sweep is kept, of the present one and of all that follow; the oldest is
/// dropped first (Status::history_from_ms). Changes no bit of the run.
struct SetHistoryBudget {
    std::size_t bytes = std::size_t {1} << 30;
};
/// How far the run may go: no step that ends later is done, in any sweep and network, until the
/// bound is moved; missing = as far as it likes. A run that stands at its bound counts as running.
/// So a run follows another one whose time it is told.
struct Bound {
    std::optional<double> t_ms;
};
/// A variable of every neuron is told (Frame::states) in this network and those that follow: of the
/// moment that is shown where the run stands, some dozen times a second of wall time where it goes
/// on. Changes no bit of the run.
struct WatchStates {
    std::string variable; ///< a recordable of the models, or analysis::since_spike; empty = none
};
/// Gives up the build, or the way back to a moment, that is going on.
struct CancelBuild { };

using Command = std::variant<Open, SetValues, Run, Pause, StepOnce, ResetState, ResetParameters,
    NewSeed, SetSpeed, ContinueFrom, Follow, WatchInput, SetHistoryBudget, Bound, WatchStates,
    CancelBuild>;

} // namespace engine
