#pragma once

#include "engine/models/neurons.hpp"

namespace engine::models {

// Leaky integrate-and-fire neuron, synapses that make the voltage jump.
//   tau_m dV/dt = -(V - E_L) + (tau_m / C_m) (I + I_e);  a spike of weight w: V jumps by w
//   V >= V_th: spike, V = V_reset for t_ref
// Method: exact propagator on the grid. Source: Rotter & Diesmann 1999, doi:10.1007/s004220050570.

ModelDescription iaf_psc_delta_description();

/// Neurons in their initial state; the tables have passed the description's checks.
std::unique_ptr<Neurons> make_iaf_psc_delta(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init);

} // namespace engine::models
