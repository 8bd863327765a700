#include "ui/response/response_controls.hpp"

#include "ui/panels/choice_box.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QProgressBar>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

constexpr int wholeBar = 1000;
constexpr int leastBoxChars = 11; // with its arrows: three beside each other fit a narrow column
constexpr int mostBoxChars = 16;

/// A number that is remembered under this key.
void makeBox(QDoubleSpinBox& box, const char* key, double value, double least, double most)
{
    box.setRange(least, most);
    box.setDecimals(1);
    box.setKeyboardTracking(false);
    box.setSuffix(ResponseControls::tr(" ms"));
    box.setAccessibleName(box.toolTip());
    box.setValue(QSettings().value(QLatin1String(key), value).toDouble());
    box.setMinimumWidth(leastBoxChars * box.fontMetrics().averageCharWidth());
    guardWheel(&box);
    QObject::connect(&box, &QDoubleSpinBox::valueChanged, &box,
        [key](double now) { QSettings().setValue(QLatin1String(key), now); });
}

void fill(QComboBox& box, const QList<std::pair<QString, QVariant>>& items)
{
    const QSignalBlocker quiet(&box);
    const QVariant chosen = box.currentData();
    box.clear();
    for (const auto& [name, data] : items) {
        box.addItem(name, data);
    }
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

} // namespace

ResponseControls::ResponseControls(QWidget* parent)
    : QWidget(parent)
    , m_triggers(makeChoiceBox(this, tr("Trigger"), tr("The stimulus whose onsets are trials")))
    , m_neurons(makeChoiceBox(this, tr("Neurons"), tr("Whose spikes are counted")))
    , m_before(new QDoubleSpinBox(this))
    , m_after(new QDoubleSpinBox(this))
    , m_bin(new QDoubleSpinBox(this))
    , m_repeat(new QToolButton(this))
    , m_every(new QDoubleSpinBox(this))
    , m_count(new QSpinBox(this))
    , m_run(new QToolButton(this))
    , m_seeds(new QSpinBox(this))
    , m_source(makeChoiceBox(this, tr("Trials"), tr("Which trials are shown")))
    , m_progress(new QProgressBar(this))
    , m_actions(new QBoxLayout(QBoxLayout::TopToBottom))
{
    makeWindow();
    makeRepeats();
    arrange();
    setProgress(std::nullopt);
    for (QComboBox* box : {m_triggers, m_neurons}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ResponseControls::choiceChanged);
    }
    for (QDoubleSpinBox* box : {m_before, m_after}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, &ResponseControls::choiceChanged);
    }
    connect(m_bin, &QDoubleSpinBox::valueChanged, this, &ResponseControls::binChanged);
    connect(m_source, &QComboBox::currentIndexChanged, this, &ResponseControls::sourceChanged);
    connect(m_repeat, &QToolButton::clicked, this, &ResponseControls::repeatWanted);
    connect(m_run, &QToolButton::clicked, this,
        [this] { m_running ? Q_EMIT cancelWanted() : Q_EMIT runWanted(); });
}

void ResponseControls::makeWindow()
{
    constexpr double mostMs = 10000.0;
    m_before->setToolTip(tr("Time before the trigger: the baseline"));
    m_before->setPrefix(QStringLiteral("\u2212"));
    makeBox(*m_before, "response/before_ms", 50.0, 0.0, mostMs);
    m_after->setToolTip(tr("Time after the trigger"));
    m_after->setPrefix(QStringLiteral("+"));
    makeBox(*m_after, "response/after_ms", 100.0, 1.0, mostMs);
    m_bin->setToolTip(tr("Width of the bins"));
    m_bin->setPrefix(tr("bins "));
    makeBox(*m_bin, "response/bin_ms", 2.0, 0.1, 1000.0);
    for (QDoubleSpinBox* box : {m_before, m_after}) {
        box->setDecimals(0);
        box->setSingleStep(10.0);
    }
}

void ResponseControls::makeRepeats()
{
    constexpr int most = 1000;
    m_repeat->setText(tr("Repeat"));
    m_every->setToolTip(tr("From one pulse to the next"));
    m_every->setPrefix(tr("every "));
    makeBox(*m_every, "response/every_ms", 200.0, 1.0, 10000.0);
    m_every->setMinimumWidth(mostBoxChars * fontMetrics().averageCharWidth());
    m_every->setDecimals(0);
    m_every->setSingleStep(50.0);
    m_count->setToolTip(tr("How many pulses"));
    m_count->setPrefix(QStringLiteral("\u00d7 "));
    m_seeds->setToolTip(tr("How many seeds, one trial each"));
    m_seeds->setSuffix(tr(" seeds"));
    for (const auto& [box, value] : {std::pair(m_count, 50), std::pair(m_seeds, 20)}) {
        box->setRange(1, most);
        box->setMinimumWidth(leastBoxChars * fontMetrics().averageCharWidth());
        box->setValue(value);
        box->setKeyboardTracking(false);
        box->setAccessibleName(box->toolTip());
        guardWheel(box);
    }
    m_source->addItem(tr("this run"), false);
    m_source->addItem(tr("other seeds"), true);
    for (QToolButton* button : {m_repeat, m_run}) {
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
        pressWithReturn(button);
    }
    m_progress->setRange(0, wholeBar);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the runs"));
    m_progress->setFixedHeight(4);
    QSizePolicy kept = m_progress->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // so that the plot does not jump
    m_progress->setSizePolicy(kept);
    m_source->setMinimumContentsLength(4);
    setCanRepeat(false);
}

void ResponseControls::arrange()
{
    constexpr int spacing = 3;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    const auto row = [&](QBoxLayout* place, std::initializer_list<QWidget*> widgets) {
        auto* made = new QHBoxLayout;
        made->setSpacing(spacing);
        for (QWidget* widget : widgets) {
            made->addWidget(widget, 1);
        }
        place->addLayout(made, 1);
        return made;
    };
    m_actions->setSpacing(spacing);
    m_choices = row(column, {m_triggers, m_neurons});
    row(column, {m_before, m_after, m_bin});
    m_repeats = row(m_actions, {m_repeat, m_every, m_count});
    m_runs = row(m_actions, {m_run, m_seeds, m_source});
    column->addLayout(m_actions);
    column->addWidget(m_progress);
}

void ResponseControls::setLow(bool low)
{
    m_actions->setDirection(low ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    (low ? m_runs : m_choices)->removeWidget(m_source);
    (low ? m_choices : m_runs)->addWidget(m_source, 1);
    const int stretch = low ? 0 : 1; // beside numbers in one row buttons take what they need
    m_repeats->setStretchFactor(m_repeat, stretch);
    constexpr int repeatsPart = 3; // its numbers are longer
    constexpr int runsPart = 2;
    m_actions->setStretch(0, repeatsPart);
    m_actions->setStretch(1, low ? runsPart : repeatsPart);
    m_runs->setStretchFactor(m_run, stretch);
}

void ResponseControls::setTriggers(const QList<std::pair<QString, QVariant>>& triggers)
{
    fill(*m_triggers, triggers);
    m_triggers->setEnabled(!triggers.isEmpty());
}

void ResponseControls::setNeurons(const QList<std::pair<QString, QVariant>>& neurons)
{
    fill(*m_neurons, neurons);
}

void ResponseControls::setProgress(std::optional<double> fraction)
{
    m_running = fraction.has_value();
    m_progress->setValue(static_cast<int>(fraction.value_or(0.0) * wholeBar));
    m_progress->setVisible(m_running);
    m_run->setText(m_running ? tr("Cancel") : tr("Run"));
    m_run->setToolTip(m_running
            ? tr("Stop the runs; the trials so far stay")
            : tr("Run the preset as it is now with other seeds, in the background, up to the end "
                 "of one trial each.\nWith the seed the network, the initial values and all noise "
                 "become others."));
    m_run->setAccessibleName(m_running ? tr("Stop the runs") : tr("Run with other seeds"));
}

void ResponseControls::setCanRepeat(bool can)
{
    m_repeat->setEnabled(can);
    m_repeat->setAccessibleName(tr("Repeat the pulse"));
    m_repeat->setToolTip(can
            ? tr("Pulses to the chosen neurons, again and again; their size is that of a pulse")
            : tr("Choose neurons in the raster first (Ctrl+drag)"));
}

bool ResponseControls::showsSeeds() const { return m_source->currentData().toBool(); }

void ResponseControls::showSeeds(bool seeds)
{
    m_source->setCurrentIndex(m_source->findData(seeds));
}

} // namespace ui
