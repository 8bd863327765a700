#include "ui/panels/sweep_question.hpp"

#include "engine/sweep/curve_facts.hpp"
#include "engine/theory/fi_curve.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui {

using engine::config::Adjustable;
using engine::config::PresetDocument;
using engine::config::Quantity;
using engine::sweep::Cell;
using engine::sweep::Request;

namespace {

constexpr int curvePoints = 81;
constexpr int networkPoints = 17;
constexpr int mapPoints = 24;
constexpr int theoryPoints = 400;
constexpr std::size_t mostNeurons = 10;

// Places in the list of measures.
enum Place : std::size_t { rate, firstSpike, firstInterval, cv };

QString text(const char* source)
{
    return QCoreApplication::translate("ui::SweepQuestion", source);
}

QString number(double x) { return QString::number(x, 'g', 3); }

bool isSimulation(const Adjustable& row) { return row.path.rfind("simulation/", 0) == 0; }

/// Whose it is: second part of the path.
QString ownerOf(const std::string& path)
{
    return QString::fromStdString(path).section(QLatin1Char('/'), 1, 1);
}

std::vector<double> spaced(const SweepChoice& x, int points, bool equally)
{
    std::vector<double> out;
    const bool logarithmic = !equally && x.row.log_scale && x.low > 0.0;
    for (int i = 0; i < points; ++i) {
        const double part = static_cast<double>(i) / (points - 1);
        const double value = logarithmic ? x.low * std::pow(x.high / x.low, part)
                                         : x.low + (x.high - x.low) * part;
        out.push_back(x.row.integer ? std::round(value) : value);
    }
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// From below the rheobase to where the curve has shown its shape, with the present value.
void chooseRange(SweepChoice& choice, std::optional<double> rheobase)
{
    choice.low = choice.row.slider_min;
    choice.high = choice.row.slider_max;
    const bool isParameter = choice.row.path.rfind("/I_e") != std::string::npos;
    const double span = choice.high - choice.low;
    constexpr double room = 0.7; // of the slider below the rheobase are too much
    if (rheobase
        && (isParameter || *rheobase < choice.low || *rheobase > choice.low + room * span)) {
        constexpr double multiples = 4.0;
        constexpr double least = 0.01;
        const double unit = std::max(std::abs(*rheobase), least * span);
        choice.low = std::min(0.0, *rheobase - unit);
        choice.high = *rheobase + multiples * unit;
    }
    choice.low = std::min(choice.low, choice.now());
    choice.high = std::max(choice.high, choice.now());
}

double valueOr(const std::vector<engine::checks::Measured>& measured, std::size_t place)
{
    return place < measured.size() ? measured[place].value.value_or(SweepPoint::missing)
                                   : SweepPoint::missing;
}

double rateOf(const Cell& cell, SweepProtocol protocol)
{
    return protocol == SweepProtocol::constantCurrent ? cell.train.rate_Hz
                                                      : valueOr(cell.measured, rate);
}

engine::sweep::CurveFacts factsOf(const SweepCurve& curve)
{
    std::vector<double> values;
    std::vector<double> rates;
    for (const SweepPoint& point : curve.points) {
        values.push_back(point.value);
        rates.push_back(point.rate_Hz);
    }
    return engine::sweep::facts_of(values, rates);
}

bool isKnown(const Cell& cell) { return cell.done && cell.error.empty(); }

} // namespace

QString SweepChoice::title() const
{
    const QString unit = QString::fromStdString(row.unit);
    return unit.isEmpty() ? name : QStringLiteral("%1 [%2]").arg(name, unit);
}

double SweepChoice::now() const
{
    const double* value = std::get_if<double>(&row.value);
    return value != nullptr ? *value : SweepPoint::missing;
}

bool SweepSubject::isNeuron(const PresetDocument& preset)
{
    const auto& experiment = preset.experiment();
    const std::size_t neurons = std::accumulate(experiment.populations.begin(),
        experiment.populations.end(), std::size_t {0},
        [](std::size_t sum, const engine::config::Population& p) { return sum + p.size; });
    return neurons <= mostNeurons && experiment.projections.empty();
}

SweepSubject::SweepSubject(const PresetDocument& preset, SweepProtocol protocol)
    : m_protocol(protocol)
    , m_examined(protocol == SweepProtocol::constantCurrent
              ? std::optional(engine::config::with_constant_current(preset))
              : std::nullopt)
    , m_document(m_examined ? m_examined->document : preset)
{
    constexpr double examination_ms = 2000.0;
    constexpr double otherwise_ms = 1000.0; // of a run without end
    const bool endless = !m_document.experiment().simulation.duration_ms;
    if (m_examined || endless) {
        const auto timed
            = m_document.set("simulation/duration", m_examined ? examination_ms : otherwise_ms);
        m_document = timed.document.value_or(m_document);
    }
    const std::vector<Adjustable> rows = engine::config::adjustables(preset);
    if (m_examined) {
        const auto current = std::find_if(rows.begin(), rows.end(),
            [&](const Adjustable& row) { return row.path == m_examined->path_in_preset; });
        if (current != rows.end() && std::holds_alternative<double>(current->value)) {
            SweepChoice choice {
                *current, m_examined->path, 0.0, 1.0, true, QString::fromStdString(current->label)};
            chooseRange(choice, engine::theory::rheobase_alone(*m_examined));
            m_choices.push_back(choice);
        }
    }
    addParameters(rows);
}

void SweepSubject::addParameters(const std::vector<Adjustable>& rows)
{
    for (const Adjustable& row : rows) {
        const bool stimulus = row.path.rfind("stimuli/", 0) == 0;
        const bool isCurrent = !m_choices.empty() && m_choices.front().isCurrent
            && m_choices.front().row.path == row.path;
        if (row.kind != Adjustable::Kind::number || isSimulation(row) || isCurrent
            || (m_examined && stimulus) || !std::holds_alternative<double>(row.value)) {
            continue;
        }
        m_choices.push_back({row, row.path, row.slider_min, row.slider_max, false,
            QString::fromStdString(row.label)});
    }
    for (SweepChoice& choice : m_choices) {
        const auto alike = std::count_if(m_choices.begin(), m_choices.end(),
            [&](const SweepChoice& other) { return other.row.label == choice.row.label; });
        const QString owner = ownerOf(choice.row.path);
        if (alike > 1 && !owner.isEmpty()) {
            choice.name = QStringLiteral("%1 (%2)").arg(choice.name, owner);
        }
    }
}

const SweepChoice* SweepSubject::find(const std::string& path) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
        [&](const SweepChoice& choice) { return choice.row.path == path; });
    return found == m_choices.end() ? nullptr : &*found;
}

/// The request without values on its axes; what is varied stands at the low end.
Request SweepSubject::without(const SweepChoice& x, const SweepChoice* y) const
{
    PresetDocument document = m_document;
    std::vector<engine::sweep::Axis> axes {{x.path, {}}};
    if (y != nullptr) {
        axes.push_back({y->path, {}});
    }
    for (const SweepChoice* choice : {&x, y}) {
        if (choice != nullptr) {
            document = document.set(choice->path, choice->low).document.value_or(document);
        }
    }
    const engine::sweep::TrainRequest train = engine::sweep::steady_train(document);
    const auto from = m_examined ? std::optional(train.from_ms) : std::nullopt;
    return {document, std::move(axes),
        {{Quantity::rate, 0, {}, from}, {Quantity::first_spike, 0, {}, {}},
            {Quantity::first_isi, 0, {}, {}}, {Quantity::cv_isi, 0, {}, from}},
        train};
}

Request SweepSubject::request(const SweepChoice& x, const SweepChoice* y) const
{
    Request out = without(x, y);
    if (y != nullptr) {
        out.axes[0].values = spaced(x, mapPoints, true);
        out.axes[1].values = spaced(*y, mapPoints, true);
    } else {
        out.axes[0].values = spaced(x, isNeuron(m_document) ? curvePoints : networkPoints, false);
    }
    return out;
}

Request SweepSubject::request(const SweepChoice& x, std::vector<double> values) const
{
    Request out = without(x, nullptr);
    out.axes[0].values = std::move(values);
    return out;
}

std::string SweepSubject::key(const SweepChoice& x, const SweepChoice* y) const
{
    return without(x, y).document.text() + axes(x, y);
}

std::string SweepSubject::axes(const SweepChoice& x, const SweepChoice* y) const
{
    std::string out = m_examined ? "constant\n" : "own\n";
    for (const SweepChoice* choice : {&x, y}) {
        if (choice != nullptr) {
            out += choice->row.path + " " + std::to_string(choice->low) + " "
                + std::to_string(choice->high) + "\n";
        }
    }
    return out;
}

void SweepSubject::addTheory(const SweepChoice& x, SweepCurve& curve) const
{
    if (!m_examined || !x.isCurrent) {
        return;
    }
    const engine::theory::FiTheory theory = engine::theory::fi_theory(*m_examined);
    curve.rheobase = theory.rheobase;
    curve.restEnds = theory.rest_ends;
    if (theory.rate_Hz) {
        for (const double value : spaced(x, theoryPoints, true)) {
            curve.theory.emplace_back(value, theory.rate_Hz(value));
        }
    }
}

std::vector<SweepPoint> pointsOf(
    const Request& request, const std::vector<Cell>& cells, SweepProtocol protocol)
{
    constexpr double ms_per_s = 1000.0;
    std::vector<SweepPoint> out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[i];
        if (!isKnown(cell)) {
            continue;
        }
        SweepPoint point;
        point.value = request.values(i)[0];
        point.rate_Hz = rateOf(cell, protocol);
        point.latency_ms = valueOr(cell.measured, firstSpike);
        point.firstRate_Hz = ms_per_s / valueOr(cell.measured, firstInterval);
        point.intervals_ms = cell.train.intervals_ms;
        out.push_back(std::move(point));
    }
    return out;
}

std::vector<double> mapOf(const Request& request, const std::vector<Cell>& cells,
    SweepProtocol protocol, MapQuantity quantity)
{
    std::vector<double> out(request.cells(), SweepPoint::missing);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (isKnown(cells[i])) {
            out[i] = quantity == MapQuantity::rate ? rateOf(cells[i], protocol)
                                                   : valueOr(cells[i].measured, cv);
        }
    }
    return out;
}

std::vector<double> onsetOf(const SweepCurve& curve, int count)
{
    return engine::sweep::values_at_onset(factsOf(curve), count);
}

QString mapWords(const SweepChoice& x, const SweepChoice& y, const std::vector<Cell>& cells)
{
    const auto failed = std::count_if(
        cells.begin(), cells.end(), [](const Cell& cell) { return !cell.error.empty(); });
    QString words = text("Now %1 = %2, %3 = %4 (cross).")
                        .arg(x.name, number(x.now()), y.name, number(y.now()));
    if (failed > 0) {
        words += text(" %1 of %2 combinations are impossible.").arg(failed).arg(cells.size());
    }
    return words;
}

QString curveWords(const SweepChoice& x, const SweepCurve& curve)
{
    const engine::sweep::CurveFacts facts = factsOf(curve);
    const QString unit = QString::fromStdString(x.row.unit);
    const QString space = unit.isEmpty() ? QString() : QStringLiteral(" ") + unit;
    QStringList words;
    if (!facts.fires_from) {
        words += curve.points.empty() ? QString() : text("Silent everywhere here.");
    } else if (facts.silent_up_to) {
        words += (x.isCurrent ? text("Rheobase %1 to %2%3.") : text("Fires from %1 to %2%3 on."))
                     .arg(QString::number(*facts.silent_up_to, 'g', 4),
                         QString::number(*facts.fires_from, 'g', 4), space);
    } else {
        words += text("Fires from the lowest value on.");
    }
    if (curve.rheobase && x.isCurrent) {
        words += (curve.restEnds ? text("Rest ends at %1%2 (theory).") : text("Theory: %1%2."))
                     .arg(QString::number(*curve.rheobase, 'g', 4), space);
    }
    if (facts.gain && x.isCurrent) {
        words += unit.isEmpty() ? text("Gain %1 Hz per unit.").arg(number(*facts.gain))
                                : text("Gain %1 Hz/%2.").arg(number(*facts.gain), unit);
    }
    const double now = curve.rateAt(x.now());
    if (!std::isnan(now)) {
        words += text("Now %1%2: %3 Hz.").arg(QString::number(x.now(), 'g', 4), space, number(now));
    }
    words.removeAll(QString());
    return words.join(QLatin1Char(' '));
}

} // namespace ui
