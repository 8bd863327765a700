#include "ui/regime/regime_panel.hpp"

#include "engine/checks/network_regime.hpp"
#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/regime/regime_controls.hpp"
#include "ui/regime/regime_plot.hpp"
#include "ui/widgets/gesture.hpp"
#include "ui/widgets/parameter_text.hpp"

#include <QBoxLayout>
#include <QLabel>
#include <QUndoStack>

#include <algorithm>
#include <cmath>
#include <exception>

namespace ui {

namespace theory = engine::theory;
using engine::config::PresetDocument;

namespace {

constexpr int watchMs = 100;
constexpr int showMs = 80; // between two paintings of what moves
constexpr double highestEta = 4.0; // the diagram of Brunel 2000 ends there

QString number(double x) { return QString::number(x, 'g', 4); }

ValueScale scaleOf(const SweepChoice& choice)
{
    return {choice.low, choice.high, choice.row.log_scale && choice.low > 0.0, choice.row.integer};
}

/// A long title would not fit beside a low plot: the symbol stands for it.
RegimePlot::Axis axisOf(const SweepChoice& choice)
{
    constexpr int most = 24;
    const QString symbol = QString::fromStdString(choice.row.path).section(QLatin1Char('/'), -1);
    const QString unit = QString::fromStdString(choice.row.unit);
    const QString title = choice.title().size() <= most ? choice.title()
        : unit.isEmpty()                                ? symbol
                         : QStringLiteral("%1 [%2]").arg(symbol, unit);
    return {title, scaleOf(choice)};
}

} // namespace

RegimePanel::RegimePanel(
    EngineBridge& bridge, QUndoStack& undo, const NetworkTheory& theory, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_undo(undo)
    , m_present(theory)
    , m_controls(new RegimeControls(this))
    , m_plot(new RegimePlot(this))
    , m_words(new QLabel(this))
    , m_notes(new QLabel(this))
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_theory([this](const RegimeTheory& answer) { takeTheory(answer); }, 0)
    , m_drawing([this](const RegimeDiagram& diagram) { takeDiagram(diagram); }, 0)
{
    setAccessibleName(tr("Regime map"));
    for (QLabel* label : {m_words, m_notes}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_words->setTextFormat(Qt::RichText);
    m_words->setAccessibleName(tr("Theory and measurement at the present place"));
    m_notes->setAccessibleName(tr("What the map shows"));
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    constexpr int margin = 4;
    m_layout->setContentsMargins(margin, margin, margin, margin);
    m_layout->setSpacing(margin);
    auto* side = new QVBoxLayout;
    side->setSpacing(margin);
    side->addWidget(m_controls);
    side->addWidget(m_words);
    side->addWidget(m_notes);
    side->addStretch(0);
    m_layout->addLayout(side, 0);
    m_layout->addWidget(m_plot, 1);

    m_watch.setInterval(watchMs);
    connect(&m_watch, &QTimer::timeout, this, &RegimePanel::watchMap);
    connect(m_controls, &RegimeControls::axesChanged, this, &RegimePanel::beginAxes);
    connect(m_controls, &RegimeControls::codingChanged, this, &RegimePanel::showColors);
    connect(m_controls, &RegimeControls::startWanted, this, &RegimePanel::startTiles);
    connect(m_controls, &RegimeControls::cancelWanted, this, &RegimePanel::stopTiles);
    connect(m_controls, &RegimeControls::placeChosen, this, [this](int place) {
        const PublishedPoint& point = publishedPoints.at(static_cast<std::size_t>(place));
        beginGesture();
        goTo({point.g, point.eta});
    });
    connect(m_plot, &RegimePlot::gestureStarted, this, &RegimePanel::beginGesture);
    connect(m_plot, &RegimePlot::placeWanted, this, &RegimePanel::goTo);
    connect(m_plot, &RegimePlot::menuAsked, this, &RegimePanel::showMenu);
    m_plot->setDescription([this](const QPointF& at) { return describe(at); });
    connect(&m_sweep, &BackgroundSweep::advanced, this, &RegimePanel::showTiles);
    connect(&m_sweep, &BackgroundSweep::progressed, m_controls, &RegimeControls::setProgress);
    connect(&m_sweep, &BackgroundSweep::completed, this, &RegimePanel::stopTiles);
    connect(&m_sweep, &BackgroundSweep::failed, this, [this](const QString& why) {
        stopTiles();
        Q_EMIT report(why, true);
    });
    for (const auto signal : {&NetworkTheory::ratesChanged, &NetworkTheory::completeChanged}) {
        connect(&theory, signal, this, [this] { m_news = true; });
    }
    connect(&bridge, &EngineBridge::sessionChanged, this, &RegimePanel::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, [this] { m_trail.interrupt(); });
    connect(&bridge, &EngineBridge::documentChanged, this, &RegimePanel::documentChanged);
    connect(&bridge, &EngineBridge::frameReady, this, &RegimePanel::takeFrame);
    showColors();
}

RegimePanel::~RegimePanel() = default;

QString RegimePanel::words() const { return m_words->text(); }

QString RegimePanel::notes() const { return m_notes->text(); }

bool RegimePanel::computesTheory() const
{
    return m_theory.busy() || m_watch.isActive() || m_drawing.busy();
}

void RegimePanel::setReference(const PresetDocument& document) { m_reference = document; }

void RegimePanel::beginSession(const engine::Frame& frame)
{
    m_namesState = engine::checks::has_excitation_and_inhibition(frame.document.experiment());
    if (frame.document.info().id == m_preset) {
        m_trail.interrupt();
        return; // built anew with other values
    }
    m_preset = frame.document.info().id;
    m_sweep.letGo();
    m_controls->setProgress(std::nullopt);
    m_controls->setSizes(networkSizes(frame.document));
    constexpr double measured_ms = 1000.0;
    const auto& experiment = frame.document.experiment();
    m_controls->setDuration(std::min(experiment.record.warmup_ms + measured_ms,
        experiment.simulation.duration_ms.value_or(experiment.record.warmup_ms + measured_ms)));
    chooseAxes();
}

/// g and eta where there are such variables, else the first two numbers.
void RegimePanel::chooseAxes()
{
    const SweepSubject subject(*m_bridge.document(), SweepProtocol::ownStimuli);
    const auto& choices = subject.choices();
    m_controls->setChoices(choices);
    if (subject.find("g") != nullptr && subject.find("eta") != nullptr) {
        m_controls->choose("g", "eta");
    } else if (choices.size() > 1) {
        m_controls->choose(choices[0].row.path, choices[1].row.path);
    }
    beginAxes();
}

/// Takes over rows and ranges of both axes; whether the ranges are others than before.
bool RegimePanel::readChoices()
{
    const SweepSubject subject(*m_bridge.document(), SweepProtocol::ownStimuli);
    const SweepChoice* x = subject.find(m_controls->x());
    const SweepChoice* y
        = m_controls->y() != m_controls->x() ? subject.find(m_controls->y()) : nullptr;
    const auto range = [](const std::optional<SweepChoice>& choice) {
        return choice ? std::pair(choice->low, choice->high) : std::pair(0.0, 0.0);
    };
    const auto before = std::pair(range(m_x), range(m_y));
    m_x = x != nullptr && y != nullptr ? std::optional(*x) : std::nullopt;
    m_y = x != nullptr && y != nullptr ? std::optional(*y) : std::nullopt;
    if (m_y && m_y->row.path == "eta" && m_x->row.path == "g" && m_y->now() <= highestEta) {
        m_y->high = std::min(m_y->high, highestEta);
    }
    return before != std::pair(range(m_x), range(m_y));
}

/// Other numbers on the axes, or other ranges.
void RegimePanel::beginAxes()
{
    if (!m_bridge.document()) {
        return;
    }
    readChoices();
    m_sweep.letGo();
    m_controls->setProgress(std::nullopt);
    m_tiles.reset();
    m_map.reset();
    m_diagram.reset();
    m_controls->setPlaces({});
    m_plot->setMarks({});
    if (!m_x || !m_y) {
        m_words->clear();
        m_notes->setText(tr("A map needs two different numbers."));
        return;
    }
    m_plot->setAxes(axisOf(*m_x), axisOf(*m_y));
    m_plot->setStale(false);
    constexpr double parts = 200.0;
    m_trail.begin(m_x->row.path, m_y->row.path,
        {(m_x->high - m_x->low) / parts, (m_y->high - m_y->low) / parts});
    m_notes->clear();
    documentChanged();
}

void RegimePanel::documentChanged()
{
    m_theoryWanted = true;
    if (!m_x || !m_y || !m_bridge.document() || m_plot->visibleRegion().isEmpty()) {
        return; // showEvent comes back
    }
    const PresetDocument& document = *m_bridge.document();
    const auto outside = [&](const SweepChoice& choice) {
        const auto value = document.value(choice.row.path);
        const double* x = value ? std::get_if<double>(&*value) : nullptr;
        return x == nullptr || *x < choice.low || *x > choice.high;
    };
    if ((outside(*m_x) || outside(*m_y)) && readChoices()) {
        beginAxes();
        return;
    }
    m_theoryWanted = false;
    m_theory.ask([document, x = m_x->row.path, y = m_y->row.path](
                     const std::stop_token&) { return regimeTheory(document, x, y); });
    if (m_tiles) {
        const auto now = tileRequest(document, *m_x, *m_y, m_question);
        const bool old = now.document.text() != m_tileText;
        if (old != m_tilesOld) {
            m_tilesOld = old;
            if (old) {
                stopTiles();
            }
            showTiles();
        }
    }
}

void RegimePanel::takeTheory(const RegimeTheory& answer)
{
    if (!answer.params) {
        m_watch.stop();
        m_map.reset();
        m_diagram.reset();
        m_plot->setField(0, 0, {});
        m_plot->setRegions({}, {}, std::nullopt);
        m_plot->setMarks({});
        m_controls->setPlaces({});
        if (!m_tiles) {
            m_notes->setText(tr("No theory here: %1. Measure fills the plane with runs of the "
                                "network.")
                                 .arg(answer.reason));
        }
        return;
    }
    const theory::MapRequest wanted {
        *answer.params, {m_x->low, m_x->high, m_mapPoints}, {m_y->low, m_y->high, m_mapPoints}};
    if (m_map && m_map->request() == wanted) {
        return;
    }
    m_plot->setStale(m_diagram.has_value());
    try {
        m_map = m_maps.get(wanted, 1);
    } catch (const std::exception& problem) {
        m_notes->setText(QString::fromUtf8(problem.what()));
        return;
    }
    m_results = 0;
    m_watch.start();
    watchMap();
}

void RegimePanel::watchMap()
{
    if (!m_map || m_drawing.busy() || m_map->results() == m_results) {
        return;
    }
    m_results = m_map->results();
    m_drawing.ask([map = m_map](const std::stop_token&) {
        try {
            return regimeDiagram(*map);
        } catch (const std::exception&) {
            return RegimeDiagram {}; // no memory: what is shown stays
        }
    });
}

void RegimePanel::takeDiagram(const RegimeDiagram& diagram)
{
    if (!m_map || !(diagram.request == m_map->request()) || diagram.spacing == 0) {
        return;
    }
    const bool first = !m_diagram;
    m_diagram = diagram;
    if (diagram.complete) {
        m_watch.stop();
    }
    m_plot->setStale(false);
    if (first) {
        std::vector<RegimePlot::Mark> marks;
        QStringList names;
        for (const PublishedPoint& point : publishedPoints) {
            marks.push_back({{point.g, point.eta}, QLatin1String(point.name)});
            names += tr("%1: %2 (g %3, eta %4), Brunel 2000, Fig. 8")
                         .arg(QLatin1String(point.name), QLatin1String(point.state),
                             number(point.g), number(point.eta));
        }
        m_plot->setMarks(marks);
        m_controls->setPlaces(names);
    }
    showColors();
    const double balance = 1.0 / diagram.request.params.gamma;
    m_plot->setRegions(diagram.borders, diagram.places, balance);
}

/// Another quantity, or more of it is known.
void RegimePanel::showColors()
{
    m_plot->setCoding(m_controls->quantity(), m_controls->isLogarithmic());
    if (m_diagram) {
        m_plot->setField(m_diagram->request.g.points, m_diagram->request.eta.points,
            m_diagram->values(m_controls->quantity()));
    }
    showTiles();
    showPlace();
}

void RegimePanel::takeFrame(const engine::Frame& frame)
{
    if (!m_x || !frame.history) {
        return;
    }
    m_news = m_trail.take(frame) || m_news;
    const bool stands = frame.status.state != engine::RunState::running;
    if (m_plot->visibleRegion().isEmpty() || !m_news
        || (!stands && m_sinceShown.isValid() && m_sinceShown.elapsed() < showMs)) {
        return;
    }
    if (m_theoryWanted) {
        documentChanged(); // came into view
    }
    m_sinceShown.start();
    m_news = false;
    showPlace();
}

QString RegimePanel::verdict() const
{
    if (!m_namesState || m_trail.present() == nullptr) {
        return {};
    }
    const engine::analysis::Regime& regime = m_trail.regime();
    if (regime.kind == engine::analysis::Regime::Kind::undecided) {
        return QStringLiteral("…");
    }
    const QString name = QString::fromStdString(engine::analysis::regime_name(regime.kind));
    return regime.near_boundary ? tr("%1, near the border").arg(name) : name;
}

QString RegimePanel::measuredText() const
{
    const RegimeStop* stop = m_trail.present();
    if (stop == nullptr || std::isnan(stop->rate_Hz)) {
        return QStringLiteral("–");
    }
    constexpr double slow_Hz = 10.0;
    QStringList parts;
    if (const QString name = verdict(); !name.isEmpty()) {
        parts += name;
    }
    parts += tr("%1 Hz").arg(QString::number(stop->rate_Hz, 'f', stop->rate_Hz < slow_Hz ? 2 : 1));
    if (!std::isnan(stop->cv)) {
        parts += tr("CV %1").arg(QString::number(stop->cv, 'f', 2));
    }
    if (!std::isnan(stop->frequency_Hz)) {
        parts += tr("peak %1 Hz").arg(QString::number(stop->frequency_Hz, 'f', 0));
    }
    return parts.join(QStringLiteral(", "));
}

void RegimePanel::showPlace()
{
    m_plot->setTrail(m_trail.stops(), verdict());
    if (!m_x || !m_y || m_trail.present() == nullptr) {
        return;
    }
    const QPointF& at = m_trail.present()->at;
    const QString theory = regimeTheoryText(m_present.rates(), m_present.complete());
    const QString text
        = QStringLiteral("<b>%1 %2, %3 %4</b><br>%5 %6<br>%7 %8")
              .arg(QString::fromStdString(m_x->row.path).section('/', -1), number(at.x()),
                  QString::fromStdString(m_y->row.path).section('/', -1), number(at.y()),
                  tr("Theory:"), theory.toHtmlEscaped(), tr("Measured:"),
                  measuredText().toHtmlEscaped());
    if (text != m_words->text()) {
        m_words->setText(text);
    }
}

void RegimePanel::beginGesture()
{
    m_gesture = nextGesture();
    readChoices(); // the values that an undo brings back
}

void RegimePanel::goTo(const QPointF& at)
{
    if (!m_x || !m_y || !m_bridge.document()) {
        return;
    }
    const auto first = m_bridge.document()->set(m_x->row.path, at.x()).document;
    if (!first || !first->set(m_y->row.path, at.y()).document) {
        return; // what the parameter panel would refuse too
    }
    m_undo.push(new SetValuesCommand(m_bridge,
        {{m_x->row.path, writtenValue(m_x->row), at.x()},
            {m_y->row.path, writtenValue(m_y->row), at.y()}},
        tr("Regime map"), m_gesture));
}

void RegimePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_news = true;
    QTimer::singleShot(0, this, [this] { // when it is there to be seen
        if (m_theoryWanted) {
            documentChanged();
        }
    });
}

/// Beside the map where the panel is wide, else above it.
void RegimePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr double wide = 1.5;
    constexpr int leastChars = 100; // of a column nothing is to be taken
    const bool beside
        = width() > wide * height() && width() > leastChars * fontMetrics().averageCharWidth();
    m_layout->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace ui
