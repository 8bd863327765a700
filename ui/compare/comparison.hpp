#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/differences.hpp"
#include "engine/frame.hpp"
#include "ui/plots/shown_run.hpp"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QUndoStack;

namespace ui {

class EngineBridge;
class NetworkTheory;

/// A second network, B, beside the window's, A: the same seed, the same model time. B runs in an
/// engine of its own that is told how far A has come and never goes beyond; A never waits for it.
/// Both begin at t = 0 together, and again whenever one of them is built anew, so that with equal
/// values they are equal until something is changed. Sliders act on A. Ends when another preset is
/// opened.
class Comparison : public QObject {
    Q_OBJECT

public:
    enum class View {
        beside, ///< B has panels of its own beside A's
        ghost, ///< B stands in grey in A's panels
    };

    Comparison(EngineBridge& bridge, QUndoStack& undo, QObject* parent = nullptr);
    ~Comparison() override;

    bool active() const { return m_other != nullptr; }
    /// Whether the network of B has been built.
    bool running() const { return m_run.has_value(); }
    EngineBridge& first() const { return m_bridge; }
    /// Those of B, while active.
    EngineBridge& other() const { return *m_other; }
    const NetworkTheory& otherTheory() const { return *m_theory; }

    /// The present network of A as B.
    void begin();
    void end();
    /// A gets the values of B and the other way round; one step to undo.
    void swap();
    /// B becomes what A is now.
    void takeValues();
    /// Makes B of this document; both begin anew.
    void hold(const engine::config::PresetDocument& document);

    View view() const { return m_view; }
    void setView(View view);

    /// B as it has been recorded so far.
    const std::optional<ShownRun>& run() const { return m_run; }
    /// By how much B has fallen behind A [ms].
    double behindMs() const;
    /// The settings of A that are not those of B.
    std::vector<engine::Difference> differences() const;

    /// The first spike that one of both has and the other has not; both are known to be equal up
    /// to equalUntilMs() [ms]. Nothing where their steps differ.
    const std::optional<engine::recording::Spike>& firstDifference() const { return m_first; }
    double equalUntilMs() const;

Q_SIGNALS:
    void begun();
    void ended();
    void viewChanged();
    /// B has been built (anew) or begins again.
    void restarted();
    /// B has come further.
    void progressed();
    void report(const QString& message, bool error);

private:
    void takeSession(const engine::Frame& frame);
    void takeSweep(const engine::Frame& frame);
    void takeFrame(const engine::Frame& frame);
    void takeOther(const engine::Frame& frame, bool anew);
    void restartOther();
    void compare();

    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    EngineBridge* m_other = nullptr;
    NetworkTheory* m_theory = nullptr;
    View m_view = View::beside;
    std::optional<ShownRun> m_run;
    std::optional<ShownRun> m_firstRun; ///< A
    bool m_awaits = false; ///< A has been asked to begin anew and has not yet
    double m_bound_ms = 0.0;
    engine::core::Step m_compared = 0; ///< spikes up to this stamp
    std::optional<engine::recording::Spike> m_first;
};

} // namespace ui
