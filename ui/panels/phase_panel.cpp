#include "ui/panels/phase_panel.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/plots/phase_plot.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr double usualKick = 10.0; // mV: lifts a resting neuron most of the way to its threshold
constexpr double shortestTrail = 50.0; // ms
constexpr double longestTrail = 400.0;

double trailMs(const engine::config::Experiment& experiment)
{
    const double shown = experiment.view.window_ms.value_or(
        experiment.simulation.duration_ms.value_or(longestTrail));
    return std::clamp(shown, shortestTrail, longestTrail);
}

QString colored(const QColor& color, const QString& line, const QString& text)
{
    return QStringLiteral("<span style='color:%1'><b>%2</b></span>&nbsp;%3")
        .arg(color.name(), line, QString(text).replace(QLatin1Char(' '), QStringLiteral("&nbsp;")));
}

} // namespace

PhasePanel::PhasePanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_plot(new PhasePlot(this))
    , m_choice(new QComboBox(this))
    , m_size(new QDoubleSpinBox(this))
    , m_kickButton(new QPushButton(tr("Kick"), this))
    , m_kick(new QAction(tr("&Kick the neuron"), this))
    , m_hint(new QLabel(this))
    , m_record(new QPushButton(tr("Record them of the first neuron"), this))
    , m_legend(new QLabel(this))
    , m_text(new QLabel(this))
{
    setAccessibleName(tr("Phase plane"));
    m_plot->setAccessibleName(tr("Phase plane"));
    m_choice->setAccessibleName(tr("Neuron of the phase plane"));
    m_size->setAccessibleName(tr("Jump of V_m at a kick [mV]"));
    constexpr double largestKick = 200.0;
    m_size->setRange(-largestKick, largestKick);
    m_size->setDecimals(1);
    m_size->setSuffix(QStringLiteral(" mV"));
    m_size->setValue(usualKick);
    m_size->setToolTip(tr("How far V_m jumps at a kick"));
    guardWheel(m_size);
    guardWheel(m_choice);
    m_kick->setShortcut(QKeySequence(Qt::Key_K));
    m_kick->setStatusTip(tr("Kick: V_m of the neuron in the phase plane jumps"));
    m_kickButton->setToolTip(tr("V_m jumps before the next step (K)"));
    pressWithReturn(m_kickButton);
    pressWithReturn(m_record);
    for (QLabel* label : {m_hint, m_legend, m_text}) {
        label->setWordWrap(true);
    }
    m_legend->setTextFormat(Qt::RichText);
    m_text->setAccessibleName(tr("Where the neuron is"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    auto* head = new QHBoxLayout;
    head->addWidget(m_choice);
    head->addStretch(1);
    head->addWidget(m_size);
    head->addWidget(m_kickButton);
    column->addLayout(head);
    column->addWidget(m_hint);
    column->addWidget(m_record, 0, Qt::AlignLeft);
    column->addWidget(m_plot, 1);
    column->addWidget(m_legend);
    column->addWidget(m_text);

    connect(m_kickButton, &QPushButton::clicked, m_kick, &QAction::trigger);
    connect(m_kick, &QAction::triggered, this, &PhasePanel::kick);
    connect(m_choice, qOverload<int>(&QComboBox::activated), this, &PhasePanel::choose);
    connect(m_plot, &PhasePlot::pointMoved, this, &PhasePanel::setPoint);
    connect(m_record, &QPushButton::clicked, this, [this] {
        if (m_bridge.document()) {
            Q_EMIT documentWanted(m_bridge.document()->with_default_record());
        }
    });
    connect(&bridge, &EngineBridge::sessionChanged, this, &PhasePanel::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, [this] { m_plot->trail().beginSweep(); });
    connect(&bridge, &EngineBridge::documentChanged, this, &PhasePanel::takeValues);
    connect(&bridge, &EngineBridge::frameReady, this, &PhasePanel::take);
    connect(&Theme::instance(), &Theme::changed, this, &PhasePanel::applyTheme);
    choose(-1);
    applyTheme();
}

QString PhasePanel::hint() const { return m_hint->isHidden() ? QString() : m_hint->text(); }

void PhasePanel::applyTheme()
{
    const PlotColors& colors = Theme::instance().colors();
    m_plot->applyTheme(colors);
    QStringList parts;
    if (m_plot->plane()) {
        const bool slope = m_plot->plane()->axes().y.empty();
        const bool glif = m_plot->plane()->axes().y == "threshold";
        if (!slope) {
            parts += colored(colors.blue, QStringLiteral("—"), tr("dV/dt = 0"));
            parts += colored(colors.orange, QStringLiteral("—"),
                glif ? tr("threshold at rest") : tr("du/dt = 0"));
        } else {
            parts += colored(colors.orange, QStringLiteral("—"), tr("dV/dt"));
        }
        parts += colored(
            colors.green, QStringLiteral("- -"), glif ? tr("V = threshold") : tr("spike"));
        parts += colored(colors.red, QStringLiteral("···"), tr("after a spike"));
    }
    m_legend->setText(parts.join(QStringLiteral("&ensp; ")));
    m_plot->refresh(0.0);
}

void PhasePanel::beginSession(const engine::Frame& frame)
{
    const engine::config::Experiment& experiment = frame.document.experiment();
    m_neurons = phaseNeurons(experiment, frame.history->groups());
    m_choice->clear();
    for (const PhaseNeuron& neuron : m_neurons) {
        m_choice->addItem(
            QStringLiteral("%1 %2")
                .arg(QString::fromStdString(experiment.populations[neuron.population].name))
                .arg(neuron.neuron));
    }
    m_choice->setVisible(m_neurons.size() > 1);
    m_plot->trail().setLength(trailMs(experiment));
    choose(m_neurons.empty() ? -1 : 0);
    if (m_neurons.empty()) {
        const QString wanted = QString::fromStdString(missingForPhase(experiment));
        const QString model = QString::fromStdString(experiment.populations.front().model->name);
        m_hint->setText(wanted.isEmpty()
                ? tr("The model %1 has no phase plane.").arg(model)
                : tr("The phase plane needs %1 of one neuron, sampled together: they are not "
                     "recorded.")
                      .arg(wanted));
        m_record->setVisible(!wanted.isEmpty());
    }
}

void PhasePanel::choose(int index)
{
    m_chosen = index;
    const bool any = index >= 0;
    m_hint->setVisible(!any);
    m_record->setVisible(false);
    m_plot->setVisible(any);
    m_text->setVisible(any);
    m_kick->setEnabled(any);
    m_kickButton->setEnabled(any);
    m_size->setEnabled(any);
    m_plot->setPlane(std::nullopt);
    m_current = 0.0;
    takeValues();
}

void PhasePanel::takeValues()
{
    if (m_chosen < 0 || !m_bridge.document()) {
        applyTheme();
        return;
    }
    const PhaseNeuron& neuron = m_neurons[static_cast<std::size_t>(m_chosen)];
    const auto& population = m_bridge.document()->experiment().populations.at(neuron.population);
    const bool first = !m_plot->plane().has_value();
    m_plot->setPlane(engine::theory::PhasePlane::of(population.model->name, population.params));
    QStringList notes;
    if (!neuron.current) {
        notes += tr("I is not recorded with V_m: taken as 0.");
    }
    if (!population.drawn.empty()) {
        notes += tr("Parameters are drawn for each neuron: curves are those of the common values.");
    }
    m_hint->setText(notes.join(QLatin1Char(' ')));
    m_hint->setVisible(!notes.isEmpty());
    if (first) {
        applyTheme();
    }
}

void PhasePanel::take(const engine::Frame& frame)
{
    if (m_chosen < 0 || !frame.history || !m_plot->plane()) {
        return;
    }
    const PhaseNeuron& neuron = m_neurons[static_cast<std::size_t>(m_chosen)];
    const auto current = addToTrail(m_plot->trail(), neuron, *m_plot->plane(), frame);
    if (current) {
        m_plot->setWanted(std::nullopt);
    }
    m_current = current.value_or(m_current);
    m_plot->setCurrent(m_current);
    constexpr double ms = 1e-3;
    const double elapsed = m_sinceFrame.isValid() ? ms * double(m_sinceFrame.restart()) : 0.0;
    if (!m_sinceFrame.isValid()) {
        m_sinceFrame.start();
    }
    m_plot->refresh(elapsed);
    constexpr qint64 textPeriod = 200; // ms: numbers that change faster cannot be read
    const bool stands = frame.status.state != engine::RunState::running; // the last frame for now
    if (stands || !m_sinceText.isValid() || m_sinceText.elapsed() >= textPeriod) {
        m_sinceText.start();
        showText();
    }
}

QString PhasePanel::spoken() const { return m_text->text(); }

void PhasePanel::showText()
{
    if (m_plot->visibleRegion().isEmpty() || m_plot->trail().empty()) {
        return;
    }
    const auto& axes = m_plot->plane()->axes();
    const auto tip = m_plot->point();
    const QString y = axes.y.empty() ? QStringLiteral("dV/dt") : QString::fromStdString(axes.y);
    QStringList parts {QStringLiteral("V_m %1 mV").arg(tip.x, 0, 'f', 1),
        QStringLiteral("%1 %2").arg(y).arg(tip.y, 0, 'f', 2),
        QStringLiteral("I %1").arg(m_current, 0, 'g', 4)};
    QStringList points;
    for (const auto& point : m_plot->fixedPoints()) {
        points += tr("%1 at (%2, %3)")
                      .arg(pointName(point.kind))
                      .arg(point.at.x, 0, 'f', 1)
                      .arg(point.at.y, 0, 'f', 1);
    }
    m_text->setText(parts.join(QStringLiteral("  ")) + QStringLiteral("\n")
        + (points.isEmpty() ? tr("no point of rest") : points.join(QStringLiteral("; "))));
}

QString PhasePanel::path(const char* kind, const char* state) const
{
    const PhaseNeuron& neuron = m_neurons[static_cast<std::size_t>(m_chosen)];
    return QStringLiteral("populations/%1/%2/%3/%4")
        .arg(QString::fromStdString(
                 m_bridge.document()->experiment().populations[neuron.population].name),
            QLatin1String(kind))
        .arg(neuron.neuron)
        .arg(QLatin1String(state));
}

void PhasePanel::setPoint(const engine::theory::PhaseXY& to)
{
    if (m_chosen < 0 || !m_bridge.document()) {
        return;
    }
    engine::SetValues change;
    change.values.emplace_back(path("state", "V_m").toStdString(), to.x);
    const auto& axes = m_plot->plane()->axes();
    PhasePlot::XY wanted {to.x, m_plot->point().y};
    const PhaseNeuron& neuron = m_neurons[static_cast<std::size_t>(m_chosen)];
    const auto& population = m_bridge.document()->experiment().populations[neuron.population];
    if (axes.y == "U_m") {
        change.values.emplace_back(path("state", "U_m").toStdString(), to.y);
        wanted.y = to.y;
    } else if (axes.y == "threshold"
        && std::get<bool>(population.params.find("spike_dependent_threshold")->second)) {
        // The threshold is a sum: the part that spikes raise takes the difference.
        change.values.emplace_back(
            path("jump", "threshold_spike").toStdString(), to.y - m_plot->point().y);
        wanted.y = to.y;
    } else if (axes.y.empty()) {
        wanted.y = m_plot->plane()->slope(to.x, m_current);
    }
    m_plot->setWanted(wanted);
    m_plot->refresh(0.0);
    showText();
    m_bridge.post(std::move(change));
}

void PhasePanel::kick()
{
    if (m_chosen >= 0 && m_bridge.document()) {
        m_bridge.post(engine::SetValues {{{path("jump", "V_m").toStdString(), m_size->value()}}});
    }
}

} // namespace ui
