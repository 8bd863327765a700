#pragma once

#include "ui/panels/sweep_question.hpp"
#include "ui/plots/sweep_plot.hpp"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QMenu;
class QProgressBar;
class QToolButton;

namespace ui {

/// What the f-I panel is asked: axes, protocol, quantity of a map, what is drawn beside the rate;
/// and how far the answer is.
class FiControls : public QWidget {
    Q_OBJECT

public:
    explicit FiControls(QWidget* parent = nullptr);

    /// Axes that exist; a chosen one stays where it is among them.
    void setChoices(const std::vector<SweepChoice>& choices);
    /// The first axis again and no second one.
    void forgetAxes();
    /// A network has its own stimuli only.
    void setProtocols(bool neuron);
    void setMap(bool map);
    /// Missing: nothing is being computed.
    void setProgress(std::optional<double> fraction);
    /// The button computes anew.
    void setReady();
    /// First rate, latency and intervals as entries that can be checked; earlier curves.
    void fillMenu(QMenu& menu);

    std::string x() const; ///< path of the row
    std::string y() const; ///< empty: no second axis
    SweepProtocol protocol() const;
    MapQuantity quantity() const;
    QString quantityTitle() const;
    SweepPlot::Parts parts() const;

    QComboBox& xBox() { return *m_x; }
    QComboBox& yBox() { return *m_y; }
    QComboBox& protocolBox() { return *m_protocol; }
    QComboBox& quantityBox() { return *m_quantity; }
    QToolButton& button() { return *m_button; }
    QAction& firstRateAction() { return *m_firstRate; }
    QAction& latencyAction() { return *m_latency; }
    QAction& intervalsAction() { return *m_intervals; }

Q_SIGNALS:
    void axesChanged();
    void quantityChanged();
    void partsChanged();
    void startWanted();
    void cancelWanted();
    void forgetWanted();

private:
    QAction* makePart(const QString& text, const char* key);

    QComboBox* m_x;
    QComboBox* m_y;
    QComboBox* m_protocol;
    QComboBox* m_quantity;
    QToolButton* m_show;
    QToolButton* m_button;
    QProgressBar* m_progress;
    QAction* m_firstRate;
    QAction* m_latency;
    QAction* m_intervals;
    QStringList m_shown; ///< paths and names of the choices
    bool m_computing = false;
};

} // namespace ui
