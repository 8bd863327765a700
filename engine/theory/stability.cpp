#include "engine/theory/stability.hpp"

#include "engine/theory/loop_gain.hpp"
#include "engine/theory/mode_search.hpp"
#include "engine/theory/siegert.hpp"

#include <algorithm>

namespace engine::theory {

namespace {

constexpr double ms_per_s = 1000.0;

double highest_frequency_Hz(const BrunelParams& params, double rate)
{
    constexpr double usual = 1000.0;
    constexpr double limit = 5000.0;
    const double wanted = std::max({usual, ms_per_s / params.delay, 2.2 * ms_per_s * rate});
    return std::min(wanted, limit);
}

} // namespace

Stability stability(const BrunelParams& params, double rate)
{
    constexpr double silent_Hz = 1e-4;
    Stability result;
    if (rate * ms_per_s < silent_Hz) {
        result.kind = Kind::quiescent;
        return result;
    }
    const double highest_Hz = highest_frequency_Hz(params, rate);
    const auto gain = LoopGain::make(params, input_at(rate, params), rate, highest_Hz);
    if (!gain) {
        return result;
    }
    const auto crossings = find_crossings(*gain, highest_Hz);
    if (!crossings) {
        return result;
    }
    result.K0 = gain->at_zero();
    result.crossings = *crossings;
    const auto leading = std::max_element(crossings->begin(), crossings->end(),
        [](const Crossing& a, const Crossing& b) { return a.K < b.K; });
    if (leading != crossings->end()) {
        result.leading = *leading;
    }
    if (result.K0 > 1.0) {
        result.kind = Kind::saddle;
        result.mode = growing_mode(*gain);
        return result;
    }
    const bool grows = result.leading && result.leading->K > 1.0;
    result.kind = grows ? Kind::oscillatory : Kind::asynchronous;
    if (result.leading) {
        result.mode = mode_near(*gain, result.leading->f_Hz);
    }
    return result;
}

Solution stationary_state(const BrunelParams& params, double rate)
{
    const Input input = input_at(rate, params);
    const double cv = isi_cv(input.mu, input.sigma, params.lif());
    return {rate * ms_per_s, cv, input.mu, input.sigma, {}};
}

std::vector<Solution> solve(const BrunelParams& params)
{
    std::vector<Solution> solutions;
    for (const double rate : self_consistent_rates(params)) {
        solutions.push_back(stationary_state(params, rate));
        solutions.back().stability = stability(params, rate);
    }
    return solutions;
}

std::string_view stability_word(Kind kind)
{
    switch (kind) {
    case Kind::quiescent:
    case Kind::asynchronous:
        return "stable";
    case Kind::oscillatory:
    case Kind::saddle:
        return "unstable";
    case Kind::unknown:
        break;
    }
    return {};
}

std::string_view state_name(double rate_Hz, double cv, const Stability& stability)
{
    constexpr double locked_below = 0.5;
    constexpr double sr_from_Hz = 400.0;
    constexpr double fast_from_Hz = 70.0;
    switch (stability.kind) {
    case Kind::quiescent:
        return "quiescent";
    case Kind::asynchronous:
        if (rate_Hz < quiescent_below_Hz) {
            return "quiescent";
        }
        return cv < regular_below_cv ? "AR" : "AI";
    case Kind::oscillatory:
        if (stability.leading->f_Hz >= sr_from_Hz && cv < locked_below) {
            return "SR";
        }
        return stability.leading->f_Hz >= fast_from_Hz ? "SI fast" : "SI slow";
    case Kind::saddle:
        return "saddle";
    case Kind::unknown:
        break;
    }
    return "unknown";
}

} // namespace engine::theory
