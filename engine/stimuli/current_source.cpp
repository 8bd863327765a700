#include "engine/stimuli/current_source.hpp"

#include "engine/core/normals.hpp"
#include "engine/core/numerics.hpp"
#include "engine/models/neurons.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace engine::stimuli {

Window window_of(const config::Stimulus& stimulus, const core::TimeGrid& grid)
{
    Window w;
    w.start = grid.steps(stimulus.start_ms);
    w.stop = stimulus.stop_ms ? grid.steps(*stimulus.stop_ms) : no_step;
    w.delay = grid.steps(stimulus.delay_ms);
    return w;
}

void CurrentSource::fill(
    core::Step k, const core::HashedName&, std::size_t, std::size_t count, double* values) const
{
    std::fill_n(values, count, value(k));
}

namespace {

constexpr double pi = 3.14159265358979323846;

/// Everything that is 0 outside of its window; `at` gets the stimulus' own clock.
class Windowed : public CurrentSource {
public:
    explicit Windowed(Window window)
        : window_(window)
    {
    }
    double value(core::Step k) const final
    {
        const core::Step own = k - window_.delay;
        return active(own) ? at(own) : 0.0;
    }
    core::Step constant_until(core::Step k) const final
    {
        const core::Step own = k - window_.delay;
        if (own < window_.start) {
            return window_.start + window_.delay;
        }
        if (own >= window_.stop) {
            return no_step;
        }
        const core::Step next = std::min(same_until(own), window_.stop);
        return next == no_step ? no_step : next + window_.delay;
    }

protected:
    bool active(core::Step own) const { return own >= window_.start && own < window_.stop; }
    virtual double at(core::Step own) const = 0;
    virtual core::Step same_until(core::Step own) const = 0;
    const Window window_;
};

class Dc final : public Windowed {
public:
    Dc(Window window, const config::Dc& dc)
        : Windowed(window)
        , amplitude_(dc.amplitude)
    {
    }

private:
    double at(core::Step) const override { return amplitude_; }
    core::Step same_until(core::Step) const override { return no_step; }
    double amplitude_;
};

/// Levels that hold from their step to the next; 0 before the first.
class Levels final : public Windowed {
public:
    struct Level {
        core::Step from;
        double value;
    };
    Levels(Window window, double before, std::vector<Level> levels)
        : Windowed(window)
        , before_(before)
        , levels_(std::move(levels))
    {
    }

private:
    std::vector<Level>::const_iterator next(core::Step own) const
    {
        return std::upper_bound(levels_.begin(), levels_.end(), own,
            [](core::Step step, const Level& level) { return step < level.from; });
    }
    double at(core::Step own) const override
    {
        const auto after = next(own);
        return after == levels_.begin() ? before_ : std::prev(after)->value;
    }
    core::Step same_until(core::Step own) const override
    {
        const auto after = next(own);
        return after == levels_.end() ? no_step : after->from;
    }
    double before_;
    std::vector<Level> levels_;
};

std::unique_ptr<const CurrentSource> make(
    Window window, const config::StepCurrent& step, const core::TimeGrid& grid)
{
    std::vector<Levels::Level> levels;
    for (std::size_t i = 0; i < step.times_ms.size(); ++i) {
        levels.push_back({grid.steps(step.times_ms[i]), step.amplitudes[i]});
    }
    return std::make_unique<Levels>(window, 0.0, std::move(levels));
}

std::unique_ptr<const CurrentSource> make(
    Window window, const config::Pulses& pulses, const core::TimeGrid& grid)
{
    std::vector<Levels::Level> levels;
    const core::Step width = grid.steps(pulses.width_ms);
    for (std::size_t i = 0; i < pulses.times_ms.size(); ++i) {
        const core::Step begin = grid.steps(pulses.times_ms[i]);
        const double amplitude
            = pulses.amplitudes.size() == 1 ? pulses.amplitudes.front() : pulses.amplitudes[i];
        // A pulse that begins where the last one ends takes the place of its baseline.
        if (!levels.empty() && levels.back().from >= begin) {
            levels.pop_back();
        }
        levels.push_back({begin, amplitude});
        levels.push_back({begin + width, pulses.baseline});
    }
    return std::make_unique<Levels>(window, pulses.baseline, std::move(levels));
}

class Ramp final : public Windowed {
public:
    Ramp(Window window, const config::Ramp& ramp, const core::TimeGrid& grid)
        : Windowed(window)
        , ramp_(ramp)
        , dt_ms_(grid.dt_ms())
    {
    }

private:
    double at(core::Step own) const override
    {
        const double since_start = static_cast<double>(own - window_.start);
        if (ramp_.to) {
            const double length = static_cast<double>(window_.stop - window_.start);
            return ramp_.from + (*ramp_.to - ramp_.from) * (since_start / length);
        }
        return ramp_.from + ramp_.slope.value_or(0.0) * (since_start * dt_ms_);
    }
    core::Step same_until(core::Step own) const override { return own + 1; }
    config::Ramp ramp_;
    double dt_ms_;
};

class Ac final : public Windowed {
public:
    Ac(Window window, const config::Ac& ac, const core::TimeGrid& grid)
        : Windowed(window)
        , ac_(ac)
        , dt_ms_(grid.dt_ms())
    {
    }

private:
    double at(core::Step own) const override
    {
        const double t_ms = static_cast<double>(own) * dt_ms_;
        return ac_.offset
            + ac_.amplitude
            * core::sin(2.0 * pi * ac_.frequency_hz * t_ms / 1000.0 + ac_.phase_deg * pi / 180.0);
    }
    core::Step same_until(core::Step own) const override { return own + 1; }
    config::Ac ac_;
    double dt_ms_;
};

/// Redrawn every interval, counted from start; the numbers belong to (chunk, interval).
class Noise final : public Windowed {
public:
    Noise(Window window, const config::Noise& noise, const core::TimeGrid& grid, std::uint64_t seed,
        const std::string& key)
        : Windowed(window)
        , noise_(noise)
        , interval_(std::max<core::Step>(grid.steps(noise.interval_ms), 1))
        , seed_(seed)
        , key_(key)
    {
    }
    bool individual() const override { return !noise_.shared; }
    void fill(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, double* values) const override
    {
        const core::Step own = k - window_.delay;
        if (!active(own)) {
            std::fill_n(values, count, 0.0);
            return;
        }
        const core::StreamKey stream(seed_, core::Purpose::noise, population, key_);
        draw(stream.member(first / models::chunk_size, draw_number(own)), count, values);
    }

private:
    std::uint64_t draw_number(core::Step own) const
    {
        return static_cast<std::uint64_t>((own - window_.start) / interval_);
    }
    void draw(std::uint64_t key, std::size_t count, double* values) const
    {
        if (!noise_.uniform) {
            core::normals(key, {noise_.a, noise_.b}, count, values);
            return;
        }
        core::uniforms(key, count, values);
        const double width = noise_.b - noise_.a;
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = noise_.a + width * values[i];
        }
    }
    double at(core::Step own) const override
    {
        const core::StreamKey stream(seed_, core::Purpose::noise, nobody_, key_);
        double value = 0.0;
        draw(stream.member(draw_number(own)), 1, &value);
        return value;
    }
    core::Step same_until(core::Step own) const override
    {
        return own + interval_ - (own - window_.start) % interval_;
    }
    config::Noise noise_;
    core::Step interval_;
    std::uint64_t seed_;
    core::HashedName key_;
    core::HashedName nobody_; ///< in place of a population where all get the same
};

} // namespace

std::unique_ptr<const CurrentSource> make_current_source(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, std::uint64_t seed)
{
    const Window window = window_of(stimulus, grid);
    if (const auto* dc = std::get_if<config::Dc>(&stimulus.source)) {
        return std::make_unique<Dc>(window, *dc);
    }
    if (const auto* step = std::get_if<config::StepCurrent>(&stimulus.source)) {
        return make(window, *step, grid);
    }
    if (const auto* pulses = std::get_if<config::Pulses>(&stimulus.source)) {
        return make(window, *pulses, grid);
    }
    if (const auto* ramp = std::get_if<config::Ramp>(&stimulus.source)) {
        return std::make_unique<Ramp>(window, *ramp, grid);
    }
    if (const auto* ac = std::get_if<config::Ac>(&stimulus.source)) {
        return std::make_unique<Ac>(window, *ac, grid);
    }
    if (const auto* noise = std::get_if<config::Noise>(&stimulus.source)) {
        return std::make_unique<Noise>(window, *noise, grid, seed, stimulus.key);
    }
    return nullptr;
}

} // namespace engine::stimuli
