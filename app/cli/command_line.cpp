#include "app/cli/command_line.hpp"

#include "app/cli/bench_command.hpp"
#include "app/cli/catalogue.hpp"
#include "app/cli/console.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/models_command.hpp"
#include "app/cli/plan_command.hpp"
#include "app/cli/run_command.hpp"
#include "app/cli/sweep_command.hpp"
#include "app/cli/theory_command.hpp"
#include "app/cli/verify_command.hpp"
#include "engine/core/diagnostic.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <ios>
#include <new>
#include <string>
#include <string_view>

namespace app::cli {

namespace {

constexpr std::array<std::string_view, 9> sub_commands {
    "run", "list", "show", "validate", "models", "verify", "theory", "sweep", "bench"};

/// Arguments of all sub-commands, filled by the parser.
struct Arguments {
    RunArguments run;
    SweepArguments sweep;
    bool json = false;
    bool quiet = false;
    bool plan = false;
    int threads = 0; ///< 0: chosen by the engine
    std::string preset;
    std::string model;
    std::vector<std::string> files;
    engine::theory::BrunelParams theory;
    BenchSettings bench;
};

CLI::Option* declare_threads(CLI::App& app, int& threads)
{
    constexpr int most_threads = 4096;
    return app
        .add_option("--threads", threads, "Number of threads; the result is the same for any")
        ->type_name("N")
        ->check(CLI::Range(1, most_threads).description(""));
}

void declare_changes(CLI::App& app, Changes& changes)
{
    app.add_option("--duration", changes.duration_ms, "Model time to simulate")->type_name("MS");
    app.add_option("--seed", changes.seed, "Seed of all random numbers")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber.description(""));
    app.add_option("--dt", changes.dt_ms, "Time step")->type_name("MS");
    app.add_option("--set", changes.sets,
           "Set a variable (g=4.5) or a path (populations/E/params/tau_m=15); may be repeated")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
}

void declare_warmup(CLI::App& app, std::optional<double>& warmup_ms)
{
    app.add_option("--warmup", warmup_ms, "Leave this time out of the statistics")
        ->type_name("MS")
        ->check(CLI::NonNegativeNumber.description(""));
}

void declare_run(CLI::App& app, RunArguments& a, bool pictures)
{
    app.add_option("PRESET", a.preset, "A shipped preset's id or a preset file")->required();
    declare_changes(app, a.changes);
    declare_threads(app, a.threads);
    declare_warmup(app, a.warmup_ms);
    app.add_option("--traces", a.traces, "Write the recorded traces as CSV; - is standard output")
        ->type_name("FILE.csv");
    app.add_option("--spikes", a.spikes, "Write the recorded spikes as CSV")->type_name("FILE.csv");
    app.add_option("--summary", a.summary, "Write speed and statistics as JSON")
        ->type_name("FILE.json");
    if (pictures) {
        app.add_option("--screenshot", a.screenshot, "Draw the window at the end of the run")
            ->type_name("FILE.png");
    }
    app.add_flag("--quiet", a.quiet, "No progress, warnings or closing line");
}

void declare_sweep(CLI::App& app, SweepArguments& a)
{
    app.add_option("PRESET", a.preset, "A shipped preset's id or a preset file")->required();
    app.add_option(
           "--over", a.over, "Run it for all these values of a variable or path; twice for a grid")
        ->type_name("NAME=FROM:TO:STEP")
        ->required()
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    app.add_option("--measure", a.measures,
           "What to measure in each run: a quantity as in checks of presets")
        ->type_name("QUANTITY")
        ->required();
    app.add_option("--csv", a.csv, "Write CSV; - is standard output. Without it, a table")
        ->type_name("FILE.csv");
    app.add_option("--population", a.populations, "Measured populations; the first where missing")
        ->type_name("NAME");
    app.add_option("--neuron", a.neuron, "Measure this neuron, counted from 0, not all")
        ->type_name("N");
    app.add_flag("--constant-current", a.constant_current,
        "Put a constant current in the place of the first neuron's stimuli and tell the rate of "
        "its second half too, as the f-I curve of the window does");
    declare_changes(app, a.changes);
    declare_threads(app, a.threads);
    declare_warmup(app, a.warmup_ms);
    app.add_flag("--quiet", a.quiet, "No progress and no warnings");
}

void declare_theory(CLI::App& app, engine::theory::BrunelParams& p)
{
    const auto number = [&](const char* name, double& value, const char* meaning) {
        return app.add_option(name, value, meaning)->type_name("NUMBER")->capture_default_str();
    };
    app.add_option("--g", p.g, "Inhibitory weight / excitatory weight")
        ->type_name("NUMBER")
        ->required();
    app.add_option("--eta", p.eta, "External rate / rate that alone brings the mean to threshold")
        ->type_name("NUMBER")
        ->required();
    number("--J", p.J, "Excitatory weight, mV");
    number("--C-E,--C_E", p.C_E, "Excitatory inputs of a neuron");
    number("--gamma", p.gamma, "Inhibitory inputs / excitatory inputs");
    number("--tau-m,--tau_m", p.tau_m, "Membrane time constant, ms");
    number("--V-th,--V_th", p.V_th, "Threshold above rest, mV");
    number("--V-reset,--V_reset", p.V_reset, "Reset above rest, mV");
    number("--t-ref,--t_ref", p.t_ref, "Refractory time, ms");
    number("--delay", p.delay, "Delay of recurrent spikes, ms");
}

void declare_show(CLI::App& app, Arguments& a, std::function<int()>& command)
{
    app.add_option("PRESET", a.preset, "A shipped preset's id or a preset file")->required();
    CLI::Option* plan = app.add_flag(
        "--plan", a.plan, "How each projection will be stored and why, and the memory it takes");
    app.add_flag("--json", a.json, "The plan as JSON")->needs(plan);
    declare_threads(app, a.threads)->needs(plan);
    app.callback([&] {
        command = [&a] {
            return a.plan ? plan_command(a.preset, a.threads, a.json) : show_command(a.preset);
        };
    });
}

void declare_bench(CLI::App& app, Arguments& a)
{
    constexpr int most_repetitions = 1000;
    app.add_option("--only", a.files, "Only the rows with these names")->type_name("ROW");
    app.add_option("--repeat", a.bench.repeat, "Measurements of each row; the best counts")
        ->type_name("N")
        ->check(CLI::Range(1, most_repetitions).description(""))
        ->capture_default_str();
    app.add_flag("--quick", a.bench.quick, "One short measurement of each row");
    declare_threads(app, a.bench.threads);
    app.add_flag("--json", a.json, "As JSON");
}

void declare(CLI::App& app, Arguments& a, std::function<int()>& command, const DrawRun& draw)
{
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_version_flag("--version", std::string("spikescope ") + spikescope::version);
    app.require_subcommand(1);
    app.footer("Without a sub-command the window opens: spikescope [PRESET]\n"
               "PRESET is the id of a shipped preset (see `spikescope list`) or a file.\n"
               "SUBCOMMAND --help explains the options of one sub-command.");

    CLI::App* run = app.add_subcommand("run", "Run a preset without a window");
    declare_run(*run, a.run, static_cast<bool>(draw));
    run->callback([&] { command = [&] { return run_command(a.run, draw); }; });

    CLI::App* list = app.add_subcommand("list", "List the shipped presets");
    list->add_flag("--json", a.json, "As JSON");
    list->callback([&] { command = [&a] { return list_command(a.json); }; });

    declare_show(*app.add_subcommand(
                     "show", "Print a preset with every default filled in, as JSON, or its plan"),
        a, command);

    CLI::App* validate = app.add_subcommand("validate", "Check preset files; one line per error");
    validate->add_option("FILE", a.files, "Preset files")->required();
    validate->add_flag("--quiet", a.quiet, "Only the errors");
    validate->callback([&] { command = [&a] { return validate_command(a.files, a.quiet); }; });

    CLI::App* verify = app.add_subcommand(
        "verify", "Run presets and hold them to what they promise; exit status 1 if one fails");
    verify->add_option("PRESET", a.files, "Shipped ids or preset files; without any, all shipped");
    verify->add_flag("--json", a.json, "As JSON");
    declare_threads(*verify, a.threads);
    verify->callback(
        [&] { command = [&a] { return verify_command(a.files, a.json, a.threads); }; });

    CLI::App* models = app.add_subcommand(
        "models", "List the models, or describe one with its parameters, units and ranges");
    models->add_option("NAME", a.model, "A model");
    models->add_flag("--json", a.json, "As JSON");
    models->callback([&] { command = [&a] { return models_command(a.model, a.json); }; });

    CLI::App* theory = app.add_subcommand(
        "theory", "Mean-field theory of a Brunel network: rate, CV, stability, rhythm");
    declare_theory(*theory, a.theory);
    theory->add_flag("--json", a.json, "As JSON");
    theory->callback([&] { command = [&a] { return theory_command(a.theory, a.json); }; });

    CLI::App* sweep = app.add_subcommand(
        "sweep", "Run a preset for many values of one or two of its numbers and measure each run");
    declare_sweep(*sweep, a.sweep);
    sweep->callback([&] { command = [&a] { return sweep_command(a.sweep); }; });

    CLI::App* bench = app.add_subcommand(
        "bench", "Measure the speed on this machine, in processor and wall time, beside the goals");
    declare_bench(*bench, a);
    bench->callback([&] { command = [&a] { return bench_command(a.files, a.bench, a.json); }; });
}

/// Runs the command; every failure becomes a message and an exit status.
int execute(const std::function<int()>& command)
{
    try {
        const int status = command();
        return finish_output() ? status : failed;
    } catch (const engine::core::Cancelled&) {
        return interrupted;
    } catch (const engine::core::InputError& error) {
        print(error.diagnostics());
        return wrong_input;
    } catch (const UsageError& error) {
        complain(error.what());
        return wrong_usage;
    } catch (const std::bad_alloc&) {
        complain("not enough memory");
    } catch (const std::exception& error) {
        // A blocked write that Ctrl-C broke off is no failure of its own.
        if (interrupt_requested()) {
            return interrupted;
        }
        complain(error.what());
    }
    return failed;
}

} // namespace

bool is_command(int argc, const char* const* argv)
{
    if (argc < 2) {
        return false;
    }
    const std::string_view first = argv[1];
    return first == "--help" || first == "-h" || first == "--version"
        || std::find(sub_commands.begin(), sub_commands.end(), first) != sub_commands.end();
}

int run(int argc, const char* const* argv, const DrawRun& draw)
{
    std::ios::sync_with_stdio(false);
    Arguments arguments;
    std::function<int()> command;
    CLI::App app("Spikescope: spiking neurons and networks, seen while they run", "spikescope");
    declare(app, arguments, command, draw);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : wrong_usage;
    }
    return execute(command);
}

} // namespace app::cli
