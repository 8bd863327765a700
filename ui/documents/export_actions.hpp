#pragma once

#include "ui/documents/csv_export.hpp"

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;
class QWidget;

namespace ui {

class EngineBridge;
class MessageBar;
class MessageItem;

/// Export of what was recorded, with its progress in the message bar.
class ExportActions : public QObject {
    Q_OBJECT

public:
    ExportActions(EngineBridge& bridge, QWidget* window);

    void setMessageBar(MessageBar* messages) { m_messages = messages; }

    QAction* traces() const { return m_traces; }
    QAction* spikes() const { return m_spikes; }
    QAction* both() const { return m_both; }

    /// Starts writing the engine's recording to these files; an empty name = not that file. False
    /// where nothing has been recorded or an export is going on.
    bool exportTo(const QString& tracesFile, const QString& spikesFile);
    bool isBusy() const { return m_task != nullptr; }

Q_SIGNALS:
    void exported(const ui::ExportResult& result);

private:
    void askAndExport(bool traces, bool spikes);
    void finish(const ExportResult& result);

    EngineBridge& m_bridge;
    QWidget* m_window;
    QPointer<MessageBar> m_messages;
    QPointer<MessageItem> m_progress;
    std::unique_ptr<ExportTask> m_task;
    QAction* m_traces;
    QAction* m_spikes;
    QAction* m_both;
};

} // namespace ui
