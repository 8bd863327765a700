#include "engine/network/connectivity.hpp"

#include "engine/core/value.hpp"
#include "engine/network/pair_rules.hpp"
#include "engine/network/target_rules.hpp"

#include <string>

namespace engine::network {

namespace {

std::string count_text(std::uint64_t n) { return std::to_string(n); }

class RuleCheck {
public:
    explicit RuleCheck(const ProjectionSite& site)
        : site_(site)
    {
    }
    core::Diagnostics operator()(const config::AllToAll&) const { return {}; }
    core::Diagnostics operator()(const config::PairwiseBernoulli&) const { return {}; }
    core::Diagnostics operator()(const config::OneToOne&) const
    {
        if (site_.sources == site_.targets) {
            return {};
        }
        return {error("",
            "one_to_one joins " + count_text(site_.sources) + " sources and "
                + count_text(site_.targets) + " targets",
            "needs populations of the same size")};
    }
    core::Diagnostics operator()(const config::FixedIndegree& rule) const
    {
        return degree(rule.indegree, site_.sources, "indegree", "sources");
    }
    core::Diagnostics operator()(const config::FixedOutdegree& rule) const
    {
        return degree(rule.outdegree, site_.targets, "outdegree", "targets");
    }
    core::Diagnostics operator()(const config::FixedTotalNumber& rule) const
    {
        const std::uint64_t pairs = available_pairs(site_);
        if (rule.N == 0 || (pairs > 0 && site_.projection->allow_multapses) || rule.N <= pairs) {
            return {};
        }
        return {error("/N", "is " + count_text(rule.N),
            "there are " + count_text(pairs) + " pairs" + flags_text())};
    }
    core::Diagnostics operator()(const config::Explicit& rule) const
    {
        core::Diagnostics out;
        for (std::size_t i = 0; rule.list && i < rule.list->source.size(); ++i) {
            if (rule.list->source[i] >= site_.sources || rule.list->target[i] >= site_.targets) {
                out.push_back(error("/connections/" + std::to_string(i),
                    "joins neuron " + count_text(rule.list->source[i]) + " to neuron "
                        + count_text(rule.list->target[i]),
                    "the populations have " + count_text(site_.sources) + " and "
                        + count_text(site_.targets) + " neurons"));
                break;
            }
        }
        return out;
    }

private:
    core::Diagnostic error(
        const std::string& below_rule, std::string found, std::string expected) const
    {
        core::Diagnostic d;
        d.pointer = "/projections/" + std::to_string(site_.index) + "/rule" + below_rule;
        d.found = std::move(found);
        d.expected = std::move(expected);
        return d;
    }
    std::string flags_text() const
    {
        std::string out = site_.projection->allow_multapses ? "" : " without multapses";
        if (site_.without_autapses()) {
            out += out.empty() ? " without autapses" : " and autapses";
        }
        return out;
    }
    core::Diagnostics degree(
        std::uint64_t wanted, std::uint64_t there, const char* name, const char* of) const
    {
        const std::uint64_t available = there - (site_.without_autapses() ? 1 : 0);
        if (wanted == 0 || (available > 0 && site_.projection->allow_multapses)
            || wanted <= available) {
            return {};
        }
        return {error(std::string("/") + name, "is " + count_text(wanted),
            "must be <= " + count_text(available) + ", the number of " + of + flags_text())};
    }
    const ProjectionSite& site_;
};

class Expectation {
public:
    explicit Expectation(const ProjectionSite& site)
        : site_(site)
    {
    }
    double operator()(const config::AllToAll&) const
    {
        return static_cast<double>(available_pairs(site_));
    }
    double operator()(const config::OneToOne&) const
    {
        return site_.without_autapses() ? 0.0 : static_cast<double>(site_.targets);
    }
    double operator()(const config::FixedIndegree& r) const
    {
        return static_cast<double>(r.indegree) * site_.targets;
    }
    double operator()(const config::FixedOutdegree& r) const
    {
        return static_cast<double>(r.outdegree) * site_.sources;
    }
    double operator()(const config::FixedTotalNumber& r) const { return static_cast<double>(r.N); }
    double operator()(const config::PairwiseBernoulli& r) const
    {
        return r.p * static_cast<double>(available_pairs(site_));
    }
    double operator()(const config::Explicit& r) const
    {
        return r.list ? static_cast<double>(r.list->source.size()) : 0.0;
    }

private:
    const ProjectionSite& site_;
};

} // namespace

core::Diagnostics check_rule(const ProjectionSite& site)
{
    return std::visit(RuleCheck(site), site.projection->rule);
}

double expected_synapses(const ProjectionSite& site)
{
    return std::visit(Expectation(site), site.projection->rule);
}

std::unique_ptr<Connectivity> make_connectivity(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, WorkerPool& pool, BuildProgress& progress)
{
    if (auto by_pairs = make_pair_rule(site, ranges, pool, progress)) {
        return by_pairs;
    }
    return make_target_rule(site, ranges, progress);
}

} // namespace engine::network
