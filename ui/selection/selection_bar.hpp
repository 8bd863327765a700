#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QLabel;

namespace ui {

class NeuronActions;

/// A bar with what can be done to the chosen neurons, and how much of it; seen while there are any.
class SelectionBar : public QWidget {
    Q_OBJECT

public:
    explicit SelectionBar(NeuronActions& actions, QWidget* parent = nullptr);

    QDoubleSpinBox* pulseSize() const { return m_pulse; }
    QDoubleSpinBox* pulseMs() const { return m_pulseMs; }
    QDoubleSpinBox* kickSize() const { return m_kick; }
    QDoubleSpinBox* silenceMs() const { return m_silenceMs; }

private:
    void showTargets();
    void takeSizes();

    NeuronActions& m_actions;
    QLabel* m_targets;
    QDoubleSpinBox* m_pulse;
    QDoubleSpinBox* m_pulseMs;
    QDoubleSpinBox* m_kick;
    QDoubleSpinBox* m_silenceMs;
};

} // namespace ui
