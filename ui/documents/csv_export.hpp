#pragma once

#include "engine/core/progress.hpp"
#include "engine/frame.hpp"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <string>

namespace ui {

/// What to write of a recording; an empty path = not that file.
struct ExportRequest {
    engine::Recording recording;
    std::filesystem::path traces;
    std::filesystem::path spikes;
};

struct ExportResult {
    bool cancelled = false;
    std::string error; ///< empty = done
    double from_ms = 0.0; ///< data is complete from here on; 0 = nothing is missing
};

/// Writes the whole recording as the command line does, byte for byte. Both files appear complete
/// or not at all. Any thread.
ExportResult exportCsv(const ExportRequest& request, engine::core::Progress& progress);

/// An export in a thread of its own.
class ExportTask : public QObject {
    Q_OBJECT

public:
    explicit ExportTask(ExportRequest request, QObject* parent = nullptr);
    /// Gives the export up.
    ~ExportTask() override;

    void cancel() { m_progress->cancel(); }
    const ExportRequest& request() const { return m_request; }

Q_SIGNALS:
    void progressed(double fraction);
    void finished(const ui::ExportResult& result);

private:
    ExportRequest m_request;
    std::shared_ptr<engine::core::Progress> m_progress;
    QFutureWatcher<ExportResult> m_watcher;
    QTimer m_tick;
};

} // namespace ui
