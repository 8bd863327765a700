#include "ui/selection/followed_neuron.hpp"

#include "engine/core/diagnostic.hpp"
#include "ui/engine_bridge.hpp"

#include <utility>

namespace ui {

FollowedNeuron::FollowedNeuron(EngineBridge& bridge, NeuronSelection& selection, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_selection(selection)
    , m_search(
          [this](const Found& found) {
              m_neighbours = found;
              Q_EMIT neighboursChanged();
          },
          0)
{
    connect(&bridge, &EngineBridge::sessionChanged, this, &FollowedNeuron::beginSession);
    connect(&selection, &NeuronSelection::followedChanged, this, &FollowedNeuron::follow);
}

void FollowedNeuron::beginSession()
{
    std::vector<std::pair<std::string, std::size_t>> populations;
    for (const auto& population : m_bridge.document()->experiment().populations) {
        populations.emplace_back(population.name, population.size);
    }
    if (populations != m_populations) {
        m_populations = std::move(populations);
        m_selection.clear();
    }
    if (m_selection.followed()) {
        follow(); // the new network knows nothing of it, and its synapses are others
    }
}

void FollowedNeuron::follow()
{
    engine::Follow command;
    if (const auto followed = m_selection.followed()) {
        command.neuron = engine::Follow::Neuron {followed->population, followed->neuron};
    }
    m_bridge.post(command);
    findNeighbours();
}

void FollowedNeuron::findNeighbours()
{
    m_search.forget();
    m_neighbours.reset();
    Q_EMIT neighboursChanged();
    const auto followed = m_selection.followed();
    const auto& document = m_bridge.document();
    if (!followed || !document) {
        return;
    }
    m_search.ask([experiment = document->shared_experiment(), neuron = *followed](
                     const std::stop_token& stop) -> Found {
        engine::core::Progress progress;
        const std::stop_callback cancel(stop, [&progress] { progress.cancel(); });
        try {
            return std::make_shared<const engine::analysis::Neighbours>(
                engine::analysis::neighbours_of(
                    *experiment, neuron.population, neuron.neuron, &progress));
        } catch (const std::exception&) { // cancelled, or no memory for it: nobody is marked
            return nullptr;
        }
    });
}

} // namespace ui
