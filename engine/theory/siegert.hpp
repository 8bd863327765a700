#pragma once

#include "engine/theory/lif.hpp"

namespace engine::theory {

// A LIF neuron under white noise, tau_m dV/dt = -V + mu + sigma sqrt(tau_m) xi(t); the free
// membrane has variance sigma^2 / 2. mu and sigma in mV, sigma >= 0. NaN where mu or sigma is not
// finite. Pure; any thread.

/// Stationary rate [1/ms]: 1 / rate = t_ref + tau_m sqrt(pi) int exp(x^2)(1 + erf x) dx from
/// (V_reset - mu) / sigma to (V_th - mu) / sigma. Without noise the limit; 0 below 1e-290.
/// Source: Siegert 1951, doi:10.1103/PhysRev.81.617; scaled as in Layer et al. 2022,
/// doi:10.3389/fninf.2022.835657, so that nothing overflows.
double siegert_rate(double mu, double sigma, const LifParams& lif);

/// Slopes of the stationary rate: against the mean [1/(ms mV)] and against sigma^2 [1/(ms mV^2)].
struct RateSlopes {
    double mu = 0.0;
    double sigma2 = 0.0;
};
RateSlopes siegert_slopes(double mu, double sigma, const LifParams& lif);

/// Coefficient of variation of the interspike interval; 0 for a neuron that fires without noise, 1
/// (the limit) where it hardly ever fires.
/// Source: Brunel 2000, doi:10.1023/A:1008925309027, appendix.
double isi_cv(double mu, double sigma, const LifParams& lif);

} // namespace engine::theory
