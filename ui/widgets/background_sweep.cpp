#include "ui/widgets/background_sweep.hpp"

#include <QThreadPool>

#include <exception>
#include <utility>

namespace ui {
namespace {

constexpr int pollMs = 60;

}

BackgroundSweep::BackgroundSweep(QObject* parent)
    : QObject(parent)
{
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &BackgroundSweep::poll);
}

BackgroundSweep::~BackgroundSweep() = default;

void BackgroundSweep::start(const engine::sweep::Request& request)
{
    letGo();
    m_request = request;
    m_cells.clear();
    m_results = 0;
    m_sweep = std::make_shared<engine::sweep::Sweep>(
        request, engine::sweep::background_threads(), engine::sweep::Sweep::Urgency::background);
    m_poll.start();
}

void BackgroundSweep::letGo()
{
    m_poll.stop();
    if (m_sweep) {
        m_sweep->cancel();
        QThreadPool::globalInstance()->start(
            [sweep = std::move(m_sweep)]() mutable { sweep.reset(); });
    }
    m_sweep.reset();
}

void BackgroundSweep::poll()
{
    const auto sweep = m_sweep; // a receiver may let it go
    const bool complete = sweep->complete();
    if (sweep->results() != m_results || complete) {
        m_results = sweep->results();
        try {
            m_cells = sweep->cells();
        } catch (const std::exception& failure) {
            letGo();
            Q_EMIT failed(QString::fromUtf8(failure.what()));
            return;
        }
        Q_EMIT advanced();
    }
    if (m_sweep != sweep) {
        return;
    }
    if (complete) {
        letGo();
        Q_EMIT completed();
    } else {
        Q_EMIT progressed(sweep->fraction());
    }
}

} // namespace ui
