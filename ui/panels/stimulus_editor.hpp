#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/stimulus_view.hpp"

#include <QWidget>

#include <vector>

class QComboBox;
class QListWidget;
class QScrollArea;
class QToolButton;

namespace ui {

class StimulusDesk;
class StimulusForm;

/// The stimuli of the preset as a list, and the exact values of the chosen one.
class StimulusEditor : public QWidget {
    Q_OBJECT

public:
    explicit StimulusEditor(StimulusDesk& desk, QWidget* parent = nullptr);

    /// Shows this stimulus and gives it the focus.
    void choose(int stimulus);
    QListWidget* list() const { return m_list; }
    QToolButton* addButton() const { return m_add; }
    QToolButton* duplicateButton() const { return m_duplicate; }
    QToolButton* removeButton() const { return m_remove; }
    /// nullptr where there is no stimulus.
    StimulusForm* form() const { return m_form; }

    /// Small: the fields scroll.
    QSize minimumSizeHint() const override;

private:
    void takeDocument(const engine::config::PresetDocument& document);
    void showForm();
    void add(const engine::config::StimulusType& type);

    StimulusDesk& m_desk;
    QListWidget* m_list;
    QToolButton* m_add;
    QToolButton* m_duplicate;
    QToolButton* m_remove;
    QScrollArea* m_area;
    StimulusForm* m_form = nullptr;
    std::vector<engine::config::StimulusView> m_views;
};

} // namespace ui
