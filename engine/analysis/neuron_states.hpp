#pragma once

#include "engine/core/time_grid.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engine::analysis {

/// Time since the last spike of a neuron [ms]: told like a recordable, of every model. NaN where no
/// spike is known.
inline constexpr std::string_view since_spike = "since_spike";

/// A variable of every neuron of a network in one moment.
struct NeuronStates {
    struct Population {
        std::string unit; ///< empty where dimensionless
        std::vector<double> values; ///< by neuron; empty where the model has no such variable
    };
    core::Step step = 0; ///< stamp: steps done
    std::string variable; ///< name of a recordable, or since_spike
    std::vector<Population> populations; ///< in the order of the file
};

} // namespace engine::analysis
