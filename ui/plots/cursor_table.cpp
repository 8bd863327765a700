#include "ui/plots/cursor_table.hpp"

#include <QCoreApplication>

#include <cmath>

namespace ui {
namespace {

QString translated(const char* source)
{
    return QCoreApplication::translate("ui::CursorTable", source);
}

QString shortNumber(double value) { return QString::number(value, 'g', 6); }

QString cell(const std::optional<double>& value)
{
    return value ? cursorNumber(*value) : QStringLiteral("–");
}

QString trainText(const QString& name, const TrainSpan& train)
{
    QString text = train.spikes == 1 ? translated("%1: 1 spike").arg(name)
                                     : translated("%1: %2 spikes").arg(name).arg(train.spikes);
    if (train.rate_Hz) {
        text += translated(", %1 Hz").arg(shortNumber(*train.rate_Hz));
    }
    if (train.meanInterval_ms) {
        text += train.intervals == 1
            ? translated(", interval %1 ms").arg(shortNumber(*train.meanInterval_ms))
            : translated(", mean of %2 intervals %1 ms")
                  .arg(shortNumber(*train.meanInterval_ms))
                  .arg(train.intervals);
    }
    return text;
}

QString summaryOf(const CursorTable::Input& input)
{
    QStringList parts;
    if (input.times.size() == 2) {
        QString difference = translated("Δt %1 ms").arg(shortNumber(input.difference_ms));
        if (input.difference_ms != 0.0) {
            constexpr double ms_per_s = 1000.0;
            difference += translated(", 1/Δt %1 Hz")
                              .arg(shortNumber(ms_per_s / std::abs(input.difference_ms)));
        }
        parts += difference;
    }
    if (input.span && input.span->trains.size() == input.trains.size()) {
        for (std::size_t i = 0; i < input.trains.size(); ++i) {
            parts += trainText(input.trains[i], input.span->trains[i]);
        }
        if (!input.span->complete) {
            parts += translated("the beginning is no longer recorded");
        }
    }
    if (input.previousSweep) {
        parts += translated("in the sweep before");
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

CursorTable::CursorTable(const Input& input)
    : summary(summaryOf(input))
{
    titles += QString();
    titles += translated("t");
    if (input.readings.empty()) {
        return;
    }
    const std::vector<CursorReading>& first = input.readings.front();
    for (const CursorReading& reading : first) {
        titles += reading.unit.isEmpty()
            ? reading.name
            : QStringLiteral("%1 [%2]").arg(reading.name, reading.unit);
    }
    for (std::size_t c = 0; c < input.readings.size(); ++c) {
        QStringList row {c == 0 ? QStringLiteral("A") : QStringLiteral("B"), input.times[c]};
        for (const CursorReading& reading : input.readings[c]) {
            row += cell(reading.value);
        }
        rows.push_back(row);
    }
    if (input.readings.size() < 2 || input.readings[1].size() != first.size()) {
        return;
    }
    QStringList difference {
        QStringLiteral("B − A"), translated("%1 ms").arg(shortNumber(input.difference_ms))};
    QStringList mean {translated("mean"), QString()};
    std::size_t measured = 0; // traces are measured in the order of the readings that have a place
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto& before = first[i].value;
        const auto& after = input.readings[1][i].value;
        difference += before && after ? cursorNumber(*after - *before) : QStringLiteral("–");
        const bool has = first[i].place && input.span && measured < input.span->traces.size();
        mean += has ? cell(input.span->traces[measured].mean) : QString();
        measured += first[i].place ? 1U : 0U;
    }
    rows.push_back(difference);
    rows.push_back(mean);
}

QString CursorTable::text() const
{
    QStringList lines {titles.join(QLatin1Char('\t'))};
    for (const QStringList& row : rows) {
        lines += row.join(QLatin1Char('\t'));
    }
    if (!summary.isEmpty()) {
        lines += summary;
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString CursorTable::spoken() const
{
    QStringList parts;
    for (const QStringList& row : rows) {
        QStringList cells {row.front()};
        for (qsizetype i = 1; i < row.size(); ++i) {
            if (!row[i].isEmpty()) {
                cells += titles[i] + QLatin1Char(' ') + row[i];
            }
        }
        parts += cells.join(QStringLiteral(", "));
    }
    return (parts << summary).join(QStringLiteral("; "));
}

} // namespace ui
