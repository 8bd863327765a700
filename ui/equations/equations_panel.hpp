#pragma once

#include "engine/frame.hpp"
#include "ui/equations/present_values.hpp"

#include <QElapsedTimer>
#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QScrollArea;

namespace ui {

class EngineBridge;
class EquationsView;
class VerdictLabel;

/// The equations of a population's neurons with the present values, live, under the name of what
/// a single neuron does. What a slider enters is marked.
class EquationsPanel : public QWidget {
    Q_OBJECT

public:
    explicit EquationsPanel(EngineBridge& bridge, QWidget* parent = nullptr);

    EquationsView& view() { return *m_view; }
    VerdictLabel& verdict() { return *m_verdict; }
    QComboBox& choice() { return *m_choice; }
    QString note() const;

    /// Marks what this setting enters; an empty path turns attention elsewhere.
    void attend(const std::string& path);

Q_SIGNALS:
    /// The setting of a symbol that was clicked.
    void parameterWanted(const std::string& path);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void beginSession(const engine::Frame& frame);
    void choose(int index);
    void takeValues();
    void take(const engine::Frame& frame);
    void showNow();
    void mark();
    double holdMs() const;
    void symbolChosen(const QString& symbol);
    const engine::config::Population& population() const;

    EngineBridge& m_bridge;
    VerdictLabel* m_verdict;
    QComboBox* m_choice;
    QLabel* m_note;
    QScrollArea* m_area;
    EquationsView* m_view;
    std::size_t m_population = 0;
    PresentValues m_present;
    std::vector<engine::recording::TraceGroup> m_groups; ///< what is recorded in this session
    QElapsedTimer m_sinceNow;
    std::string m_attended;
};

} // namespace ui
