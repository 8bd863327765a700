#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/models/glif_group.hpp"
#include "engine/models/neurons.hpp"
#include "engine/models/param_columns.hpp"

#include <cstdint>
#include <vector>

namespace engine::models {

// What the generalised leaky integrate-and-fire models share: threshold, after-spike currents,
// spike and reset. The voltage is advanced by the model itself.
//   dI_j/dt = -k_j I_j                               after-spike currents (ASC)
//   dTheta_s/dt = -b_s Theta_s                       threshold moved by spikes (R)
//   dTheta_v/dt = a_v (V - E_L) - b_v Theta_v        threshold that follows the voltage (A)
//   V > V_th + Theta_s + Theta_v: spike
// Method: exact over a step; the decay during refractoriness is applied at the spike.
// Source: Teeter et al. 2018, doi:10.1038/s41467-017-02717-4; order of a step as in NEST.

class Glif {
public:
    /// `conductance` is the name of the membrane conductance, in which the models differ.
    Glif(std::size_t size, double dt_ms, std::string_view conductance, const ParamTable& params,
        const InitTable& init);

    /// A shorter t_ref ends refractoriness that has lasted longer.
    void set_params(const ParamTable& params);

    std::size_t size() const { return V_m_.size(); }
    double dt_ms() const { return grid_.dt_ms(); }

    const Constants<GlifConstants>& constants() const { return constants_; }

    /// Begins a step of the chunk from neuron `first` on.
    GlifChunk begin_step(std::size_t first, std::size_t count);

    double V_m(std::size_t neuron) const { return V_m_[neuron]; }
    double threshold_spike(std::size_t neuron) const { return theta_s_[neuron]; }
    double threshold_voltage(std::size_t neuron) const { return theta_v_[neuron]; }
    double threshold(std::size_t neuron) const; ///< absolute [mV]
    /// Sum of the after-spike currents, mean over the last step that was not refractory [pA].
    double asc_sum(std::size_t neuron) const { return asc_sum_[neuron]; }

    double* state(std::string_view name, std::size_t neuron);

    /// Columns in front of those of the model.
    Neurons::State copy_state() const;
    /// Returns the number of columns of reals that it has taken.
    std::size_t restore(const Neurons::State& state);

private:
    core::TimeGrid grid_;
    std::string_view conductance_;
    bool spike_dependent_threshold_ = false;
    bool after_spike_currents_ = false;
    bool adapting_threshold_ = false;
    Constants<GlifConstants> constants_;
    AfterSpikeCurrents currents_;
    std::vector<double> asc_kept_; ///< fraction kept at a spike; of each neuron in turn, or of one

    ChunkClock clock_;
    std::vector<double> V_m_; ///< [mV]
    std::vector<double> theta_s_; ///< [mV]
    std::vector<double> theta_v_; ///< [mV]
    std::vector<double> asc_sum_; ///< [pA]
    std::vector<double> asc_; ///< [pA], of all neurons for each current in turn
    std::vector<double> held_until_; ///< step of the clock at which refractoriness ends
};

/// Parameters of a GLIF model; with reversal potentials for conductance synapses.
std::vector<ParamSpec> glif_parameters(
    const std::string& conductance, const std::vector<double>& tau_syn, bool reversal_potentials);
std::vector<StateSpec> glif_states(const ParamValues&);
/// Ports 1 ... n for spikes, 0 for currents.
std::vector<PortSpec> glif_ports(
    const ParamValues&, const std::string& weight_meaning, const std::string& weight_unit);
/// The conditions that every level has to meet.
std::vector<Violation> glif_check(const ParamValues&, const std::string& conductance);
/// Equations of the levels that the flags switch on, with conductances ...
Equations glif_cond_equations(const ParamValues&);
/// ... or currents as synapses.
Equations glif_psc_equations(const ParamValues&);
/// Recordables behind those of the voltage and the synapses, in the order threshold,
/// threshold_spike, threshold_voltage, ASCurrents_sum.
std::vector<RecordableSpec> glif_threshold_recordables();
/// The value of one of them.
double glif_threshold_value(const Glif& glif, std::size_t index, std::size_t neuron);

/// (1 - exp(-x)) / x, 1 at x = 0.
double mean_decay(double x);

} // namespace engine::models
