#include "engine/checks/measure.hpp"

#include "engine/checks/network_regime.hpp"

#include <utility>

namespace engine::checks {

using config::Quantity;

namespace {

Measured number(std::optional<double> value)
{
    Measured out;
    out.value = value;
    return out;
}

Measured regime(const analysis::PopulationStatistics& statistics)
{
    analysis::Regime regime = regime_of(statistics);
    Measured out;
    out.name = regime.name();
    out.also = {analysis::regime_name(regime.kind)}; // near a boundary it is still this one
    out.reason = std::move(regime.reason);
    return out;
}

} // namespace

Instrument instrument_of(Quantity quantity)
{
    switch (quantity) {
    case Quantity::first_spike:
    case Quantity::first_isi:
    case Quantity::last_isi:
    case Quantity::isi_ratio:
    case Quantity::burst_count:
    case Quantity::spikes_per_burst:
        return Instrument::events;
    case Quantity::v_max:
    case Quantity::v_min:
    case Quantity::oscillation_period:
    case Quantity::oscillation_decay:
    case Quantity::pattern:
        return Instrument::trace;
    default:
        return Instrument::statistics;
    }
}

Measured measured(Quantity quantity, const analysis::PopulationStatistics& s)
{
    switch (quantity) {
    case Quantity::rate:
        return number(s.rate_Hz);
    case Quantity::spike_count:
        return number(static_cast<double>(s.spikes));
    case Quantity::cv_isi:
        return number(s.cv_isi);
    case Quantity::cv2:
        return number(s.cv2);
    case Quantity::lv:
        return number(s.lv);
    case Quantity::fano:
        return number(s.fano_100ms);
    case Quantity::population_fluctuation:
        return number(s.fluctuation_1ms);
    case Quantity::correlation:
        return number(s.correlation_5ms);
    case Quantity::synchrony:
        return number(s.synchrony);
    case Quantity::peak_frequency:
        return number(s.peak_frequency_Hz);
    case Quantity::peak_over_floor:
        return number(s.peak_over_floor);
    case Quantity::regime:
        return regime(s);
    default:
        return {};
    }
}

Measured measured(
    Quantity quantity, const TrainEvents& events, const core::TimeGrid& grid, core::Step begin)
{
    switch (quantity) {
    case Quantity::first_spike:
        return number(events.first_spike()
                ? std::optional(grid.time_ms(*events.first_spike() - begin))
                : std::nullopt);
    case Quantity::first_isi:
        return number(events.first_isi_ms());
    case Quantity::last_isi:
        return number(events.last_isi_ms());
    case Quantity::isi_ratio:
        return number(events.isi_ratio());
    case Quantity::burst_count:
        return number(static_cast<double>(events.bursts()));
    case Quantity::spikes_per_burst:
        return number(events.spikes_per_burst());
    default:
        return {};
    }
}

} // namespace engine::checks
