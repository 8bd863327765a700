#include "engine/config/spike_edit.hpp"

#include <variant>

namespace engine::config {

namespace {

std::optional<double> number(const Population& population, const char* name)
{
    const auto found = population.params.find(name);
    const double* x
        = found == population.params.end() ? nullptr : std::get_if<double>(&found->second);
    return x == nullptr ? std::nullopt : std::optional(*x);
}

std::optional<StateSetting> setting(
    const Population& population, std::uint32_t neuron, std::optional<double> V_m)
{
    if (!V_m) {
        return std::nullopt;
    }
    return StateSetting {
        "populations/" + population.name + "/state/" + std::to_string(neuron) + "/V_m", *V_m};
}

} // namespace

std::optional<StateSetting> without_spike(
    const Experiment& experiment, std::size_t population, std::uint32_t neuron)
{
    const Population& described = experiment.populations[population];
    auto reset = number(described, "V_reset");
    if (!reset) {
        reset = number(described, "c"); // of Izhikevich's neuron
    }
    return setting(described, neuron, reset);
}

std::optional<StateSetting> with_spike(
    const Experiment& experiment, std::size_t population, std::uint32_t neuron)
{
    const Population& described = experiment.populations[population];
    // Further than what a step's inhibition or a raised threshold takes back.
    constexpr double above = 50.0; // mV
    const auto threshold = number(described, "V_th");
    return setting(described, neuron, threshold ? std::optional(*threshold + above) : std::nullopt);
}

} // namespace engine::config
