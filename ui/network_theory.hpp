#pragma once

#include "engine/frame.hpp"
#include "engine/theory/brunel_experiment.hpp"
#include "engine/theory/stability.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QObject>
#include <QTimer>

#include <vector>

namespace ui {

class EngineBridge;

/// What mean-field theory says of a network.
struct TheoryAnswer {
    engine::theory::BrunelShape shape;
    std::vector<engine::theory::Solution> solutions; ///< ascending in rate
    double from_ms = 0.0; ///< model time since which the network has had these values

    /// The state with the highest rate, which theory means where there are several; nullptr where
    /// there is none.
    const engine::theory::Solution* active() const
    {
        return solutions.empty() ? nullptr : &solutions.back();
    }
};

/// Theory of the network that is running, for every panel that shows some of it: follows the
/// values as they change and is computed in a pool. Rates take milliseconds and come at once;
/// stability takes a tenth of a second and comes at intervals while values go on changing.
class NetworkTheory : public QObject {
    Q_OBJECT

public:
    explicit NetworkTheory(EngineBridge& bridge, QObject* parent = nullptr);

    /// Rates, CV and input of the newest values; stability unknown. Without parameters and reason
    /// where nothing is known yet.
    const TheoryAnswer& rates() const { return m_rates; }
    /// With stability; while values change, of some that they had a moment ago.
    const TheoryAnswer& complete() const { return m_complete; }
    /// Something is being computed that will be told.
    bool busy() const;

Q_SIGNALS:
    void ratesChanged();
    void completeChanged();

private:
    void beginSession();
    void take(const engine::Frame& frame);
    void tell(TheoryAnswer& kept, const TheoryAnswer& told, void (NetworkTheory::*changed)());
    bool wanted(const TheoryAnswer& known) const;
    void askRates();
    void askComplete();

    bool m_changed = false; ///< the document, in the frame that is being taken
    bool m_fresh = false; ///< likewise the network
    TheoryAnswer m_newest; ///< shape and time of the newest values
    TheoryAnswer m_rates;
    TheoryAnswer m_complete;
    QTimer m_rest; ///< leaves the processor to others between two answers
    // Last: they end before what they write to.
    LatestResult<TheoryAnswer> m_rateJob;
    LatestResult<std::pair<TheoryAnswer, qint64>> m_completeJob; ///< and what it took [ms]
};

} // namespace ui
