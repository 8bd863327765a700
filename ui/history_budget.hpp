#pragma once

#include <QObject>

class QActionGroup;
class QMenu;

namespace ui {

class EngineBridge;

/// How much of a run is kept in memory, as a person chose it; remembered from session to session.
class HistoryBudget : public QObject {
    Q_OBJECT

public:
    /// Tells the engine what was chosen earlier.
    explicit HistoryBudget(EngineBridge& bridge, QObject* parent = nullptr);

    int mebibytes() const { return m_mebibytes; }
    /// Of the present run and all that follow.
    void choose(int mebibytes);
    /// A line for each choice; those that the machine cannot give now cannot be chosen.
    void fillMenu(QMenu& menu);

private:
    void post() const;

    EngineBridge& m_bridge;
    int m_mebibytes = 0;
    QActionGroup* m_choices;
};

} // namespace ui
