#include "ui/documents/set_values_command.hpp"

#include "ui/engine_bridge.hpp"

#include <QCoreApplication>

#include <utility>

namespace ui {

namespace {

constexpr int setValuesId = 1;

QString describe(const QString& name, const std::vector<SetValuesCommand::Change>& changes)
{
    if (changes.size() != 1) {
        return name;
    }
    return QStringLiteral("%1 %2 \u2192 %3")
        .arg(name, QString::fromStdString(engine::core::value_text(changes.front().before)),
            QString::fromStdString(engine::core::value_text(changes.front().after)));
}

} // namespace

SetValuesCommand::SetValuesCommand(
    EngineBridge& bridge, std::vector<Change> changes, const QString& text, quint64 gesture)
    : QUndoCommand(describe(text, changes))
    , m_bridge(&bridge)
    , m_changes(std::move(changes))
    , m_name(text)
    , m_gesture(gesture)
{
}

void SetValuesCommand::redo() { post(&Change::after); }

void SetValuesCommand::undo() { post(&Change::before); }

int SetValuesCommand::id() const { return m_gesture == 0 ? -1 : setValuesId; }

bool SetValuesCommand::mergeWith(const QUndoCommand* other)
{
    const auto* later = static_cast<const SetValuesCommand*>(other); // same id
    if (later->m_gesture != m_gesture || later->m_changes.size() != 1 || m_changes.size() != 1
        || later->m_changes.front().path != m_changes.front().path) {
        return false;
    }
    m_changes.front().after = later->m_changes.front().after;
    setText(describe(m_name, m_changes));
    setObsolete(m_changes.front().before == m_changes.front().after);
    return true;
}

void SetValuesCommand::post(engine::core::Value Change::*value) const
{
    if (m_bridge == nullptr) {
        return;
    }
    engine::SetValues command;
    for (const Change& change : m_changes) {
        command.values.emplace_back(change.path, change.*value);
    }
    m_bridge->post(std::move(command));
}

} // namespace ui
