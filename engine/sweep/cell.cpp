#include "engine/sweep/cell.hpp"

#include "engine/checks/evaluator.hpp"
#include "engine/core/value.hpp"
#include "engine/simulation.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>
#include <variant>

namespace engine::sweep {

using config::PresetDocument;

namespace {

std::vector<config::Check> checks_of(const Request& request, const config::Experiment& experiment)
{
    std::vector<config::Check> out;
    for (const Measure& measure : request.measures) {
        config::Check check;
        check.quantity = measure.quantity;
        check.population = measure.population;
        check.neuron = measure.neuron;
        check.from_ms = measure.from_ms.value_or(experiment.record.warmup_ms);
        out.push_back(check);
    }
    return out;
}

/// Errors only, one after the other in one line.
std::string message_of(const core::Diagnostics& diagnostics)
{
    std::string out;
    for (const core::Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == core::Severity::error) {
            out += (out.empty() ? "" : "; ") + diagnostic.text();
        }
    }
    return out;
}

[[noreturn]] void refuse(std::string where, std::string found, std::string expected)
{
    core::Diagnostic problem;
    problem.pointer = std::move(where);
    problem.found = std::move(found);
    problem.expected = std::move(expected);
    throw core::InputError({problem});
}

void check_neuron(const config::Experiment& experiment, std::optional<std::size_t> population,
    std::optional<std::uint32_t> neuron)
{
    if (population && *population >= experiment.populations.size()) {
        refuse("population", "is number " + std::to_string(*population),
            "the preset has " + std::to_string(experiment.populations.size()));
    }
    if (neuron && (!population || *neuron >= experiment.populations[*population].size)) {
        refuse("neuron", "is " + std::to_string(*neuron),
            population ? "must be < the size of the population, which is "
                    + std::to_string(experiment.populations[*population].size)
                       : "expected a population too");
    }
}

void check_neurons(const Request& request, const config::Experiment& experiment)
{
    for (const Measure& measure : request.measures) {
        if (!measure.population && measure.quantity != config::Quantity::regime) {
            refuse("measure", "is " + std::string(config::name_of(measure.quantity)),
                "expected a population too");
        }
        check_neuron(experiment, measure.population, measure.neuron);
    }
    if (request.train) {
        check_neuron(experiment, request.train->population, request.train->neuron);
    }
    if (request.trial) {
        for (const config::Target& target : request.trial->neurons) {
            check_neuron(experiment, target.population, {});
            if (!target.neurons.empty()) {
                check_neuron(experiment, target.population, target.neurons.back());
            }
        }
    }
}

/// Steps at once: few enough that a wish to stop is heard within milliseconds.
core::Step batch_of(const Simulation& simulation)
{
    constexpr std::uint64_t updates = 100000;
    return static_cast<core::Step>(std::clamp<std::uint64_t>(
        updates / std::max<std::uint64_t>(simulation.neurons(), 1), 1, 2000));
}

void run(
    const Request& request, const PresetDocument& document, core::Progress& progress, Cell& cell)
{
    config::Experiment experiment = document.experiment();
    check_neurons(request, experiment); // a size may be an axis
    experiment.checks = checks_of(request, experiment);
    SimulationOptions options;
    options.threads = 1; // cells are what runs at the same time
    Simulation simulation(document, options, &progress);
    const auto evaluator = std::make_shared<checks::Evaluator>(experiment);
    simulation.observe(evaluator);
    std::shared_ptr<TrainWatch> watch;
    if (request.train) {
        watch = std::make_shared<TrainWatch>(request.train->population, request.train->neuron,
            simulation.grid(), simulation.grid().steps(request.train->from_ms));
        simulation.observe(watch);
    }
    std::shared_ptr<TrialWatch> trial;
    if (request.trial) {
        trial = std::make_shared<TrialWatch>(*request.trial);
        simulation.observe(trial);
    }
    const core::Step batch = batch_of(simulation);
    while (simulation.now() < simulation.end()) {
        if (progress.cancelled()) {
            throw core::Cancelled();
        }
        simulation.advance(batch);
        simulation.forget_before(simulation.now()); // nobody reads what is recorded
        progress.set_fraction(
            static_cast<double>(simulation.now()) / static_cast<double>(simulation.end()));
    }
    for (checks::Result& result : evaluator->report().results) {
        cell.measured.push_back(std::move(result.measured));
    }
    if (watch) {
        cell.train = watch->train();
    }
    if (trial) {
        cell.trial = trial->trial();
    }
}

} // namespace

TrainRequest steady_train(const config::PresetDocument& document)
{
    return {0, 0, document.experiment().simulation.duration_ms.value_or(0.0) / 2.0};
}

std::size_t Request::cells() const
{
    std::size_t count = axes.empty() ? 0 : 1;
    for (const Axis& axis : axes) {
        count *= axis.values.size();
    }
    return count;
}

std::vector<double> Request::values(std::size_t cell) const
{
    if (axes.size() == 1) {
        return {axes[0].values[cell]};
    }
    const std::size_t columns = axes[1].values.size();
    return {axes[0].values[cell / columns], axes[1].values[cell % columns]};
}

void check(const Request& request)
{
    const config::Experiment& experiment = request.document.experiment();
    if (request.axes.empty() || request.axes.size() > 2) {
        refuse("axes", "are " + std::to_string(request.axes.size()), "expected one or two");
    }
    double cells = 1.0;
    for (const Axis& axis : request.axes) {
        const auto value = request.document.value(axis.path);
        if (!value) {
            // Says what is unknown and which name is nearest.
            throw core::InputError(request.document.set(axis.path, 0.0).diagnostics);
        }
        // Nothing may stand where a number can (V_min, the end of a stimulus).
        if (!std::holds_alternative<double>(*value)
            && !std::holds_alternative<std::monostate>(*value)) {
            refuse(axis.path, "is " + core::value_text(*value), "expected the name of a number");
        }
        cells *= static_cast<double>(axis.values.size());
    }
    if (request.axes.size() == 2 && request.axes[0].path == request.axes[1].path) {
        refuse(request.axes[0].path, "is on both axes", "expected two different values");
    }
    if (cells < 1.0 || cells > most_values) {
        refuse("cells", "are " + core::number_text(cells),
            "must be at least 1 and at most " + core::number_text(most_values));
    }
    if (!experiment.simulation.duration_ms) {
        refuse("simulation/duration", "is none", "expected how long each run lasts");
    }
    check_neurons(request, experiment);
}

config::SetResult document_of(const Request& request, std::size_t cell)
{
    const std::vector<double> values = request.values(cell);
    const auto set_in_order = [&](bool reversed) {
        config::SetResult result {request.document, {}};
        for (std::size_t i = 0; i < values.size() && result.document; ++i) {
            const std::size_t axis = reversed ? values.size() - 1 - i : i;
            result = result.document->set(request.axes[axis].path, values[axis]);
        }
        return result;
    };
    config::SetResult result = set_in_order(false);
    if (result.document || values.size() == 1) {
        return result;
    }
    // The first may fit only beside the second (V_reset above the old V_th).
    config::SetResult other = set_in_order(true);
    return other.document ? other : result;
}

Cell compute(const Request& request, std::size_t index, core::Progress& progress)
{
    Cell cell;
    cell.done = true;
    try {
        const config::SetResult changed = document_of(request, index);
        if (changed.document) {
            run(request, *changed.document, progress, cell);
        } else {
            cell.error = message_of(changed.diagnostics);
        }
    } catch (const core::InputError& error) {
        cell.error = message_of(error.diagnostics());
    } catch (const core::RunError& error) {
        cell.error = error.what();
    } catch (const std::bad_alloc&) {
        cell.error = "not enough memory";
    }
    return cell;
}

} // namespace engine::sweep
