#include "ui/documents/recent_files.hpp"

#include <QFileInfo>
#include <QSettings>

namespace ui {

namespace {

const QString settingsKey = QStringLiteral("files/recent");
constexpr int mostFiles = 10;

} // namespace

QStringList recentFiles() { return QSettings().value(settingsKey).toStringList(); }

void addRecentFile(const QString& file)
{
    const QString whole = QFileInfo(file).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(whole);
    files.prepend(whole);
    QSettings().setValue(settingsKey, QStringList(files.mid(0, mostFiles)));
}

void removeRecentFile(const QString& file)
{
    QStringList files = recentFiles();
    files.removeAll(file);
    QSettings().setValue(settingsKey, files);
}

void clearRecentFiles() { QSettings().remove(settingsKey); }

} // namespace ui
