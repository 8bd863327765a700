#include "engine/config/state_path.hpp"

#include "engine/config/nearest.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace engine::config {

namespace {

// populations / place / state or jump / neuron / variable
constexpr std::size_t kind_step = 2;
constexpr std::size_t neuron_step = 3;
constexpr std::size_t variable_step = 4;
constexpr std::size_t all_steps = 5;

std::optional<std::uint32_t> neuron_from(const std::string& text, std::size_t size)
{
    std::uint32_t neuron = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), neuron);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return whole && neuron < size ? std::optional(neuron) : std::nullopt;
}

/// States that are one number for each neuron.
std::vector<std::string> number_states(const Population& population)
{
    std::vector<std::string> names;
    for (const models::StateSpec& state : population.model->states(population.params)) {
        if (!state.list) {
            names.push_back(state.name);
        }
    }
    return names;
}

/// The number that an event may give, an expression over the preset's variables included. Errors
/// have no pointer.
std::optional<double> evaluated(const Json& tree, const Json& value, core::Diagnostics& errors)
{
    Reader reader(errors, {}, nullptr);
    if (const Json* variables = tree.find("variables")) {
        for (std::size_t i = 0; i < variables->size(); ++i) {
            const Json* number = variables->at(i).find("value");
            if (number != nullptr && number->is_number()) {
                reader.add_variable(variables->key(i), number->as_number());
            }
        }
    }
    Place place;
    place.json = &value;
    return reader.number(place);
}

} // namespace

bool is_state_path(std::string_view path)
{
    constexpr std::string_view section = "populations/";
    if (path.substr(0, section.size()) != section) {
        return false;
    }
    path.remove_prefix(section.size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) {
        return false;
    }
    const std::string_view kind = path.substr(slash + 1, path.find('/', slash + 1) - slash - 1);
    return kind == "state" || kind == "jump";
}

StateChangeResult find_state_change(
    const Json& tree, const Experiment& experiment, std::string_view path, const Json& value)
{
    StateChangeResult out;
    TreePathResult found = find_path(tree, experiment, path);
    if (!found.path) {
        out.errors = std::move(found.errors);
        return out;
    }
    const std::vector<std::string>& steps = found.path->steps;
    StateChange change;
    change.population = std::stoul(steps[1]); // find_path has made it the place in the list
    const Population& population = experiment.populations[change.population];
    const std::vector<std::string> names = number_states(population);
    if (steps.size() != all_steps) {
        out.errors.push_back(path_problem(path, "names no variable of a neuron's state",
            "expected populations/" + population.name + "/" + steps[kind_step] + "/NEURON/"
                + names.front()));
        return out;
    }
    const auto neuron = neuron_from(steps[neuron_step], population.size);
    if (!neuron) {
        out.errors.push_back(
            path_problem(path, "there is no neuron " + in_quotes(steps[neuron_step]),
                "neurons of " + population.name + " are counted from 0 to "
                    + std::to_string(population.size - 1)));
    } else {
        change.neuron = *neuron;
    }
    change.state = steps[variable_step];
    if (std::find(names.begin(), names.end(), change.state) == names.end()) {
        out.errors.push_back(path_problem(path,
            in_quotes(change.state) + " is no number of the state of " + population.model->name,
            "expected one of " + joined(names), did_you_mean(change.state, names)));
    }
    change.adds = steps[kind_step] == "jump";
    if (const auto x = evaluated(tree, value, out.errors)) {
        change.value = *x;
    }
    if (out.errors.empty()) {
        out.change = std::move(change);
    }
    return out;
}

} // namespace engine::config
