#pragma once

#include "engine/config/projection_edit.hpp"

#include <QWidget>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

class StimulusDesk;

/// Rule, weight and delay of one projection as they are written, with their present values and
/// whether a change acts at once. What cannot be set is said under its field; the network keeps
/// what it has.
class ProjectionEditor : public QWidget {
    Q_OBJECT

public:
    explicit ProjectionEditor(StimulusDesk& desk, QWidget* parent = nullptr);

    /// Missing: nothing to edit.
    void setProjection(std::optional<std::size_t> projection);

    QComboBox* ruleField() const { return m_rule; }
    QLineEdit* numberField() const { return m_number; }
    QLineEdit* weightField() const { return m_weight; }
    QLineEdit* delayField() const { return m_delay; }
    QCheckBox* autapsesField() const { return m_autapses; }
    QCheckBox* multapsesField() const { return m_multapses; }
    QString ruleNote() const;
    QString weightNote() const;
    QString delayNote() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Edit = std::function<engine::config::StimulusEdit(
        const engine::config::PresetDocument& document, std::size_t projection)>;

    QLineEdit* addLine(const QString& name, QLabel*& note);
    void follow();
    void showNotes();
    void wantValue(QLineEdit& field, QLabel& note, const char* key);
    void wantRule(const std::string& name, const std::string& number);
    void want(const Edit& edit, const QString& what, QWidget& field, QLabel& note);
    void refuse(QWidget& field, QLabel& note, const QString& problem);
    void giveUp();

    StimulusDesk& m_desk;
    std::optional<std::size_t> m_projection;
    engine::config::ProjectionView m_view;
    QWidget* m_refused = nullptr; ///< whose text cannot be set
    QComboBox* m_rule;
    QLineEdit* m_number;
    QCheckBox* m_autapses;
    QCheckBox* m_multapses;
    QLabel* m_ruleNote;
    QLineEdit* m_weight = nullptr;
    QLabel* m_weightNote = nullptr;
    QLineEdit* m_delay = nullptr;
    QLabel* m_delayNote = nullptr;
};

} // namespace ui
