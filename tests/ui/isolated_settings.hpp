#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

/// Settings and the user's data folder lie in a folder of the test, gone with it. Made before
/// anything that reads settings. The test mode of QStandardPaths would leave files in the home
/// folder.
class IsolatedSettings {
public:
    IsolatedSettings()
    {
        const QByteArray folder = m_folder.path().toUtf8();
        qputenv("XDG_DATA_HOME", folder + "/data");
        qputenv("XDG_CONFIG_HOME", folder + "/config");
        QCoreApplication::setOrganizationName(QStringLiteral("spikescope"));
        QCoreApplication::setApplicationName(QStringLiteral("spikescope-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};
