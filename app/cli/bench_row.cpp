#include "app/cli/bench_row.hpp"

#include "app/cli/bench_networks.hpp"
#include "engine/config/nearest.hpp"
#include "engine/core/diagnostic.hpp"

#include <algorithm>
#include <utility>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
namespace models = engine::models;

namespace {

constexpr double large_N_E = 100000.0;

BrunelNetwork individual()
{
    BrunelNetwork network;
    network.excitatory_weight = R"({"normal": [1, 0.2], "scale": "J"})";
    network.inhibitory_weight = R"({"normal": [1, 0.2], "scale": "-g * J"})";
    network.delay = R"({"uniform": [0.5, 2.5]})";
    return network;
}

BenchRow brunel(const char* name, const char* title, const BrunelNetwork& network)
{
    BenchRow row;
    row.name = name;
    row.title = title;
    row.network = [network] { return brunel_network(network); };
    row.settle_ms = 150.0;
    row.window_ms = 300.0;
    return row;
}

std::vector<BenchRow> network_rows()
{
    BenchRow ai = brunel("brunel-ai", "Brunel AI, 12,500 neurons", {});
    ai.goals = {BenchGoal {0.25, 0.165, 0.12}, BenchGoal {0.14, 0.093, 0.07}};

    BrunelNetwork synchronous;
    synchronous.g = 3.0;
    BenchRow sr = brunel("brunel-sr", "Brunel SR, 12,500 neurons", synchronous);
    sr.goals = {BenchGoal {1.0, 0.61, 0.45}, BenchGoal {0.6, 0.33, 0.25}};

    BenchRow own = brunel("brunel-individual", "AI, individual weights and delays", individual());
    own.goals = {BenchGoal {1.2, 0.88, 0.7}, BenchGoal {0.7, 0.46, 0.4}};

    BrunelNetwork big;
    big.N_E = large_N_E;
    BenchRow large = brunel("brunel-large", "AI, 125,000 neurons", big);
    large.goals = {BenchGoal {8.0, 6.0, 4.0}, BenchGoal {4.5, 3.1, 2.2}};
    large.settle_ms = 60.0;
    large.window_ms = 60.0;

    BenchRow build = brunel("build", "Build of 15.6 M synapses", {});
    build.unit = BenchUnit::build;
    build.goals = {BenchGoal {0.3, 0.14, 0.08}, BenchGoal {0.2, 0.075, 0.05}};

    BenchRow dense;
    dense.name = "izhikevich-all-to-all";
    dense.title = "1000 Izhikevich neurons, all to all";
    dense.unit = BenchUnit::per_step;
    dense.network = izhikevich_all_to_all;
    dense.goals = {BenchGoal {6.0, 2.4, 2.0}, std::nullopt};
    dense.settle_ms = 500.0;
    dense.window_ms = 5000.0;

    BenchRow sparse;
    sparse.name = "izhikevich-sparse";
    sparse.title = "100,000 Izhikevich neurons, delays 1-20 ms";
    sparse.network = izhikevich_sparse;
    sparse.goals = {BenchGoal {0.3, 0.16, 0.12}, BenchGoal {0.2, 0.094, 0.07}};
    sparse.settle_ms = 200.0;
    sparse.window_ms = 500.0;

    return {ai, sr, own, large, build, dense, sparse};
}

BenchRow neuron_row(const models::ModelDescription& model)
{
    BenchRow row;
    row.name = "neuron-" + model.name;
    row.title = "One " + model.name + ", everything recorded";
    row.unit = BenchUnit::times_real_time;
    row.network = [&model] { return single_neuron(model); };
    row.goals = {BenchGoal {100.0, 500.0, 1000.0}, std::nullopt};
    row.settle_ms = 1000.0;
    row.window_ms = 20000.0;
    row.one_thread = true;
    return row;
}

} // namespace

const char* unit_text(BenchUnit unit)
{
    switch (unit) {
    case BenchUnit::per_biological_second:
        return "s / biological s";
    case BenchUnit::build:
        return "s";
    case BenchUnit::per_step:
        return "us / step";
    case BenchUnit::times_real_time:
        break;
    }
    return "x real time";
}

const char* reached(const BenchGoal& goal, BenchUnit unit, double value)
{
    const auto met = [&](double bound) {
        return unit == BenchUnit::times_real_time ? value >= bound : value <= bound;
    };
    if (met(goal.stretch)) {
        return "stretch";
    }
    if (met(goal.good)) {
        return "good";
    }
    return met(goal.must) ? "must" : "none";
}

std::optional<BenchGoal> BenchRow::goal(int threads) const
{
    const auto index = static_cast<std::size_t>(threads - 1);
    return index < goals.size() ? goals[index] : std::nullopt;
}

std::vector<BenchRow> bench_rows()
{
    std::vector<BenchRow> rows = network_rows();
    for (const models::ModelDescription* model : models::Registry::instance().all()) {
        rows.push_back(neuron_row(*model));
    }
    return rows;
}

std::vector<BenchRow> chosen_rows(std::vector<BenchRow> all, const std::vector<std::string>& names)
{
    if (names.empty()) {
        return all;
    }
    std::vector<std::string> known;
    for (const BenchRow& row : all) {
        known.push_back(row.name);
    }
    core::Diagnostics errors;
    for (const std::string& name : names) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            core::Diagnostic error;
            error.pointer = "--only";
            error.found = "no row is called " + config::in_quotes(name);
            error.expected = "expected one of " + config::joined(known);
            error.hint = config::did_you_mean(name, known);
            errors.push_back(std::move(error));
        }
    }
    if (core::has_errors(errors)) {
        throw core::InputError(std::move(errors));
    }
    all.erase(std::remove_if(all.begin(), all.end(),
                  [&](const BenchRow& row) {
                      return std::find(names.begin(), names.end(), row.name) == names.end();
                  }),
        all.end());
    return all;
}

} // namespace app::cli
