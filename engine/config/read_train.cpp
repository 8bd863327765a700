#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

namespace engine::config {

namespace {

constexpr std::size_t most_errors = 20; // of one file
constexpr const char* common_header = "time_ms,weight";
constexpr const char* neuron_header = "neuron,time_ms,weight";

/// Ascending in time; spikes of the same step are added up in their order.
Train sorted_train(const core::TimeGrid& grid, const std::vector<double>& times_ms,
    const std::vector<double>& weights, std::vector<std::size_t> rows)
{
    std::stable_sort(rows.begin(), rows.end(),
        [&](std::size_t i, std::size_t j) { return times_ms[i] < times_ms[j]; });
    Train train;
    train.times_ms.reserve(rows.size());
    train.weights.reserve(rows.size());
    core::Step last = -1;
    for (const std::size_t row : rows) {
        const core::Step step = grid.steps(times_ms[row]);
        if (!train.times_ms.empty() && step == last) {
            train.weights.back() += weights[row];
        } else {
            train.times_ms.push_back(times_ms[row]);
            train.weights.push_back(weights[row]);
        }
        last = step;
    }
    return train;
}

std::vector<std::size_t> all_rows(std::size_t count)
{
    std::vector<std::size_t> rows(count);
    std::iota(rows.begin(), rows.end(), std::size_t {0});
    return rows;
}

class TrainReader {
public:
    TrainReader(Resolution& r, const Place& at, const Stimulus& stimulus)
        : r_(r)
        , reader_(r.reader)
        , at_(at)
        , stimulus_(stimulus)
    {
    }

    std::optional<Source> from_lists()
    {
        const std::size_t before = reader_.errors();
        const Place times_place = Reader::member(at_, "times");
        const auto times = reader_.required_numbers(at_, "times", time_limits());
        const auto weights = read_weights(times ? times->size() : 0, times.has_value());
        if (times) {
            bool warned = false;
            for (std::size_t i = 0; i < times->size(); ++i) {
                const Place place = Reader::item(times_place, i);
                const std::string problem = time_problem((*times)[i]);
                if (!problem.empty()) {
                    reader_.error(place, "is " + core::number_text((*times)[i]) + " ms", problem);
                } else if (!warned && r_.grid_known && !r_.grid.on_grid((*times)[i])) {
                    warned = true; // one for the whole list
                    warn_off_grid(r_, place, (*times)[i]);
                }
            }
        }
        if (reader_.errors() != before) {
            return std::nullopt;
        }
        SpikeTrain train;
        train.common = std::make_shared<const Train>(
            sorted_train(r_.grid, *times, weights, all_rows(times->size())));
        return train;
    }

    std::optional<Source> from_file(const Place& file_place)
    {
        for (const char* key : {"times", "weights"}) {
            const Place place = Reader::member(at_, key);
            if (place) {
                reader_.error(place, "stands beside file", "the file brings times and weights");
                return std::nullopt;
            }
        }
        const auto reference = reader_.text(file_place);
        if (!reference) {
            return std::nullopt;
        }
        const FileReferences::Result file
            = r_.files.table(*reference, {common_header, neuron_header});
        for (core::Diagnostic error : file.errors) {
            if (error.file.empty()) {
                reader_.error(file_place, error.found, error.expected);
            } else {
                error.pointer = file_place.pointer();
                reader_.add(std::move(error));
            }
        }
        if (!file.table) {
            return std::nullopt;
        }
        path_ = r_.files.resolve(*reference).string();
        pointer_ = file_place.pointer();
        const Table& table = *file.table;
        const auto made = r_.files.derived<SpikeTrain>(
            context_key(&table), [&]() -> std::shared_ptr<const SpikeTrain> {
                return table.columns.size() == 2 ? common(table) : per_neuron(table);
            });
        return made ? std::optional<Source>(*made) : std::nullopt;
    }

private:
    std::vector<double> read_weights(std::size_t count, bool count_known)
    {
        const Place place = Reader::member(at_, "weights");
        if (!place) {
            reader_.missing(at_, "weights", "expected a number or a list of numbers");
            return {};
        }
        if (!place.json->is_array()) {
            return std::vector<double>(count, reader_.number(place).value_or(0.0));
        }
        auto list = reader_.numbers(place);
        if (list && count_known && list->size() != count) {
            reader_.error(place, "has " + std::to_string(list->size()) + " values",
                "must have one for each of the " + std::to_string(count) + " times");
        }
        return list.value_or(std::vector<double> {});
    }

    std::string time_problem(double t_ms) const
    {
        if (!(t_ms <= longest_time_ms)) {
            return "must be at most " + core::number_text(longest_time_ms) + " ms";
        }
        if (r_.grid_known && (t_ms < 0.0 || r_.grid.steps(t_ms) < 1)) {
            return "must be at least dt = " + core::number_text(r_.grid.dt_ms())
                + " ms: the first step ends there";
        }
        return {};
    }

    /// Besides the table the trains depend on dt and the targets.
    std::string context_key(const void* table) const
    {
        char address[32];
        std::snprintf(address, sizeof address, "%p", table);
        std::string key
            = "train " + std::string(address) + " " + core::number_text(r_.grid.dt_ms());
        for (const Target& target : stimulus_.targets) {
            key += " " + std::to_string(target.population) + ":"
                + std::to_string(r_.experiment.populations[target.population].size)
                + (target.all ? "all" : "");
            for (const std::uint32_t neuron : target.neurons) {
                key += "," + std::to_string(neuron);
            }
        }
        return key;
    }

    void row_error(const Table& table, std::size_t row, std::string found, std::string expected,
        core::Severity severity = core::Severity::error)
    {
        core::Diagnostic diagnostic;
        diagnostic.severity = severity;
        diagnostic.file = path_;
        diagnostic.line = static_cast<int>(table.lines[row]);
        diagnostic.column = 1;
        diagnostic.pointer = pointer_;
        diagnostic.found = std::move(found);
        diagnostic.expected = std::move(expected);
        reader_.add(std::move(diagnostic));
    }

    bool check_times(const Table& table, const std::vector<double>& times_ms)
    {
        std::size_t errors = 0;
        bool warned = false;
        for (std::size_t row = 0; row < times_ms.size() && errors < most_errors; ++row) {
            const std::string problem = time_problem(times_ms[row]);
            if (!problem.empty()) {
                ++errors;
                row_error(table, row, "time_ms is " + core::number_text(times_ms[row]), problem);
            } else if (!warned && r_.grid_known && !r_.grid.on_grid(times_ms[row])) {
                warned = true; // one for the whole file
                row_error(table, row, core::number_text(times_ms[row]) + " ms is no multiple of dt",
                    "rounded to " + core::number_text(r_.grid.time_ms(r_.grid.steps(times_ms[row])))
                        + " ms",
                    core::Severity::warning);
            }
        }
        return errors == 0;
    }

    std::shared_ptr<const SpikeTrain> common(const Table& table)
    {
        if (!check_times(table, table.columns[0])) {
            return nullptr;
        }
        auto train = std::make_shared<SpikeTrain>();
        train->common = std::make_shared<const Train>(sorted_train(
            r_.grid, table.columns[0], table.columns[1], all_rows(table.lines.size())));
        return train;
    }

    bool is_target(double neuron) const
    {
        return std::any_of(
            stimulus_.targets.begin(), stimulus_.targets.end(), [&](const Target& target) {
                if (target.all) {
                    return !r_.known[target.population].size
                        || neuron
                        < static_cast<double>(r_.experiment.populations[target.population].size);
                }
                return std::binary_search(target.neurons.begin(), target.neurons.end(),
                    static_cast<std::uint32_t>(neuron));
            });
    }

    std::shared_ptr<const SpikeTrain> per_neuron(const Table& table)
    {
        bool ok = check_times(table, table.columns[1]);
        std::size_t errors = 0;
        const std::vector<double>& neurons = table.columns[0];
        std::map<std::uint32_t, std::vector<std::size_t>> rows;
        for (std::size_t row = 0; row < neurons.size() && errors < most_errors; ++row) {
            const double neuron = neurons[row];
            std::string problem;
            if (std::floor(neuron) != neuron || neuron < 0.0
                || neuron >= static_cast<double>(largest_size)) {
                problem = "must be a whole number, counted from 0";
            } else if (!stimulus_.targets.empty() && !is_target(neuron)) {
                problem = "is not among the targets of the stimulus";
            }
            if (!problem.empty()) {
                ++errors;
                row_error(table, row, "neuron " + core::number_text(neuron), problem);
            } else {
                rows[static_cast<std::uint32_t>(neuron)].push_back(row);
            }
        }
        if (!ok || errors > 0) {
            return nullptr;
        }
        auto trains = std::make_shared<std::map<std::uint32_t, Train>>();
        for (auto& neuron : rows) {
            (*trains)[neuron.first] = sorted_train(
                r_.grid, table.columns[1], table.columns[2], std::move(neuron.second));
        }
        auto train = std::make_shared<SpikeTrain>();
        train->per_neuron = std::move(trains);
        return train;
    }

    Resolution& r_;
    Reader& reader_;
    const Place& at_;
    const Stimulus& stimulus_;
    std::string path_;
    std::string pointer_;
};

} // namespace

std::optional<Source> read_spike_train(Resolution& r, const Place& at, const Stimulus& stimulus)
{
    TrainReader reader(r, at, stimulus);
    const Place file = Reader::member(at, "file");
    return file ? reader.from_file(file) : reader.from_lists();
}

} // namespace engine::config
