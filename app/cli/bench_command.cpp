#include "app/cli/bench_command.hpp"

#include "app/cli/bench_report.hpp"
#include "app/cli/command_line.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/progress_bar.hpp"

#include <iostream>

namespace app::cli {

int bench_command(const std::vector<std::string>& only, const BenchSettings& settings, bool json)
{
    const InterruptGuard guard;
    const std::vector<BenchRow> rows = chosen_rows(bench_rows(), only);
    std::vector<BenchResult> results;
    ProgressBar bar(false);
    for (const BenchRow& row : rows) {
        results.push_back(measure(row, settings, bar));
    }
    bar.clear();
    const Machine machine = this_machine();
    if (json) {
        std::cout << bench_json(machine, settings, results) << '\n';
    } else {
        print_bench(machine, results);
    }
    return done;
}

} // namespace app::cli
