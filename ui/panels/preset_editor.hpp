#pragma once

#include "engine/config/preset_document.hpp"

#include <QFutureWatcher>
#include <QHash>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

class CodeEditor;
class JsonHighlighter;

/// The present preset as text, checked while it is typed, with every error at its line and in a
/// list below. What is being edited stays until Apply or Revert, whatever sliders do meanwhile.
class PresetEditor : public QWidget {
    Q_OBJECT

public:
    explicit PresetEditor(QWidget* parent = nullptr);
    ~PresetEditor() override;

    /// The preset that is open now. Shown at once where nothing has been edited, else on Revert.
    void setDocument(const engine::config::PresetDocument& document);
    /// Another preset is open, known by its file or id. Text of the one before that was not applied
    /// is kept, and is there again when that preset is opened again. `folder`: where its file
    /// references are looked up; empty where it has none.
    void open(
        const engine::config::PresetDocument& document, const QString& key, const QString& folder);

    CodeEditor* editor() const { return m_editor; }
    QListWidget* problems() const { return m_problems; }
    QPushButton* applyButton() const { return m_apply; }
    QPushButton* revertButton() const { return m_revert; }
    bool isEdited() const;
    /// What the last check found; of the text of that moment.
    const engine::core::Diagnostics& diagnostics() const { return m_diagnostics; }

Q_SIGNALS:
    /// The text is a valid preset and shall be opened.
    void applied(const engine::config::PresetDocument& document);
    /// A check of the present text has ended.
    void checked();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Check {
        int revision = 0;
        engine::config::LoadResult result;
    };

    void showColours();
    void showText();
    void textEdited();
    void startCheck();
    void finishCheck();
    void listProblems();
    void showState();
    void apply();
    void revert();

    CodeEditor* m_editor;
    JsonHighlighter* m_highlighter;
    QListWidget* m_problems;
    QLabel* m_state;
    QPushButton* m_apply;
    QPushButton* m_revert;
    QTimer m_delay; ///< between the last key and the check
    QTimer m_follow; ///< gathers changes by sliders
    QFutureWatcher<std::shared_ptr<const Check>> m_check;
    QString m_folder;
    QString m_key; ///< of the preset that is open
    QHash<QString, QString> m_drafts; ///< text that was not applied, by the key of its preset
    std::optional<engine::config::PresetDocument> m_document;
    std::optional<engine::config::PresetDocument> m_valid; ///< what the present text means
    engine::core::Diagnostics m_diagnostics;
    int m_revision = 0; ///< counts changes of the text
    int m_checkedRevision = -1;
    int m_textRevision = 0; ///< of the text document
    bool m_tooLarge = false;
};

} // namespace ui
