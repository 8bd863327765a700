#pragma once

#include "engine/config/preset_document.hpp"
#include "ui/widgets/value_scale.hpp"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QToolButton;

namespace ui {

class ParameterSlider;
class ValueBox;

/// One setting: label, slider, box with unit, reset arrow; or a check box, or a list of choices. It
/// shows what it is told and tells what a person wants; it changes nothing itself.
class ParameterRow : public QWidget {
    Q_OBJECT

public:
    using Adjustable = engine::config::Adjustable;

    explicit ParameterRow(const Adjustable& adjustable, QWidget* parent = nullptr);

    const Adjustable& adjustable() const { return m_adjustable; }
    const std::string& path() const { return m_adjustable.path; }

    /// What the engine has now. A value that a person is moving, or has set and the engine has not
    /// answered yet, stays.
    void follow(const Adjustable& adjustable);
    /// Whether the engine has not answered yet.
    bool isWaiting() const { return m_wanted.has_value(); }
    /// Whether a value was wanted more than `milliseconds` ago and the engine has something else.
    bool waitsLongerThan(qint64 milliseconds) const;
    /// Shows the engine's value: the wanted one was not taken.
    void giveUp();
    /// The value of the opened preset, to which the reset arrow leads; missing = none to compare
    /// with.
    void setReference(const std::optional<Adjustable>& reference);
    bool isChanged() const;
    /// What stood here before the value that is wanted now: the engine's, or what was wanted
    /// before.
    const engine::core::Value& valueBefore() const { return m_before; }

    /// Says below the row why a value was not taken; empty takes the message away.
    void setProblem(const QString& problem);
    QString problem() const;

    /// Whether label, name or meaning contain the text.
    bool matches(const QString& text) const;

    ParameterSlider* slider() const { return m_slider; }
    ValueBox* box() const { return m_box; }
    QCheckBox* flag() const { return m_flag; }
    QComboBox* choice() const { return m_choice; }
    QToolButton* resetButton() const { return m_reset; }

    /// Wants the value of the opened preset.
    void reset();

Q_SIGNALS:
    /// A person wants this value. Those with the same `gesture` are one step of undo.
    void wanted(const engine::core::Value& value, quint64 gesture);
    /// The drag has ended: a row that rebuilds acts now.
    void gestureFinished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void buildFlag();
    void buildChoice();
    void buildNumber();
    void layOut(bool oneLine);
    void describe();
    void want(const engine::core::Value& value, quint64 gesture);
    engine::core::Value shownValue() const;
    void showValue();
    void showTrack(const Adjustable& opened);
    void showMarks();
    quint64 stepGesture();

    Adjustable m_adjustable;
    std::optional<Adjustable> m_reference;
    std::optional<engine::core::Value> m_wanted; ///< not answered yet
    engine::core::Value m_before;
    QElapsedTimer m_wantedAt;
    quint64 m_gesture = 0;
    QElapsedTimer m_steppedAt;

    QLabel* m_label = nullptr;
    QLabel* m_note = nullptr;
    QToolButton* m_reset = nullptr;
    QCheckBox* m_present = nullptr; ///< of a nullable number: whether there is one
    ParameterSlider* m_slider = nullptr;
    ValueBox* m_box = nullptr;
    QCheckBox* m_flag = nullptr;
    QComboBox* m_choice = nullptr;
    QString m_problem;
};

} // namespace ui
