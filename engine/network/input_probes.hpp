#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/network/arrivals.hpp"
#include "engine/recording/recorder.hpp"

#include <cstddef>
#include <vector>

namespace engine::network {

/// Adds up what arrives at some neurons in each step of a batch, as the chunks gather it: the very
/// counts and weights that act on them. Chunks may be told by different threads at the same time;
/// what belongs to one is written by its thread alone.
class InputProbes {
public:
    InputProbes(const std::vector<analysis::InputRequest>& requests,
        const std::vector<recording::Recorder::Span>& spans);

    void begin_batch(core::Step begin, core::Step end);
    bool watches(std::size_t chunk) const { return !of_chunk_[chunk].empty(); }
    /// A term of what arrives at a chunk in step k; `arrivals` begin at the chunk's first neuron.
    void add_stimulus(std::size_t chunk, core::Step k, const Term& term);
    void add_projection(std::size_t chunk, core::Step k, const Term& term);

    const analysis::SynapticInput& at(std::size_t request, core::Step k) const
    {
        return sums_[request][static_cast<std::size_t>(k - begin_)];
    }

private:
    struct Probe {
        std::size_t request;
        std::size_t place; ///< within the chunk
    };
    analysis::SynapticInput& of(const Probe& probe, core::Step k)
    {
        return sums_[probe.request][static_cast<std::size_t>(k - begin_)];
    }

    std::vector<std::vector<Probe>> of_chunk_;
    std::vector<std::vector<analysis::SynapticInput>> sums_; ///< by request and step
    core::Step begin_ = 0;
};

} // namespace engine::network
