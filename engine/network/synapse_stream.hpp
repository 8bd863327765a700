#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace engine::network {

/// Some synapses onto one block. Spans of the same length, or empty where said.
struct SynapseBatch {
    std::span<const std::uint32_t> source;
    std::span<const std::uint16_t> target; ///< counted from the block's first neuron
    std::span<const double> weight; ///< relative; empty where the projection has one weight
    std::span<const std::uint16_t> delay; ///< in steps; empty where the projection has one delay
    /// Eight targets in turn: synapse i is onto target[0] + i % 8, target[0] a multiple of 8.
    bool octet = false;
    static constexpr std::size_t lanes = 8;

    std::size_t size() const { return source.size(); }
};

/// What a pass over synapses is to bring.
enum class Columns : std::uint8_t {
    pairs, ///< sources and targets alone; cheaper where weights and delays are drawn
    all,
};

/// The synapses of one projection onto one block of targets, handed over in batches that stay in
/// the first cache, so that they are nowhere in memory but where a Delivery puts them. A storage
/// that has to know the lengths of its lists goes over them twice.
class SynapseStream {
public:
    virtual ~SynapseStream() = default;

    virtual std::uint32_t sources() const = 0; ///< neurons of the source population
    virtual std::uint32_t targets() const = 0; ///< neurons of the block, at most 65536

    /// Hands all synapses over, in the same order each time it is called. Synapses of the same
    /// source and target come in the order of their places in the source's list; beyond that the
    /// order says nothing. `share`: how much of the work of building this pass is, for the display
    /// of progress; the shares of all passes add up to 1, and less says that another pass follows.
    /// Throws core::Cancelled.
    using Take = std::function<void(const SynapseBatch&)>;
    virtual void for_each(Columns columns, double share, const Take& take) = 0;
};

} // namespace engine::network
