#pragma once

#include <QJsonObject>

#include <memory>
#include <string>
#include <vector>

namespace tests {

/// One neuron by the update rules of NEST 3.9, written out step by step and sharing nothing with
/// the engine: what the engine's models are compared with for any parameters.
class ScalarNeuron {
public:
    virtual ~ScalarNeuron() = default;
    /// One step with the current that acts in it and the weights that arrive at its end, summed by
    /// port (from 0). True: the neuron fires.
    virtual bool step(double I, const std::vector<double>& weights) = 0;
    virtual double V_m() const = 0; ///< [mV]
};

/// `params` as in a preset, none left out that the model uses; V_m the initial potential.
/// Izhikevich: the integrators that NEST has, `euler` and `net2003`, and the published `figure1`.
std::unique_ptr<ScalarNeuron> scalar_neuron(
    const std::string& model, const QJsonObject& params, double dt_ms, double V_m);

} // namespace tests
