#pragma once

#include "engine/sweep/cell.hpp"
#include "ui/panels/sweep_question.hpp"
#include "ui/pictures.hpp"
#include "ui/widgets/background_sweep.hpp"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QStackedWidget;
class QUndoStack;

namespace engine {
struct Frame;
}

namespace ui {

class EngineBridge;
class FiControls;
class SweepMapPlot;
class SweepPlot;

/// The f-I curve of the neuron as it is now, measured by runs in the background: a curve over the
/// current or any other number, or a map over two. A neuron's is computed anew a moment after its
/// parameters have changed, while the panel is visible; a network's when it is asked for.
class FiPanel : public QWidget {
    Q_OBJECT

public:
    FiPanel(EngineBridge& bridge, QUndoStack& undo, QWidget* parent = nullptr);
    ~FiPanel() override;

    SweepPlot& plot() { return *m_plot; }
    SweepMapPlot& map() { return *m_map; }
    FiControls& controls() { return *m_controls; }
    QString words() const;
    /// Something is being computed, or will be in a moment.
    bool busy() const;
    /// What is shown belongs to values that have changed since.
    bool isStale() const { return m_stale; }
    const std::vector<SweepCurve>& earlier() const { return m_earlier; }
    /// What is shown, as the command line writes it; a closer look at the onset is left out.
    std::string csv() const;
    /// What pictures carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }

Q_SIGNALS:
    void report(const QString& message, bool error);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void beginSession(const engine::Frame& frame);
    const SweepChoice* chosenX() const;
    const SweepChoice* chosenY() const;
    void refresh();
    void beginAxes(const SweepChoice& x, const SweepChoice* y);
    void setStale(bool stale);
    void letGo();
    void begin();
    void start(const engine::sweep::Request& request);
    void keepAsEarlier();
    void cancel();
    void take();
    void finish();
    void showAnswer();
    void moveTo(double value, quint64 gesture);
    void showMenu(const QPoint& globalPosition);

    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    std::function<PictureTag()> m_tag;
    FiControls* m_controls;
    QStackedWidget* m_stack;
    SweepPlot* m_plot;
    SweepMapPlot* m_map;
    QLabel* m_words;

    std::optional<SweepSubject> m_subject; ///< of the newest document that was looked at
    std::string m_preset; ///< its id
    std::string m_axes; ///< of what is shown: curves over the same axis can be compared
    std::string m_key; ///< of what is shown or being computed
    bool m_stale = false;
    bool m_cancelled = false;
    QTimer m_idle;
    BackgroundSweep m_sweep;
    bool m_closer = false; ///< it looks closer at the onset of firing
    std::vector<SweepPoint> m_coarse; ///< the curve without that
    std::optional<engine::sweep::Request> m_request; ///< of the curve or map
    std::vector<engine::sweep::Cell> m_cells;
    SweepCurve m_curve;
    std::size_t m_expected = 1; ///< points of a complete curve
    std::vector<SweepCurve> m_earlier; ///< the newest first
    quint64 m_gesture = 0;
};

} // namespace ui
