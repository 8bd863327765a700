#pragma once

#include "engine/analysis/pattern.hpp"
#include "engine/analysis/pattern_protocol.hpp"

#include <optional>
#include <string>
#include <vector>

// What the parts of the firing-pattern classifier share.

namespace engine::analysis {

/// One definition that is fulfilled.
struct Finding {
    std::string name;
    std::string reason;
};

/// Input shorter than this is a pulse, which a membrane only adds up; longer input can hold a
/// firing pattern of its own [ms].
inline constexpr double longest_pulse_ms = 25.0;

/// A response together with its stimulus. Views the response, which has to outlive it.
class Facts {
public:
    explicit Facts(const Response& response);

    const Protocol& protocol() const { return protocol_; }
    std::span<const core::Step> spikes() const { return response_.spikes; }
    /// Spikes with from < stamp <= to: those that steps from ... to - 1 make.
    std::span<const core::Step> spikes(core::Step from, core::Step to) const;
    /// V_m with the same stamps.
    std::span<const double> V_m(core::Step from, core::Step to) const;
    double ms(core::Step steps) const { return static_cast<double>(steps) * response_.dt_ms; }
    double dt_ms() const { return response_.dt_ms; }
    bool pulse(const Episode& e) const
    {
        return e.shape == Episode::Shape::level && ms(e.steps()) <= longest_pulse_ms;
    }

private:
    const Response& response_;
    Protocol protocol_;
};

/// Intervals [ms].
std::vector<double> intervals_ms(std::span<const core::Step> spikes, double dt_ms);

/// Three significant digits.
std::string digits(double x);
/// "1 spike", "5 spikes".
std::string counted(std::size_t n, const char* what);

// The definitions, in groups; each finding names the numbers that decided. All pure.

/// Answers to two or more different ramps, or to one.
std::optional<Finding> accommodation(const Facts& facts);
std::optional<Finding> excitability_class(const Facts& facts);

/// Answers to pulses.
std::optional<Finding> threshold_variability(const Facts& facts);
std::optional<Finding> preferred_interval(const Facts& facts);
std::optional<Finding> bistability(const Facts& facts);
std::optional<Finding> latency(const Facts& facts);

/// Answers to less current.
std::optional<Finding> induced_by_inhibition(const Facts& facts);
std::optional<Finding> rebound(const Facts& facts);

/// The voltage between spikes.
std::optional<Finding> after_potential(const Facts& facts);
std::optional<Finding> ringing(const Facts& facts);

/// Firing under lasting drive: the best of the drive's stretches, none where there is no spike. The
/// last finding may be "undecided": spikes that fulfil no definition.
std::vector<Finding> lasting_firing(const Facts& facts);

} // namespace engine::analysis
