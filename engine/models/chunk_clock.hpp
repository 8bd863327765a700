#pragma once

#include "engine/core/dispatch.hpp"
#include "engine/models/neurons.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::models {

/// Steps that each chunk of a population has done. Refractoriness is kept as the step at which it
/// ends, which a kernel only has to compare with: no counter is stored in every step.
class ChunkClock {
public:
    explicit ChunkClock(std::size_t neurons)
        : chunks_((neurons + chunk_size - 1) / chunk_size)
    {
    }

    /// Steps done before the one that begins now. A double, as wide as the state, because compilers
    /// for the baseline make vector instructions of nothing else; exact.
    double begin_step(std::size_t first) { return chunks_[first / chunk_size].steps++; }
    double now(std::size_t neuron) const { return chunks_[neuron / chunk_size].steps; }

    /// Every so many steps a kernel looks for numbers that have decayed so far that they would
    /// become denormal ones, which slow processors down.
    static bool flushes(double step) { return place(step) == 0; }

    /// The clocks' places between two flushes: what a copy of the state has to keep of them.
    std::vector<std::int32_t> places() const
    {
        std::vector<std::int32_t> places;
        for (const Chunk& chunk : chunks_) {
            places.push_back(place(chunk.steps));
        }
        return places;
    }
    void restore(const std::vector<std::int32_t>& places)
    {
        for (std::size_t c = 0; c < chunks_.size(); ++c) {
            chunks_[c].steps = places[c];
        }
    }

    /// Steps that are left until step `until` of each neuron's clock, and the reverse.
    std::vector<std::int32_t> steps_left(const std::vector<double>& until) const
    {
        std::vector<std::int32_t> left;
        for (std::size_t i = 0; i < until.size(); ++i) {
            left.push_back(static_cast<std::int32_t>(std::max(until[i] - now(i), 0.0)));
        }
        return left;
    }
    std::vector<double> until(const std::vector<std::int32_t>& left) const
    {
        std::vector<double> until;
        for (std::size_t i = 0; i < left.size(); ++i) {
            until.push_back(now(i) + left[i]);
        }
        return until;
    }

private:
    static std::int32_t place(double step)
    {
        constexpr std::int64_t flush_interval = 64;
        return static_cast<std::int32_t>(static_cast<std::int64_t>(step) % flush_interval);
    }

    struct alignas(64) Chunk { // of one thread each
        double steps = 0.0;
    };
    std::vector<Chunk> chunks_;
};

/// Sets what is so near to 0 that it would soon be a denormal number to 0.
SPIKESCOPE_INLINE void flush(double* x, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = std::fabs(x[i]) < 1e-200 ? 0.0 : x[i];
    }
}

} // namespace engine::models
