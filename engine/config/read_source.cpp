#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <functional>
#include <map>
#include <utility>

namespace engine::config {

namespace {

/// Spikes per second beyond which no count in a step has a meaning.
constexpr double most_rate_hz = 1e9;

class SourceReader {
public:
    SourceReader(Resolution& r, const Place& at, const Stimulus& stimulus)
        : r_(r)
        , reader_(r.reader)
        , at_(at)
        , stimulus_(stimulus)
        , before_(r.reader.errors())
    {
    }

    std::optional<Source> dc() { return checked(Dc {number("amplitude")}); }

    std::optional<Source> step_current()
    {
        StepCurrent step;
        step.times_ms = times();
        step.amplitudes
            = reader_.required_numbers(at_, "amplitudes").value_or(std::vector<double> {});
        if (reader_.errors() == before_ && step.times_ms.size() != step.amplitudes.size()) {
            reader_.error(Reader::member(at_, "amplitudes"),
                "has " + std::to_string(step.amplitudes.size()) + " values",
                "must have one for each of the " + std::to_string(step.times_ms.size()) + " times");
        }
        return checked(std::move(step));
    }

    std::optional<Source> ramp()
    {
        Ramp ramp;
        ramp.from = reader_.number_or(at_, "from", 0.0);
        const Place to = Reader::member(at_, "to");
        const Place slope = Reader::member(at_, "slope");
        if (static_cast<bool>(to) == static_cast<bool>(slope)) {
            reader_.error(
                at_, to ? "has to and slope" : "has neither to nor slope", "expected one of them");
        } else if (slope) {
            ramp.slope = reader_.number(slope);
        } else {
            ramp.to = reader_.number(to);
            const Place stop = Reader::member(at_, "stop");
            if (!stop || stop.json->is_null()) {
                reader_.error(to, "needs a stop", "a ramp with to is linear from start to stop");
            } else if (stimulus_.stop_ms && !(*stimulus_.stop_ms > stimulus_.start_ms)) {
                reader_.error(stop, "is " + core::number_text(*stimulus_.stop_ms),
                    "must be > start, which is " + core::number_text(stimulus_.start_ms));
            }
        }
        return checked(ramp);
    }

    std::optional<Source> pulses()
    {
        Pulses pulses;
        pulses.times_ms = times();
        const Place width = Reader::member(at_, "width");
        if (!width) {
            reader_.missing(at_, "width", "expected a time in ms");
        } else if (const auto w = read_time(r_, width,
                       {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}})) {
            pulses.width_ms = *w;
            if (r_.grid_known && r_.grid.steps(*w) < 1) {
                reader_.error(width, "is " + core::number_text(*w) + " ms",
                    "must be at least dt = " + core::number_text(r_.grid.dt_ms()) + " ms");
            }
        }
        pulses.amplitudes = number_or_list("amplitude", pulses.times_ms.size());
        pulses.baseline = reader_.number_or(at_, "baseline", 0.0);
        if (reader_.errors() == before_) {
            check_overlap(pulses);
        }
        return checked(std::move(pulses));
    }

    std::optional<Source> ac()
    {
        Ac ac;
        ac.offset = reader_.number_or(at_, "offset", 0.0);
        ac.amplitude = number("amplitude");
        constexpr double most_hz = 1e6;
        ac.frequency_hz
            = reader_.required_number(at_, "frequency", between(0.0, most_hz)).value_or(0.0);
        ac.phase_deg = reader_.number_or(at_, "phase", 0.0);
        return checked(ac);
    }

    std::optional<Source> noise()
    {
        Noise noise;
        const bool normal = has("mean") || has("std");
        const bool uniform = has("low") || has("high");
        if (normal == uniform) {
            reader_.error(at_, normal ? "has keys of two laws" : "has no law",
                "expected mean and std (normal) or low and high (uniform)");
            return std::nullopt;
        }
        noise.uniform = uniform;
        noise.a = number(uniform ? "low" : "mean");
        noise.b = uniform ? number("high") : number("std", at_least(0.0));
        if (uniform && reader_.errors() == before_ && noise.b < noise.a) {
            reader_.error(Reader::member(at_, "high"), "is " + core::number_text(noise.b),
                "must be >= low, which is " + core::number_text(noise.a));
        }
        noise.interval_ms = r_.grid.dt_ms();
        const Place interval = Reader::member(at_, "interval");
        if (interval) {
            if (const auto value = reader_.number(interval,
                    {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}})) {
                noise.interval_ms = *value;
                warn_off_grid(r_, interval, *value);
                if (r_.grid_known && r_.grid.steps(*value) < 1) {
                    reader_.error(interval, "is " + core::number_text(*value) + " ms",
                        "must be at least dt = " + core::number_text(r_.grid.dt_ms()) + " ms");
                }
            }
        }
        noise.shared = reader_.flag_or(at_, "shared", false);
        return checked(noise);
    }

    std::optional<Source> poisson()
    {
        Poisson poisson;
        poisson.rate_hz = number("rate", between(0.0, most_rate_hz));
        poisson.weight = number("weight");
        poisson.shared = reader_.flag_or(at_, "shared", false);
        return checked(poisson);
    }

    std::optional<Source> spike_train() { return read_spike_train(r_, at_, stimulus_); }

private:
    bool has(std::string_view key) const { return static_cast<bool>(Reader::member(at_, key)); }

    double number(std::string_view key, const models::Limits& limits = {})
    {
        return reader_.required_number(at_, key, limits).value_or(0.0);
    }

    template <class T> std::optional<Source> checked(T source) const
    {
        return reader_.errors() == before_ ? std::optional<Source>(std::move(source))
                                           : std::nullopt;
    }

    /// "times": ascending, none equal.
    std::vector<double> times()
    {
        const Place place = Reader::member(at_, "times");
        auto list = reader_.required_numbers(at_, "times", time_limits());
        if (!list) {
            return {};
        }
        bool warned = false;
        for (std::size_t i = 0; i < list->size(); ++i) {
            const double t = (*list)[i];
            if (i > 0 && !(t > (*list)[i - 1])) {
                reader_.error(Reader::item(place, i), "is " + core::number_text(t),
                    "times must ascend; the one before is " + core::number_text((*list)[i - 1]));
                break;
            }
            if (!warned && r_.grid_known && !r_.grid.on_grid(t)) {
                warn_off_grid(r_, Reader::item(place, i), t);
                warned = true; // one for the whole list
            }
        }
        return std::move(*list);
    }

    std::vector<double> number_or_list(std::string_view key, std::size_t count)
    {
        const Place place = Reader::member(at_, key);
        if (!place) {
            reader_.missing(at_, key, "expected a number or a list of numbers");
            return {};
        }
        if (!place.json->is_array()) {
            return std::vector<double>(count, reader_.number(place).value_or(0.0));
        }
        auto list = reader_.numbers(place).value_or(std::vector<double> {});
        if (reader_.errors() == before_ && list.size() != count) {
            reader_.error(place, "has " + std::to_string(list.size()) + " values",
                "must have one for each of the " + std::to_string(count) + " times");
        }
        return list;
    }

    void check_overlap(const Pulses& pulses)
    {
        if (!r_.grid_known) {
            return;
        }
        const core::Step width = r_.grid.steps(pulses.width_ms);
        for (std::size_t i = 1; i < pulses.times_ms.size(); ++i) {
            if (r_.grid.steps(pulses.times_ms[i - 1]) + width > r_.grid.steps(pulses.times_ms[i])) {
                const Place times = Reader::member(at_, "times");
                reader_.error(Reader::item(times, i),
                    "is " + core::number_text(pulses.times_ms[i]) + ", when the pulse of "
                        + core::number_text(pulses.times_ms[i - 1]) + " ms has not ended",
                    "pulses must not overlap");
                return;
            }
        }
    }

    Resolution& r_;
    Reader& reader_;
    const Place& at_;
    const Stimulus& stimulus_;
    std::size_t before_;
};

struct SourceType {
    std::vector<std::string> keys;
    bool spikes;
    std::optional<Source> (SourceReader::*read)();
};

const std::map<std::string, SourceType>& types()
{
    static const std::map<std::string, SourceType> all {
        {"dc", {{"amplitude"}, false, &SourceReader::dc}},
        {"step_current", {{"times", "amplitudes"}, false, &SourceReader::step_current}},
        {"ramp", {{"from", "to", "slope"}, false, &SourceReader::ramp}},
        {"pulses", {{"times", "width", "amplitude", "baseline"}, false, &SourceReader::pulses}},
        {"ac", {{"offset", "amplitude", "frequency", "phase"}, false, &SourceReader::ac}},
        {"noise",
            {{"mean", "std", "low", "high", "interval", "shared"}, false, &SourceReader::noise}},
        {"poisson", {{"rate", "weight", "shared"}, true, &SourceReader::poisson}},
        {"spike_train", {{"times", "weights", "file"}, true, &SourceReader::spike_train}},
    };
    return all;
}

} // namespace

std::optional<Source> read_source(
    Resolution& r, const Place& at, const std::string& type, const Stimulus& stimulus)
{
    SourceReader reader(r, at, stimulus);
    return (reader.*types().at(type).read)();
}

std::vector<std::string> source_keys(const std::string& type)
{
    const auto found = types().find(type);
    return found == types().end() ? std::vector<std::string> {} : found->second.keys;
}

std::vector<std::string> source_types()
{
    return {"dc", "step_current", "ramp", "pulses", "ac", "noise", "poisson", "spike_train"};
}

bool gives_spikes(const std::string& type) { return types().at(type).spikes; }

} // namespace engine::config
