#include "ui/stimuli/stimulus_handles.hpp"

#include "engine/core/time_grid.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace ui {

namespace {

using namespace engine::config;
using engine::core::Step;

constexpr Step far = std::numeric_limits<Step>::max() / 4;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::StimulusHandle", source);
}

QString amount(const QString& name, double value, const QString& unit)
{
    QString out = name + QLatin1Char(' ') + QString::number(value, 'g', 6);
    return unit.isEmpty() ? out : out + QLatin1Char(' ') + unit;
}

/// Decimals of times on this grid.
int decimals(double dt_ms)
{
    int count = 1;
    for (double step = 10.0 * dt_ms; count < 4 && std::abs(step - std::round(step)) > 1e-6;
         ++count) {
        step *= 10.0;
    }
    return count;
}

class Maker {
public:
    Maker(const PresetDocument& document, const StimulusView& stimulus, const HandleView& view)
        : m_view(stimulus)
        , m_stimulus(document.experiment().stimuli.at(stimulus.index))
        , m_grid(document.experiment().simulation.dt_ms)
        , m_delay(m_grid.steps(m_stimulus.delay_ms))
        , m_from(std::max(view.from_ms, shown(start())))
        , m_to(m_stimulus.stop_ms ? std::min(view.to_ms, shown(m_grid.steps(*m_stimulus.stop_ms)))
                                  : view.to_ms)
    {
    }

    std::vector<StimulusHandle> handles;

    void operator()(const Dc& dc)
    {
        window(dc.amplitude, true);
        level("amplitude", text("amplitude"), cell("amplitude"), dc.amplitude, m_from, m_to);
    }

    void operator()(const StepCurrent& step)
    {
        window(0.0, false);
        const StimulusRow* times = m_view.row("times");
        const StimulusRow* amplitudes = m_view.row("amplitudes");
        const std::size_t count = std::min(step.times_ms.size(), times->cells.size());
        for (std::size_t i = 0; i < count; ++i) {
            const double before = i == 0 ? 0.0 : step.amplitudes[i - 1];
            const QString number = count > 1 ? QStringLiteral(" %1").arg(i + 1) : QString();
            const Limits limits {i == 0 ? 0 : steps(step.times_ms[i - 1]) + 1,
                i + 1 == count ? far : steps(step.times_ms[i + 1]) - 1};
            edge("times/" + std::to_string(i), text("onset") + number, step.times_ms[i], before,
                step.amplitudes[i], timeSetter(times->cells[i].path, text("onset"), limits));
            const double end = i + 1 == count ? m_to : shown(steps(step.times_ms[i + 1]));
            level("amplitudes/" + std::to_string(i), text("level") + number, &amplitudes->cells[i],
                step.amplitudes[i], shown(steps(step.times_ms[i])), end);
        }
    }

    void operator()(const Ramp& ramp)
    {
        const double begin = m_stimulus.start_ms;
        StimulusHandle first
            = made(StimulusHandle::Shape::point, "from", text("start of the ramp"));
        first.t_ms = shown(start());
        first.value = ramp.from;
        first.setValue = valueSetter(cell("from"), text("from"), unitOf("from"));
        first.setTime
            = timeSetter(m_view.row("start")->cells[0].path, text("onset"), {0, stop() - 1});
        handles.push_back(first);
        if (ramp.to) {
            StimulusHandle last = made(StimulusHandle::Shape::point, "to", text("end of the ramp"));
            last.t_ms = shown(stop());
            last.value = *ramp.to;
            last.setValue = valueSetter(cell("to"), text("to"), unitOf("to"));
            last.setTime
                = timeSetter(m_view.row("stop")->cells[0].path, text("end"), {start() + 1, far});
            handles.push_back(last);
            return;
        }
        // The slope is held where the ramp leaves the view.
        const double at = std::max(m_to, shown(start() + 1));
        const double length = at - begin - m_stimulus.delay_ms;
        StimulusHandle last = made(StimulusHandle::Shape::point, "slope", text("slope"));
        last.t_ms = at;
        last.value = ramp.from + ramp.slope.value_or(0.0) * length;
        const std::string path = cell("slope")->path;
        const QString unit = QString::fromStdString(m_view.row("slope")->unit);
        last.setValue = [path, unit, from = ramp.from, length](double value) {
            const double slope = (value - from) / length;
            const double rounded = QString::number(slope, 'g', 4).toDouble();
            return HandleMove {{{path, rounded}}, amount(text("slope"), rounded, unit)};
        };
        handles.push_back(last);
        if (m_stimulus.stop_ms) {
            window(last.value, false);
        }
    }

    void operator()(const Pulses& pulses)
    {
        window(pulses.baseline, false);
        const StimulusRow* times = m_view.row("times");
        const StimulusRow* amplitude = m_view.row("amplitude");
        const std::size_t count = std::min(pulses.times_ms.size(), times->cells.size());
        const Step width = steps(pulses.width_ms);
        Step room = far; // shortest way from one pulse to the next
        for (std::size_t i = 1; i < count; ++i) {
            room = std::min(room, steps(pulses.times_ms[i]) - steps(pulses.times_ms[i - 1]));
        }
        for (std::size_t i = 0; i < count; ++i) {
            const QString number = count > 1 ? QStringLiteral(" %1").arg(i + 1) : QString();
            const std::string place = std::to_string(i);
            const Step begin = steps(pulses.times_ms[i]);
            const Limits limits {i == 0 ? 0 : steps(pulses.times_ms[i - 1]) + width,
                i + 1 == count ? far : steps(pulses.times_ms[i + 1]) - width};
            const double value = pulses.amplitudes[i];
            edge("times/" + place, text("onset") + number, pulses.times_ms[i], pulses.baseline,
                value, timeSetter(times->cells[i].path, text("onset"), limits));
            edge("width/" + place, text("width") + number, m_grid.time_ms(begin + width), value,
                pulses.baseline, widthSetter(begin, room));
            level("amplitude/" + place, text("amplitude") + number,
                &amplitude->cells[amplitude->is_list ? i : 0], value, shown(begin),
                shown(begin + width));
        }
    }

    void operator()(const Ac& ac)
    {
        window(ac.offset, true);
        const double length = m_to - m_from;
        constexpr double share = 0.08; // of the sine, at its beginning
        level("offset", text("mean"), cell("offset"), ac.offset, m_from, m_from + share * length);
        if (!(ac.frequency_hz > 0.0)) {
            return;
        }
        // Crest n of the sine lies at t = (n + 1/4 - phase / 360) periods from the beginning of the
        // run; the second in view, where there are two.
        constexpr double ms_per_s = 1000.0;
        constexpr double quarter = 0.25;
        const double period = ms_per_s / ac.frequency_hz;
        const double shift = quarter - ac.phase_deg / 360.0;
        const double from = m_from - m_stimulus.delay_ms;
        double n = std::ceil(from / period - shift);
        if ((n + 1.0 + shift) * period < m_to - m_stimulus.delay_ms) {
            n += 1.0;
        }
        const double periods = n + shift;
        StimulusHandle crest
            = made(StimulusHandle::Shape::point, "crest", text("crest of the sine"));
        crest.t_ms = periods * period + m_stimulus.delay_ms;
        crest.value = ac.offset + ac.amplitude;
        const std::string amplitude = cell("amplitude")->path;
        crest.setValue = [amplitude, offset = ac.offset, unit = unitOf("amplitude")](double value) {
            return HandleMove {
                {{amplitude, value - offset}}, amount(text("amplitude"), value - offset, unit)};
        };
        const std::string frequency = cell("frequency")->path;
        if (periods > 0.0) {
            // No faster than the grid can show.
            const double least = 2.0 * m_grid.dt_ms() * periods;
            crest.setTime = [frequency, periods, least, delay = m_stimulus.delay_ms](double t_ms) {
                const double own = std::max(t_ms - delay, least);
                const double rounded = QString::number(ms_per_s * periods / own, 'g', 4).toDouble();
                return HandleMove {
                    {{frequency, rounded}}, amount(text("frequency"), rounded, text("Hz"))};
            };
        }
        handles.push_back(crest);
    }

    void operator()(const Noise& noise)
    {
        window(noise.uniform ? noise.b : noise.a, true);
        const double middle = m_from + 0.5 * (m_to - m_from);
        if (noise.uniform) {
            level("low", text("lowest"), cell("low"), noise.a, m_from, m_to);
            level("high", text("highest"), cell("high"), noise.b, m_from, m_to);
            return;
        }
        level("mean", text("mean"), cell("mean"), noise.a, m_from, middle);
        StimulusHandle width
            = made(StimulusHandle::Shape::level, "std", text("standard deviation"));
        width.t_ms = middle;
        width.end_ms = m_to;
        width.value = noise.a + noise.b;
        const std::string path = cell("std")->path;
        width.setValue = [path, mean = noise.a, unit = unitOf("std")](double value) {
            const double std = std::max(value - mean, 0.0);
            return HandleMove {{{path, std}}, amount(text("std"), std, unit)};
        };
        handles.push_back(width);
    }

    void operator()(const Poisson& poisson)
    {
        window(poisson.rate_hz, true);
        StimulusHandle size = made(StimulusHandle::Shape::size, "rate", text("rate"));
        size.t_ms = m_from;
        size.value = poisson.rate_hz;
        size.unit = QStringLiteral("Hz");
        const std::string path = cell("rate")->path;
        size.setValue = [path](double value) {
            const double rate = std::max(value, 0.0);
            return HandleMove {{{path, rate}}, amount(text("rate"), rate, text("Hz"))};
        };
        handles.push_back(size);
    }

    void operator()(const SpikeTrain&)
    {
        const StimulusRow* times = m_view.row("times");
        const StimulusRow* weights = m_view.row("weights");
        if (times == nullptr) {
            return; // from a file
        }
        int made_ticks = 0;
        for (std::size_t i = 0; i < times->cells.size() && made_ticks < most_ticks; ++i) {
            const double t_ms = times->cells[i].value.value_or(0.0);
            const StimulusCell& weight = weights->cells.at(weights->is_list ? i : 0);
            const double at = shown(steps(t_ms));
            if (at < m_from || at > m_to) {
                continue;
            }
            ++made_ticks;
            StimulusHandle tick = made(StimulusHandle::Shape::tick, "times/" + std::to_string(i),
                text("spike") + QStringLiteral(" %1").arg(i + 1));
            tick.t_ms = at;
            tick.value = weight.value.value_or(0.0);
            tick.unit = QString::fromStdString(weights->unit);
            tick.setTime = timeSetter(times->cells[i].path, text("spike at"), {1, far});
            tick.setValue = valueSetter(&weight, text("weight"), tick.unit);
            handles.push_back(tick);
        }
    }

private:
    struct Limits {
        Step least;
        Step most;
    };

    Step steps(double t_ms) const { return m_grid.steps(t_ms); }
    Step start() const { return steps(m_stimulus.start_ms); }
    Step stop() const { return m_stimulus.stop_ms ? steps(*m_stimulus.stop_ms) : far; }
    /// When it reaches the neurons.
    double shown(Step own) const { return m_grid.time_ms(own + m_delay); }
    const StimulusCell* cell(const char* key) const { return &m_view.row(key)->cells.at(0); }
    QString unitOf(const char* key) const { return QString::fromStdString(m_view.row(key)->unit); }

    StimulusHandle made(
        StimulusHandle::Shape shape, const std::string& place, const QString& name) const
    {
        StimulusHandle handle;
        handle.shape = shape;
        handle.stimulus = m_view.index;
        handle.id = QString::fromStdString(std::to_string(m_view.index) + "/" + place);
        handle.name = QStringLiteral("%1: %2").arg(QString::fromStdString(m_view.name()), name);
        return handle;
    }

    std::function<HandleMove(double)> timeSetter(
        const std::string& path, const QString& name, Limits limits) const
    {
        return [path, name, limits, grid = m_grid, delay = m_delay](double t_ms) {
            const Step own = std::clamp(
                grid.steps(t_ms) - delay, limits.least, std::max(limits.least, limits.most));
            return HandleMove {{{path, grid.time_ms(own)}},
                QStringLiteral("%1 %2 ms")
                    .arg(name)
                    .arg(grid.time_ms(own + delay), 0, 'f', decimals(grid.dt_ms()))};
        };
    }

    std::function<HandleMove(double)> widthSetter(Step begin, Step room) const
    {
        const std::string path = cell("width")->path;
        return [path, begin, room, grid = m_grid, delay = m_delay](double t_ms) {
            const Step width = std::clamp<Step>(grid.steps(t_ms) - delay - begin, 1, room);
            return HandleMove {{{path, grid.time_ms(width)}},
                amount(text("width"), grid.time_ms(width), text("ms"))};
        };
    }

    std::function<HandleMove(double)> valueSetter(
        const StimulusCell* target, const QString& name, const QString& unit) const
    {
        return [path = target->path, name, unit](double value) {
            return HandleMove {{{path, value}}, amount(name, value, unit)};
        };
    }

    void edge(const std::string& place, const QString& name, double t_ms, double from, double to,
        std::function<HandleMove(double)> setTime)
    {
        StimulusHandle handle = made(StimulusHandle::Shape::edge, place, name);
        handle.t_ms = shown(steps(t_ms));
        handle.value = from;
        handle.other = to;
        handle.setTime = std::move(setTime);
        handles.push_back(std::move(handle));
    }

    void level(const std::string& place, const QString& name, const StimulusCell* target,
        double value, double from_ms, double to_ms)
    {
        StimulusHandle handle = made(StimulusHandle::Shape::level, place, name);
        const StimulusRow* row = m_view.row(place.substr(0, place.find('/')));
        const QString unit = row == nullptr ? QString() : QString::fromStdString(row->unit);
        handle.unit = unit;
        handle.t_ms = std::max(from_ms, m_from);
        handle.end_ms = std::min(to_ms, m_to);
        handle.value = value;
        handle.setValue = valueSetter(target, name, unit);
        handles.push_back(std::move(handle));
    }

    /// start and stop; where the file has none, only for stimuli that are made by them.
    void window(double value, bool always)
    {
        const StimulusCell& begin = m_view.row("start")->cells[0];
        const StimulusCell& end = m_view.row("stop")->cells[0];
        if (always || m_stimulus.start_ms > 0.0) {
            edge("start", text("onset"), m_stimulus.start_ms, 0.0, value,
                timeSetter(begin.path, text("onset"), {0, stop()}));
        }
        if (m_stimulus.stop_ms) {
            edge("stop", text("end"), *m_stimulus.stop_ms, value, 0.0,
                timeSetter(end.path, text("end"), {start(), far}));
        } else if (always) {
            // One that never ends is given an end by its right edge.
            StimulusHandle handle = made(StimulusHandle::Shape::edge, "stop", text("end"));
            handle.t_ms = m_to;
            handle.value = value;
            handle.setTime = timeSetter(end.path, text("end"), {start(), far});
            handles.push_back(std::move(handle));
        }
    }

    const StimulusView& m_view;
    const Stimulus& m_stimulus;
    engine::core::TimeGrid m_grid;
    Step m_delay;
    double m_from; ///< of what is seen of it
    double m_to;
};

} // namespace

std::vector<StimulusHandle> stimulusHandles(
    const PresetDocument& document, const StimulusView& stimulus, const HandleView& view)
{
    Maker maker(document, stimulus, view);
    std::visit(maker, document.experiment().stimuli.at(stimulus.index).source);
    return std::move(maker.handles);
}

} // namespace ui
