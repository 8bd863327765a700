#include "ui/documents/export_actions.hpp"

#include "ui/documents/file_dialogs.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/widgets/message_bar.hpp"

#include <QAction>
#include <QFileInfo>
#include <QWidget>

#include <utility>

namespace ui {

namespace {

using engine::core::Severity;

/// "run.csv" -> "run-spikes.csv".
QString withSuffix(const QString& file, const QString& suffix)
{
    const QFileInfo info(file);
    return info.path() + '/' + info.completeBaseName() + '-' + suffix + QStringLiteral(".csv");
}

QString namesOf(const ExportRequest& request)
{
    QStringList names;
    for (const auto& file : {request.traces, request.spikes}) {
        if (!file.empty()) {
            names += QString::fromStdString(file.string());
        }
    }
    return names.join(ExportActions::tr(" and "));
}

} // namespace

ExportActions::ExportActions(EngineBridge& bridge, QWidget* window)
    : QObject(window)
    , m_bridge(bridge)
    , m_window(window)
    , m_traces(new QAction(tr("Export &traces (CSV) \u2026"), this))
    , m_spikes(new QAction(tr("Export &spikes (CSV) \u2026"), this))
    , m_both(new QAction(tr("&Export traces and spikes (CSV) \u2026"), this))
{
    m_both->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    connect(m_traces, &QAction::triggered, this, [this] { askAndExport(true, false); });
    connect(m_spikes, &QAction::triggered, this, [this] { askAndExport(false, true); });
    connect(m_both, &QAction::triggered, this, [this] { askAndExport(true, true); });
}

bool ExportActions::exportTo(const QString& tracesFile, const QString& spikesFile)
{
    if (m_task) {
        if (m_messages) {
            m_messages->showMessage(Severity::note, tr("An export is still going on."));
        }
        return false;
    }
    auto recording = m_bridge.recording();
    if (!recording || !recording->history) {
        if (m_messages) {
            m_messages->showMessage(Severity::warning, tr("Nothing has been recorded yet."));
        }
        return false;
    }
    m_task = std::make_unique<ExportTask>(
        ExportRequest {std::move(*recording), tracesFile.toStdString(), spikesFile.toStdString()});
    connect(m_task.get(), &ExportTask::finished, this, &ExportActions::finish);
    if (m_messages) {
        m_progress = m_messages->showMessage(
            Severity::note, tr("Writing %1").arg(namesOf(m_task->request())));
        m_progress->setProgress(0.0);
        m_progress->addButton(tr("Cancel"), [this] {
            if (m_task) {
                m_task->cancel();
            }
        });
        connect(m_task.get(), &ExportTask::progressed, m_progress, &MessageItem::setProgress);
    }
    return true;
}

void ExportActions::askAndExport(bool traces, bool spikes)
{
    const auto& document = m_bridge.document();
    const QString id = document && !document->info().id.empty()
        ? QString::fromStdString(document->info().id)
        : QStringLiteral("run");
    const QString suggested = traces && spikes ? id : id + (traces ? "-traces" : "-spikes");
    const QString file = askCsvFile(m_window, suggested, traces && spikes);
    if (file.isEmpty()) {
        return;
    }
    if (traces && spikes) {
        exportTo(
            withSuffix(file, QStringLiteral("traces")), withSuffix(file, QStringLiteral("spikes")));
    } else {
        exportTo(traces ? file : QString(), spikes ? file : QString());
    }
}

void ExportActions::finish(const ExportResult& result)
{
    const QString names = namesOf(m_task->request());
    // Not now: the task is the sender.
    m_task.release()->deleteLater();
    if (m_progress) {
        m_progress->dismiss();
    }
    if (m_messages) {
        if (!result.error.empty()) {
            m_messages->showMessage(Severity::error,
                tr("The export failed: %1").arg(QString::fromStdString(result.error)));
        } else if (result.cancelled) {
            m_messages->showMessage(
                Severity::note, tr("The export was cancelled; no file was written."));
        } else if (result.from_ms > 0.0) {
            m_messages->showMessage(Severity::warning,
                tr("Wrote %1. Complete from t = %2 ms on: what was before has left the history.")
                    .arg(names, QString::number(result.from_ms)));
        } else {
            m_messages->showMessage(Severity::note, tr("Wrote %1").arg(names));
        }
    }
    Q_EMIT exported(result);
}

} // namespace ui
