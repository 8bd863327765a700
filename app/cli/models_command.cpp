#include "app/cli/models_command.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"
#include "app/cli/model_json.hpp"
#include "app/cli/text_table.hpp"
#include "engine/models/description.hpp"

#include <iostream>
#include <vector>

namespace app::cli {

namespace models = engine::models;

namespace {

std::string range_text(const models::ParamSpec& param)
{
    if (!param.choices.empty()) {
        std::string out;
        for (const std::string& choice : param.choices) {
            out += (out.empty() ? "" : " | ") + choice;
        }
        return out;
    }
    const std::string must_be = "must be ";
    const std::string text = param.limits.text();
    return text.starts_with(must_be) ? text.substr(must_be.size()) : text;
}

void print_model(const models::ModelDescription& model)
{
    std::cout << model.name << ": " << model.title << "\n\n"
              << model.summary << "\n\n"
              << model.text << '\n';

    std::vector<TableRow> rows {{"name", "unit", "default", "range", "meaning"}};
    for (const models::ParamSpec& param : model.params) {
        rows.push_back({param.name, param.unit, engine::core::value_text(param.default_value),
            range_text(param), param.meaning});
    }
    print_table("Parameters", rows);

    rows = {{"port", "takes", "weight", "meaning"}};
    for (const models::PortSpec& port : model.ports(model.defaults())) {
        const std::string takes = port.spikes && port.current ? "spikes, current"
            : port.spikes                                     ? "spikes"
                                                              : "current";
        rows.push_back({std::to_string(port.number), takes, port.weight_unit, port.meaning});
    }
    print_table("Input ports", rows);

    rows = {{"name", "unit", "meaning"}};
    for (const models::StateSpec& state : model.states(everything_on(model))) {
        rows.push_back({state.name, state.unit, state.meaning});
    }
    print_table("Initial state (init)", rows);

    rows = {{"name", "unit", "meaning"}};
    for (const models::RecordableSpec& recordable : model.recordables(everything_on(model))) {
        rows.push_back({recordable.name, recordable.unit, recordable.meaning});
    }
    print_table("Recordables (some depend on switches)", rows);
}

} // namespace

int models_command(const std::string& name, bool json)
{
    const models::Registry& registry = models::Registry::instance();
    if (name.empty()) {
        if (json) {
            std::cout << models_as_json(registry.all()) << '\n';
            return done;
        }
        std::vector<TableRow> rows;
        for (const models::ModelDescription* model : registry.all()) {
            rows.push_back({model->name, model->title});
        }
        print_table("Models", rows);
        std::cout << "\nspikescope models NAME describes one.\n";
        return done;
    }
    const models::ModelDescription* model = registry.find(name);
    if (model == nullptr) {
        std::string known;
        for (const models::ModelDescription* other : registry.all()) {
            known += (known.empty() ? "" : ", ") + other->name;
        }
        complain("no model is called \"" + name + "\"; the models are " + known);
        return wrong_input;
    }
    if (json) {
        std::cout << model_as_json(*model) << '\n';
    } else {
        print_model(*model);
    }
    return done;
}

} // namespace app::cli
