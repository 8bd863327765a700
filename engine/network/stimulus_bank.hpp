#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/network/synapses.hpp"
#include "engine/stimuli/current_source.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace engine::network {

/// A stimulus and those of its targets that lie in one block, in file order.
struct StimulusUse {
    std::size_t stimulus = 0;
    int port = 0;
    bool all = true;
    std::vector<std::uint32_t> within; ///< where not all: targets counted from the block's first
};

/// The running stimuli of an experiment.
class StimulusBank {
public:
    StimulusBank(const config::Experiment& experiment, const core::TimeGrid& grid);

    /// Takes changed, added and removed stimuli; those that are the same stay as they are.
    void apply(const config::Experiment& before, const config::Experiment& after);

    const stimuli::CurrentSource* current(std::size_t stimulus) const
    {
        return items_[stimulus].current.get();
    }
    const stimuli::SpikeSource* spikes(std::size_t stimulus) const
    {
        return items_[stimulus].spikes.get();
    }

private:
    struct Item {
        std::unique_ptr<const stimuli::CurrentSource> current; ///< one of the two
        std::unique_ptr<const stimuli::SpikeSource> spikes;
    };
    Item make(const config::Experiment& experiment, std::size_t stimulus) const;
    core::TimeGrid grid_;
    std::vector<Item> items_;
};

/// Uses of current or spike stimuli in a range of a population.
std::vector<StimulusUse> stimulus_uses(const config::Experiment& experiment, std::size_t population,
    const TargetRange& range, bool currents);

/// Whether the stimuli of both act on the same neurons in the same way.
bool same_stimulus_uses(const config::Experiment& before, const config::Experiment& after);

/// Calls action(i) for those of the targets that lie in [first, first + count) of the block; i
/// counts from `first`.
template <class Action>
void for_targets(const StimulusUse& use, std::size_t first, std::size_t count, Action action)
{
    if (use.all) {
        for (std::size_t i = 0; i < count; ++i) {
            action(i);
        }
        return;
    }
    for (auto it = std::lower_bound(use.within.begin(), use.within.end(), first);
         it != use.within.end() && *it < first + count; ++it) {
        action(*it - first);
    }
}

} // namespace engine::network
