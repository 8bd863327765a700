#pragma once

#include "engine/analysis/connections.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QObject>

#include <memory>
#include <vector>

namespace ui {

/// What the projections of a network are made of, counted in a pool. What is known stays as long as
/// it holds: a change of one projection counts that one, a change of weights none.
class ConnectionData : public QObject {
    Q_OBJECT

public:
    using Experiment = std::shared_ptr<const engine::config::Experiment>;
    using Counts = std::shared_ptr<const engine::analysis::ProjectionConnections>;

    explicit ConnectionData(QObject* parent = nullptr);

    /// Counts what is not known of it.
    void count(const Experiment& experiment);
    void forget();
    /// By projection; nullptr where it is not known (yet).
    const std::vector<Counts>& counts() const { return m_counts; }
    bool busy() const { return m_counting.busy(); }
    /// How often synapses have been made again: for tests.
    int passes() const { return m_passes; }

Q_SIGNALS:
    void changed();

private:
    struct Counted {
        Experiment experiment;
        std::vector<Counts> counts;
        int passes = 0;
    };

    Experiment m_experiment; ///< whose counts they are
    Experiment m_wanted;
    std::vector<Counts> m_counts;
    int m_passes = 0;
    LatestResult<std::shared_ptr<const Counted>> m_counting;
};

} // namespace ui
