#include "app/cli/verification.hpp"

#include "app/cli/batch.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/stopwatch.hpp"
#include "engine/checks/evaluator.hpp"
#include "engine/simulation.hpp"

#include <memory>

namespace app::cli {

namespace checks = engine::checks;
namespace config = engine::config;
namespace core = engine::core;

namespace {

checks::Report run(const config::PresetDocument& document, int threads,
    const std::function<void(double fraction)>& progress)
{
    engine::SimulationOptions options;
    options.threads = threads;
    engine::Simulation simulation(document, options, &InterruptGuard::progress());
    const auto evaluator = std::make_shared<checks::Evaluator>(document.experiment());
    simulation.observe(evaluator);
    Batch batch;
    const auto steps = static_cast<double>(simulation.end());
    while (simulation.now() < simulation.end()) {
        InterruptGuard::check();
        const Stopwatch watch;
        simulation.advance(batch.steps());
        batch.took(watch.read().wall_s);
        simulation.forget_before(simulation.now()); // nobody reads what is recorded
        progress(static_cast<double>(simulation.now()) / steps);
    }
    return evaluator->report();
}

std::vector<std::string> texts_of_errors(const core::Diagnostics& diagnostics)
{
    std::vector<std::string> out;
    for (const core::Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == core::Severity::error) {
            out.push_back(diagnostic.text());
        }
    }
    return out;
}

} // namespace

double expected_cost(const Candidate& candidate)
{
    if (!candidate.document) {
        return 0.0;
    }
    const config::Experiment& experiment = candidate.document->experiment();
    double neurons = 100.0; // what a step costs without any
    for (const config::Population& population : experiment.populations) {
        neurons += static_cast<double>(population.size);
    }
    return neurons * experiment.simulation.duration_ms.value_or(0.0) / experiment.simulation.dt_ms;
}

Verification verify(
    const Candidate& candidate, int threads, const std::function<void(double fraction)>& progress)
{
    Verification out;
    out.name = candidate.name;
    if (!candidate.document) {
        out.problems = texts_of_errors(candidate.diagnostics);
        return out;
    }
    out.title = candidate.document->info().title;
    const config::Experiment& experiment = candidate.document->experiment();
    if (experiment.checks.empty()) {
        out.problems = {"it has no checks: expected what its source promises"};
        return out;
    }
    if (!experiment.simulation.duration_ms) {
        out.problems = {"it runs until it is stopped: expected a duration"};
        return out;
    }
    try {
        out.report = run(*candidate.document, threads, progress);
    } catch (const core::InputError& error) {
        out.problems = texts_of_errors(error.diagnostics());
    } catch (const core::RunError& error) {
        out.problems = {error.what()};
    }
    return out;
}

} // namespace app::cli
