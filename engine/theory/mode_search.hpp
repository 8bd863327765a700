#pragma once

#include "engine/theory/loop_gain.hpp"
#include "engine/theory/stability.hpp"

#include <optional>
#include <vector>

namespace engine::theory {

/// Frequencies up to `highest_Hz` where K(i omega) is real and positive, to 0.001 Hz, by frequency.
/// Nothing where K cannot be computed.
std::optional<std::vector<Crossing>> find_crossings(const LoopGain& gain, double highest_Hz);

/// The solution of K(lambda) = 1 that Newton's method reaches from i 2 pi f; nothing where it
/// reaches none.
std::optional<Mode> mode_near(const LoopGain& gain, double f_Hz);

/// The real lambda > 0 with K(lambda) = 1, where K(0) > 1; nothing above 100 / ms.
std::optional<Mode> growing_mode(const LoopGain& gain);

} // namespace engine::theory
