#include "engine/analysis/pattern.hpp"

#include "engine/analysis/pattern_facts.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <utility>

namespace engine::analysis {

using core::Step;

namespace {

/// Where V_m is missing, at least up to the last spike.
Step steps_of(const Response& response)
{
    const auto samples = static_cast<Step>(std::max(response.V_m.size(), response.I.size()));
    return response.spikes.empty() ? samples : std::max(samples, response.spikes.back());
}

} // namespace

Facts::Facts(const Response& response)
    : response_(response)
    , protocol_(read_protocol(response.I, steps_of(response)))
{
}

std::span<const Step> Facts::spikes(Step from, Step to) const
{
    const auto all = response_.spikes;
    const auto first = std::upper_bound(all.begin(), all.end(), from);
    const auto last = std::upper_bound(first, all.end(), to);
    return {first, last};
}

std::span<const double> Facts::V_m(Step from, Step to) const
{
    const auto size = static_cast<Step>(response_.V_m.size());
    const Step begin = std::clamp<Step>(from, 0, size);
    const Step end = std::clamp<Step>(to, begin, size);
    return response_.V_m.subspan(
        static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::vector<double> intervals_ms(std::span<const Step> spikes, double dt_ms)
{
    std::vector<double> out;
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        out.push_back(static_cast<double>(spikes[i] - spikes[i - 1]) * dt_ms);
    }
    return out;
}

std::string digits(double x)
{
    std::ostringstream out;
    out << std::setprecision(3) << x;
    return out.str();
}

std::string counted(std::size_t n, const char* what)
{
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

namespace {

/// Definitions that a probe of the neuron (pulses, ramps, less current) can fulfil, the most
/// telling first.
std::vector<Finding> answers_to_probes(const Facts& facts)
{
    std::vector<Finding> out;
    for (auto* definition :
        {accommodation, excitability_class, threshold_variability, preferred_interval, bistability,
            induced_by_inhibition, rebound, after_potential, latency}) {
        if (auto found = definition(facts)) {
            out.push_back(std::move(*found));
        }
    }
    return out;
}

Finding silence(const Facts& facts)
{
    const std::size_t stimuli = facts.protocol().episodes.size();
    return {"silent",
        stimuli == 0 ? "no spike and no input current"
                     : "no spike, although the input current changes " + std::to_string(stimuli)
                + (stimuli == 1 ? " time" : " times")};
}

std::vector<Finding> findings(const Facts& facts)
{
    std::vector<Finding> out = answers_to_probes(facts);
    if (out.empty()) {
        out = lasting_firing(facts);
    }
    if (auto oscillation = ringing(facts)) {
        // Izhikevich 2004, II-K: neurons with oscillatory potentials prefer inputs of that
        // frequency.
        Finding resonance {"resonator", oscillation->reason};
        const auto place = std::find_if(
            out.begin(), out.end(), [](const Finding& f) { return f.name == "undecided"; });
        out.insert(place, std::move(*oscillation));
        const bool known = std::any_of(out.begin(), out.end(),
            [](const Finding& f) { return f.name == "resonator" || f.name == "integrator"; });
        if (!known) {
            out.push_back(std::move(resonance));
        }
    }
    return out;
}

} // namespace

bool Pattern::is(const std::string& other) const
{
    return name == other || std::find(also.begin(), also.end(), other) != also.end();
}

Pattern classify_pattern(const Response& response)
{
    const Facts facts(response);
    std::vector<Finding> found = findings(facts);
    if (found.empty()) {
        found.push_back(facts.spikes().empty()
                ? silence(facts)
                : Finding {"undecided",
                    counted(facts.spikes().size(), "spike") + ", too little to tell a type"});
    }
    Pattern out {found.front().name, {}, found.front().reason};
    for (const Finding& finding : found) {
        if (!out.is(finding.name) && finding.name != "undecided") {
            out.also.push_back(finding.name);
        }
    }
    return out;
}

} // namespace engine::analysis
