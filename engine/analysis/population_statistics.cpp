#include "engine/analysis/population_statistics.hpp"

#include "engine/analysis/spike_train.hpp"

#include <algorithm>
#include <utility>

namespace engine::analysis {

namespace {

constexpr double fano_window_ms = 100.0;

} // namespace

PopulationChoice::PopulationChoice(std::size_t size, const StatisticsLimits& limits)
    : PopulationChoice(size, limits, Choice(size, {}))
{
}

PopulationChoice::PopulationChoice(
    std::size_t size, const StatisticsLimits& limits, const Choice& network_pairs)
    : neurons(size)
    , spikes(size, Choice(size, evenly_chosen(size, limits.trains)),
          Choice(size, evenly_chosen(size, limits.pairs)), network_pairs)
    , voltages(evenly_chosen(size, limits.voltages))
{
}

PopulationAccumulator::PopulationAccumulator(
    std::shared_ptr<const PopulationChoice> choice, double dt_ms, core::Step from, core::Step to)
    : choice_(std::move(choice))
    , dt_ms_(dt_ms)
    , from_(from)
    , to_(to)
    , now_(from)
    , series_(choice_->neurons, dt_ms, from)
    , trains_(choice_->spikes.trains().chosen(), from, bin_steps(fano_window_ms, dt_ms))
    , correlation_(choice_->spikes.pairs().chosen(), from, bin_steps(correlation_bin_ms, dt_ms))
    , synchrony_(choice_->voltages.size())
{
}

PopulationAccumulator::PopulationAccumulator(std::size_t neurons, double dt_ms, core::Step from,
    core::Step to, const StatisticsLimits& limits)
    : PopulationAccumulator(
        std::make_shared<const PopulationChoice>(neurons, limits), dt_ms, from, to)
{
}

void PopulationAccumulator::add_spikes(core::Step stamp, std::span<const std::uint32_t> neurons)
{
    if (stamp > from_ && stamp <= to_) {
        add_spikes(stamp, selector_.select(choice_->spikes, neurons));
    }
}

void PopulationAccumulator::add_spikes(core::Step stamp, const ChosenSpikes& spikes)
{
    if (stamp <= from_ || stamp > to_) {
        return;
    }
    series_.add(stamp, spikes.count);
    trains_.add(stamp, spikes.trains);
    correlation_.add(stamp, spikes.pairs);
}

std::optional<double> PopulationAccumulator::add_voltages(
    core::Step stamp, std::span<const double> V_m)
{
    return stamp <= from_ || stamp > to_ ? std::nullopt : std::optional(synchrony_.add(V_m));
}

void PopulationAccumulator::advance(core::Step stamp)
{
    now_ = std::clamp(stamp, now_, to_);
    series_.advance(now_);
    correlation_.advance(now_);
}

PopulationStatistics PopulationAccumulator::statistics() const
{
    PopulationStatistics out = population_statistics(
        choice_->neurons, static_cast<double>(now_ - from_) * dt_ms_, series_, train_means());
    out.synchrony = synchrony_.chi();
    out.correlation_5ms = correlation_.mean();
    return out;
}

PopulationStatistics population_statistics(
    std::size_t neurons, double window_ms, const CountSeries& series, const TrainMeans& trains)
{
    PopulationStatistics out;
    out.neurons = neurons;
    out.spikes = series.spikes();
    out.window_ms = window_ms;
    out.rate_Hz = mean_rate_Hz(out.spikes, neurons, window_ms);
    out.cv_isi = trains.cv.mean();
    out.cv_isi_neurons = trains.cv.neurons();
    out.cv2 = trains.cv2.mean();
    out.lv = trains.lv.mean();
    out.fano_100ms = trains.fano.mean();
    out.distributions = trains.distributions;
    out.fano_1ms = series.counts_1ms().fano();
    out.fluctuation_1ms = series.counts_1ms().relative_deviation();
    out.fluctuation_5ms = series.counts_5ms().relative_deviation();
    out.spectrum = series.spectrum();
    if (const auto peak = spectral_peak(out.spectrum); peak && out.rate_Hz && *out.rate_Hz > 0.0) {
        out.peak_frequency_Hz = peak->frequency_Hz;
        out.peak_over_floor = peak->density * static_cast<double>(neurons) / (2.0 * *out.rate_Hz);
    }
    return out;
}

} // namespace engine::analysis
