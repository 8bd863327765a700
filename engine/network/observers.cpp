#include "engine/network/observers.hpp"

#include <algorithm>
#include <utility>

namespace engine::network {

void Observers::add(std::shared_ptr<analysis::Observer> observer)
{
    auto probes = observer->probes();
    auto inputs = observer->inputs();
    observers_.push_back({std::move(observer), std::move(probes), std::move(inputs)});
}

void Observers::remove(const analysis::Observer& observer)
{
    observers_.erase(std::remove_if(observers_.begin(), observers_.end(),
                         [&](const Observed& o) { return o.observer.get() == &observer; }),
        observers_.end());
}

void Observers::make_recorder(const config::Experiment& experiment, const core::TimeGrid& grid,
    const std::vector<recording::Recorder::Span>& spans)
{
    std::vector<config::TraceRequest> requests;
    std::vector<Probe> probes; // one for each request
    for (const Observed& observed : observers_) {
        for (std::size_t n = 0; n < observed.probes.size(); ++n) {
            requests.push_back(observed.probes[n]);
            probes.push_back({observed.observer.get(), n, 0, 0});
        }
    }
    std::vector<analysis::InputRequest> inputs;
    for (const Observed& observed : observers_) {
        inputs.insert(inputs.end(), observed.inputs.begin(), observed.inputs.end());
    }
    inputs_ = inputs.empty() ? nullptr : std::make_unique<InputProbes>(inputs, spans);
    groups_.clear();
    recorder_.reset();
    if (requests.empty()) {
        return;
    }
    recorder_ = std::make_unique<recording::Recorder>(experiment, requests, grid, spans);
    for (const recording::TraceGroup& group : recorder_->groups()) {
        Group& mine = groups_.emplace_back();
        std::size_t before = requests.size(); // none
        for (std::size_t c = 0; c < group.columns.size(); ++c) {
            const std::size_t request = group.columns[c].request;
            if (request != before) {
                mine.probes.push_back(probes[request]);
                mine.probes.back().first = c;
                before = request;
            }
            ++mine.probes.back().columns;
        }
    }
}

void Observers::begin(core::Step now)
{
    if (recorder_) {
        recorder_->forget_newest();
    }
    for (const Observed& observed : observers_) {
        observed.observer->begin(now);
    }
}

void Observers::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) const
{
    for (const Observed& observed : observers_) {
        observed.observer->spikes(stamp, population, neurons);
    }
}

void Observers::tell_inputs(core::Step begin, core::Step end) const
{
    if (!inputs_) {
        return;
    }
    for (core::Step k = begin; k < end; ++k) {
        std::size_t request = 0;
        for (const Observed& observed : observers_) {
            for (std::size_t n = 0; n < observed.inputs.size(); ++n, ++request) {
                observed.observer->input(n, k + 1, inputs_->at(request, k));
            }
        }
    }
}

void Observers::done(core::Step now) const
{
    for (const Observed& observed : observers_) {
        observed.observer->done(now);
    }
}

void Observers::append_row(std::size_t group, core::Step stamp, const double* values)
{
    groups_[group].newest_stamp = stamp;
    for (const Probe& probe : groups_[group].probes) {
        probe.observer->sample(probe.number, stamp, {values + probe.first, probe.columns});
    }
}

void Observers::amend_row(std::size_t group, const double* values)
{
    for (const Probe& probe : groups_[group].probes) {
        probe.observer->amend(
            probe.number, groups_[group].newest_stamp, {values + probe.first, probe.columns});
    }
}

} // namespace engine::network
