#include "ui/panels/status_strip.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/numerics_badge.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace ui {
namespace {

constexpr qint64 refresh_ms = 250; // faster, numbers cannot be read

QString stateText(engine::RunState state)
{
    switch (state) {
    case engine::RunState::empty:
        return StatusStrip::tr("empty");
    case engine::RunState::running:
        return StatusStrip::tr("running");
    case engine::RunState::paused:
        return StatusStrip::tr("paused");
    case engine::RunState::ended:
        return StatusStrip::tr("ended");
    case engine::RunState::failed:
        return StatusStrip::tr("failed");
    }
    return {};
}

QString factor(double x)
{
    return x >= 1000.0
        ? QStringLiteral("%1x").arg(qRound64(x / 100.0) * 100)
        : QString::number(x, x < 10.0 ? 'f' : 'g', x < 10.0 ? 2 : 3) + QLatin1Char('x');
}

} // namespace

QString timeText(double t_ms)
{
    return t_ms < 1000.0 ? QStringLiteral("%1 ms").arg(t_ms, 0, 'f', 1)
                         : QStringLiteral("%1 s").arg(t_ms / 1000.0, 0, 'f', 3);
}

QString paceText(const engine::Status& status)
{
    const QString reached = factor(status.pace);
    if (!status.speed) {
        return StatusStrip::tr("%1, as fast as possible").arg(reached);
    }
    const bool behind = status.state == engine::RunState::running && status.capacity > 0.0
        && status.capacity < *status.speed && status.pace < 0.9 * *status.speed;
    if (behind) {
        return StatusStrip::tr("%1 of %2 asked: the processor allows no more")
            .arg(reached, factor(*status.speed));
    }
    return status.capacity > 0.0
        ? StatusStrip::tr("%1 (CPU allows %2)").arg(reached, factor(status.capacity))
        : reached;
}

StatusStrip::StatusStrip(EngineBridge& bridge, QWidget* parent)
    : QStatusBar(parent)
    , m_bridge(bridge)
    , m_build(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_numerics(new NumericsBadge(bridge, this))
    , m_state(addField(tr("State"), tr("State of the run"), tr("running")))
    , m_time(addField(tr("Model time"), tr("Model time"), QStringLiteral("t 0000.000 s")))
    , m_pace(addField(tr("Pace"),
          tr("Model time / wall time reached, and what the processor would allow"),
          QStringLiteral("1.00x (CPU allows 0000x)")))
    , m_dt(addField(tr("Step"), tr("Step of the simulation"), QStringLiteral("dt 0.05 ms")))
    , m_fps(addField(
          tr("Frames a second"), tr("Frames a second of the window"), QStringLiteral("60 fps")))
    , m_seed(addField(tr("Seed"), tr("Seed of all random numbers"), QStringLiteral("seed 00")))
    , m_hash(addField(tr("Identity"),
          tr("Short identity of parameters and seed: equal runs have equal ones"),
          QStringLiteral("hash 0000")))
    , m_synapses(addField(tr("Synapses"), tr("Neurons and synapses"), {}))
    , m_history(addField(tr("History"), tr("Recorded data is complete from here on"), {}))
{
    setSizeGripEnabled(false);
    setContentsMargins(0, 0, fontMetrics().averageCharWidth(), 0);
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(140);
    m_progress->setAccessibleName(tr("Progress of the build"));
    m_cancel->setAccessibleName(tr("Cancel the build"));
    pressWithReturn(m_cancel);
    insertWidget(0, m_build);
    insertWidget(1, m_progress);
    insertWidget(2, m_cancel);
    insertWidget(3, m_numerics);
    m_numerics->hide(); // until it has something to say
    for (QWidget* widget : std::initializer_list<QWidget*> {m_build, m_progress, m_cancel}) {
        widget->hide();
    }
    connect(
        m_cancel, &QPushButton::clicked, this, [this] { m_bridge.post(engine::CancelBuild {}); });
    connect(&bridge, &EngineBridge::frameReady, this, &StatusStrip::frameReady);
    connect(m_numerics, &NumericsBadge::resized, this, &StatusStrip::fit);
    m_late.setSingleShot(true);
    m_late.setInterval(static_cast<int>(refresh_ms));
    connect(&m_late, &QTimer::timeout, this, &StatusStrip::showStatus);
    m_sinceShown.start();
}

QLabel* StatusStrip::addField(const QString& name, const QString& tip, const QString& widest)
{
    auto* label = new QLabel(this);
    label->setAccessibleName(name);
    label->setToolTip(tip);
    label->setMinimumWidth(fontMetrics().horizontalAdvance(widest) + 4);
    addPermanentWidget(label);
    return label;
}

void StatusStrip::frameReady()
{
    ++m_frames;
    const engine::Status& status = m_bridge.status();
    showBuild(status);
    if (m_sinceShown.elapsed() >= refresh_ms || status.state != m_shownState) {
        showStatus();
    } else if (!m_late.isActive()) {
        m_late.start();
    }
}

void StatusStrip::showStatus()
{
    m_late.stop();
    const engine::Status& status = m_bridge.status();
    const qint64 elapsed = m_sinceShown.restart();
    // Of a run that stands still it would say nothing but how busy the machine is.
    m_fps->setText(status.state == engine::RunState::running && elapsed > 0
            ? tr("%1 fps").arg(qRound(1000.0 * m_frames / static_cast<double>(elapsed)))
            : QString());
    m_frames = 0;
    m_shownState = status.state;
    const QLocale locale;
    m_state->setText(stateText(status.state));
    m_time->setText(QStringLiteral("t %1").arg(timeText(status.t_ms)));
    m_pace->setText(paceText(status));
    m_dt->setText(tr("dt %1 ms").arg(status.dt_ms));
    m_seed->setText(tr("seed %1").arg(status.seed));
    m_hash->setText(tr("hash %1").arg(status.state_hash & 0xffffU, 4, 16, QLatin1Char('0')));
    m_synapses->setText(status.synapses > 0
            ? tr("%1 synapses").arg(locale.toString(static_cast<qulonglong>(status.synapses)))
            : QString());
    m_history->setText(status.history_from_ms > 0.0
            ? tr("history from t = %1").arg(timeText(status.history_from_ms))
            : QString());
    fit();
}

QSize StatusStrip::minimumSizeHint() const
{
    // Texts leave rather than keep the window wide.
    return {40 * fontMetrics().averageCharWidth(), QStatusBar::minimumSizeHint().height()};
}

void StatusStrip::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

/// Shows as many fields as there is room for, the most important first.
void StatusStrip::fit()
{
    constexpr int spacing = 8;
    int used = contentsMargins().right() + spacing;
    for (const QWidget* widget :
        std::initializer_list<QWidget*> {m_build, m_progress, m_cancel, m_numerics}) {
        used += widget->isHidden() ? 0 : widget->sizeHint().width() + spacing;
    }
    for (QLabel* label :
        {m_state, m_time, m_pace, m_history, m_synapses, m_dt, m_seed, m_fps, m_hash}) {
        if (!label->text().isEmpty()) {
            used += std::max(label->minimumWidth(), label->sizeHint().width()) + spacing;
        }
        label->setVisible(!label->text().isEmpty() && used <= width());
    }
}

void StatusStrip::showBuild(const engine::Status& status)
{
    const bool building = status.build_fraction.has_value();
    if (building == m_build->isHidden()) {
        m_late.start(); // room for the fields has changed
    }
    m_build->setVisible(building);
    m_progress->setVisible(building);
    m_cancel->setVisible(building);
    if (building) {
        const QString reason = QString::fromStdString(status.build_reason);
        m_build->setText(reason.isEmpty() ? tr("Building") : tr("Building: %1").arg(reason));
        m_progress->setValue(qRound(1000.0 * *status.build_fraction));
    }
}

QString StatusStrip::text() const
{
    QStringList parts;
    for (const QLabel* label :
        {m_state, m_time, m_pace, m_dt, m_fps, m_seed, m_hash, m_synapses, m_history}) {
        if (!label->isHidden() && !label->text().isEmpty()) {
            parts += label->text();
        }
    }
    return parts.join(QStringLiteral("  "));
}

} // namespace ui
