#pragma once

#include "engine/network/delivery.hpp"
#include "engine/network/synapse_stream.hpp"

// The ways of storing and delivering; see Storage.

namespace engine::network {

std::unique_ptr<Delivery> make_bit_matrix(SynapseStream& synapses);
std::unique_ptr<Delivery> make_counted_lists(SynapseStream& synapses);
std::unique_ptr<Delivery> make_weighted_lists(SynapseStream& synapses);
std::unique_ptr<Delivery> make_dense_rows(SynapseStream& synapses);
/// How the individual weights of synapses are kept.
enum class Weights : std::uint8_t {
    none, ///< one for all
    single_precision, ///< as they are drawn
    double_precision, ///< as they are given in a file
};
std::unique_ptr<Delivery> make_delayed_lists(SynapseStream& synapses, Weights weights);

/// Number of spikes with these stamps.
std::size_t count_spikes(const SpikeRing& spikes, const Stamps& stamps);

} // namespace engine::network
