#include "app/cli/bench_networks.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <utility>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
namespace models = engine::models;

namespace {

std::string header(const char* id, const char* dt)
{
    return std::string(R"({"format": "spikescope-preset", "version": 1, "id": ")") + id
        + R"(", "title": "Benchmark", "simulation": {"dt": )" + dt + R"(, "duration": null})";
}

/// Projections among E and I that differ by their source only.
std::string projections(const std::string& from_E, const std::string& from_I)
{
    std::string out;
    for (const char* source : {"E", "I"}) {
        for (const char* target : {"E", "I"}) {
            out += std::string(out.empty() ? "" : ", ") + R"({"label": ")" + source + target
                + R"(", "source": ")" + source + R"(", "target": ")" + target + R"(", )"
                + (*source == 'E' ? from_E : from_I) + "}";
        }
    }
    return R"(, "projections": [)" + out + "]";
}

config::PresetDocument parsed(const std::string& text)
{
    config::LoadResult result = config::PresetDocument::parse(text, "bench", {});
    if (!result.document) {
        throw core::InputError(std::move(result.diagnostics));
    }
    return std::move(*result.document);
}

config::PresetDocument with(const config::PresetDocument& document, const std::string& assignment)
{
    config::SetResult result = document.set_text(assignment);
    if (!result.document) {
        throw core::InputError(std::move(result.diagnostics));
    }
    return std::move(*result.document);
}

/// A current that makes a cell of usual size fire at tens of Hz.
std::string lively_current(const models::ModelDescription& model)
{
    const auto recordables = model.recordables(model.defaults());
    const bool dimensionless = std::any_of(
        recordables.begin(), recordables.end(), [](const models::RecordableSpec& recordable) {
            return recordable.kind == models::QuantityKind::input_current
                && recordable.unit.empty();
        });
    return dimensionless ? "10" : "600";
}

} // namespace

config::PresetDocument brunel_network(const BrunelNetwork& network)
{
    const std::string neurons = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1,
        "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}, "init": {"V_m": 0}})";
    const auto onto_each = [&](const char* indegree, const std::string& weight) {
        return std::string(R"("rule": {"rule": "fixed_indegree", "indegree": )") + indegree
            + R"(}, "weight": )" + weight + R"(, "delay": )" + network.delay;
    };
    // An eta of 2 is 20,000 spikes/s: 1000 eta V_th / (J tau_m).
    return parsed(header("brunel", "0.1")
        + R"(, "variables": {"J": {"value": 0.1}, "g": {"value": )" + core::number_text(network.g)
        + R"(}},
        "populations": [{"name": "E", "size": )"
        + core::number_text(network.N_E) + ", " + neurons + R"(, {"name": "I", "size": )"
        + core::number_text(network.N_E / 4.0) + ", " + neurons + "]"
        + projections(onto_each("1000", network.excitatory_weight),
            onto_each("250", network.inhibitory_weight))
        + R"(, "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": 20000,
        "weight": "J"}]})");
}

config::PresetDocument izhikevich_all_to_all()
{
    const auto weight = [](const char* scale) {
        return std::string(R"("rule": {"rule": "all_to_all"}, "delay": 1, "port": 1,
            "weight": {"uniform": [0, 1], "scale": )")
            + scale + "}";
    };
    return parsed(header("izhikevich-all-to-all", "1") + R"(,
        "populations": [
            {"name": "E", "size": 800, "model": "izhikevich", "random": {"r": {"uniform": [0, 1]}},
             "params": {"integrator": "net2003", "a": 0.02, "b": 0.2, "c": "-65 + 15 * r^2",
                        "d": "8 - 6 * r^2"}},
            {"name": "I", "size": 200, "model": "izhikevich", "random": {"r": {"uniform": [0, 1]}},
             "params": {"integrator": "net2003", "a": "0.02 + 0.08 * r", "b": "0.25 - 0.05 * r",
                        "c": -65, "d": 2}}])"
        + projections(weight("0.5"), weight("-1")) + R"(,
        "stimuli": [{"type": "noise", "target": "E", "mean": 0, "std": 5},
                    {"type": "noise", "target": "I", "mean": 0, "std": 2}]})");
}

config::PresetDocument izhikevich_sparse()
{
    const auto onto_each = [](const char* indegree, const char* weight) {
        return std::string(R"("rule": {"rule": "fixed_indegree", "indegree": )") + indegree
            + R"(}, "delay": {"uniform": [1, 20]}, "weight": )" + weight;
    };
    return parsed(header("izhikevich-sparse", "1") + R"(,
        "populations": [
            {"name": "E", "size": 80000, "model": "izhikevich",
             "params": {"integrator": "net2003", "a": 0.02, "b": 0.2, "c": -65, "d": 8}},
            {"name": "I", "size": 20000, "model": "izhikevich",
             "params": {"integrator": "net2003", "a": 0.1, "b": 0.2, "c": -65, "d": 2}}])"
        + projections(onto_each("80", "1"), onto_each("20", "-1")) + R"(,
        "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": 2.25, "weight": 20}]})");
}

config::PresetDocument single_neuron(const models::ModelDescription& model)
{
    config::PresetDocument document
        = with(config::PresetDocument::for_model(model), "simulation/duration=null");
    document = with(document, "stimuli/step/stop=null");
    document = with(document, "stimuli/step/amplitude=" + lively_current(model));
    for (const models::ParamSpec& param : model.params) {
        if (param.kind == models::ParamKind::flag) {
            document = with(document, "populations/n/params/" + param.name + "=true");
        }
    }
    return document;
}

} // namespace app::cli
