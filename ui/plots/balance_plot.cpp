#include "ui/plots/balance_plot.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/plot_looks.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::analysis::PotentialHistogram;

namespace {

constexpr double theoryBeside = 0.3; // of a bar's distance
const std::array<const char*, BalancePlot::parts> names {
    "excitatory", "inhibitory", "external", "sum"};

} // namespace

BalancePlot::BalancePlot(QWidget* parent)
    : SmallPlot(parent)
    , m_barErrors(new QCPErrorBars(xAxis, yAxis))
    , m_theoryErrors(new QCPErrorBars(xAxis, yAxis))
{
    setAccessibleName(tr("Input of a population and its potentials"));
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    ticker->addTicks({0.0, 1.0, 2.0, 3.0}, {tr("exc."), tr("inh."), tr("ext."), tr("sum")});
    xAxis->setTicker(ticker);
    xAxis->setRange(-0.6, 3.8);
    xAxis->setSubTicks(false);
    for (std::size_t i = 0; i < parts; ++i) {
        m_bars.at(i) = new QCPBars(xAxis, yAxis);
        m_bars.at(i)->setWidth(0.4);
    }
    m_barPoints = addGraph();
    m_barPoints->setLineStyle(QCPGraph::lsNone);
    m_barErrors->setDataPlottable(m_barPoints);
    m_theory = addGraph();
    m_theory->setLineStyle(QCPGraph::lsNone);
    m_theoryErrors->setDataPlottable(m_theory);
    m_barErrors->setLayer(QStringLiteral("overlay"));

    auto* right = new QCPAxisRect(this);
    right->setMinimumSize(10, 10);
    right->setMinimumMargins(QMargins(2, 4, 8, 2));
    plotLayout()->addElement(0, 1, right);
    m_density_axis = right->axis(QCPAxis::atBottom);
    m_V_axis = right->axis(QCPAxis::atLeft);
    m_density_axis->setLabel(tr("Density [1/mV]"));
    m_V_axis->setLabel(tr("V_m [mV]"));
    for (QCPAxis* axis : {m_density_axis, m_V_axis}) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
        axis->ticker()->setTickCount(4);
    }
    m_band = new QCPItemRect(this);
    for (QCPItemPosition* corner : {m_band->topLeft, m_band->bottomRight}) {
        corner->setAxes(m_density_axis, m_V_axis);
        corner->setAxisRect(right);
        corner->setTypeX(QCPItemPosition::ptAxisRectRatio);
        corner->setTypeY(QCPItemPosition::ptPlotCoords);
    }
    m_band->setClipAxisRect(right);
    m_band->setLayer(QStringLiteral("background"));
    m_bandMean = addGraph(m_density_axis, m_V_axis);
    m_threshold = addGraph(m_density_axis, m_V_axis);
    m_reset = addGraph(m_density_axis, m_V_axis);
    m_potentials = addGraph(m_V_axis, m_density_axis); // the potential is the key, upwards
    m_potentials->setLineStyle(QCPGraph::lsStepLeft);
    m_density = addGraph(m_V_axis, m_density_axis);
    BalancePlot::applyTheme(Theme::instance().colors());
    show({});
}

void BalancePlot::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    for (QCPAxis* axis : m_density_axis->axisRect()->axes()) {
        dressAxis(*axis, colors, font());
    }
    const std::array<QColor, parts> hues {colors.blue, colors.red, colors.green, colors.neutral};
    for (std::size_t i = 0; i < parts; ++i) {
        QColor filling = hues.at(i);
        filling.setAlpha(130);
        m_bars.at(i)->setPen(QPen(hues.at(i), 1));
        m_bars.at(i)->setBrush(filling);
    }
    constexpr double size = 7.0;
    m_barErrors->setPen(QPen(colors.neutral, 1));
    m_theory->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(colors.text), colors.background, size));
    m_theoryErrors->setPen(QPen(colors.text, 1, Qt::DashLine));
    m_threshold->setPen(QPen(colors.green, 1, Qt::DashLine));
    m_reset->setPen(QPen(colors.axis, 1, Qt::DotLine));
    QColor filling = colors.orange;
    filling.setAlpha(60);
    m_band->setPen(Qt::NoPen);
    m_band->setBrush(filling);
    m_bandMean->setPen(QPen(colors.orange, 1, Qt::DashDotLine));
    m_potentials->setPen(QPen(colors.blue, 1));
    m_density->setPen(QPen(colors.text, 1, Qt::DashDotLine));
    replot(QCustomPlot::rpQueuedReplot);
}

void BalancePlot::show(const Shown& shown)
{
    m_shown = shown;
    yAxis->setLabel(
        shown.unit.isEmpty() ? tr("Input") : tr("Mean input ± sd [%1]").arg(shown.unit));
    showParts();
    showPotentials();
    replot(QCustomPlot::rpQueuedReplot);
}

void BalancePlot::showParts()
{
    double lowest = 0.0;
    double highest = 0.0;
    const auto extend = [&](const engine::analysis::ReceivedInput::Part& part) {
        lowest = std::min(lowest, part.mean - part.sd);
        highest = std::max(highest, part.mean + part.sd);
    };
    m_barPoints->data()->clear();
    m_theory->data()->clear();
    QVector<double> errors;
    QVector<double> theoryErrors;
    for (std::size_t i = 0; i < parts; ++i) {
        const auto x = static_cast<double>(i);
        m_bars.at(i)->data()->clear();
        if (m_shown.measured) {
            const auto& part = m_shown.measured->at(i);
            m_bars.at(i)->addData(x, part.mean);
            m_barPoints->addData(x, part.mean);
            errors.append(part.sd);
            extend(part);
        }
        if (m_shown.theory) {
            const auto& part = m_shown.theory->at(i);
            m_theory->addData(x + theoryBeside, part.mean);
            theoryErrors.append(part.sd);
            extend(part);
        }
    }
    m_barErrors->setData(errors);
    m_theoryErrors->setData(theoryErrors);
    const double room = highest > lowest ? 0.08 * (highest - lowest) : 1.0;
    yAxis->setRange(lowest - room, highest + room);
}

void BalancePlot::showPotentials()
{
    std::uint64_t samples = 0;
    double lowest = 1e9;
    double highest = -1e9;
    const auto bin = [](std::size_t b) {
        return PotentialHistogram::lower + PotentialHistogram::width * static_cast<double>(b);
    };
    for (std::size_t b = 0; b < m_shown.V_m.size(); ++b) {
        samples += m_shown.V_m[b];
        if (m_shown.V_m[b] > 0) {
            lowest = std::min(lowest, bin(b));
            highest = std::max(highest, bin(b + 1));
        }
    }
    QVector<QCPGraphData> points;
    double most = 0.0;
    for (std::size_t b = 0; b < m_shown.V_m.size() && samples > 0; ++b) {
        if (bin(b + 1) < lowest - PotentialHistogram::width || bin(b) > highest) {
            continue;
        }
        const double density = static_cast<double>(m_shown.V_m[b])
            / (static_cast<double>(samples) * PotentialHistogram::width);
        points.append({bin(b), density});
        // Refractory neurons stand at the reset, all in one bin.
        const bool reset = m_shown.membrane.V_reset
            && std::abs(bin(b) - *m_shown.membrane.V_reset) < 1.01 * PotentialHistogram::width;
        most = std::max(most, reset ? 0.0 : density);
    }
    m_potentials->data()->set(points, true);
    QVector<QCPGraphData> theory;
    for (const auto& [V, density] : m_shown.density) {
        theory.append({V, density});
        most = std::max(most, density);
    }
    m_density->data()->set(theory, true);
    const auto& membrane = m_shown.membrane;
    if (membrane.V_th) {
        highest = std::max(highest, *membrane.V_th + 2.0);
        lowest = std::min(lowest, membrane.V_reset.value_or(*membrane.V_th) - 2.0);
    }
    const bool banded = m_shown.theory.has_value() && membrane.of_model;
    m_band->setVisible(banded);
    m_bandMean->data()->clear();
    m_threshold->data()->clear();
    m_reset->data()->clear();
    most = most > 0.0 ? 1.15 * most : 1.0;
    const auto across = [most](QCPGraph* graph, std::optional<double> V) {
        if (V) {
            graph->addData(0.0, *V);
            graph->addData(most, *V);
        }
    };
    if (banded) {
        const auto& sum = m_shown.theory->back();
        const double mean = membrane.rest + sum.mean;
        m_band->topLeft->setCoords(0.0, mean + sum.sd);
        m_band->bottomRight->setCoords(1.0, mean - sum.sd);
        across(m_bandMean, mean);
        highest = std::max(highest, mean + sum.sd);
        lowest = std::min(lowest, mean - sum.sd);
    }
    across(m_threshold, membrane.V_th);
    across(m_reset, membrane.V_reset);
    m_density_axis->setRange(0.0, most);
    if (lowest < highest) {
        m_V_axis->setRange(lowest - 0.5, highest + 0.5);
    }
}

std::string BalancePlot::csv() const
{
    using engine::core::number_text;
    const std::string unit = m_shown.unit.isEmpty() ? "" : "_" + m_shown.unit.toStdString();
    std::string text
        = "part,mean" + unit + ",sd" + unit + ",theory_mean" + unit + ",theory_sd" + unit + '\n';
    const auto cells = [&](const std::optional<Parts>& of, std::size_t i) {
        return of ? ',' + number_text(of->at(i).mean) + ',' + number_text(of->at(i).sd)
                  : std::string(",,");
    };
    for (std::size_t i = 0; i < parts; ++i) {
        text += names.at(i) + cells(m_shown.measured, i) + cells(m_shown.theory, i) + '\n';
    }
    text += "V_m_from_mV,V_m_to_mV,count\n";
    for (std::size_t b = 0; b < m_shown.V_m.size(); ++b) {
        if (m_shown.V_m[b] > 0) {
            const double from
                = PotentialHistogram::lower + PotentialHistogram::width * static_cast<double>(b);
            text += number_text(from) + ',' + number_text(from + PotentialHistogram::width) + ','
                + std::to_string(m_shown.V_m[b]) + '\n';
        }
    }
    return text;
}

} // namespace ui
