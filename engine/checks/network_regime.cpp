#include "engine/checks/network_regime.hpp"

#include "engine/config/draw.hpp"

#include <variant>
#include <vector>

namespace engine::checks {

namespace {

/// What synapses of one projection do to their targets.
struct Effect {
    bool excites = false;
    bool inhibits = false;

    void add(double weight)
    {
        excites = excites || weight > 0.0;
        inhibits = inhibits || weight < 0.0;
    }
};

/// -1 where a positive weight at this port pulls the neuron below its resting potential.
double sign_of_port(const config::Population& population, int port)
{
    const auto reversal = population.params.find("E_rev");
    const auto rest = population.params.find("E_L");
    if (reversal == population.params.end() || rest == population.params.end()) {
        return 1.0;
    }
    const auto& of_ports = std::get<std::vector<double>>(reversal->second);
    const auto index = static_cast<std::size_t>(port - 1); // ports of conductances begin with 1
    return index < of_ports.size() && of_ports[index] <= std::get<double>(rest->second) ? -1.0
                                                                                        : 1.0;
}

Effect effect_of(const config::Projection& projection, const config::Population& target)
{
    Effect effect;
    const double sign = sign_of_port(target, projection.port);
    if (const auto* listed = std::get_if<config::Explicit>(&projection.rule)) {
        for (const double weight : listed->list->weight) {
            effect.add(sign * weight);
        }
    } else if (projection.weight) {
        effect.add(
            sign * config::typical_value(*projection.weight, target, config::Typical::middle));
    }
    return effect;
}

} // namespace

analysis::Regime regime_of(const analysis::PopulationStatistics& statistics)
{
    analysis::RegimeNumbers numbers;
    numbers.rate_Hz = statistics.rate_Hz;
    numbers.cv_isi = statistics.cv_isi;
    numbers.synchrony = statistics.synchrony;
    numbers.fluctuation_1ms = statistics.fluctuation_1ms;
    numbers.peak_frequency_Hz = statistics.peak_frequency_Hz;
    numbers.window_ms = statistics.window_ms;
    return analysis::classify_regime(numbers);
}

bool has_excitation_and_inhibition(const config::Experiment& experiment)
{
    Effect all;
    for (const config::Projection& projection : experiment.projections) {
        const Effect effect = effect_of(projection, experiment.populations[projection.target]);
        all.excites = all.excites || effect.excites;
        all.inhibits = all.inhibits || effect.inhibits;
    }
    return all.excites && all.inhibits;
}

} // namespace engine::checks
