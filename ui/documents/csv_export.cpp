#include "ui/documents/csv_export.hpp"

#include "engine/recording/atomic_file.hpp"
#include "engine/recording/csv.hpp"

#include <QtConcurrentRun>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace ui {

namespace {

using engine::core::Step;

constexpr Step pieceSteps = 20000; ///< between two looks at "cancel"
constexpr int tickMs = 100;

/// Calls write(from, to) for pieces of the recording, in order.
template <typename Write>
void inPieces(
    Step first, Step end, double done, double share, engine::core::Progress& progress, Write write)
{
    for (Step from = first; from < end; from += pieceSteps) {
        if (progress.cancelled()) {
            throw engine::core::Cancelled();
        }
        write(from, std::min(end, from + pieceSteps));
        progress.set_fraction(
            done + share * static_cast<double>(from - first) / static_cast<double>(end - first));
    }
}

} // namespace

ExportResult exportCsv(const ExportRequest& request, engine::core::Progress& progress)
{
    ExportResult result;
    const auto& history = request.recording.history;
    const engine::core::TimeGrid& grid = request.recording.grid;
    const Step end = request.recording.end;
    const Step kept = history->first_kept();
    // Pieces leave out their first stamp.
    const Step first = kept > 0 ? kept - 1 : 0;
    try {
        using engine::recording::AtomicFile;
        std::optional<AtomicFile> traces;
        std::optional<AtomicFile> spikes;
        const double share = request.traces.empty() || request.spikes.empty() ? 1.0 : 0.5;
        if (!request.traces.empty()) {
            std::ostream& out = traces.emplace(request.traces).stream();
            engine::recording::write_traces_header(out, *history);
            inPieces(first, end, 0.0, share, progress, [&](Step from, Step to) {
                engine::recording::write_traces(out, *history, request.recording.grid, from, to);
            });
        }
        if (!request.spikes.empty()) {
            std::ostream& out = spikes.emplace(request.spikes).stream();
            engine::recording::write_spikes_header(out);
            inPieces(first, end, 1.0 - share, share, progress, [&](Step from, Step to) {
                engine::recording::write_spikes(out, *history,
                    request.recording.as_run.experiment(), request.recording.grid, from, to);
            });
        }
        if (traces) {
            traces->commit();
        }
        if (spikes) {
            spikes->commit();
        }
        // While writing, a running simulation may have dropped what was to be written next.
        const Step keptNow = history->first_kept();
        result.from_ms = keptNow > 0 ? grid.time_ms(keptNow) : 0.0;
        progress.set_fraction(1.0);
    } catch (const engine::core::Cancelled&) {
        result.cancelled = true;
    } catch (const std::exception& error) {
        result.error = error.what();
    }
    return result;
}

ExportTask::ExportTask(ExportRequest request, QObject* parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_progress(std::make_shared<engine::core::Progress>())
{
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_progress->fraction()); });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        m_tick.stop();
        Q_EMIT finished(m_watcher.result());
    });
    m_watcher.setFuture(QtConcurrent::run(
        [wanted = m_request, progress = m_progress] { return exportCsv(wanted, *progress); }));
    m_tick.start();
}

ExportTask::~ExportTask()
{
    m_progress->cancel();
    m_watcher.waitForFinished();
}

} // namespace ui
