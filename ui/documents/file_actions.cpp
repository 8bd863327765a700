#include "ui/documents/file_actions.hpp"

#include "engine/models/description.hpp"
#include "ui/documents/export_actions.hpp"
#include "ui/documents/file_dialogs.hpp"
#include "ui/documents/file_drop.hpp"
#include "ui/documents/preset_files.hpp"
#include "ui/documents/recent_files.hpp"
#include "ui/documents/recent_menu.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/pictures.hpp"
#include "ui/widgets/message_bar.hpp"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QStandardPaths>
#include <QUndoStack>

namespace ui {

namespace {

using engine::config::LoadResult;
using engine::config::PresetDocument;
using engine::core::Severity;

constexpr int keepSessionMs = 3000;

QString sessionFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QStringLiteral("/sessions");
}

bool isPicture(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    return suffix == QStringLiteral("png") || suffix == QStringLiteral("svg")
        || suffix == QStringLiteral("pdf");
}

} // namespace

FileActions::FileActions(
    EngineBridge& bridge, engine::config::PresetLibrary& library, QUndoStack& undo, QWidget* window)
    : QObject(window)
    , m_bridge(bridge)
    , m_library(library)
    , m_undo(undo)
    , m_window(window)
    , m_opened(bridge)
    , m_session(sessionFolder())
    , m_exports(new ExportActions(bridge, window))
    , m_new(new QMenu(tr("&New from model"), window))
    , m_recent(new RecentMenu(window))
{
    makeActions();
    fillNewMenu();
    connect(m_recent, &RecentMenu::chosen, this, [this](const QString& file) {
        if (!openFile(file) && !QFileInfo::exists(file)) {
            removeRecentFile(file);
        }
    });
    connect(&m_opened, &OpenedPreset::opened, this, &FileActions::presetHasOpened);
    connect(&m_opened, &OpenedPreset::stateChanged, this, &FileActions::showState);
    m_keep.setInterval(keepSessionMs);
    connect(&m_keep, &QTimer::timeout, this, &FileActions::keepSession);
    m_keep.start();
    connect(new FileDrop(window), &FileDrop::dropped, this, &FileActions::openFile);
}

FileActions::~FileActions() = default;

void FileActions::setMessageBar(MessageBar* messages)
{
    m_messages = messages;
    m_exports->setMessageBar(messages);
    offerRestore();
}

void FileActions::fillMenu(QMenu* menu)
{
    menu->addMenu(m_new);
    menu->addAction(m_duplicate);
    menu->addSeparator();
    menu->addAction(m_open);
    menu->addMenu(m_recent);
    menu->addSeparator();
    menu->addAction(m_save);
    menu->addAction(m_saveAs);
    menu->addAction(m_saveRun);
    menu->addSeparator();
    menu->addAction(m_exports->both());
    menu->addAction(m_exports->traces());
    menu->addAction(m_exports->spikes());
}

bool FileActions::openPreset(const QString& idOrPath)
{
    const LoadResult result = m_library.open(idOrPath.toStdString());
    QString file;
    for (const auto& entry : m_library.entries()) {
        if (entry.shipped && entry.info.id == idOrPath.toStdString()) {
            file = QString::fromStdString(entry.file.string());
        }
    }
    if (file.isEmpty()) {
        return openFile(idOrPath);
    }
    return openLoaded(result, idOrPath, file, false);
}

bool FileActions::openFile(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    if (isPicture(path)) {
        const auto text = presetTextInPicture(path);
        if (!text) {
            report(Severity::error, tr("%1 carries no preset.").arg(name));
            return false;
        }
        return openText(text->toStdString(), name, QFileInfo(path).absolutePath(), true);
    }
    const LoadResult result = PresetDocument::load(path.toStdString());
    if (!openLoaded(result, name, QFileInfo(path).absoluteFilePath(), false)) {
        return false;
    }
    if (!isShippedFile(m_library, path.toStdString())) {
        addRecentFile(path);
    }
    return true;
}

void FileActions::openDocument(const PresetDocument& document, const QString& file, bool unsaved)
{
    offerToReturn();
    m_opened.open(document, file, unsaved);
}

bool FileActions::openModel(const std::string& model)
{
    const auto* description = engine::models::Registry::instance().find(model);
    if (description == nullptr) {
        report(Severity::error, tr("There is no model %1.").arg(QString::fromStdString(model)));
        return false;
    }
    openDocument(PresetDocument::for_model(*description));
    return true;
}

bool FileActions::duplicate()
{
    if (!m_opened.working()) {
        return false;
    }
    const std::string title = tr("%1 (copy)").arg(m_opened.title()).toStdString();
    const PresetDocument copy = renamed(*m_opened.working(), title);
    const auto file = unusedFile(m_library.user_folder(), copy.info().id);
    if (!write(copy, QString::fromStdString(file.string()))) {
        return false;
    }
    m_opened.open(copy, QString::fromStdString(file.string()));
    return true;
}

bool FileActions::saveTo(const QString& path)
{
    if (!m_opened.working()) {
        return false;
    }
    const PresetDocument document = *m_opened.working();
    if (!write(document, path)) {
        return false;
    }
    m_opened.setSaved(document, QFileInfo(path).absoluteFilePath());
    return true;
}

bool FileActions::saveRunTo(const QString& path)
{
    const auto recording = m_bridge.recording();
    if (!recording) {
        report(Severity::warning, tr("Nothing has been recorded yet."));
        return false;
    }
    return write(recording->as_run, path);
}

bool FileActions::saveInPlace() { return isOwnFile() && saveTo(m_opened.file()); }

bool FileActions::confirmClose()
{
    if (!m_opened.isChanged() || m_opened.reference() == std::nullopt) {
        return true;
    }
    switch (askAboutChanges(m_window, m_opened.title())) {
    case CloseAnswer::discard:
        return true;
    case CloseAnswer::cancel:
        return false;
    case CloseAnswer::save:
        break;
    }
    if (isOwnFile()) {
        return saveInPlace();
    }
    const QString path = askPresetToSave(m_window, suggestedFile(), tr("Save preset"));
    return !path.isEmpty() && saveTo(path);
}

void FileActions::makeActions()
{
    const auto make = [this](const QString& text, const QKeySequence& keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_duplicate = make(tr("&Duplicate to My presets"), {}, [this] { duplicate(); });
    m_open = make(tr("&Open \u2026"), QKeySequence(Qt::CTRL | Qt::Key_O), [this] {
        const QString path = askPresetToOpen(m_window, m_opened.folder());
        if (!path.isEmpty()) {
            openFile(path);
        }
    });
    m_save = make(tr("&Save"), QKeySequence(Qt::CTRL | Qt::Key_S), [this] {
        if (isOwnFile()) {
            saveInPlace();
        } else {
            askSaveAs();
        }
    });
    m_saveAs = make(tr("Save &as \u2026"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        [this] { askSaveAs(); });
    m_saveRun = make(tr("Save r&un \u2026"), {}, [this] { askSaveRun(); });
    m_saveRun->setToolTip(tr("The preset with every change of this run as an event"));
}

void FileActions::fillNewMenu()
{
    for (const auto* model : engine::models::Registry::instance().all()) {
        QAction* action = m_new->addAction(
            QStringLiteral("%1 \u2013 %2")
                .arg(QString::fromStdString(model->name), QString::fromStdString(model->title)));
        connect(action, &QAction::triggered, this, [this, name = model->name] { openModel(name); });
    }
}

bool FileActions::openLoaded(
    const LoadResult& result, const QString& name, const QString& file, bool unsaved)
{
    if (!result.document) {
        report(Severity::error, tr("%1 cannot be opened. What was open goes on.").arg(name),
            result.diagnostics);
        return false;
    }
    if (!result.diagnostics.empty()) {
        report(Severity::warning, tr("%1: opened, but surely not all is meant so.").arg(name),
            result.diagnostics);
    }
    openDocument(*result.document, file, unsaved);
    return true;
}

bool FileActions::openText(
    const std::string& text, const QString& name, const QString& folder, bool unsaved)
{
    return openLoaded(
        PresetDocument::parse(text, name.toStdString(), folder.toStdString()), name, {}, unsaved);
}

/// Nothing is lost by opening another preset: the changed one can be called back.
void FileActions::offerToReturn()
{
    if (!m_opened.isChanged() || !m_messages) {
        return;
    }
    const PresetDocument left = *m_opened.working();
    const QString file = m_opened.file();
    MessageItem* item = m_messages->showMessage(
        Severity::note, tr("\u201c%1\u201d had unsaved changes.").arg(m_opened.title()));
    item->addButton(tr("Return to it"), [this, left, file] {
        offerToReturn();
        m_opened.open(left, file, true);
    });
}

void FileActions::offerRestore()
{
    const auto crashed = m_session.takeCrashed();
    if (!crashed || crashed->presetText.isEmpty() || !m_messages) {
        return;
    }
    MessageItem* item = m_messages->showMessage(
        Severity::note, tr("The program ended unexpectedly. Restore the last session?"));
    item->addButton(tr("Restore"), [this, session = *crashed] {
        const QFileInfo file(session.presetFile);
        const auto result = PresetDocument::parse(session.presetText.toStdString(),
            tr("last session").toStdString(), file.absolutePath().toStdString());
        openLoaded(result, tr("The last session"), session.presetFile, true);
    });
}

void FileActions::keepSession()
{
    const auto& working = m_opened.working();
    if (!working || (m_kept && m_kept->shared_experiment() == working->shared_experiment())) {
        return;
    }
    if (m_session.write({QString::fromStdString(working->text()), m_opened.file()})) {
        m_kept = working;
    }
}

void FileActions::showState()
{
    const QString title
        = m_opened.title() + (m_opened.isChanged() ? QStringLiteral("*") : QString());
    if (title != m_title) {
        m_title = title;
        Q_EMIT titleChanged(title);
    }
    const auto& working = m_opened.working();
    const bool shipped = isShippedFile(m_library, m_opened.file().toStdString());
    const QString current
        = shipped && working ? QString::fromStdString(working->info().id) : m_opened.file();
    if (current != m_current) {
        m_current = current;
        Q_EMIT currentChanged(current);
    }
}

void FileActions::presetHasOpened(const PresetDocument& document)
{
    m_undo.clear();
    Q_EMIT presetOpened(document);
}

bool FileActions::write(const PresetDocument& document, const QString& path)
{
    if (isShippedFile(m_library, path.toStdString())) {
        report(Severity::error,
            tr("%1 came with the program and stays as it is. Save it under another name.")
                .arg(QFileInfo(path).fileName()));
        return false;
    }
    const auto errors = savePreset(document, path.toStdString());
    if (!errors.empty()) {
        report(Severity::error, tr("%1 could not be saved.").arg(path), errors);
        return false;
    }
    addRecentFile(path);
    report(Severity::note, tr("Saved %1").arg(path));
    Q_EMIT libraryChanged();
    return true;
}

void FileActions::report(
    Severity severity, const QString& text, const engine::core::Diagnostics& details)
{
    if (m_messages) {
        m_messages->showMessage(severity, text, details);
    }
}

void FileActions::askSaveAs()
{
    const QString path = askPresetToSave(m_window, suggestedFile(), tr("Save preset"));
    if (!path.isEmpty()) {
        saveTo(path);
    }
}

void FileActions::askSaveRun()
{
    const QString path
        = askPresetToSave(m_window, suggestedFile(QStringLiteral("-run")), tr("Save run"));
    if (!path.isEmpty()) {
        saveRunTo(path);
    }
}

/// A name that is free: in My presets, or beside the file where that is a person's own.
QString FileActions::suggestedFile(const QString& suffix) const
{
    const auto folder = isOwnFile() ? std::filesystem::path(m_opened.folder().toStdString())
                                    : m_library.user_folder();
    const std::string stem = m_opened.working() && !m_opened.working()->info().id.empty()
        ? m_opened.working()->info().id
        : idFromTitle(m_opened.title().toStdString());
    return QString::fromStdString(unusedFile(folder, stem + suffix.toStdString()).string());
}

bool FileActions::isOwnFile() const
{
    return !m_opened.file().isEmpty() && !isShippedFile(m_library, m_opened.file().toStdString());
}

} // namespace ui
