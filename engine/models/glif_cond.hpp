#pragma once

#include "engine/models/neurons.hpp"

namespace engine::models {

// Generalised leaky integrate-and-fire neuron (GLIF levels 1 to 5), conductance synapses.
//   C_m dV/dt = -g_m (V - E_L) - sum_i g_i (V - E_rev_i) + I + sum_j I_j
//   dx_i/dt = -x_i / tau_i,  dg_i/dt = x_i - g_i / tau_i;  weight w: x_i += w e / tau_i
// Threshold, after-spike currents and reset: glif.hpp.
// Method: conductances exactly, V by Runge-Kutta of order 4 with as many parts of a step as the
// synapses and the membrane need. Source: Teeter et al. 2018, doi:10.1038/s41467-017-02717-4;
// Meffin, Burkitt & Grayden 2004, doi:10.1023/B:JCNS.0000014108.03012.81.

ModelDescription glif_cond_description();

/// Neurons in their initial state; the tables have passed the description's checks.
std::unique_ptr<Neurons> make_glif_cond(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init);

} // namespace engine::models
