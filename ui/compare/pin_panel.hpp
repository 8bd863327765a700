#pragma once

#include <QTimer>
#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QMenu;
class QVBoxLayout;

namespace ui {

class EngineBridge;
class PinRow;
class Pins;

/// The list of pins: for each its line, its name, what is different now, and what can be done with
/// it.
class PinPanel : public QWidget {
    Q_OBJECT

public:
    PinPanel(Pins& pins, EngineBridge& bridge, QWidget* parent = nullptr);

    const std::vector<PinRow*>& rows() const { return m_rows; }
    /// Pins the present run; P.
    QAction* pinAction() const { return m_pin; }
    void fillMenu(QMenu& menu);

private:
    void rebuild();
    void tellDifferences();

    Pins& m_pins;
    QAction* m_pin;
    QAction* m_removeAll;
    QVBoxLayout* m_column;
    QLabel* m_hint;
    std::vector<PinRow*> m_rows;
    QTimer m_gather; ///< a drag of a slider is many changes
};

} // namespace ui
