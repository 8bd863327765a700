#pragma once

#include "engine/config/size_scaling.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QWidget>

#include <set>
#include <string>

class QComboBox;
class QLabel;
class QUndoStack;

namespace ui {

class Comparison;
class ParameterSlider;

/// How large A is, measured by B, and what is kept when that changes. Moving the slider makes the
/// values for A in a pool and sets them as one step to undo; the network is built in the background
/// as ever.
class SizeControl : public QWidget {
    Q_OBJECT

public:
    SizeControl(Comparison& comparison, QUndoStack& undo, QWidget* parent = nullptr);

    ParameterSlider& slider() const { return *m_slider; }
    QComboBox& kept() const { return *m_kept; }
    QString keptText() const;
    bool busy() const { return m_job.busy(); }
    /// A is to be so many times as large as B.
    void setFactor(double factor);
    /// Shows the size that A has, unless a person moves the slider.
    void showSize(double factor);

Q_SIGNALS:
    void report(const QString& message, bool error);

private:
    void forget();
    void take(const engine::config::ScaledSize& scaled);
    void tellKept();

    Comparison& m_comparison;
    QUndoStack& m_undo;
    ParameterSlider* m_slider;
    QLabel* m_number;
    QComboBox* m_kept;
    QLabel* m_text;
    std::set<std::string> m_touched; ///< paths of A that this has set
    quint64 m_gesture = 0;
    // Last: it ends before what it writes to.
    LatestResult<engine::config::ScaledSize> m_job;
};

} // namespace ui
