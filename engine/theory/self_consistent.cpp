#include "engine/theory/brunel.hpp"
#include "engine/theory/root.hpp"
#include "engine/theory/siegert.hpp"

#include <algorithm>
#include <cmath>

namespace engine::theory {

namespace {

constexpr double lowest = 1e-9; // [1/ms]
constexpr double precision = 1e-13;

/// Rates that are tried, ascending, from 0 to the most that refractoriness allows.
std::vector<double> trial_rates(const BrunelParams& params)
{
    constexpr int logarithmic = 128;
    constexpr int linear = 96;
    constexpr double most = 1e3; // [1/ms], where t_ref sets no limit
    const double top = std::min(most, 1.0 / params.t_ref);
    std::vector<double> rates {0.0};
    for (int i = 0; i <= logarithmic; ++i) {
        rates.push_back(lowest * std::pow(top / lowest, static_cast<double>(i) / logarithmic));
    }
    for (int i = 1; i < linear; ++i) {
        rates.push_back(top * i / linear);
    }
    std::sort(rates.begin(), rates.end());
    return rates;
}

/// What the neurons would do if all fired at a rate, less that rate.
class Excess {
public:
    explicit Excess(const BrunelParams& params)
        : params_(params)
    {
    }
    double operator()(double rate) const
    {
        const Input input = input_at(rate, params_);
        return siegert_rate(input.mu, input.sigma, params_.lif()) - rate;
    }

private:
    const BrunelParams& params_;
};

/// Below `lowest` the input is that of silence, so that the map is followed from there.
double quiescent_rate(const Excess& excess)
{
    constexpr int repetitions = 8;
    double rate = 0.0;
    for (int i = 0; i < repetitions; ++i) {
        rate += excess(rate);
    }
    return rate;
}

/// Where, between rates[i - 1] and rates[i + 1], the excess comes closest to zero without having
/// crossed it at rates[i]: two solutions may hide there. Golden section; stops once across.
double closest_to_zero(const Excess& excess, double low, double high, bool positive)
{
    constexpr double golden = 0.6180339887498949;
    constexpr int most_steps = 40;
    const auto distance = [&](double rate) { return positive ? excess(rate) : -excess(rate); };
    double a = high - golden * (high - low);
    double b = low + golden * (high - low);
    double d_a = distance(a);
    double d_b = distance(b);
    for (int i = 0; i < most_steps && d_a > 0.0 && d_b > 0.0; ++i) {
        if (d_a < d_b) {
            high = b;
            b = a;
            d_b = d_a;
            a = high - golden * (high - low);
            d_a = distance(a);
        } else {
            low = a;
            a = b;
            d_a = d_b;
            b = low + golden * (high - low);
            d_b = distance(b);
        }
    }
    return d_a < d_b ? a : b;
}

struct Sample {
    double rate;
    double excess;
    bool positive() const { return excess > 0.0; }
};

/// The samples, with one more wherever the excess crosses zero and comes back between two of them.
std::vector<Sample> samples(const Excess& excess, const BrunelParams& params)
{
    std::vector<Sample> found;
    for (const double rate : trial_rates(params)) {
        found.push_back({rate, excess(rate)});
    }
    std::vector<Sample> more;
    for (std::size_t i = 1; i + 1 < found.size(); ++i) {
        const Sample& before = found[i - 1];
        const Sample& here = found[i];
        const Sample& after = found[i + 1];
        const bool same_side
            = before.positive() == here.positive() && here.positive() == after.positive();
        if (same_side && std::fabs(here.excess) <= std::fabs(before.excess)
            && std::fabs(here.excess) < std::fabs(after.excess)) {
            const double rate = closest_to_zero(excess, before.rate, after.rate, here.positive());
            more.push_back({rate, excess(rate)});
        }
    }
    found.insert(found.end(), more.begin(), more.end());
    std::sort(found.begin(), found.end(),
        [](const Sample& a, const Sample& b) { return a.rate < b.rate; });
    return found;
}

} // namespace

std::vector<double> self_consistent_rates(const BrunelParams& params)
{
    const Excess excess(params);
    const std::vector<Sample> found = samples(excess, params);
    std::vector<double> rates;
    if (!found.front().positive() && found.front().excess >= 0.0) {
        rates.push_back(0.0); // silent for good
    }
    for (std::size_t i = 1; i < found.size(); ++i) {
        const Sample& low = found[i - 1];
        const Sample& high = found[i];
        const bool defined = !std::isnan(low.excess) && !std::isnan(high.excess);
        if (!defined || low.positive() == high.positive()) {
            continue;
        }
        rates.push_back(high.rate <= lowest
                ? quiescent_rate(excess)
                : find_root(excess, low.rate, low.excess, high.rate, high.excess, precision));
    }
    return rates;
}

} // namespace engine::theory
