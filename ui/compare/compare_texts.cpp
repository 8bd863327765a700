#include "ui/compare/compare_texts.hpp"

#include "engine/checks/network_regime.hpp"
#include "ui/compare/comparison.hpp"
#include "ui/panels/statistics_texts.hpp"
#include "ui/plots/change_flags.hpp"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

using engine::config::Quantity;

namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::Compare", source); }

const QString& none()
{
    static const QString dash(QChar(0x2013));
    return dash;
}

QString count(double number) { return QLocale().toString(static_cast<qulonglong>(number)); }

QString digits(double number) { return QString::number(number, 'g', 3); }

QString arrow(const QString& from, const QString& to)
{
    return from == to ? from : QStringLiteral("%1 \u2192 %2").arg(from, to);
}

/// Lines of the statistics that are compared, in this order.
constexpr std::array compared {Quantity::rate, Quantity::cv_isi, Quantity::synchrony,
    Quantity::correlation, Quantity::peak_frequency};

std::vector<StatisticLine> linesOf(const ComparedNetwork& network)
{
    std::vector<StatisticLine> lines;
    if (!network.statistics) {
        return lines;
    }
    lines = statisticLines(*network.statistics);
    if (network.theory != nullptr) {
        addTheory(lines, *network.theory);
    }
    return lines;
}

const StatisticLine* lineOf(const std::vector<StatisticLine>& lines, Quantity quantity)
{
    const auto line = std::find_if(
        lines.begin(), lines.end(), [&](const auto& l) { return l.quantity == quantity; });
    return line == lines.end() ? nullptr : &*line;
}

/// Of the whole network.
QString valueOf(const StatisticLine* line)
{
    return line == nullptr || line->values.empty() ? none() : line->values.back();
}

QString theoryOf(const StatisticLine* line)
{
    return line == nullptr || line->theory.isEmpty() ? none() : line->theory;
}

QString differenceOf(const QString& a, const QString& b)
{
    bool both[2] = {false, false};
    const double difference = a.toDouble(&both[0]) - b.toDouble(&both[1]);
    if (!both[0] || !both[1]) {
        return none();
    }
    const auto decimals = static_cast<int>(a.size() - 1 - a.indexOf(QLatin1Char('.')));
    const QString out
        = QString::number(difference, 'f', a.contains(QLatin1Char('.')) ? decimals : 0);
    return difference > 0.0 ? QStringLiteral("+") + out : out;
}

QString regimeOf(const ComparedNetwork& network)
{
    return network.statistics && engine::checks::has_excitation_and_inhibition(*network.experiment)
        ? QString::fromStdString(engine::analysis::regime_name(
            engine::checks::regime_of(network.statistics->network).kind))
        : none();
}

QString theoryStateOf(const ComparedNetwork& network)
{
    const auto* state = network.theory == nullptr ? nullptr : network.theory->active();
    if (state == nullptr) {
        return none();
    }
    const auto name = engine::theory::state_name(state->rate_Hz, state->cv, state->stability);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

SteadyTable::Cell number(const QString& value, const QString& tip = {})
{
    return {value, tip, {}, true};
}

} // namespace

QString comparedValuesText(const std::vector<engine::Difference>& differences, std::size_t most)
{
    if (differences.empty()) {
        return text("A and B have the same values.");
    }
    QStringList parts;
    for (std::size_t i = 0; i < std::min(differences.size(), most); ++i) {
        // From B, which is held, to A.
        parts += changeText(differences[i].path, differences[i].preset, differences[i].present);
    }
    if (differences.size() > most) {
        parts += text("%1 more").arg(differences.size() - most);
    }
    return text("From B to A: %1").arg(parts.join(QStringLiteral(", ")));
}

QString firstDifferenceText(const Comparison& comparison)
{
    if (!comparison.running()) {
        return {};
    }
    if (const auto& spike = comparison.firstDifference()) {
        const auto& run = *comparison.run();
        return text("First spike that differs: %1 %2 at %3 ms")
            .arg(QString::fromStdString(run.experiment->populations.at(spike->population).name))
            .arg(spike->neuron)
            .arg(run.grid.time_ms(spike->step), 0, 'f', 1);
    }
    return text("Equal spike by spike up to %1 ms").arg(comparison.equalUntilMs(), 0, 'f', 0);
}

ComparedTable comparedTable(const ComparedNetwork& a, const ComparedNetwork& b)
{
    const std::vector<StatisticLine> ofA = linesOf(a);
    const std::vector<StatisticLine> ofB = linesOf(b);
    const bool theory = hasTheory(ofA) || hasTheory(ofB);
    ComparedTable out;
    out.titles
        = {{QString(), {}, {}}, number(text("A")), number(text("B")), number(text("A \u2212 B"))};
    if (theory) {
        const QString tip = text("Mean-field theory (Brunel 2000)");
        out.titles.push_back(number(text("theory A"), tip));
        out.titles.push_back(number(text("theory B"), tip));
    }
    for (const Quantity quantity : compared) {
        const StatisticLine* lineA = lineOf(ofA, quantity);
        const StatisticLine* lineB = lineOf(ofB, quantity);
        const StatisticLine* any = lineA != nullptr ? lineA : lineB;
        if (any == nullptr) {
            continue;
        }
        const QString valueA = valueOf(lineA);
        const QString valueB = valueOf(lineB);
        std::vector<SteadyTable::Cell> row {{any->name, any->tip, {}}, number(valueA, any->tip),
            number(valueB, any->tip), number(differenceOf(valueA, valueB))};
        if (theory) {
            row.push_back(number(theoryOf(lineA)));
            row.push_back(number(theoryOf(lineB)));
        }
        out.rows.push_back(std::move(row));
    }
    if (regimeOf(a) != none() || regimeOf(b) != none()) {
        std::vector<SteadyTable::Cell> row {
            {text("State"), {}, {}}, number(regimeOf(a)), number(regimeOf(b)), number({})};
        if (theory) {
            row.push_back(number(theoryStateOf(a)));
            row.push_back(number(theoryStateOf(b)));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

QString sizeText(const ComparedNetwork& a, const ComparedNetwork& b)
{
    if (!(a.neurons > 0.0) || !(b.neurons > 0.0)) {
        return {};
    }
    const double inA = a.synapses / a.neurons;
    const double inB = b.synapses / b.neurons;
    QStringList lines;
    lines += text("Neurons %1; inputs of a neuron %2; inputs / neurons %3\u00a0%")
                 .arg(arrow(count(b.neurons), count(a.neurons)),
                     arrow(count(std::round(inB)), count(std::round(inA))),
                     arrow(digits(100.0 * inB / b.neurons), digits(100.0 * inA / a.neurons)));
    const auto* stateB = b.theory == nullptr ? nullptr : b.theory->active();
    const auto* stateA = a.theory == nullptr ? nullptr : a.theory->active();
    if (stateA == nullptr || stateB == nullptr) {
        return lines.join(QStringLiteral("<br>"));
    }
    const auto& paramsA = *a.theory->shape.params;
    const auto& paramsB = *b.theory->shape.params;
    constexpr double per_ms = 1e-3;
    const double rate = stateB->rate_Hz * per_ms;
    const auto inputA = engine::theory::input_at(rate, paramsA);
    const auto inputB = engine::theory::input_at(rate, paramsB);
    lines += text(
        "J %1\u00a0mV; at the rate of B by theory, %2\u00a0Hz: mean input \u03bc %3\u00a0mV, "
        "fluctuation \u03c3 %4\u00a0mV")
                 .arg(arrow(digits(paramsB.J), digits(paramsA.J)),
                     QString::number(stateB->rate_Hz, 'f', 1),
                     arrow(digits(inputB.mu), digits(inputA.mu)),
                     arrow(digits(inputB.sigma), digits(inputA.sigma)));
    lines += text("Rate by theory %1 Hz")
                 .arg(arrow(QString::number(stateB->rate_Hz, 'f', 1),
                     QString::number(stateA->rate_Hz, 'f', 1)));
    return lines.join(QStringLiteral("<br>"));
}

} // namespace ui
