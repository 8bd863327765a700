#pragma once

#include <QObject>
#include <QString>

#include <initializer_list>
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
    /// For neurons the right column has an upper and a lower group, each a stack of tabs. For
    /// networks docks of these groups stand right of the plots where they leave them enough room,
    /// else as tabs below them.
    enum class Place {
        left,
        upper,
        lower,
        right, ///< the whole right side for networks, among the upper group for neurons
    };
    /// The layouts that show a dock unless a person decides otherwise.
    enum class Shown { never, forNeurons, forNetworks, always };

    explicit WindowDocks(QMainWindow& window);

    /// `name` is what settings remember it by.
    QDockWidget* add(
        QWidget* content, const QString& name, const QString& title, Place place, Shown shown);
    /// Shows a dock, in front of those it shares its place with.
    static void bringForward(QDockWidget& dock);
    /// The arrangement of this layout, as it was left or as it is by default.
    void use(Layout layout);
    Layout layout() const { return m_layout; }
    void reset();
    void save() const;
    /// An entry for each dock, then View > Reset layout.
    void fillMenu(QMenu& menu);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Dock {
        QDockWidget* widget = nullptr;
        Place place = Place::left;
        Shown shown = Shown::always;
    };
    QString key() const;
    bool shownByDefault(const Dock& dock) const;
    QList<QDockWidget*> docksAt(std::initializer_list<Place> places) const;
    QList<QDockWidget*> shownAt(std::initializer_list<Place> places) const;
    int chars(int count) const;
    int columnWidth(double share, int leastChars, int mostChars) const;
    /// Whether the groups upper and lower stand one above the other right of the plots.
    bool hasColumn() const;
    Qt::DockWidgetArea areaOf(Place place) const;
    void stackAsTabs(const QList<QDockWidget*>& docks);
    void divideLeft();
    void divideColumn();
    void divideBelow();

    QMainWindow& m_window;
    std::vector<Dock> m_docks;
    Layout m_layout = Layout::neuron;
    bool m_used = false; ///< an arrangement has been taken up
};

} // namespace ui
