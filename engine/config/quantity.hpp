#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

/// What a run can be held to (preset-format: checks) and what a sweep can measure.
enum class Quantity {
    rate,
    spike_count,
    first_spike,
    first_isi,
    last_isi,
    isi_ratio,
    cv_isi,
    cv2,
    lv,
    fano,
    burst_count,
    spikes_per_burst,
    v_max,
    v_min,
    oscillation_period,
    oscillation_decay,
    population_fluctuation,
    correlation,
    synchrony,
    peak_frequency,
    peak_over_floor,
    regime,
    pattern,
};

/// As written in a preset.
std::string_view name_of(Quantity quantity);
/// Unit of the value; empty for a pure number or a name.
std::string_view unit_of(Quantity quantity);
/// Whether the value is a name (a regime, a firing pattern) and not a number.
bool is_name(Quantity quantity);

std::optional<Quantity> quantity_named(std::string_view name);
/// All names, in the order of the enumeration.
const std::vector<std::string>& quantity_names();

} // namespace engine::config
