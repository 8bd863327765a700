#include "ui/connectivity/projection_texts.hpp"

#include "engine/config/stimulus_types.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <variant>

namespace ui {

namespace {

using engine::analysis::ProjectionConnections;
using engine::config::Experiment;
using engine::config::Projection;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::ProjectionTexts", source);
}

struct RuleWords {
    QString operator()(const engine::config::AllToAll&) const { return text("all to all"); }
    QString operator()(const engine::config::OneToOne&) const { return text("one to one"); }
    QString operator()(const engine::config::FixedIndegree& r) const
    {
        return text("%1 onto each").arg(r.indegree);
    }
    QString operator()(const engine::config::FixedOutdegree& r) const
    {
        return text("%1 from each").arg(r.outdegree);
    }
    QString operator()(const engine::config::FixedTotalNumber& r) const
    {
        return text("%1 in all").arg(r.N);
    }
    QString operator()(const engine::config::PairwiseBernoulli& r) const
    {
        return text("p = %1").arg(shortNumber(r.p));
    }
    QString operator()(const engine::config::Explicit& r) const
    {
        return text("list of %1").arg(r.list ? r.list->source.size() : 0);
    }
};

QString withUnit(const QString& number, const QString& unit)
{
    return unit.isEmpty() ? number : number + QLatin1Char(' ') + unit;
}

/// Where draws come close to 0, the smallest of them says nothing.
QString span(double low, double high)
{
    constexpr double close = 1e-3;
    const double large = std::max(std::abs(low), std::abs(high));
    const auto rounded = [&](double x) { return std::abs(x) < close * large ? 0.0 : x; };
    return low == high
        ? shortNumber(low)
        : text("%1 to %2").arg(shortNumber(rounded(low)), shortNumber(rounded(high)));
}

} // namespace

QString shortNumber(double value)
{
    constexpr int digits = 3;
    constexpr double large = 1000.0;
    const bool whole = value == static_cast<double>(static_cast<qint64>(value));
    if (whole && std::abs(value) < large * large) {
        return QString::number(static_cast<qint64>(value)).replace('-', QChar(0x2212));
    }
    return QString::number(value, 'g', digits).replace('-', QChar(0x2212));
}

QString projectionName(const Experiment& experiment, std::size_t projection)
{
    const Projection& p = experiment.projections[projection];
    const std::string& source = experiment.populations[p.source].name;
    const std::string& target = experiment.populations[p.target].name;
    QString name
        = QString::fromStdString(source) + QStringLiteral(" → ") + QString::fromStdString(target);
    if (!p.label.empty() && p.label != source + target) {
        name += QStringLiteral(" (%1)").arg(QString::fromStdString(p.label));
    }
    return name;
}

QString ruleText(const Projection& projection) { return std::visit(RuleWords {}, projection.rule); }

QString weightUnit(const Experiment& experiment, std::size_t projection)
{
    const Projection& p = experiment.projections[projection];
    return QString::fromStdString(engine::config::unit_text(
        engine::config::StimulusUnit::weight, experiment.populations[p.target], p.port));
}

QString weightText(
    const Experiment& experiment, std::size_t projection, const ProjectionConnections* counts)
{
    const Projection& p = experiment.projections[projection];
    const QString unit = weightUnit(experiment, projection);
    const double factor = engine::analysis::weight_factor(p);
    if (p.weight && std::holds_alternative<double>(*p.weight)) {
        return withUnit(shortNumber(factor), unit);
    }
    if (counts == nullptr || counts->weights.total() == 0) {
        return text("drawn");
    }
    const double a = factor * counts->weights.min();
    const double b = factor * counts->weights.max();
    return withUnit(span(std::min(a, b), std::max(a, b)), unit);
}

QString delayText(
    const Experiment& experiment, std::size_t projection, const ProjectionConnections* counts)
{
    const Projection& p = experiment.projections[projection];
    if (const auto common = engine::analysis::common_delay_ms(p, experiment.simulation)) {
        return withUnit(shortNumber(*common), QStringLiteral("ms"));
    }
    if (counts == nullptr || counts->delays.empty()) {
        return text("drawn");
    }
    const auto first = std::find_if(
        counts->delays.begin(), counts->delays.end(), [](std::uint64_t n) { return n > 0; });
    const double dt_ms = experiment.simulation.dt_ms;
    return withUnit(span(dt_ms * static_cast<double>(first - counts->delays.begin()),
                        dt_ms * static_cast<double>(counts->delays.size() - 1)),
        QStringLiteral("ms"));
}

double meanWeight(const Projection& projection, const ProjectionConnections* counts)
{
    const double factor = engine::analysis::weight_factor(projection);
    return counts != nullptr && counts->weights.total() > 0 ? factor * counts->weights.mean()
                                                            : factor;
}

std::optional<double> weightOntoNeuron(
    const Projection& projection, const ProjectionConnections* counts)
{
    if (counts == nullptr || counts->in_degrees.empty()) {
        return std::nullopt;
    }
    return meanWeight(projection, counts) * static_cast<double>(counts->synapses)
        / static_cast<double>(counts->in_degrees.size());
}

} // namespace ui
