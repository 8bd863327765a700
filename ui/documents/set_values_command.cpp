#include "ui/documents/set_values_command.hpp"

#include "engine/config/whole_values.hpp"
#include "ui/engine_bridge.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int setValuesId = 1;

QString describe(const QString& name, const std::vector<SetValuesCommand::Change>& changes)
{
    // Of a whole stimulus there is too much to say.
    if (changes.size() != 1 || engine::config::names_whole_value(changes.front().path)) {
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
    if (later->m_gesture != m_gesture
        || !std::equal(m_changes.begin(), m_changes.end(), later->m_changes.begin(),
            later->m_changes.end(),
            [](const Change& one, const Change& next) { return one.path == next.path; })) {
        return false;
    }
    bool isBack = true;
    for (std::size_t i = 0; i < m_changes.size(); ++i) {
        m_changes[i].after = later->m_changes[i].after;
        isBack = isBack && m_changes[i].after == m_changes[i].before;
    }
    setText(describe(m_name, m_changes));
    setObsolete(isBack);
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
    if (value == &Change::before) {
        std::reverse(command.values.begin(), command.values.end());
    }
    m_bridge->post(std::move(command));
}

} // namespace ui
