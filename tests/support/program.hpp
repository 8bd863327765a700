#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace test_support {

/// What a call of the real program left behind.
struct ProgramResult {
    int status = -1; ///< -1: it crashed or did not end
    QString out;
    QString err;
};

/// Works without a display: what is not there cannot be connected to.
QProcessEnvironment bare_environment();

/// Calls the program as a person would; standard output may go to a file instead.
ProgramResult spikescope(const QStringList& arguments, const QString& output_file = {});

} // namespace test_support
