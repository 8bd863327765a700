#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/models/description.hpp"

#include <string>

namespace app::cli {

/// What distinguishes the Brunel networks of the benchmark. Weights and delay as in a preset.
struct BrunelNetwork {
    double g = 5.0; ///< inhibitory weight / excitatory weight
    double N_E = 10000.0; ///< excitatory neurons, four for each inhibitory one
    std::string excitatory_weight = R"("J")";
    std::string inhibitory_weight = R"("-g * J")";
    std::string delay = "1.5";
};

/// The networks that speed is measured with. None says what to record: that is the default of the
/// format, all spikes and the first neuron's variables.
engine::config::PresetDocument brunel_network(const BrunelNetwork& network);
/// Izhikevich 2003: 1000 neurons, all to all, individual weights, noise, steps of 1 ms.
engine::config::PresetDocument izhikevich_all_to_all();
/// 100,000 neurons with 100 inputs each, delays of 1 to 20 ms, 2 Hz, steps of 1 ms.
engine::config::PresetDocument izhikevich_sparse();
/// One neuron under constant current with every switch on, all its recordables kept in every step.
engine::config::PresetDocument single_neuron(const engine::models::ModelDescription& model);

} // namespace app::cli
