#include "app/cli/plan_command.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"
#include "app/cli/text_table.hpp"
#include "engine/core/available_memory.hpp"
#include "engine/network/layout.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
namespace network = engine::network;
using Json = nlohmann::ordered_json;

namespace {

/// "EE (E to I)".
std::string projection_text(const config::Experiment& experiment, std::size_t projection)
{
    const config::Projection& one = experiment.projections[projection];
    return one_line(one.key + " (" + experiment.populations[one.source].name + " to "
        + experiment.populations[one.target].name + ")");
}

std::string whole(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
}

double bytes_per_synapse(const network::ProjectionPlan& plan)
{
    return plan.synapses > 0.0 ? plan.bytes / plan.synapses : 0.0;
}

void print_plan(const config::Experiment& experiment, const network::NetworkPlan& plan)
{
    std::vector<TableRow> rows {{"projection", "synapses", "bytes each", "memory", "stored as"}};
    for (std::size_t p = 0; p < plan.projections.size(); ++p) {
        const network::ProjectionPlan& one = plan.projections[p];
        char each[32];
        std::snprintf(each, sizeof each, "%.2f", bytes_per_synapse(one));
        rows.push_back({projection_text(experiment, p), whole(one.synapses), each,
            core::memory_text(one.bytes),
            std::string(network::storage_name(one.storage)) + ": " + one.reason});
    }
    if (rows.size() > 1) {
        print_table("Projections", rows);
    }
    const network::MemoryNeed& memory = plan.memory;
    const core::AvailableMemory available = core::available_memory();
    print_table("Memory",
        {{"neurons", core::memory_text(memory.neurons)},
            {"synapses", core::memory_text(memory.synapses)},
            {"recordings and statistics", core::memory_text(memory.recording)},
            {"until it is built", core::memory_text(memory.build)},
            {"needed at most", core::memory_text(memory.total())},
            {"available",
                std::isfinite(available.bytes)
                    ? core::memory_text(available.bytes) + " (" + available.bound + ")"
                    : std::string("without bound")}});
}

} // namespace

Json plan_json(const config::Experiment& experiment, const network::NetworkPlan& plan)
{
    Json out;
    out["projections"] = Json::array();
    for (std::size_t p = 0; p < plan.projections.size(); ++p) {
        const network::ProjectionPlan& one = plan.projections[p];
        const config::Projection& projection = experiment.projections[p];
        Json row;
        row["projection"] = projection.key;
        row["source"] = experiment.populations[projection.source].name;
        row["target"] = experiment.populations[projection.target].name;
        row["storage"] = network::storage_name(one.storage);
        row["reason"] = one.reason;
        row["synapses"] = one.synapses;
        row["bytes_per_synapse"] = bytes_per_synapse(one);
        row["bytes"] = one.bytes;
        out["projections"].push_back(std::move(row));
    }
    out["synapses"] = plan.synapses;
    out["memory_bytes"] = {{"neurons", plan.memory.neurons}, {"synapses", plan.memory.synapses},
        {"recording", plan.memory.recording}, {"build", plan.memory.build},
        {"total", plan.memory.total()}};
    return out;
}

void say_what_is_built(const config::Experiment& experiment, int threads)
{
    network::check_rules(experiment);
    if (experiment.projections.empty()) {
        return;
    }
    const network::NetworkPlan plan
        = network::plan_network(experiment, network::thread_count(threads));
    double neurons = 0.0;
    for (const config::Population& population : experiment.populations) {
        neurons += static_cast<double>(population.size);
    }
    std::cerr << whole(neurons) << " neurons, about " << whole(plan.synapses) << " synapses: about "
              << core::memory_text(plan.memory.total()) << " of memory\n";
}

int plan_command(const std::string& preset, int threads, bool json)
{
    const config::PresetDocument document = open_preset(preset);
    print(document.warnings());
    const config::Experiment& experiment = document.experiment();
    network::check_rules(experiment);
    const network::NetworkPlan plan
        = network::plan_network(experiment, network::thread_count(threads));
    if (json) {
        std::cout << plan_json(experiment, plan).dump(2) << '\n';
    } else {
        print_plan(experiment, plan);
    }
    if (!plan.too_dense.empty()) {
        std::cerr << "spikescope: " << plan.too_dense << '\n';
    }
    return done;
}

} // namespace app::cli
