#include "engine/config/preset_path.hpp"

#include "engine/config/expression.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/reader.hpp"
#include "engine/config/state_path.hpp"
#include "engine/config/value_json.hpp"
#include "engine/config/whole_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t slash = path.find('/');
        parts.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return parts;
        }
        path.remove_prefix(slash + 1);
    }
}

std::optional<std::size_t> index_from(const std::string& text)
{
    std::size_t index = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return whole ? std::optional(index) : std::nullopt;
}

std::vector<std::string> variable_names(const Json& tree)
{
    std::vector<std::string> names;
    if (const Json* variables = tree.find("variables")) {
        for (std::size_t i = 0; i < variables->size(); ++i) {
            if (!Reader::is_free_key(variables->key(i))) {
                names.push_back(variables->key(i));
            }
        }
    }
    return names;
}

/// Names by which the items of a list can be addressed, in the list's order.
std::vector<std::string> item_names(const Experiment& experiment, const std::string& section)
{
    std::vector<std::string> names;
    if (section == "populations") {
        for (const Population& population : experiment.populations) {
            names.push_back(population.name);
        }
    } else if (section == "projections") {
        for (const Projection& projection : experiment.projections) {
            names.push_back(projection.key);
        }
    } else {
        for (const Stimulus& stimulus : experiment.stimuli) {
            names.push_back(stimulus.key);
        }
    }
    return names;
}

const std::vector<std::string>& sections()
{
    static const std::vector<std::string> names {
        "variables", "simulation", "populations", "projections", "stimuli", "record"};
    return names;
}

std::string pointer_of(const std::vector<std::string>& steps)
{
    std::string out;
    for (const std::string& step : steps) {
        Place root;
        Place place;
        place.up = &root;
        place.key = step;
        out += place.pointer();
    }
    return out;
}

/// Puts the value at the steps from `first` on; what is missing on the way is made.
class Change {
public:
    Change(std::string_view path, const TreePath& target, const Experiment& experiment, Json value)
        : path_(path)
        , target_(target)
        , experiment_(experiment)
        , value_(std::move(value))
    {
    }

    core::Diagnostics errors;

    std::optional<Json> apply(const Json& node, std::size_t first)
    {
        if (first == target_.steps.size()) {
            return value_;
        }
        const std::string& step = target_.steps[first];
        if (node.is_array()) {
            return in_list(node, step, first);
        }
        if (!node.is_object()) {
            std::string name = first > 0 ? target_.steps[first - 1] : std::string();
            errors.push_back(path_problem(path_,
                in_quotes(name) + " " + Reader::description(node) + " and has no "
                    + in_quotes(step),
                step == "scale" ? "only a drawn value has a scale" : ""));
            return std::nullopt;
        }
        const auto index = node.index_of(step);
        if (index) {
            auto changed = apply(node.at(*index), first + 1);
            return changed ? std::optional(node.with_item(*index, std::move(*changed)))
                           : std::nullopt;
        }
        auto made = apply(missing_value(first), first + 1);
        const std::vector<std::string> where(
            target_.steps.begin(), target_.steps.begin() + static_cast<std::ptrdiff_t>(first));
        return made ? std::optional(with_member(
                   node, step, std::move(*made), order_of_object(where, node, experiment_)))
                    : std::nullopt;
    }

private:
    std::optional<Json> in_list(const Json& node, const std::string& step, std::size_t first)
    {
        const auto index = index_from(step);
        if (!index || *index >= node.size()) {
            errors.push_back(path_problem(path_, "there is no item " + in_quotes(step),
                node.size() == 0
                    ? "the list is empty"
                    : "items are counted from 0 to " + std::to_string(node.size() - 1)));
            return std::nullopt;
        }
        auto changed = apply(node.at(*index), first + 1);
        return changed ? std::optional(node.with_item(*index, std::move(*changed))) : std::nullopt;
    }

    /// What stands for a member that the file leaves out: the default of a list parameter, else an
    /// empty object.
    Json missing_value(std::size_t first) const
    {
        const std::vector<std::string>& steps = target_.steps;
        if (first == 3 && steps[0] == "populations" && steps[2] == "params") {
            const Population& population = experiment_.populations[*index_from(steps[1])];
            const auto value = population.params.find(steps[3]);
            if (value != population.params.end()) {
                if (const auto* list = std::get_if<std::vector<double>>(&value->second)) {
                    std::vector<Json> items;
                    for (const double x : *list) {
                        items.push_back(Json::number(x));
                    }
                    return Json::array(std::move(items));
                }
            }
        }
        return Json::object({});
    }

    std::string_view path_;
    const TreePath& target_;
    const Experiment& experiment_;
    Json value_;
};

} // namespace

core::Diagnostic path_problem(
    std::string_view path, std::string found, std::string expected, std::string hint)
{
    core::Diagnostic diagnostic;
    diagnostic.pointer = std::string(path.substr(0, 200));
    diagnostic.found = std::move(found);
    diagnostic.expected = std::move(expected);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

Json json_at(std::string_view path, const core::Value& value)
{
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && names_whole_value(path)) {
        core::Diagnostics ignored;
        if (auto json = parse_json(*text, TextPositions(*text), ignored)) {
            return std::move(*json);
        }
    }
    return to_json(value);
}

bool names_whole_value(std::string_view path)
{
    const auto names_item = [path](std::string_view section) {
        return path.substr(0, section.size()) == section
            && path.find('/', section.size()) == std::string_view::npos;
    };
    return path == "stimuli" || path == events_path || names_item("stimuli/")
        || names_item("projections/");
}

TreePathResult find_path(const Json& tree, const Experiment& experiment, std::string_view path)
{
    TreePathResult out;
    TreePath found;
    found.steps = split(path);
    std::vector<std::string>& steps = found.steps;
    const std::vector<std::string> variables = variable_names(tree);
    const auto is_variable = [&](const std::string& name) {
        return std::find(variables.begin(), variables.end(), name) != variables.end();
    };
    if (steps.size() == 1 && is_variable(steps[0])) {
        steps = {"variables", steps[0], "value"};
    } else if (steps.size() == 2 && steps[0] == "variables") {
        steps.emplace_back("value");
    }
    const std::string section = steps[0];
    if (steps.size() == 1 && names_whole_value(section)) {
        found.whole = true;
        found.pointer = pointer_of(steps);
        out.path = std::move(found);
        return out;
    }
    const bool known_section
        = std::find(sections().begin(), sections().end(), section) != sections().end();
    if (steps.size() == 1 || !known_section) {
        std::vector<std::string> names = steps.size() == 1 ? variables : sections();
        const std::string expected = steps.size() == 1
            ? (names.empty() ? "the preset has no variables; paths begin with " + joined(sections())
                             : "expected a variable (" + joined(names) + ") or a path")
            : "paths begin with " + joined(sections());
        out.errors.push_back(path_problem(path,
            (steps.size() == 1 ? "no variable " : "no section ") + in_quotes(section)
                + " in the preset",
            expected, did_you_mean(section, names)));
        return out;
    }
    if (section == "variables") {
        found.variable = steps.size() == 3 && steps[2] == "value";
        if (!is_variable(steps[1])) {
            out.errors.push_back(path_problem(path, "no variable " + in_quotes(steps[1]),
                "expected one of " + joined(variables), did_you_mean(steps[1], variables)));
            return out;
        }
    } else if (section != "simulation" && section != "record") {
        const std::vector<std::string> names = item_names(experiment, section);
        const auto item = std::find(names.begin(), names.end(), steps[1]);
        const auto index = index_from(steps[1]);
        if (item != names.end()) {
            steps[1] = std::to_string(item - names.begin());
        } else if (index && *index < names.size()) {
            steps[1] = std::to_string(*index); // "00" is the first too
        } else {
            out.errors.push_back(
                path_problem(path, "no " + in_quotes(steps[1]) + " among the " + section,
                    names.empty() ? "there are none" : "expected one of " + joined(names),
                    did_you_mean(steps[1], names)));
            return out;
        }
        found.whole = steps.size() == 2 && section != "populations";
        if (steps.size() == 2 && !found.whole) {
            out.errors.push_back(path_problem(path, "names a whole entry of " + section,
                "expected a value in it, such as " + std::string(path) + "/size"));
            return out;
        }
    }
    found.pointer = pointer_of(steps);
    out.path = std::move(found);
    return out;
}

PathResult with_value(
    const Json& tree, const Experiment& experiment, std::string_view path, Json value)
{
    PathResult out;
    if (is_state_path(path)) {
        out.errors.push_back(
            path_problem(path, "names the state of a neuron, which is no value of the preset",
                "a state changes while it runs, by an event; what it begins with stands in init"));
        return out;
    }
    TreePathResult found = find_path(tree, experiment, path);
    if (!found.path) {
        out.errors = std::move(found.errors);
        return out;
    }
    out.pointer = found.path->pointer;
    if (found.path->whole && value.is_null()) {
        // The list as it is where a file has none.
        if (found.path->steps.size() == 1) {
            out.tree = tree.without(found.path->steps[0]);
            return out;
        }
    } else if (found.path->whole && value.is_string()) {
        core::Diagnostics wrong;
        auto json = parse_json(value.as_string(), TextPositions(value.as_string()), wrong);
        if (!json || !wrong.empty()) {
            for (core::Diagnostic& error : wrong) {
                out.errors.push_back(
                    path_problem(path, std::move(error.found), std::move(error.expected)));
            }
            return out;
        }
        value = std::move(*json);
    }
    Change change(path, *found.path, experiment, std::move(value));
    out.tree = change.apply(tree, 0);
    out.errors = std::move(change.errors);
    return out;
}

const Json* find_value(const Json& tree, const TreePath& path)
{
    const Json* node = &tree;
    for (const std::string& step : path.steps) {
        if (node->is_array()) {
            const auto index = index_from(step);
            node = index && *index < node->size() ? &node->at(*index) : nullptr;
        } else {
            node = node->find(step);
        }
        if (node == nullptr) {
            return nullptr;
        }
    }
    return node;
}

Json with_member(
    const Json& object, const std::string& key, Json value, const std::vector<std::string>& order)
{
    if (const auto index = object.index_of(key)) {
        return object.with_item(*index, std::move(value));
    }
    const auto place = std::find(order.begin(), order.end(), key);
    for (std::size_t i = 0; i < object.size(); ++i) {
        if (place != order.end() && std::find(place, order.end(), object.key(i)) != order.end()) {
            return object.with_inserted(i, key, std::move(value));
        }
    }
    return object.with_inserted(object.size(), key, std::move(value));
}

} // namespace engine::config
