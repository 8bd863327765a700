// A long run in the real window: bench_long [PRESET] [MODEL_S] [SPEED] [MIB]
//   PRESET   id or file; brunel-ai-small where missing
//   MODEL_S  model time that is run through; 3600
//   SPEED    model time / wall time, or max
//   MIB      memory for the recorded run; 1024
// Opens every dock and prints, sixty times on the way, what the process takes of the memory: it has
// to stay where it is once the history's budget is full.

#include "engine/config/preset_library.hpp"
#include "tests/bench/window/measuring.hpp"
#include "tests/bench/window/whole_window.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/main_window.hpp"
#include "ui/plots/plot_area.hpp"

#include <QApplication>

#include <unistd.h>

#include <fstream>
#include <string>

namespace {

/// What the process has of the machine's memory [MB].
double residentMb()
{
    double pages_all = 0.0;
    double pages_resident = 0.0;
    std::ifstream("/proc/self/statm") >> pages_all >> pages_resident;
    return 1e-6 * pages_resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

} // namespace

int main(int argc, char** argv)
{
    const IsolatedSettings settings;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication application(argc, argv);
    const QString preset
        = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("brunel-ai-small");
    const double model_s = argc > 2 ? std::stod(argv[2]) : 3600.0;
    const std::string speed = argc > 3 ? argv[3] : "max";

    engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
    ui::MainWindow window(library);
    if (!runIn(window, preset, speed)) {
        return 1;
    }
    const std::size_t budgetMib = argc > 4 ? std::stoul(argv[4]) : 1024;
    window.bridge().post(engine::SetHistoryBudget {budgetMib << 20});
    openEverything(window);

    constexpr int rows = 60;
    std::printf(
        "%10s %10s %12s %18s\n", "model [s]", "wall [s]", "memory [MB]", "history from [s]");
    const double began = seconds(CLOCK_MONOTONIC);
    for (int row = 0; row <= rows; ++row) {
        const double until_ms = 1e3 * model_s * row / rows;
        while (window.bridge().status().t_ms < until_ms) {
            processFor(0.05);
        }
        const engine::Status& status = window.bridge().status();
        std::printf("%10.1f %10.1f %12.1f %18.1f\n", 1e-3 * status.t_ms,
            seconds(CLOCK_MONOTONIC) - began, residentMb(), 1e-3 * status.history_from_ms);
        std::fflush(stdout);
    }
    return 0;
}
