#pragma once

#include "engine/core/diagnostic.hpp"
#include "engine/theory/lif.hpp"

#include <vector>

namespace engine::theory {

/// The network of Brunel 2000 (doi:10.1023/A:1008925309027), model A: excitatory and inhibitory LIF
/// neurons alike, each with C_E excitatory and gamma C_E inhibitory recurrent inputs, and C_E
/// external ones; E_L = 0.
struct BrunelParams {
    double g = 5.0; ///< inhibitory weight / excitatory weight
    double eta = 2.0; ///< external rate / the rate that alone brings the mean to threshold
    double J = 0.1; ///< excitatory weight [mV]
    double C_E = 1000.0; ///< excitatory inputs of a neuron
    double gamma = 0.25; ///< inhibitory inputs / excitatory inputs
    double tau_m = 20.0; ///< [ms]
    double V_th = 20.0; ///< [mV]
    double V_reset = 10.0; ///< [mV]
    double t_ref = 2.0; ///< [ms]
    double delay = 1.5; ///< [ms]

    LifParams lif() const { return {tau_m, V_th, V_reset, t_ref}; }
    friend bool operator==(const BrunelParams&, const BrunelParams&) = default;
};

/// What keeps the theory from being applied; empty where nothing does. Pointers are names of
/// members.
core::Diagnostics check(const BrunelParams& params);

/// Recurrent and external input of a neuron; mu [mV], sigma [mV] as in siegert.hpp.
struct Input {
    double mu = 0.0;
    double sigma = 0.0;
};
/// Input where all neurons fire at `rate` [1/ms].
Input input_at(double rate, const BrunelParams& params);

/// How the input changes with the rate: d mu / d rate [mV ms], d sigma^2 / d rate [mV^2 ms].
struct Coupling {
    double mu = 0.0;
    double sigma2 = 0.0;
};
Coupling coupling(const BrunelParams& params);

/// All rates nu [1/ms] with nu = siegert_rate(input_at(nu)), ascending, each to 1e-13 of its value.
/// Rates below 1e-9 / ms count as one solution. Valid parameters; empty where the input overflows.
/// Pure; any thread.
std::vector<double> self_consistent_rates(const BrunelParams& params);

} // namespace engine::theory
