#pragma once

#include "engine/theory/brunel.hpp"
#include "engine/theory/threshold_integration.hpp"

#include <complex>
#include <optional>
#include <span>
#include <vector>

namespace engine::theory {

/// How a perturbation exp(lambda t) of the network's rate comes back after the delay:
///   K(lambda) = exp(-lambda delay) (d mu/d nu R_mu(lambda) + d sigma^2/d nu R_sigma2(lambda)).
/// lambda is a mode of the network where K(lambda) = 1.
/// Method: threshold integration on two grids, one of twice as many steps, extrapolated to none:
/// the error falls with the fourth power of the step. Within 2e-4 of K up to the frequency asked
/// for, where CV > 0.1; the resonances of more regular neurons are sharper. Source: Brunel 2000,
/// doi:10.1023/A:1008925309027. Immutable; any thread.
class LoopGain {
public:
    /// For |lambda| up to 2 pi `highest_Hz` / 1000. Nothing where the noise is so weak that the
    /// grid would need more than 20000 steps.
    static std::optional<LoopGain> make(
        const BrunelParams& params, const Input& input, double rate, double highest_Hz);

    /// K at lambda [1/ms], not 0; NaN where numbers overflow.
    std::vector<std::complex<double>> at(std::span<const std::complex<double>> lambda) const;
    std::complex<double> at(std::complex<double> lambda) const;
    /// K(0), the slope of the rate that comes out against the rate that goes in.
    double at_zero() const { return at_zero_; }

private:
    LoopGain(const BrunelParams& params, const OperatingPoint& point, int steps);

    double delay_;
    double at_zero_;
    ThresholdIntegration coarse_;
    ThresholdIntegration fine_;
};

} // namespace engine::theory
