#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/frame.hpp"
#include "ui/plots/shown_run.hpp"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

class QUndoStack;

namespace ui {

class EngineBridge;

/// A run that a person has kept to compare others with it.
struct Pin {
    QString name;
    ShownRun run;
    engine::config::PresetDocument document; ///< with its values at the end of the run
    int style = 0; ///< see pinPen()
    bool shown = true;
};

/// Up to four kept runs: the last complete sweep of a preset that repeats, else what was recorded
/// until it was pinned. They outlive other presets as long as these have a time axis like theirs
/// and record something that they have recorded.
class Pins : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t most = 4;

    Pins(EngineBridge& bridge, QUndoStack& undo, QObject* parent = nullptr);

    const std::vector<Pin>& list() const { return m_pins; }
    /// Keeps the present run.
    void pin();
    void remove(std::size_t index);
    void removeAll();
    void rename(std::size_t index, const QString& name);
    void setShown(std::size_t index, bool shown);
    /// Asks for the parameters of the pin, as one step that can be undone.
    void goBackTo(std::size_t index);

    /// The settings that are other ones now.
    std::vector<engine::Difference> differences(const Pin& pin) const;
    /// "d 8 → 2, I 10 → 14": from the pin to now; what else differs too, such as the noise. At most
    /// `count` settings are named.
    QString differenceText(const Pin& pin, std::size_t count) const;
    /// Those that are shown.
    std::vector<PinnedRun> shownRuns() const;

Q_SIGNALS:
    /// Another list, other names.
    void changed();
    /// Other lines are to be drawn.
    void linesChanged();
    void report(const QString& message, bool error);

private:
    void takeSession(const engine::Frame& frame);
    int freeStyle() const;

    EngineBridge& m_bridge;
    QUndoStack& m_undo;
    std::vector<Pin> m_pins;
};

} // namespace ui
