#include "ui/plots/spectrum_plot.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/plot_looks.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// Frequencies that are shown [Hz]: beyond, nothing but noise and the comb of a regular train.
constexpr double highest_Hz = 1000.0;

} // namespace

SpectrumPlot::SpectrumPlot(QWidget* parent)
    : SmallPlot(parent)
    , m_kept(addGraph())
    , m_floor(addGraph())
    , m_theory(addGraph())
    , m_density(addGraph())
    , m_peak(addGraph())
{
    setAccessibleName(tr("Power spectrum of the population rate"));
    xAxis->setLabel(tr("Frequency [Hz]"));
    yAxis->setLabel(tr("[Hz²/Hz]"));
    m_peak->setLineStyle(QCPGraph::lsNone);
    m_kept->setName(tr("kept"));
    m_floor->setName(tr("Poisson floor"));
    m_theory->setName(tr("theory"));
    m_density->setName(tr("measured"));
    setAutoAddPlottableToLegend(false);
    legend->setBorderPen(Qt::NoPen);
    legend->setRowSpacing(0);
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setMargins(QMargins(0, 0, 0, 0));
    legend->setIconSize(18, 10);
    // Above the plot: within it the spectrum reaches every corner.
    legend->layout()->take(legend); // out of the plot
    plotLayout()->insertRow(0);
    plotLayout()->setRowStretchFactor(0, 0.001);
    plotLayout()->setRowSpacing(0);
    SpectrumPlot::applyTheme(Theme::instance().colors());
    fill();
}

void SpectrumPlot::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    QColor grey = colors.axis;
    m_kept->setPen(QPen(grey, 1));
    m_floor->setPen(QPen(colors.orange, 1, Qt::DashLine));
    m_theory->setPen(QPen(colors.text, 1, m_marks.theoryGrows ? Qt::DashDotLine : Qt::DotLine));
    m_density->setPen(QPen(colors.blue, 1));
    constexpr double size = 8.0;
    m_peak->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssTriangleInverted, QPen(colors.red), colors.red, size));
    legend->setBrush(Qt::NoBrush);
    legend->setTextColor(colors.text);
    legend->setFont(font());
    replot(QCustomPlot::rpQueuedReplot);
}

void SpectrumPlot::arrangeLegend()
{
    constexpr int lines = 11; // below that the plot needs the height
    const bool room = height() >= lines * fontMetrics().height();
    legend->clearItems();
    for (QCPGraph* graph : {m_density, m_floor, m_theory, m_kept}) {
        if (!graph->data()->isEmpty()) {
            graph->addToLegend();
        }
    }
    // An empty legend would take all of the width from the plot.
    const bool shown = room && legend->itemCount() > 0;
    if (shown && legend->layout() == nullptr) {
        plotLayout()->addElement(0, 0, legend);
    } else if (!shown && legend->layout() != nullptr) {
        legend->layout()->take(legend);
    }
    legend->setVisible(shown);
}

void SpectrumPlot::resizeEvent(QResizeEvent* event)
{
    SmallPlot::resizeEvent(event);
    arrangeLegend();
}

void SpectrumPlot::setScale(Scale scale)
{
    m_scale = scale;
    m_highest = 0.0;
    fill();
}

void SpectrumPlot::keep(bool kept)
{
    m_kept->data()->set(kept ? *m_density->data() : QCPGraphDataContainer());
    fill();
}

void SpectrumPlot::setSpectrum(const engine::analysis::Spectrum& spectrum, const Marks& marks)
{
    m_spectrum = spectrum;
    m_marks = marks;
    fill();
}

void SpectrumPlot::fill()
{
    QVector<QCPGraphData> points;
    // The mean of each segment is removed: the point at 0 Hz says nothing.
    for (std::size_t i = 1; i < m_spectrum.density.size(); ++i) {
        const double f = m_spectrum.step_Hz * static_cast<double>(i);
        if (f > highest_Hz) {
            break;
        }
        if (m_spectrum.density[i] > 0.0 || m_scale == Scale::linear) {
            points.append({f, m_spectrum.density[i]});
        }
    }
    m_density->data()->set(points, true);
    setRanges();
    const auto line = [](QCPGraph* graph, std::optional<QCPGraphData> from, QCPGraphData to) {
        graph->data()->clear();
        if (from) {
            graph->addData(from->key, from->value);
            graph->addData(to.key, to.value);
        }
        graph->setVisible(from.has_value());
    };
    const QCPRange x = xAxis->range();
    const QCPRange y = yAxis->range();
    line(m_floor,
        m_marks.floor ? std::optional(QCPGraphData(x.lower, *m_marks.floor)) : std::nullopt,
        {x.upper, m_marks.floor.value_or(0.0)});
    const bool seen = m_marks.theory_Hz && x.contains(*m_marks.theory_Hz);
    line(m_theory, seen ? std::optional(QCPGraphData(*m_marks.theory_Hz, y.lower)) : std::nullopt,
        {m_marks.theory_Hz.value_or(0.0), y.upper});
    m_peak->data()->clear();
    if (m_marks.peak_Hz && m_spectrum.step_Hz > 0.0) {
        const auto nearest
            = static_cast<std::size_t>(std::lround(*m_marks.peak_Hz / m_spectrum.step_Hz));
        if (nearest < m_spectrum.density.size()) {
            m_peak->addData(*m_marks.peak_Hz, m_spectrum.density[nearest]);
        }
    }
    arrangeLegend();
    applyTheme(Theme::instance().colors());
}

void SpectrumPlot::setRanges()
{
    double highest = 0.0;
    double lowest = m_marks.floor.value_or(0.0);
    for (const QCPGraph* graph : {m_density, m_kept}) {
        for (const QCPGraphData& point : *graph->data()) {
            highest = std::max(highest, point.value);
            if (point.value > 0.0) {
                lowest = lowest > 0.0 ? std::min(lowest, point.value) : point.value;
            }
        }
    }
    highest = std::max(highest, m_marks.floor.value_or(0.0));
    if (!(highest > 0.0)) {
        highest = 1.0;
    }
    const bool logY = m_scale != Scale::linear;
    const double least = logY ? std::max(lowest, highest * 1e-8) : 0.0;
    // Grows at once and shrinks slowly, in steps of a decade or a quarter, so that it does not
    // jump.
    const double top = logY ? std::pow(10.0, std::ceil(std::log10(highest * 1.2))) : 1.1 * highest;
    constexpr double shrink = 0.6;
    m_highest = top > m_highest || top < shrink * m_highest ? top : m_highest;
    m_lowest = logY ? std::pow(10.0, std::floor(std::log10(least))) : 0.0;
    const bool logX = m_scale == Scale::logLog;
    const double first = m_spectrum.step_Hz > 0.0 ? m_spectrum.step_Hz : 2.0;
    const auto set = [](QCPAxis* axis, bool logarithmic, double lower, double upper) {
        axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (logarithmic) {
            axis->setTicker(logTicker(lower, upper * 1.001));
        } else {
            axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
            axis->ticker()->setTickCount(5);
        }
        axis->setRange(lower, upper);
    };
    set(xAxis, logX, logX ? first : 0.0, highest_Hz);
    set(yAxis, logY, m_lowest, m_highest);
}

std::string SpectrumPlot::csv() const
{
    using engine::core::number_text;
    std::string text = "frequency_Hz,density_Hz2_per_Hz\n";
    for (std::size_t i = 0; i < m_spectrum.density.size(); ++i) {
        text += number_text(m_spectrum.step_Hz * static_cast<double>(i)) + ','
            + number_text(m_spectrum.density[i]) + '\n';
    }
    return text;
}

} // namespace ui
