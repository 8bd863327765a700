#include "ui/selection/neuron_selection.hpp"

#include <algorithm>
#include <utility>

namespace ui {

NeuronSelection::NeuronSelection(QObject* parent)
    : QObject(parent)
{
}

bool NeuronSelection::isChosen(NeuronId neuron) const
{
    return std::binary_search(m_chosen.begin(), m_chosen.end(), neuron);
}

void NeuronSelection::choose(std::vector<NeuronId> neurons)
{
    std::sort(neurons.begin(), neurons.end());
    neurons.erase(std::unique(neurons.begin(), neurons.end()), neurons.end());
    if (neurons != m_chosen) {
        m_chosen = std::move(neurons);
        Q_EMIT chosenChanged();
    }
}

void NeuronSelection::add(const std::vector<NeuronId>& neurons)
{
    std::vector<NeuronId> all = m_chosen;
    all.insert(all.end(), neurons.begin(), neurons.end());
    choose(std::move(all));
}

void NeuronSelection::toggle(NeuronId neuron)
{
    std::vector<NeuronId> all = m_chosen;
    const auto place = std::lower_bound(all.begin(), all.end(), neuron);
    if (place != all.end() && *place == neuron) {
        all.erase(place);
    } else {
        all.insert(place, neuron);
    }
    choose(std::move(all));
}

void NeuronSelection::follow(std::optional<NeuronId> neuron)
{
    if (neuron != m_followed) {
        m_followed = neuron;
        Q_EMIT followedChanged();
    }
}

std::vector<NeuronId> NeuronSelection::targets() const
{
    if (m_chosen.empty() && m_followed) {
        return {*m_followed};
    }
    return m_chosen;
}

void NeuronSelection::clear()
{
    choose({});
    follow(std::nullopt);
}

} // namespace ui
