#include "engine/analysis/regime.hpp"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace engine::analysis {

namespace {

constexpr double least_window_ms = 500.0;
constexpr double least_rate_Hz = 0.5;
constexpr double irregular_cv = 0.25;
constexpr double synchronous_fluctuation = 0.5; // of regular neurons
constexpr double boundary_chi = 0.335;
constexpr double oscillating_chi = 0.40;
constexpr double fast_Hz = 70.0;

std::string number(double x)
{
    std::ostringstream out;
    out << std::setprecision(3) << x;
    return out.str();
}

/// "chi 0.47 >= 0.4", "rate 0.2 Hz < 0.5 Hz".
std::string compared(const char* what, double value, double limit, const char* unit = "")
{
    return std::string(what) + " " + number(value) + unit + (value < limit ? " < " : " >= ")
        + number(limit) + unit;
}

Regime missing(const char* what)
{
    return {Regime::Kind::undecided, false, std::string(what) + " is not known yet"};
}

bool known(const std::optional<double>& x) { return x && std::isfinite(*x); }

Regime regular(const RegimeNumbers& n)
{
    if (!known(n.fluctuation_1ms)) {
        return missing("the population's fluctuation");
    }
    const bool synchronous = *n.fluctuation_1ms >= synchronous_fluctuation;
    return {synchronous ? Regime::Kind::SR : Regime::Kind::AR, false,
        compared("CV", *n.cv_isi, irregular_cv) + " and "
            + compared("population std/mean in 1 ms", *n.fluctuation_1ms, synchronous_fluctuation)};
}

Regime irregular(const RegimeNumbers& n)
{
    if (!known(n.synchrony)) {
        return missing("the synchrony chi");
    }
    const std::string cv = compared("CV", *n.cv_isi, irregular_cv);
    if (*n.synchrony < oscillating_chi) {
        const bool near = *n.synchrony >= boundary_chi;
        return {Regime::Kind::AI, near,
            cv + " and "
                + (near ? number(boundary_chi)
                            + " <= " + compared("chi", *n.synchrony, oscillating_chi)
                        : compared("chi", *n.synchrony, boundary_chi))};
    }
    if (!known(n.peak_frequency_Hz)) {
        return missing("the peak of the spectrum");
    }
    const bool fast = *n.peak_frequency_Hz >= fast_Hz;
    return {fast ? Regime::Kind::SI_fast : Regime::Kind::SI_slow, false,
        cv + ", " + compared("chi", *n.synchrony, oscillating_chi) + " and "
            + compared("peak", *n.peak_frequency_Hz, fast_Hz, " Hz")};
}

} // namespace

std::string regime_name(Regime::Kind kind)
{
    switch (kind) {
    case Regime::Kind::quiescent:
        return "quiescent";
    case Regime::Kind::SR:
        return "SR";
    case Regime::Kind::AR:
        return "AR";
    case Regime::Kind::SI_fast:
        return "SI fast";
    case Regime::Kind::SI_slow:
        return "SI slow";
    case Regime::Kind::AI:
        return "AI";
    case Regime::Kind::undecided:
        break;
    }
    return "undecided";
}

std::string Regime::name() const
{
    return regime_name(kind) + (near_boundary ? ", near the oscillatory boundary" : "");
}

Regime classify_regime(const RegimeNumbers& numbers)
{
    if (!(numbers.window_ms >= least_window_ms)) {
        return {Regime::Kind::undecided, false,
            "the window of " + number(numbers.window_ms) + " ms is shorter than "
                + number(least_window_ms) + " ms"};
    }
    if (!known(numbers.rate_Hz)) {
        return missing("the rate");
    }
    if (*numbers.rate_Hz < least_rate_Hz) {
        return {Regime::Kind::quiescent, false,
            compared("rate", *numbers.rate_Hz, least_rate_Hz, " Hz")};
    }
    if (!known(numbers.cv_isi)) {
        return missing("the CV of the intervals");
    }
    return *numbers.cv_isi < irregular_cv ? regular(numbers) : irregular(numbers);
}

Regime RegimeTracker::none_yet()
{
    return {Regime::Kind::undecided, false, "no two evaluations have agreed yet"};
}

const Regime& RegimeTracker::update(const Regime& evaluated)
{
    const std::string name = evaluated.name();
    if (name == shown_.name() || name == candidate_) {
        shown_ = evaluated;
        candidate_.clear();
    } else {
        candidate_ = name;
    }
    return shown_;
}

void RegimeTracker::reset()
{
    shown_ = none_yet();
    candidate_.clear();
}

} // namespace engine::analysis
