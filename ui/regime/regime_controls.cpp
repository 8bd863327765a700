#include "ui/regime/regime_controls.hpp"

#include "ui/panels/choice_box.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

constexpr int wholeBar = 1000;
constexpr const char* logKey = "regime/log";
constexpr const char* quantityKey = "regime/quantity";

} // namespace

RegimeControls::RegimeControls(QWidget* parent)
    : QWidget(parent)
    , m_x(makeChoiceBox(this, tr("Horizontal axis"), tr("What changes from left to right")))
    , m_y(makeChoiceBox(this, tr("Vertical axis"), tr("What changes from bottom to top")))
    , m_quantity(makeChoiceBox(this, tr("Quantity of the colours"),
          tr("What the colours tell, of theory and of measured tiles alike.\n"
             "Rhythm: the oscillation that grows, or dies away slowest; measured the highest peak "
             "of the spectrum.")))
    , m_log(new QCheckBox(tr("log"), this))
    , m_places(new QToolButton(this))
    , m_grid(makeChoiceBox(this, tr("Number of tiles"),
          tr("How many networks are run: coarse ones first, finer ones between them")))
    , m_size(makeChoiceBox(this, tr("Neurons of the tiles' networks"),
          tr("Smaller networks are measured sooner. Each neuron keeps its number of inputs and "
             "their weights, so that theory is the same; as more of the inputs are shared, "
             "neurons are more correlated and rhythms stronger.")))
    , m_duration(new QDoubleSpinBox(this))
    , m_button(new QToolButton(this))
    , m_progress(new QProgressBar(this))
{
    m_quantity->addItem(tr("rate"), static_cast<int>(RegimeQuantity::rate));
    m_quantity->addItem(tr("CV of intervals"), static_cast<int>(RegimeQuantity::cv));
    m_quantity->addItem(tr("rhythm"), static_cast<int>(RegimeQuantity::frequency));
    m_quantity->addItem(tr("state"), static_cast<int>(RegimeQuantity::state));
    const int remembered = QSettings().value(QLatin1String(quantityKey)).toInt();
    m_quantity->setCurrentIndex(std::max(0, m_quantity->findData(remembered)));
    m_log->setChecked(QSettings().value(QLatin1String(logKey)).toBool());
    m_log->setAccessibleName(tr("Logarithmic colours"));
    m_log->setToolTip(tr("Colours over four decades"));
    m_log->setFocusPolicy(Qt::TabFocus);
    m_places->setText(tr("Go to"));
    m_places->setAccessibleName(tr("Published points"));
    m_places->setToolTip(tr("Sends the network to a published point of the diagram"));
    m_places->setPopupMode(QToolButton::InstantPopup);
    m_places->setFocusPolicy(Qt::TabFocus);
    m_places->setMenu(new QMenu(m_places));
    pressWithReturn(m_places);
    for (const int points : {9, 17, 33}) {
        m_grid->addItem(tr("%1 x %1 tiles").arg(points), points);
    }
    m_duration->setAccessibleName(tr("Duration of each run [ms]"));
    m_duration->setToolTip(tr("Model time of each run, with the warm-up that is not measured"));
    m_duration->setRange(100.0, 60000.0);
    m_duration->setDecimals(0);
    m_duration->setSingleStep(100.0);
    m_duration->setSuffix(QStringLiteral(" ms"));
    guardWheel(m_duration);
    m_button->setFocusPolicy(Qt::TabFocus);
    pressWithReturn(m_button);
    m_progress->setRange(0, wholeBar);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the tiles"));
    m_progress->setFixedHeight(4);
    QSizePolicy kept = m_progress->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // so that the plot does not jump
    m_progress->setSizePolicy(kept);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(3);
    grid->addWidget(m_x, 0, 0, 1, 2);
    grid->addWidget(m_y, 0, 2, 1, 2);
    grid->addWidget(m_quantity, 1, 0, 1, 2);
    grid->addWidget(m_log, 1, 2);
    grid->addWidget(m_places, 1, 3);
    grid->addWidget(m_grid, 2, 0);
    grid->addWidget(m_size, 2, 1);
    grid->addWidget(m_duration, 2, 2);
    grid->addWidget(m_button, 2, 3);
    grid->addWidget(m_progress, 3, 0, 1, 4);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (QToolButton* button : {m_places, m_button}) {
        button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    }
    setProgress(std::nullopt);
    setPlaces({});

    for (QComboBox* box : {m_x, m_y}) {
        connect(box, &QComboBox::activated, this, [this] { Q_EMIT axesChanged(); });
    }
    connect(m_quantity, &QComboBox::activated, this, [this] {
        QSettings().setValue(QLatin1String(quantityKey), m_quantity->currentData());
        m_log->setEnabled(quantity() != RegimeQuantity::state);
        Q_EMIT codingChanged();
    });
    m_log->setEnabled(quantity() != RegimeQuantity::state);
    connect(m_log, &QCheckBox::toggled, this, [this](bool on) {
        QSettings().setValue(QLatin1String(logKey), on);
        Q_EMIT codingChanged();
    });
    connect(m_button, &QToolButton::clicked, this,
        [this] { m_measuring ? Q_EMIT cancelWanted() : Q_EMIT startWanted(); });
}

void RegimeControls::setChoices(const std::vector<SweepChoice>& choices)
{
    fillAxisBox(*m_x, choices, {});
    fillAxisBox(*m_y, choices, {});
}

void RegimeControls::choose(const std::string& x, const std::string& y)
{
    m_x->setCurrentIndex(m_x->findData(QString::fromStdString(x)));
    m_y->setCurrentIndex(m_y->findData(QString::fromStdString(y)));
}

void RegimeControls::setSizes(const std::vector<NetworkSize>& sizes)
{
    m_sizes = sizes;
    m_size->clear();
    for (const NetworkSize& size : sizes) {
        m_size->addItem(tr("%L1 neurons").arg(size.neurons), size.part);
    }
    // Half of Brunel's network shows the states of the whole one; a quarter is too correlated.
    constexpr std::size_t least = 5000;
    m_size->setCurrentIndex(sizes.size() > 1 && sizes[1].neurons >= least ? 1 : 0);
}

void RegimeControls::setDuration(double ms) { m_duration->setValue(ms); }

void RegimeControls::setPlaces(const QStringList& names)
{
    m_places->menu()->clear();
    for (int i = 0; i < names.size(); ++i) {
        m_places->menu()->addAction(names[i], this, [this, i] { Q_EMIT placeChosen(i); });
    }
    m_places->setVisible(!names.isEmpty());
}

void RegimeControls::setProgress(std::optional<double> fraction)
{
    m_measuring = fraction.has_value();
    m_progress->setValue(static_cast<int>(fraction.value_or(0.0) * wholeBar));
    m_progress->setVisible(m_measuring);
    m_button->setText(m_measuring ? tr("Cancel") : tr("Measure"));
    m_button->setToolTip(m_measuring
            ? tr("Stop the runs; what is measured stays")
            : tr("Run a network for every tile, in the background: what `spikescope sweep` does"));
}

std::string RegimeControls::x() const { return m_x->currentData().toString().toStdString(); }

std::string RegimeControls::y() const { return m_y->currentData().toString().toStdString(); }

RegimeQuantity RegimeControls::quantity() const
{
    return static_cast<RegimeQuantity>(m_quantity->currentData().toInt());
}

bool RegimeControls::isLogarithmic() const { return m_log->isChecked(); }

TileQuestion RegimeControls::question() const
{
    TileQuestion question;
    if (const int size = m_size->currentIndex(); size >= 0) {
        question.size = m_sizes[static_cast<std::size_t>(size)];
    }
    question.points = m_grid->currentData().toInt();
    question.duration_ms = m_duration->value();
    return question;
}

} // namespace ui
