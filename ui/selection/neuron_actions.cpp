#include "ui/selection/neuron_actions.hpp"

#include "engine/config/stimulus_types.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QAction>
#include <QLocale>

#include <algorithm>
#include <map>
#include <utility>

namespace ui {

using engine::config::NeuronCurrent;

namespace {

constexpr const char* silenceLabel = "silence";
// Two frames and the way of the command, in wall time.
constexpr double ahead_s = 0.05;
constexpr double ms_per_s = 1e3;

} // namespace

NeuronActions::NeuronActions(
    EngineBridge& bridge, StimulusDesk& desk, NeuronSelection& selection, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_desk(desk)
    , m_selection(selection)
    , m_pulse(new QAction(tr("&Pulse"), this))
    , m_kick(new QAction(tr("&Kick"), this))
    , m_silence(new QAction(tr("&Silence"), this))
    , m_release(new QAction(tr("&Release"), this))
{
    const auto dress = [](QAction* action, const QString& key, const QString& tip) {
        action->setShortcut(QKeySequence(key));
        action->setStatusTip(tip);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    };
    dress(m_pulse, QStringLiteral("U"), tr("A pulse of current to the chosen neurons"));
    dress(m_kick, QStringLiteral("J"), tr("V_m of the chosen neurons jumps, of all in one step"));
    dress(m_silence, QStringLiteral("H"),
        tr("A strong current against firing keeps the chosen neurons silent"));
    dress(m_release, QStringLiteral("Shift+H"), tr("Silenced neurons may fire again"));
    connect(m_pulse, &QAction::triggered, this, &NeuronActions::pulse);
    connect(m_kick, &QAction::triggered, this, &NeuronActions::kick);
    connect(m_silence, &QAction::triggered, this, &NeuronActions::silence);
    connect(m_release, &QAction::triggered, this, &NeuronActions::release);
    connect(&selection, &NeuronSelection::chosenChanged, this, &NeuronActions::update);
    connect(&selection, &NeuronSelection::followedChanged, this, &NeuronActions::update);
    connect(&desk, &StimulusDesk::changed, this, &NeuronActions::update);
    connect(&bridge, &EngineBridge::sessionChanged, this, &NeuronActions::beginSession);
    update();
}

void NeuronActions::beginSession()
{
    const auto& populations = m_bridge.document()->experiment().populations;
    m_sizes.pulse = engine::config::current_for(populations.front());
    update();
}

void NeuronActions::update()
{
    const bool any = m_bridge.document() && !m_selection.targets().empty();
    for (QAction* action : {m_pulse, m_kick, m_silence}) {
        action->setEnabled(any);
    }
    m_release->setEnabled(silencing());
    Q_EMIT changed();
}

QString NeuronActions::currentUnit() const
{
    const auto all = groups();
    const auto& document = m_bridge.document();
    if (!document || all.empty()) {
        return {};
    }
    return QString::fromStdString(engine::config::unit_text(engine::config::StimulusUnit::current,
        document->experiment().populations[all.front().first], 0));
}

QString NeuronActions::targetsText() const
{
    const auto& document = m_bridge.document();
    QStringList parts;
    for (const auto& [population, neurons] : groups()) {
        const QString name
            = QString::fromStdString(document->experiment().populations[population].name);
        parts += neurons.size() == 1
            ? QStringLiteral("%1 %2").arg(name).arg(neurons.front())
            : tr("%1 of %2").arg(QLocale().toString(static_cast<qulonglong>(neurons.size())), name);
    }
    return parts.join(QStringLiteral(", "));
}

bool NeuronActions::silencing() const
{
    const auto& document = m_desk.document();
    return document && engine::config::any_labelled(document->experiment(), silenceLabel);
}

std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> NeuronActions::groups() const
{
    std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> out;
    for (const NeuronId id : m_selection.targets()) { // ascending
        if (out.empty() || out.back().first != id.population) {
            out.emplace_back(id.population, std::vector<std::uint32_t> {});
        }
        out.back().second.push_back(id.neuron);
    }
    return out;
}

double NeuronActions::soon() const
{
    const engine::Status& status = m_bridge.status();
    const double ahead
        = status.state == engine::RunState::running ? ahead_s * ms_per_s * status.pace : 0.0;
    const engine::core::TimeGrid grid(status.dt_ms);
    return grid.time_ms(grid.steps(status.t_ms + ahead));
}

void NeuronActions::tell(const QString& refusal)
{
    if (!refusal.isEmpty()) {
        Q_EMIT report(refusal, true);
    }
}

void NeuronActions::repeatPulse(double every_ms, int count)
{
    if (!m_pulse->isEnabled()) {
        return;
    }
    const auto& simulation = m_bridge.document()->experiment().simulation;
    if (simulation.at_end == engine::config::AtEnd::repeat && simulation.duration_ms) {
        const double room = (*simulation.duration_ms - soon()) / every_ms;
        count = std::clamp(static_cast<int>(room), 1, count);
    }
    givePulses(NeuronCurrent::Repeats {every_ms, count});
}

void NeuronActions::givePulses(std::optional<NeuronCurrent::Repeats> repeats)
{
    const double start = soon();
    std::vector<NeuronCurrent> currents;
    for (auto& [population, neurons] : groups()) {
        currents.push_back({engine::config::pulse_label, population, neurons, m_sizes.pulse, start,
            start + m_sizes.pulseMs, repeats});
    }
    const double now = m_bridge.status().t_ms;
    tell(m_desk.apply(
        [&](const auto& document) { return engine::config::add_currents(document, currents, now); },
        repeats ? tr("pulses to %1").arg(targetsText()) : tr("pulse to %1").arg(targetsText())));
}

void NeuronActions::silence()
{
    const double start = soon();
    const auto& populations = m_bridge.document()->experiment().populations;
    std::vector<NeuronCurrent> currents;
    for (auto& [population, neurons] : groups()) {
        NeuronCurrent current {silenceLabel, population, neurons,
            engine::config::silencing_current(populations[population]), start};
        if (m_sizes.silenceMs > 0.0) {
            current.stop_ms = start + m_sizes.silenceMs;
        }
        currents.push_back(std::move(current));
    }
    const double now = m_bridge.status().t_ms;
    tell(m_desk.apply(
        [&](const auto& document) { return engine::config::add_currents(document, currents, now); },
        tr("silence of %1").arg(targetsText())));
}

void NeuronActions::release()
{
    tell(m_desk.apply(
        [](const auto& document) {
            return engine::config::remove_labelled(document, silenceLabel);
        },
        tr("release of silenced neurons")));
}

void NeuronActions::kick()
{
    engine::SetValues command;
    const auto& populations = m_bridge.document()->experiment().populations;
    for (const NeuronId id : m_selection.targets()) {
        command.values.emplace_back("populations/" + populations[id.population].name + "/jump/"
                + std::to_string(id.neuron) + "/V_m",
            m_sizes.kickMv);
    }
    m_bridge.post(std::move(command));
}

} // namespace ui
