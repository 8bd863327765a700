#pragma once

#include "engine/frame.hpp"
#include "ui/panels/phase_source.hpp"

#include <QElapsedTimer>
#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace ui {

class EngineBridge;
class PhasePlot;

/// The phase plane of a neuron, live: follows sliders and stimulus, its point can be dragged, and a
/// kick lets the potential jump. Says what would have to be recorded where it is not.
class PhasePanel : public QWidget {
    Q_OBJECT

public:
    explicit PhasePanel(EngineBridge& bridge, QWidget* parent = nullptr);

    PhasePlot& plot() { return *m_plot; }
    /// Lets the neuron's potential jump.
    QAction* kickAction() const { return m_kick; }
    QDoubleSpinBox* kickSize() const { return m_size; }
    QPushButton* recordButton() const { return m_record; }
    QString hint() const;
    /// Where the neuron is and what it is near to, in words.
    QString spoken() const;

Q_SIGNALS:
    /// The preset as it has to be for the phase plane to be drawn.
    void documentWanted(const engine::config::PresetDocument& document);

private:
    void beginSession(const engine::Frame& frame);
    void choose(int index);
    void takeValues();
    void take(const engine::Frame& frame);
    void setPoint(const engine::theory::PhaseXY& to);
    void kick();
    void applyTheme();
    void showText();
    QString path(const char* kind, const char* state) const;

    EngineBridge& m_bridge;
    PhasePlot* m_plot;
    QComboBox* m_choice;
    QDoubleSpinBox* m_size;
    QPushButton* m_kickButton;
    QAction* m_kick;
    QLabel* m_hint;
    QPushButton* m_record;
    QLabel* m_legend;
    QLabel* m_text;
    std::vector<PhaseNeuron> m_neurons;
    int m_chosen = -1;
    double m_current = 0.0;
    QElapsedTimer m_sinceFrame;
    QElapsedTimer m_sinceText;
};

} // namespace ui
