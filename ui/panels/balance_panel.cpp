#include "ui/panels/balance_panel.hpp"

#include "engine/theory/input_parts.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QBoxLayout>
#include <QComboBox>

#include <cmath>

namespace ui {
namespace {

using engine::analysis::ReceivedInput;
using Parts = BalancePlot::Parts;

ReceivedInput::Part part(const engine::theory::Input& input)
{
    return {input.mu, input.sigma / std::sqrt(2.0)};
}

/// What theory says of the active state; nothing where there is none.
void addTheory(BalancePlot::Shown& shown, const TheoryAnswer& answer)
{
    const auto* state = answer.active();
    if (state == nullptr || !shown.membrane.of_model) {
        return;
    }
    constexpr double per_ms = 1e-3;
    const auto& params = *answer.shape.params;
    const auto parts = engine::theory::input_parts(state->rate_Hz * per_ms, params);
    shown.theory = Parts {
        part(parts.excitatory), part(parts.inhibitory), part(parts.external), part(parts.total)};
    constexpr int points = 200;
    constexpr double reach = 4.0; // sigmas below the lower of mean and reset
    const double lowest = std::min(parts.total.mu, params.V_reset) - reach * parts.total.sigma;
    std::vector<double> V_m;
    for (int i = 0; i <= points; ++i) {
        V_m.push_back(lowest + (params.V_th - lowest) * i / points);
    }
    const auto density = engine::theory::potential_density(parts.total, params.lif(), V_m);
    for (std::size_t i = 0; i < density.size(); ++i) {
        shown.density.emplace_back(V_m[i] + shown.membrane.rest, density[i]);
    }
}

/// Of the first port that synapses reach.
QString weightUnit(const engine::config::Population& population)
{
    const auto ports = population.model->ports(population.params);
    return ports.empty() ? QString() : QString::fromStdString(ports.front().weight_unit);
}

QString number(const std::optional<Parts>& parts, std::size_t i, double ReceivedInput::Part::*what)
{
    return parts ? QString::number(parts->at(i).*what, 'f', 2) : QString(QChar(0x2013));
}

} // namespace

BalancePanel::BalancePanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent)
    : NetworkPanel(bridge, theory, Together::no, parent)
    , m_bridge(bridge)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_table(new SteadyTable(this))
    , m_plot(new BalancePlot(this))
{
    setAccessibleName(tr("Balance"));
    m_table->setAccessibleName(tr("Mean and fluctuation of the input"));
    choices().addStretch();
    m_row->addWidget(m_table);
    m_row->addWidget(m_plot, 1);
    column().addLayout(m_row, 1);
    addPlot(*m_plot);
}

void BalancePanel::beginSession()
{
    m_input.reset();
    m_plot->show({});
    m_table->forgetWidths();
}

void BalancePanel::watch(bool wanted)
{
    if (wanted != m_watching) {
        m_watching = wanted;
        m_bridge.post(engine::WatchInput {wanted});
    }
}

void BalancePanel::take(const engine::Frame& frame)
{
    NetworkPanel::take(frame);
    watch(!visibleRegion().isEmpty());
    if (frame.input != m_input) {
        m_input = frame.input;
        changed();
    }
}

void BalancePanel::renew()
{
    const auto index = population();
    BalancePlot::Shown shown;
    if (experiment() == nullptr || !index || *index >= experiment()->populations.size()) {
        return;
    }
    const auto& described = experiment()->populations[*index];
    shown.membrane = engine::analysis::membrane_of(described);
    shown.unit = weightUnit(described);
    QStringList words;
    if (m_input && *index < m_input->populations.size()) {
        const ReceivedInput& received = m_input->populations[*index];
        shown.measured
            = Parts {received.excitatory, received.inhibitory, received.external, received.total};
        if (received.V_m_samples > 0) {
            shown.V_m = received.V_m.counts;
        }
        words += tr("Input of %1 neurons, %2: weights of the spikes that arrived, each decaying "
                    "with %3 ms%4")
                     .arg(received.neurons)
                     .arg(spanText(m_input->from_ms, m_input->to_ms))
                     .arg(shown.membrane.tau_ms)
                     .arg(shown.membrane.of_model ? tr(" (tau_m)") : tr(" (a convention)"));
    } else {
        words += tr("Measuring: the first values come after half a second of the run");
    }
    addTheory(shown, theory().complete());
    if (shown.theory) {
        words += tr("free membrane by theory <b>%1 ± %2 mV</b>, threshold %3 mV")
                     .arg(QString::number(shown.membrane.rest + shown.theory->back().mean, 'f', 1),
                         QString::number(shown.theory->back().sd, 'f', 1))
                     .arg(shown.membrane.V_th.value_or(0.0));
    } else if (!theory().complete().shape.reason.empty()) {
        words += tr("no theory (%1)")
                     .arg(QString::fromStdString(theory().complete().shape.reason).toHtmlEscaped());
    }
    m_plot->show(shown);
    showTable(shown);
    setWords(words.join(QStringLiteral("; ")));
}

void BalancePanel::showTable(const BalancePlot::Shown& shown)
{
    const QString tip = tr("Over time, of one neuron");
    std::vector<SteadyTable::Cell> titles {
        {shown.unit.isEmpty() ? QString() : QStringLiteral("[%1]").arg(shown.unit), {}, {}},
        {tr("mean"), {}, {}, true}};
    if (shown.theory) {
        titles.push_back({tr("theory"), {}, {}, true});
    }
    titles.push_back({tr("sd"), tip, {}, true});
    if (shown.theory) {
        titles.push_back({tr("theory"), tr("Of independent Poisson trains"), {}, true});
    }
    const std::array<QString, BalancePlot::parts> names {
        tr("excitatory"), tr("inhibitory"), tr("external"), tr("sum")};
    SteadyTable::Rows rows;
    for (std::size_t i = 0; i < BalancePlot::parts; ++i) {
        auto& row = rows.emplace_back();
        row.push_back({names.at(i), {}, {}});
        for (const auto what : {&ReceivedInput::Part::mean, &ReceivedInput::Part::sd}) {
            row.push_back({number(shown.measured, i, what), {}, {}, true});
            if (shown.theory) {
                row.push_back({number(shown.theory, i, what), {}, {}, true});
            }
        }
    }
    m_table->setCells(titles, rows);
}

void BalancePanel::resizeEvent(QResizeEvent* event)
{
    NetworkPanel::resizeEvent(event);
    constexpr int enough = 620; // for the table beside both plots
    const bool beside = width() >= enough;
    m_row->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::BottomToTop);
    m_table->setMaximumWidth(beside ? width() * 2 / 5 : QWIDGETSIZE_MAX);
}

void BalancePanel::applyTheme(const PlotColors& colors) { m_plot->applyTheme(colors); }

} // namespace ui
