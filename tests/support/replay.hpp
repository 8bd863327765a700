#pragma once

#include "tests/support/deviations.hpp"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace tests {

/// A recorded run: a folder below tests/data with preset.json, spikes.csv and traces.csv, and what
/// is demanded of a replay (a row of cases.csv beside it).
struct ReplayCase {
    std::string folder; ///< "nest/iaf_psc_delta_dc_step"
    long long spikes_until = 0; ///< spikes up to this step are the same
    long long samples_until = 0; ///< samples up to this step agree
    double tolerance = 0.0; ///< largest deviation of a sample
    bool relative = false; ///< ... divided by its magnitude where that is above 1
};

/// All cases listed in tests/data/`collection`/cases.csv.
std::vector<ReplayCase> replay_cases(const std::string& collection);

struct ReplayResult {
    QString error; ///< empty where the run agrees
    std::size_t spikes = 0;
    std::size_t samples = 0; ///< compared
    std::string model; ///< of the first population
    std::map<std::string, double> largest_deviation; ///< by quantity, as "V_m_mV", of all neurons
};

/// Runs the case's preset on one thread and compares.
ReplayResult replay(const ReplayCase& replay_case);

/// Notes spikes and largest deviations as a row of `table`.
void note_deviations(const DeviationPart& part, const std::string& table,
    const ReplayCase& replay_case, const ReplayResult& result);

} // namespace tests
