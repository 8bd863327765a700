#include "app/cli/sweep_command.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/progress_bar.hpp"
#include "app/cli/text_table.hpp"
#include "engine/config/constant_current.hpp"
#include "engine/config/nearest.hpp"
#include "engine/network/layout.hpp"
#include "engine/recording/atomic_file.hpp"
#include "engine/sweep/sweep.hpp"
#include "engine/sweep/table.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
namespace sweep = engine::sweep;

namespace {

/// A name that is not among those that exist.
[[noreturn]] void refuse(
    const std::string& option, const std::string& name, const std::vector<std::string>& names)
{
    core::Diagnostic problem;
    problem.pointer = option;
    problem.found = "unknown name " + config::in_quotes(name);
    problem.hint = config::did_you_mean(name, names);
    problem.expected = "expected one of " + config::joined(names);
    throw core::InputError({problem});
}

std::vector<sweep::Axis> axes(const SweepArguments& arguments)
{
    if (arguments.over.size() > 2) {
        throw UsageError("--over stands " + std::to_string(arguments.over.size())
            + " times: expected once, or twice for a grid");
    }
    std::vector<sweep::Axis> out;
    for (const std::string& text : arguments.over) {
        try {
            out.push_back(sweep::parse_axis(text));
        } catch (const std::invalid_argument& error) {
            throw UsageError(std::string("--over ") + error.what());
        }
    }
    return out;
}

std::vector<std::size_t> populations(
    const SweepArguments& arguments, const config::Experiment& experiment)
{
    std::vector<std::string> names;
    for (const config::Population& population : experiment.populations) {
        names.push_back(population.name);
    }
    std::vector<std::size_t> out;
    for (const std::string& name : arguments.populations) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            refuse("--population", name, names);
        }
        out.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    return out.empty() ? std::vector<std::size_t> {0} : out;
}

std::vector<sweep::Measure> measures(
    const SweepArguments& arguments, const config::Experiment& experiment)
{
    const bool whole_network = arguments.populations.empty() && !arguments.neuron;
    std::vector<sweep::Measure> out;
    for (const std::size_t population : populations(arguments, experiment)) {
        for (const std::string& name : arguments.measures) {
            const auto quantity = config::quantity_named(name);
            if (!quantity) {
                refuse("--measure", name, config::quantity_names());
            }
            sweep::Measure measure {*quantity, population, arguments.neuron, arguments.warmup_ms};
            if (*quantity == config::Quantity::regime && whole_network) {
                measure.population.reset();
            }
            out.push_back(measure);
        }
    }
    return out;
}

/// Tells of runs without a result; not all of many that fail alike.
void tell_failures(const sweep::Request& request, const std::vector<sweep::Cell>& cells)
{
    constexpr std::size_t most = 5;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].error.empty() || ++failures > most) {
            continue;
        }
        std::string where;
        const std::vector<double> values = request.values(i);
        for (std::size_t axis = 0; axis < values.size(); ++axis) {
            where += (axis == 0 ? "" : ", ") + request.axes[axis].path + " = "
                + core::number_text(values[axis]);
        }
        complain(where + ": " + cells[i].error);
    }
    if (failures > most) {
        complain("and " + std::to_string(failures - most) + " more of "
            + std::to_string(cells.size()) + " runs without a result");
    }
}

std::vector<sweep::Cell> computed(const sweep::Request& request, const SweepArguments& arguments)
{
    constexpr std::chrono::milliseconds interval {50}; // how soon Ctrl-C is heard
    ProgressBar bar(arguments.quiet);
    const auto most = static_cast<int>(std::min<std::size_t>(request.cells(), 4096));
    const sweep::Sweep sweep(request,
        std::clamp(engine::network::thread_count(arguments.threads), 1, most),
        sweep::Sweep::Urgency::foreground);
    while (!sweep.wait_for(interval)) {
        InterruptGuard::check();
        bar.paint(sweep.fraction(), "sweeping");
    }
    InterruptGuard::check();
    return sweep.cells();
}

} // namespace

int sweep_command(const SweepArguments& arguments)
{
    std::vector<sweep::Axis> over = axes(arguments);
    config::PresetDocument document = changed(open_preset(arguments.preset), arguments.changes);
    if (!document.experiment().simulation.duration_ms) {
        throw UsageError(
            arguments.preset + " runs until it is stopped; say how long with --duration MS");
    }
    if (arguments.constant_current) {
        document = config::with_constant_current(document).document;
    }
    sweep::Request request {document, std::move(over), measures(arguments, document.experiment())};
    if (arguments.constant_current) {
        request.train = sweep::steady_train(document);
    }
    sweep::check(request); // before a file is opened
    if (!arguments.quiet) {
        print(document.warnings());
    }
    const InterruptGuard guard;
    std::unique_ptr<engine::recording::AtomicFile> file;
    if (!arguments.csv.empty()) {
        file = std::make_unique<engine::recording::AtomicFile>(arguments.csv);
    }
    const std::vector<sweep::Cell> cells = computed(request, arguments);
    tell_failures(request, cells);
    if (std::none_of(
            cells.begin(), cells.end(), [](const sweep::Cell& c) { return c.error.empty(); })) {
        return failed;
    }
    if (file) {
        file->stream() << sweep::csv_text(request, cells);
        file->commit();
        return done;
    }
    std::vector<TableRow> rows {sweep::headline(request)};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        rows.push_back(sweep::row(request, i, cells[i]));
    }
    print_table(document.info().title, rows);
    return done;
}

} // namespace app::cli
