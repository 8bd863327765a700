#include "ui/panels/fi_controls.hpp"

#include "ui/panels/choice_box.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QToolButton>

namespace ui {
namespace {

constexpr int wholeBar = 1000;

} // namespace

FiControls::FiControls(QWidget* parent)
    : QWidget(parent)
    , m_x(makeChoiceBox(
          this, tr("First axis"), tr("What is varied; the current gives the f-I curve")))
    , m_y(makeChoiceBox(this, tr("Second axis"), tr("A second number that is varied: makes a map")))
    , m_protocol(makeChoiceBox(this, tr("Stimulus of the runs"),
          tr("Constant current: one current from the beginning on takes the place of the stimuli, "
             "runs last 2 s, rates are those of the second half.\n"
             "Own stimuli: the preset as it is, what `spikescope sweep` runs.")))
    , m_quantity(
          makeChoiceBox(this, tr("Quantity of the map"), tr("What the colours of the map tell")))
    , m_show(new QToolButton(this))
    , m_button(new QToolButton(this))
    , m_progress(new QProgressBar(this))
    , m_firstRate(makePart(tr("Rate of the &first interval"), "fi/first_rate"))
    , m_latency(makePart(tr("&Latency of the first spike"), "fi/latency"))
    , m_intervals(makePart(tr("&Intervals (bifurcation diagram)"), "fi/intervals"))
{
    m_protocol->addItem(tr("constant current"), static_cast<int>(SweepProtocol::constantCurrent));
    m_protocol->addItem(tr("own stimuli"), static_cast<int>(SweepProtocol::ownStimuli));
    m_quantity->addItem(tr("rate"), static_cast<int>(MapQuantity::rate));
    m_quantity->addItem(tr("CV of intervals"), static_cast<int>(MapQuantity::cv));
    m_show->setText(tr("Show"));
    m_show->setPopupMode(QToolButton::InstantPopup);
    m_show->setFocusPolicy(Qt::TabFocus);
    m_show->setAccessibleName(tr("Further curves"));
    auto* parts = new QMenu(m_show);
    fillMenu(*parts);
    m_show->setMenu(parts);
    pressWithReturn(m_show);
    m_button->setFocusPolicy(Qt::TabFocus);
    pressWithReturn(m_button);
    connect(m_button, &QToolButton::clicked, this,
        [this] { m_computing ? Q_EMIT cancelWanted() : Q_EMIT startWanted(); });
    m_progress->setRange(0, wholeBar);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the runs"));
    m_progress->setFixedHeight(4);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(3);
    grid->addWidget(m_x, 0, 0);
    grid->addWidget(m_y, 0, 1);
    grid->addWidget(m_show, 0, 2);
    grid->addWidget(m_quantity, 0, 3);
    grid->addWidget(m_protocol, 1, 0, 1, 2);
    grid->addWidget(m_button, 1, 2, 1, 2);
    grid->addWidget(m_progress, 2, 0, 1, 4);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    setReady();
    setMap(false);
    setProgress(std::nullopt);

    for (QComboBox* box : {m_x, m_y, m_protocol}) {
        connect(box, &QComboBox::activated, this, [this] { Q_EMIT axesChanged(); });
    }
    connect(m_quantity, &QComboBox::activated, this, [this] { Q_EMIT quantityChanged(); });
}

QAction* FiControls::makePart(const QString& text, const char* key)
{
    auto* action = new QAction(text, this);
    action->setCheckable(true);
    action->setChecked(QSettings().value(QLatin1String(key)).toBool());
    connect(action, &QAction::toggled, this, [this, key](bool on) {
        QSettings().setValue(QLatin1String(key), on);
        Q_EMIT partsChanged();
    });
    return action;
}

void FiControls::fillMenu(QMenu& menu)
{
    menu.addActions({m_firstRate, m_latency, m_intervals});
    menu.addSeparator();
    menu.addAction(tr("&Forget earlier curves"), this, &FiControls::forgetWanted);
}

void FiControls::setChoices(const std::vector<SweepChoice>& choices)
{
    QStringList shown;
    for (const SweepChoice& choice : choices) {
        shown += QString::fromStdString(choice.row.path) + choice.title();
    }
    if (shown != m_shown) { // a slider moves nothing here
        m_shown = shown;
        fillAxisBox(*m_x, choices, {});
        fillAxisBox(*m_y, choices, tr("no second axis"));
    }
}

void FiControls::forgetAxes()
{
    m_shown.clear();
    m_x->clear();
    m_y->clear();
}

void FiControls::setProtocols(bool neuron)
{
    m_protocol->setVisible(neuron);
    const auto wanted = neuron ? SweepProtocol::constantCurrent : SweepProtocol::ownStimuli;
    m_protocol->setCurrentIndex(m_protocol->findData(static_cast<int>(wanted)));
}

void FiControls::setMap(bool map)
{
    m_show->setVisible(!map);
    m_quantity->setVisible(map);
}

void FiControls::setProgress(std::optional<double> fraction)
{
    m_computing = fraction.has_value();
    m_progress->setValue(static_cast<int>(fraction.value_or(0.0) * wholeBar));
    // Its place stays, so that the plot does not jump.
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_progress->setVisible(m_computing);
    if (m_computing) {
        m_button->setText(tr("Cancel"));
        m_button->setToolTip(tr("Stop the runs"));
    } else {
        setReady();
    }
}

void FiControls::setReady()
{
    m_computing = false;
    m_button->setText(tr("Compute"));
    m_button->setToolTip(tr("Run it for all values again"));
}

std::string FiControls::x() const { return m_x->currentData().toString().toStdString(); }

std::string FiControls::y() const { return m_y->currentData().toString().toStdString(); }

SweepProtocol FiControls::protocol() const
{
    return static_cast<SweepProtocol>(m_protocol->currentData().toInt());
}

MapQuantity FiControls::quantity() const
{
    return static_cast<MapQuantity>(m_quantity->currentData().toInt());
}

QString FiControls::quantityTitle() const
{
    return quantity() == MapQuantity::rate ? tr("Rate [Hz]") : tr("CV of intervals");
}

SweepPlot::Parts FiControls::parts() const
{
    return {m_firstRate->isChecked(), m_latency->isChecked(), m_intervals->isChecked()};
}

} // namespace ui
