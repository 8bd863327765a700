#pragma once

namespace engine::theory {

/// What decides when a GLIF neuron at rest fires: the membrane and the threshold that follows the
/// voltage, dTheta/dt = th_voltage_index (V - E_L) - th_voltage_decay Theta (level 5).
struct GlifParams {
    double g_m = 9.43; ///< [nS]
    double C_m = 58.72; ///< [pF]
    double E_L = -78.85; ///< [mV]
    double V_th = -51.68; ///< [mV]
    bool adapting_threshold = false;
    double th_voltage_index = 0.005; ///< [1/ms]
    double th_voltage_decay = 0.09; ///< [1/ms], > 0
};

/// The current of a long step [pA] above which a neuron at rest fires. Levels 1 to 4: g_m (V_th -
/// E_L). With an adapting threshold the voltage comes closest to it at one time t* after the step's
/// beginning (when the threshold follows slowly) or in the end:
///   g_m (V_th - E_L) / (1 - rho (1 - exp(-th_voltage_decay t*))),  rho = index / decay.
/// Finite: at first the threshold always lags behind. Pure; any thread.
double glif_rheobase(const GlifParams& params);

/// The time t* [ms] after the beginning of a step of that current at which the neuron fires;
/// infinite where the voltage reaches the threshold in the end only.
double glif_rheobase_time(const GlifParams& params);

} // namespace engine::theory
