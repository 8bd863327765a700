#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/preset_library.hpp"
#include "ui/documents/opened_preset.hpp"
#include "ui/documents/session_file.hpp"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

class QAction;
class QMenu;
class QUndoStack;
class QWidget;

namespace ui {

class EngineBridge;
class ExportActions;
class MessageBar;
class RecentMenu;

/// Everything about files: new, open, save, recent, export, drops on the window, the session that
/// survives a crash. Functions that take a path ask nothing; the actions ask for the path first.
class FileActions : public QObject {
    Q_OBJECT

public:
    FileActions(EngineBridge& bridge, engine::config::PresetLibrary& library, QUndoStack& undo,
        QWidget* window);
    ~FileActions() override;

    /// Where messages and questions are shown. Offers the session that a crash has left.
    void setMessageBar(MessageBar* messages);

    /// New, open, recent, save, save as, save run, export, in this order.
    void fillMenu(QMenu* menu);
    QMenu* newFromModelMenu() const { return m_new; }
    RecentMenu* recentMenu() const { return m_recent; }
    QAction* duplicateAction() const { return m_duplicate; }
    QAction* openAction() const { return m_open; }
    QAction* saveAction() const { return m_save; }
    QAction* saveAsAction() const { return m_saveAs; }
    QAction* saveRunAction() const { return m_saveRun; }
    ExportActions* exports() const { return m_exports; }

    /// The present preset: file, changes, title.
    const OpenedPreset& opened() const { return m_opened; }

    // Each returns whether it could be done; where not, the message bar says why and the session is
    // as it was.
    bool openPreset(const QString& idOrPath);
    /// A preset, or a picture that carries one.
    bool openFile(const QString& path);
    void openDocument(const engine::config::PresetDocument& document, const QString& file = {},
        bool unsaved = false);
    bool openModel(const std::string& model);
    bool duplicate();
    bool saveTo(const QString& path);
    bool saveRunTo(const QString& path);
    /// Where the preset has a file of its own, there; else false.
    bool saveInPlace();

    /// Asks about unsaved changes, if any; false = do not close.
    bool confirmClose();

Q_SIGNALS:
    /// Name of the preset, with `*` where it is changed.
    void titleChanged(const QString& title);
    /// Another preset runs now; it is what changed values are compared with.
    void presetOpened(const engine::config::PresetDocument& document);
    /// Id of the shipped preset, or path, that is open; empty where it has no file.
    void currentChanged(const QString& idOrPath);
    /// "My presets" has changed.
    void libraryChanged();

private:
    void makeActions();
    void fillNewMenu();
    bool openLoaded(const engine::config::LoadResult& result, const QString& name,
        const QString& file, bool unsaved);
    bool openText(
        const std::string& text, const QString& name, const QString& folder, bool unsaved);
    void offerToReturn();
    void offerRestore();
    void keepSession();
    void showState();
    void presetHasOpened(const engine::config::PresetDocument& document);
    bool write(const engine::config::PresetDocument& document, const QString& path);
    void report(engine::core::Severity severity, const QString& text,
        const engine::core::Diagnostics& details = {});
    void askSaveAs();
    void askSaveRun();
    QString suggestedFile(const QString& suffix = {}) const;
    bool isOwnFile() const;

    EngineBridge& m_bridge;
    engine::config::PresetLibrary& m_library;
    QUndoStack& m_undo;
    QWidget* m_window;
    QPointer<MessageBar> m_messages;
    OpenedPreset m_opened;
    SessionFile m_session;
    QTimer m_keep;
    std::optional<engine::config::PresetDocument> m_kept; ///< in the session file
    QString m_title; ///< as told last
    QString m_current;
    ExportActions* m_exports;
    QMenu* m_new;
    RecentMenu* m_recent;
    QAction* m_duplicate;
    QAction* m_open;
    QAction* m_save;
    QAction* m_saveAs;
    QAction* m_saveRun;
};

} // namespace ui
