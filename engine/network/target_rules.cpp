#include "engine/network/target_rules.hpp"

#include "engine/core/numerics.hpp"
#include "engine/network/row_numbers.hpp"
#include "engine/network/rule_stream.hpp"
#include "engine/network/synapse_draws.hpp"
#include "engine/network/synapse_tile.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace engine::network {

namespace {

constexpr std::size_t lanes = LaneRandom::lanes;

core::StreamKey key_of(const ProjectionSite& site)
{
    return {site.seed, core::Purpose::connectivity, site.target_name, site.projection->key};
}

/// Sources that a target can have. Without autapses the numbers from the target's own on stand for
/// the next neuron.
std::uint32_t available_sources(const ProjectionSite& site)
{
    return site.sources - (site.without_autapses() && site.sources > 0 ? 1U : 0U);
}

/// Rows of all_to_all.
class EverySource {
public:
    explicit EverySource(const ProjectionSite& site)
        : length_(available_sources(site))
    {
    }
    std::uint64_t length() const { return length_; }
    void begin(std::uint64_t) { next_ = 0; }
    void next(std::size_t columns, std::uint32_t* to)
    {
        for (std::size_t j = 0; j < columns; ++j) {
            std::fill_n(to + j * lanes, lanes, next_++);
        }
    }

private:
    std::uint64_t length_;
    std::uint32_t next_ = 0;
};

/// Rows of fixed_indegree.
class DrawnSources {
public:
    explicit DrawnSources(const ProjectionSite& site)
        : length_(std::get<config::FixedIndegree>(site.projection->rule).indegree)
        , numbers_(
              key_of(site), available_sources(site), length_, !site.projection->allow_multapses)
    {
    }
    std::uint64_t length() const { return length_; }
    void begin(std::uint64_t first) { numbers_.begin(first); }
    void next(std::size_t columns, std::uint32_t* to) { numbers_.next(columns, to); }

private:
    std::uint64_t length_;
    RowNumbers numbers_;
};

/// Removes the lanes behind the first `wide`.
template <class T> void keep_lanes(T* x, std::size_t columns, std::size_t wide)
{
    for (std::size_t j = 0; j < columns && wide < lanes; ++j) {
        std::copy_n(x + j * lanes, wide, x + j * wide);
    }
}

/// Targets with the same number of sources, eight at a time.
template <class Sources> class EqualRows final : public RuleStream {
public:
    EqualRows(const ProjectionSite& site, const SynapseDraws& draws, const TargetRange& range,
        BuildProgress& progress)
        : RuleStream(site, range, progress)
        , draws_(draws)
        , sources_of_(site)
    {
    }

private:
    void generate(Columns columns, const Take& take) override
    {
        for (std::uint32_t target = 0; target < range_.count; target += lanes) {
            generate_lanes(target, columns, take);
        }
    }
    void generate_lanes(std::uint32_t target, Columns wanted, const Take& take)
    {
        const bool weights = wanted == Columns::all && draws_.weights();
        const bool delays = wanted == Columns::all && draws_.delays();
        const std::size_t wide = std::min<std::size_t>(lanes, range_.count - target);
        const std::uint64_t row = std::uint64_t {range_.first} + target;
        const std::uint64_t length = sources_of_.length();
        sources_of_.begin(row);
        SynapseDraws::Rows drawn(draws_, row);
        const std::size_t most = std::min<std::uint64_t>(length, tile_columns);
        for (std::size_t i = 0; i < most * wide; ++i) {
            tile_.target[i] = static_cast<std::uint16_t>(target + i % wide);
        }
        for (std::uint64_t column = 0; column < length; column += tile_columns) {
            const std::size_t columns = std::min<std::uint64_t>(length - column, tile_columns);
            const std::size_t size = columns * wide;
            sources_of_.next(columns, tile_.source.data());
            keep_lanes(tile_.source.data(), columns, wide);
            if (site_.without_autapses()) {
                step_over_own(size);
            }
            if (weights) {
                drawn.weights(columns, tile_.weight.data());
                keep_lanes(tile_.weight.data(), columns, wide);
            }
            if (delays) {
                drawn.delays(columns, tile_.delay.data());
                keep_lanes(tile_.delay.data(), columns, wide);
            }
            SynapseBatch batch = tile_.batch(size, weights, delays);
            batch.octet = wide == lanes;
            take(batch);
        }
    }
    void step_over_own(std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t own = range_.first + tile_.target[i];
            tile_.source[i] += tile_.source[i] >= own ? 1U : 0U;
        }
    }

    const SynapseDraws& draws_;
    Sources sources_of_;
    SynapseTile tile_;
};

/// Every target from the source with its number.
class OneToOne final : public RuleStream {
public:
    OneToOne(const ProjectionSite& site, const SynapseDraws& draws, const TargetRange& range,
        BuildProgress& progress)
        : RuleStream(site, range, progress)
        , draws_(draws)
    {
    }

private:
    void generate(Columns columns, const Take& take) override
    {
        RowWriter writer(draws_, columns, take);
        for (std::uint32_t target = 0; target < range_.count && !site_.without_autapses();
             ++target) {
            writer.begin_row(range_.first + target, target);
            writer.add(range_.first + target);
        }
        writer.flush();
    }
    const SynapseDraws& draws_;
};

/// Every pair with probability p: the gaps between the sources of a target follow the geometric
/// law, so that only those that exist cost a draw. They are kept from the first pass for those
/// after it, since a logarithm costs more than to remember it.
class Bernoulli final : public RuleStream {
public:
    Bernoulli(const ProjectionSite& site, const SynapseDraws& draws, const TargetRange& range,
        BuildProgress& progress)
        : RuleStream(site, range, progress)
        , draws_(draws)
        , p_(std::get<config::PairwiseBernoulli>(site.projection->rule).p)
        , log_miss_(p_ < 1.0 ? log_one_minus(p_) : 0.0)
        , key_(key_of(site))
    {
    }

private:
    void generate(Columns columns, const Take& take) override
    {
        RowWriter writer(draws_, columns, take);
        const bool repeat = !ends_.empty();
        const bool keep = !repeat && !last_pass();
        if (keep) {
            const double mean = p_ * site_.sources * range_.count;
            kept_.reserve(static_cast<std::size_t>(mean + 5.0 * std::sqrt(mean)));
        }
        for (std::uint32_t i = 0; i < range_.count && p_ > 0.0; ++i) {
            writer.begin_row(std::uint64_t {range_.first} + i, i);
            if (repeat) {
                const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
                std::for_each(kept_.begin() + static_cast<std::ptrdiff_t>(begin),
                    kept_.begin() + static_cast<std::ptrdiff_t>(ends_[i]),
                    [&](std::uint32_t source) { writer.add(source); });
                continue;
            }
            draw_row(range_.first + i, [&](std::uint32_t source) {
                writer.add(source);
                if (keep) {
                    kept_.push_back(source);
                }
            });
            if (keep) {
                ends_.push_back(kept_.size());
            }
        }
        writer.flush();
    }
    template <class Add> void draw_row(std::uint32_t target, const Add& add) const
    {
        core::Random random(key_.member(target));
        for (std::uint64_t source = gap(random); source < site_.sources;
             source += 1 + gap(random)) {
            if (source != target || !site_.without_autapses()) {
                add(static_cast<std::uint32_t>(source));
            }
        }
    }
    static double log_one_minus(double p)
    {
        // log(1 - p) loses p to rounding where p is small; the series has lost nothing there.
        return p < 1e-5 ? -p * (1.0 + p * (0.5 + p / 3.0)) : core::log(1.0 - p);
    }
    std::uint64_t gap(core::Random& random) const
    {
        if (p_ >= 1.0) {
            return 0;
        }
        // 1 - uniform lies in (0, 1].
        const double skipped = core::log(1.0 - random.uniform()) / log_miss_;
        return skipped < static_cast<double>(site_.sources) ? static_cast<std::uint64_t>(skipped)
                                                            : site_.sources;
    }
    const SynapseDraws& draws_;
    double p_;
    double log_miss_; ///< log(1 - p), kept exact for small p
    core::StreamKey key_;
    std::vector<std::uint32_t> kept_; ///< sources, target by target
    std::vector<std::size_t> ends_; ///< of each target's
};

template <class Stream> class TargetRule final : public Connectivity {
public:
    TargetRule(
        const ProjectionSite& site, const std::vector<TargetRange>& ranges, BuildProgress& progress)
        : site_(site)
        , ranges_(ranges)
        , draws_(site)
        , progress_(progress)
    {
    }
    std::unique_ptr<SynapseStream> stream(std::size_t range) override
    {
        return std::make_unique<Stream>(site_, draws_, ranges_[range], progress_);
    }

private:
    ProjectionSite site_;
    std::vector<TargetRange> ranges_;
    SynapseDraws draws_;
    BuildProgress& progress_;
};

} // namespace

std::unique_ptr<Connectivity> make_target_rule(
    const ProjectionSite& site, const std::vector<TargetRange>& ranges, BuildProgress& progress)
{
    const config::Rule& rule = site.projection->rule;
    if (std::holds_alternative<config::AllToAll>(rule)) {
        return std::make_unique<TargetRule<EqualRows<EverySource>>>(site, ranges, progress);
    }
    if (std::holds_alternative<config::OneToOne>(rule)) {
        return std::make_unique<TargetRule<OneToOne>>(site, ranges, progress);
    }
    if (std::holds_alternative<config::FixedIndegree>(rule)) {
        return std::make_unique<TargetRule<EqualRows<DrawnSources>>>(site, ranges, progress);
    }
    return std::make_unique<TargetRule<Bernoulli>>(site, ranges, progress);
}

} // namespace engine::network
