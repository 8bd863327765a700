#include "ui/plots/time_cursors.hpp"

#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

namespace {

constexpr Step most_searched = 5000; // steps on each side: spikes of large networks are many

} // namespace

TimeCursors::TimeCursors(TimeAxis& axis, QObject* parent)
    : QObject(parent)
    , m_axis(axis)
{
}

void TimeCursors::setPanels(std::vector<TimePlot*> panels)
{
    m_panels = std::move(panels);
    m_under.clear();
    for (TimePlot* panel : m_panels) {
        panel->installEventFilter(this); // once, however often it is asked for
    }
    refresh();
}

void TimeCursors::begin(const ShownRun& run, std::vector<TimePlot*> panels)
{
    m_at = {};
    m_run = run;
    m_previous = {};
    setPanels(std::move(panels));
    m_active = 0;
    m_following = m_dragging = false;
    Q_EMIT changed();
}

void TimeCursors::beginSweep(const ShownRun& run, const ShownRun& previous)
{
    m_run = run;
    m_previous = previous;
}

void TimeCursors::advance(Step now)
{
    m_run.now = std::max(m_run.now, now);
    if (count() == 0) {
        return;
    }
    if (m_following && m_under && !m_axis.sweep()) {
        m_at.at(m_active) = stampAt(*m_under, m_mouseX, m_mouseSnaps); // the view has moved on
    }
    show(false);
}

void TimeCursors::refresh()
{
    if (count() > 0) {
        show(true);
    }
}

std::size_t TimeCursors::count() const
{
    return (m_at[0] ? std::size_t {1} : 0) + (m_at[1] ? std::size_t {1} : 0);
}

Step TimeCursors::lastStamp() const
{
    return m_axis.sweep() ? std::max(m_run.now, m_previous.now) : m_run.now;
}

Step TimeCursors::sampleSteps() const
{
    Step least = 0;
    for (const auto& group : m_run.history->groups()) {
        least = least == 0 ? group.interval : std::min(least, group.interval);
    }
    return std::max<Step>(1, least);
}

Step TimeCursors::onSample(Step at) const
{
    const Step sample = sampleSteps();
    const Step last = lastStamp() / sample * sample;
    const Step nearest = (at + sample / 2) / sample * sample;
    return std::clamp(nearest, std::min(sample, last), last);
}

void TimeCursors::toggle()
{
    if (count() > 0) {
        removeAll();
        return;
    }
    if (!m_run.history || m_panels.empty()) {
        return;
    }
    m_active = 0;
    m_following = true;
    if (m_under && m_under->underMouse()) {
        m_at[0] = stampAt(*m_under, m_mouseX, m_snaps);
        m_under->setFocus();
    } else {
        m_at[0] = onSample(m_run.grid.steps(0.5 * (m_axis.lower() + m_axis.upper())));
        m_panels.front()->setFocus();
    }
    show(true);
}

void TimeCursors::toggleSecond()
{
    if (!m_at[0]) {
        toggle();
        return;
    }
    if (m_at[1]) {
        removeLast();
        return;
    }
    m_at[1] = m_at[0];
    m_active = 1;
    m_following = true;
    if (m_under && m_under->underMouse()) {
        m_at[1] = stampAt(*m_under, m_mouseX, m_snaps);
    }
    show(true);
}

void TimeCursors::removeLast()
{
    if (!m_at[1]) {
        removeAll();
        return;
    }
    m_at[1].reset();
    m_active = 0;
    m_following = false;
    show(true);
}

void TimeCursors::removeAll()
{
    m_at = {};
    m_active = 0;
    m_following = m_dragging = false;
    show(true);
}

void TimeCursors::setSnaps(bool snaps)
{
    if (m_snaps != snaps) {
        m_snaps = snaps;
        Q_EMIT snapsChanged(snaps);
    }
}

void TimeCursors::put(Step at)
{
    if (m_at.at(m_active)) {
        m_at.at(m_active) = std::clamp<Step>(at, 0, lastStamp());
        m_following = false;
        show(true);
    }
}

const ShownRun* TimeCursors::shownRun() const
{
    const Step last = std::max(m_at[0].value_or(0), m_at[1].value_or(0));
    if (last <= m_run.now || !m_previous.history) {
        return m_run.history ? &m_run : nullptr;
    }
    return &m_previous;
}

bool TimeCursors::showsPrevious() const { return shownRun() == &m_previous; }

std::vector<CursorReading> TimeCursors::readings(std::size_t cursor) const
{
    std::vector<CursorReading> all;
    const ShownRun* run = shownRun();
    if (run == nullptr || !m_at.at(cursor)) {
        return all;
    }
    for (const TimePlot* panel : m_panels) {
        for (CursorReading& reading : panel->readings(*run, *m_at.at(cursor))) {
            // A close-up shows again what a panel above it shows.
            const bool twice = reading.place
                && std::any_of(all.begin(), all.end(),
                    [&](const CursorReading& other) { return other.place == reading.place; });
            if (!twice) {
                all.push_back(std::move(reading));
            }
        }
    }
    return all;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> TimeCursors::markedNeurons() const
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
    for (const TimePlot* panel : m_panels) {
        for (const auto& neuron : panel->markedNeurons()) {
            if (std::find(all.begin(), all.end(), neuron) == all.end()) {
                all.push_back(neuron);
            }
        }
    }
    return all;
}

const ShownRun& TimeCursors::runAt(Step at) const
{
    return at <= m_run.now || !m_previous.history ? m_run : m_previous;
}

std::vector<Step> TimeCursors::markedSpikes(const ShownRun& run, Step after, Step last) const
{
    const auto neurons = markedNeurons();
    std::vector<Step> steps;
    for (const auto& spike : run.history->spikes(after, last)) {
        const std::pair neuron {spike.population, spike.neuron};
        if (std::find(neurons.begin(), neurons.end(), neuron) != neurons.end()) {
            steps.push_back(spike.step);
        }
    }
    return steps;
}

std::optional<Step> TimeCursors::nearestSpike(Step at, Step within) const
{
    within = std::min(within, most_searched);
    std::optional<Step> nearest;
    for (const Step spike : markedSpikes(runAt(at), at - within - 1, at + within)) {
        if (!nearest || std::abs(spike - at) < std::abs(*nearest - at)) {
            nearest = spike;
        }
    }
    return nearest;
}

std::optional<Step> TimeCursors::neighbourSpike(bool forward) const
{
    const Step at = m_at.at(m_active).value_or(0);
    const Step limit = forward ? lastStamp() : 0;
    Step from = forward ? at : at - 1;
    // Piece by piece: the next one is mostly near.
    while (forward ? from < limit : from > limit) {
        const Step to = forward ? from + most_searched : std::max<Step>(0, from - most_searched);
        const auto spikes = markedSpikes(runAt(at), std::min(from, to), std::max(from, to));
        if (!spikes.empty()) {
            return forward ? spikes.front() : spikes.back();
        }
        from = to;
    }
    return std::nullopt;
}

QString TimeCursors::timeText(Step at) const
{
    const std::string dt = engine::core::number_text(m_run.grid.dt_ms());
    const auto point = dt.find('.');
    const int decimals
        = point == std::string::npos ? 0 : std::min(6, static_cast<int>(dt.size() - point) - 1);
    return tr("%1 ms").arg(m_run.grid.time_ms(at), 0, 'f', decimals);
}

void TimeCursors::show(bool redraw)
{
    const ShownRun* run = shownRun();
    for (TimePlot* panel : m_panels) {
        std::vector<CursorLine> lines;
        for (std::size_t i = 0; i < m_at.size() && run != nullptr; ++i) {
            if (!m_at.at(i)) {
                continue;
            }
            const Step at = *m_at.at(i);
            const Step other = m_at.at(1 - i).value_or(-1);
            lines.push_back({.t = run->grid.time_ms(at),
                .time = timeText(at),
                .name = i == 0 ? QStringLiteral("A") : QStringLiteral("B"),
                .active = i == m_active,
                .later = at > other || (at == other && i == 1),
                .readings = panel->readings(*run, at)});
        }
        panel->cursorLayer().show(std::move(lines), redraw);
    }
    Q_EMIT changed();
}

} // namespace ui
