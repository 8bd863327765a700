#include "engine/config/projection_edit.hpp"

#include "engine/config/adjustable_rows.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/reader.hpp"
#include "engine/config/stimulus_changes.hpp"
#include "engine/config/value_json.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace engine::config {

namespace {

const Json* projection_at(const PresetDocument& document, std::size_t index)
{
    return item_of(document.tree().find("projections"), index);
}

std::string path_of(const PresetDocument& document, std::size_t index)
{
    return "projections/" + document.experiment().projections[index].key;
}

StimulusEdit refused(const std::string& path, std::string found, std::string expected)
{
    StimulusEdit edit;
    edit.errors.push_back(path_problem(path, std::move(found), std::move(expected)));
    return edit;
}

/// On one line.
std::string written_text(const Json* json)
{
    if (json == nullptr) {
        return {};
    }
    if (json->is_string()) {
        return json->as_string();
    }
    std::string line;
    for (const char c : to_text(*json)) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

/// What a person means: a number, JSON in braces, else an expression.
struct Typed {
    std::optional<Json> json;
    StimulusEdit refusal; ///< where there is none
};

Typed typed(const std::string& path, const std::string& text, const std::string& expected)
{
    Typed out;
    const std::size_t first = text.find_first_not_of(" \t\n");
    if (first == std::string::npos) {
        out.refusal = refused(path, "is empty", expected);
        return out;
    }
    const std::string trimmed = text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
    core::Diagnostics wrong;
    auto json = parse_json(trimmed, TextPositions(trimmed), wrong);
    if (json && wrong.empty() && (json->is_number() || json->is_object())) {
        out.json = std::move(*json);
    } else if (trimmed.front() == '{') {
        out.refusal = refused(path, "is no JSON", "expected a draw such as {\"uniform\": [0, 1]}");
    } else {
        out.json = Json::string(trimmed);
    }
    return out;
}

/// Another projection in the place of the present one.
StimulusEdit replaced(const PresetDocument& document, std::size_t index, const Json& projection)
{
    return applied(document,
        {{path_of(document, index), to_text(*projection_at(document, index)),
            to_text(projection)}});
}

/// A number or an expression that takes the place of another one.
std::optional<core::Value> plain(const Json* json)
{
    if (json == nullptr || !(json->is_number() || json->is_string())) {
        return std::nullopt;
    }
    return to_value(*json, {});
}

StimulusEdit no_projection(std::size_t index)
{
    return refused("projections/" + std::to_string(index), "does not exist", "");
}

} // namespace

const std::vector<RuleType>& rule_types()
{
    static const std::vector<RuleType> types {
        {"all_to_all", "All to all", "", "", true, false},
        {"one_to_one", "One to one", "", "", true, false},
        {"fixed_indegree", "Fixed in-degree", "indegree", "Sources of each neuron", true, true},
        {"fixed_outdegree", "Fixed out-degree", "outdegree", "Targets of each neuron", true, true},
        {"fixed_total_number", "Fixed total number", "N", "Connections of the projection", true,
            true},
        {"pairwise_bernoulli", "Pairwise Bernoulli", "p", "Probability of each connection", false,
            false},
    };
    return types;
}

const RuleType* type_of(const Rule& rule)
{
    // In the order of the variant.
    return rule.index() < rule_types().size() ? &rule_types()[rule.index()] : nullptr;
}

ProjectionView projection_view(const PresetDocument& document, std::size_t index)
{
    const Projection& projection = document.experiment().projections.at(index);
    const Json* written = projection_at(document, index);
    ProjectionView view;
    view.path = path_of(document, index);
    view.rule = type_of(projection.rule);
    view.autapses = projection.allow_autapses;
    view.multapses = projection.allow_multapses;
    view.weight = written_text(member_of(written, "weight"));
    view.delay = written_text(member_of(written, "delay"));
    if (view.rule != nullptr && !view.rule->key.empty()) {
        view.number = written_text(member_of(member_of(written, "rule"), view.rule->key));
    }
    return view;
}

StimulusEdit set_projection_value(const PresetDocument& document, std::size_t index,
    std::string_view key, const std::string& text)
{
    const Json* projection = projection_at(document, index);
    if (projection == nullptr) {
        return no_projection(index);
    }
    const std::string path = path_of(document, index) + "/" + std::string(key);
    Typed value = typed(path, text, "expected a number, an expression or a draw");
    if (!value.json) {
        return std::move(value.refusal);
    }
    const Json* present = projection->find(key);
    const auto before = plain(present);
    const auto after = plain(&*value.json);
    if (before && after) {
        return before == after ? applied(document, {})
                               : applied(document, {{path, *before, *after}});
    }
    if (present == nullptr) {
        return refused(path, "stands in the list of connections", "can be changed in the file");
    }
    return replaced(
        document, index, projection->with_item(*projection->index_of(key), *value.json));
}

StimulusEdit set_rule(const PresetDocument& document, std::size_t index, const RuleWanted& wanted)
{
    const Json* projection = projection_at(document, index);
    const Json* rule = member_of(projection, "rule");
    if (rule == nullptr) {
        return no_projection(index);
    }
    const std::string path = path_of(document, index) + "/rule";
    const auto type = std::find_if(rule_types().begin(), rule_types().end(),
        [&](const RuleType& t) { return t.name == wanted.name; });
    const Projection& present = document.experiment().projections[index];
    if (type == rule_types().end()) {
        return refused(path, "is no rule that can be chosen", "");
    }
    if (type_of(present.rule) == nullptr) {
        return refused(path, "is a list of connections", "can be changed in the file");
    }
    std::optional<Json> number;
    if (!type->key.empty()) {
        Typed value = typed(path + "/" + type->key, wanted.number, "expected a number");
        if (!value.json) {
            return std::move(value.refusal);
        }
        number = std::move(value.json);
    }
    const bool same_flags
        = present.allow_autapses == wanted.autapses && present.allow_multapses == wanted.multapses;
    if (&*type == type_of(present.rule) && same_flags) {
        const auto before = plain(member_of(rule, type->key));
        const auto after = number ? plain(&*number) : std::nullopt;
        if (before == after) {
            return applied(document, {});
        }
        if (before && after) {
            return applied(document, {{path + "/" + type->key, *before, *after}});
        }
    }
    std::vector<std::pair<std::string, Json>> members {{"rule", Json::string(type->name)}};
    if (number) {
        members.emplace_back(type->key, std::move(*number));
    }
    const auto flag = [&](const char* key, bool allowed) {
        if (!allowed || rule->find(key) != nullptr) {
            members.emplace_back(key, Json::boolean(allowed));
        }
    };
    flag("allow_autapses", wanted.autapses);
    flag("allow_multapses", wanted.multapses);
    for (std::size_t i = 0; i < rule->size(); ++i) {
        if (Reader::is_free_key(rule->key(i))) {
            members.emplace_back(rule->key(i), rule->at(i));
        }
    }
    return replaced(document, index,
        projection->with_item(*projection->index_of("rule"), Json::object(std::move(members))));
}

namespace {

/// About how many synapses there are.
struct SynapsesOf {
    double sources;
    double targets;
    double operator()(const AllToAll&) const { return sources * targets; }
    double operator()(const OneToOne&) const { return targets; }
    double operator()(const FixedIndegree& r) const
    {
        return static_cast<double>(r.indegree) * targets;
    }
    double operator()(const FixedOutdegree& r) const
    {
        return static_cast<double>(r.outdegree) * sources;
    }
    double operator()(const FixedTotalNumber& r) const { return static_cast<double>(r.N); }
    double operator()(const PairwiseBernoulli& r) const { return r.p * sources * targets; }
    double operator()(const Explicit& r) const
    {
        return r.list ? static_cast<double>(r.list->source.size()) : 0.0;
    }
};

} // namespace

std::string suggested_number(
    const PresetDocument& document, std::size_t index, const RuleType& rule)
{
    const Experiment& experiment = document.experiment();
    const Projection& projection = experiment.projections.at(index);
    const auto sources = static_cast<double>(experiment.populations[projection.source].size);
    const auto targets = static_cast<double>(experiment.populations[projection.target].size);
    const double synapses = std::visit(SynapsesOf {sources, targets}, projection.rule);
    if (rule.key == "indegree") {
        return core::number_text(std::round(synapses / targets));
    }
    if (rule.key == "outdegree") {
        return core::number_text(std::round(synapses / sources));
    }
    if (rule.key == "N") {
        return core::number_text(std::round(synapses));
    }
    if (rule.key == "p") {
        constexpr double digits = 1e6;
        const double p = std::min(1.0, synapses / (sources * targets));
        return core::number_text(std::round(p * digits) / digits);
    }
    return {};
}

} // namespace engine::config
