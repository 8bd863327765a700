#include "app/cli/run_command.hpp"

#include "app/cli/batch.hpp"
#include "app/cli/build_simulation.hpp"
#include "app/cli/changes.hpp"
#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/plan_command.hpp"
#include "app/cli/progress_bar.hpp"
#include "app/cli/run_outputs.hpp"
#include "app/cli/stopwatch.hpp"
#include "app/cli/summary.hpp"
#include "engine/network/layout.hpp"
#include "engine/simulation.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
using engine::Simulation;

namespace {

void check_files(const RunArguments& arguments)
{
    std::set<std::string> names;
    for (const std::string* name :
        {&arguments.traces, &arguments.spikes, &arguments.summary, &arguments.screenshot}) {
        if (!name->empty() && !names.insert(*name).second) {
            throw UsageError(*name == "-" ? "only one output can go to standard output"
                                          : "two outputs go to the same file, " + *name);
        }
    }
}

void simulate(Simulation& simulation, RunOutputs& outputs, RunResult& result, ProgressBar& bar)
{
    Batch batch;
    const auto total = static_cast<double>(simulation.end());
    while (simulation.now() < simulation.end()) {
        InterruptGuard::check();
        const Stopwatch watch;
        simulation.advance(batch.steps());
        const Stopwatch::Reading spent = watch.read();
        result.simulate_s += spent.wall_s;
        result.simulate_cpu_s += spent.cpu_s;
        outputs.take(simulation);
        bar.paint(static_cast<double>(simulation.now()) / total, "simulating");
        batch.took(spent.wall_s);
    }
}

} // namespace

int run_command(const RunArguments& arguments, const DrawRun& draw)
{
    check_files(arguments);
    const config::PresetDocument document
        = changed(open_preset(arguments.preset), arguments.changes);
    const config::Experiment& experiment = document.experiment();
    if (!experiment.simulation.duration_ms) {
        throw UsageError(
            arguments.preset + " runs until it is stopped; say how long with --duration MS");
    }
    if (!arguments.quiet) {
        print(document.warnings());
        say_what_is_built(experiment, arguments.threads);
    }
    // Before files are opened and statistics are prepared for as many neurons.
    engine::network::checked(experiment, engine::network::thread_count(arguments.threads));

    const InterruptGuard guard;
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const double warmup_ms = arguments.warmup_ms.value_or(experiment.record.warmup_ms);
    const core::Step warmup = grid.steps(warmup_ms);
    RunOutputs outputs(
        {arguments.traces, arguments.spikes, arguments.summary, arguments.screenshot}, experiment,
        warmup);

    ProgressBar bar(arguments.quiet);
    const std::unique_ptr<Simulation> simulation
        = build_simulation(document, arguments.threads, bar, "building");
    RunResult result;
    std::optional<RunWatch> watch;
    if (!arguments.screenshot.empty()) {
        watch.emplace(*simulation);
    }
    outputs.begin(*simulation);
    simulate(*simulation, outputs, result, bar);
    bar.clear();
    InterruptGuard::check();

    result.warmup_ms = grid.time_ms(warmup);
    outputs.commit(
        [&] { return summary_text(*simulation, result, outputs.statistics(), outputs.report()); },
        [&] {
            std::string picture = draw(watch->finished());
            InterruptGuard::check();
            return picture;
        });
    if (!arguments.quiet) {
        say_what_was_done(*simulation, result);
    }
    return done;
}

} // namespace app::cli
