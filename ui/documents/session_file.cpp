#include "ui/documents/session_file.hpp"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QUuid>

namespace ui {

namespace {

const QString textKey = QStringLiteral("preset");
const QString fileKey = QStringLiteral("file");

/// Not ".lock": QSettings holds that one itself while it writes.
QString lockOf(const QString& file) { return file + QStringLiteral(".alive"); }

} // namespace

SessionFile::SessionFile(const QString& folder)
    : m_folder(folder)
    , m_file(QDir(folder).filePath(
          QStringLiteral("session-%1.ini").arg(QUuid::createUuid().toString(QUuid::Id128))))
{
    QDir().mkpath(folder);
    m_lock = std::make_unique<QLockFile>(lockOf(m_file));
    m_lock->setStaleLockTime(0); // as long as the process lives, however old the lock
    m_lock->tryLock();
}

SessionFile::~SessionFile()
{
    QFile::remove(m_file);
    m_lock->unlock();
}

bool SessionFile::write(const SessionContent& content)
{
    // QSettings writes complete files or none.
    QSettings file(m_file, QSettings::IniFormat);
    file.setValue(textKey, content.presetText);
    file.setValue(fileKey, content.presetFile);
    file.sync();
    return file.status() == QSettings::NoError;
}

std::optional<SessionContent> SessionFile::takeCrashed()
{
    std::optional<SessionContent> newest;
    const QDir folder(m_folder);
    for (const QString& name :
        folder.entryList({QStringLiteral("session-*.ini")}, QDir::Files, QDir::Time)) {
        const QString file = folder.filePath(name);
        QLockFile lock(lockOf(file));
        lock.setStaleLockTime(0);
        if (file == m_file || !lock.tryLock()) {
            continue;
        }
        if (!newest) {
            const QSettings content(file, QSettings::IniFormat);
            newest = SessionContent {
                content.value(textKey).toString(), content.value(fileKey).toString()};
        }
        QFile::remove(file);
    }
    return newest;
}

} // namespace ui
