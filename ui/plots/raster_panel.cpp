#include "ui/plots/raster_panel.hpp"

#include "engine/analysis/divergence.hpp"
#include "engine/recording/csv.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/raster_order.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QActionGroup>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <sstream>

namespace ui {

using engine::core::Step;
using engine::recording::Spike;

namespace {

constexpr const char* allKey = "raster/all";

/// Those with from < step <= to; `spikes` ascending.
std::span<const Spike> between(const std::vector<Spike>& spikes, Step from, Step to)
{
    const auto after = [](Step step, const Spike& spike) { return step < spike.step; };
    const auto first = std::upper_bound(spikes.begin(), spikes.end(), from, after);
    return {first, std::upper_bound(first, spikes.end(), to, after)};
}

} // namespace

RasterPanel::RasterPanel(TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_raster(new RasterPlottable(xAxis, yAxis))
    , m_legend(new LegendStrip(this))
    , m_ticker(new QCPAxisTickerText)
    , m_marks(new RasterMarks(this))
    , m_choosing(new QRubberBand(QRubberBand::Rectangle, this))
    , m_all(QSettings().value(allKey).toBool())
{
    setValueTitle(tr("Neuron"), {});
    yAxis->setTicker(m_ticker);
    yAxis->grid()->setVisible(false);
    setAccessibleName(tr("Raster of spikes"));
    RasterPanel::applyTheme(colors());
}

void RasterPanel::begin(const ShownRun& run)
{
    TimePlot::begin(run);
    m_raster->setSource(run.history, run.grid);
    m_order = Order::number;
    m_original.reset();
    arrange();
}

void RasterPanel::setSelection(FollowedNeuron& followed, const QList<QAction*>& actions)
{
    m_followed = &followed;
    m_actions = actions;
    m_marks->rows = &m_raster->rows();
    m_marks->selection = &followed.selection();
    const auto draw = [this] { replot(QCustomPlot::rpQueuedReplot); };
    connect(&followed.selection(), &NeuronSelection::chosenChanged, this, draw);
    connect(&followed.selection(), &NeuronSelection::followedChanged, this, draw);
    connect(&followed, &FollowedNeuron::neighboursChanged, this, &RasterPanel::takeNeighbours);
    takeNeighbours();
}

void RasterPanel::takeNeighbours()
{
    m_marks->neighbours = m_followed->neighbours();
    makeLegend();
    replot(QCustomPlot::rpQueuedReplot);
}

std::vector<std::uint32_t> RasterPanel::connectedFirst(std::size_t population) const
{
    std::vector<std::uint32_t> first;
    const auto add = [&](const std::vector<NeuronId>& neurons) {
        for (const NeuronId id : neurons) {
            if (id.population == population) {
                first.push_back(id.neuron);
            }
        }
    };
    if (const auto followed = m_followed->selection().followed()) {
        add({*followed});
    }
    if (const auto& neighbours = m_followed->neighbours()) {
        add(sendersOf(*neighbours));
        add(receiversOf(*neighbours));
    }
    return first;
}

RasterRows RasterPanel::orderedRows() const
{
    const engine::config::Experiment& experiment = *run().experiment;
    RasterRows rows(experiment, m_all ? std::nullopt : experiment.view.raster_max_neurons);
    if (m_order == Order::number) {
        return rows;
    }
    const auto spikes
        = run().history->spikes(run().grid.steps(m_orderFrom_ms), run().grid.steps(m_orderTo_ms));
    for (const std::size_t population : experiment.record.spikes) {
        const auto number = static_cast<std::uint32_t>(population);
        const auto size = static_cast<std::uint32_t>(experiment.populations[population].size);
        if (m_order == Order::connection) {
            rows.setOrder(population, orderWithFirst(connectedFirst(population), size));
            continue;
        }
        rows.setOrder(population,
            m_order == Order::rate ? orderByRate(spikes, number, size)
                                   : orderByFirstSpike(spikes, number, size));
    }
    return rows;
}

void RasterPanel::setOrder(Order order)
{
    m_order = order;
    m_orderFrom_ms = std::max(0.0, timeAxis().lower());
    m_orderTo_ms = std::min(timeAxis().upper(), run().grid.time_ms(run().now));
    if (run().experiment) {
        arrange();
        loadMore();
    }
}

QString RasterPanel::orderText() const
{
    const auto span = [this] {
        return tr("%1-%2 ms").arg(m_orderFrom_ms, 0, 'f', 0).arg(m_orderTo_ms, 0, 'f', 0);
    };
    switch (m_order) {
    case Order::number:
        return {};
    case Order::rate:
        return tr("by rate in %1").arg(span());
    case Order::firstSpike:
        return tr("by first spike in %1").arg(span());
    case Order::connection:
        return tr("by connection");
    }
    return {};
}

void RasterPanel::arrange()
{
    m_raster->setRows(orderedRows());
    m_ticked = {};
    autoscale();
    applyTheme(colors());
}

void RasterPanel::setShowsAll(bool all)
{
    m_all = all;
    if (run().experiment) {
        arrange();
        loadMore();
    }
}

void RasterPanel::addOrders(QMenu& menu)
{
    QMenu* choices = menu.addMenu(tr("&Order"));
    choices->setToolTipsVisible(true);
    auto* group = new QActionGroup(choices);
    const auto add = [&](const QString& title, const QString& tip, Order order) {
        QAction* action = choices->addAction(title, this, [this, order] { setOrder(order); });
        action->setToolTip(tip);
        action->setCheckable(true);
        action->setChecked(order == m_order);
        group->addAction(action);
    };
    add(tr("By &number"), tr("As the preset counts its neurons"), Order::number);
    add(tr("By &rate, as in view"), tr("Those that fire most in the time shown are lowest"),
        Order::rate);
    add(tr("By &first spike in view"), tr("Those that fire first in the time shown are lowest"),
        Order::firstSpike);
    if (m_followed != nullptr && m_followed->selection().followed()) {
        add(tr("By &connection with the followed neuron"),
            tr("It is lowest, then those that send it spikes, then those that get its spikes"),
            Order::connection);
    }
}

void RasterPanel::fillMenu(QMenu& menu)
{
    menu.addSeparator();
    addOrders(menu);
    addChoices(menu);
    const auto asked = run().experiment ? run().experiment->view.raster_max_neurons
                                        : std::optional<std::size_t>();
    const auto all = static_cast<qulonglong>(m_raster->rows().neurons());
    if (!asked || *asked >= all) {
        return;
    }
    QMenu* choices = menu.addMenu(tr("&Neurons"));
    auto* group = new QActionGroup(choices);
    const auto add = [&](const QString& title, bool value) {
        QAction* action = choices->addAction(title, this, [this, value] {
            setShowsAll(value);
            QSettings().setValue(allKey, value);
        });
        action->setCheckable(true);
        action->setChecked(value == m_all);
        group->addAction(action);
    };
    add(tr("&All %1").arg(locale().toString(all)), true);
    add(tr("&The %1 that the preset shows").arg(*asked), false);
}

void RasterPanel::beginSweep(const ShownRun& run, const ShownRun& previous)
{
    TimePlot::beginSweep(run, previous);
    m_raster->setSource(run.history, run.grid);
}

void RasterPanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.axis;
    m_marks->setColors(colors);
    makeLegend();
    m_raster->setGhosts(m_original != nullptr || m_other, colors.axis);
    std::vector<QColor> blockColors;
    if (run().experiment) {
        for (const RasterRows::Block& block : m_raster->rows().blocks()) {
            blockColors.push_back(populationColor(*run().experiment, block.population, colors));
        }
    }
    m_raster->setColors(std::move(blockColors));
    invalidate();
}

void RasterPanel::makeLegend()
{
    m_legend->entries.clear();
    const auto add = [this](const QString& name, const QColor& color) {
        m_legend->entries.push_back({.name = name,
            .unit = {},
            .pen = QPen(color),
            .value = 0.0,
            .hasValue = false,
            .block = true});
    };
    if (run().experiment) {
        for (const RasterRows::Block& block : m_raster->rows().blocks()) {
            add(RasterRows::text(block),
                populationColor(*run().experiment, block.population, colors()));
        }
    }
    if (m_original) {
        add(tr("in the original alone"), colors().axis);
    } else if (m_other) {
        add(tr("in B alone"), colors().axis);
    }
    if (m_marks->neighbours) {
        const auto count = [this](std::size_t number) {
            return locale().toString(static_cast<qulonglong>(number));
        };
        add(tr("%1 inputs").arg(count(sendersOf(*m_marks->neighbours).size())), colors().green);
        add(tr("%1 targets").arg(count(receiversOf(*m_marks->neighbours).size())), colors().orange);
    }
}

void RasterPanel::autoscale()
{
    TimePlot::autoscale();
    setValueRange(0.0, m_raster->rows().height());
}

void RasterPanel::append(const Slice& slice)
{
    if (slice.frame != nullptr) {
        const auto shown = between(slice.frame->spikes, slice.from, slice.to);
        m_raster->add(shown);
        addGhosts(slice, shown);
        return;
    }
    const auto spikes = run().history->spikes(slice.from, slice.to);
    m_raster->add(spikes);
    addGhosts(slice, spikes);
    // As many steps at a time as hold some ten thousand spikes.
    constexpr std::size_t enough = 60000;
    if (spikes.size() > 2 * enough) {
        m_sliceSteps = std::max<Step>(1, m_sliceSteps / 2);
    } else if (spikes.size() < enough / 2) {
        m_sliceSteps = std::min<Step>(m_sliceSteps * 2, 1000000);
    }
}

void RasterPanel::showTicks()
{
    if (m_ticked == yAxis->range()) {
        return;
    }
    m_ticked = yAxis->range();
    m_ticker->clear();
    for (const auto& [row, text] : m_raster->rows().ticks(m_ticked.lower, m_ticked.upper)) {
        m_ticker->addTick(row, text);
    }
}

void RasterPanel::refresh(double /*elapsed_s*/)
{
    showTicks();
    addOther();
    const double neurons = m_raster->neuronsPerPixel();
    QStringList notes;
    if (m_order != Order::number) {
        notes += orderText();
    }
    if (neurons > 1.0) {
        notes += tr("neurons to a pixel: %1, the more spikes the stronger its colour")
                     .arg(neurons, 0, 'g', 2);
    }
    m_legend->note = notes.join(QStringLiteral("; "));
}

QString RasterPanel::spoken() const
{
    QStringList parts;
    for (const RasterRows::Block& block : m_raster->rows().blocks()) {
        parts += RasterRows::text(block);
    }
    if (m_order != Order::number) {
        parts += orderText();
    }
    if (m_marks->neighbours) {
        for (std::size_t i = m_raster->rows().blocks().size(); i < m_legend->entries.size(); ++i) {
            parts += m_legend->entries[i].name;
        }
    }
    return parts.join(QStringLiteral(", "));
}

std::string RasterPanel::visibleCsv() const
{
    std::ostringstream out;
    engine::recording::write_spikes_header(out);
    if (run().history) {
        engine::recording::write_spikes(
            out, *run().history, *run().experiment, run().grid, viewFrom(), viewTo());
    }
    return out.str();
}

} // namespace ui
