#include "engine/models/description.hpp"

#include <algorithm>

namespace engine::models {

bool Limits::contains(double x) const
{
    const bool above = !min || (min->inclusive ? x >= min->value : x > min->value);
    const bool below = !max || (max->inclusive ? x <= max->value : x < max->value);
    return above && below;
}

std::string Limits::text() const
{
    const auto low
        = [&] { return (min->inclusive ? ">= " : "> ") + core::number_text(min->value); };
    const auto high
        = [&] { return (max->inclusive ? "<= " : "< ") + core::number_text(max->value); };
    if (min && max) {
        if (min->inclusive && max->inclusive) {
            return "must be between " + core::number_text(min->value) + " and "
                + core::number_text(max->value);
        }
        return "must be " + low() + " and " + high();
    }
    if (min) {
        return "must be " + low();
    }
    return max ? "must be " + high() : "";
}

const ParamSpec* ModelDescription::find_param(std::string_view param_name) const
{
    const auto found = std::find_if(
        params.begin(), params.end(), [&](const ParamSpec& p) { return p.name == param_name; });
    return found == params.end() ? nullptr : &*found;
}

ParamValues ModelDescription::defaults() const
{
    ParamValues values;
    for (const ParamSpec& p : params) {
        values.emplace(p.name, p.default_value);
    }
    return values;
}

int ModelDescription::default_spike_port(const ParamValues& values) const
{
    for (const PortSpec& port : ports(values)) {
        if (port.spikes) {
            return port.number;
        }
    }
    return 0;
}

} // namespace engine::models
