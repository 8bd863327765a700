#pragma once

#include "engine/config/neuron_stimulus.hpp"
#include "ui/selection/neuron_selection.hpp"

#include <QList>
#include <QObject>
#include <QString>

class QAction;

namespace ui {

class EngineBridge;
class StimulusDesk;

/// What can be done to the chosen neurons, else to the followed one. Pulses and silences are
/// stimuli: undone like any change; kicks change V_m. All of it is logged with its step, so that a
/// saved run repeats it bit for bit.
class NeuronActions : public QObject {
    Q_OBJECT

public:
    /// Sizes as a person has set them; durations [ms].
    struct Sizes {
        double pulse = 0.0; ///< current, in the unit of currentUnit()
        double pulseMs = 5.0;
        double kickMv = 10.0; ///< [mV]
        double silenceMs = 50.0; ///< 0: until released
    };

    NeuronActions(EngineBridge& bridge, StimulusDesk& desk, NeuronSelection& selection,
        QObject* parent = nullptr);

    NeuronSelection& selection() const { return m_selection; }
    const Sizes& sizes() const { return m_sizes; }
    void setSizes(const Sizes& sizes) { m_sizes = sizes; }
    /// Of the models of the neurons; empty where dimensionless.
    QString currentUnit() const;
    /// "12 E, 3 I", "E 17".
    QString targetsText() const;
    /// Whether neurons are silenced until they are released.
    bool silencing() const;

    /// `count` pulses, each of the present size, one every `every_ms`; of a preset that repeats no
    /// more than its sweep has room for.
    void repeatPulse(double every_ms, int count);

    QAction* pulseAction() const { return m_pulse; }
    QAction* kickAction() const { return m_kick; }
    QAction* silenceAction() const { return m_silence; }
    QAction* releaseAction() const { return m_release; }
    QList<QAction*> actions() const { return {m_pulse, m_kick, m_silence, m_release}; }

Q_SIGNALS:
    /// Targets, unit or what is silenced.
    void changed();
    void report(const QString& message, bool error);

private:
    void pulse() { givePulses(std::nullopt); }
    void givePulses(std::optional<engine::config::NeuronCurrent::Repeats> repeats);
    void kick();
    void silence();
    void release();
    void beginSession();
    void update();
    /// Model time that the engine will surely not have passed when it hears of a change; a running
    /// network is ahead of what the window shows.
    double soon() const;
    /// The targets, population by population.
    std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> groups() const;
    void tell(const QString& refusal);

    EngineBridge& m_bridge;
    StimulusDesk& m_desk;
    NeuronSelection& m_selection;
    Sizes m_sizes;
    QAction* m_pulse;
    QAction* m_kick;
    QAction* m_silence;
    QAction* m_release;
};

} // namespace ui
