#include "ui/selection/selection_bar.hpp"

#include "ui/selection/neuron_actions.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QAction>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace ui {

SelectionBar::SelectionBar(NeuronActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_targets(new QLabel(this))
    , m_pulse(new QDoubleSpinBox(this))
    , m_pulseMs(new QDoubleSpinBox(this))
    , m_kick(new QDoubleSpinBox(this))
    , m_silenceMs(new QDoubleSpinBox(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 2, 6, 2);
    row->setSpacing(4);
    row->addWidget(m_targets, 1);
    const auto button = [&](QAction* action) {
        auto* made = new QToolButton(this);
        made->setDefaultAction(action);
        made->setAccessibleName(action->statusTip());
        made->setFocusPolicy(Qt::TabFocus);
        pressWithReturn(made);
        row->addWidget(made);
    };
    const auto box = [&](QDoubleSpinBox* made, const QString& name, double least, double most,
                         int decimals, double step) {
        made->setRange(least, most);
        made->setDecimals(decimals);
        made->setSingleStep(step);
        made->setAccessibleName(name);
        made->setToolTip(name);
        made->setKeyboardTracking(false);
        guardWheel(made);
        connect(made, &QDoubleSpinBox::valueChanged, this, &SelectionBar::takeSizes);
        row->addWidget(made);
    };
    constexpr double most = 1e6;
    button(actions.pulseAction());
    box(m_pulse, tr("Current of a pulse"), -most, most, 1, 10.0);
    box(m_pulseMs, tr("How long a pulse lasts"), 0.1, most, 1, 1.0);
    row->addSpacing(6);
    button(actions.kickAction());
    box(m_kick, tr("How far V_m jumps"), -1000.0, 1000.0, 1, 1.0);
    row->addSpacing(6);
    button(actions.silenceAction());
    box(m_silenceMs, tr("How long neurons are silenced; 0: until they are released"), 0.0, most, 0,
        10.0);
    button(actions.releaseAction());
    m_pulseMs->setSuffix(tr(" ms"));
    m_kick->setSuffix(tr(" mV"));
    m_silenceMs->setSuffix(tr(" ms"));
    m_silenceMs->setSpecialValueText(tr("until released"));
    auto* close = new QToolButton(this);
    close->setText(tr("Let go"));
    close->setToolTip(tr("Nothing is chosen any more (Esc in the raster)"));
    close->setFocusPolicy(Qt::TabFocus);
    pressWithReturn(close);
    connect(close, &QToolButton::clicked, this, [this] { m_actions.selection().clear(); });
    row->addWidget(close);
    setAccessibleName(tr("Actions on the chosen neurons"));
    connect(&actions, &NeuronActions::changed, this, &SelectionBar::showTargets);
    showTargets();
}

void SelectionBar::showTargets()
{
    const bool any = !m_actions.selection().targets().empty();
    setVisible(any || m_actions.silencing());
    m_targets->setText(any ? m_actions.targetsText() : tr("nobody chosen"));
    m_targets->setToolTip(m_targets->text());
    const NeuronActions::Sizes& sizes = m_actions.sizes();
    const QString unit = m_actions.currentUnit();
    m_pulse->setSuffix(unit.isEmpty() ? QString() : QLatin1Char(' ') + unit);
    for (const auto& [box, value] :
        {std::pair(m_pulse, sizes.pulse), std::pair(m_pulseMs, sizes.pulseMs),
            std::pair(m_kick, sizes.kickMv), std::pair(m_silenceMs, sizes.silenceMs)}) {
        const QSignalBlocker quiet(box);
        box->setValue(value);
    }
}

void SelectionBar::takeSizes()
{
    m_actions.setSizes({.pulse = m_pulse->value(),
        .pulseMs = m_pulseMs->value(),
        .kickMv = m_kick->value(),
        .silenceMs = m_silenceMs->value()});
}

} // namespace ui
