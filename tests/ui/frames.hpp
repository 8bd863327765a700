#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/frame.hpp"

#include <QtTest>

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// Frames as the engine gives them, made by hand: what the plots have to show is then known.

namespace frames {

inline engine::config::PresetDocument document(const char* text)
{
    auto loaded = engine::config::PresetDocument::parse(text, "test", {});
    if (!loaded.document) {
        qFatal("%s", engine::core::text(loaded.diagnostics).c_str());
    }
    return *loaded.document;
}

/// The groups that recording this document gives: all traces of one interval together.
inline std::vector<engine::recording::TraceGroup> groupsOf(
    const engine::config::Experiment& experiment)
{
    engine::recording::TraceGroup group;
    for (std::size_t r = 0; r < experiment.record.traces.size(); ++r) {
        const auto& request = experiment.record.traces[r];
        const auto& population = experiment.populations[request.population];
        const auto recordables = population.model->recordables(population.params);
        for (const std::uint32_t neuron : request.neurons) {
            for (const std::string& variable : request.variables) {
                engine::recording::TraceColumn column;
                column.request = r;
                column.population = request.population;
                column.neuron = neuron;
                column.variable = variable;
                for (std::size_t i = 0; i < recordables.size(); ++i) {
                    if (recordables[i].name == variable) {
                        column.recordable = i;
                        column.unit = recordables[i].unit;
                    }
                }
                column.csv_name = population.name + '.' + std::to_string(neuron) + '.' + variable
                    + (column.unit.empty() ? "" : '_' + column.unit);
                group.columns.push_back(column);
            }
        }
    }
    return {group};
}

/// Makes one sweep and hands it out in frames.
class Sweep {
public:
    using Sample = std::function<double(std::size_t column, engine::core::Step step)>;

    Sweep(engine::config::PresetDocument document, std::uint64_t session, std::uint64_t sweep,
        Sample sample)
        : m_document(std::move(document))
        , m_session(session)
        , m_sweep(sweep)
        , m_sample(std::move(sample))
        , m_history(std::make_shared<engine::recording::History>(
              groupsOf(m_document.experiment()), std::size_t {1} << 26))
    {
    }

    /// A spike to come; ascending.
    void spike(engine::core::Step step, std::uint32_t population, std::uint32_t neuron)
    {
        m_spikes.push_back({step, population, neuron});
    }

    /// Steps up to `to`, as one frame.
    engine::Frame next(engine::core::Step to)
    {
        const std::size_t columns = m_history->groups().front().columns.size();
        std::vector<double> row(columns);
        for (engine::core::Step k = m_to + 1; k <= to; ++k) {
            for (std::size_t c = 0; c < columns; ++c) {
                row[c] = m_sample(c, k);
            }
            if (columns > 0) {
                m_history->append_row(0, k, row.data());
            }
            for (const auto& spike : m_spikes) {
                if (spike.step == k) {
                    m_history->append_spikes(k, spike.population, &spike.neuron, 1);
                }
            }
        }
        m_history->publish(to);
        const engine::core::TimeGrid grid(m_document.experiment().simulation.dt_ms);
        engine::Status status;
        status.state = engine::RunState::running;
        status.t_ms = grid.time_ms(to);
        status.dt_ms = grid.dt_ms();
        engine::Frame frame {.session = m_session,
            .sweep = m_sweep,
            .document = m_document,
            .status = status,
            .traces = {m_history->rows(0, m_to, to)},
            .spikes = m_history->spikes(m_to, to),
            .from = m_to,
            .to = to,
            .skipped = false,
            .changes = {},
            .notices = {},
            .history = m_history};
        m_to = to;
        return frame;
    }

    /// A change at the newest stamp, as in a pause: it renews the last row and brings nothing new.
    engine::Frame changed(const std::string& path, const std::vector<double>& row)
    {
        m_history->amend_row(0, row.data());
        engine::Frame frame = next(m_to);
        frame.changes.push_back({m_to, path, 0.0, 0.0, false});
        return frame;
    }

    /// A frame that brings nothing itself: what it covers is in the history only.
    engine::Frame skipTo(engine::core::Step to)
    {
        engine::Frame frame = next(to);
        frame.from = to;
        frame.traces = {{}};
        frame.spikes.clear();
        frame.skipped = true;
        return frame;
    }

private:
    engine::config::PresetDocument m_document;
    std::uint64_t m_session;
    std::uint64_t m_sweep;
    Sample m_sample;
    std::shared_ptr<engine::recording::History> m_history;
    std::vector<engine::recording::Spike> m_spikes;
    engine::core::Step m_to = 0;
};

inline constexpr const char* neuron
    = R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
  "simulation": {"dt": 0.1, "duration": 100, "at_end": "repeat"},
  "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta", "params": {"V_th": -50}}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": 400}],
  "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m", "I"]}]}})";

inline constexpr const char* network
    = R"({"format": "spikescope-preset", "version": 1, "id": "net", "title": "Net",
  "variables": {"g": {"value": 5, "min": 0, "max": 8}},
  "simulation": {"dt": 0.1, "duration": 1000},
  "populations": [{"name": "E", "size": 80, "model": "iaf_psc_delta"},
                  {"name": "I", "size": 20, "model": "iaf_psc_delta"}],
  "projections": [
    {"source": "E", "target": "I", "rule": {"rule": "all_to_all"}, "weight": 0.1, "delay": 1.5},
    {"source": "I", "target": "E", "rule": {"rule": "all_to_all"}, "weight": "-g * 0.1", "delay": 1.5}],
  "record": {"traces": [{"population": "E", "neurons": [0, 1], "variables": ["V_m"]}], "spikes": ["E", "I"]},
  "view": {"window_ms": 200, "layout": "network"}})";

} // namespace frames
