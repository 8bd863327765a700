#include "tests/support/live.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/recording/csv.hpp"
#include "engine/simulation.hpp"

#include <sstream>
#include <thread>
#include <utility>

namespace test_support {

using namespace engine;

namespace {

std::string head(const char* id, double duration_ms, const std::string& simulation)
{
    return std::string(R"({"format": "spikescope-preset", "version": 1, "id": ")") + id
        + R"(", "title": "Test", "simulation": {"dt": 0.1, "duration": )"
        + core::number_text(duration_ms) + simulation + "}";
}

std::string csv(const recording::History& history, const config::Experiment& experiment,
    const core::TimeGrid& grid, core::Step end)
{
    std::ostringstream out;
    recording::write_traces_header(out, history);
    recording::write_traces(out, history, grid, 0, end);
    recording::write_spikes_header(out);
    recording::write_spikes(out, history, experiment, grid, 0, end);
    return out.str();
}

} // namespace

config::PresetDocument preset(const std::string& text)
{
    config::LoadResult result = config::PresetDocument::parse(text, "test", {});
    if (!result.document) {
        throw core::InputError(result.diagnostics);
    }
    return *result.document;
}

double number_at(const config::PresetDocument& document, const std::string& path)
{
    return std::get<double>(document.value(path).value());
}

std::string neuron_text(double duration_ms, const std::string& simulation)
{
    return head("neuron", duration_ms, simulation) + R"(,
  "variables": {"drive": {"value": 500}},
  "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta"}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": "drive", "label": "drive"},
              {"type": "noise", "target": "n", "mean": 0, "std": 100, "label": "noise"}]})";
}

std::string network_text(double duration_ms, const std::string& simulation)
{
    return head("network", duration_ms, simulation) + R"(,
  "variables": {"g": {"value": 5}, "rate": {"value": 12000}, "K": {"value": 10}},
  "populations": [{"name": "E", "size": 80, "model": "iaf_psc_delta"},
                  {"name": "I", "size": 20, "model": "iaf_psc_delta"}],
  "projections": [
    {"source": "E", "target": "E", "label": "EE", "rule": {"rule": "fixed_indegree", "indegree": "K"},
     "weight": {"normal": [0.2, 0.05]}, "delay": {"uniform": [0.5, 3]}},
    {"source": "E", "target": "I", "label": "EI", "rule": {"rule": "fixed_indegree", "indegree": 10},
     "weight": 0.2, "delay": 1.5},
    {"source": "I", "target": "E", "label": "IE", "rule": {"rule": "fixed_indegree", "indegree": 5},
     "weight": "-g * 0.2", "delay": 1.5}],
  "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": "rate", "weight": 0.1, "delay": 1.5}],
  "record": {"traces": [{"population": "I", "neurons": [3], "variables": ["V_m"], "interval": 0.5},
                        {"population": "E", "neurons": [0, 7], "variables": ["V_m"]}]}})";
}

std::string csv(const Recording& recording)
{
    return csv(*recording.history, recording.as_run.experiment(), recording.grid, recording.end);
}

std::string headless_csv(const config::PresetDocument& document)
{
    Simulation simulation(document, {});
    simulation.advance(simulation.end());
    return csv(*simulation.history(), document.experiment(), simulation.grid(), simulation.end());
}

Live::Live(LiveOptions options)
    : simulation_(options)
{
    simulation_.start();
}

void Live::open(const std::string& text, bool run) { post(Open {preset(text), run}); }

void Live::set(const std::string& path, const core::Value& value)
{
    post(SetValues {{{path, value}}});
}

bool Live::wait(const std::function<bool(const Frame&)>& condition)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < deadline) {
        std::optional<Frame> frame = simulation_.take_frame();
        if (!frame) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        frame_.emplace(std::move(*frame));
        notices_.insert(notices_.end(), frame_->notices.begin(), frame_->notices.end());
        changes_.insert(changes_.end(), frame_->changes.begin(), frame_->changes.end());
        if (on_frame) {
            on_frame(*frame_);
        }
        if (condition(*frame_)) {
            return true;
        }
    }
    return false;
}

bool Live::wait_for_state(RunState state)
{
    return wait([state](const Frame& frame) { return frame.status.state == state; });
}

bool Live::wait_for_notice(core::Severity severity)
{
    return wait([severity](const Frame& frame) {
        for (const Notice& notice : frame.notices) {
            if (notice.severity == severity) {
                return true;
            }
        }
        return false;
    });
}

bool Live::wait_for_session()
{
    return wait([](const Frame& frame) { return frame.session > 0; });
}

} // namespace test_support
