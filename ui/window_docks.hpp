#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace ui {

/// The docks of the main window and where they stand: one arrangement for neurons, one for
/// networks, each remembered.
class WindowDocks : public QObject {
    Q_OBJECT

public:
    enum class Layout { neuron, network };
    enum class Place {
        left,
        right,
        beside, ///< right of the plots where they keep enough room, else tabs below them
    };

    explicit WindowDocks(QMainWindow& window);

    /// `name` is what settings remember it by.
    QDockWidget* add(
        QWidget* content, const QString& name, const QString& title, Place place, bool shown);
    /// The arrangement of this layout, as it was left or as it is by default.
    void use(Layout layout);
    Layout layout() const { return m_layout; }
    void reset();
    void save() const;
    /// An entry for each dock, then View > Reset layout.
    void fillMenu(QMenu& menu);

private:
    struct Dock {
        QDockWidget* widget = nullptr;
        Place place = Place::left;
        bool shown = true;
    };
    QString key() const;
    QList<QDockWidget*> docksAt(Place place) const;
    bool hasRoomBeside() const;
    Qt::DockWidgetArea areaOf(Place place) const;
    void divideLeft();
    void arrangeBeside();

    QMainWindow& m_window;
    std::vector<Dock> m_docks;
    Layout m_layout = Layout::neuron;
    bool m_used = false; ///< an arrangement has been taken up
};

} // namespace ui
