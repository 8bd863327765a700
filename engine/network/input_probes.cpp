#include "engine/network/input_probes.hpp"

namespace engine::network {

InputProbes::InputProbes(const std::vector<analysis::InputRequest>& requests,
    const std::vector<recording::Recorder::Span>& spans)
    : of_chunk_(spans.size())
    , sums_(requests.size())
{
    for (std::size_t chunk = 0; chunk < spans.size(); ++chunk) {
        const recording::Recorder::Span& span = spans[chunk];
        for (std::size_t r = 0; r < requests.size(); ++r) {
            const std::size_t neuron = requests[r].neuron;
            if (requests[r].population == span.population && neuron >= span.first
                && neuron < span.first + span.count) {
                of_chunk_[chunk].push_back({r, neuron - span.first});
            }
        }
    }
}

void InputProbes::begin_batch(core::Step begin, core::Step end)
{
    begin_ = begin;
    for (auto& steps : sums_) {
        steps.assign(static_cast<std::size_t>(end - begin), {});
    }
}

void InputProbes::add_stimulus(std::size_t chunk, core::Step k, const Term& term)
{
    for (const Probe& probe : of_chunk_[chunk]) {
        of(probe, k).external += term.weight * term.arrivals.at(probe.place);
    }
}

void InputProbes::add_projection(std::size_t chunk, core::Step k, const Term& term)
{
    for (const Probe& probe : of_chunk_[chunk]) {
        const double sum = term.weight * term.arrivals.at(probe.place);
        analysis::SynapticInput& input = of(probe, k);
        (sum < 0.0 ? input.inhibitory : input.excitatory) += sum;
    }
}

} // namespace engine::network
