#pragma once

#include "engine/models/neurons.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// Advances neurons of one model by hand, without network and stimuli.
class NeuronRun {
public:
    using Changes = std::map<std::string, engine::core::Value, std::less<>>;

    /// `changes` replace defaults.
    NeuronRun(std::string_view model, double dt_ms, const Changes& changes,
        const engine::models::InitTable& init = {}, std::size_t size = 1);
    NeuronRun(std::string_view model, double dt_ms, engine::models::ParamTable table,
        const engine::models::InitTable& init, std::size_t size);

    /// One step with the same current for all and weights by port for all.
    void step(double current = 0.0, const std::map<int, double>& weights = {});
    void steps(int n, double current = 0.0);
    /// Sets one common value while running.
    void set(const std::string& param, const engine::core::Value& value);

    double value(std::string_view recordable, std::size_t neuron = 0) const;
    /// Numbers of the steps in which the neuron fired, from 0.
    const std::vector<int>& spikes(std::size_t neuron = 0) const { return spikes_[neuron]; }
    int done() const { return done_; }
    const std::string& fault() const { return fault_; }
    engine::models::Neurons& neurons() { return *neurons_; }

    static engine::models::ParamTable table(std::string_view model, const Changes& changes);

private:
    const engine::models::ModelDescription& model_;
    engine::models::ParamTable table_;
    std::unique_ptr<engine::models::Neurons> neurons_;
    std::vector<std::vector<int>> spikes_;
    int done_ = 0;
    std::string fault_;
};

} // namespace tests
