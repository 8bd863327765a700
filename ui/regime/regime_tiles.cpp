#include "ui/regime/regime_tiles.hpp"

#include "engine/core/value.hpp"
#include "engine/differences.hpp"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

namespace ui {

using engine::config::PresetDocument;
using engine::config::Quantity;
using engine::sweep::Cell;
using engine::sweep::Request;

namespace {

// Places in the list of measures.
enum Place : std::size_t { rate, cv, peak, state };

std::size_t neuronsOf(const PresetDocument& document)
{
    std::size_t sum = 0;
    for (const auto& population : document.experiment().populations) {
        sum += population.size;
    }
    return sum;
}

bool keepsInputs(const PresetDocument& document)
{
    const auto& projections = document.experiment().projections;
    return !projections.empty()
        && std::all_of(projections.begin(), projections.end(), [](const auto& projection) {
               return std::holds_alternative<engine::config::FixedIndegree>(projection.rule);
           });
}

/// Whether `smaller` differs from `whole` in the sizes alone, and these are the part wanted.
bool isPart(const PresetDocument& smaller, const PresetDocument& whole, double part)
{
    engine::config::Experiment resized = smaller.experiment();
    const auto& populations = whole.experiment().populations;
    for (std::size_t p = 0; p < populations.size(); ++p) {
        const double wanted = part * static_cast<double>(populations[p].size);
        if (std::abs(static_cast<double>(resized.populations[p].size) - wanted) > 1.0) {
            return false;
        }
        resized.populations[p].size = populations[p].size;
    }
    return resized == whole.experiment();
}

std::optional<PresetDocument> changed(
    const PresetDocument& document, const std::vector<std::pair<std::string, double>>& changes)
{
    std::optional<PresetDocument> out = document;
    for (const auto& [path, value] : changes) {
        out = out ? out->set(path, value).document : out;
    }
    return out;
}

std::optional<NetworkSize> partOf(const PresetDocument& document, double part)
{
    std::vector<std::vector<std::pair<std::string, double>>> ways;
    for (const auto& row : engine::config::adjustables(document)) {
        const double* value = std::get_if<double>(&row.value);
        if (row.path.find('/') == std::string::npos && !row.live && value != nullptr) {
            ways.push_back({{row.path, std::round(part * *value)}});
        }
    }
    ways.emplace_back();
    for (const auto& population : document.experiment().populations) {
        ways.back().emplace_back("populations/" + population.name + "/size",
            std::round(part * static_cast<double>(population.size)));
    }
    for (const auto& way : ways) {
        const auto smaller = changed(document, way);
        if (smaller && isPart(*smaller, document, part)) {
            return NetworkSize {part, neuronsOf(*smaller), way};
        }
    }
    return std::nullopt;
}

QString quoted(const std::string& text)
{
    return QStringLiteral("'%1'").arg(
        QString::fromStdString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")));
}

QString plain(double x) { return QString::fromStdString(engine::core::number_text(x)); }

QString overText(const engine::sweep::Axis& axis)
{
    const double step = axis.values.size() > 1 ? axis.values[1] - axis.values[0] : 1.0;
    constexpr double digits = 1e12;
    return QStringLiteral("--over %1=%2:%3:%4")
        .arg(QString::fromStdString(axis.path), plain(axis.values.front()),
            plain(axis.values.back()), plain(std::round(step * digits) / digits));
}

std::vector<double> valuesAlong(const SweepChoice& choice, int points)
{
    std::vector<double> values
        = engine::sweep::steps(choice.low, choice.high, (choice.high - choice.low) / (points - 1));
    if (choice.row.integer) {
        for (double& value : values) {
            value = std::round(value);
        }
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    return values;
}

} // namespace

std::vector<NetworkSize> networkSizes(const PresetDocument& document)
{
    std::vector<NetworkSize> out {{1.0, neuronsOf(document), {}}};
    if (keepsInputs(document)) {
        constexpr double half = 0.5;
        constexpr double quarter = 0.25;
        for (const double part : {half, quarter}) {
            if (auto smaller = partOf(document, part)) {
                out.push_back(std::move(*smaller));
            }
        }
    }
    return out;
}

Request tileRequest(const PresetDocument& document, const SweepChoice& x, const SweepChoice& y,
    const TileQuestion& question)
{
    PresetDocument run = changed(document, question.size.changes).value_or(document);
    run = run.set("simulation/duration", question.duration_ms).document.value_or(run);
    // Equal questions have equal documents: what is varied stands at the low end.
    run = changed(run, {{x.row.path, x.low}, {y.row.path, y.low}}).value_or(run);
    return {run,
        {{x.row.path, valuesAlong(x, question.points)},
            {y.row.path, valuesAlong(y, question.points)}},
        {{Quantity::rate, 0, {}, {}}, {Quantity::cv_isi, 0, {}, {}},
            {Quantity::peak_frequency, 0, {}, {}}, {Quantity::regime, {}, {}, {}}}};
}

QString tileCommand(const Request& request, const PresetDocument& opened)
{
    QStringList words {
        QStringLiteral("spikescope sweep"), QString::fromStdString(opened.info().id)};
    for (const auto& difference : engine::differences(request.document, opened)) {
        const bool varied = std::any_of(request.axes.begin(), request.axes.end(),
            [&](const auto& axis) { return axis.path == difference.path; });
        if (!varied) {
            words += QStringLiteral("--set ")
                + quoted(difference.path + "=" + engine::core::value_text(difference.present));
        }
    }
    const auto& seed = request.document.experiment().simulation.seed;
    if (seed != opened.experiment().simulation.seed) {
        words += QStringLiteral("--seed %1").arg(seed);
    }
    for (const auto& axis : request.axes) {
        words += overText(axis);
    }
    words += QStringLiteral("--measure rate cv_isi peak_frequency regime --csv -");
    return words.join(QLatin1Char(' '));
}

std::vector<double> tileValues(
    const Request& request, const std::vector<Cell>& cells, RegimeQuantity quantity)
{
    std::vector<double> out(request.cells(), SweepPoint::missing);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& measured = cells[i].measured;
        if (!cells[i].done || measured.size() <= state) {
            continue;
        }
        if (quantity == RegimeQuantity::state) {
            const auto number = regimeStateNumber(measured[state].name);
            out[i] = number ? *number : SweepPoint::missing;
        } else {
            const Place place = quantity == RegimeQuantity::rate ? rate
                : quantity == RegimeQuantity::cv                 ? cv
                                                                 : peak;
            out[i] = measured[place].value.value_or(SweepPoint::missing);
        }
    }
    return out;
}

} // namespace ui
