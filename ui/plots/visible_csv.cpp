#include "ui/plots/visible_csv.hpp"

#include "engine/core/value.hpp"
#include "engine/recording/atomic_file.hpp"

#include <exception>
#include <map>

namespace ui {

std::string tracesCsv(const engine::recording::History& history,
    const std::vector<std::pair<std::size_t, std::size_t>>& columns,
    const engine::core::TimeGrid& grid, engine::core::Step from, engine::core::Step to)
{
    std::string text = "time_ms";
    std::map<engine::core::Step, std::vector<std::string>> cells;
    std::map<std::size_t, engine::recording::TraceRows> rowsOf;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto [group, column] = columns[i];
        const auto& described = history.groups().at(group);
        text += ',' + described.columns.at(column).csv_name;
        if (rowsOf.find(group) == rowsOf.end()) {
            rowsOf[group] = history.rows(group, from, to);
        }
        const auto& rows = rowsOf[group];
        for (std::size_t row = 0; row < rows.steps.size(); ++row) {
            auto& line = cells[rows.steps[row]];
            line.resize(columns.size());
            line[i]
                = engine::core::number_text(rows.values[row * described.columns.size() + column]);
        }
    }
    text += '\n';
    for (const auto& [step, line] : cells) {
        text += engine::core::number_text(grid.time_ms(step));
        for (const std::string& cell : line) {
            text += ',' + cell;
        }
        text += '\n';
    }
    return text;
}

QString saveText(const QString& path, const std::string& text)
{
    try {
        engine::recording::AtomicFile file(path.toStdString());
        file.stream() << text;
        file.commit();
        return {};
    } catch (const std::exception& failure) {
        return QString::fromUtf8(failure.what());
    }
}

} // namespace ui
