#pragma once

#include "engine/config/experiment.hpp"
#include "engine/theory/brunel.hpp"

#include <optional>
#include <string>

namespace engine::theory {

/// What an experiment means to the theory of Brunel's network.
struct BrunelShape {
    std::optional<BrunelParams> params; ///< missing where the theory does not apply, ...
    std::string reason; ///< ... and why: "the delays differ"
};

/// Recognises the network by its shape, whatever it is called: two populations of equal LIF
/// neurons, fixed in-degrees, weights J and -g J, one delay, and independent Poisson input of
/// weight J from the beginning on. A resting potential other than 0 and a constant current shift
/// the thresholds. Stimuli of other kinds that come to an end disturb the network, and are left
/// out. Pure; any thread.
BrunelShape brunel_shape(const config::Experiment& experiment);

} // namespace engine::theory
