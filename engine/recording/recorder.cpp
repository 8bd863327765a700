#include "engine/recording/recorder.hpp"

#include <algorithm>

namespace engine::recording {

namespace {

constexpr std::size_t most_buffered_values = std::size_t {1} << 16;
constexpr core::Step most_buffered_steps = 1024;
constexpr const char* current_name = "I";

std::string csv_name(const std::string& population, const TraceColumn& column)
{
    std::string name = population + "." + std::to_string(column.neuron) + "." + column.variable;
    return column.unit.empty() ? name : name + "_" + column.unit;
}

} // namespace

std::vector<TraceGroup> trace_groups(const config::Experiment& experiment,
    const std::vector<config::TraceRequest>& requests, const core::TimeGrid& grid)
{
    std::vector<TraceGroup> groups;
    for (std::size_t r = 0; r < requests.size(); ++r) {
        const config::TraceRequest& request = requests[r];
        const config::Population& population = experiment.populations[request.population];
        const auto recordables = population.model->recordables(population.params);
        const core::Step interval = std::max<core::Step>(grid.steps(request.interval_ms), 1);
        auto group = std::find_if(groups.begin(), groups.end(),
            [interval](const TraceGroup& g) { return g.interval == interval; });
        if (group == groups.end()) {
            groups.push_back({interval, {}});
            group = std::prev(groups.end());
        }
        for (const std::uint32_t neuron : request.neurons) {
            for (const std::string& variable : request.variables) {
                const auto spec = std::find_if(recordables.begin(), recordables.end(),
                    [&](const models::RecordableSpec& s) { return s.name == variable; });
                if (spec == recordables.end()) {
                    continue;
                }
                TraceColumn column;
                column.request = r;
                column.population = request.population;
                column.neuron = neuron;
                column.recordable = static_cast<std::size_t>(spec - recordables.begin());
                column.variable = variable;
                column.unit = spec->unit;
                column.csv_name = csv_name(population.name, column);
                group->columns.push_back(std::move(column));
            }
        }
    }
    return groups;
}

Recorder::Recorder(const config::Experiment& experiment,
    const std::vector<config::TraceRequest>& requests, const core::TimeGrid& grid,
    const std::vector<Span>& spans)
    : groups_(trace_groups(experiment, requests, grid))
    , plans_(spans.size())
    , buffers_(groups_.size())
    , longest_batch_(most_buffered_steps)
{
    for (std::size_t s = 0; s < spans.size(); ++s) {
        Plan& plan = plans_[s];
        plan.first = spans[s].first;
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            Part part {g, {}};
            for (std::size_t c = 0; c < groups_[g].columns.size(); ++c) {
                const TraceColumn& column = groups_[g].columns[c];
                if (column.population == spans[s].population && column.neuron >= spans[s].first
                    && column.neuron < spans[s].first + spans[s].count) {
                    const bool is_current = column.variable == current_name;
                    plan.current = plan.current || is_current;
                    part.samples.push_back({c, column.recordable, column.neuron, is_current});
                }
            }
            if (!part.samples.empty()) {
                plan.parts.push_back(std::move(part));
            }
        }
    }
    for (const TraceGroup& group : groups_) {
        const std::size_t rows = std::max<std::size_t>(
            most_buffered_values / std::max<std::size_t>(group.columns.size(), 1), 1);
        longest_batch_ = std::min(longest_batch_, static_cast<core::Step>(rows) * group.interval);
    }
}

bool Recorder::due(std::size_t span, core::Step stamp) const
{
    const auto& parts = plans_[span].parts;
    return std::any_of(parts.begin(), parts.end(),
        [&](const Part& part) { return stamp % groups_[part.group].interval == 0; });
}

void Recorder::begin_batch(core::Step from, core::Step to)
{
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const core::Step interval = groups_[g].interval;
        buffers_[g].first_stamp = (from / interval + 1) * interval;
        const auto rows = static_cast<std::size_t>(to / interval - from / interval);
        const std::size_t values = rows * groups_[g].columns.size();
        if (buffers_[g].values.size() < values) {
            buffers_[g].values.resize(values);
        }
    }
}

double* Recorder::row(std::size_t group, core::Step stamp)
{
    const auto index
        = static_cast<std::size_t>((stamp - buffers_[group].first_stamp) / groups_[group].interval);
    return buffers_[group].values.data() + index * groups_[group].columns.size();
}

void Recorder::sample(
    std::size_t span, core::Step stamp, const models::Neurons& neurons, const double* current)
{
    const Plan& plan = plans_[span];
    for (const Part& part : plan.parts) {
        if (stamp % groups_[part.group].interval != 0) {
            continue;
        }
        double* values = row(part.group, stamp);
        for (const Sample& s : part.samples) {
            if (!s.is_current) {
                values[s.column] = neurons.value(s.recordable, s.neuron);
            } else {
                values[s.column] = current == nullptr ? 0.0 : current[s.neuron - plan.first];
            }
        }
    }
}

void Recorder::end_batch(RowSink& sink, core::Step to)
{
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        Buffer& buffer = buffers_[g];
        core::Step stamp = buffer.first_stamp;
        for (; stamp <= to; stamp += groups_[g].interval) {
            sink.append_row(g, stamp, row(g, stamp));
        }
        stamp -= groups_[g].interval;
        if (stamp >= buffer.first_stamp) {
            const double* last = row(g, stamp);
            buffer.newest_stamp = stamp;
            buffer.newest.assign(last, last + groups_[g].columns.size());
        }
    }
}

void Recorder::resume(const History& history, core::Step now)
{
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const TraceRows last = history.rows(g, now - 1, now);
        buffers_[g].newest_stamp = last.steps.empty() ? -1 : now;
        buffers_[g].newest = last.values;
    }
}

void Recorder::forget_newest()
{
    for (Buffer& buffer : buffers_) {
        buffer.newest_stamp = -1;
    }
}

void Recorder::amend_current(std::size_t span, core::Step now, const double* current)
{
    const Plan& plan = plans_[span];
    for (const Part& part : plan.parts) {
        Buffer& buffer = buffers_[part.group];
        if (buffer.newest_stamp != now) {
            continue;
        }
        for (const Sample& s : part.samples) {
            if (s.is_current) {
                buffer.newest[s.column] = current == nullptr ? 0.0 : current[s.neuron - plan.first];
            }
        }
    }
}

void Recorder::finish_amending(RowSink& sink, core::Step now)
{
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (buffers_[g].newest_stamp == now) {
            sink.amend_row(g, buffers_[g].newest.data());
        }
    }
}

} // namespace engine::recording
