#include "ui/panels/promise_texts.hpp"

#include "ui/panels/quantity_texts.hpp"
#include "ui/plots/change_flags.hpp"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace ui {
namespace {

using engine::checks::Result;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::PromisesPanel", source);
}

PromiseMark markOf(const Result& result)
{
    if (!result.complete) {
        return PromiseMark::notYet;
    }
    return result.pass ? PromiseMark::met : PromiseMark::notMet;
}

QString quantityOf(const Result& result, const engine::config::Experiment& experiment)
{
    QString out = quantityName(result.check.quantity);
    const bool alone = experiment.populations.size() == 1;
    if (alone && experiment.populations.front().size == 1) {
        return out;
    }
    if (result.check.neuron) {
        return text("%1 of %2 %3")
            .arg(out, QString::fromStdString(result.population))
            .arg(*result.check.neuron);
    }
    return alone || result.population.empty()
        ? out
        : text("%1 of %2").arg(out, QString::fromStdString(result.population));
}

QString tipOf(const Result& result)
{
    QString tip = QString::fromStdString(result.what()) + QStringLiteral(", ")
        + QString::fromStdString(result.window_text());
    if (!result.complete) {
        tip += text("\nThe window is not over: so far.");
    }
    if (!result.measured.reason.empty()) {
        tip += QLatin1Char('\n') + typeset(result.measured.reason);
    }
    return tip;
}

} // namespace

QString markText(PromiseMark mark)
{
    switch (mark) {
    case PromiseMark::met:
        return QChar(0x2713) + QLatin1Char(' ') + text("met");
    case PromiseMark::notMet:
        return QChar(0x2717) + QLatin1Char(' ') + text("not met");
    case PromiseMark::notYet:
        break;
    }
    return QChar(0x2026) + QLatin1Char(' ') + text("not yet");
}

std::vector<PromiseRow> promiseRows(
    const engine::LiveReport& report, const engine::config::Experiment& experiment)
{
    std::vector<PromiseRow> rows;
    for (const Result& result : report.report.results) {
        const bool nothingYet = !result.complete && result.measured_text() == "none";
        rows.push_back({quantityOf(result, experiment), typeset(result.window_text()),
            typeset(engine::checks::expected_text(result.check)),
            nothingYet ? QString(QChar(0x2013)) : typeset(result.measured_text()), markOf(result),
            tipOf(result)});
    }
    return rows;
}

QString promiseHeadline(const engine::LiveReport& report)
{
    const auto& results = report.report.results;
    if (results.empty()) {
        return text("This preset makes no promises that can be checked.");
    }
    const auto count = [&](auto&& condition) {
        return static_cast<int>(std::count_if(results.begin(), results.end(), condition));
    };
    const auto all = static_cast<int>(results.size());
    const int met = count([](const Result& r) { return markOf(r) == PromiseMark::met; });
    const int open = count([](const Result& r) { return markOf(r) == PromiseMark::notYet; });
    if (!report.over && open > 0) {
        return text("Measuring: %1 of %2 met, %3 to come").arg(met).arg(all).arg(open);
    }
    return met == all ? text("All promises met (%1 of %1)").arg(all)
                      : text("%1 of %2 promises met").arg(met).arg(all);
}

QString promiseSpan(const engine::LiveReport& report, bool repeats)
{
    const QString progress = report.needed_ms
        ? progressText(std::min(report.seen_ms, *report.needed_ms), *report.needed_ms)
        : QString();
    if (!report.over) {
        if (progress.isEmpty()) {
            return text("measured %1 up to now").arg(spanText(report.from_ms, report.to_ms));
        }
        return repeats ? text("first sweep, %1").arg(progress)
                       : text("measuring, %1").arg(progress);
    }
    if (repeats) {
        return report.mixed ? text("last complete sweep, in which values were changed")
                            : text("last complete sweep");
    }
    return text("measured %1; measuring again, %2")
        .arg(spanText(report.from_ms, report.to_ms), progress);
}

QString promiseChanges(const engine::LiveReport& report)
{
    constexpr std::size_t named = 3;
    QStringList changes;
    for (std::size_t i = 0; i < std::min(named, report.differences.size()); ++i) {
        const engine::Difference& it = report.differences[i];
        changes += changeText(it.path, it.preset, it.present);
    }
    if (changes.isEmpty()) {
        return {};
    }
    QString list = changes.join(QStringLiteral(", "));
    if (report.differences.size() > named) {
        list = text("%1 and %2 more").arg(list).arg(report.differences.size() - named);
    }
    return text("Changed: %1. The source's values need not hold.").arg(list);
}

} // namespace ui
