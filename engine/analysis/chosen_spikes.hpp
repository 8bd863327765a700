#pragma once

#include "engine/analysis/even_choice.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::analysis {

/// Spikes of a population at one stamp, and which of them belong to neurons that are looked at, by
/// the numbers that these have there.
struct ChosenSpikes {
    std::size_t count = 0; ///< of all neurons
    std::span<const std::uint32_t> trains;
    std::span<const std::uint32_t> pairs;
    std::span<const std::uint32_t> network_pairs;
};

/// Which neurons of a population its statistics look at. Immutable.
class PopulationSelection {
public:
    PopulationSelection(std::size_t size, Choice trains, Choice pairs, Choice network_pairs);

    const Choice& trains() const { return trains_; }
    const Choice& pairs() const { return pairs_; }
    const Choice& network_pairs() const { return network_pairs_; }

private:
    friend class SpikeSelector;
    Choice trains_;
    Choice pairs_;
    Choice network_pairs_; ///< among the neurons of the whole network
    std::vector<std::uint8_t> looked_at_; ///< by neuron: for what, as bits
};

/// Finds the chosen ones among spikes, once for all windows that look at them. Keeps its memory
/// from call to call; one thread at a time.
class SpikeSelector {
public:
    /// Valid until the next call, and as long as `neurons` is.
    ChosenSpikes select(
        const PopulationSelection& selection, std::span<const std::uint32_t> neurons);

private:
    std::vector<std::uint32_t> hits_; ///< neurons that are looked at for something
    std::vector<std::uint32_t> trains_;
    std::vector<std::uint32_t> pairs_;
    std::vector<std::uint32_t> network_pairs_;
};

} // namespace engine::analysis
