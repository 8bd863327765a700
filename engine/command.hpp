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
/// Gives up the build that is going on.
struct CancelBuild { };

using Command = std::variant<Open, SetValues, Run, Pause, StepOnce, ResetState, ResetParameters,
    NewSeed, SetSpeed, CancelBuild>;

} // namespace engine
