#include "engine/analysis/recent_input.hpp"

#include "engine/analysis/binned_counts.hpp"
#include "engine/analysis/even_choice.hpp"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

namespace {

constexpr std::size_t input_neurons = 10;
constexpr std::size_t V_m_neurons = 50;
constexpr double sample_ms = 1.0;
constexpr double slice_ms = 500.0;
constexpr std::size_t most_slices = 4; // 2 s
constexpr double settled = 5.0; // time constants

bool has_potential(const config::Population& population)
{
    const auto recordables = population.model->recordables(population.params);
    return std::any_of(recordables.begin(), recordables.end(),
        [](const models::RecordableSpec& spec) { return spec.name == "V_m"; });
}

double number(const config::Population& population, const char* name)
{
    return std::get<double>(population.params.find(name)->second);
}

ReceivedInput::Part part(double mean, double variance)
{
    return {mean, std::sqrt(std::max(0.0, variance))};
}

} // namespace

void PotentialHistogram::add(double V_m)
{
    const double bin = std::floor((V_m - lower) / width);
    ++counts[static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(bins - 1)))];
}

void PotentialHistogram::join(const PotentialHistogram& other)
{
    for (std::size_t b = 0; b < bins; ++b) {
        counts[b] += other.counts[b];
    }
}

Membrane membrane_of(const config::Population& population)
{
    Membrane membrane;
    if (population.model->name != "iaf_psc_delta" || !population.drawn.empty()) {
        return membrane;
    }
    membrane.of_model = true;
    membrane.tau_ms = number(population, "tau_m");
    membrane.rest = number(population, "E_L")
        + number(population, "I_e") * membrane.tau_ms / number(population, "C_m");
    membrane.V_th = number(population, "V_th");
    membrane.V_reset = number(population, "V_reset");
    return membrane;
}

RecentInput::RecentInput(const config::Experiment& experiment)
    : dt_ms_(experiment.simulation.dt_ms)
    , every_(bin_steps(sample_ms, dt_ms_))
    , length_(bin_steps(slice_ms, dt_ms_))
{
    const double interval_ms = static_cast<double>(every_) * dt_ms_;
    for (std::size_t p = 0; p < experiment.populations.size(); ++p) {
        const config::Population& population = experiment.populations[p];
        for (const std::uint32_t neuron : evenly_chosen(population.size, input_neurons)) {
            inputs_.push_back({p, neuron});
        }
        if (has_potential(population)) {
            probes_.push_back(
                {p, evenly_chosen(population.size, V_m_neurons), {"V_m"}, interval_ms});
        }
    }
    values_changed(experiment);
    begin(0);
}

void RecentInput::values_changed(const config::Experiment& experiment)
{
    membranes_.clear();
    decay_.clear();
    for (const config::Population& population : experiment.populations) {
        membranes_.push_back(membrane_of(population));
        decay_.push_back(std::exp(-dt_ms_ / membranes_.back().tau_ms));
    }
}

void RecentInput::begin(core::Step now)
{
    double longest_ms = 0.0;
    for (const Membrane& membrane : membranes_) {
        longest_ms = std::max(longest_ms, membrane.tau_ms);
    }
    begin_ = now + bin_steps(settled * longest_ms, dt_ms_);
    now_ = now;
    slices_.clear();
    potentials_.assign(inputs_.size(), {});
}

RecentInput::Slice& RecentInput::slice_of(core::Step stamp)
{
    if (slices_.empty() || stamp > slices_.back().from + length_) {
        const core::Step number = (stamp - begin_ - 1) / length_;
        slices_.push_back({begin_ + number * length_, std::vector<Sums>(inputs_.size()),
            std::vector<PotentialHistogram>(probes_.size())});
    }
    // Inputs and potentials of a batch come one after the other: what comes second is of slices
    // that have been begun already.
    std::size_t i = slices_.size() - 1;
    while (i > 0 && stamp <= slices_[i].from) {
        --i;
    }
    return slices_[i];
}

void RecentInput::input(std::size_t number, core::Step stamp, const SynapticInput& sums)
{
    std::array<double, parts - 1>& potential = potentials_[number];
    const double decay = decay_[inputs_[number].population];
    potential[0] = potential[0] * decay + sums.excitatory;
    potential[1] = potential[1] * decay + sums.inhibitory;
    potential[2] = potential[2] * decay + sums.external;
    if (stamp <= begin_ || (stamp - begin_) % every_ != 0) {
        return;
    }
    Sums& s = slice_of(stamp).neurons[number];
    ++s.count;
    const std::array<double, parts> values {
        potential[0], potential[1], potential[2], potential[0] + potential[1] + potential[2]};
    for (std::size_t i = 0; i < parts; ++i) {
        s.x[i] += values[i];
        s.xx[i] += values[i] * values[i];
    }
}

void RecentInput::sample(std::size_t probe, core::Step stamp, std::span<const double> values)
{
    if (stamp <= begin_) {
        return;
    }
    PotentialHistogram& histogram = slice_of(stamp).V_m[probe];
    for (const double V_m : values) {
        histogram.add(V_m);
    }
}

void RecentInput::done(core::Step now)
{
    now_ = now;
    // A complete slice more than is told, and the one that is being filled.
    while (slices_.size() > most_slices + 1) {
        slices_.pop_front();
    }
}

std::optional<InputStatistics> RecentInput::statistics() const
{
    std::vector<const Slice*> complete;
    for (const Slice& slice : slices_) {
        if (slice.from + length_ <= now_) {
            complete.push_back(&slice);
        }
    }
    if (complete.size() > most_slices) {
        complete.erase(complete.begin());
    }
    if (complete.empty()) {
        return std::nullopt;
    }
    const core::TimeGrid grid(dt_ms_);
    InputStatistics out;
    out.from_ms = grid.time_ms(complete.front()->from);
    out.to_ms = grid.time_ms(complete.back()->from + length_);
    out.membranes = membranes_;
    out.populations.resize(membranes_.size());
    std::vector<std::array<double, parts>> means(membranes_.size());
    std::vector<std::array<double, parts>> variances(membranes_.size());
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        Sums all;
        for (const Slice* slice : complete) {
            const Sums& s = slice->neurons[i];
            all.count += s.count;
            for (std::size_t c = 0; c < parts; ++c) {
                all.x[c] += s.x[c];
                all.xx[c] += s.xx[c];
            }
        }
        const std::size_t p = inputs_[i].population;
        const auto n = static_cast<double>(all.count);
        for (std::size_t c = 0; c < parts && n > 0.0; ++c) {
            const double mean = all.x[c] / n;
            means[p][c] += mean;
            variances[p][c] += all.xx[c] / n - mean * mean;
        }
        ++out.populations[p].neurons;
    }
    for (std::size_t p = 0; p < out.populations.size(); ++p) {
        ReceivedInput& received = out.populations[p];
        const auto n = static_cast<double>(received.neurons);
        ReceivedInput::Part* const parts_of[]
            = {&received.excitatory, &received.inhibitory, &received.external, &received.total};
        for (std::size_t c = 0; c < parts; ++c) {
            *parts_of[c] = part(means[p][c] / n, variances[p][c] / n);
        }
    }
    for (std::size_t q = 0; q < probes_.size(); ++q) {
        ReceivedInput& received = out.populations[probes_[q].population];
        for (const Slice* slice : complete) {
            received.V_m.join(slice->V_m[q]);
        }
        for (const std::uint64_t count : received.V_m.counts) {
            received.V_m_samples += count;
        }
    }
    return out;
}

} // namespace engine::analysis
