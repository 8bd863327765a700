#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

// Storage of a History: pieces of fixed capacity that are filled once and then only read.

namespace engine::recording {

/// Samples of one trace group at first_stamp, first_stamp + interval, ... Memory is never moved, so
/// that readers copy published rows while the writer adds others behind them.
struct TraceSegment {
    TraceSegment(core::Step first, std::size_t columns, std::size_t row_capacity)
        : first_stamp(first)
        , capacity(row_capacity)
        , values(new double[columns * row_capacity])
        , bytes(columns * row_capacity * sizeof(double))
    {
    }
    core::Step first_stamp;
    std::size_t capacity;
    std::size_t rows = 0; ///< written; belongs to the writer
    std::unique_ptr<double[]> values;
    std::size_t bytes;
};

/// A spike in 8 bytes: its step counts from the segment's first stamp.
struct PackedSpike {
    std::uint16_t offset;
    std::uint16_t population;
    std::uint32_t neuron;
};

struct SpikeSegment {
    SpikeSegment(core::Step first, std::size_t spike_capacity)
        : first_stamp(first)
        , last_stamp(first)
        , capacity(spike_capacity)
        , spikes(new PackedSpike[spike_capacity])
        , bytes(spike_capacity * sizeof(PackedSpike))
    {
    }
    core::Step first_stamp;
    core::Step last_stamp; ///< of the newest spike; belongs to the writer
    std::size_t capacity;
    std::size_t count = 0; ///< written; belongs to the writer
    std::unique_ptr<PackedSpike[]> spikes;
    std::size_t bytes;
};

/// What a reader may see of a segment: fixed under the mutex, the memory behind it never changes.
template <class Segment> struct Published {
    std::shared_ptr<const Segment> segment;
    std::size_t count = 0; ///< rows or spikes
    core::Step last_stamp = 0; ///< of the last of these
};

} // namespace engine::recording
