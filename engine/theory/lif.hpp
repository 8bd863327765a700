#pragma once

namespace engine::theory {

/// A leaky integrate-and-fire neuron, tau_m dV/dt = -V + input; voltages relative to E_L.
/// V_reset < V_th, tau_m > 0, t_ref >= 0.
struct LifParams {
    double tau_m = 20.0; ///< [ms]
    double V_th = 20.0; ///< [mV]
    double V_reset = 10.0; ///< [mV]
    double t_ref = 2.0; ///< [ms]

    friend bool operator==(const LifParams&, const LifParams&) = default;
};

/// Rate under a constant input whose asymptote is `mu` [mV]: 1 / (t_ref + tau_m ln((mu - V_reset) /
/// (mu - V_th))) [1/ms], 0 for mu <= V_th. Pure; any thread.
double noiseless_rate(double mu, const LifParams& lif);

/// Rate of iaf_psc_delta under a constant current I [pA], in Hz; 0 up to the rheobase. C_m [pF].
double lif_rate_Hz(double I, double C_m, const LifParams& lif);

/// Smallest current that is not enough for a spike of iaf_psc_delta however long it lasts, and
/// above which it fires: V_th C_m / tau_m [pA].
double lif_rheobase(double C_m, const LifParams& lif);

} // namespace engine::theory
