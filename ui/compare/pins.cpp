#include "ui/compare/pins.hpp"

#include "engine/differences.hpp"
#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/change_flags.hpp"

#include <QStringList>
#include <QUndoStack>

#include <algorithm>

namespace ui {

using engine::config::PresetDocument;
using engine::core::Step;

namespace {

// Of a long run the end is kept: four pins must not fill the memory.
constexpr std::size_t most_bytes = std::size_t {128} << 20;

/// A copy that the engine does not write to any more; it shares what has been recorded.
std::shared_ptr<const engine::recording::History> frozen(
    const engine::recording::History& history, Step end)
{
    auto copy = history.branch(end);
    const Step first = copy->first_kept();
    const double bytes = static_cast<double>(copy->bytes());
    if (bytes > static_cast<double>(most_bytes)) {
        const double kept
            = static_cast<double>(end - first) * static_cast<double>(most_bytes) / bytes;
        copy->forget_before(end - static_cast<Step>(kept));
    }
    return copy;
}

/// The run's document with all that was changed while it ran.
PresetDocument atEnd(const engine::Recording& recording)
{
    PresetDocument document = recording.as_run;
    for (const auto& event : recording.as_run.experiment().events) {
        if (recording.grid.steps(event.at_ms) > recording.end) {
            break;
        }
        if (const auto set = document.set(event.path, event.value); set.document) {
            document = *set.document;
        }
    }
    return document;
}

std::optional<double> sweepOf(const engine::config::Experiment& experiment)
{
    return experiment.simulation.at_end == engine::config::AtEnd::repeat
        ? experiment.simulation.duration_ms
        : std::nullopt;
}

bool sameColumn(const engine::recording::History& one, const engine::recording::History& other)
{
    for (const auto& group : one.groups()) {
        for (const auto& column : group.columns) {
            for (const auto& others : other.groups()) {
                if (std::any_of(others.columns.begin(), others.columns.end(),
                        [&](const auto& o) { return o.csv_name == column.csv_name; })) {
                    return true;
                }
            }
        }
    }
    return false;
}

} // namespace

Pins::Pins(EngineBridge& bridge, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_undo(undo)
{
    connect(&bridge, &EngineBridge::sessionChanged, this, &Pins::takeSession);
}

int Pins::freeStyle() const
{
    int style = 0;
    while (std::any_of(
        m_pins.begin(), m_pins.end(), [style](const Pin& pin) { return pin.style == style; })) {
        ++style;
    }
    return style;
}

void Pins::pin()
{
    if (m_pins.size() == most) {
        Q_EMIT report(tr("There are four pins already: remove one of them first."), false);
        return;
    }
    const auto recording = m_bridge.recording();
    if (!recording || recording->end == 0) {
        Q_EMIT report(tr("Nothing has been run yet that could be pinned."), false);
        return;
    }
    const int style = freeStyle();
    const QString title = QString::fromStdString(recording->as_run.info().title);
    const PresetDocument document = atEnd(*recording);
    m_pins.push_back({tr("Pin %1: %2").arg(style + 1).arg(title),
        {frozen(*recording->history, recording->end), document.shared_experiment(), recording->grid,
            recording->end},
        document, style, true});
    Q_EMIT changed();
    Q_EMIT linesChanged();
}

void Pins::remove(std::size_t index)
{
    m_pins.erase(m_pins.begin() + static_cast<std::ptrdiff_t>(index));
    Q_EMIT changed();
    Q_EMIT linesChanged();
}

void Pins::removeAll()
{
    m_pins.clear();
    Q_EMIT changed();
    Q_EMIT linesChanged();
}

void Pins::rename(std::size_t index, const QString& name)
{
    m_pins.at(index).name = name;
    Q_EMIT changed();
}

void Pins::setShown(std::size_t index, bool shown)
{
    m_pins.at(index).shown = shown;
    Q_EMIT linesChanged();
}

void Pins::goBackTo(std::size_t index)
{
    std::vector<SetValuesCommand::Change> changes;
    for (const engine::Difference& difference : differences(m_pins.at(index))) {
        changes.push_back({difference.path, difference.present, difference.preset});
    }
    if (changes.empty()) {
        Q_EMIT report(tr("The parameters are those of “%1”.").arg(m_pins[index].name), false);
        return;
    }
    m_undo.push(new SetValuesCommand(
        m_bridge, std::move(changes), tr("Back to “%1”").arg(m_pins[index].name)));
}

std::vector<engine::Difference> Pins::differences(const Pin& pin) const
{
    return m_bridge.document() ? engine::differences(*m_bridge.document(), pin.document)
                               : std::vector<engine::Difference> {};
}

QString Pins::differenceText(const Pin& pin, std::size_t count) const
{
    if (!m_bridge.document()) {
        return {};
    }
    const PresetDocument& now = *m_bridge.document();
    QStringList parts;
    const auto settings = differences(pin);
    for (std::size_t i = 0; i < std::min(settings.size(), count); ++i) {
        parts += changeText(settings[i].path, settings[i].preset, settings[i].present);
    }
    if (settings.size() > count) {
        parts += tr("%1 more").arg(settings.size() - count);
    }
    if (settings.empty()) {
        parts += tr("same parameters");
    }
    if (now.info().id != pin.document.info().id) {
        parts += tr("another preset");
    }
    const auto seed = [](const PresetDocument& document) {
        return QString::number(document.experiment().simulation.seed);
    };
    parts += seed(now) == seed(pin.document)
        ? tr("same noise")
        : tr("other noise: seed %1 → %2").arg(seed(pin.document), seed(now));
    return parts.join(QStringLiteral(", "));
}

std::vector<PinnedRun> Pins::shownRuns() const
{
    std::vector<PinnedRun> runs;
    for (const Pin& pin : m_pins) {
        if (pin.shown) {
            runs.push_back({pin.run, pin.style});
        }
    }
    return runs;
}

void Pins::takeSession(const engine::Frame& frame)
{
    const auto sweep = sweepOf(frame.document.experiment());
    const auto first = std::stable_partition(m_pins.begin(), m_pins.end(), [&](const Pin& pin) {
        return sweepOf(*pin.run.experiment) == sweep
            && sameColumn(*pin.run.history, *frame.history);
    });
    const auto gone = static_cast<int>(m_pins.end() - first);
    m_pins.erase(first, m_pins.end());
    if (gone > 0) {
        Q_EMIT report(
            tr("Pins were dropped (%1): the time axis or the recordings of “%2” are others.")
                .arg(gone)
                .arg(QString::fromStdString(frame.document.info().title)),
            false);
        Q_EMIT changed();
    }
    if (!m_pins.empty() || gone > 0) {
        Q_EMIT linesChanged(); // the panels are new
    }
}

} // namespace ui
