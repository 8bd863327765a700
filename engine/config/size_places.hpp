#pragma once

#include "engine/config/size_scaling.hpp"

namespace engine::config {

/// A number of an experiment that goes with the size of the network.
struct SizePlace {
    enum class What { size, connections, weight, poisson_rate, poisson_weight };
    What what = What::size;
    std::size_t index = 0; ///< of the population, projection or stimulus
    std::string path; ///< for PresetDocument::set; of a drawn weight the path of its scale
    double wanted = 0.0; ///< value that it is to have
    bool whole = false;

    double of(const Experiment& experiment) const;
    void put(Experiment& experiment, double value) const;
    /// Whether it has the wanted value, up to rounding.
    bool reached(const Experiment& experiment) const;
};

/// All of them, with what they are to be. Errors where a part of the network cannot follow.
std::vector<SizePlace> size_places(
    const Experiment& experiment, double factor, SizeKept kept, core::Diagnostics& errors);

} // namespace engine::config
