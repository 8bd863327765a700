#include "engine/network/target_rules.hpp"

#include "engine/core/numerics.hpp"
#include "engine/network/distinct.hpp"

#include <utility>

namespace engine::network {

namespace {

class TargetRule : public Connectivity {
public:
    TargetRule(const ProjectionSite& site, const std::vector<TargetRange>& ranges)
        : Connectivity(site, ranges)
        , site_(site)
        , ranges_(ranges)
        , draws_(site)
    {
    }
    void generate(std::size_t range, Synapses& to) final
    {
        to = {};
        const TargetRange& targets = ranges_[range];
        const std::size_t expected = static_cast<std::size_t>(
            expected_synapses(site_) * targets.count / std::max<std::uint32_t>(site_.targets, 1));
        to.source.reserve(expected);
        to.target.reserve(expected);
        append_sources(targets, to);
    }

protected:
    virtual void append_sources(const TargetRange& targets, Synapses& to) const = 0;
    /// Completes the row of a target whose sources have just been appended.
    void finish_row(std::uint32_t target, std::uint32_t within, Synapses& to) const
    {
        const std::size_t added = to.source.size() - to.target.size();
        to.target.insert(to.target.end(), added, within);
        draws_.append_row(target, added, to);
    }
    core::StreamKey key() const
    {
        return {site_.seed, core::Purpose::connectivity, site_.target_name, site_.projection->key};
    }
    const ProjectionSite site_;

private:
    std::vector<TargetRange> ranges_;
    SynapseDraws draws_;
};

class AllToAllRule final : public TargetRule {
public:
    using TargetRule::TargetRule;

private:
    void append_sources(const TargetRange& targets, Synapses& to) const override
    {
        for (std::uint32_t i = 0; i < targets.count; ++i) {
            const std::uint32_t target = targets.first + i;
            for (std::uint32_t source = 0; source < site_.sources; ++source) {
                if (source != target || !site_.without_autapses()) {
                    to.source.push_back(source);
                }
            }
            finish_row(target, i, to);
        }
    }
};

class OneToOneRule final : public TargetRule {
public:
    using TargetRule::TargetRule;

private:
    void append_sources(const TargetRange& targets, Synapses& to) const override
    {
        for (std::uint32_t i = 0; i < targets.count && !site_.without_autapses(); ++i) {
            to.source.push_back(targets.first + i);
            finish_row(targets.first + i, i, to);
        }
    }
};

class FixedIndegreeRule final : public TargetRule {
public:
    FixedIndegreeRule(const ProjectionSite& site, const std::vector<TargetRange>& ranges)
        : TargetRule(site, ranges)
        , indegree_(std::get<config::FixedIndegree>(site.projection->rule).indegree)
    {
    }

private:
    void append_sources(const TargetRange& targets, Synapses& to) const override
    {
        // Without autapses the numbers from the target's own on stand for the next neuron.
        const std::uint64_t available = site_.sources - (site_.without_autapses() ? 1U : 0U);
        const core::StreamKey stream = key();
        DistinctDraw distinct;
        std::vector<std::uint64_t> drawn;
        for (std::uint32_t i = 0; i < targets.count; ++i) {
            const std::uint32_t target = targets.first + i;
            const std::uint32_t skipped = site_.without_autapses() ? target : site_.sources;
            core::Random random(stream.member(target));
            if (site_.projection->allow_multapses) {
                for (std::uint64_t j = 0; j < indegree_; ++j) {
                    const auto source = static_cast<std::uint32_t>(random.below(available));
                    to.source.push_back(source + (source >= skipped ? 1U : 0U));
                }
            } else {
                distinct.draw(random, available, indegree_, drawn);
                for (const std::uint64_t x : drawn) {
                    const auto source = static_cast<std::uint32_t>(x);
                    to.source.push_back(source + (source >= skipped ? 1U : 0U));
                }
            }
            finish_row(target, i, to);
        }
    }
    std::uint64_t indegree_;
};

/// Every pair with probability p: the gaps between the sources of a target follow the geometric
/// law, so that only those that exist cost a draw.
class BernoulliRule final : public TargetRule {
public:
    BernoulliRule(const ProjectionSite& site, const std::vector<TargetRange>& ranges)
        : TargetRule(site, ranges)
        , p_(std::get<config::PairwiseBernoulli>(site.projection->rule).p)
    {
    }

private:
    void append_sources(const TargetRange& targets, Synapses& to) const override
    {
        const core::StreamKey stream = key();
        // log(1 - p), kept exact for small p.
        const double log_miss = p_ < 1.0 ? log_one_minus(p_) : 0.0;
        for (std::uint32_t i = 0; i < targets.count && p_ > 0.0; ++i) {
            const std::uint32_t target = targets.first + i;
            core::Random random(stream.member(target));
            for (std::uint64_t source = gap(random, log_miss); source < site_.sources;
                 source += 1 + gap(random, log_miss)) {
                if (source != target || !site_.without_autapses()) {
                    to.source.push_back(static_cast<std::uint32_t>(source));
                }
            }
            finish_row(target, i, to);
        }
    }
    static double log_one_minus(double p)
    {
        // log(1 - p) loses p to rounding where p is small; the series has lost nothing there.
        return p < 1e-5 ? -p * (1.0 + p * (0.5 + p / 3.0)) : core::log(1.0 - p);
    }
    std::uint64_t gap(core::Random& random, double log_miss) const
    {
        if (p_ >= 1.0) {
            return 0;
        }
        // 1 - uniform lies in (0, 1].
        const double skipped = core::log(1.0 - random.uniform()) / log_miss;
        return skipped < static_cast<double>(site_.sources) ? static_cast<std::uint64_t>(skipped)
                                                            : site_.sources;
    }
    double p_;
};

} // namespace

std::unique_ptr<Connectivity> make_target_rule(
    const ProjectionSite& site, const std::vector<TargetRange>& ranges)
{
    const config::Rule& rule = site.projection->rule;
    if (std::holds_alternative<config::AllToAll>(rule)) {
        return std::make_unique<AllToAllRule>(site, ranges);
    }
    if (std::holds_alternative<config::OneToOne>(rule)) {
        return std::make_unique<OneToOneRule>(site, ranges);
    }
    if (std::holds_alternative<config::FixedIndegree>(rule)) {
        return std::make_unique<FixedIndegreeRule>(site, ranges);
    }
    return std::make_unique<BernoulliRule>(site, ranges);
}

} // namespace engine::network
