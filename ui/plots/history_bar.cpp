#include "ui/plots/history_bar.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/plots/history_track.hpp"
#include "ui/plots/time_axis.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/transport_icons.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace ui {

using engine::core::Step;

namespace {

constexpr int refresh_ms = 60;
constexpr double overviewBudget_ms = 1.0; // of every refresh

QAction* makeAction(QWidget* owner, const QString& text, const QString& tip, const QString& key)
{
    auto* action = new QAction(text, owner);
    action->setShortcut(QKeySequence(key));
    action->setStatusTip(tip);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    return action;
}

} // namespace

HistoryBar::HistoryBar(
    EngineBridge& bridge, TimeAxis& axis, const std::vector<ChangeFlag>& flags, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_axis(axis)
    , m_track(new HistoryTrack(axis, this))
    , m_continue(makeAction(this, tr("Continue from here"),
          tr("Go back to the marked moment and branch there"), QStringLiteral("B")))
    , m_withPresentValues(makeAction(this, tr("Continue with the present values"),
          tr("Go back to the marked moment and branch there with the values of now"),
          QStringLiteral("Shift+B")))
    , m_backToOriginal(makeAction(this, tr("Back to the original"),
          tr("Back to the run that the present one left, at its end"), QStringLiteral("Ctrl+B")))
    , m_button(new QToolButton(this))
{
    m_continue->setIcon(transportIcon(TransportIcon::branch));
    connect(m_continue, &QAction::triggered, this, [this] { continueFrom(false); });
    connect(m_withPresentValues, &QAction::triggered, this, [this] { continueFrom(true); });
    connect(m_backToOriginal, &QAction::triggered, this, &HistoryBar::backToOriginal);

    auto* menu = new QMenu(m_button);
    menu->addActions({m_withPresentValues, m_backToOriginal});
    m_button->setDefaultAction(m_continue);
    m_button->setMenu(menu);
    m_button->setPopupMode(QToolButton::MenuButtonPopup);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setAccessibleName(tr("Continue from here"));
    pressWithReturn(m_button);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 2, 4, 2);
    row->addWidget(m_track, 1);
    row->addWidget(m_button);
    m_track->setFlags(&flags);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refresh_ms);
    connect(&m_refresh, &QTimer::timeout, this, &HistoryBar::refresh);
    connect(m_track, &HistoryTrack::marked, this, &HistoryBar::setMark);
    connect(m_track, &HistoryTrack::continueAsked, m_continue, &QAction::trigger);
    connect(&axis, &TimeAxis::changed, this, &HistoryBar::showActions);
    connect(&axis, &TimeAxis::liveChanged, this, &HistoryBar::showActions);
    connect(&bridge, &EngineBridge::sessionChanged, this, [this](const engine::Frame& frame) {
        m_former.reset();
        begin(frame);
    });
    connect(&bridge, &EngineBridge::sweepChanged, this, [this](const engine::Frame& frame) {
        m_former = frame.branch ? Former {frame.branch->sweep, frame.branch->end}
                                : Former {m_sweep, m_now};
        begin(frame);
    });
    connect(&bridge, &EngineBridge::frameReady, this, &HistoryBar::takeFrame);
    showActions();
}

void HistoryBar::fillMenu(QMenu& menu)
{
    menu.addActions({m_continue, m_withPresentValues, m_backToOriginal});
}

void HistoryBar::begin(const engine::Frame& frame)
{
    const engine::config::SimulationSettings& settings = frame.document.experiment().simulation;
    m_grid = engine::core::TimeGrid(settings.dt_ms);
    m_sweepMs
        = settings.at_end == engine::config::AtEnd::repeat ? settings.duration_ms : std::nullopt;
    m_now = 0;
    m_sweep = frame.sweep;
    m_track->overview().begin(frame.history, m_grid.steps(m_sweepMs.value_or(m_axis.windowMs())));
    m_moments.branch
        = frame.branch ? std::optional(m_grid.time_ms(frame.branch->at)) : std::nullopt;
    // The mark of a preset that repeats is a moment of every sweep, until it has been gone back to.
    if (frame.branch || !m_sweepMs) {
        m_moments.marked.reset();
    }
    m_track->setMoments(m_moments);
    Q_EMIT momentsChanged();
}

void HistoryBar::takeFrame(const engine::Frame& frame)
{
    m_now = std::max(m_now, frame.to);
    m_kept_ms = frame.status.history_from_ms;
    if (!m_refresh.isActive()) {
        m_refresh.start();
    }
}

void HistoryBar::refresh()
{
    if (m_track->overview().advance(m_now, overviewBudget_ms)) {
        m_refresh.start();
    }
    const double now = m_grid.time_ms(m_now);
    m_track->setSpan({.end = std::max(m_sweepMs.value_or(m_axis.windowMs()), now),
        .kept = m_kept_ms,
        .now = now,
        .dt = m_grid.dt_ms()});
    showActions();
}

std::optional<double> HistoryBar::moment() const
{
    if (m_moments.marked) {
        return m_moments.marked;
    }
    if (m_axis.live()) {
        return std::nullopt;
    }
    return std::clamp(m_axis.upper(), m_kept_ms, std::max(m_kept_ms, m_grid.time_ms(m_now)));
}

void HistoryBar::setMark(std::optional<double> t)
{
    m_moments.marked = t;
    m_track->setMoments(m_moments);
    showActions();
    Q_EMIT momentsChanged();
}

void HistoryBar::showActions()
{
    const auto t = moment();
    m_continue->setEnabled(t.has_value());
    m_withPresentValues->setEnabled(t.has_value());
    m_backToOriginal->setEnabled(m_moments.branch && m_former);
    const QString text
        = t ? tr("Continue from %1 ms").arg(*t, 0, 'f', 1) : tr("Continue from here");
    if (m_continue->iconText() != text) {
        m_continue->setIconText(text);
        // The button keeps its width while the moment moves.
        m_button->setMinimumWidth(std::max(m_button->minimumWidth(), m_button->sizeHint().width()));
    }
}

void HistoryBar::continueFrom(bool presentValues)
{
    const auto t = moment();
    if (!t) {
        return;
    }
    engine::ContinueFrom command {m_grid.steps(*t), std::nullopt, presentValues};
    // What the present sweep has not come to yet is a moment of the sweep shown behind it.
    if (command.step > m_now && m_former && command.step <= m_former->end) {
        command.sweep = m_former->sweep;
    }
    m_bridge.post(command);
    setMark(std::nullopt);
    m_axis.goLive();
}

void HistoryBar::backToOriginal()
{
    if (m_former) {
        m_bridge.post(engine::ContinueFrom {m_former->end, m_former->sweep, false});
        m_axis.goLive();
    }
}

} // namespace ui
