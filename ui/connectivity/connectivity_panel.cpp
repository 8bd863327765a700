#include "ui/connectivity/connectivity_panel.hpp"

#include "ui/connectivity/connection_histograms.hpp"
#include "ui/connectivity/connection_map.hpp"
#include "ui/connectivity/projection_editor.hpp"
#include "ui/connectivity/projection_graph.hpp"
#include "ui/connectivity/projection_texts.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/selection/neuron_selection.hpp"
#include "ui/widgets/column_size.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <variant>

namespace ui {

namespace {

/// Fields keep their height where there is little.
QWidget* scrolling(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    area->hide();
    return area;
}

QVBoxLayout* columnIn(QWidget* page)
{
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    constexpr int gap = 4;
    column->setSpacing(gap);
    return column;
}

} // namespace

ConnectivityPanel::ConnectivityPanel(
    EngineBridge& bridge, StimulusDesk& desk, NeuronSelection& selection, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_selection(selection)
    , m_data(new ConnectionData(this))
    , m_pictures(new ConnectionPictures(this))
    , m_projections(new QComboBox(this))
    , m_quantities(new QComboBox(this))
    , m_tabs(new QTabBar(this))
    , m_words(new QLabel(this))
    , m_graph(new ProjectionGraph(this))
    , m_editor(new ProjectionEditor(desk, this))
    , m_editorArea(scrolling(m_editor, this))
    , m_histograms(new ConnectionHistograms(this))
    , m_map(new ConnectionMap(this))
    , m_grid(new QGridLayout)
    , m_seen(*this, [this] { renew(); })
{
    setAccessibleName(tr("Connectivity"));
    m_projections->setAccessibleName(tr("Projection"));
    m_projections->setToolTip(tr("Whose synapses are shown"));
    m_projections->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_quantities->setAccessibleName(tr("What the picture shows"));
    m_quantities->addItem(tr("Number of synapses"));
    m_quantities->addItem(tr("Weights"));
    m_quantities->setToolTip(
        tr("For each pair of a source and a target, on average over those that "
           "share a place of the picture"));
    guardWheel(m_projections);
    guardWheel(m_quantities);
    m_tabs->setAccessibleName(tr("Which view of the connections"));
    m_tabs->setDrawBase(false);
    for (const QString& title : {tr("Graph"), tr("Histograms"), tr("Picture")}) {
        m_tabs->addTab(title);
    }
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* graphPage = new QWidget(this);
    m_graphRow = columnIn(graphPage);
    m_graphRow->addWidget(m_graph, 1);
    m_graphRow->addWidget(m_editorArea);
    auto* histogramPage = new QWidget(this);
    QVBoxLayout* histogramColumn = columnIn(histogramPage);
    histogramColumn->addWidget(m_histograms, 1);
    auto* mapPage = new QWidget(this);
    QVBoxLayout* mapColumn = columnIn(mapPage);
    auto* mapHead = new QHBoxLayout;
    mapHead->addWidget(m_quantities);
    auto* hint = new QLabel(tr("wheel zooms, double click: all"), mapPage);
    hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    hint->setToolTip(
        tr("Targets from top to bottom, sources from left to right. The wheel zooms, a "
           "drag moves, a drag with the right button zooms into a box, a double click "
           "shows all. A click follows the target, with Shift the source."));
    mapHead->addWidget(hint, 1);
    mapColumn->addLayout(mapHead);
    mapColumn->addWidget(m_map, 1);
    m_pages = {graphPage, histogramPage, mapPage};

    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    auto* choices = new QHBoxLayout;
    choices->addWidget(m_projections);
    choices->addWidget(m_tabs);
    choices->addStretch();
    column->addLayout(choices);
    column->addWidget(m_words);
    column->addLayout(m_grid, 1);

    connect(m_projections, &QComboBox::currentIndexChanged, this, [this] {
        showChosen();
        showCounts();
    });
    connect(m_quantities, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_map->setQuantity(
            index == 0 ? ConnectionMap::Quantity::synapses : ConnectionMap::Quantity::weight);
    });
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        arrange();
        m_seen.changed();
    });
    connect(m_graph, &ProjectionGraph::projectionChosen, this, &ConnectivityPanel::choose);
    connect(m_map, &ConnectionMap::neuronClicked, this,
        [this](NeuronId neuron) { m_selection.follow(neuron); });
    connect(m_map, &ConnectionMap::viewChanged, this, [this] { m_seen.changed(); });
    connect(&selection, &NeuronSelection::followedChanged, this, [this] {
        m_map->setFollowed(m_selection.followed());
        m_seen.changed();
    });
    connect(m_data, &ConnectionData::changed, this, &ConnectivityPanel::showCounts);
    connect(m_pictures, &ConnectionPictures::changed, this, [this] {
        if (m_experiment) {
            m_map->setPictures(m_experiment, *m_pictures);
        }
    });
    connect(&bridge, &EngineBridge::sessionChanged, this, &ConnectivityPanel::begin);
    connect(&bridge, &EngineBridge::documentChanged, this, [this] { m_seen.changed(); });
    connect(&bridge, &EngineBridge::frameReady, this, [this](const engine::Frame& frame) {
        const QString reason = frame.status.build_fraction
            ? QString::fromStdString(frame.status.build_reason)
            : QString();
        if (reason != m_building) {
            m_building = reason;
            m_seen.changed();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { m_map->applyTheme(Theme::instance().colors()); });
    connectMenus();
    arrange();
}

void ConnectivityPanel::begin()
{
    const auto experiment = m_bridge.document()->shared_experiment();
    const auto sizes = [](const engine::config::Experiment& e) {
        return engine::analysis::population_starts(e);
    };
    // The place that is looked at stays where the neurons are the same ones.
    if (!m_experiment || sizes(*m_experiment) != sizes(*experiment)) {
        m_pictures->forget();
        m_map->begin(experiment);
        // Where everybody is connected to everybody the numbers tell nothing.
        const auto& projections = experiment->projections;
        const bool all = std::all_of(projections.begin(), projections.end(),
            [](const auto& p) { return std::holds_alternative<engine::config::AllToAll>(p.rule); });
        m_quantities->setCurrentIndex(all && !projections.empty() ? 1 : 0);
    }
    m_experiment = experiment;
    fillChoices();
    m_seen.changed();
}

void ConnectivityPanel::fillChoices()
{
    QStringList names {tr("all projections")};
    for (std::size_t p = 0; p < m_experiment->projections.size(); ++p) {
        names += projectionName(*m_experiment, p);
    }
    QStringList present;
    for (int i = 0; i < m_projections->count(); ++i) {
        present += m_projections->itemText(i);
    }
    if (names != present) {
        const QSignalBlocker quiet(m_projections);
        m_projections->clear();
        m_projections->addItems(names);
        showChosen();
    }
}

void ConnectivityPanel::showChosen()
{
    m_graph->setChosen(chosen());
    m_map->setProjection(chosen());
    m_editor->setProjection(chosen());
    m_editorArea->setVisible(chosen().has_value());
    arrange();
}

std::optional<std::size_t> ConnectivityPanel::chosen() const
{
    const int index = m_projections->currentIndex();
    return index <= 0 ? std::nullopt : std::optional(static_cast<std::size_t>(index) - 1);
}

void ConnectivityPanel::choose(std::optional<std::size_t> projection)
{
    m_projections->setCurrentIndex(projection ? static_cast<int>(*projection) + 1 : 0);
}

void ConnectivityPanel::renew()
{
    if (!m_bridge.document() || !m_experiment) {
        return;
    }
    m_experiment = m_bridge.document()->shared_experiment();
    fillChoices();
    m_data->count(m_experiment);
    look();
    showCounts();
}

void ConnectivityPanel::look()
{
    if (m_map->isVisible()) {
        m_pictures->look(m_experiment, m_map->view());
    }
}

void ConnectivityPanel::showCounts()
{
    const auto& document = m_bridge.document();
    if (!document || !m_experiment) {
        return;
    }
    const auto& counts = m_data->counts();
    m_graph->show(*document, counts);
    m_histograms->show(*m_experiment, counts, chosen(), m_selection.followed());
    m_words->setText(summary());
}

QString ConnectivityPanel::words() const { return m_words->text(); }

QString ConnectivityPanel::summary() const
{
    const auto& counts = m_data->counts();
    if (!m_building.isEmpty()) {
        return tr("The network is being built anew: %1.").arg(m_building);
    }
    if (m_experiment->projections.empty()) {
        return tr("This preset has no projections: its neurons know nothing of each other.");
    }
    if (counts.size() != m_experiment->projections.size()) {
        return tr("Counting the synapses…");
    }
    std::uint64_t synapses = 0;
    for (std::size_t p = 0; p < counts.size(); ++p) {
        if (!counts[p]) {
            return tr("Counting the synapses…");
        }
        synapses += !chosen() || *chosen() == p ? counts[p]->synapses : 0;
    }
    const QString number = QLocale(QLocale::English).toString(static_cast<qulonglong>(synapses));
    if (!chosen()) {
        return tr("%1 synapses in %2. Click an arrow to see and change what it is.")
            .arg(number,
                counts.size() == 1 ? tr("one projection")
                                   : tr("%1 projections").arg(counts.size()));
    }
    const auto& projection = m_experiment->projections[*chosen()];
    const double onto = *weightOntoNeuron(projection, counts[*chosen()].get());
    return tr("%1 synapses; %2 onto a neuron on average, their weights sum up to %3 %4.")
        .arg(number,
            shortNumber(static_cast<double>(synapses)
                / static_cast<double>(counts[*chosen()]->in_degrees.size())),
            shortNumber(onto), weightUnit(*m_experiment, *chosen()));
}

void ConnectivityPanel::addMenu(QWidget& plot, const std::function<void(QPainter&, QSize)>& paint,
    const std::function<std::string()>& csv, const QPoint& position)
{
    showPictureMenu({&plot, paint, csv}, position, m_tag,
        [this](const QString& message, bool error) { Q_EMIT report(message, error); });
}

void ConnectivityPanel::connectMenus()
{
    QList<SmallPlot*> plots {m_map};
    for (BarPlot* plot : m_histograms->plots()) {
        plots += plot;
    }
    for (SmallPlot* plot : plots) {
        connect(plot, &SmallPlot::menuAsked, this, [this, plot](const QPoint& position) {
            addMenu(
                *plot,
                [plot](QPainter& painter, QSize size) { plot->paintForExport(painter, size); },
                [plot] { return plot->csv(); }, position);
        });
    }
    connect(m_graph, &ProjectionGraph::menuAsked, this, [this](const QPoint& position) {
        addMenu(
            *m_graph,
            [this](QPainter& painter, QSize size) { m_graph->paintForExport(painter, size); },
            [this] { return m_graph->csv(); }, position);
    });
}

void ConnectivityPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QSize ConnectivityPanel::minimumSizeHint() const { return leastOfColumn(*this); }

void ConnectivityPanel::arrange()
{
    constexpr int enough = 330; // of a page
    const bool row = width() >= static_cast<int>(m_pages.size()) * enough;
    m_tabs->setVisible(!row);
    for (int i = 0; i < m_pages.size(); ++i) {
        m_grid->removeWidget(m_pages[i]);
        m_grid->addWidget(m_pages[i], 0, row ? i : 0);
        m_grid->setColumnStretch(i, row || i == 0 ? 1 : 0);
        m_pages[i]->setVisible(row || i == m_tabs->currentIndex());
    }
    // The editor stands beside the graph where the page is low and wide.
    const int page = row ? width() / static_cast<int>(m_pages.size()) : width();
    const bool beside = page >= 2 * enough && 2 * height() < 3 * page;
    m_graphRow->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int needed = m_editor->sizeHint().height() + 2;
    m_editorArea->setMaximumHeight(beside ? QWIDGETSIZE_MAX : needed);
    m_editorArea->setMinimumHeight(beside ? 0 : std::min(needed, height() / 3));
    m_editorArea->setMinimumWidth(beside ? enough : 0);
}

} // namespace ui
