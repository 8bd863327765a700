#pragma once

#include "engine/config/event_edit.hpp"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QListWidget;
class QToolButton;

namespace ui {

class EngineBridge;
class EventTimeline;
class StimulusDesk;
class ValueBox;

/// What is planned for a run: changes of parameters, and stimuli, on a timeline and as a list with
/// exact values. All of it is saved as the preset's events; those that are still to come act in the
/// run that goes on.
class EventsPanel : public QWidget {
    Q_OBJECT

public:
    EventsPanel(EngineBridge& bridge, StimulusDesk& desk, QWidget* parent = nullptr);

    EventTimeline& timeline() { return *m_timeline; }
    QListWidget* list() const { return m_list; }
    QToolButton* addButton() const { return m_add; }
    QToolButton* removeButton() const { return m_remove; }
    ValueBox* timeBox() const { return m_at; }
    QComboBox* pathBox() const { return m_path; }
    ValueBox* valueBox() const { return m_value; }
    /// What is wrong with the last change; empty where nothing is.
    QString message() const;

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Edit = std::function<engine::config::StimulusEdit(const engine::config::PresetDocument&)>;
    QLayout* makeForm();
    void connectTimeline();
    void takeDocument(const engine::config::PresetDocument& document);
    void choose(int event);
    void showForm();
    void add(double at_ms);
    void remove(int event);
    /// The chosen event with another time, path or value.
    void change(const std::function<void(engine::config::Event&)>& edit);
    /// Makes the change and chooses the event that it is about.
    void apply(const Edit& edit, const QString& text, const engine::config::Event& about,
        quint64 gesture = 0);
    const std::vector<engine::config::Event>& events() const;

    EngineBridge& m_bridge;
    StimulusDesk& m_desk;
    EventTimeline* m_timeline;
    QListWidget* m_list;
    QToolButton* m_add;
    QToolButton* m_remove;
    ValueBox* m_at;
    QComboBox* m_path;
    ValueBox* m_value;
    QLabel* m_message;
    QBoxLayout* m_form = nullptr;
    quint64 m_gesture = 0; ///< of the present drag
    std::vector<engine::config::Event> m_grabbed; ///< as they were when it began
};

} // namespace ui
