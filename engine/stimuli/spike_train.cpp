#include "engine/stimuli/spike_train.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace engine::stimuli {

namespace {

/// A train on the grid: spikes whose stamp lies in (start, stop], equal stamps added up.
struct GridTrain {
    std::vector<core::Step> stamps;
    std::vector<double> weights;

    GridTrain(const config::Train& train, Window window, const core::TimeGrid& grid)
    {
        for (std::size_t i = 0; i < train.times_ms.size(); ++i) {
            const core::Step stamp = grid.steps(train.times_ms[i]);
            if (stamp <= window.start || stamp > window.stop) {
                continue;
            }
            if (!stamps.empty() && stamps.back() == stamp) {
                weights.back() += train.weights[i];
            } else {
                stamps.push_back(stamp);
                weights.push_back(train.weights[i]);
            }
        }
    }
    double weight(core::Step stamp) const
    {
        const auto found = std::lower_bound(stamps.begin(), stamps.end(), stamp);
        return found != stamps.end() && *found == stamp
            ? weights[static_cast<std::size_t>(found - stamps.begin())]
            : 0.0;
    }
};

class CommonTrain final : public SpikeSource {
public:
    CommonTrain(Window window, const config::Train& train, const core::TimeGrid& grid)
        : delay_(window.delay)
        , train_(train, window, grid)
    {
    }
    bool acts(core::Step k) const override
    {
        return std::binary_search(train_.stamps.begin(), train_.stamps.end(), k + 1 - delay_);
    }
    void fill(core::Step k, const core::HashedName&, std::size_t, std::size_t count,
        double* weights) const override
    {
        std::fill_n(weights, count, train_.weight(k + 1 - delay_));
    }

private:
    core::Step delay_;
    GridTrain train_;
};

class OwnTrains final : public SpikeSource {
public:
    OwnTrains(Window window, const std::map<std::uint32_t, config::Train>& trains,
        const core::TimeGrid& grid)
        : delay_(window.delay)
    {
        for (const auto& [neuron, train] : trains) {
            const GridTrain on_grid(train, window, grid);
            for (std::size_t i = 0; i < on_grid.stamps.size(); ++i) {
                spikes_.push_back({on_grid.stamps[i], neuron, on_grid.weights[i]});
            }
        }
        std::sort(spikes_.begin(), spikes_.end(), [](const Spike& x, const Spike& y) {
            return std::pair(x.stamp, x.neuron) < std::pair(y.stamp, y.neuron);
        });
    }
    bool acts(core::Step k) const override
    {
        const auto found = from(k + 1 - delay_, 0);
        return found != spikes_.end() && found->stamp == k + 1 - delay_;
    }
    void fill(core::Step k, const core::HashedName&, std::size_t first, std::size_t count,
        double* weights) const override
    {
        std::fill_n(weights, count, 0.0);
        const core::Step stamp = k + 1 - delay_;
        for (auto it = from(stamp, first);
             it != spikes_.end() && it->stamp == stamp && it->neuron < first + count; ++it) {
            weights[it->neuron - first] = it->weight;
        }
    }

private:
    struct Spike {
        core::Step stamp;
        std::uint32_t neuron;
        double weight;
    };
    std::vector<Spike>::const_iterator from(core::Step stamp, std::size_t neuron) const
    {
        return std::lower_bound(spikes_.begin(), spikes_.end(), std::pair(stamp, neuron),
            [](const Spike& s, const std::pair<core::Step, std::size_t>& place) {
                return std::pair<core::Step, std::size_t>(s.stamp, s.neuron) < place;
            });
    }
    core::Step delay_;
    std::vector<Spike> spikes_; // by stamp, then neuron
};

} // namespace

std::unique_ptr<const SpikeSource> make_spike_train(
    Window window, const config::SpikeTrain& train, const core::TimeGrid& grid)
{
    if (train.per_neuron) {
        return std::make_unique<OwnTrains>(window, *train.per_neuron, grid);
    }
    return std::make_unique<CommonTrain>(
        window, train.common ? *train.common : config::Train {}, grid);
}

} // namespace engine::stimuli
