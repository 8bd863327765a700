#include "ui/grid/neuron_grid.hpp"

#include "engine/core/value.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QContextMenuEvent>
#include <QLocale>
#include <QRubberBand>

#include <algorithm>
#include <cmath>

namespace ui {

using engine::analysis::NeuronStates;

namespace {

/// A pixel for each neuron; where there are no values all are of one colour.
QImage imageOf(const GridBlock& block, const std::vector<double>& values, const GridScale& scale)
{
    QImage image(block.columns, block.rows, QImage::Format_RGB32);
    if (values.empty()) {
        image.fill(scale.nothing());
        return image;
    }
    const auto columns = static_cast<std::size_t>(block.columns);
    for (int row = 0; row < block.rows; ++row) {
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(row));
        const std::size_t first = static_cast<std::size_t>(row) * columns;
        const std::size_t end = std::min(first + columns, values.size());
        std::size_t i = first;
        for (; i < end; ++i) {
            *pixels++ = scale.color(values[i]);
        }
        std::fill(pixels, pixels + (first + columns - i), scale.nothing()); // painted over
    }
    return image;
}

} // namespace

NeuronGrid::NeuronGrid(QWidget* parent)
    : QWidget(parent)
    , m_colors(&Theme::instance().colors())
    , m_choosing(new QRubberBand(QRubberBand::Rectangle, this))
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Neurons"));
    applyTheme(*m_colors);
}

void NeuronGrid::begin(std::shared_ptr<const engine::config::Experiment> experiment)
{
    m_experiment = std::move(experiment);
    setVariable(m_variable);
    m_hovered.reset();
    arrange();
}

void NeuronGrid::setVariable(const std::string& variable)
{
    m_variable = variable;
    m_states.reset();
    if (m_experiment) {
        m_scale.begin(*m_experiment, variable);
    }
    color();
    update();
}

void NeuronGrid::take(std::shared_ptr<const NeuronStates> states)
{
    if (!states || !m_experiment || states->variable != m_variable
        || states->populations.size() != m_layout.blocks().size()) {
        return;
    }
    m_states = std::move(states);
    constexpr double ms_per_s = 1e3;
    const double elapsed_s
        = m_sinceStates.isValid() ? static_cast<double>(m_sinceStates.restart()) / ms_per_s : 0.0;
    if (!m_sinceStates.isValid()) {
        m_sinceStates.start();
    }
    const bool others = m_scale.take(*m_states, elapsed_s);
    color();
    if (others) {
        update();
        return;
    }
    QRegion grids;
    for (const GridBlock& block : m_layout.blocks()) {
        grids += block.area.translated(margin, margin);
    }
    update(m_hovered ? grids + hoverRect() : grids);
}

void NeuronGrid::setSelection(FollowedNeuron& followed)
{
    m_followed = &followed;
    const auto& selection = followed.selection();
    connect(&selection, &NeuronSelection::chosenChanged, this, &NeuronGrid::forgetMarks);
    connect(&selection, &NeuronSelection::followedChanged, this, [this] {
        forgetMarks();
        const auto id = m_followed->selection().followed();
        setAccessibleDescription(id && m_experiment ? textOf(*id) : QString());
    });
    connect(&followed, &FollowedNeuron::neighboursChanged, this, &NeuronGrid::forgetMarks);
}

void NeuronGrid::applyTheme(const PlotColors& colors)
{
    m_colors = &colors;
    m_scale.setNothing(colors.grid.rgb());
    forgetMarks();
    color();
}

void NeuronGrid::forgetMarks()
{
    m_marks = {};
    update();
}

const std::vector<double>& NeuronGrid::valuesOf(std::size_t population) const
{
    static const std::vector<double> none;
    return m_states ? m_states->populations.at(population).values : none;
}

QColor NeuronGrid::colorOf(NeuronId id) const
{
    const auto columns = static_cast<std::uint32_t>(m_layout.blocks().at(id.population).columns);
    return m_images.at(id.population)
        .pixelColor(static_cast<int>(id.neuron % columns), static_cast<int>(id.neuron / columns));
}

QString NeuronGrid::variableText() const
{
    return m_variable == engine::analysis::since_spike ? tr("last spike")
                                                       : QString::fromStdString(m_variable);
}

QString NeuronGrid::unit() const
{
    if (m_states) {
        for (const NeuronStates::Population& population : m_states->populations) {
            if (!population.values.empty()) {
                return QString::fromStdString(population.unit);
            }
        }
    }
    return {};
}

QString NeuronGrid::textOf(NeuronId id) const
{
    const QString name
        = QStringLiteral("%1 %2")
              .arg(QString::fromStdString(m_experiment->populations.at(id.population).name))
              .arg(id.neuron);
    const std::vector<double>& values = valuesOf(id.population);
    if (values.empty()) {
        return name;
    }
    const double value = values.at(id.neuron);
    if (m_variable == engine::analysis::since_spike) {
        return std::isnan(value) ? tr("%1: no spike yet").arg(name)
                                 : tr("%1: spiked %2 ms ago").arg(name).arg(value, 0, 'f', 1);
    }
    const QString text = QString::number(value, 'f', m_scale.decimals() + 1);
    return QStringLiteral("%1: %2 %3 %4").arg(name, variableText(), text, unit()).trimmed();
}

QString NeuronGrid::titleOf(std::size_t population) const
{
    const auto& described = m_experiment->populations[population];
    const QString title = QStringLiteral("%1  %2").arg(QString::fromStdString(described.name),
        QLocale().toString(static_cast<qulonglong>(described.size)));
    const bool lacks = m_states && m_states->populations[population].values.empty();
    return lacks ? tr("%1: has no %2").arg(title, variableText()) : title;
}

std::string NeuronGrid::csv() const
{
    const QString suffix = unit().isEmpty() ? QString() : QLatin1Char('_') + unit();
    std::string text = "population,neuron," + m_variable + suffix.toStdString() + '\n';
    for (std::size_t p = 0; m_states && p < m_states->populations.size(); ++p) {
        const auto& values = m_states->populations[p].values;
        for (std::size_t n = 0; n < values.size(); ++n) {
            text += m_experiment->populations[p].name + ',' + std::to_string(n) + ',';
            text += (std::isnan(values[n]) ? std::string() : engine::core::number_text(values[n]))
                + '\n';
        }
    }
    return text;
}

int NeuronGrid::line() const { return fontMetrics().height(); }

QPoint NeuronGrid::inset() { return {margin, margin}; }

QSize NeuronGrid::room(QSize whole) const
{
    return whole - QSize(2 * margin, 2 * margin + line() + margin);
}

QSize NeuronGrid::minimumSizeHint() const { return {100, 5 * line()}; }

std::vector<std::size_t> NeuronGrid::sizes() const
{
    std::vector<std::size_t> sizes;
    for (const auto& population : m_experiment->populations) {
        sizes.push_back(population.size);
    }
    return sizes;
}

void NeuronGrid::arrange()
{
    if (m_experiment) {
        m_layout = GridLayout(sizes(), room(size()), line());
        color();
        forgetMarks();
    }
}

void NeuronGrid::color()
{
    m_images.clear();
    for (std::size_t p = 0; p < m_layout.blocks().size(); ++p) {
        const GridBlock& block = m_layout.blocks()[p];
        const std::vector<double>& values = valuesOf(p);
        m_images.push_back(imageOf(block, values, m_scale));
    }
}

void NeuronGrid::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void NeuronGrid::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

} // namespace ui
