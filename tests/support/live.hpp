#pragma once

#include "engine/live_simulation.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// A live simulation as a test drives it: takes frames and waits for what they tell.

namespace test_support {

/// Throws core::InputError where the text is no valid preset.
engine::config::PresetDocument preset(const std::string& text);

/// The number at a path. Throws where there is none.
double number_at(const engine::config::PresetDocument& document, const std::string& path);

/// One iaf_psc_delta neuron, 60 ms from threshold to threshold or less, with a noise current, a
/// variable `drive` [pA], all recordables and dt = 0.1 ms. `simulation` holds further members of
/// the simulation's object (", \"at_end\": \"stop\"").
std::string neuron_text(double duration_ms, const std::string& simulation = "");

/// 80 E + 20 I neurons with drawn weights, variables g and rate; spikes and two traces recorded.
std::string network_text(double duration_ms, const std::string& simulation = "");

/// The CSV files of a recording up to its end, traces then spikes.
std::string csv(const engine::Recording& recording);
/// The same of a headless run of the preset over its whole duration.
std::string headless_csv(const engine::config::PresetDocument& document);

class Live {
public:
    explicit Live(engine::LiveOptions options = {});

    engine::LiveSimulation& simulation() { return simulation_; }
    void post(engine::Command command) { simulation_.post(std::move(command)); }
    void open(const std::string& text, bool run = true);
    void set(const std::string& path, const engine::core::Value& value);

    /// Takes frames until one fulfils the condition; false after half a minute.
    bool wait(const std::function<bool(const engine::Frame&)>& condition);
    bool wait_for_state(engine::RunState state);
    bool wait_for_notice(engine::core::Severity severity);
    /// Waits until the first network is there, whatever its state.
    bool wait_for_session();

    /// The last frame that was taken.
    const engine::Frame& frame() const { return *frame_; }
    /// All notices and changes so far.
    const std::vector<engine::Notice>& notices() const { return notices_; }
    const std::vector<engine::AppliedChange>& changes() const { return changes_; }

    std::function<void(const engine::Frame&)> on_frame; ///< called for every frame

private:
    engine::LiveSimulation simulation_;
    std::optional<engine::Frame> frame_;
    std::vector<engine::Notice> notices_;
    std::vector<engine::AppliedChange> changes_;
};

} // namespace test_support
