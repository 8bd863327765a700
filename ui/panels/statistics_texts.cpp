#include "ui/panels/statistics_texts.hpp"

#include "ui/panels/quantity_texts.hpp"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace ui {
namespace {

using engine::analysis::NetworkStatistics;
using engine::analysis::PopulationStatistics;
using engine::config::Quantity;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::StatisticsPanel", source);
}

const QString& none()
{
    static const QString dash(QChar(0x2013));
    return dash;
}

QString fixed(const std::optional<double>& value, int decimals)
{
    return value ? QString::number(*value, 'f', decimals) : none();
}

QString coefficientOfVariation(const PopulationStatistics& s)
{
    // A mean over few of many neurons says nothing of the others.
    constexpr std::size_t enough = 20;
    return s.neurons >= enough && s.cv_isi_neurons < enough ? none() : fixed(s.cv_isi, 3);
}

QString overFloor(const PopulationStatistics& s)
{
    if (!s.peak_over_floor) {
        return none();
    }
    const double height = *s.peak_over_floor;
    constexpr double whole = 100.0;
    constexpr double tooLong = 1e5; // of a line spectrum
    return height < tooLong ? QString::number(height, 'f', height < whole ? 1 : 0)
                            : QString::number(height, 'g', 3);
}

/// A line of the table before it meets numbers.
struct Definition {
    const char* name;
    const char* shortName;
    const char* tip;
    std::optional<Quantity> quantity;
    bool pairs; ///< needs at least two neurons
    std::function<QString(const PopulationStatistics&)> value;
};

// Names are marked for translation here and translated where they are used.
const std::vector<Definition>& definitions()
{
    static const std::vector<Definition> all {
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Rate [Hz]"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Rate [Hz]"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Spikes / (neurons x window)"), Quantity::rate,
            false, [](const auto& s) { return fixed(s.rate_Hz, 2); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "CV of intervals"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "CV"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Standard deviation / mean of a neuron's intervals, averaged over the neurons with "
                "at least 3 spikes: 0 regular, 1 Poisson. Missing where fewer than 20 qualify."),
            Quantity::cv_isi, false, coefficientOfVariation},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Neurons in the CV"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "n (CV)"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Neurons with at least 3 spikes"),
            std::nullopt, false, [](const auto& s) { return QString::number(s.cv_isi_neurons); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "CV2"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "CV2"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Variation between neighbouring intervals: insensitive to slow drifts of the rate"),
            Quantity::cv2, false, [](const auto& s) { return fixed(s.cv2, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "LV"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "LV"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Local variation: 0 regular, 1 Poisson"),
            Quantity::lv, false, [](const auto& s) { return fixed(s.lv, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fano factor, 100 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fano"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Variance / mean of a neuron's spike count in 100 ms: 0 regular, 1 Poisson"),
            Quantity::fano, false, [](const auto& s) { return fixed(s.fano_100ms, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Synchrony chi"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "chi"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Golomb's chi of the membrane potentials of 200 neurons: 1 all alike, about 0.07 "
                "independent"),
            Quantity::synchrony, true, [](const auto& s) { return fixed(s.synchrony, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fluctuation, 1 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fluct. 1 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Standard deviation / mean of the population's spike count in 1 ms"),
            Quantity::population_fluctuation, false,
            [](const auto& s) { return fixed(s.fluctuation_1ms, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fluctuation, 5 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Fluct. 5 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Standard deviation / mean of the population's spike count in 5 ms"),
            std::nullopt, false, [](const auto& s) { return fixed(s.fluctuation_5ms, 3); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Correlation, 5 ms"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Corr."),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Mean correlation of the spike counts of two of 200 neurons in 5 ms"),
            Quantity::correlation, true, [](const auto& s) { return fixed(s.correlation_5ms, 4); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Spectral peak [Hz]"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Peak [Hz]"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Highest point of the population rate's spectrum above 5 Hz (Welch, 512 ms)"),
            Quantity::peak_frequency, false,
            [](const auto& s) { return fixed(s.peak_frequency_Hz, 1); }},
        {QT_TRANSLATE_NOOP("ui::StatisticsPanel", "Peak / Poisson floor"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel", "/ floor"),
            QT_TRANSLATE_NOOP("ui::StatisticsPanel",
                "Height of the peak over the spectrum of as many Poisson trains, 2 rate / neurons"),
            Quantity::peak_over_floor, false, overFloor},
    };
    return all;
}

std::vector<const PopulationStatistics*> columnsOf(const NetworkStatistics& statistics)
{
    std::vector<const PopulationStatistics*> columns;
    for (const PopulationStatistics& population : statistics.populations) {
        columns.push_back(&population);
    }
    if (columns.size() > 1) {
        columns.push_back(&statistics.network);
    }
    return columns;
}

QString html(const std::string& plain) { return typeset(plain).toHtmlEscaped(); }

QString nameAndReason(const QString& name, const std::string& reason)
{
    return reason.empty() ? QStringLiteral("<b>%1</b>").arg(name)
                          : QStringLiteral("<b>%1</b>: %2").arg(name, html(reason));
}

/// "a rhythm of 190 Hz grows (by e in 19 ms)"; empty where there is none.
QString rhythmText(const engine::theory::Solution& solution)
{
    const auto& mode = solution.stability.mode;
    if (!mode || !(mode->f_Hz > 0.0)) {
        return {};
    }
    const double per_e_ms = 1.0 / std::abs(mode->growth_per_ms);
    return (mode->growth_per_ms > 0.0 ? text("a rhythm of %1 Hz grows (by e in %2 ms)")
                                      : text("ringing of %1 Hz dies away (to 1/e in %2 ms)"))
        .arg(QString::number(mode->f_Hz, 'f', 0),
            QString::number(per_e_ms, 'f', per_e_ms < 10.0 ? 1 : 0));
}

QString solutionText(const engine::theory::Solution& solution)
{
    const auto state
        = engine::theory::state_name(solution.rate_Hz, solution.cv, solution.stability);
    QString out = QStringLiteral("<b>%1</b>, %2 Hz, CV %3")
                      .arg(QString::fromUtf8(state.data(), static_cast<qsizetype>(state.size())),
                          QString::number(solution.rate_Hz, 'f', solution.rate_Hz < 1.0 ? 3 : 1),
                          QString::number(solution.cv, 'f', 2));
    if (const QString mode = rhythmText(solution); !mode.isEmpty()) {
        out += QStringLiteral(", ") + mode;
    }
    return out;
}

} // namespace

std::vector<StatisticLine> statisticLines(const NetworkStatistics& statistics)
{
    const auto columns = columnsOf(statistics);
    const bool pairs = std::any_of(
        columns.begin(), columns.end(), [](const auto* column) { return column->neurons > 1; });
    std::vector<StatisticLine> lines;
    for (const Definition& definition : definitions()) {
        if (definition.pairs && !pairs) {
            continue;
        }
        StatisticLine line {text(definition.name), text(definition.shortName), text(definition.tip),
            definition.quantity, {}};
        for (const PopulationStatistics* column : columns) {
            line.values.push_back(definition.value(*column));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

namespace {

void addTheory(StatisticLine& line, const engine::theory::Solution& state)
{
    if (line.quantity == Quantity::rate) {
        line.theory = QString::number(state.rate_Hz, 'f', 2);
        line.theoryTip = text("Self-consistent rate of the stationary state");
    } else if (line.quantity == Quantity::cv_isi) {
        line.theory = QString::number(state.cv, 'f', 3);
        line.theoryTip = text("Of a neuron under white noise of the network's mean and variance; "
                              "real recurrent input is not white and makes it smaller");
    } else if (const auto& mode = state.stability.mode;
               line.quantity == Quantity::peak_frequency && mode && mode->f_Hz > 0.0) {
        const QString frequency = QString::number(mode->f_Hz, 'f', 1);
        const bool grows = mode->growth_per_ms > 0.0;
        line.theory = grows ? frequency : QStringLiteral("(%1)").arg(frequency);
        line.theoryTip = grows ? text("Frequency of the growing mode")
                               : text("In brackets: this mode dies away, the spectrum has no sharp "
                                      "peak");
    }
}

} // namespace

void addTheory(std::vector<StatisticLine>& lines, const TheoryAnswer& answer)
{
    for (StatisticLine& line : lines) {
        line.theory = none();
        if (const auto* state = answer.active()) {
            addTheory(line, *state);
        }
    }
}

void addPromises(std::vector<StatisticLine>& lines, const engine::checks::Report& report)
{
    for (StatisticLine& line : lines) {
        QStringList promised;
        for (const engine::checks::Result& result : report.results) {
            if (result.check.quantity != line.quantity || result.check.neuron) {
                continue;
            }
            // Without the unit, which the name of the line has.
            QString expected = typeset(engine::checks::expected_text(result.check));
            const QString unit = QString::fromStdString(result.check.unit);
            if (!unit.isEmpty() && expected.endsWith(unit)) {
                expected = expected.chopped(unit.size()).trimmed();
            }
            expected.replace(QStringLiteral(" to "), QString(QChar(0x2013)));
            if (!promised.contains(expected)) { // the same for E and I is said once
                promised += expected;
            }
        }
        line.promised = promised.isEmpty() ? none() : promised.join(QStringLiteral(", "));
    }
}

bool hasTheory(const std::vector<StatisticLine>& lines)
{
    return std::any_of(lines.begin(), lines.end(),
        [](const auto& line) { return !line.theory.isEmpty() && line.theory != none(); });
}

bool hasPromises(const std::vector<StatisticLine>& lines)
{
    return std::any_of(lines.begin(), lines.end(),
        [](const auto& line) { return !line.promised.isEmpty() && line.promised != none(); });
}

QString promisedStateText(const engine::LiveReport& run)
{
    for (const engine::checks::Result& result : run.report.results) {
        if (result.check.quantity == Quantity::regime) {
            return (run.differences.empty()
                    ? text("the source promises <b>%1</b>")
                    : text("with the preset's values the source promises <b>%1</b>"))
                .arg(html(engine::checks::expected_text(result.check)));
        }
    }
    return {};
}

QString regimeText(const engine::analysis::Regime& regime)
{
    return nameAndReason(html(regime.name()), regime.reason);
}

QString patternText(const engine::checks::Measured& pattern)
{
    QString name = html(pattern.name.empty() ? "undecided" : pattern.name);
    if (!pattern.also.empty()) {
        QStringList also;
        for (const std::string& other : pattern.also) {
            also += html(other);
        }
        name += QStringLiteral("</b>, ") + text("also %1").arg(also.join(QStringLiteral(", ")))
            + QStringLiteral("<b>");
    }
    QString out = QStringLiteral("<b>%1</b>").arg(name);
    for (const QString& reason :
        html(pattern.reason).split(QStringLiteral("; "), Qt::SkipEmptyParts)) {
        out += QStringLiteral("<br>\u2022&nbsp;") + reason;
    }
    return out;
}

QString modeText(const TheoryAnswer& answer)
{
    if (!answer.shape.reason.empty()) {
        return text("no theory (%1)").arg(html(answer.shape.reason));
    }
    if (answer.active() == nullptr) {
        return {};
    }
    const QString rhythm = rhythmText(*answer.active());
    return text("theory: %1").arg(rhythm.isEmpty() ? text("no rhythm") : rhythm);
}

QString theoryText(const TheoryAnswer& answer)
{
    if (!answer.shape.params) {
        return text("Theory: none for this network (%1)").arg(html(answer.shape.reason));
    }
    if (answer.solutions.empty()) {
        return text("Theory: no stationary state");
    }
    QString out = text("Theory: %1").arg(solutionText(answer.solutions.back()));
    QStringList others;
    for (auto it = answer.solutions.rbegin() + 1; it != answer.solutions.rend(); ++it) {
        others += solutionText(*it);
    }
    if (!others.isEmpty()) {
        out += text("; also possible: %1").arg(others.join(QStringLiteral("; ")));
    }
    return out;
}

} // namespace ui
