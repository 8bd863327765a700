#include "ui/documents/opened_preset.hpp"

#include "ui/engine_bridge.hpp"

#include <QFileInfo>

#include <algorithm>

namespace ui {

namespace {

using engine::config::PresetDocument;

constexpr int gatherMs = 100;

bool isSame(const PresetDocument& one, const PresetDocument& other)
{
    if (one.shared_experiment() == other.shared_experiment()) {
        return true;
    }
    return one.experiment() == other.experiment() && one.text() == other.text();
}

} // namespace

OpenedPreset::OpenedPreset(EngineBridge& bridge, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
{
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMs);
    connect(&m_gather, &QTimer::timeout, this, &OpenedPreset::stateChanged);
    connect(&bridge, &EngineBridge::sessionChanged, this, &OpenedPreset::sessionChanged);
    connect(&bridge, &EngineBridge::frameReady, this, &OpenedPreset::frameReady);
}

void OpenedPreset::open(const PresetDocument& document, const QString& file, bool unsaved)
{
    m_awaited.emplace(Awaited {document, file, unsaved});
    m_bridge.post(engine::Open {document, true});
}

void OpenedPreset::setSaved(const PresetDocument& document, const QString& file)
{
    m_file = file;
    m_saved = document;
    m_working = document;
    Q_EMIT stateChanged();
}

QString OpenedPreset::folder() const
{
    return m_file.isEmpty() ? QString() : QFileInfo(m_file).absolutePath();
}

bool OpenedPreset::isChanged() const
{
    return m_working && (!m_saved || !isSame(*m_working, *m_saved));
}

QString OpenedPreset::title() const
{
    if (m_working && !m_working->info().title.empty()) {
        return QString::fromStdString(m_working->info().title);
    }
    return m_file.isEmpty() ? tr("Untitled") : QFileInfo(m_file).completeBaseName();
}

void OpenedPreset::sessionChanged(const engine::Frame& frame)
{
    if (m_awaited && isAwaited(frame.document)) {
        const Awaited arrived = *m_awaited;
        m_awaited.reset();
        m_file = arrived.file;
        m_reference = arrived.document;
        m_saved = arrived.unsaved ? std::nullopt : std::optional(arrived.document);
        m_working = arrived.document;
        Q_EMIT opened(arrived.document);
    } else if (!m_reference) {
        // Opened by somebody else before this object could watch.
        m_reference = frame.document;
        m_saved = frame.document;
        m_working = frame.document;
        Q_EMIT opened(frame.document);
    } else {
        m_working = frame.document; // rebuilt: at its beginning no event has changed it yet
    }
    Q_EMIT stateChanged();
}

void OpenedPreset::frameReady(const engine::Frame& frame)
{
    if (!m_working) {
        return;
    }
    const auto before = m_working->shared_experiment();
    if (frame.branch && frame.sweep != m_sweep) {
        m_working = frame.branch->at_start; // its changes are told once more
    }
    // Events that have acted in this sweep leave traces in its document, also where a person has
    // taken them away since.
    m_eventful = (m_eventful && frame.sweep == m_sweep) || !m_working->experiment().events.empty()
        || !frame.document.experiment().events.empty();
    m_sweep = frame.sweep;
    if (!m_eventful) {
        m_working = frame.document;
    } else {
        for (const engine::AppliedChange& change : frame.changes) {
            const auto set = change.from_preset ? engine::config::SetResult {}
                                                : m_working->set(change.path, change.after);
            m_working = set.document ? set.document : m_working;
        }
    }
    if (m_working->shared_experiment() != before && !m_gather.isActive()) {
        m_gather.start();
    }
}

/// The network that has come may still be a rebuilt one of the preset before.
bool OpenedPreset::isAwaited(const PresetDocument& document) const
{
    const auto& awaited = m_awaited->document;
    if (awaited.info().id != document.info().id || awaited.info().title != document.info().title) {
        return false;
    }
    const auto these = engine::config::adjustables(document);
    const auto those = engine::config::adjustables(awaited);
    return std::equal(these.begin(), these.end(), those.begin(), those.end(),
        [](const auto& one, const auto& other) { return one.path == other.path; });
}

} // namespace ui
