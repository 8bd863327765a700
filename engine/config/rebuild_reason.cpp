#include "engine/config/preset_document.hpp"

#include <algorithm>

namespace engine::config {

namespace {

/// Initial values are left out: they take effect at the next restart, which needs no new network.
/// So are stimuli: they are functions of time, without a state, and can come and go while it runs.
std::string population_reason(const Population& before, const Population& after)
{
    if (before.name != after.name) {
        return "populations change";
    }
    if (before.model != after.model) {
        return "model of " + after.name + " changes";
    }
    if (before.size != after.size) {
        return "size of " + after.name + " changes";
    }
    for (const models::ParamSpec& spec : after.model->params) {
        const core::Value& x = before.params.at(spec.name);
        const core::Value& y = after.params.at(spec.name);
        const auto* old_list = std::get_if<std::vector<double>>(&x);
        const auto* new_list = std::get_if<std::vector<double>>(&y);
        if (old_list != nullptr && new_list != nullptr && old_list->size() != new_list->size()) {
            return "number of values of " + spec.name + " of " + after.name + " changes";
        }
        if (spec.live) {
            continue;
        }
        const auto old_draw = before.drawn.find(spec.name);
        const auto new_draw = after.drawn.find(spec.name);
        const bool both = old_draw != before.drawn.end() && new_draw != after.drawn.end();
        const bool neither = old_draw == before.drawn.end() && new_draw == after.drawn.end();
        if (x != y || !(neither || (both && old_draw->second == new_draw->second))) {
            return spec.name + " of " + after.name + " changes";
        }
    }
    return {};
}

/// Plain numbers and scales of draws change while running, other numbers behind them do not.
bool same_spread(const std::optional<Distributed>& before, const std::optional<Distributed>& after)
{
    if (!before || !after) {
        return before.has_value() == after.has_value();
    }
    if (before->index() != after->index()) {
        return false;
    }
    const auto* old_draw = std::get_if<Draw>(&*before);
    return old_draw == nullptr || old_draw->same_numbers(std::get<Draw>(*after));
}

std::string rule_reason(const Rule& before, const Rule& after)
{
    if (before.index() != after.index()) {
        return "rule changes";
    }
    if (std::holds_alternative<FixedIndegree>(after)) {
        return "indegree changes";
    }
    if (std::holds_alternative<FixedOutdegree>(after)) {
        return "outdegree changes";
    }
    if (std::holds_alternative<FixedTotalNumber>(after)) {
        return "number of synapses changes";
    }
    if (std::holds_alternative<PairwiseBernoulli>(after)) {
        return "connection probability changes";
    }
    return "list of connections changes";
}

std::string projection_reason(const Projection& before, const Projection& after)
{
    if (before.source != after.source || before.target != after.target || before.key != after.key) {
        return "projections change";
    }
    if (!(before.rule == after.rule)) {
        return rule_reason(before.rule, after.rule);
    }
    if (before.allow_autapses != after.allow_autapses
        || before.allow_multapses != after.allow_multapses) {
        return "rule changes";
    }
    if (before.port != after.port) {
        return "port changes";
    }
    if (!same_spread(before.weight, after.weight)) {
        return "distribution of weights changes";
    }
    if (!same_spread(before.delay_ms, after.delay_ms)) {
        return "distribution of delays changes";
    }
    return {};
}

template <class T>
std::string first_reason(const std::vector<T>& before, const std::vector<T>& after,
    const char* number_changes, std::string (*reason)(const T&, const T&))
{
    if (before.size() != after.size()) {
        return number_changes;
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        std::string found = reason(before[i], after[i]);
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

} // namespace

std::string rebuild_reason(const Experiment& before, const Experiment& after)
{
    if (before.simulation.dt_ms != after.simulation.dt_ms) {
        return "dt changes";
    }
    if (before.simulation.seed != after.simulation.seed) {
        return "seed changes";
    }
    std::string reason = first_reason(
        before.populations, after.populations, "populations change", population_reason);
    if (reason.empty()) {
        reason = first_reason(
            before.projections, after.projections, "projections change", projection_reason);
    }
    if (reason.empty()
        && (before.record.traces != after.record.traces
            || before.record.spikes != after.record.spikes)) {
        reason = "recordings change";
    }
    return reason;
}

} // namespace engine::config
