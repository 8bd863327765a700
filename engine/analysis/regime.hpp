#pragma once

#include <optional>
#include <string>

// The state of a network of excitatory and inhibitory neurons, named as by Brunel 2000
// (doi:10.1023/A:1008925309027) from measured numbers alone.

namespace engine::analysis {

/// What a network's activity measured over one window looks like. A number that does not exist is
/// missing.
struct RegimeNumbers {
    std::optional<double> rate_Hz; ///< mean rate of a neuron [Hz]
    std::optional<double> cv_isi; ///< mean CV of the neurons' inter-spike intervals
    std::optional<double> synchrony; ///< chi of the membrane potentials (Golomb)
    std::optional<double> fluctuation_1ms; ///< std / mean of the population's count in 1 ms bins
    std::optional<double> peak_frequency_Hz; ///< highest peak of the population rate's spectrum
    double window_ms = 0.0; ///< what the numbers were measured over, warm-up excluded [ms]
};

/// A name with the numbers that decided.
struct Regime {
    enum class Kind {
        quiescent,
        SR, ///< synchronous regular
        AR, ///< asynchronous regular
        SI_fast, ///< synchronous irregular, fast oscillation
        SI_slow, ///< synchronous irregular, slow oscillation
        AI, ///< asynchronous irregular
        undecided,
    };
    Kind kind = Kind::undecided;
    bool near_boundary = false; ///< AI that is about to oscillate
    std::string reason; ///< such as "chi 0.47 >= 0.4 and peak 184 Hz >= 70 Hz"

    /// For people: "SI fast", "AI, near the oscillatory boundary".
    std::string name() const;
};

/// "quiescent", "SR", "AR", "SI fast", "SI slow", "AI", "undecided".
std::string regime_name(Regime::Kind kind);

/// Undecided where a number that has to decide is missing or not finite, or where the window is
/// shorter than 500 ms. Verified on simulations of Brunel's network, chi follows the loop gain of
/// its linear stability. Pure; any thread.
Regime classify_regime(const RegimeNumbers& numbers);

/// The name to show while a network runs: another one replaces it after two consecutive evaluations
/// have agreed on it, so that noise near a border does not make it flicker. One thread at a time.
class RegimeTracker {
public:
    /// Takes the next evaluation and returns what is to be shown. The numbers in the reason are
    /// always those of the newest evaluation with the name that is shown.
    const Regime& update(const Regime& evaluated);
    const Regime& shown() const { return shown_; }

    /// Forgets everything (the run begins again): undecided until two evaluations agree.
    void reset();

private:
    static Regime none_yet();
    Regime shown_ = none_yet();
    std::string candidate_; ///< name of the last evaluation where it is not the shown one
};

} // namespace engine::analysis
