#include "ui/plots/divergence_panel.hpp"

#include "engine/core/value.hpp"

#include <QElapsedTimer>

#include <algorithm>
#include <sstream>
#include <utility>

namespace ui {

using engine::core::Step;

namespace {

constexpr double binMs = 1.0;
constexpr double percent = 100.0;
constexpr double budgetMs = 3.0; // of a frame

} // namespace

DivergencePanel::DivergencePanel(TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_graph(addGraph())
    , m_legend(new LegendStrip(this))
{
    m_graph->setLineStyle(QCPGraph::lsStepLeft);
    setValueTitle(tr("Differing spikes"), QStringLiteral("%"), tr("Differ"));
    setAccessibleName(tr("Share of spikes in which the branch and its original differ"));
    DivergencePanel::applyTheme(colors());
    DivergencePanel::autoscale();
}

void DivergencePanel::setBranch(const ShownRun& run, std::shared_ptr<const engine::Branch> branch)
{
    m_branch = std::move(branch);
    m_divergence.emplace(m_branch->at, run.grid.steps(binMs));
    m_graph->data()->clear();
    begin(run);
}

void DivergencePanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    m_graph->setPen(QPen(colors.purple, 1));
    QColor ground = colors.purple;
    ground.setAlpha(60);
    m_graph->setBrush(ground);
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.text;
    m_legend->entries = {{.name = tr("spikes in one run alone, of all in 1 ms"),
        .unit = {},
        .pen = m_graph->pen(),
        .value = 0.0,
        .hasValue = false,
        .block = false}};
}

void DivergencePanel::autoscale()
{
    TimePlot::autoscale();
    setValueRange(0.0, 1.05 * percent);
}

bool DivergencePanel::compareMore()
{
    if (!m_divergence || !run().history) {
        return false;
    }
    QElapsedTimer spent;
    spent.start();
    const Step bin = run().grid.steps(binMs);
    const Step known = std::min(run().now, m_branch->end);
    while (m_divergence->done() < known) {
        const Step from = m_divergence->done();
        const Step to = std::min(known, from + 10 * bin);
        m_divergence->add(m_branch->history->spikes(from, to), run().history->spikes(from, to), to);
        if (static_cast<double>(spent.nsecsElapsed()) > budgetMs * 1e6) {
            break;
        }
    }
    return m_divergence->done() < known;
}

void DivergencePanel::showBins()
{
    const auto& bins = m_divergence->bins();
    const auto shown = static_cast<std::size_t>(m_graph->data()->size());
    // The last one may have been filled since.
    for (std::size_t b = shown == 0 ? 0 : shown - 1; b < bins.size(); ++b) {
        const double t = run().grid.time_ms(bins[b].begin);
        m_graph->data()->removeAfter(t - 0.5 * run().grid.dt_ms());
        m_graph->addData(t, percent * bins[b].share());
    }
}

QString DivergencePanel::noteText() const
{
    const auto first = m_divergence->first();
    if (!first) {
        return m_divergence->done() > m_branch->at ? tr("no spike differs") : QString();
    }
    const auto after
        = [&](Step step) { return locale().toString(run().grid.time_ms(step - *first), 'f', 0); };
    QString text = tr("first at %1 ms").arg(run().grid.time_ms(*first), 0, 'f', 1);
    const auto half = m_divergence->reaches(0.5);
    const auto nearlyAll = m_divergence->reaches(0.9);
    if (half) {
        text += tr("; half of them %1 ms later").arg(after(*half));
    }
    if (nearlyAll) {
        text += tr("; 90 % %1 ms later").arg(after(*nearlyAll));
    }
    return text;
}

void DivergencePanel::refresh(double /*elapsed_s*/)
{
    if (!m_divergence) {
        return;
    }
    if (compareMore()) {
        QTimer::singleShot(0, this, [this] { loadMore(); });
    }
    showBins();
    m_legend->note = noteText();
}

std::string DivergencePanel::visibleCsv() const
{
    std::ostringstream out;
    out << "time_ms,differing,spikes\n";
    if (m_divergence) {
        for (const auto& bin : m_divergence->bins()) {
            if (bin.begin >= viewFrom() && bin.begin < viewTo()) {
                out << engine::core::number_text(run().grid.time_ms(bin.begin)) << ','
                    << bin.differing << ',' << bin.all << '\n';
            }
        }
    }
    return out.str();
}

} // namespace ui
