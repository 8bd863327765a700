#include "ui/plots/stimulus_panel.hpp"
#include "ui/stimuli/drag_handle.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/nice_numbers.hpp"

#include <QLabel>
#include <QMenu>

#include <algorithm>
#include <cmath>
#include <set>

// How stimuli are edited where they are drawn.

namespace ui {

namespace {

using engine::config::PresetDocument;
using Shape = StimulusHandle::Shape;

constexpr int decideAfter = 4; // pixels, until a drag is one in time or in value
constexpr qint64 sameStepsMs = 1200; // key steps that follow each other are one step of undo

DragHandle::Axis axisOf(const StimulusHandle& held)
{
    if (held.setTime && held.setValue) {
        return DragHandle::Axis::both;
    }
    return held.setTime ? DragHandle::Axis::time : DragHandle::Axis::value;
}

bool inLane(const StimulusHandle& held, const StimulusDrawing& drawing)
{
    return held.stimulus < drawing.items.size() && drawing.items[held.stimulus].spikes;
}

/// The number of the time that the handle belongs to; nothing where it belongs to the whole.
std::optional<std::size_t> timeOf(const StimulusHandle& held)
{
    const QStringList parts = held.id.split(QLatin1Char('/'));
    return parts.size() == 3 ? std::optional<std::size_t>(parts[2].toULongLong()) : std::nullopt;
}

} // namespace

DragHandle* StimulusPanel::handle(const QString& id) const
{
    const auto found = m_handles.find(id);
    return found == m_handles.end() ? nullptr : found->second.widget;
}

const StimulusHandle* StimulusPanel::handleData(const QString& id) const
{
    const auto found = m_handles.find(id);
    return found == m_handles.end() ? nullptr : &found->second.data;
}

QStringList StimulusPanel::handleIds() const
{
    QStringList ids;
    for (const auto& [id, handle] : m_handles) {
        ids += id;
    }
    return ids;
}

QString StimulusPanel::moveText() const { return m_said->isVisible() ? m_said->text() : QString(); }

QRect StimulusPanel::areaOf(const StimulusHandle& held) const
{
    const QRect area = axisRect()->rect();
    const int x = qRound(xAxis->coordToPixel(held.t_ms));
    const int y = qRound(yAxis->coordToPixel(held.value));
    constexpr int hit = DragHandle::leastHit;
    QRect out;
    if (inLane(held, *m_drawing)) {
        const QRect lane = m_drawing->lane(held.stimulus);
        out = held.shape == Shape::size
            ? QRect(lane.right() - 2 * hit, lane.top(), hit, lane.height())
            : QRect(x - hit / 2, lane.top(), hit, lane.height());
    } else if (held.shape == Shape::level) {
        const int end = qRound(xAxis->coordToPixel(held.end_ms));
        const int left = std::max(x, area.left());
        out = QRect(left, y - hit / 2, std::max(std::min(end, area.right()) - left, hit), hit);
    } else if (held.shape == Shape::edge) {
        const int other = qRound(yAxis->coordToPixel(held.other));
        const int height = std::max(std::abs(y - other), hit);
        out = QRect(x - hit / 2, std::min(y, other), hit, height);
    } else {
        out = QRect(x - hit / 2, y - hit / 2, hit + 2, hit + 2);
    }
    // One that stands at the right edge of the view is taken hold of inside.
    if (out.left() > area.right() - hit && x <= area.right() + 1) {
        out.moveRight(area.right());
    }
    const QRect seen = out & area;
    return seen.height() >= std::min(hit, out.height()) ? seen : QRect();
}

void StimulusPanel::updateHandles()
{
    std::set<QString> present;
    const HandleView view {timeAxis().lower(), timeAxis().upper()};
    for (const auto& stimulus : m_views) {
        for (StimulusHandle& held : stimulusHandles(*m_document, stimulus, view)) {
            const QString id = held.id;
            present.insert(id);
            Handle& handle = m_handles[id];
            if (handle.widget == nullptr) {
                handle.widget = makeHandle(id);
                if (held.shape == Shape::level) {
                    handle.widget->lower(); // under the edges at its ends
                }
            }
            const bool renamed = handle.data.name != held.name;
            handle.data = std::move(held);
            const QRect area = areaOf(handle.data);
            const bool shown = area.width() >= 3 && !area.isEmpty();
            if (shown) {
                handle.widget->place(
                    area, axisOf(handle.data), m_drawing->items[stimulus.index].color);
            }
            // A handle that is being moved keeps the mouse.
            handle.widget->setVisible(shown || handle.widget->isDragging());
            if (renamed) {
                handle.widget->setAccessibleName(handle.data.name);
                handle.widget->setToolTip(
                    tr("%1: drag, or use the arrow keys (Shift: finer; Delete: "
                       "remove)")
                        .arg(handle.data.name));
            }
        }
    }
    for (auto it = m_handles.begin(); it != m_handles.end();) {
        if (present.count(it->first) == 0) {
            it->second.widget->hide();
            it->second.widget->deleteLater(); // it may be the one that told of the change
            it = m_handles.erase(it);
        } else {
            ++it;
        }
    }
}

DragHandle* StimulusPanel::makeHandle(const QString& id)
{
    auto* widget = new DragHandle(this);
    connect(widget, &DragHandle::grabbed, this, [this, id] { grab(id); });
    connect(widget, &DragHandle::dragged, this,
        [this, id](const QPoint& way, bool fine) { drag(id, way, fine); });
    connect(widget, &DragHandle::dropped, this, [this] {
        m_drag.reset();
        m_said->hide();
    });
    connect(widget, &DragHandle::givenUp, this, [this] {
        if (m_drag) {
            m_desk.giveUp(m_drag->gesture);
        }
        m_drag.reset();
        m_said->hide();
    });
    connect(widget, &DragHandle::stepped, this,
        [this, id](int right, int up, bool fine) { step(id, right, up, fine); });
    connect(widget, &DragHandle::removeAsked, this, [this, id] { remove(id); });
    connect(widget, &DragHandle::menuAsked, this, [this](const QPoint& global) {
        m_menuAt = mapFromGlobal(global);
        Q_EMIT menuAsked(global);
    });
    connect(widget, &DragHandle::highlighted, this, [this](bool on) {
        if (!on && !m_drag) {
            m_said->hide();
        }
    });
    return widget;
}

double StimulusPanel::quantum() const
{
    return niceBelow(yAxis->range().size() / std::max(1, axisRect()->height()));
}

double StimulusPanel::laneQuantum(double value)
{
    constexpr double stepsToDouble = 50.0;
    return niceBelow(value != 0.0 ? std::abs(value) / stepsToDouble : 1.0);
}

void StimulusPanel::grab(const QString& id)
{
    const auto found = m_handles.find(id);
    if (found == m_handles.end()) {
        return;
    }
    m_stepped.clear();
    m_drag = Drag {found->second.data, m_desk.newGesture(),
        xAxis->coordToPixel(found->second.data.t_ms), 1.0, {}};
    if (axisOf(m_drag->data) != DragHandle::Axis::both) {
        m_drag->inTime = static_cast<bool>(m_drag->data.setTime);
    }
    // The scale of the moment: an axis that follows would run away from the mouse.
    m_drag->perPixel = yAxis->range().size() / std::max(1, axisRect()->height());
}

void StimulusPanel::drag(const QString& id, const QPoint& way, bool fine)
{
    if (!m_drag) {
        return;
    }
    if (!m_drag->inTime) {
        if (way.manhattanLength() < decideAfter) {
            return;
        }
        m_drag->inTime = std::abs(way.x()) >= std::abs(way.y());
    }
    const StimulusHandle& held = m_drag->data;
    if (*m_drag->inTime) {
        moveHandle(held, held.setTime(xAxis->pixelToCoord(m_drag->x + way.x())), m_drag->gesture);
    } else {
        const bool lane = inLane(held, *m_drawing);
        const double perPixel = lane ? laneQuantum(held.value) : m_drag->perPixel;
        const double quantum = niceBelow(perPixel) * (fine ? 0.1 : 1.0);
        const double share = fine ? 0.1 : 1.0; // of the way of the mouse
        const double value = toMultiple(held.value - share * way.y() * perPixel, quantum);
        moveHandle(held, held.setValue(value), m_drag->gesture);
    }
    say(m_said->text(), id);
}

void StimulusPanel::step(const QString& id, int right, int up, bool fine)
{
    const auto found = m_handles.find(id);
    if (found == m_handles.end()) {
        return;
    }
    const StimulusHandle held = found->second.data;
    if (m_stepped != id || m_steppedAt.elapsed() > sameStepsMs) {
        m_stepped = id;
        m_stepGesture = m_desk.newGesture();
    }
    m_steppedAt.start();
    const double dt = run().grid.dt_ms();
    if (right != 0 && held.setTime) {
        constexpr double stepsInView = 300.0;
        const double size = fine ? dt : std::max(dt, niceBelow(timeAxis().width() / stepsInView));
        moveHandle(held, held.setTime(held.t_ms + right * size), m_stepGesture);
    } else if (up != 0 && held.setValue) {
        constexpr double pixels = 4.0; // a step that is seen
        const double size
            = inLane(held, *m_drawing) ? laneQuantum(held.value) : niceBelow(pixels * quantum());
        const double quantum = size * (fine ? 0.1 : 1.0);
        moveHandle(
            held, held.setValue(toMultiple(held.value + up * quantum, quantum)), m_stepGesture);
    } else {
        return;
    }
    say(m_said->text(), id);
}

void StimulusPanel::moveHandle(
    const StimulusHandle& held, const HandleMove& wanted, quint64 gesture)
{
    const QString refused = m_desk.setNumbers(wanted.numbers, held.name, gesture);
    m_said->setText(refused.isEmpty() ? wanted.label : refused);
}

void StimulusPanel::say(const QString& text, const QString& id)
{
    const DragHandle* at = handle(id);
    if (at == nullptr) {
        return;
    }
    m_said->setText(text);
    m_said->adjustSize();
    const QPoint wanted = at->geometry().center() + QPoint(14, -m_said->height() - 6);
    m_said->move(std::clamp(wanted.x(), 0, std::max(0, width() - m_said->width())),
        std::clamp(wanted.y(), 0, std::max(0, height() - m_said->height())));
    m_said->show();
    m_said->raise();
}

void StimulusPanel::remove(const QString& id)
{
    const StimulusHandle* held = handleData(id);
    if (held == nullptr || held->stimulus >= m_views.size()) {
        return;
    }
    const std::size_t index = held->stimulus;
    const auto n = timeOf(*held);
    const auto* times = m_views[index].row("times");
    const QString label = QString::fromStdString(m_views[index].name());
    if (n && times != nullptr && times->cells.size() > 1) {
        m_desk.apply(
            [&](const PresetDocument& d) { return engine::config::remove_time(d, index, *n); },
            tr("Remove %1").arg(held->name));
    } else {
        m_desk.apply(
            [&](const PresetDocument& d) { return engine::config::remove_stimulus(d, index); },
            tr("Remove %1").arg(label));
    }
}

void StimulusPanel::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::RightButton) {
        m_menuAt = event->pos();
    }
    TimePlot::mousePressEvent(event);
}

void StimulusPanel::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int stimulus = stimulusAt(event->pos());
    if (stimulus < 0) {
        m_fit = true;
        TimePlot::mouseDoubleClickEvent(event);
    } else {
        Q_EMIT editAsked(stimulus);
        event->accept();
    }
}

int StimulusPanel::stimulusAt(const QPoint& position) const
{
    constexpr double near = 8.0; // pixels
    for (std::size_t i = 0; i < m_drawing->items.size(); ++i) {
        const StimulusDrawing::Item& item = m_drawing->items[i];
        if (item.spikes) {
            if (m_drawing->lane(i).contains(position)) {
                return static_cast<int>(i);
            }
            continue;
        }
        const auto step = run().grid.steps(xAxis->pixelToCoord(position.x()));
        const auto after = std::upper_bound(item.points.begin(), item.points.end(), step,
            [](auto at, const auto& point) { return at < point.step; });
        if (after == item.points.begin()) {
            continue;
        }
        const double y = yAxis->coordToPixel(std::prev(after)->value);
        const double zero = yAxis->coordToPixel(0.0);
        const bool under = std::abs(y - zero) > near && position.y() > std::min(y, zero) - near
            && position.y() < std::max(y, zero);
        if (under) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void StimulusPanel::fillMenu(QMenu& menu)
{
    if (!m_document) {
        return;
    }
    const QPoint position = m_menuAt.value_or(axisRect()->rect().center());
    m_menuAt.reset();
    const auto step
        = std::max<engine::core::Step>(run().grid.steps(xAxis->pixelToCoord(position.x())), 0);
    const double at_ms = run().grid.time_ms(step);
    menu.addSeparator();
    addMenu(*menu.addMenu(tr("Add stimulus at %1 ms").arg(at_ms)), at_ms);
    for (const auto& view : m_views) {
        if (view.row("times") == nullptr) {
            continue;
        }
        offer(menu,
            tr("Add one to “%1” at %2 ms").arg(QString::fromStdString(view.name())).arg(at_ms),
            [index = view.index, at_ms](const PresetDocument& document) {
                return engine::config::insert_time(document, index, at_ms);
            });
    }
    int stimulus = stimulusAt(position);
    if (stimulus < 0 && m_views.size() == 1) {
        stimulus = 0;
    }
    if (stimulus >= 0) {
        itemMenu(menu, stimulus);
    }
    menu.addAction(
        tr("Edit exact values…"), this, [this, stimulus] { Q_EMIT editAsked(stimulus); });
}

void StimulusPanel::addMenu(QMenu& menu, double at_ms)
{
    for (const engine::config::StimulusType& type : engine::config::stimulus_types()) {
        QAction* action = menu.addAction(tr(type.title.c_str()));
        action->setToolTip(tr(type.meaning.c_str()));
        connect(
            action, &QAction::triggered, this, [this, at_ms, name = type.name, title = type.title] {
                m_desk.apply(
                    [&](const PresetDocument& document) {
                        return engine::config::add_stimulus(
                            document, name, 0, at_ms, timeAxis().width());
                    },
                    tr("Add %1").arg(tr(title.c_str())));
            });
    }
}

void StimulusPanel::offer(QMenu& menu, const QString& text, const Edit& edit)
{
    menu.addAction(text, this, [this, text, edit] {
        const QString refused = m_desk.apply(edit, text);
        if (!refused.isEmpty()) {
            Q_EMIT m_desk.noted(refused);
        }
    });
}

void StimulusPanel::itemMenu(QMenu& menu, int stimulus)
{
    const auto& view = m_views.at(static_cast<std::size_t>(stimulus));
    const std::size_t index = view.index;
    const QString label = QString::fromStdString(view.name());
    offer(menu, tr("Duplicate “%1”").arg(label),
        [index](const PresetDocument& d) { return engine::config::duplicate_stimulus(d, index); });
    offer(menu, tr("Remove “%1”").arg(label),
        [index](const PresetDocument& d) { return engine::config::remove_stimulus(d, index); });
}

} // namespace ui
