#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/network/arrivals.hpp"
#include "engine/network/bit_planes.hpp"
#include "engine/network/list_walk.hpp"
#include "engine/network/spike_ring.hpp"
#include "engine/network/synapse_stream.hpp"
#include "engine/network/synapses.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace engine::network {

/// Rows of bits of one step, some of Scratch::rows.
struct RowTile {
    std::size_t step = 0; ///< of the batch
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Working memory of a thread.
struct Scratch {
    std::vector<const std::uint64_t*> rows; ///< of bits
    std::vector<RowTile> tiles;
    BitPlanes planes;
    std::vector<SourceList> lists;
    std::vector<std::uint32_t> sources; ///< with extras in a table
};

/// The synapses of one projection onto one block of targets, and how its spikes are delivered.
/// Weights are relative: the projection's weight (or scale) multiplies the sum, so that it can
/// change at any time. Used by one thread at a time.
class Delivery {
public:
    virtual ~Delivery() = default;

    /// Where each synapse has its own delay: takes the spikes with from < stamp <= to on their way.
    /// Must have seen every spike before it can arrive.
    virtual void send(const SpikeRing& spikes, core::Step from, core::Step to);
    /// What arrives at the end of each step of the batch: with one delay for all, of the spikes of
    /// its stamps. `to` has begun with these steps; rows that are not written bring nothing.
    virtual void gather(
        const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to, Scratch& scratch)
        = 0;

    virtual std::uint64_t synapses() const = 0;
    virtual std::size_t bytes() const = 0;
    /// Shortest and longest delay where each synapse has its own; {0, 0} otherwise.
    struct Delays {
        core::Step shortest = 0;
        core::Step longest = 0;
    };
    virtual Delays delays() const { return {}; }

    /// Sums on their way, by stamp of arrival; empty where spikes are looked up when they arrive.
    struct Pending {
        std::vector<double> sums;
        std::vector<core::Step> stamps;
    };
    virtual Pending pending() const;
    virtual void set_pending(const Pending& pending, core::Step now);
};

/// How a projection is stored.
enum class Storage {
    none, ///< all to all with one weight and delay: the number of spikes is enough
    bit_matrix, ///< one weight and delay, dense: a bit for each pair
    counted_lists, ///< one weight and delay: targets of each source
    weighted_lists, ///< one delay, individual weights
    dense_rows, ///< the same, all to all: a row of weights for each source
    delayed_lists, ///< individual delays
};
/// The part of an all_to_all projection with one weight and one delay onto a block.
std::unique_ptr<Delivery> make_all_to_all(const ProjectionSite& site, const TargetRange& range);
/// Any other part, from its synapses. Throws core::Cancelled.
std::unique_ptr<Delivery> make_delivery(
    Storage storage, const ProjectionSite& site, const TargetRange& range, SynapseStream& synapses);

} // namespace engine::network
