#include "engine/stimuli/poisson_source.hpp"

#include "engine/core/poisson.hpp"
#include "engine/core/random.hpp"
#include "engine/models/neurons.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::stimuli {

namespace {

/// Independent numbers of spikes in each step. The words of a step belong to (chunk, stamp):
/// another rate makes other counts of the same words.
class PoissonSource final : public SpikeSource {
public:
    PoissonSource(Window window, const config::Poisson& poisson, const core::TimeGrid& grid,
        std::uint64_t seed, std::string key)
        : window_(window)
        , weight_(poisson.weight)
        , shared_(poisson.shared)
        , table_(mean_of(poisson, grid))
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
            std::uint32_t one = 0;
            table_.fill(stream.member(0, stamp), 1, &one);
            std::fill_n(weights, count, one * weight_);
            return;
        }
        const core::StreamKey stream(seed_, core::Purpose::poisson, population, key_);
        std::array<std::uint32_t, models::chunk_size> counts;
        table_.fill(stream.member(first / models::chunk_size, stamp), count, counts.data());
        for (std::size_t i = 0; i < count; ++i) {
            weights[i] = counts[i] * weight_;
        }
    }

private:
    static double mean_of(const config::Poisson& poisson, const core::TimeGrid& grid)
    {
        return std::max(poisson.rate_hz, 0.0) * grid.dt_ms() / 1000.0;
    }
    Window window_;
    double weight_;
    bool shared_;
    core::PoissonTable table_;
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
