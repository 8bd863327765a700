#include "ui/plots/raster_panel.hpp"

#include "engine/recording/csv.hpp"
#include "ui/plots/panel_layout.hpp"

#include <algorithm>
#include <sstream>

namespace ui {

using engine::core::Step;

RasterPanel::RasterPanel(TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_raster(new RasterPlottable(xAxis, yAxis))
    , m_legend(new LegendStrip(this))
{
    setValueTitle(tr("Neuron"), {});
    yAxis->grid()->setVisible(false);
    setAccessibleName(tr("Raster of spikes"));
    RasterPanel::applyTheme(colors());
}

void RasterPanel::begin(const ShownRun& run)
{
    TimePlot::begin(run);
    m_raster->setRows(RasterRows(*run.experiment));
    m_raster->setSource(run.history, run.grid);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const RasterRows::Block& block : m_raster->rows().blocks()) {
        ticker->addTick(block.first + 0.5 * block.shown, block.name);
    }
    yAxis->setTicker(ticker);
    autoscale();
    applyTheme(colors());
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
    m_legend->entries.clear();
    std::vector<QColor> blockColors;
    if (run().experiment) {
        for (const RasterRows::Block& block : m_raster->rows().blocks()) {
            blockColors.push_back(populationColor(*run().experiment, block.population, colors));
            m_legend->entries.push_back({.name = RasterRows::text(block),
                .unit = {},
                .pen = QPen(blockColors.back()),
                .value = 0.0,
                .hasValue = false,
                .block = true});
        }
    }
    m_raster->setColors(std::move(blockColors));
    invalidate();
}

void RasterPanel::autoscale()
{
    TimePlot::autoscale();
    setValueRange(0.0, m_raster->rows().height());
}

void RasterPanel::append(const Slice& slice)
{
    const auto show = [&](const std::vector<engine::recording::Spike>& spikes) {
        for (const auto& spike : spikes) {
            if (spike.step > slice.from && spike.step <= slice.to) {
                m_raster->add(run().grid.time_ms(spike.step), spike.population, spike.neuron);
            }
        }
    };
    if (slice.frame != nullptr) {
        show(slice.frame->spikes);
        return;
    }
    const auto spikes = run().history->spikes(slice.from, slice.to);
    show(spikes);
    // As many steps at a time as hold some ten thousand spikes.
    constexpr std::size_t enough = 60000;
    if (spikes.size() > 2 * enough) {
        m_sliceSteps = std::max<Step>(1, m_sliceSteps / 2);
    } else if (spikes.size() < enough / 2) {
        m_sliceSteps = std::min<Step>(m_sliceSteps * 2, 1000000);
    }
}

void RasterPanel::refresh(double /*elapsed_s*/) { }

QString RasterPanel::spoken() const
{
    QStringList parts;
    for (const RasterRows::Block& block : m_raster->rows().blocks()) {
        parts += RasterRows::text(block);
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
