#pragma once

#include "engine/network/synapse_stream.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

// Synapses in memory, where the engine hands them on in batches.

namespace test_support {

/// Synapses onto one block, place by place within the list of a source.
struct Synapses {
    std::vector<std::uint32_t> source;
    std::vector<std::uint16_t> target; ///< counted from the block's first neuron
    std::vector<double> weight; ///< relative; empty where the projection has one weight
    std::vector<std::uint16_t> delay; ///< in steps; empty where the projection has one delay

    std::size_t size() const { return source.size(); }
};

/// Hands listed synapses on, in batches of uneven length.
class ListedSynapses final : public engine::network::SynapseStream {
public:
    ListedSynapses(std::uint32_t sources, std::uint32_t targets, Synapses synapses)
        : sources_(sources)
        , targets_(targets)
        , synapses_(std::move(synapses))
    {
    }
    std::uint32_t sources() const override { return sources_; }
    std::uint32_t targets() const override { return targets_; }
    void for_each(engine::network::Columns columns, double, const Take& take) override
    {
        const bool all = columns == engine::network::Columns::all;
        std::size_t length = 1;
        for (std::size_t first = 0; first < synapses_.size(); first += length) {
            length = std::min(length * 3, synapses_.size() - first);
            engine::network::SynapseBatch batch;
            batch.source = part(synapses_.source, first, length);
            batch.target = part(synapses_.target, first, length);
            if (all && !synapses_.weight.empty()) {
                batch.weight = part(synapses_.weight, first, length);
            }
            if (all && !synapses_.delay.empty()) {
                batch.delay = part(synapses_.delay, first, length);
            }
            take(batch);
        }
    }

private:
    template <class T>
    static std::span<const T> part(const std::vector<T>& x, std::size_t first, std::size_t length)
    {
        return std::span(x).subspan(first, length);
    }
    std::uint32_t sources_;
    std::uint32_t targets_;
    Synapses synapses_;
};

/// What a stream hands over.
inline Synapses listed(engine::network::SynapseStream& stream)
{
    Synapses out;
    stream.for_each(
        engine::network::Columns::all, 1.0, [&](const engine::network::SynapseBatch& batch) {
            out.source.insert(out.source.end(), batch.source.begin(), batch.source.end());
            out.target.insert(out.target.end(), batch.target.begin(), batch.target.end());
            out.weight.insert(out.weight.end(), batch.weight.begin(), batch.weight.end());
            out.delay.insert(out.delay.end(), batch.delay.begin(), batch.delay.end());
        });
    return out;
}

} // namespace test_support
