#include "ui/panels/intervals_panel.hpp"

#include "engine/core/time_grid.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/plots/interval_chart.hpp"
#include "ui/plots/interval_plots.hpp"
#include "ui/plots/panel_layout.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using engine::core::Step;

namespace {

constexpr int pace_ms = 200;
constexpr int restFactor = 4; // at most a fifth of a processor
constexpr double presentSweep = 0.0; // choices of the window; else the last so many ms
constexpr double lastSweep = -1.0;

QString number(const std::optional<double>& value)
{
    return value ? QString::number(*value, 'g', 4) : QStringLiteral("–");
}

} // namespace

IntervalsPanel::IntervalsPanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_trains(new QComboBox(this))
    , m_neuron(new QSpinBox(this))
    , m_windows(new QComboBox(this))
    , m_bins(new QDoubleSpinBox(this))
    , m_numbers(new QLabel(this))
    , m_plots(new QGridLayout)
    , m_tabs(new QTabBar(this))
    , m_histogram(new IntervalChart(this))
    , m_map(new ReturnMap(this))
    , m_rate(new InstantRatePlot(this))
    , m_counting([this](const Answer& answer) { showAnswer(answer); }, 0)
{
    setAccessibleName(tr("Intervals"));
    m_trains->setAccessibleName(tr("Whose intervals"));
    m_neuron->setAccessibleName(tr("Number of the neuron"));
    m_neuron->setPrefix(tr("neuron "));
    m_windows->setAccessibleName(tr("Window of the intervals"));
    m_bins->setAccessibleName(tr("Width of the histogram's bins"));
    m_bins->setToolTip(tr("Width of the bins; at the lowest value it is chosen by the data"));
    m_bins->setSpecialValueText(tr("bins: auto"));
    m_bins->setPrefix(tr("bins: "));
    m_bins->setSuffix(tr(" ms"));
    m_bins->setRange(0.0, 10000.0);
    m_bins->setKeyboardTracking(false);
    m_numbers->setAccessibleName(tr("Statistics of the intervals"));
    m_numbers->setWordWrap(true);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->addTab(tr("Histogram"));
    m_tabs->addTab(tr("Return map"));
    m_tabs->addTab(tr("Rate"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Plot of the intervals"));

    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    auto* choices = new QHBoxLayout;
    for (QWidget* choice :
        std::initializer_list<QWidget*> {m_trains, m_neuron, m_windows, m_bins}) {
        choices->addWidget(choice);
    }
    for (QComboBox* choice : {m_trains, m_windows}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(6);
        choices->setStretchFactor(choice, 1);
    }
    column->addLayout(choices);
    column->addWidget(m_numbers);
    column->addWidget(m_tabs);
    m_plots->setSpacing(margin);
    column->addLayout(m_plots, 1);

    addMenu(*m_histogram,
        {m_histogram,
            [this](QPainter& painter, QSize size) { m_histogram->paintForExport(painter, size); },
            [this] { return m_histogram->csv(); }});
    for (SmallPlot* plot : std::initializer_list<SmallPlot*> {m_map, m_rate}) {
        addMenu(*plot,
            {plot, [plot](QPainter& painter, QSize size) { plot->paintForExport(painter, size); },
                [plot] { return plot->csv(); }});
    }

    m_pace.setInterval(pace_ms);
    connect(&m_pace, &QTimer::timeout, this, &IntervalsPanel::ask);
    m_pace.start();
    m_sinceAnswer.start();
    connect(m_trains, &QComboBox::currentIndexChanged, this, &IntervalsPanel::choiceChanged);
    connect(m_neuron, &QSpinBox::valueChanged, this, &IntervalsPanel::choiceChanged);
    connect(m_windows, &QComboBox::currentIndexChanged, this, &IntervalsPanel::choiceChanged);
    connect(m_bins, &QDoubleSpinBox::valueChanged, this, &IntervalsPanel::showHistogram);
    connect(m_tabs, &QTabBar::currentChanged, this, &IntervalsPanel::arrange);
    connect(&bridge, &EngineBridge::sessionChanged, this, &IntervalsPanel::beginSession);
    connect(&bridge, &EngineBridge::frameReady, this, &IntervalsPanel::take);
    connect(&Theme::instance(), &Theme::changed, this, &IntervalsPanel::applyTheme);
}

void IntervalsPanel::addMenu(QWidget& plot, PlotSource source)
{
    const auto popUp = [this, source = std::move(source)](const QPoint& position) {
        showPictureMenu(source, position, m_tag,
            [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    };
    if (auto* chart = qobject_cast<HistogramChart*>(&plot)) {
        connect(chart, &HistogramChart::menuAsked, this, popUp);
    } else if (auto* other = qobject_cast<SmallPlot*>(&plot)) {
        connect(other, &SmallPlot::menuAsked, this, popUp);
    }
}

void IntervalsPanel::applyTheme()
{
    const PlotColors& colors = Theme::instance().colors();
    m_histogram->applyTheme(colors);
    m_map->applyTheme(colors);
    m_rate->applyTheme(colors);
}

void IntervalsPanel::beginSession(const engine::Frame& frame)
{
    const engine::config::Experiment& experiment = frame.document.experiment();
    m_experiment = frame.document.shared_experiment();
    m_history.reset();
    m_now = 0;
    m_counting.forget();
    m_asked.reset();
    m_answer = {};
    m_choices.clear();
    const QSignalBlocker quietTrains(m_trains);
    const QSignalBlocker quietNeuron(m_neuron);
    const QSignalBlocker quietWindows(m_windows);
    m_trains->clear();
    const bool network = networkLayout(experiment);
    for (const std::size_t index : experiment.record.spikes) {
        const auto& population = experiment.populations[index];
        const QString name = QString::fromStdString(population.name);
        const auto number = static_cast<std::uint32_t>(index);
        if (population.size > 1) {
            m_trains->addItem(tr("%1, all %2").arg(name).arg(population.size));
            m_choices.push_back({number, true});
            m_trains->addItem(tr("%1, one neuron").arg(name));
            m_choices.push_back({number, false});
        } else {
            m_trains->addItem(name);
            m_choices.push_back({number, false});
        }
    }
    // Of few neurons the first one whose potential is shown.
    if (!network && !experiment.record.traces.empty()) {
        const auto& traced = experiment.record.traces.front();
        for (std::size_t i = 0; i < m_choices.size(); ++i) {
            if (!m_choices[i].pooled && m_choices[i].population == traced.population) {
                m_trains->setCurrentIndex(static_cast<int>(i));
                break;
            }
        }
    }
    m_trains->setVisible(m_trains->count() > 1);
    m_neuron->setValue(0);
    m_bins->setDecimals(3);
    m_bins->setSingleStep(experiment.simulation.dt_ms);
    fillWindows(experiment.simulation.at_end == engine::config::AtEnd::repeat);
    m_numbers->clear();
    choiceChanged();
}

void IntervalsPanel::fillWindows(bool repeats)
{
    m_windows->clear();
    if (repeats) {
        m_windows->addItem(tr("Last complete sweep"), lastSweep);
        m_windows->addItem(tr("Present sweep"), presentSweep);
    }
    for (const double seconds : {1.0, 2.0, 5.0, 10.0, 60.0}) {
        constexpr double ms_per_s = 1000.0;
        m_windows->addItem(tr("Last %1 s").arg(seconds), ms_per_s * seconds);
    }
    if (!repeats) {
        m_windows->addItem(tr("Whole run"), presentSweep);
        m_windows->setCurrentIndex(2); // 5 s
    }
}

bool IntervalsPanel::isPooled() const
{
    const auto index = static_cast<std::size_t>(std::max(0, m_trains->currentIndex()));
    return index < m_choices.size() && m_choices[index].pooled;
}

void IntervalsPanel::choiceChanged()
{
    const auto index = static_cast<std::size_t>(std::max(0, m_trains->currentIndex()));
    if (index < m_choices.size()) {
        const auto& population = m_experiment->populations[m_choices[index].population];
        const bool choosesNeuron = !m_choices[index].pooled && population.size > 1;
        m_neuron->setVisible(choosesNeuron);
        if (choosesNeuron) {
            m_neuron->setMaximum(static_cast<int>(population.size - 1));
        }
    }
    m_changed = true;
    arrange();
    ask();
}

void IntervalsPanel::take(const engine::Frame& frame)
{
    if (!frame.history) {
        return;
    }
    m_changed = m_changed || frame.history != m_history || frame.to != m_now;
    m_history = frame.history;
    m_now = frame.to;
}

std::optional<IntervalsPanel::Question> IntervalsPanel::question() const
{
    const auto index = static_cast<std::size_t>(std::max(0, m_trains->currentIndex()));
    if (!m_history || index >= m_choices.size()) {
        return std::nullopt;
    }
    const Train& train = m_choices[index];
    const auto& population = m_experiment->populations[train.population];
    const engine::core::TimeGrid grid(m_experiment->simulation.dt_ms);
    Question asked {.intervals = {.history = m_history,
                        .dt_ms = grid.dt_ms(),
                        .from = 0,
                        .to = m_now,
                        .population = train.population,
                        .size = population.size,
                        .neuron = {}},
        .sweep = {}};
    if (!train.pooled) {
        asked.intervals.neuron
            = static_cast<std::uint32_t>(population.size > 1 ? m_neuron->value() : 0);
    }
    const double window = m_windows->currentData().toDouble();
    const bool repeats = m_experiment->simulation.at_end == engine::config::AtEnd::repeat;
    if (window > 0.0) {
        asked.intervals.from = std::max<Step>(0, m_now - grid.steps(window));
    }
    asked.sweep = repeats ? tr("present sweep") : QString();
    if (window == lastSweep) {
        const auto recording = m_bridge.recording();
        if (recording && recording->complete) {
            asked.intervals.history = recording->history;
            asked.intervals.to = recording->end;
            asked.sweep = tr("last complete sweep");
        }
    }
    return asked;
}

void IntervalsPanel::ask()
{
    if (!m_changed || !isVisible() || m_counting.busy() || m_sinceAnswer.elapsed() < m_rest_ms) {
        return;
    }
    const auto asked = question();
    if (!asked) {
        return;
    }
    m_changed = false;
    if (m_asked == asked) {
        return; // the last complete sweep stays the same for a while
    }
    m_asked = asked;
    m_counting.ask([asked = *asked](const std::stop_token& stop) {
        QElapsedTimer spent;
        spent.start();
        Answer answer {engine::analysis::recorded_intervals(asked.intervals, stop), asked.sweep, 0};
        answer.took_ms = spent.elapsed();
        return answer;
    });
}

void IntervalsPanel::showAnswer(const Answer& answer)
{
    m_sinceAnswer.restart();
    m_rest_ms = restFactor * answer.took_ms;
    if (!answer.intervals) {
        return;
    }
    m_answer = answer;
    showHistogram();
    m_map->setPairs(engine::analysis::interval_pairs(*answer.intervals));
    m_rate->setIntervals(*answer.intervals);
    showNumbers(answer);
}

void IntervalsPanel::showHistogram()
{
    if (!m_answer.intervals) {
        return;
    }
    const auto& intervals = *m_answer.intervals;
    const double width = m_bins->value() > 0.0
        ? m_bins->value()
        : engine::analysis::automatic_width_ms(
            intervals.trains.distributions.intervals, intervals.dt_ms);
    m_histogram->setIntervals(engine::analysis::regrouped(
        intervals.trains.distributions.intervals, intervals.dt_ms, width));
    m_histogram->setToolTip(tr("Bins of %1 ms").arg(m_histogram->shown().width_ms));
}

void IntervalsPanel::showNumbers(const Answer& answer)
{
    const auto& intervals = *answer.intervals;
    const engine::core::TimeGrid grid(intervals.dt_ms);
    QString window = spanText(grid.time_ms(intervals.from), grid.time_ms(intervals.to));
    if (!answer.sweep.isEmpty()) {
        window = tr("%1 of the %2").arg(window, answer.sweep);
    }
    const auto& trains = intervals.trains;
    QString text = tr("<b>%1 Hz</b>, CV <b>%2</b>, CV2 <b>%3</b>, LV <b>%4</b>")
                       .arg(number(intervals.rate_Hz), number(trains.cv.mean()),
                           number(trains.cv2.mean()), number(trains.lv.mean()));
    if (isPooled()) {
        text += tr(" (means of %1 neurons with 3 spikes or more)").arg(trains.cv.neurons());
    }
    text += QStringLiteral("<br>") + tr("%1 spikes, %2").arg(intervals.spikes).arg(window);
    if (!isPooled() && intervals.stamps.size() > 1) {
        const double mean_ms = intervals.dt_ms
            * static_cast<double>(intervals.stamps.back() - intervals.stamps.front())
            / static_cast<double>(intervals.stamps.size() - 1);
        text += tr("; mean interval %1 ms").arg(QString::number(mean_ms, 'g', 4));
        if (const auto perBurst = engine::analysis::spikes_per_burst(intervals.bursts)) {
            const auto bursts = intervals.bursts.size();
            text += (bursts == 1 ? tr("; %1 burst of %2 spikes") : tr("; %1 bursts of %2 spikes"))
                        .arg(bursts)
                        .arg(QString::number(*perBurst, 'g', 3));
        }
    }
    if (m_numbers->text() != text) {
        m_numbers->setText(text);
    }
}

QString IntervalsPanel::numbers() const { return m_numbers->text(); }

void IntervalsPanel::arrange()
{
    // A histogram is all that neurons together have.
    constexpr int roomyWidth = 420;
    constexpr int roomyHeight = 380;
    const bool roomy = width() >= roomyWidth && height() >= roomyHeight;
    const bool pooled = isPooled();
    const int chosen = std::max(0, m_tabs->currentIndex());
    const Arrangement wanted = pooled ? Arrangement::histogram
        : roomy                       ? Arrangement::all
                                      : static_cast<Arrangement>(chosen);
    if (wanted == m_arrangement && m_tabs->isHidden() == (roomy || pooled)) {
        return;
    }
    m_arrangement = wanted;
    m_tabs->setVisible(!roomy && !pooled);
    for (QWidget* plot : std::initializer_list<QWidget*> {m_histogram, m_map, m_rate}) {
        m_plots->removeWidget(plot);
        plot->hide();
    }
    const int second = wanted == Arrangement::all ? 1 : 0; // an empty column takes nothing
    m_plots->setColumnStretch(0, 1);
    m_plots->setColumnStretch(1, second);
    m_plots->setRowStretch(0, 3);
    m_plots->setRowStretch(1, 2 * second);
    if (wanted == Arrangement::all) {
        m_plots->addWidget(m_histogram, 0, 0);
        m_plots->addWidget(m_map, 0, 1);
        m_plots->addWidget(m_rate, 1, 0, 1, 2);
        m_histogram->show();
        m_map->show();
        m_rate->show();
        return;
    }
    QWidget* const plots[] = {m_histogram, m_map, m_rate};
    QWidget* plot = plots[static_cast<int>(wanted)];
    m_plots->addWidget(plot, 0, 0);
    plot->show();
}

void IntervalsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void IntervalsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_changed = true;
    ask();
}

} // namespace ui
