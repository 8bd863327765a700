#include "engine/network/pair_rules.hpp"

#include "engine/network/distinct.hpp"

#include <algorithm>
#include <utility>

namespace engine::network {

namespace {

/// Sorts synapses that come in any order of targets into the ranges.
class Buckets {
public:
    explicit Buckets(const std::vector<TargetRange>& ranges)
        : ranges_(ranges)
        , buckets_(ranges.size())
    {
    }
    void add(std::uint32_t source, std::uint32_t target, const Synapses& row, std::size_t place)
    {
        const auto next = std::upper_bound(ranges_.begin(), ranges_.end(), target,
            [](std::uint32_t t, const TargetRange& r) { return t < r.first; });
        const auto index = static_cast<std::size_t>(next - ranges_.begin()) - 1;
        Synapses& to = buckets_[index];
        to.source.push_back(source);
        to.target.push_back(target - ranges_[index].first);
        if (!row.weight.empty()) {
            to.weight.push_back(row.weight[place]);
        }
        if (!row.delay.empty()) {
            to.delay.push_back(row.delay[place]);
        }
    }
    std::vector<Synapses> take() { return std::move(buckets_); }

private:
    const std::vector<TargetRange>& ranges_;
    std::vector<Synapses> buckets_;
};

class Prepared final : public Connectivity {
public:
    Prepared(const ProjectionSite& site, const std::vector<TargetRange>& ranges,
        std::vector<Synapses> buckets)
        : Connectivity(site, ranges)
        , buckets_(std::move(buckets))
    {
    }
    void generate(std::size_t range, Synapses& to) override { to = std::move(buckets_[range]); }

private:
    std::vector<Synapses> buckets_;
};

class PairRules {
public:
    PairRules(const ProjectionSite& site, const std::vector<TargetRange>& ranges,
        const core::Progress* progress)
        : site_(site)
        , progress_(progress)
        , draws_(site)
        , key_(site.seed, core::Purpose::connectivity, site.target_name, site.projection->key)
        , buckets_(ranges)
    {
    }
    bool operator()(const config::FixedOutdegree& rule)
    {
        const std::uint64_t available = site_.targets - (site_.without_autapses() ? 1U : 0U);
        std::vector<std::uint64_t> drawn;
        for (std::uint32_t source = 0; source < site_.sources; ++source) {
            stop_if_cancelled();
            core::Random random(key_.member(source));
            draw(random, available, rule.outdegree, drawn);
            const std::uint32_t skipped = site_.without_autapses() ? source : site_.targets;
            start_row(source, drawn.size());
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                const auto target = static_cast<std::uint32_t>(drawn[i]);
                buckets_.add(source, target + (target >= skipped ? 1U : 0U), row_, i);
            }
        }
        return true;
    }
    bool operator()(const config::FixedTotalNumber& rule)
    {
        // All pairs are numbered; a row is this many draws of one stream.
        constexpr std::uint64_t row_length = 4096;
        const std::uint64_t pairs = available_pairs(site_);
        std::vector<std::uint64_t> drawn;
        if (!site_.projection->allow_multapses && rule.N > 0) {
            core::Random random(key_.member(0));
            DistinctDraw().draw(random, pairs, rule.N, drawn);
        }
        for (std::uint64_t row = 0; row * row_length < rule.N; ++row) {
            stop_if_cancelled();
            const std::uint64_t count = std::min(row_length, rule.N - row * row_length);
            core::Random random(key_.member(row));
            start_row(row, count);
            for (std::uint64_t i = 0; i < count; ++i) {
                add_pair(drawn.empty() ? random.below(pairs) : drawn[row * row_length + i], i);
            }
        }
        return true;
    }
    bool operator()(const config::Explicit& rule)
    {
        for (std::size_t i = 0; rule.list && i < rule.list->source.size(); ++i) {
            row_.weight = {rule.list->weight[i]};
            row_.delay
                = {static_cast<std::uint16_t>(delay_steps(rule.list->delay_ms[i], site_.grid))};
            buckets_.add(rule.list->source[i], rule.list->target[i], row_, 0);
        }
        return true;
    }
    template <class OtherRule> bool operator()(const OtherRule&) { return false; }

    std::vector<Synapses> take() { return buckets_.take(); }

private:
    void stop_if_cancelled() const
    {
        if (progress_ != nullptr && progress_->cancelled()) {
            throw core::Cancelled();
        }
    }
    void start_row(std::uint64_t row, std::size_t count)
    {
        row_.weight.clear();
        row_.delay.clear();
        draws_.append_row(row, count, row_);
    }
    void draw(core::Random& random, std::uint64_t available, std::uint64_t count,
        std::vector<std::uint64_t>& out)
    {
        if (!site_.projection->allow_multapses) {
            distinct_.draw(random, available, count, out);
            return;
        }
        out.resize(count);
        for (std::uint64_t& x : out) {
            x = random.below(available);
        }
    }
    void add_pair(std::uint64_t number, std::size_t place)
    {
        const std::uint64_t per_source = site_.targets - (site_.without_autapses() ? 1U : 0U);
        const auto source = static_cast<std::uint32_t>(number / per_source);
        auto target = static_cast<std::uint32_t>(number % per_source);
        if (site_.without_autapses() && target >= source) {
            ++target;
        }
        buckets_.add(source, target, row_, place);
    }
    const ProjectionSite& site_;
    const core::Progress* progress_;
    SynapseDraws draws_;
    core::StreamKey key_;
    Buckets buckets_;
    DistinctDraw distinct_;
    Synapses row_; ///< weights and delays of the row at hand
};

} // namespace

std::uint64_t available_pairs(const ProjectionSite& site)
{
    return std::uint64_t {site.sources} * site.targets
        - (site.without_autapses() ? std::uint64_t {site.targets} : 0U);
}

std::unique_ptr<Connectivity> make_pair_rule(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, const core::Progress* progress)
{
    PairRules rules(site, ranges, progress);
    if (!std::visit(rules, site.projection->rule)) {
        return nullptr;
    }
    return std::make_unique<Prepared>(site, ranges, rules.take());
}

} // namespace engine::network
