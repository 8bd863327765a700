#pragma once

#include "engine/sweep/sweep.hpp"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace ui {

/// One sweep behind everything else, watched from the window's thread: tells when more is known.
class BackgroundSweep : public QObject {
    Q_OBJECT

public:
    explicit BackgroundSweep(QObject* parent = nullptr);
    ~BackgroundSweep() override;

    /// Breaks off what is under way. Throws what engine::sweep::Sweep throws.
    void start(const engine::sweep::Request& request);
    /// Breaks off without a signal; threads that come to their end are not waited for.
    void letGo();

    bool isRunning() const { return m_sweep != nullptr; }
    /// While it runs, 0 to 1.
    double fraction() const { return m_sweep ? m_sweep->fraction() : 0.0; }
    /// Number of cells that are done, and all of them as far as they are known; they stay when it
    /// has come to its end.
    std::size_t results() const { return m_results; }
    const std::vector<engine::sweep::Cell>& cells() const { return m_cells; }
    /// After the first start().
    const engine::sweep::Request& request() const { return *m_request; }

Q_SIGNALS:
    /// More cells are done.
    void advanced();
    /// Something to be seen has changed, though no cell is done.
    void progressed(double fraction);
    /// All cells are done; none is under way.
    void completed();
    /// It cannot go on; none is under way.
    void failed(const QString& why);

private:
    void poll();

    std::shared_ptr<engine::sweep::Sweep> m_sweep;
    std::optional<engine::sweep::Request> m_request;
    std::vector<engine::sweep::Cell> m_cells;
    std::size_t m_results = 0;
    QTimer m_poll;
};

} // namespace ui
