#pragma once

#include "engine/network/delivery.hpp"

// The ways of storing and delivering; see Storage.

namespace engine::network {

std::unique_ptr<Delivery> make_counted_lists(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses);
std::unique_ptr<Delivery> make_weighted_lists(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses);
std::unique_ptr<Delivery> make_dense_rows(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses);
/// Weights in single precision, as drawn; all 1 where the synapses have none.
std::unique_ptr<Delivery> make_delayed_lists(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses);
/// Weights in double precision, as given in a file.
std::unique_ptr<Delivery> make_delayed_lists_exact(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses);

/// Number of spikes with these stamps.
std::size_t count_spikes(const SpikeRing& spikes, const Stamps& stamps);

} // namespace engine::network
