#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>
#include <QtConcurrentRun>

#include <functional>
#include <optional>
#include <stop_token>
#include <utility>

namespace ui {

/// Computes something off the window's thread a moment after it was asked for. The newest question
/// wins: it stops the job of an earlier one, whose answer is not told. One job at a time, which
/// throws nothing; lives in the window's thread.
template <class Result> class LatestResult {
public:
    using Job = std::function<Result(const std::stop_token&)>;

    /// `tell` is called in the window's thread.
    explicit LatestResult(std::function<void(const Result&)> tell, int delay_ms = 250)
        : m_tell(std::move(tell))
    {
        m_delay.setSingleShot(true);
        m_delay.setInterval(delay_ms);
        QObject::connect(&m_delay, &QTimer::timeout, &m_delay, [this] { begin(); });
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, &m_watcher, [this] { end(); });
    }
    ~LatestResult()
    {
        forget();
        m_watcher.waitForFinished();
    }
    LatestResult(const LatestResult&) = delete;
    LatestResult& operator=(const LatestResult&) = delete;

    void ask(Job job)
    {
        forget();
        m_next = std::move(job);
        m_delay.start();
    }
    /// Nothing will be told of what was asked for.
    void forget()
    {
        m_delay.stop();
        m_next.reset();
        m_stop.request_stop();
    }
    bool busy() const { return m_next.has_value() || m_running; }

private:
    void begin()
    {
        if (!m_next || m_running) {
            return; // end() comes back
        }
        m_running = true;
        m_stop = std::stop_source();
        m_watcher.setFuture(QtConcurrent::run(
            [job = std::move(*m_next), stop = m_stop.get_token()] { return job(stop); }));
        m_next.reset();
    }
    void end()
    {
        m_running = false;
        if (!m_stop.stop_requested()) {
            m_tell(m_watcher.result());
        }
        if (!m_delay.isActive()) {
            begin();
        }
    }

    std::function<void(const Result&)> m_tell;
    QTimer m_delay;
    std::optional<Job> m_next;
    std::stop_source m_stop;
    bool m_running = false; ///< until its end has been told
    QFutureWatcher<Result> m_watcher;
};

} // namespace ui
