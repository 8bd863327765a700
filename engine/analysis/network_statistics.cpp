#include "engine/analysis/network_statistics.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace engine::analysis {

namespace {

constexpr double voltage_interval_ms = 1.0;
constexpr const char* voltage_name = "V_m";

bool has_voltage(const config::Population& population)
{
    const auto recordables = population.model->recordables(population.params);
    return std::any_of(recordables.begin(), recordables.end(),
        [](const models::RecordableSpec& spec) { return spec.name == voltage_name; });
}

std::size_t all_neurons(const config::Experiment& experiment)
{
    return std::accumulate(experiment.populations.begin(), experiment.populations.end(),
        std::size_t {0}, [](std::size_t sum, const config::Population& p) { return sum + p.size; });
}

} // namespace

NetworkChoice::NetworkChoice(const config::Experiment& experiment, const StatisticsLimits& limits)
    : dt_ms_(experiment.simulation.dt_ms)
    , neurons_(all_neurons(experiment))
{
    const double interval_ms = static_cast<double>(bin_steps(voltage_interval_ms, dt_ms_)) * dt_ms_;
    const std::vector<std::uint32_t> pairs = evenly_chosen(neurons_, limits.pairs);
    chosen_pairs_ = pairs.size();
    std::size_t first = 0; // number of the population's first neuron in the network
    for (std::size_t p = 0; p < experiment.populations.size(); ++p) {
        const config::Population& population = experiment.populations[p];
        populations_.push_back(std::make_shared<PopulationChoice>(
            population.size, limits, Choice(population.size, pairs, first)));
        if (population.size > 1 && has_voltage(population)) {
            requests_.push_back({p, populations_[p]->voltages, {voltage_name}, interval_ms});
        }
        first += population.size;
    }
}

NetworkAccumulator::Pooled::Pooled(const NetworkChoice& choice, core::Step from)
    : series(choice.neurons(), choice.dt_ms(), from)
    , correlation(choice.pairs(), from, bin_steps(correlation_bin_ms, choice.dt_ms()))
{
}

NetworkAccumulator::NetworkAccumulator(
    std::shared_ptr<const NetworkChoice> choice, core::Step from, core::Step to)
    : choice_(std::move(choice))
    , from_(from)
    , to_(to)
    , now_(from)
{
    if (choice_->populations() > 1) {
        pooled_.emplace(*choice_, from);
    }
    populations_.reserve(choice_->populations());
    for (std::size_t p = 0; p < choice_->populations(); ++p) {
        populations_.emplace_back(choice_->population(p), choice_->dt_ms(), from, to);
    }
}

void NetworkAccumulator::add_spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    if (stamp > from_ && stamp <= to_) {
        add_spikes(
            stamp, population, selector_.select(choice_->population(population)->spikes, neurons));
    }
}

void NetworkAccumulator::add_spikes(
    core::Step stamp, std::size_t population, const ChosenSpikes& spikes)
{
    if (stamp <= from_ || stamp > to_) {
        return;
    }
    populations_[population].add_spikes(stamp, spikes);
    if (pooled_) {
        pooled_->series.add(stamp, spikes.count);
        pooled_->correlation.add(stamp, spikes.network_pairs);
    }
}

void NetworkAccumulator::add_voltages(
    core::Step stamp, std::size_t request, std::span<const double> V_m)
{
    const std::size_t population = choice_->voltage_requests()[request].population;
    const std::optional<double> mean = populations_[population].add_voltages(stamp, V_m);
    if (!mean || !pooled_) {
        return;
    }
    if (request == 0) {
        pooled_->sum_V_m = 0.0;
        pooled_->sampled = 0.0;
    }
    const auto neurons = static_cast<double>(choice_->population(population)->neurons);
    pooled_->sum_V_m += neurons * *mean;
    pooled_->sampled += neurons;
    if (request + 1 == choice_->voltage_requests().size()) {
        pooled_->mean_V_m.add(pooled_->sum_V_m / pooled_->sampled);
    }
}

void NetworkAccumulator::advance(core::Step stamp)
{
    now_ = std::clamp(stamp, now_, to_);
    for (PopulationAccumulator& population : populations_) {
        population.advance(now_);
    }
    if (pooled_) {
        pooled_->series.advance(now_);
        pooled_->correlation.advance(now_);
    }
}

PopulationStatistics NetworkAccumulator::pooled_statistics() const
{
    TrainMeans trains;
    double variances = 0.0;
    double with_voltage = 0.0;
    for (const PopulationAccumulator& population : populations_) {
        const PopulationChoice& choice = population.choice();
        const auto neurons = static_cast<double>(choice.neurons);
        trains.join(population.train_means(),
            neurons / static_cast<double>(choice.spikes.trains().chosen()));
        if (const std::optional<double> variance = population.mean_variance()) {
            variances += neurons * *variance;
            with_voltage += neurons;
        }
    }
    PopulationStatistics out = population_statistics(choice_->neurons(),
        static_cast<double>(now_ - from_) * choice_->dt_ms(), pooled_->series, trains);
    out.correlation_5ms = pooled_->correlation.mean();
    if (with_voltage > 0.0) {
        out.synchrony = golomb_chi(pooled_->mean_V_m.variance(), variances / with_voltage);
    }
    return out;
}

NetworkStatistics NetworkAccumulator::statistics() const
{
    const core::TimeGrid grid(choice_->dt_ms());
    NetworkStatistics out;
    out.from_ms = grid.time_ms(from_);
    out.to_ms = grid.time_ms(now_);
    for (const PopulationAccumulator& population : populations_) {
        out.populations.push_back(population.statistics());
    }
    out.network = pooled_ ? pooled_statistics() : out.populations.front();
    return out;
}

} // namespace engine::analysis
