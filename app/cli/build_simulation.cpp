#include "app/cli/build_simulation.hpp"

#include "app/cli/interrupt.hpp"

#include <thread>

namespace app::cli {

std::unique_ptr<engine::Simulation> build_simulation(const engine::config::PresetDocument& document,
    int threads, ProgressBar& bar, const std::string& what)
{
    engine::SimulationOptions options;
    options.threads = threads;
    engine::core::Progress& progress = InterruptGuard::progress();
    progress.set_fraction(0.0);
    const std::jthread painter([&](const std::stop_token& stop) {
        bar.follow(
            stop, [&] { return progress.fraction(); }, what);
    });
    return std::make_unique<engine::Simulation>(document, options, &progress);
}

} // namespace app::cli
