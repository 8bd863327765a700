#include "engine/stimuli/poisson_source.hpp"

#include "engine/core/random.hpp"
#include "engine/models/neurons.hpp"
#include "engine/stimuli/poisson_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace engine::stimuli {

namespace {

/// Independent numbers of spikes in each step. The words of a step belong to (chunk, stamp, part of
/// the mean), one for each neuron: another rate makes other counts of the same words.
class PoissonSource final : public SpikeSource {
public:
    PoissonSource(Window window, const config::Poisson& poisson, const core::TimeGrid& grid,
        std::uint64_t seed, std::string key)
        : window_(window)
        , weight_(poisson.weight)
        , shared_(poisson.shared)
        , parts_(static_cast<std::uint64_t>(
              std::max(1.0, std::ceil(mean_of(poisson, grid) / PoissonLaw::largest_mean))))
        , law_(mean_of(poisson, grid) / static_cast<double>(parts_))
        , silent_(!(poisson.rate_hz > 0.0))
        , seed_(seed)
        , key_(std::move(key))
    {
    }
    bool acts(core::Step k) const override
    {
        const core::Step stamp = k + 1 - window_.delay;
        return !silent_ && stamp > window_.start && stamp <= window_.stop;
    }
    void fill(core::Step k, std::string_view population, std::size_t first, std::size_t count,
        double* weights) const override
    {
        if (!acts(k)) {
            std::fill_n(weights, count, 0.0);
            return;
        }
        const auto stamp = static_cast<std::uint64_t>(k + 1 - window_.delay);
        if (shared_) {
            const core::StreamKey stream(seed_, core::Purpose::poisson, {}, key_);
            std::array<std::uint32_t, 1> one {};
            add_counts(stream, 0, stamp, one.data(), 1);
            std::fill_n(weights, count, one[0] * weight_);
            return;
        }
        const core::StreamKey stream(seed_, core::Purpose::poisson, population, key_);
        std::array<std::uint32_t, models::chunk_size> counts;
        std::fill_n(counts.begin(), count, 0U);
        add_counts(stream, first / models::chunk_size, stamp, counts.data(), count);
        for (std::size_t i = 0; i < count; ++i) {
            weights[i] = counts[i] * weight_;
        }
    }

private:
    static double mean_of(const config::Poisson& poisson, const core::TimeGrid& grid)
    {
        return std::max(poisson.rate_hz, 0.0) * grid.dt_ms() / 1000.0;
    }
    void add_counts(const core::StreamKey& stream, std::uint64_t chunk, std::uint64_t stamp,
        std::uint32_t* counts, std::size_t n) const
    {
        for (std::uint64_t part = 0; part < parts_; ++part) {
            core::Random random(stream.member(chunk + (part << 32), stamp));
            for (std::size_t i = 0; i < n; ++i) {
                counts[i] += law_.count(random.next());
            }
        }
    }
    Window window_;
    double weight_;
    bool shared_;
    std::uint64_t parts_; ///< draws of one step, each with a mean that the law can take
    PoissonLaw law_;
    bool silent_;
    std::uint64_t seed_;
    std::string key_;
};

} // namespace

std::unique_ptr<const SpikeSource> make_poisson_source(Window window,
    const config::Poisson& poisson, const core::TimeGrid& grid, std::uint64_t seed, std::string key)
{
    return std::make_unique<PoissonSource>(window, poisson, grid, seed, std::move(key));
}

} // namespace engine::stimuli
