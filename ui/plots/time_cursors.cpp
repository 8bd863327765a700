#include "ui/plots/time_cursors.hpp"

#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

namespace {

constexpr int grabPixels = 4;
constexpr int snapPixels = 25;
constexpr Step most_searched = 5000; // steps on each side: spikes of large networks are many

} // namespace

TimeCursors::TimeCursors(TimeAxis& axis, QObject* parent)
    : QObject(parent)
    , m_axis(axis)
{
}

void TimeCursors::begin(const ShownRun& run, std::vector<TimePlot*> panels)
{
    m_panels = std::move(panels);
    m_run = run;
    m_previous = {};
    m_under.clear();
    for (TimePlot* panel : m_panels) {
        panel->installEventFilter(this);
    }
    m_at = {};
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

// --- mouse

Step TimeCursors::stampAt(const TimePlot& panel, int x, bool snap) const
{
    const Step at = onSample(m_run.grid.steps(panel.xAxis->pixelToCoord(x)));
    if (!snap) {
        return at;
    }
    const double msOfPixel = m_axis.width() / std::max(1, panel.axisRect()->width());
    return nearestSpike(at, m_run.grid.steps(snapPixels * msOfPixel)).value_or(at);
}

std::optional<Step> TimeCursors::nearestSpike(Step at, Step within) const
{
    const ShownRun& run = at <= m_run.now || !m_previous.history ? m_run : m_previous;
    within = std::min(within, most_searched);
    const auto neurons = markedNeurons();
    std::optional<Step> nearest;
    for (const auto& spike : run.history->spikes(at - within - 1, at + within)) {
        const std::pair neuron {spike.population, spike.neuron};
        if (std::find(neurons.begin(), neurons.end(), neuron) != neurons.end()
            && (!nearest || std::abs(spike.step - at) < std::abs(*nearest - at))) {
            nearest = spike.step;
        }
    }
    return nearest;
}

std::optional<std::size_t> TimeCursors::cursorNear(const TimePlot& panel, int x) const
{
    for (const std::size_t i : {m_active, 1 - m_active}) {
        if (m_at.at(i)
            && std::abs(panel.xAxis->coordToPixel(m_run.grid.time_ms(*m_at.at(i))) - x)
                <= grabPixels) {
            return i;
        }
    }
    return std::nullopt;
}

void TimeCursors::follow(const TimePlot& panel, int x, bool snap)
{
    m_at.at(m_active) = stampAt(panel, x, snap);
    show(true);
}

bool TimeCursors::mouseMoved(TimePlot& panel, const QMouseEvent& event)
{
    m_under = &panel;
    m_mouseX = event.pos().x();
    m_mouseSnaps = m_snaps != event.modifiers().testFlag(Qt::ControlModifier);
    if (m_dragging || (m_following && event.buttons() == Qt::NoButton)) {
        follow(panel, m_mouseX, m_mouseSnaps);
        return m_dragging;
    }
    if (event.buttons() == Qt::NoButton) {
        panel.setCursor(cursorNear(panel, m_mouseX) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    }
    return false;
}

bool TimeCursors::mousePressed(TimePlot& panel, const QMouseEvent& event)
{
    m_pressed = event.pos();
    if (event.button() != Qt::LeftButton || event.pos().x() < panel.axisRect()->left()) {
        return false;
    }
    if (event.modifiers().testFlag(Qt::ShiftModifier) && m_at[0]) {
        m_active = 1;
        m_following = false;
        m_dragging = true;
        follow(panel, event.pos().x(), m_snaps);
        return true;
    }
    if (const auto near = cursorNear(panel, event.pos().x()); near && !m_following) {
        m_active = *near;
        m_dragging = true;
        show(true);
        return true;
    }
    return false;
}

bool TimeCursors::mouseReleased(TimePlot& panel, const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton) {
        return false;
    }
    if (std::exchange(m_dragging, false)) {
        return true;
    }
    const bool click = (event.pos() - m_pressed).manhattanLength() < grabPixels;
    if (m_following && click) {
        follow(panel, event.pos().x(), m_mouseSnaps);
        m_following = false;
    }
    return false; // the panel ends its drag
}

// --- keys

bool TimeCursors::handlesKey(const QKeyEvent& event) const
{
    if (count() == 0) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
        return true;
    case Qt::Key_Tab:
        return event.modifiers() == Qt::NoModifier && count() == 2;
    default:
        return false;
    }
}

std::optional<Step> TimeCursors::neighbourSpike(bool forward) const
{
    const Step at = m_at.at(m_active).value_or(0);
    const Step limit = forward ? lastStamp() : 0;
    const auto neurons = markedNeurons();
    Step from = forward ? at : at - 1;
    // Piece by piece: the next one is mostly near.
    while (forward ? from < limit : from > limit) {
        const Step to = forward ? from + most_searched : std::max<Step>(0, from - most_searched);
        const ShownRun& run = at <= m_run.now || !m_previous.history ? m_run : m_previous;
        auto spikes = run.history->spikes(std::min(from, to), std::max(from, to));
        if (!forward) {
            std::reverse(spikes.begin(), spikes.end());
        }
        for (const auto& spike : spikes) {
            const std::pair neuron {spike.population, spike.neuron};
            if (std::find(neurons.begin(), neurons.end(), neuron) != neurons.end()) {
                return spike.step;
            }
        }
        from = to;
    }
    return std::nullopt;
}

void TimeCursors::moveBySamples(Step samples)
{
    put(onSample(m_at.at(m_active).value_or(0) + samples * sampleSteps()));
    keepInView();
}

void TimeCursors::keepInView()
{
    const double t = m_run.grid.time_ms(m_at.at(m_active).value_or(0));
    if (t < m_axis.lower() || t > m_axis.upper()) {
        m_axis.show(t - 0.5 * m_axis.width(), t + 0.5 * m_axis.width());
    }
}

bool TimeCursors::keyPressed(const QKeyEvent& event)
{
    if (!handlesKey(event)) {
        return false;
    }
    constexpr Step many = 10;
    const bool forward = event.key() == Qt::Key_Right;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event.modifiers().testFlag(Qt::ControlModifier)) {
            if (const auto spike = neighbourSpike(forward)) {
                put(*spike);
                keepInView();
            }
        } else {
            moveBySamples((forward ? 1 : -1)
                * (event.modifiers().testFlag(Qt::ShiftModifier) ? many : Step {1}));
        }
        break;
    case Qt::Key_Home:
        put(onSample(m_run.grid.steps(m_axis.lower())));
        break;
    case Qt::Key_End:
        put(onSample(m_run.grid.steps(m_axis.upper())));
        break;
    case Qt::Key_Tab:
        m_active = 1 - m_active;
        m_following = false;
        show(true);
        break;
    case Qt::Key_Escape:
        removeLast();
        break;
    default: // Return
        put(m_at.at(m_active).value_or(0));
        break;
    }
    return true;
}

bool TimeCursors::eventFilter(QObject* watched, QEvent* event)
{
    auto* panel = qobject_cast<TimePlot*>(watched);
    if (panel == nullptr || !m_run.history) {
        return QObject::eventFilter(watched, event);
    }
    switch (event->type()) {
    case QEvent::MouseMove:
        return mouseMoved(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonPress:
        return mousePressed(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return mouseReleased(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::KeyPress:
        return keyPressed(*static_cast<QKeyEvent*>(event));
    case QEvent::ShortcutOverride:
        if (handlesKey(*static_cast<QKeyEvent*>(event))) {
            event->accept();
        }
        return false;
    default:
        return false;
    }
}

} // namespace ui
