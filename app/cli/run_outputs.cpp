#include "app/cli/run_outputs.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/recording/csv.hpp"

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
    , statistics_(experiment.populations.size())
    , warmup_(warmup)
{
    if (summary_) {
        for (const std::size_t population : experiment.record.spikes) {
            statistics_[population].emplace(experiment.populations[population].size);
        }
    }
}

void RunOutputs::begin(const engine::Simulation& simulation)
{
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
    if (summary_) {
        for (const recording::Spike& spike : history.spikes(taken_, to)) {
            if (spike.step > warmup_ && statistics_[spike.population]) {
                statistics_[spike.population]->add(spike.step, spike.neuron);
            }
        }
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
