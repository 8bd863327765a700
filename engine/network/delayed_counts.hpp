#pragma once

#include "engine/network/delayed_synapses.hpp"

#include <memory>

namespace engine::network {

/// Whether the counts of all steps to come stay in the second cache, so that make_delayed_counts()
/// is worth it.
bool delayed_counts_fit(const DelayedSynapses<Unweighted>& synapses);

/// Individual delays, one weight: the spikes of a step are added to the counts of all steps in
/// which they arrive.
std::unique_ptr<Delivery> make_delayed_counts(DelayedSynapses<Unweighted> synapses);

} // namespace engine::network
