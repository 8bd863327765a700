#pragma once

#include "engine/models/neurons.hpp"

namespace engine::models {

// Generalised leaky integrate-and-fire neuron (GLIF levels 1 to 5), alpha-shaped synaptic currents.
//   C_m dV/dt = -g (V - E_L) + sum_i y_i + I + sum_j I_j
//   dx_i/dt = -x_i / tau_i,  dy_i/dt = x_i - y_i / tau_i;  weight w: x_i += w e / tau_i
// Threshold, after-spike currents and reset: glif.hpp.
// Method: exact propagators on the grid. Source: Teeter et al. 2018,
// doi:10.1038/s41467-017-02717-4; Rotter & Diesmann 1999, doi:10.1007/s004220050570.

ModelDescription glif_psc_description();

/// Neurons in their initial state; the tables have passed the description's checks.
std::unique_ptr<Neurons> make_glif_psc(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init);

/// How alpha currents of time constant tau_syn act on the voltage over one step h of a membrane
/// with the time constant tau_m and the capacitance C_m; finite and accurate for tau_syn = tau_m.
struct AlphaPropagators {
    double V_from_x; ///< P31 [mV ms/pA]
    double V_from_y; ///< P32 [mV/pA]
};
AlphaPropagators alpha_propagators(double h, double tau_m, double C_m, double tau_syn);

} // namespace engine::models
