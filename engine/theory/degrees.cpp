#include "engine/theory/degrees.hpp"

#include <cmath>
#include <variant>

namespace engine::theory {

namespace {

double log_choose(double n, double k)
{
    return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

DegreeLaw fixed(std::uint64_t degree)
{
    DegreeLaw law;
    law.trials = degree;
    return law;
}

DegreeLaw binomial(std::uint64_t trials, double p)
{
    DegreeLaw law;
    law.kind = DegreeLaw::Kind::binomial;
    law.trials = trials;
    law.p = p;
    return law;
}

/// One side of a projection: `here` neurons whose degrees are asked for, `there` their partners.
class Side {
public:
    Side(const config::Projection& projection, std::uint64_t here, std::uint64_t there)
        : multapses_(projection.allow_multapses)
        , skips_own_(projection.source == projection.target && !projection.allow_autapses)
        , here_(here)
        , partners_(there - (skips_own_ && there > 0 ? 1 : 0))
    {
    }
    DegreeLaw every() const { return fixed(partners_); }
    DegreeLaw one() const { return fixed(skips_own_ ? 0 : 1); }
    DegreeLaw each_with(double p) const { return binomial(partners_, p); }
    /// Each partner draws `degree` of the neurons here.
    DegreeLaw drawn_by_partners(std::uint64_t degree) const
    {
        const std::uint64_t choices = here_ - (skips_own_ && here_ > 0 ? 1 : 0);
        if (choices == 0) {
            return fixed(0);
        }
        const auto n = static_cast<double>(choices);
        return multapses_ ? binomial(partners_ * degree, 1.0 / n)
                          : binomial(partners_, static_cast<double>(degree) / n);
    }
    /// N of all pairs are drawn.
    DegreeLaw of_total(std::uint64_t N) const
    {
        if (multapses_) {
            return binomial(N, 1.0 / static_cast<double>(here_));
        }
        DegreeLaw law;
        law.kind = DegreeLaw::Kind::hypergeometric;
        law.trials = N;
        law.own = partners_;
        law.pairs = here_ * partners_;
        return law;
    }

private:
    bool multapses_;
    bool skips_own_;
    std::uint64_t here_;
    std::uint64_t partners_; ///< that a neuron can have
};

struct LawOf {
    Side side;
    bool incoming;

    using Law = std::optional<DegreeLaw>;
    Law operator()(const config::AllToAll&) const { return side.every(); }
    Law operator()(const config::OneToOne&) const { return side.one(); }
    Law operator()(const config::FixedIndegree& r) const
    {
        return incoming ? fixed(r.indegree) : side.drawn_by_partners(r.indegree);
    }
    Law operator()(const config::FixedOutdegree& r) const
    {
        return incoming ? side.drawn_by_partners(r.outdegree) : fixed(r.outdegree);
    }
    Law operator()(const config::FixedTotalNumber& r) const { return side.of_total(r.N); }
    Law operator()(const config::PairwiseBernoulli& r) const { return side.each_with(r.p); }
    Law operator()(const config::Explicit&) const { return std::nullopt; }
};

} // namespace

double DegreeLaw::probability(std::uint64_t degree) const
{
    const auto n = static_cast<double>(trials);
    const auto k = static_cast<double>(degree);
    if (kind == Kind::fixed || degree > trials) {
        return degree == trials ? 1.0 : 0.0;
    }
    if (kind == Kind::binomial) {
        if (p <= 0.0 || p >= 1.0) {
            return k == n * p ? 1.0 : 0.0;
        }
        return std::exp(log_choose(n, k) + k * std::log(p) + (n - k) * std::log1p(-p));
    }
    const auto all = static_cast<double>(pairs);
    const auto mine = static_cast<double>(own);
    if (k > mine || n - k > all - mine) {
        return 0.0;
    }
    return std::exp(log_choose(mine, k) + log_choose(all - mine, n - k) - log_choose(all, n));
}

double DegreeLaw::mean() const
{
    const auto n = static_cast<double>(trials);
    switch (kind) {
    case Kind::fixed:
        return n;
    case Kind::binomial:
        return n * p;
    case Kind::hypergeometric:
        return pairs == 0 ? 0.0 : n * static_cast<double>(own) / static_cast<double>(pairs);
    }
    return n;
}

double DegreeLaw::variance() const
{
    const auto n = static_cast<double>(trials);
    if (kind == Kind::binomial) {
        return n * p * (1.0 - p);
    }
    if (kind == Kind::fixed || pairs < 2) {
        return 0.0;
    }
    const auto all = static_cast<double>(pairs);
    const double share = static_cast<double>(own) / all;
    return n * share * (1.0 - share) * (all - n) / (all - 1.0);
}

std::optional<DegreeLaw> in_degree_law(
    const config::Projection& projection, std::uint64_t sources, std::uint64_t targets)
{
    return std::visit(LawOf {Side(projection, targets, sources), true}, projection.rule);
}

std::optional<DegreeLaw> out_degree_law(
    const config::Projection& projection, std::uint64_t sources, std::uint64_t targets)
{
    return std::visit(LawOf {Side(projection, sources, targets), false}, projection.rule);
}

} // namespace engine::theory
