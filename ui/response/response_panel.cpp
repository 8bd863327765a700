#include "ui/response/response_panel.hpp"

#include "engine/analysis/stimulus_shape.hpp"
#include "engine/analysis/triggers.hpp"
#include "engine/config/stimulus_types.hpp"
#include "engine/sweep/repeats.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/response/response_controls.hpp"
#include "ui/response/response_plot.hpp"
#include "ui/selection/neuron_actions.hpp"
#include "ui/widgets/column_size.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>

namespace ui {

using engine::analysis::Psth;
using engine::analysis::Trial;
using engine::analysis::TrialNeurons;
using engine::core::Step;
namespace analysis = engine::analysis;

namespace {

// Whose spikes are counted; a population by its number.
constexpr int stimulated = -1;
constexpr int chosen = -2;
constexpr int followed = -3;
constexpr int everybody = -4;

/// Value and error with the same decimals.
QString withError(const analysis::Estimate& estimate, const QString& unit)
{
    const double size = std::abs(estimate.value);
    const int decimals = size < 10.0 ? 2 : size < 100.0 ? 1 : 0;
    QString text = QString::number(estimate.value, 'f', decimals);
    if (!std::isnan(estimate.error)) {
        text += QStringLiteral(" \u00b1 ") + QString::number(estimate.error, 'f', decimals);
    }
    return unit.isEmpty() ? text : text + QLatin1Char(' ') + unit;
}

TrialNeurons neuronsOf(const std::vector<NeuronId>& ids)
{
    TrialNeurons out;
    for (const NeuronId id : ids) { // ascending
        if (out.empty() || out.back().population != id.population) {
            out.push_back({id.population, {}, false});
        }
        out.back().neurons.push_back(id.neuron);
    }
    return out;
}

} // namespace

ResponsePanel::ResponsePanel(EngineBridge& bridge, NeuronActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_actions(actions)
    , m_live(bridge)
    , m_controls(new ResponseControls(this))
    , m_plot(new ResponsePlot(this))
    , m_words(new QLabel(this))
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_seen(*this, [this] { renew(); })
{
    setAccessibleName(tr("Response"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setAccessibleName(tr("Numbers of the response"));
    constexpr int margin = 4;
    m_layout->setContentsMargins(margin, margin, margin, margin);
    m_layout->setSpacing(margin);
    auto* side = new QVBoxLayout;
    side->setSpacing(margin);
    side->addWidget(m_controls);
    side->addWidget(m_words);
    side->addStretch(0);
    m_layout->addLayout(side, 0);
    m_layout->addWidget(m_plot, 1);

    const auto changed = [this] { m_seen.changed(); };
    connect(&m_live, &LiveTrials::changed, this, changed);
    connect(&m_live, &LiveTrials::triggersChanged, this, &ResponsePanel::fillTriggers);
    connect(m_controls, &ResponseControls::choiceChanged, this, &ResponsePanel::choose);
    connect(m_controls, &ResponseControls::binChanged, this, changed);
    connect(m_controls, &ResponseControls::sourceChanged, this, changed);
    connect(m_controls, &ResponseControls::repeatWanted, this, [this] {
        m_actions.repeatPulse(m_controls->every()->value(), m_controls->count()->value());
    });
    connect(m_controls, &ResponseControls::runWanted, this, &ResponsePanel::startRuns);
    connect(m_controls, &ResponseControls::cancelWanted, this, &ResponsePanel::stopRuns);
    connect(&m_sweep, &BackgroundSweep::advanced, this, changed);
    connect(&m_sweep, &BackgroundSweep::progressed, m_controls, &ResponseControls::setProgress);
    connect(&m_sweep, &BackgroundSweep::completed, this, &ResponsePanel::stopRuns);
    connect(&m_sweep, &BackgroundSweep::failed, this, [this](const QString& why) {
        stopRuns();
        Q_EMIT report(why, true);
    });
    connect(&actions, &NeuronActions::changed, this, &ResponsePanel::fillNeurons);
    connect(&bridge, &EngineBridge::sessionChanged, this, [this] {
        m_sweep.letGo();
        m_seedTrials.clear();
        m_seedsBefore.clear();
        m_seedChoice.reset();
        m_controls->setProgress(std::nullopt);
        m_controls->showSeeds(false);
        fillNeurons();
    });
    connect(&bridge, &EngineBridge::frameReady, this, [this] {
        if (!m_plot->visibleRegion().isEmpty()) {
            m_live.gather();
        }
    });
    connect(m_plot, &SmallPlot::menuAsked, this, &ResponsePanel::showMenu);
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { m_plot->applyTheme(Theme::instance().colors()); });
    m_words->setText(wordsOf({}));
}

ResponsePanel::~ResponsePanel() = default;

QString ResponsePanel::words() const { return m_words->text(); }

void ResponsePanel::fillTriggers()
{
    QList<std::pair<QString, QVariant>> items;
    for (const std::string& name : m_live.log().names()) {
        QString title = name == TriggerLog::kick  ? tr("kick (J)")
            : name == engine::config::pulse_label ? tr("pulse (U)")
                                                  : QString::fromStdString(name);
        for (const auto& stimulus : m_live.log().experiment()->stimuli) {
            if (stimulus.label.empty() && stimulus.key == name) { // its place says little
                title = tr("%1 (stimulus %2)")
                            .arg(QString::fromStdString(
                                     engine::config::type_of(stimulus.source).title),
                                title);
            }
        }
        items.append({title, QString::fromStdString(name)});
    }
    m_controls->setTriggers(items);
    fillNeurons();
}

void ResponsePanel::fillNeurons()
{
    if (!m_bridge.document()) {
        return;
    }
    const auto& populations = m_bridge.document()->experiment().populations;
    const NeuronSelection& selection = m_actions.selection();
    m_controls->setCanRepeat(!selection.targets().empty());
    QList<std::pair<QString, QVariant>> items {{tr("stimulated neurons"), stimulated}};
    if (!selection.chosen().empty()) {
        items.append({tr("chosen neurons"), chosen});
    }
    if (selection.followed()) {
        items.append({tr("followed neuron"), followed});
    }
    for (std::size_t p = 0; p < populations.size(); ++p) {
        items.append({QString::fromStdString(populations[p].name), static_cast<int>(p)});
    }
    if (populations.size() > 1) {
        items.append({tr("all neurons"), everybody});
    }
    m_controls->setNeurons(items);
    choose();
}

TrialNeurons ResponsePanel::chosenNeurons() const
{
    const int which = m_controls->neurons()->currentData().toInt();
    const NeuronSelection& selection = m_actions.selection();
    switch (which) {
    case stimulated:
        return m_live.log().targets(m_controls->triggers()->currentData().toString().toStdString());
    case chosen:
        return neuronsOf(selection.chosen());
    case followed:
        return selection.followed() ? neuronsOf({*selection.followed()}) : TrialNeurons {};
    case everybody: {
        TrialNeurons all;
        for (std::size_t p = 0; p < m_bridge.document()->experiment().populations.size(); ++p) {
            all.push_back({p, {}, true});
        }
        return all;
    }
    default:
        return {{static_cast<std::size_t>(which), {}, true}};
    }
}

ResponseChoice ResponsePanel::choice() const
{
    ResponseChoice out;
    out.trigger = m_controls->triggers()->currentData().toString().toStdString();
    const engine::core::TimeGrid grid(m_bridge.document()->experiment().simulation.dt_ms);
    out.window
        = {grid.steps(m_controls->before()->value()), grid.steps(m_controls->after()->value())};
    out.neurons = out.trigger.empty() ? TrialNeurons {} : chosenNeurons();
    return out;
}

void ResponsePanel::choose()
{
    if (m_bridge.document() && m_controls->neurons()->count() > 0) {
        m_live.setChoice(choice());
        m_seen.changed();
    }
}

void ResponsePanel::startRuns()
{
    if (!m_bridge.document()) {
        return;
    }
    const ResponseChoice wanted = choice();
    if (wanted.neurons.empty()) {
        Q_EMIT report(tr("There is no trigger yet: %1").arg(m_words->text()), true);
        return;
    }
    try {
        m_sweep.start(engine::sweep::repeats({*m_bridge.document(), wanted.trigger, wanted.window,
            wanted.neurons, m_controls->seeds()->value()}));
    } catch (const engine::core::InputError& error) {
        Q_EMIT report(QString::fromStdString(engine::core::text(error.diagnostics())), true);
        return;
    } catch (const std::exception& error) { // no thread to be had
        Q_EMIT report(QString::fromUtf8(error.what()), true);
        return;
    }
    m_seedsBefore = m_seedChoice == wanted ? m_seedTrials : std::vector<Trial> {};
    m_seedTrials.clear();
    m_seedChoice = wanted;
    m_seedValues = m_bridge.document()->shared_experiment();
    m_controls->setProgress(0.0);
    m_controls->showSeeds(true);
    m_seen.changed();
}

void ResponsePanel::stopRuns()
{
    m_sweep.letGo();
    m_controls->setProgress(std::nullopt);
    m_seen.changed();
}

ResponsePanel::Shown ResponsePanel::shown() const
{
    if (m_controls->showsSeeds()) {
        return {m_seedChoice.value_or(ResponseChoice {}), m_seedTrials, m_seedsBefore};
    }
    return {m_live.choice(), m_live.trials(), m_live.earlier()};
}

Psth ResponsePanel::psthOf(const std::vector<Trial>& trials, const ResponseChoice& choice) const
{
    const auto& experiment = m_bridge.document()->experiment();
    const engine::core::TimeGrid grid(experiment.simulation.dt_ms);
    const std::size_t neurons = analysis::count_of(choice.neurons, experiment);
    return analysis::psth(trials, choice.window,
        std::max<Step>(1, grid.steps(m_controls->bin()->value())),
        std::max<std::size_t>(1, neurons), grid.dt_ms());
}

void ResponsePanel::renew()
{
    if (!m_bridge.document()) {
        return;
    }
    m_live.gather();
    if (m_seedChoice && m_sweep.results() > m_seedTrials.size()) {
        m_seedTrials.clear();
        for (const engine::sweep::Cell& cell : m_sweep.cells()) {
            if (cell.done && cell.error.empty()) {
                m_seedTrials.push_back(cell.trial);
            }
        }
    }
    const Shown now = shown();
    const Psth psth = psthOf(now.trials, now.choice);
    m_plot->setResponse(now.trials, now.choice.window, psth, psthOf(now.earlier, now.choice));
    showHint(now.choice, now.trials);
    const QString words = wordsOf(psth);
    if (words != m_words->text()) {
        m_words->setText(words);
    }
}

QString ResponsePanel::wordsOf(const Psth& psth) const
{
    if (psth.trials == 0) {
        return m_controls->showsSeeds()
            ? tr("Run gives one trial for each of some other seeds, in the background.")
            : tr("Every onset of a stimulus is a trial: choose neurons in the raster (Ctrl+drag) "
                 "and press U for a pulse, or Repeat for many.");
    }
    QStringList parts {(psth.trials == 1 ? tr("1 trial") : tr("%L1 trials").arg(psth.trials))
        + (psth.neurons > 1 ? tr(" of %L1 neurons").arg(psth.neurons) : QString())};
    if (psth.baseline_Hz) {
        parts += tr("baseline <b>%1</b>").arg(withError(*psth.baseline_Hz, tr("Hz")));
    }
    if (psth.peak) {
        parts += tr("peak <b>%1</b> at %2 ms")
                     .arg(withError(psth.peak->rate_Hz, tr("Hz")),
                         QString::number(psth.middle_ms(*psth.peak), 'f', 1));
    }
    if (psth.extra_spikes) {
        const QString sign = psth.extra_spikes->value > 0.0 ? QStringLiteral("+") : QString();
        parts += tr("<b>%1%2</b> spikes per neuron").arg(sign, withError(*psth.extra_spikes, {}));
    }
    if (m_controls->showsSeeds() && m_seedValues && m_seedChoice
        && !analysis::same_conditions(
            *m_seedValues, m_bridge.document()->experiment(), m_seedChoice->trigger)) {
        parts += tr("of earlier values");
    }
    return parts.join(tr(", "));
}

void ResponsePanel::showHint(const ResponseChoice& choice, const std::vector<Trial>& trials)
{
    StimulusHint hint;
    const auto& experiment = m_bridge.document()->experiment();
    const engine::core::TimeGrid grid(experiment.simulation.dt_ms);
    const auto onsets = analysis::trigger_onsets(
        experiment, choice.trigger, choice.window.before, std::numeric_limits<Step>::max());
    for (std::size_t i = 0; i < experiment.stimuli.size() && !onsets.empty(); ++i) {
        const auto& stimulus = experiment.stimuli[i];
        if (analysis::trigger_name(stimulus) != choice.trigger || !hint.current.isEmpty()) {
            continue;
        }
        const auto& target = stimulus.targets.front();
        const Step from = onsets.back() - choice.window.before;
        const Step to = onsets.back() + choice.window.after;
        constexpr Step pieces = 300;
        const auto shape = analysis::current_shape(experiment,
            {i, target.population, target.all ? 0 : target.neurons.front()}, from, to,
            std::max<Step>(1, (to - from) / pieces));
        for (const auto& point : shape) {
            hint.current.append({grid.time_ms(point.step - onsets.back()), point.value});
        }
        if (!shape.empty()) {
            hint.current.append({grid.time_ms(to - onsets.back()), shape.back().value});
        }
    }
    hint.mark = hint.current.isEmpty() && !trials.empty();
    m_plot->setHint(hint);
}

void ResponsePanel::showMenu(const QPoint& globalPosition)
{
    const bool rows = m_plot->isInRaster(m_plot->mapFromGlobal(globalPosition));
    showPictureMenu(
        {m_plot, [this](QPainter& painter, QSize size) { m_plot->paintForExport(painter, size); },
            [this, rows] { return rows ? m_plot->trialsCsv() : m_plot->csv(); }},
        globalPosition, m_tag,
        [this](const QString& message, bool error) { Q_EMIT report(message, error); });
}

void ResponsePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr double wide = 1.5;
    constexpr int leastChars = 90; // of a column nothing is to be taken
    const bool beside
        = width() > wide * height() && width() > leastChars * fontMetrics().averageCharWidth();
    m_controls->setLow(beside);
    m_layout->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QSize ResponsePanel::minimumSizeHint() const { return leastOfColumn(*this); }

} // namespace ui
