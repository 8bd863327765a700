#include "engine/analysis/numerics_check.hpp"

#include "engine/analysis/bursts.hpp"
#include "engine/analysis/pattern_protocol.hpp"
#include "engine/analysis/recorded_response.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

namespace engine::analysis {

using config::PresetDocument;
using Role = NumericsVariant::Role;

namespace {

constexpr double finer = 10.0;
constexpr double reference_dt_ms = 0.01;
constexpr double most_steps = 1e6;
constexpr double default_duration_ms = 1000.0; ///< of presets that run until they are stopped
constexpr double least_compared_ms = 10.0;
constexpr double count_factor = 1.5;
/// A spike this soon after an edge of the current was on its way before.
constexpr double on_its_way_ms = 25.0;
const char* const reference_scheme = "rk4";

/// Schemes and steps to be run, the published ones first.
struct Plan {
    Role role = Role::published;
    std::string scheme;
    double dt_ms = 0.0;
};

PresetDocument with(
    const PresetDocument& document, const std::string& path, const core::Value& value)
{
    config::SetResult result = document.set(path, value);
    if (!result.document) {
        throw core::InputError(std::move(result.diagnostics));
    }
    return std::move(*result.document);
}

/// Times off the published grid are moved to where the published run puts them, so that a finer
/// grid does not move them back.
class EdgeKeeper {
public:
    explicit EdgeKeeper(const PresetDocument& document)
        : document_(document)
        , grid_(document.experiment().simulation.dt_ms)
    {
    }

    PresetDocument kept()
    {
        const config::Experiment experiment = document_.experiment();
        for (std::size_t i = 0; i < experiment.stimuli.size(); ++i) {
            keep(experiment.stimuli[i], "stimuli/" + std::to_string(i) + "/");
        }
        std::vector<config::Event> events = experiment.events;
        for (config::Event& event : events) {
            event.at_ms = rounded(event.at_ms);
        }
        return events == experiment.events ? document_ : document_.with_events(events);
    }

private:
    double rounded(double t_ms) const { return grid_.time_ms(grid_.steps(t_ms)); }

    void keep(const std::string& path, double t_ms)
    {
        if (!grid_.on_grid(t_ms)) {
            document_ = with(document_, path, rounded(t_ms));
        }
    }
    void keep(const std::string& path, std::vector<double> times_ms)
    {
        const bool on_grid = std::all_of(
            times_ms.begin(), times_ms.end(), [&](double t_ms) { return grid_.on_grid(t_ms); });
        if (!on_grid) {
            std::transform(times_ms.begin(), times_ms.end(), times_ms.begin(),
                [&](double t_ms) { return rounded(t_ms); });
            document_ = with(document_, path, times_ms);
        }
    }
    void keep(const config::Stimulus& stimulus, const std::string& path)
    {
        keep(path + "start", stimulus.start_ms);
        keep(path + "delay", stimulus.delay_ms);
        if (stimulus.stop_ms) {
            keep(path + "stop", *stimulus.stop_ms);
        }
        if (const auto* steps = std::get_if<config::StepCurrent>(&stimulus.source)) {
            keep(path + "times", steps->times_ms);
        } else if (const auto* pulses = std::get_if<config::Pulses>(&stimulus.source)) {
            keep(path + "times", pulses->times_ms);
            keep(path + "width", pulses->width_ms);
        } else if (const auto* noise = std::get_if<config::Noise>(&stimulus.source)) {
            // Its default is the step; a finer one would be another noise.
            document_ = with(document_, path + "interval", noise->interval_ms);
        }
    }

    PresetDocument document_;
    core::TimeGrid grid_;
};

/// The names of the model's schemes; empty where it has one.
std::vector<std::string> schemes(const config::Population& population)
{
    for (const models::ParamSpec& spec : population.model->params) {
        const bool offered = std::find(spec.choices.begin(), spec.choices.end(), reference_scheme)
            != spec.choices.end();
        if (spec.name == "integrator" && offered) {
            return spec.choices;
        }
    }
    return {};
}

std::vector<Plan> plans(const config::Experiment& experiment)
{
    const double dt_ms = experiment.simulation.dt_ms;
    const config::Population& population = experiment.populations.front();
    const std::vector<std::string> offered = schemes(population);
    if (offered.empty()) {
        return {{Role::published, {}, dt_ms}, {Role::reference, {}, dt_ms / finer}};
    }
    const std::string own = std::get<std::string>(population.params.at("integrator"));
    std::vector<Plan> out {{Role::published, own, dt_ms}};
    if (own != reference_scheme) {
        out.push_back({Role::finer, own, dt_ms / finer});
    }
    for (const std::string& scheme : offered) {
        if (scheme != own && scheme != reference_scheme) {
            out.push_back({Role::other_scheme, scheme, dt_ms});
        }
    }
    // At most 0.01 ms, and the published step a multiple of it.
    const double parts = std::max(finer, std::ceil(dt_ms / reference_dt_ms - 1e-9));
    out.push_back({Role::reference, reference_scheme, dt_ms / parts});
    return out;
}

/// How much of the run can be compared, at steps of `dt_ms` at the finest.
double comparable_ms(const config::Experiment& experiment, double dt_ms)
{
    double out = std::min(
        experiment.simulation.duration_ms.value_or(default_duration_ms), most_steps * dt_ms);
    for (const config::Stimulus& stimulus : experiment.stimuli) {
        const auto* poisson = std::get_if<config::Poisson>(&stimulus.source);
        if (poisson != nullptr && poisson->rate_hz > 0.0 && poisson->weight != 0.0) {
            out = std::min(out, stimulus.start_ms);
        }
    }
    return out;
}

std::string why_not(const config::Experiment& experiment)
{
    const bool single
        = experiment.populations.size() == 1 && experiment.populations.front().size == 1;
    return single && experiment.projections.empty()
        ? std::string()
        : "the numerics of a single neuron without projections can be checked";
}

NumericsVariant run(const PresetDocument& document, const Plan& plan, RecordedResponse& response,
    double duration_ms, const std::stop_token& stop)
{
    PresetDocument changed = with(document, "simulation/dt", plan.dt_ms);
    if (!plan.scheme.empty()) {
        const std::string& name = document.experiment().populations.front().name;
        changed = with(changed, "populations/" + name + "/params/integrator", plan.scheme);
    }
    response = simulate_response(changed, duration_ms, stop);
    NumericsVariant out;
    out.role = plan.role;
    out.scheme = plan.scheme;
    out.dt_ms = plan.dt_ms;
    const core::TimeGrid grid(plan.dt_ms);
    for (const core::Step stamp : response.spikes) {
        out.spikes_ms.push_back(grid.time_ms(stamp));
    }
    out.pattern = classify_pattern(response.view());
    out.fault = response.fault;
    return out;
}

/// Times at which the current jumps or turns, with both ends of the run.
std::vector<double> edges_ms(const RecordedResponse& response)
{
    const auto steps = static_cast<core::Step>(response.V_m.size());
    const core::TimeGrid grid(response.dt_ms);
    std::vector<double> out {0.0};
    for (const Episode& e : read_protocol(response.I, steps).episodes) {
        out.push_back(grid.time_ms(e.begin));
        out.push_back(grid.time_ms(e.end));
    }
    out.push_back(grid.time_ms(steps));
    return out;
}

/// Spikes with from < t <= to; a finer grid may round a common edge otherwise.
std::ptrdiff_t count(const NumericsVariant& variant, double from_ms, double to_ms)
{
    constexpr double rounding_ms = 1e-6;
    return std::count_if(variant.spikes_ms.begin(), variant.spikes_ms.end(),
        [&](double t) { return t > from_ms + rounding_ms && t <= to_ms + rounding_ms; });
}

std::size_t burst_count(const NumericsVariant& variant)
{
    const core::TimeGrid grid(variant.dt_ms);
    std::vector<core::Step> stamps;
    for (const double t_ms : variant.spikes_ms) {
        stamps.push_back(grid.steps(t_ms));
    }
    return find_bursts(stamps, variant.dt_ms).size();
}

/// Bursts where both repeat them, else spikes.
bool similar_counts(const NumericsVariant& a, const NumericsVariant& b)
{
    const auto similar = [](std::size_t x, std::size_t y) {
        return static_cast<double>(std::max(x, y))
            <= count_factor * static_cast<double>(std::min(x, y));
    };
    const bool repeated
        = a.pattern.name == "tonic bursting" || a.pattern.name == "inhibition-induced bursting";
    if (repeated && a.pattern.name == b.pattern.name) {
        return similar(burst_count(a), burst_count(b));
    }
    return similar(a.spikes_ms.size(), b.spikes_ms.size());
}

/// Whether `a` is silent between two edges where `b` goes on firing.
bool silent_instead(
    const NumericsVariant& a, const NumericsVariant& b, const std::vector<double>& edges)
{
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        if (count(a, edges[i], edges[i + 1]) == 0
            && count(b, edges[i] + on_its_way_ms, edges[i + 1]) > 0) {
            return true;
        }
    }
    return false;
}

bool same_type(const NumericsVariant& a, const NumericsVariant& b, const std::vector<double>& edges)
{
    const bool both_named = a.pattern.name != "undecided" && b.pattern.name != "undecided";
    const bool same_name = !both_named || a.pattern.name == b.pattern.name;
    return same_name && a.fault.empty() == b.fault.empty() && similar_counts(a, b)
        && !silent_instead(a, b, edges) && !silent_instead(b, a, edges);
}

std::string spikes_text(const NumericsVariant& variant)
{
    return std::to_string(variant.spikes_ms.size())
        + (variant.spikes_ms.size() == 1 ? " spike" : " spikes");
}

/// Three decimals are below every step in use.
std::string milliseconds(double x) { return core::number_text(std::round(1e3 * x) / 1e3) + " ms"; }

void compare(
    NumericsVariant& variant, const NumericsVariant& published, const std::vector<double>& edges)
{
    const std::size_t pairs = std::min(variant.spikes_ms.size(), published.spikes_ms.size());
    double sum = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < pairs; ++i) {
        const double difference = std::abs(variant.spikes_ms[i] - published.spikes_ms[i]);
        sum += difference;
        largest = std::max(largest, difference);
    }
    if (pairs > 0) {
        variant.largest_difference_ms = largest;
        variant.mean_difference_ms = sum / static_cast<double>(pairs);
    }
    variant.same_type = same_type(variant, published, edges);
    if (!variant.fault.empty()) {
        variant.verdict = "breaks off after " + spikes_text(variant) + ": " + variant.fault;
    } else if (variant.spikes_ms.size() != published.spikes_ms.size()) {
        variant.verdict = "differs: " + std::to_string(published.spikes_ms.size()) + " against "
            + spikes_text(variant);
    } else if (!variant.same_type) {
        variant.verdict = "differs: " + published.pattern.name + " against " + variant.pattern.name;
    } else {
        variant.verdict
            = pairs == 0 ? "agrees: no spike" : "agrees within " + milliseconds(largest);
    }
}

void conclude(NumericsCheck& check)
{
    std::string losses;
    for (const NumericsVariant& variant : check.variants) {
        if (!variant.same_type) {
            losses += (losses.empty() ? "" : ", ") + variant.scheme
                + (variant.scheme.empty() ? "" : " ") + "at " + core::number_text(variant.dt_ms)
                + " ms";
        }
    }
    check.only_published_numerics = !losses.empty();
    check.sentence = losses.empty()
        ? "this firing type does not depend on the numerics"
        : "this firing type exists only in the published numerics: lost with " + losses;
}

NumericsCheck compare_all(const PresetDocument& document, const std::vector<Plan>& plans,
    double duration_ms, const std::stop_token& stop)
{
    NumericsCheck out;
    out.compared_ms = duration_ms;
    RecordedResponse response;
    out.variants.push_back(run(document, plans.front(), response, duration_ms, stop));
    out.variants.front().verdict = spikes_text(out.variants.front());
    const std::vector<double> edges = edges_ms(response);
    for (std::size_t i = 1; i < plans.size(); ++i) {
        out.variants.push_back(run(document, plans[i], response, duration_ms, stop));
        compare(out.variants.back(), out.variants.front(), edges);
    }
    conclude(out);
    return out;
}

} // namespace

NumericsOutcome check_numerics(const PresetDocument& document, const std::stop_token& stop)
{
    const config::Experiment& experiment = document.experiment();
    NumericsOutcome out;
    out.problem = why_not(experiment);
    if (!out.problem.empty()) {
        return out;
    }
    const std::vector<Plan> planned = plans(experiment);
    const double duration_ms = comparable_ms(experiment, planned.back().dt_ms);
    if (duration_ms < least_compared_ms) {
        out.problem
            = "the input is random from the beginning: a Poisson train falls on other steps "
              "of a finer grid";
        return out;
    }
    try {
        out.check = compare_all(
            EdgeKeeper(document.with_default_record()).kept(), planned, duration_ms, stop);
    } catch (const core::Cancelled&) {
        out.problem = "cancelled";
    } catch (const std::exception& error) {
        out.problem = error.what();
    }
    return out;
}

} // namespace engine::analysis
