#include "ui/connectivity/connection_map.hpp"

#include "ui/connectivity/projection_texts.hpp"
#include "ui/plots/painted_layer.hpp"
#include "ui/plots/plot_looks.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr double leastSpan = 4.0; // neurons

/// Ticks are neurons within their population: "E 2000".
class NeuronTicker : public QCPAxisTicker {
public:
    explicit NeuronTicker(const std::vector<std::uint32_t>& starts)
        : m_starts(starts)
    {
        constexpr int few = 4;
        setTickCount(few);
    }

protected:
    double getTickStep(const QCPRange& range) override
    {
        return std::max(1.0, QCPAxisTicker::getTickStep(range));
    }
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), tick);
        const double start = after == m_starts.begin() ? 0.0 : *std::prev(after);
        return tick < 0.0 || after == m_starts.end() ? QString() : QString::number(tick - start);
    }
    QVector<double> createTickVector(double, const QCPRange& range) override
    {
        // Round numbers of each population that is in view.
        QVector<double> ticks;
        const double step = getTickStep(range);
        for (std::size_t p = 0; p + 1 < m_starts.size(); ++p) {
            const double start = m_starts[p];
            const double from
                = std::max(start, start + step * std::ceil((range.lower - start) / step));
            for (double t = from; t < m_starts[p + 1] && t <= range.upper; t += step) {
                // The first of a population may stand close to the last of the one before.
                if (!ticks.isEmpty() && t - ticks.back() < 0.6 * step) {
                    ticks.pop_back();
                }
                ticks << t;
            }
        }
        return ticks;
    }

private:
    const std::vector<std::uint32_t>& m_starts;
};

} // namespace

ConnectionMap::ConnectionMap(QWidget* parent)
    : SmallPlot(parent)
    , m_colors(&Theme::instance().colors())
    , m_scale(new QCPColorScale(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Picture of the connections"));
    setAccessibleDescription(tr("Plus and minus zoom, arrow keys move, Home shows all neurons"));
    yAxis->setRangeReversed(true);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTicker(QSharedPointer<NeuronTicker>::create(m_starts));
        axis->setTickLength(0, 4);
        axis->grid()->setVisible(false);
    }
    xAxis->setLabel(tr("Source"));
    yAxis->setLabel(tr("Target"));
    plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    constexpr int barWidth = 10;
    m_scale->setBarWidth(barWidth);
    auto* margins = new QCPMarginGroup(this);
    axisRect()->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_scale->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    const QString marks = QStringLiteral("marks");
    addLayer(marks);
    layer(marks)->setMode(QCPLayer::lmBuffered);
    new PaintedLayer(this, QStringLiteral("main"), [this](QCPPainter& p) { paintCells(p); });
    new PaintedLayer(this, QStringLiteral("axes"), [this](QCPPainter& p) { paintBorders(p); });
    new PaintedLayer(this, marks, [this](QCPPainter& p) { paintMarks(p); });
    m_tell.setSingleShot(true);
    m_tell.setInterval(0);
    connect(&m_tell, &QTimer::timeout, this, &ConnectionMap::viewChanged);
    ConnectionMap::applyTheme(Theme::instance().colors());
    setQuantity(m_quantity);
}

void ConnectionMap::begin(const ConnectionPictures::Experiment& experiment)
{
    m_experiment = experiment;
    m_starts = engine::analysis::population_starts(*experiment);
    m_whole = {};
    m_part = {};
    showAll();
}

void ConnectionMap::setPictures(
    const ConnectionPictures::Experiment& experiment, const ConnectionPictures& pictures)
{
    m_experiment = experiment;
    m_whole.picture = pictures.whole();
    m_part.picture = pictures.part();
    renewValues();
}

void ConnectionMap::setQuantity(Quantity quantity)
{
    m_quantity = quantity;
    m_scale->setGradient(gradient());
    renewValues();
}

void ConnectionMap::setFollowed(std::optional<NeuronId> neuron)
{
    m_followed = neuron;
    layer(QStringLiteral("marks"))->replot();
}

void ConnectionMap::setProjection(std::optional<std::size_t> projection)
{
    if (projection != m_projection) {
        m_projection = projection;
        renewValues();
    }
}

/// For the colours: of wide cells what nearly all have, because those at the end of a population
/// hold few neurons and may have any value.
double ConnectionMap::usualMaximum() const
{
    const Layer& leading = m_part.picture ? m_part : m_whole;
    std::vector<double> sizes;
    for (const double value : leading.values) {
        if (!std::isnan(value) && value != 0.0) {
            sizes.push_back(std::abs(value));
        }
    }
    if (sizes.empty()) {
        return 1.0;
    }
    const bool single = leading.picture->sources.single() && leading.picture->targets.single();
    constexpr double nearlyAll = 0.995;
    const auto rank = static_cast<std::ptrdiff_t>(
        (single ? 1.0 : nearlyAll) * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), sizes.begin() + rank, sizes.end());
    return sizes[static_cast<std::size_t>(rank)];
}

void ConnectionMap::renewValues()
{
    for (Layer* layer : {&m_whole, &m_part}) {
        layer->values = layer->picture ? engine::analysis::picture_values(
                            *layer->picture, *m_experiment, m_quantity, m_projection)
                                       : std::vector<double>();
    }
    const double most = usualMaximum();
    m_range = m_quantity == Quantity::weight ? QCPRange(-most, most) : QCPRange(0.0, most);
    m_scale->setDataRange(m_range);
    QString title = tr("Synapses per pair");
    if (m_quantity == Quantity::weight) {
        QStringList units;
        for (std::size_t p = 0; m_experiment && p < m_experiment->projections.size(); ++p) {
            units += weightUnit(*m_experiment, p);
        }
        units.removeDuplicates();
        title = units.size() == 1 && !units.front().isEmpty()
            ? tr("Weight per pair [%1]").arg(units.front())
            : tr("Weight per pair");
    }
    m_scale->axis()->setLabel(title);
    replot(QCustomPlot::rpQueuedReplot);
}

ConnectionPictures::View ConnectionMap::view() const
{
    const auto from = [](const QCPRange& range) {
        return static_cast<std::uint32_t>(std::max(0.0, std::floor(range.lower)));
    };
    const auto to = [this](const QCPRange& range) {
        return static_cast<std::uint32_t>(std::min(neurons(), std::ceil(range.upper)));
    };
    constexpr int least = 50; // before it has been laid out
    constexpr int most = 800;
    const QSize room = axisRect()->width() < least ? size() : axisRect()->size();
    return {from(yAxis->range()), to(yAxis->range()), from(xAxis->range()), to(xAxis->range()),
        static_cast<std::size_t>(std::clamp(room.height(), least, most)),
        static_cast<std::size_t>(std::clamp(room.width(), least, most))};
}

void ConnectionMap::setView(QCPRange sources, QCPRange targets)
{
    const auto within = [this](QCPRange range) {
        const double span = std::clamp(range.size(), std::min(leastSpan, neurons()), neurons());
        const double lower = std::clamp(range.center() - span / 2.0, 0.0, neurons() - span);
        return QCPRange(lower, lower + span);
    };
    if (neurons() > 0.0) {
        xAxis->setRange(within(sources));
        yAxis->setRange(within(targets));
        replot(QCustomPlot::rpQueuedReplot);
        m_tell.start();
    }
}

void ConnectionMap::showAll() { setView({0.0, neurons()}, {0.0, neurons()}); }

void ConnectionMap::showNeurons(
    double firstSource, double endSource, double firstTarget, double endTarget)
{
    setView({firstSource, endSource}, {firstTarget, endTarget});
}

void ConnectionMap::zoom(double factor, const QPointF& position)
{
    const auto zoomed = [factor](const QCPAxis& axis, double pixel) {
        const double at = axis.pixelToCoord(pixel);
        const QCPRange range = axis.range();
        return QCPRange(at + (range.lower - at) * factor, at + (range.upper - at) * factor);
    };
    setView(zoomed(*xAxis, position.x()), zoomed(*yAxis, position.y()));
}

void ConnectionMap::applyTheme(const PlotColors& colors)
{
    m_colors = &colors;
    SmallPlot::applyTheme(colors);
    dressAxis(*m_scale->axis(), colors, font());
    m_scale->setGradient(gradient());
    replot(QCustomPlot::rpQueuedReplot);
}

QPointF ConnectionMap::pixelOf(double source, double target) const
{
    return {xAxis->coordToPixel(source), yAxis->coordToPixel(target)};
}

std::optional<NeuronId> ConnectionMap::neuronAt(double coordinate) const
{
    if (coordinate < 0.0 || coordinate >= neurons()) {
        return std::nullopt;
    }
    const auto neuron = static_cast<std::uint32_t>(coordinate);
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), neuron);
    const auto population = static_cast<std::uint32_t>(after - m_starts.begin()) - 1;
    return NeuronId {population, neuron - m_starts[population]};
}

/// "E 12", "E 12–31".
QString ConnectionMap::nameOf(std::uint32_t first, std::uint32_t end) const
{
    const NeuronId id = *neuronAt(first);
    const QString name = QString::fromStdString(m_experiment->populations[id.population].name)
        + QLatin1Char(' ') + QString::number(id.neuron);
    return end - first == 1 ? name
                            : name + QChar(0x2013) + QString::number(id.neuron + end - first - 1);
}

const ConnectionMap::Layer* ConnectionMap::layerAt(std::uint32_t source, std::uint32_t target) const
{
    for (const Layer* layer : {&m_part, &m_whole}) {
        if (layer->picture && layer->picture->sources.cell_of(source)
            && layer->picture->targets.cell_of(target)) {
            return layer;
        }
    }
    return nullptr;
}

QString ConnectionMap::textAt(const QPointF& position) const
{
    const double x = xAxis->pixelToCoord(position.x());
    const double y = yAxis->pixelToCoord(position.y());
    if (!axisRect()->rect().contains(position.toPoint()) || !neuronAt(x) || !neuronAt(y)) {
        return {};
    }
    const auto source = static_cast<std::uint32_t>(x);
    const auto target = static_cast<std::uint32_t>(y);
    const Layer* layer = layerAt(source, target);
    if (layer == nullptr) {
        return {};
    }
    const auto& sources = layer->picture->sources;
    const auto& targets = layer->picture->targets;
    const std::size_t column = *sources.cell_of(source);
    const std::size_t row = *targets.cell_of(target);
    QString text = nameOf(sources.edges[column], sources.edges[column + 1]) + QStringLiteral(" → ")
        + nameOf(targets.edges[row], targets.edges[row + 1]);
    if (sources.single() && targets.single()) {
        return text + synapsesText(source, target, *layer);
    }
    const double value = layer->values[row * sources.size() + column];
    if (std::isnan(value)) {
        return text + QLatin1Char('\n')
            + (m_projection ? tr("not of this projection") : tr("no projection"));
    }
    std::uint64_t count = 0;
    for (const auto& block : layer->picture->projections) {
        if (row >= block.first_row && row < block.first_row + block.rows
            && column >= block.first_column && column < block.first_column + block.columns) {
            count += block.counts[(row - block.first_row) * block.columns + column
                - block.first_column];
        }
    }
    return text + QLatin1Char('\n')
        + (count == 1 ? tr("one synapse") : tr("%1 synapses").arg(count)) + QLatin1Char('\n')
        + m_scale->axis()->label() + QStringLiteral(": ") + shortNumber(value);
}

QString ConnectionMap::synapsesText(
    std::uint32_t source, std::uint32_t target, const Layer& layer) const
{
    using engine::analysis::PicturedSynapse;
    const auto& all = layer.picture->synapses;
    const auto before = [](const PicturedSynapse& x, const PicturedSynapse& y) {
        return std::pair(x.target, x.source) < std::pair(y.target, y.source);
    };
    PicturedSynapse pair;
    pair.source = source;
    pair.target = target;
    const auto [from, to] = std::equal_range(all.begin(), all.end(), pair, before);
    QString text;
    constexpr int most = 6; // that are listed
    int listed = 0;
    for (auto synapse = from; synapse != to && listed < most; ++synapse, ++listed) {
        const auto& projection = m_experiment->projections[synapse->projection];
        const double weight = engine::analysis::weight_factor(projection) * synapse->weight;
        const double dt_ms = m_experiment->simulation.dt_ms;
        const double delay_ms
            = engine::analysis::common_delay_ms(projection, m_experiment->simulation)
                  .value_or(dt_ms * synapse->delay_steps);
        const QString unit = weightUnit(*m_experiment, synapse->projection);
        text += QLatin1Char('\n') + shortNumber(weight)
            + (unit.isEmpty() ? QString() : QLatin1Char(' ') + unit) + QStringLiteral(", ")
            + shortNumber(delay_ms) + QStringLiteral(" ms");
    }
    if (to - from > most) {
        text += QLatin1Char('\n') + tr("and %1 more").arg(to - from - most);
    }
    return from == to ? QLatin1Char('\n') + tr("no synapse") : text;
}

std::string ConnectionMap::csv() const
{
    using engine::core::number_text;
    std::string out = "target_first,target_last,source_first,source_last,";
    out += m_quantity == Quantity::weight ? "weight_per_pair\n" : "synapses_per_pair\n";
    const Layer& layer = m_part.picture ? m_part : m_whole;
    if (!layer.picture) {
        return out;
    }
    const auto& sources = layer.picture->sources;
    const auto& targets = layer.picture->targets;
    for (std::size_t row = 0; row < targets.size(); ++row) {
        for (std::size_t column = 0; column < sources.size(); ++column) {
            const double value = layer.values[row * sources.size() + column];
            const auto name = [this](std::uint32_t neuron) {
                return nameOf(neuron, neuron + 1).replace(' ', '.').toStdString() + ',';
            };
            out += name(targets.edges[row]) + name(targets.edges[row + 1] - 1)
                + name(sources.edges[column]) + name(sources.edges[column + 1] - 1)
                + (std::isnan(value) ? "" : number_text(value)) + '\n';
        }
    }
    return out;
}

} // namespace ui
