#pragma once

#include "engine/config/preset_document.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace engine::config {

/// Where a setting enters the equations of a population.
struct Dependents {
    std::set<std::string> params; ///< "tau_m"; elements of lists as "asc_decay/0"
    bool current = false; ///< the current of its stimuli
    bool weight = false; ///< the weight of a spike that arrives
    bool dt = false;
    friend bool operator==(const Dependents&, const Dependents&) = default;
};

/// Of a path or variable as PresetDocument::set takes them. What a variable enters is found by
/// moving it a little; costs up to four readings of the preset. Pure; any thread.
Dependents dependents(
    const PresetDocument& document, std::string_view path, std::size_t population);

} // namespace engine::config
