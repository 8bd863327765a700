#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/stimulus_view.hpp"

#include <QWidget>

#include <map>
#include <string>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace ui {

class StimulusDesk;
class ValueBox;

/// All values of one stimulus, made from the description of its type. What cannot be set is said
/// under its field, which keeps the old value.
class StimulusForm : public QWidget {
    Q_OBJECT

public:
    StimulusForm(StimulusDesk& desk, const engine::config::PresetDocument& document,
        const engine::config::StimulusView& view, QWidget* parent = nullptr);

    /// Shows other values; false where the stimulus has another shape: a new form is needed.
    bool follow(
        const engine::config::PresetDocument& document, const engine::config::StimulusView& view);

    QLineEdit* labelField() const { return m_label; }
    QComboBox* typeField() const { return m_type; }
    QComboBox* targetField() const { return m_target; }
    /// nullptr where there is none.
    ValueBox* box(const std::string& path) const;
    /// What is said under the field with this path.
    QString problem(const std::string& path) const;

private:
    struct Field {
        ValueBox* box = nullptr;
        QLabel* note = nullptr; ///< its expression, or what is wrong
        engine::config::StimulusCell cell;
        bool wrong = false;
    };
    static std::string shapeOf(
        const engine::config::PresetDocument& document, const engine::config::StimulusView& view);
    void addHead(const engine::config::PresetDocument& document);
    void addRow(const engine::config::StimulusRow& row);
    void addFlag(const engine::config::StimulusRow& row);
    void addTimes();
    ValueBox* addBox(const engine::config::StimulusRow& row,
        const engine::config::StimulusCell& cell, const QString& label);
    void want(const std::string& path, const engine::core::Value& value, quint64 gesture);
    void show(Field& field);
    void tell(const QString& refused);

    StimulusDesk& m_desk;
    engine::config::StimulusView m_view;
    std::string m_shape;
    double m_duration_ms;
    QGridLayout* m_grid;
    QLineEdit* m_label = nullptr;
    QComboBox* m_type = nullptr;
    QComboBox* m_target = nullptr;
    QLabel* m_problem = nullptr; ///< of what is no field
    std::map<std::string, Field> m_fields; ///< by path
    std::map<std::string, QCheckBox*> m_flags; ///< by path
};

} // namespace ui
