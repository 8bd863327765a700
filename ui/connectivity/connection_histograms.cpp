#include "ui/connectivity/connection_histograms.hpp"

#include "engine/analysis/connection_picture.hpp"
#include "ui/connectivity/degree_bars.hpp"
#include "ui/connectivity/projection_texts.hpp"

#include <QGridLayout>

#include <algorithm>
#include <numeric>

namespace ui {

namespace {

/// Synapses of all neurons of the network, counted through.
std::vector<std::uint32_t> allDegrees(const engine::config::Experiment& experiment,
    const std::vector<ConnectionData::Counts>& counts, bool in)
{
    const auto starts = engine::analysis::population_starts(experiment);
    std::vector<std::uint32_t> degrees(starts.back(), 0);
    for (std::size_t p = 0; p < counts.size(); ++p) {
        const auto& projection = experiment.projections[p];
        const auto& own = in ? counts[p]->in_degrees : counts[p]->out_degrees;
        const std::uint32_t start = starts[in ? projection.target : projection.source];
        for (std::size_t i = 0; i < own.size(); ++i) {
            degrees[start + i] += own[i];
        }
    }
    return degrees;
}

} // namespace

ConnectionHistograms::ConnectionHistograms(QWidget* parent)
    : QWidget(parent)
    , m_in(new BarPlot(tr("In-degree"), tr("Neurons"), "in_degree", this))
    , m_out(new BarPlot(tr("Out-degree"), tr("Neurons"), "out_degree", this))
    , m_weights(new BarPlot(tr("Weight"), tr("Synapses"), "weight", this))
    , m_delays(new BarPlot(tr("Delay"), tr("Synapses"), "delay", this))
    , m_grid(new QGridLayout(this))
{
    m_in->setToolTip(tr("Synapses onto each neuron; dashed: what the rule makes on average"));
    m_out->setToolTip(tr("Synapses from each neuron; dashed: what the rule makes on average"));
    m_delays->setUnit(QStringLiteral("ms"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    constexpr int gap = 4;
    m_grid->setSpacing(gap);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (BarPlot* plot : plots()) {
            plot->applyTheme(Theme::instance().colors());
        }
    });
    arrange();
}

void ConnectionHistograms::show(const engine::config::Experiment& experiment,
    const std::vector<ConnectionData::Counts>& counts, std::optional<std::size_t> projection,
    std::optional<NeuronId> followed)
{
    std::vector<std::size_t> shown(experiment.projections.size());
    std::iota(shown.begin(), shown.end(), std::size_t {0});
    if (projection) {
        shown = {*projection};
    }
    const bool known = counts.size() == experiment.projections.size()
        && std::all_of(
            shown.begin(), shown.end(), [&](std::size_t p) { return counts[p] != nullptr; });
    if (!known || shown.empty()) {
        for (BarPlot* plot : plots()) {
            plot->show({});
        }
        return;
    }
    m_weights->setUnit(weightUnit(experiment, shown.front()));
    m_weights->show(weightBars(experiment, shown, counts));
    m_delays->show(delayBars(experiment, shown, counts));
    showDegrees(experiment, counts, projection, followed);
}

void ConnectionHistograms::showDegrees(const engine::config::Experiment& experiment,
    const std::vector<ConnectionData::Counts>& counts, std::optional<std::size_t> projection,
    std::optional<NeuronId> followed)
{
    const auto starts = engine::analysis::population_starts(experiment);
    for (const bool in : {true, false}) {
        std::vector<std::uint32_t> degrees;
        std::optional<engine::theory::DegreeLaw> law;
        std::optional<std::size_t> neuron;
        if (projection) {
            const auto& p = experiment.projections[*projection];
            const auto& own = *counts[*projection];
            degrees = in ? own.in_degrees : own.out_degrees;
            const auto size = [&](std::size_t population) {
                return std::uint64_t {experiment.populations[population].size};
            };
            law = in ? engine::theory::in_degree_law(p, size(p.source), size(p.target))
                     : engine::theory::out_degree_law(p, size(p.source), size(p.target));
            if (followed && followed->population == (in ? p.target : p.source)) {
                neuron = followed->neuron;
            }
        } else {
            degrees = allDegrees(experiment, counts, in);
            if (followed && followed->population + std::size_t {1} < starts.size()) {
                neuron = starts[followed->population] + followed->neuron;
            }
        }
        BarPlot::Shown shown = degreeBars(degrees, law);
        if (neuron && *neuron < degrees.size()) {
            shown.mark = degrees[*neuron];
            shown.caption += tr("\nfollowed %1").arg(degrees[*neuron]);
        }
        (in ? m_in : m_out)->show(shown);
    }
}

void ConnectionHistograms::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ConnectionHistograms::arrange()
{
    constexpr int enough = 190;
    const QList<BarPlot*> all = plots();
    const int fit = width() / enough;
    // Four side by side in a low dock, else two by two, else above each other.
    const int columns = fit >= all.size() && height() < 2 * enough ? 4
        : fit >= 2 || height() < 3 * enough                        ? 2
                                                                   : 1;
    for (int i = 0; i < all.size(); ++i) {
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->removeWidget(all[i]);
        m_grid->addWidget(all[i], i / columns, i % columns);
    }
}

} // namespace ui
