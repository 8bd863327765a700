#include "ui/network_theory.hpp"

#include "engine/theory/brunel.hpp"
#include "ui/engine_bridge.hpp"

#include <QElapsedTimer>

namespace ui {
namespace {

constexpr int restFactor = 2; // stability takes a third of a processor at most

} // namespace

NetworkTheory::NetworkTheory(EngineBridge& bridge, QObject* parent)
    : QObject(parent)
    , m_rateJob(
          [this](const TheoryAnswer& answer) {
              tell(m_rates, answer, &NetworkTheory::ratesChanged);
              if (wanted(m_rates)) {
                  askRates();
              }
          },
          0)
    , m_completeJob(
          [this](const std::pair<TheoryAnswer, qint64>& answer) {
              m_rest.start(static_cast<int>(restFactor * answer.second));
              tell(m_complete, answer.first, &NetworkTheory::completeChanged);
          },
          0)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (wanted(m_complete)) {
            askComplete();
        }
    });
    connect(&bridge, &EngineBridge::sessionChanged, this, &NetworkTheory::beginSession);
    connect(&bridge, &EngineBridge::documentChanged, this, [this] { m_changed = true; });
    connect(&bridge, &EngineBridge::frameReady, this, &NetworkTheory::take);
}

bool NetworkTheory::busy() const
{
    return m_rateJob.busy() || m_completeJob.busy() || wanted(m_rates) || wanted(m_complete);
}

void NetworkTheory::beginSession()
{
    m_rateJob.forget();
    m_completeJob.forget();
    m_rest.stop();
    m_fresh = true;
    m_newest = m_rates = m_complete = {};
    Q_EMIT ratesChanged();
    Q_EMIT completeChanged();
}

bool NetworkTheory::wanted(const TheoryAnswer& known) const
{
    return m_newest.shape.params && known.shape.params != m_newest.shape.params;
}

void NetworkTheory::take(const engine::Frame& frame)
{
    if (!m_changed) {
        return;
    }
    m_changed = false;
    const engine::config::Experiment& experiment = frame.document.experiment();
    m_newest.shape = engine::theory::brunel_shape(experiment);
    const engine::core::TimeGrid grid(experiment.simulation.dt_ms);
    m_newest.from_ms = frame.changes.empty() ? 0.0 : grid.time_ms(frame.changes.back().step);
    if (!m_newest.shape.params) {
        m_rateJob.forget();
        m_completeJob.forget();
        tell(m_rates, m_newest, &NetworkTheory::ratesChanged);
        tell(m_complete, m_newest, &NetworkTheory::completeChanged);
        return;
    }
    // A job under way is let come to its end: asked again with every frame, it never would.
    if (wanted(m_rates) && (m_fresh || !m_rateJob.busy())) {
        askRates();
    }
    if (wanted(m_complete) && (m_fresh || !(m_completeJob.busy() || m_rest.isActive()))) {
        askComplete();
    }
    m_fresh = false;
}

void NetworkTheory::tell(
    TheoryAnswer& kept, const TheoryAnswer& told, void (NetworkTheory::*changed)())
{
    kept = told;
    Q_EMIT(this->*changed)();
}

void NetworkTheory::askRates()
{
    m_rateJob.ask([answer = m_newest](const std::stop_token&) mutable {
        namespace theory = engine::theory;
        for (const double rate : theory::self_consistent_rates(*answer.shape.params)) {
            answer.solutions.push_back(theory::stationary_state(*answer.shape.params, rate));
        }
        return answer;
    });
}

void NetworkTheory::askComplete()
{
    m_completeJob.ask([answer = m_newest](const std::stop_token&) mutable {
        QElapsedTimer spent;
        spent.start();
        answer.solutions = engine::theory::solve(*answer.shape.params);
        return std::pair(answer, spent.elapsed());
    });
}

} // namespace ui
