#include "tests/support/program.hpp"

#include <QProcess>

namespace test_support {

QProcessEnvironment bare_environment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(name);
    }
    return environment;
}

ProgramResult spikescope(const QStringList& arguments, const QString& output_file)
{
    QProcess process;
    process.setProcessEnvironment(bare_environment());
    if (!output_file.isEmpty()) {
        process.setStandardOutputFile(output_file);
    }
    process.start(SPIKESCOPE_PROGRAM, arguments);
    process.closeWriteChannel();
    ProgramResult result;
    constexpr int longest_ms = 400000; // pictures wait for sweeps, which give way to everything
    if (process.waitForFinished(longest_ms) && process.exitStatus() == QProcess::NormalExit) {
        result.status = process.exitCode();
    }
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.err = QString::fromUtf8(process.readAllStandardError());
    return result;
}

} // namespace test_support
