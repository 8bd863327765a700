#pragma once

#include "engine/theory/brunel.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace engine::theory {

/// What becomes of a small perturbation of a stationary state.
enum class Kind {
    quiescent, ///< hardly any rate; stable
    asynchronous, ///< dies away
    oscillatory, ///< grows as an oscillation
    saddle, ///< grows without oscillating: the network leaves this state
    unknown, ///< beyond what can be computed
};

/// A frequency at which a perturbation comes back in phase, and by what factor.
struct Crossing {
    double f_Hz = 0.0;
    double K = 0.0;
};

/// A mode of the network, exp(growth t) cos(2 pi f t).
struct Mode {
    double f_Hz = 0.0;
    double growth_per_ms = 0.0;
};

/// Stability of a stationary state.
struct Stability {
    Kind kind = Kind::unknown;
    double K0 = 0.0; ///< loop gain at frequency 0; > 1: saddle
    std::vector<Crossing> crossings; ///< where Im K = 0 and Re K > 0, by frequency
    std::optional<Crossing> leading; ///< the one with the largest K; > 1: oscillatory
    /// The mode that the leading crossing belongs to; of a saddle the one that grows.
    std::optional<Mode> mode;
};

/// Searches frequencies up to 1000 Hz, and further where the delay is below 1 ms (to its inverse)
/// or the rate above 450 Hz (to 2.2 times the rate), at most to 5000 Hz. `rate` [1/ms] is one of
/// self_consistent_rates(). Pure; any thread.
Stability stability(const BrunelParams& params, double rate);

/// A stationary state of the network.
struct Solution {
    double rate_Hz = 0.0;
    double cv = 0.0;
    double mu = 0.0; ///< [mV]
    double sigma = 0.0; ///< [mV]
    Stability stability;
};
/// Rate, CV and input only; stability stays unknown.
Solution stationary_state(const BrunelParams& params, double rate);
/// All stationary states, by rate, with their stability. Valid parameters. Pure; any thread.
std::vector<Solution> solve(const BrunelParams& params);

// Where stable states change their names.
constexpr double quiescent_below_Hz = 0.5;
/// Recurrent input makes neurons more regular than white noise would: these are 0.2 to 0.25 in a
/// simulation.
constexpr double regular_below_cv = 0.4;

/// "stable" or "unstable"; empty where unknown.
std::string_view stability_word(Kind kind);
/// The state by its usual name: quiescent, AI, AR, SR, SI fast, SI slow, saddle; "unknown".
std::string_view state_name(double rate_Hz, double cv, const Stability& stability);

} // namespace engine::theory
