#include "app/cli/verify_command.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/progress_bar.hpp"
#include "app/cli/verification.hpp"

#include <algorithm>
#include <iostream>
#include <numeric>
#include <utility>

namespace app::cli {

namespace config = engine::config;

namespace {

std::vector<Candidate> candidates(std::vector<std::string> names)
{
    const config::PresetLibrary library = names.empty() ? shipped_library() : preset_library();
    if (names.empty()) {
        names = library.shipped_ids();
    }
    std::vector<Candidate> out;
    for (std::string& name : names) {
        InterruptGuard::check();
        config::LoadResult loaded = library.open(name);
        out.push_back({std::move(name), std::move(loaded.document), std::move(loaded.diagnostics)});
    }
    return out;
}

} // namespace

int verify_command(const std::vector<std::string>& presets, bool json, int threads)
{
    const InterruptGuard guard;
    const std::vector<Candidate> all = candidates(presets);
    const double cost = std::accumulate(all.begin(), all.end(), 0.0,
        [](double sum, const Candidate& one) { return sum + expected_cost(one); });
    ProgressBar bar(false);
    std::vector<Verification> results;
    double done_before = 0.0;
    for (const Candidate& candidate : all) {
        const double own = expected_cost(candidate);
        const auto paint = [&](double fraction) {
            bar.paint(cost > 0.0 ? (done_before + own * fraction) / cost : 1.0, candidate.name);
        };
        paint(0.0);
        results.push_back(verify(candidate, threads, paint));
        done_before += own;
        if (!candidate.diagnostics.empty()) {
            bar.clear();
            print(candidate.diagnostics);
        }
        if (!json) {
            bar.clear();
            std::cout << table(results.back()) << std::flush;
        }
    }
    bar.clear();
    std::cout << (json ? json_text(results) : closing_line(results)) << '\n';
    const bool passed = std::all_of(
        results.begin(), results.end(), [](const Verification& one) { return one.passed(); });
    return passed ? done : wrong_input;
}

} // namespace app::cli
