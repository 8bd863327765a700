#pragma once

#include "app/cli/bench_row.hpp"
#include "app/cli/progress_bar.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace app::cli {

struct BenchSettings {
    int threads = 0; ///< 0: one, two, and as many as the machine has
    int repeat = 3; ///< measurements, of which the best counts
    bool quick = false; ///< shorter measurements
};

/// One row with one number of threads. Each figure is the best of its repetitions, in the unit of
/// the row.
struct BenchRun {
    int threads = 1;
    double cpu = 0.0; ///< processor time of the whole process
    double busiest = 0.0; ///< processor time of the busiest thread
    double wall = 0.0;
    double build_s = 0.0; ///< wall time until the network stood
    double rate_Hz = 0.0; ///< of all neurons, in the measurement
    double events_per_cpu_s = 0.0; ///< synaptic events for a second of processor time; 0 without
                                   ///< synapses and for a build
};

struct BenchResult {
    BenchRow row;
    std::uint64_t neurons = 0;
    std::uint64_t synapses = 0;
    double window_ms = 0.0; ///< model time of one measurement; 0 for a build
    std::string left_out; ///< why nothing was measured; empty where something was
    std::vector<BenchRun> runs;
};

/// Numbers of threads that a row is measured with.
std::vector<int> thread_counts(const BenchRow& row, const BenchSettings& settings);

/// Measures a row; a network that does not fit into the memory is left out. Throws core::Cancelled.
BenchResult measure(const BenchRow& row, const BenchSettings& settings, ProgressBar& bar);

} // namespace app::cli
