#include "engine/analysis/neuron_follower.hpp"

#include "engine/recording/recorder.hpp"

#include <algorithm>
#include <array>

namespace engine::analysis {

namespace {

// A minute of a network at dt = 0.1 ms.
constexpr std::size_t budget_bytes = std::size_t {64} << 20;
constexpr double bin_ms = 1.0;

/// Potentials and thresholds, and what else makes the neuron fire: the first of these that the
/// model has.
bool looked_at(models::QuantityKind kind, const std::vector<models::RecordableSpec>& recordables)
{
    using models::QuantityKind;
    if (kind == QuantityKind::potential || kind == QuantityKind::threshold) {
        return true;
    }
    for (const QuantityKind further :
        {QuantityKind::recovery, QuantityKind::conductance, QuantityKind::after_spike_current}) {
        if (std::any_of(recordables.begin(), recordables.end(),
                [further](const auto& spec) { return spec.kind == further; })) {
            return kind == further;
        }
    }
    return false;
}

config::TraceRequest states_of(
    const config::Experiment& experiment, std::size_t population, std::uint32_t neuron)
{
    const config::Population& described = experiment.populations[population];
    config::TraceRequest request {population, {neuron}, {}, experiment.simulation.dt_ms};
    const auto recordables = described.model->recordables(described.params);
    for (const models::RecordableSpec& spec : recordables) {
        if (looked_at(spec.kind, recordables)) {
            request.variables.push_back(spec.name);
        }
    }
    return request;
}

/// Unit of the weights of the first port that takes spikes.
std::string weight_unit(const config::Population& population)
{
    for (const models::PortSpec& port : population.model->ports(population.params)) {
        if (port.spikes) {
            return port.weight_unit;
        }
    }
    return {};
}

recording::TraceGroup inputs_of(const config::Experiment& experiment, std::size_t population,
    std::uint32_t neuron, core::Step bin)
{
    const config::Population& described = experiment.populations[population];
    const std::string unit = weight_unit(described);
    recording::TraceGroup group;
    group.interval = bin;
    for (const char* name : {"excitatory", "inhibitory", "external"}) {
        recording::TraceColumn column;
        column.request = Followed::inputs;
        column.population = population;
        column.neuron = neuron;
        column.variable = name;
        column.unit = unit.empty() ? "1/ms" : unit + "/ms";
        column.csv_name
            = described.name + "." + std::to_string(neuron) + "." + name + "_" + column.unit;
        group.columns.push_back(std::move(column));
    }
    return group;
}

} // namespace

NeuronFollower::NeuronFollower(
    const config::Experiment& experiment, std::size_t population, std::uint32_t neuron)
    : population_(population)
    , neuron_(neuron)
    , states_(states_of(experiment, population, neuron))
{
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const core::Step bin = std::max<core::Step>(grid.steps(bin_ms), 1);
    bin_ms_ = grid.time_ms(bin);
    groups_ = recording::trace_groups(experiment, {states_}, grid);
    groups_.push_back(inputs_of(experiment, population, neuron, bin));
    begin(0);
}

void NeuronFollower::begin(core::Step now)
{
    history_ = recording::History(groups_, budget_bytes).branch(now);
    followed_ = std::make_shared<Followed>(Followed {population_, neuron_, history_});
    summed_ = 0;
    sum_ = {};
}

void NeuronFollower::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    if (population == population_ && std::binary_search(neurons.begin(), neurons.end(), neuron_)) {
        history_->append_spikes(stamp, static_cast<std::uint32_t>(population), &neuron_, 1);
    }
}

void NeuronFollower::sample(std::size_t, core::Step stamp, std::span<const double> values)
{
    history_->append_row(Followed::states, stamp, values.data());
}

void NeuronFollower::input(std::size_t, core::Step stamp, const SynapticInput& sums)
{
    sum_.excitatory += sums.excitatory;
    sum_.inhibitory += sums.inhibitory;
    sum_.external += sums.external;
    ++summed_;
    const core::Step bin = groups_[Followed::inputs].interval;
    if (stamp % bin != 0) {
        return;
    }
    if (summed_ == bin) { // the first one may have begun before the recording
        const std::array row {
            sum_.excitatory / bin_ms_, sum_.inhibitory / bin_ms_, sum_.external / bin_ms_};
        history_->append_row(Followed::inputs, stamp, row.data());
    }
    summed_ = 0;
    sum_ = {};
}

void NeuronFollower::done(core::Step now) { history_->publish(now); }

} // namespace engine::analysis
