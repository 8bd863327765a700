#pragma once

#include "engine/config/stimulus_edit.hpp"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QUndoStack;

namespace ui {

class EngineBridge;

/// Where stimuli are edited, whoever does it: the document with all changes that have been asked
/// for, the way of a change to the engine, and its step of undo.
class StimulusDesk : public QObject {
    Q_OBJECT

public:
    using Numbers = std::vector<std::pair<std::string, double>>;

    StimulusDesk(EngineBridge& bridge, QUndoStack& undo, QObject* parent = nullptr);

    /// What the engine has, or will have when it has taken the last changes.
    const std::optional<engine::config::PresetDocument>& document() const { return m_document; }

    /// Number of a new gesture: all changes made under it are one step of undo.
    quint64 newGesture() { return ++m_gestures; }
    /// The change that `edit` makes of the present document. Of a gesture, of the document with
    /// which it began. Returns why it cannot be made, else nothing.
    QString apply(
        const std::function<engine::config::StimulusEdit(const engine::config::PresetDocument&)>&
            edit,
        const QString& text, quint64 gesture = 0);
    QString setNumbers(const Numbers& numbers, const QString& text, quint64 gesture);
    /// Takes back what was done under the present gesture.
    void giveUp(quint64 gesture);

Q_SIGNALS:
    /// Another document, or other values in it.
    void changed(const engine::config::PresetDocument& document);
    /// Something that was done beside what was asked for.
    void noted(const QString& message);

private:
    void follow();
    void push(
        std::vector<engine::config::ValueChange> changes, const QString& text, quint64 gesture);

    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    std::optional<engine::config::PresetDocument> m_document;
    std::optional<engine::config::PresetDocument> m_base; ///< with which m_baseOf began
    quint64 m_baseOf = 0;
    std::vector<engine::config::ValueChange> m_last; ///< changes of the present gesture
    quint64 m_gestures = 0;
    QTimer m_answer; ///< runs while the engine may not have taken the last change yet
};

} // namespace ui
