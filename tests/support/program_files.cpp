#include "tests/support/program_files.hpp"

#include <QFile>
#include <QJsonDocument>

namespace test_support {

QStringList lines(const QString& text) { return text.split('\n', Qt::SkipEmptyParts); }

QJsonObject json(const QString& text) { return QJsonDocument::fromJson(text.toUtf8()).object(); }

QByteArray content(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("missing");
}

const QByteArray usual = R"({"dt": 0.1, "duration": 100})";

QByteArray neuronPreset(const QByteArray& simulation, const QByteArray& more)
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "one", "title": "One neuron",
  "variables": {"drive": {"value": 600}},
  "simulation": )"
        + simulation + R"(,
  "populations": [{"name": "n", "size": 2, "model": "iaf_psc_delta"}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": "drive"}])"
        + (more.isEmpty() ? "" : ", " + more) + "}";
}

QString ProgramFiles::written(const QString& name, const QByteArray& text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        qFatal("cannot write the test's file");
    }
    return file.fileName();
}

} // namespace test_support
