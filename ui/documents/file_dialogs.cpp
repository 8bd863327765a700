#include "ui/documents/file_dialogs.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

namespace ui {

namespace {

const QString csvFolderKey = QStringLiteral("files/csvFolder");

QString tr(const char* text) { return QCoreApplication::translate("FileDialogs", text); }

QString presetFilter() { return tr("Presets (*.json);;All files (*)"); }

QString withExtension(const QString& file, const QString& extension)
{
    return file.isEmpty() || !QFileInfo(file).suffix().isEmpty() ? file : file + '.' + extension;
}

} // namespace

QString askPresetToOpen(QWidget* window, const QString& folder)
{
    return QFileDialog::getOpenFileName(window, tr("Open preset"), folder,
        tr("Presets and pictures (*.json *.png *.svg *.pdf);;All files (*)"));
}

QString askPresetToSave(QWidget* window, const QString& suggested, const QString& caption)
{
    // The dialog starts in the folder, which may not exist before the first preset is saved.
    QDir().mkpath(QFileInfo(suggested).absolutePath());
    return withExtension(QFileDialog::getSaveFileName(window, caption, suggested, presetFilter()),
        QStringLiteral("json"));
}

QString askCsvFile(QWidget* window, const QString& suggestedStem, bool pair)
{
    const QString folder = QSettings().value(csvFolderKey, QDir::homePath()).toString();
    const QString file = withExtension(
        QFileDialog::getSaveFileName(window,
            pair ? tr("Export: name for the files ...-traces.csv and ...-spikes.csv")
                 : tr("Export"),
            folder + '/' + suggestedStem + QStringLiteral(".csv"), tr("CSV (*.csv)")),
        QStringLiteral("csv"));
    if (!file.isEmpty()) {
        QSettings().setValue(csvFolderKey, QFileInfo(file).absolutePath());
    }
    return file;
}

CloseAnswer askAboutChanges(QWidget* window, const QString& title)
{
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
        tr("Save the changes to \u201c%1\u201d?").arg(title),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return CloseAnswer::save;
    case QMessageBox::Discard:
        return CloseAnswer::discard;
    default:
        return CloseAnswer::cancel;
    }
}

} // namespace ui
