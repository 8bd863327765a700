#include "tests/support/replay.hpp"

#include "engine/simulation.hpp"
#include "tests/support/csv_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <tuple>

namespace tests {

namespace {

namespace fs = std::filesystem;
using engine::core::Step;
using engine::recording::Spike;

fs::path data_folder(const std::string& name) { return fs::path(SPIKESCOPE_TEST_DATA) / name; }

std::vector<Spike> expected_spikes(
    const fs::path& folder, const engine::config::Experiment& experiment, Step until)
{
    std::vector<Spike> spikes;
    const auto rows = read_csv(folder / "spikes.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        Spike spike;
        spike.step = std::stoll(rows[i][0]);
        spike.neuron = static_cast<std::uint32_t>(std::stoul(rows[i][2]));
        const auto population = std::find_if(experiment.populations.begin(),
            experiment.populations.end(), [&](const auto& p) { return p.name == rows[i][1]; });
        spike.population = static_cast<std::uint32_t>(population - experiment.populations.begin());
        if (spike.step <= until) {
            spikes.push_back(spike);
        }
    }
    std::sort(spikes.begin(), spikes.end(), [](const Spike& x, const Spike& y) {
        return std::tie(x.step, x.population, x.neuron) < std::tie(y.step, y.population, y.neuron);
    });
    return spikes;
}

QString compare_spikes(const std::vector<Spike>& got, const std::vector<Spike>& expected)
{
    for (std::size_t i = 0; i < std::max(got.size(), expected.size()); ++i) {
        const auto text = [i](const std::vector<Spike>& spikes) {
            return i < spikes.size() ? QString("step %1, population %2, neuron %3")
                                           .arg(spikes[i].step)
                                           .arg(spikes[i].population)
                                           .arg(spikes[i].neuron)
                                     : QString("none");
        };
        if (i >= got.size() || i >= expected.size() || !(got[i] == expected[i])) {
            return QString("%1 spikes, %2 expected; spike %3 is %4, not %5")
                .arg(got.size())
                .arg(expected.size())
                .arg(i)
                .arg(text(got), text(expected));
        }
    }
    return {};
}

/// Recorded values by column name and step.
class Samples {
public:
    explicit Samples(const engine::recording::History& history, Step end)
    {
        for (std::size_t g = 0; g < history.groups().size(); ++g) {
            const auto& columns = history.groups()[g].columns;
            groups_.push_back(history.rows(g, 0, end));
            for (std::size_t c = 0; c < columns.size(); ++c) {
                places_[columns[c].csv_name] = {g, c, columns.size()};
            }
        }
    }

    double at(const std::string& column, Step step) const
    {
        const auto place = places_.find(column);
        if (place == places_.end()) {
            throw std::runtime_error("no column " + column);
        }
        const auto& rows = groups_[place->second.group];
        const auto row = std::lower_bound(rows.steps.begin(), rows.steps.end(), step);
        if (row == rows.steps.end() || *row != step) {
            throw std::runtime_error("no sample at step " + std::to_string(step));
        }
        const auto index = static_cast<std::size_t>(row - rows.steps.begin());
        return rows.values[index * place->second.width + place->second.column];
    }

private:
    struct Place {
        std::size_t group = 0;
        std::size_t column = 0;
        std::size_t width = 0;
    };
    std::vector<engine::recording::TraceRows> groups_;
    std::map<std::string, Place> places_;
};

/// "E.0.V_m_mV" -> "V_m_mV"
std::string quantity_of(const std::string& column) { return column.substr(column.rfind('.') + 1); }

void compare_samples(const fs::path& folder, const ReplayCase& replay_case, const Samples& samples,
    ReplayResult& result)
{
    const auto rows = read_csv(folder / "traces.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Step step = std::stoll(rows[i][0]);
        if (step > replay_case.samples_until) {
            continue;
        }
        for (std::size_t c = 1; c < rows[i].size(); ++c) {
            // Not stod, which refuses the denormal numbers that decayed conductances are.
            const double expected = std::strtod(rows[i][c].c_str(), nullptr);
            const double got = samples.at(rows[0][c], step);
            const double scale = replay_case.relative ? std::max(1.0, std::fabs(expected)) : 1.0;
            const double deviation = std::fabs(got - expected) / scale;
            ++result.samples;
            double& largest = result.largest_deviation[quantity_of(rows[0][c])];
            largest = std::max(largest, deviation);
            if (!(deviation <= replay_case.tolerance) && result.error.isEmpty()) {
                result.error = QString("step %1: %2 is %3, not %4")
                                   .arg(step)
                                   .arg(QString::fromStdString(rows[0][c]))
                                   .arg(got, 0, 'g', 17)
                                   .arg(expected, 0, 'g', 17);
            }
        }
    }
}

} // namespace

std::vector<ReplayCase> replay_cases(const std::string& collection)
{
    std::vector<ReplayCase> list;
    const auto rows = read_csv(data_folder(collection) / "cases.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const CsvRow& row = rows[i];
        list.push_back({collection + "/" + row.at(0), std::stoll(row.at(1)), std::stoll(row.at(2)),
            std::stod(row.at(3)), row.at(4) == "1"});
    }
    return list;
}

ReplayResult replay(const ReplayCase& replay_case)
{
    ReplayResult result;
    const fs::path folder = data_folder(replay_case.folder);
    auto loaded = engine::config::PresetDocument::load(folder / "preset.json");
    if (!loaded.document) {
        result.error = QString::fromStdString(engine::core::text(loaded.diagnostics));
        return result;
    }
    engine::SimulationOptions options;
    options.threads = 1;
    engine::Simulation simulation(*loaded.document, options);
    const Step end = simulation.end();
    simulation.advance(end);

    result.model = simulation.document().experiment().populations.front().model->name;
    const auto history = simulation.history();
    const auto spikes = history->spikes(0, std::min<Step>(end, replay_case.spikes_until));
    result.spikes = spikes.size();
    result.error = compare_spikes(spikes,
        expected_spikes(folder, simulation.document().experiment(), replay_case.spikes_until));
    compare_samples(folder, replay_case, Samples(*history, end), result);
    return result;
}

void note_deviations(const DeviationPart& part, const std::string& table,
    const ReplayCase& replay_case, const ReplayResult& result)
{
    const std::string name = fs::path(replay_case.folder).filename().string();
    part.note({table, name, "spikes", static_cast<double>(result.spikes)});
    for (const auto& [quantity, deviation] : result.largest_deviation) {
        part.note({table, name, quantity, deviation});
    }
}

} // namespace tests
