#pragma once

#include "engine/models/neurons.hpp"

namespace engine::models {

// Izhikevich's simple model of spiking neurons.
//   dv/dt = k2 v^2 + k1 v + k0 - u + I + I_e [mV/ms; I dimensionless]
//   du/dt = a (b (v - v_ref) - u_leak u)
//   v reaches V_th (the peak): spike, v = c, u = u + d
// Method: the published schemes of first order (euler, net2003, figure1, pymonnto) and classical
// Runge-Kutta of order 4 (rk4); they differ visibly, so a preset names its own.
// Source: Izhikevich 2003, doi:10.1109/TNN.2003.820440; 2004, doi:10.1109/TNN.2004.832719.

ModelDescription izhikevich_description();

/// Neurons in their initial state; the tables have passed the description's checks.
std::unique_ptr<Neurons> make_izhikevich(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init);

} // namespace engine::models
