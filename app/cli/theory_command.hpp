#pragma once

#include "engine/theory/brunel.hpp"

namespace app::cli {

/// What mean-field theory says of a Brunel network: its stationary states and their stability.
/// Throws core::InputError where the parameters make no network.
int theory_command(const engine::theory::BrunelParams& params, bool json);

} // namespace app::cli
