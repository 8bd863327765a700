#include "app/cli/run_outputs.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/recording/csv.hpp"

#include <limits>

namespace app::cli {

namespace recording = engine::recording;
using engine::core::Step;

namespace {

std::unique_ptr<recording::AtomicFile> open(const std::string& name)
{
    return name.empty() ? nullptr : std::make_unique<recording::AtomicFile>(name);
}

} // namespace

RunOutputs::RunOutputs(
    const Names& names, const engine::config::Experiment& experiment, Step warmup)
    : traces_(open(names.traces))
    , spikes_(open(names.spikes))
    , summary_(open(names.summary))
    , picture_(open(names.picture))
{
    if (summary_) {
        statistics_ = std::make_shared<engine::analysis::WindowStatistics>(
            experiment, warmup, std::numeric_limits<Step>::max());
        checks_ = std::make_shared<engine::checks::Evaluator>(experiment);
    }
}

void RunOutputs::begin(engine::Simulation& simulation)
{
    if (statistics_) {
        simulation.observe(statistics_);
        simulation.observe(checks_);
    }
    if (traces_) {
        recording::write_traces_header(traces_->stream(), *simulation.history());
    }
    if (spikes_) {
        recording::write_spikes_header(spikes_->stream());
    }
}

void RunOutputs::take(engine::Simulation& simulation)
{
    // The newest row may still be amended by a change at its stamp, except at the end.
    const bool over = simulation.now() >= simulation.end();
    const Step to = over ? simulation.now() : simulation.now() - 1;
    if (to <= taken_) {
        return;
    }
    const recording::History& history = *simulation.history();
    if (history.first_kept() > taken_ + 1) {
        throw engine::core::RunError("more was recorded at once than the memory for recordings "
                                     "holds; record fewer variables or at longer intervals");
    }
    if (traces_) {
        recording::write_traces(traces_->stream(), history, simulation.grid(), taken_, to);
        traces_->check();
    }
    if (spikes_) {
        recording::write_spikes(spikes_->stream(), history, simulation.document().experiment(),
            simulation.grid(), taken_, to);
        spikes_->check();
    }
    taken_ = to;
    if (!picture_) {
        simulation.forget_before(to + 1);
    }
}

void RunOutputs::commit(
    const std::function<std::string()>& summary, const std::function<std::string()>& picture)
{
    if (summary_) {
        summary_->stream() << summary() << '\n';
    }
    if (picture_) {
        picture_->stream() << picture();
    }
    for (const File* file : {&traces_, &spikes_, &summary_, &picture_}) {
        if (*file) {
            (*file)->stream().flush();
            (*file)->check();
        }
    }
    for (const File* file : {&traces_, &spikes_, &summary_, &picture_}) {
        if (*file) {
            (*file)->commit();
        }
    }
}

} // namespace app::cli
