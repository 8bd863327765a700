#include "ui/connectivity/connection_data.hpp"

#include "engine/analysis/beside.hpp"

#include <algorithm>
#include <exception>

namespace ui {

namespace {

constexpr int delayMs = 100; // while a person types or drags

} // namespace

ConnectionData::ConnectionData(QObject* parent)
    : QObject(parent)
    , m_counting(
          [this](const std::shared_ptr<const Counted>& counted) {
              if (counted) {
                  m_experiment = counted->experiment;
                  m_counts = counted->counts;
                  m_passes += counted->passes;
              }
              m_wanted.reset();
              Q_EMIT changed();
          },
          delayMs)
{
}

void ConnectionData::forget()
{
    m_counting.forget();
    m_wanted.reset();
    m_experiment.reset();
    m_counts.clear();
}

void ConnectionData::count(const Experiment& experiment)
{
    if (experiment == m_wanted || (experiment == m_experiment && !m_wanted)) {
        return;
    }
    // Those of the same synapses hold on.
    std::vector<Counts> known(experiment->projections.size());
    const bool similar = m_experiment
        && m_experiment->projections.size() == experiment->projections.size()
        && m_experiment->populations.size() == experiment->populations.size();
    for (std::size_t p = 0; similar && p < known.size() && p < m_counts.size(); ++p) {
        if (engine::analysis::same_connections(*m_experiment, *experiment, p)) {
            known[p] = m_counts[p];
        }
    }
    if (!std::count(known.begin(), known.end(), nullptr)) {
        m_counting.forget();
        m_wanted.reset();
        m_experiment = experiment;
        m_counts = std::move(known);
        Q_EMIT changed();
        return;
    }
    m_wanted = experiment;
    m_counting.ask(
        [experiment, known](const std::stop_token& stop) -> std::shared_ptr<const Counted> {
            auto out = std::make_shared<Counted>();
            out->experiment = experiment;
            out->counts = known;
            engine::core::Progress progress;
            const std::stop_callback cancel(stop, [&progress] { progress.cancel(); });
            try {
                engine::analysis::beside_the_run([&] {
                    for (std::size_t p = 0; p < known.size(); ++p) {
                        if (!known[p]) {
                            out->counts[p]
                                = std::make_shared<const engine::analysis::ProjectionConnections>(
                                    engine::analysis::count_connections(*experiment, p, &progress));
                            ++out->passes;
                        }
                    }
                });
            } catch (const std::exception&) { // cancelled, or no memory for it: nothing is known
                return nullptr;
            }
            return out;
        });
}

} // namespace ui
