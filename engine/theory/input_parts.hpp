#pragma once

#include "engine/theory/brunel.hpp"

#include <span>
#include <vector>

namespace engine::theory {

/// Where the input of a neuron of Brunel's network comes from; mu [mV], sigma [mV] as in
/// siegert.hpp: of the free membrane, mu is the mean and sigma / sqrt(2) the standard deviation.
struct InputParts {
    Input excitatory; ///< recurrent
    Input inhibitory; ///< mu <= 0
    Input external;
    Input total; ///< input_at() the same rate
};
/// Where all neurons fire at `rate` [1/ms] as independent Poisson processes.
InputParts input_parts(double rate, const BrunelParams& params);

/// Stationary density [1/mV] of the potential of a LIF neuron under white noise, at each of these
/// ascending potentials [mV], relative to E_L. Neurons that are refractory are not in it: its
/// integral is 1 - rate t_ref. Empty without noise. Pure; any thread.
/// Source: Brunel 2000, doi:10.1023/A:1008925309027, eq. 19; integrated downwards from the
/// threshold as in Richardson 2007, doi:10.1103/PhysRevE.76.021919.
std::vector<double> potential_density(
    const Input& input, const LifParams& lif, std::span<const double> V_m);

} // namespace engine::theory
