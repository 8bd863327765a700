#pragma once

#include "tests/support/program.hpp"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

// Files for calls of the real program, and what is read of its answers.

namespace test_support {

QStringList lines(const QString& text); ///< that are not empty
QJsonObject json(const QString& text);
QByteArray content(const QString& file); ///< "missing" where there is none

/// Settings of a run of 100 ms.
extern const QByteArray usual;
/// One neuron driven above threshold; `more` stands at the top level.
QByteArray neuronPreset(const QByteArray& simulation, const QByteArray& more = {});

/// A folder that goes with the test.
class ProgramFiles {
public:
    QString folder() const { return m_folder.path(); }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// The path of a file with this text.
    QString written(const QString& name, const QByteArray& text) const;

private:
    QTemporaryDir m_folder;
};

} // namespace test_support
