#pragma once

#include "engine/theory/lif.hpp"

#include <complex>
#include <span>
#include <vector>

namespace engine::theory {

/// The stationary state about which a population of LIF neurons is perturbed.
struct OperatingPoint {
    double mu = 0.0; ///< [mV]
    double sigma = 0.0; ///< [mV], > 0
    double rate = 0.0; ///< [1/ms], siegert_rate(mu, sigma, lif) > 0
    LifParams lif;
};

/// Linear response of the rate to a modulation exp(lambda t) of the input's mean and variance:
/// weight_mu R_mu(lambda) + weight_sigma2 R_sigma2(lambda).
/// Method: the Fokker-Planck equation for density P and flux J,
///   lambda P = -dJ/dV,  dP/dV = -(alpha P + (J - F) / D),  D = sigma^2 / (2 tau_m),
///   alpha = (V - mu) / (tau_m D),  F = weight_mu P0 / tau_m - weight_sigma2 dP0/dV / (2 tau_m),
/// integrated from V_th down to where nothing is left, once with flux 1 out of V_th that comes back
/// at V_reset after t_ref, once with F; no flux may leave below. A step is half a step of J, a
/// whole one of P with the exact exponential, half a step of J: symmetric, of order 2 with errors
/// in even powers of the step. Exponentials and P0 are computed once; 8 values of lambda advance
/// together. Source: Richardson 2007, doi:10.1103/PhysRevE.76.021919. Immutable; any thread.
class ThresholdIntegration {
public:
    /// Numbers of steps from V_th to V_reset and from there to where the density has vanished.
    struct Grid {
        int above = 0;
        int below = 0;
    };
    /// About `steps` steps in all.
    static Grid grid(const OperatingPoint& point, int steps);

    ThresholdIntegration(
        const OperatingPoint& point, double weight_mu, double weight_sigma2, const Grid& grid);

    /// `lambda` [1/ms] not 0; NaN where numbers overflow.
    void respond(std::span<const std::complex<double>> lambda,
        std::span<std::complex<double>> response) const;

    /// Width of the grid from V_th down to where the density has vanished [mV].
    static double range(const OperatingPoint& point);
    /// Probability not to be refractory: the integral of P0.
    double density_integral() const { return density_integral_; }

private:
    struct Step {
        double decay; ///< of P over the step, downwards
        double gain; ///< P for a unit of J - F [ms/mV]
        double source; ///< F in the middle of the step
        double kick; ///< length over which P acts on J after this step [mV]
    };
    struct Lanes;

    void lay_out(const OperatingPoint& point, double from, double to, int steps, double flux,
        double weight_mu, double weight_sigma2, double& P0);
    void march(Lanes& lanes, std::size_t begin, std::size_t end) const;

    double t_ref_;
    std::size_t above_reset_; ///< steps above V_reset
    std::vector<Step> steps_;
    double density_integral_ = 0.0;
};

} // namespace engine::theory
