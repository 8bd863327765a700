#pragma once

#include "engine/frame.hpp"
#include "ui/plots/change_flags.hpp"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QMenu;
class QToolButton;

namespace ui {

class EngineBridge;
class HistoryTrack;
class TimeAxis;

/// The run so far under the panels: to scroll back in it, and to continue it from a moment. The
/// moment is the mark where one is set, else the right edge of a view that has left the live edge.
class HistoryBar : public QWidget {
    Q_OBJECT

public:
    HistoryBar(EngineBridge& bridge, TimeAxis& axis, const std::vector<ChangeFlag>& flags,
        QWidget* parent = nullptr);

    HistoryTrack& track() { return *m_track; }
    /// Where "continue from here" leads; missing: at the live edge there is nothing to go back to.
    std::optional<double> moment() const;
    const ShownMoments& moments() const { return m_moments; }
    QAction* continueAction() const { return m_continue; }
    QAction* withPresentValuesAction() const { return m_withPresentValues; }
    QAction* backToOriginalAction() const { return m_backToOriginal; }
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    /// Other moments are to be drawn.
    void momentsChanged();

private:
    void begin(const engine::Frame& frame);
    void takeFrame(const engine::Frame& frame);
    void setMark(std::optional<double> t);
    void continueFrom(bool presentValues);
    void backToOriginal();
    void refresh();
    void showActions();

    /// A run that is not the present one but can be gone back to.
    struct Former {
        std::uint64_t sweep = 0;
        engine::core::Step end = 0;
    };

    EngineBridge& m_bridge;
    TimeAxis& m_axis;
    HistoryTrack* m_track;
    QAction* m_continue;
    QAction* m_withPresentValues;
    QAction* m_backToOriginal;
    QToolButton* m_button;
    QTimer m_refresh; ///< the strip is drawn some times a second
    engine::core::TimeGrid m_grid {0.1};
    std::optional<double> m_sweepMs; ///< of a preset that repeats
    engine::core::Step m_now = 0;
    double m_kept_ms = 0.0;
    std::uint64_t m_sweep = 0;
    std::optional<Former> m_former;
    ShownMoments m_moments;
};

} // namespace ui
