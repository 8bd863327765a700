#pragma once

#include "engine/analysis/pattern.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace engine::analysis {

/// A Response that owns its data.
struct RecordedResponse {
    double dt_ms = 0.0; ///< [ms]
    std::vector<core::Step> spikes; ///< stamps
    std::vector<double> V_m; ///< [mV], stamps 1 ... n
    std::vector<double> I; ///< same stamps
    std::string fault; ///< why the run broke off after n steps; empty where it did not

    Response view() const { return {dt_ms, spikes, V_m, I}; }
};

/// What a history holds of one neuron; missing where its V_m or I is not recorded in every step or
/// the beginning has been dropped. Any thread.
std::optional<RecordedResponse> recorded_response(const recording::History& history, double dt_ms,
    std::uint32_t population, std::uint32_t neuron);

/// Runs the preset for `duration_ms` and gives the response of the first neuron, whatever the
/// preset itself records. A neuron that cannot go on ends the response there (`fault`). Throws
/// core::InputError (what only the build can find), core::RunError (memory) and core::Cancelled.
RecordedResponse simulate_response(
    const config::PresetDocument& document, double duration_ms, const std::stop_token& stop = {});

} // namespace engine::analysis
