#include "engine/stimuli/poisson_source.hpp"

#include "engine/core/poisson.hpp"
#include "engine/core/random.hpp"
#include "engine/models/neurons.hpp"

#include <algorithm>
#include <array>

namespace engine::stimuli {

namespace {

/// Independent numbers of spikes in each step. The words of a step belong to (chunk, stamp):
/// another rate makes other counts of the same words.
class PoissonSource final : public SpikeSource, public CountedSource {
public:
    PoissonSource(Window window, const config::Poisson& poisson, const core::TimeGrid& grid,
        std::uint64_t seed, const std::string& key)
        : window_(window)
        , weight_(poisson.weight)
        , shared_(poisson.shared)
        , table_(mean_of(poisson, grid))
        , silent_(!(poisson.rate_hz > 0.0))
        , seed_(seed)
        , key_(key)
        , nobody_()
    {
    }
    bool acts(core::Step k) const override
    {
        const core::Step stamp = k + 1 - window_.delay;
        return !silent_ && stamp > window_.start && stamp <= window_.stop;
    }
    void fill(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, double* weights) const override
    {
        if (table_.fits_byte()) {
            sums<std::uint8_t>(k, population, first, count, weights);
        } else {
            sums<std::uint32_t>(k, population, first, count, weights);
        }
    }
    const CountedSource* counted() const override { return table_.fits_byte() ? this : nullptr; }
    double weight() const override { return weight_; }
    void counts(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, std::uint8_t* counts) const override
    {
        draw(k, population, first, count, counts);
    }

private:
    static double mean_of(const config::Poisson& poisson, const core::TimeGrid& grid)
    {
        return std::max(poisson.rate_hz, 0.0) * grid.dt_ms() / 1000.0;
    }
    template <class Count>
    void draw(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, Count* counts) const
    {
        if (!acts(k)) {
            std::fill_n(counts, count, Count {0});
            return;
        }
        const auto stamp = static_cast<std::uint64_t>(k + 1 - window_.delay);
        if (shared_) {
            const core::StreamKey stream(seed_, core::Purpose::poisson, nobody_, key_);
            Count one = 0;
            table_.fill(stream.member(0, stamp), 1, &one);
            std::fill_n(counts, count, one);
            return;
        }
        const core::StreamKey stream(seed_, core::Purpose::poisson, population, key_);
        table_.fill(stream.member(first / models::chunk_size, stamp), count, counts);
    }
    template <class Count>
    void sums(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, double* weights) const
    {
        std::array<Count, models::chunk_size> counts;
        draw(k, population, first, count, counts.data());
        for (std::size_t i = 0; i < count; ++i) {
            weights[i] = counts[i] * weight_;
        }
    }

    Window window_;
    double weight_;
    bool shared_;
    core::PoissonTable table_;
    bool silent_;
    std::uint64_t seed_;
    core::HashedName key_;
    core::HashedName nobody_; ///< in place of a population where all get the same
};

} // namespace

std::unique_ptr<const SpikeSource> make_poisson_source(Window window,
    const config::Poisson& poisson, const core::TimeGrid& grid, std::uint64_t seed,
    const std::string& key)
{
    return std::make_unique<PoissonSource>(window, poisson, grid, seed, key);
}

} // namespace engine::stimuli
