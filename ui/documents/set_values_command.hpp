#pragma once

#include "engine/core/value.hpp"

#include <QPointer>
#include <QUndoCommand>

#include <string>
#include <vector>

namespace ui {

class EngineBridge;

/// A change of values that can be taken back: the engine is asked for the new or the old ones.
/// Changes of the same gesture (one drag) become one step.
class SetValuesCommand : public QUndoCommand {
public:
    struct Change {
        std::string path;
        engine::core::Value before;
        engine::core::Value after;
    };

    /// `gesture` 0 never merges.
    SetValuesCommand(EngineBridge& bridge, std::vector<Change> changes, const QString& text,
        quint64 gesture = 0);

    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    void post(engine::core::Value Change::*value) const;

    QPointer<EngineBridge> m_bridge;
    std::vector<Change> m_changes;
    QString m_name;
    quint64 m_gesture;
};

} // namespace ui
