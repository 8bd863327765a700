#include "engine/theory/brunel_experiment.hpp"

#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace engine::theory {

namespace {

using config::Experiment;

double number(const config::Population& population, std::string_view name)
{
    return std::get<double>(population.params.find(name)->second);
}

bool equal(double x, double y)
{
    constexpr double rounding = 1e-9;
    return std::abs(x - y) <= rounding * (std::abs(x) + std::abs(y));
}

/// All synapses from one population.
struct Outputs {
    double indegree = 0.0;
    double weight = 0.0;
};

/// Reads an experiment part by part; the first part that does not fit leaves its reason.
class Reader {
public:
    explicit Reader(const Experiment& experiment)
        : experiment_(experiment)
    {
    }

    BrunelShape shape()
    {
        if (read_neurons() && read_projections() && read_input()) {
            const core::Diagnostics errors = check(params_);
            if (!core::has_errors(errors)) {
                return {params_, {}};
            }
            reason_ = errors.front().pointer + " " + errors.front().found;
        }
        return {std::nullopt, reason_};
    }

private:
    bool fail(std::string reason)
    {
        reason_ = std::move(reason);
        return false;
    }
    bool read_neurons();
    bool read_projections();
    bool read_projection(const config::Projection& projection, bool first);
    bool assign(const Outputs& a, const Outputs& b);
    bool read_input();
    bool add_input(const config::Stimulus& stimulus, std::vector<double>& rates);

    const Experiment& experiment_;
    BrunelParams params_;
    std::array<std::array<std::optional<Outputs>, 2>, 2> outputs_; ///< from, to
    std::string reason_;
};

bool Reader::read_neurons()
{
    if (experiment_.populations.size() != 2) {
        return fail("it needs two populations");
    }
    for (const config::Population& population : experiment_.populations) {
        if (population.model->name != "iaf_psc_delta") {
            return fail("it needs LIF neurons with delta synapses");
        }
        if (!population.drawn.empty()) {
            return fail("the neurons differ");
        }
    }
    const config::Population& one = experiment_.populations.front();
    if (one.params != experiment_.populations.back().params) {
        return fail("the populations differ");
    }
    if (std::holds_alternative<double>(one.params.find("V_min")->second)) {
        return fail("V_min bounds the potential");
    }
    if (std::get<bool>(one.params.find("refractory_input")->second)) {
        return fail("input during refractoriness is kept");
    }
    params_.tau_m = number(one, "tau_m");
    const double rest
        = number(one, "E_L") + number(one, "I_e") * params_.tau_m / number(one, "C_m");
    params_.V_th = number(one, "V_th") - rest;
    params_.V_reset = number(one, "V_reset") - rest;
    params_.t_ref = number(one, "t_ref");
    return true;
}

bool Reader::read_projection(const config::Projection& projection, bool first)
{
    const auto* rule = std::get_if<config::FixedIndegree>(&projection.rule);
    if (rule == nullptr) {
        return fail("it needs fixed in-degrees");
    }
    const auto* weight = projection.weight ? std::get_if<double>(&*projection.weight) : nullptr;
    const auto* delay = projection.delay_ms ? std::get_if<double>(&*projection.delay_ms) : nullptr;
    if (weight == nullptr || delay == nullptr) {
        return fail("weights or delays are drawn");
    }
    if (!first && !equal(*delay, params_.delay)) {
        return fail("the delays differ");
    }
    params_.delay = *delay;
    std::optional<Outputs>& outputs = outputs_[projection.source][projection.target];
    if (outputs) {
        return fail("it needs one projection from each population to each");
    }
    outputs = Outputs {static_cast<double>(rule->indegree), *weight};
    return true;
}

bool Reader::read_projections()
{
    if (experiment_.projections.size() != 4) {
        return fail("it needs one projection from each population to each");
    }
    for (const config::Projection& projection : experiment_.projections) {
        if (!read_projection(projection, &projection == &experiment_.projections.front())) {
            return false;
        }
    }
    // Four projections, no pair twice: every pair is there.
    for (const auto& from : outputs_) {
        if (!equal(from.front()->indegree, from.back()->indegree)
            || !equal(from.front()->weight, from.back()->weight)) {
            return fail("the populations get different input");
        }
    }
    const Outputs& a = *outputs_[0].front();
    const Outputs& b = *outputs_[1].front();
    return a.weight >= b.weight ? assign(a, b) : assign(b, a);
}

bool Reader::assign(const Outputs& excitation, const Outputs& inhibition)
{
    if (!(excitation.weight > 0.0) || inhibition.weight > 0.0 || !(excitation.indegree > 0.0)) {
        return fail("it needs excitation and inhibition");
    }
    params_.J = excitation.weight;
    params_.g = inhibition.weight < 0.0 ? -inhibition.weight / excitation.weight : 0.0;
    params_.C_E = excitation.indegree;
    params_.gamma = inhibition.indegree / excitation.indegree;
    return true;
}

bool Reader::add_input(const config::Stimulus& stimulus, std::vector<double>& rates)
{
    const auto* poisson = std::get_if<config::Poisson>(&stimulus.source);
    if (poisson == nullptr && stimulus.stop_ms) {
        return true; // a pulse: theory is about the network that it disturbs
    }
    if (poisson == nullptr) {
        return fail("there is input that is not Poisson");
    }
    if (poisson->shared) {
        return fail("the Poisson input is shared");
    }
    if (stimulus.start_ms > 0.0 || stimulus.stop_ms) {
        return fail("the input begins or ends during the run");
    }
    if (poisson->rate_hz > 0.0 && !equal(poisson->weight, params_.J)) {
        return fail("the weight of the Poisson input is not J");
    }
    for (const config::Target& target : stimulus.targets) {
        if (!target.all) {
            return fail("only some neurons get input");
        }
        rates[target.population] += poisson->rate_hz;
    }
    return true;
}

bool Reader::read_input()
{
    std::vector<double> rates(experiment_.populations.size(), 0.0);
    for (const config::Stimulus& stimulus : experiment_.stimuli) {
        if (!add_input(stimulus, rates)) {
            return false;
        }
    }
    if (!equal(rates.front(), rates.back())) {
        return fail("the populations get different input");
    }
    constexpr double per_ms = 1e-3;
    params_.eta = rates.front() * per_ms * params_.J * params_.tau_m / params_.V_th;
    return true;
}

} // namespace

BrunelShape brunel_shape(const Experiment& experiment) { return Reader(experiment).shape(); }

} // namespace engine::theory
