#pragma once

#include "engine/analysis/neighbours.hpp"
#include "ui/selection/neuron_selection.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QObject>

#include <memory>

namespace ui {

class EngineBridge;

/// Has the engine record the neuron that a person follows, and finds its neighbours in a pool. A
/// network with other populations forgets the selection.
class FollowedNeuron : public QObject {
    Q_OBJECT

public:
    FollowedNeuron(EngineBridge& bridge, NeuronSelection& selection, QObject* parent = nullptr);

    NeuronSelection& selection() const { return m_selection; }
    /// nullptr while they are not known.
    const std::shared_ptr<const engine::analysis::Neighbours>& neighbours() const
    {
        return m_neighbours;
    }
    bool busy() const { return m_search.busy(); }

Q_SIGNALS:
    void neighboursChanged();

private:
    using Found = std::shared_ptr<const engine::analysis::Neighbours>;

    void beginSession();
    void follow();
    void findNeighbours();

    EngineBridge& m_bridge;
    NeuronSelection& m_selection;
    std::vector<std::pair<std::string, std::size_t>> m_populations; ///< names and sizes
    Found m_neighbours;
    LatestResult<Found> m_search;
};

} // namespace ui
