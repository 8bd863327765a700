#include "engine/analysis/chosen_spikes.hpp"

#include <algorithm>
#include <utility>

namespace engine::analysis {

namespace {

// For what a neuron is looked at: bits.
constexpr unsigned train = 1;
constexpr unsigned pair = 2;
constexpr unsigned network_pair = 4;

} // namespace

PopulationSelection::PopulationSelection(
    std::size_t size, Choice trains, Choice pairs, Choice network_pairs)
    : trains_(std::move(trains))
    , pairs_(std::move(pairs))
    , network_pairs_(std::move(network_pairs))
    , looked_at_(size, 0)
{
    for (std::uint32_t neuron = 0; neuron < size; ++neuron) {
        const auto bit = [neuron](const Choice& choice, unsigned what) {
            return choice.slot(neuron) != Choice::none ? what : 0U;
        };
        looked_at_[neuron] = static_cast<std::uint8_t>((trains_.all() ? 0U : bit(trains_, train))
            | bit(pairs_, pair) | bit(network_pairs_, network_pair));
    }
}

ChosenSpikes SpikeSelector::select(
    const PopulationSelection& selection, std::span<const std::uint32_t> neurons)
{
    trains_.clear();
    pairs_.clear();
    network_pairs_.clear();
    // First without branches, because which neurons fire cannot be predicted.
    hits_.resize(std::max(hits_.size(), neurons.size()));
    const std::uint8_t* bits = selection.looked_at_.data();
    std::uint32_t* hits = hits_.data();
    std::size_t count = 0;
    for (const std::uint32_t neuron : neurons) {
        hits[count] = neuron;
        count += bits[neuron] != 0 ? 1U : 0U;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t neuron = hits[i];
        const unsigned looked_at = bits[neuron];
        if ((looked_at & train) != 0) {
            trains_.push_back(selection.trains_.slot(neuron));
        }
        if ((looked_at & pair) != 0) {
            pairs_.push_back(selection.pairs_.slot(neuron));
        }
        if ((looked_at & network_pair) != 0) {
            network_pairs_.push_back(selection.network_pairs_.slot(neuron));
        }
    }
    return {neurons.size(),
        selection.trains_.all() ? neurons : std::span<const std::uint32_t>(trains_), pairs_,
        network_pairs_};
}

} // namespace engine::analysis
