#include "engine/analysis/statistics_observer.hpp"

#include <algorithm>

namespace engine::analysis {

namespace {

constexpr double window_ms = 2000.0;
constexpr double apart_ms = 500.0;
constexpr double settling_ms = 200.0;
constexpr double least_ms = 500.0;
constexpr std::size_t recent_trains = 1000;

} // namespace

WindowStatistics::WindowStatistics(const config::Experiment& experiment, core::Step from,
    core::Step to, const StatisticsLimits& limits)
    : choice_(std::make_shared<const NetworkChoice>(experiment, limits))
    , from_(from)
    , to_(std::max(from, to))
    , window_(choice_, from_, to_)
{
}

std::vector<config::TraceRequest> WindowStatistics::probes() const
{
    return choice_->voltage_requests();
}

void WindowStatistics::begin(core::Step now)
{
    window_ = NetworkAccumulator(choice_, std::clamp(now, from_, to_), to_);
}

void WindowStatistics::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    window_.add_spikes(stamp, population, neurons);
}

void WindowStatistics::sample(std::size_t probe, core::Step stamp, std::span<const double> values)
{
    window_.add_voltages(stamp, probe, values);
}

void WindowStatistics::done(core::Step now) { window_.advance(now); }

RecentStatistics::RecentStatistics(const config::Experiment& experiment)
    : choice_(std::make_shared<const NetworkChoice>(
        experiment, StatisticsLimits {.trains = recent_trains}))
    , apart_(bin_steps(apart_ms, choice_->dt_ms()))
    , length_(bin_steps(window_ms, choice_->dt_ms()))
    , settling_(bin_steps(settling_ms, choice_->dt_ms()))
    , least_(bin_steps(least_ms, choice_->dt_ms()))
{
}

std::vector<config::TraceRequest> RecentStatistics::probes() const
{
    return choice_->voltage_requests();
}

void RecentStatistics::begin(core::Step now)
{
    windows_.clear();
    fresh_from_.reset();
    fresh_.reset();
    next_ = now;
}

void RecentStatistics::values_changed(core::Step now)
{
    fresh_from_ = now + settling_;
    fresh_.reset();
}

void RecentStatistics::open_until(core::Step stamp)
{
    for (; next_ < stamp; next_ += apart_) {
        windows_.emplace_back(choice_, next_, next_ + length_);
    }
    if (fresh_from_ && *fresh_from_ < stamp && !fresh_) {
        fresh_.emplace(choice_, *fresh_from_, *fresh_from_ + length_);
    }
}

std::vector<NetworkAccumulator*> RecentStatistics::open_windows()
{
    std::vector<NetworkAccumulator*> out;
    for (NetworkAccumulator& window : windows_) {
        out.push_back(&window);
    }
    if (fresh_) {
        out.push_back(&*fresh_);
    }
    return out;
}

void RecentStatistics::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    open_until(stamp);
    const ChosenSpikes chosen = selector_.select(choice_->population(population)->spikes, neurons);
    for (NetworkAccumulator* window : open_windows()) {
        window->add_spikes(stamp, population, chosen);
    }
}

void RecentStatistics::sample(std::size_t probe, core::Step stamp, std::span<const double> values)
{
    open_until(stamp);
    for (NetworkAccumulator* window : open_windows()) {
        window->add_voltages(stamp, probe, values);
    }
}

void RecentStatistics::done(core::Step now)
{
    open_until(now);
    for (NetworkAccumulator* window : open_windows()) {
        window->advance(now);
    }
    if (fresh_ && now - fresh_->from() >= least_) {
        // Windows that began before the change are of two networks.
        const core::Step from = fresh_->from();
        while (!windows_.empty() && windows_.front().from() < from) {
            windows_.pop_front();
        }
        windows_.push_front(std::move(*fresh_));
        fresh_.reset();
        fresh_from_.reset();
    }
    while (windows_.size() > 1 && windows_[1].to() <= now) {
        windows_.pop_front();
    }
}

std::optional<NetworkStatistics> RecentStatistics::statistics() const
{
    return windows_.empty() ? std::nullopt : std::optional(windows_.front().statistics());
}

} // namespace engine::analysis
