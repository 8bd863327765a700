#pragma once

#include "engine/network/delivery.hpp"
#include "engine/network/synapse_stream.hpp"

// The ways of storing and delivering; see Storage.

namespace engine::network {

std::unique_ptr<Delivery> make_bit_matrix(SynapseStream& synapses);
std::unique_ptr<Delivery> make_counted_lists(SynapseStream& synapses);
std::unique_ptr<Delivery> make_weighted_lists(SynapseStream& synapses);
std::unique_ptr<Delivery> make_dense_rows(SynapseStream& synapses);
/// Weights in single precision, as drawn; all 1 where the synapses have none.
std::unique_ptr<Delivery> make_delayed_lists(SynapseStream& synapses);
/// Weights in double precision, as given in a file.
std::unique_ptr<Delivery> make_delayed_lists_exact(SynapseStream& synapses);

/// Number of spikes with these stamps.
std::size_t count_spikes(const SpikeRing& spikes, const Stamps& stamps);

} // namespace engine::network
