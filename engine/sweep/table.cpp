#include "engine/sweep/table.hpp"

#include "engine/core/value.hpp"

#include <algorithm>

namespace engine::sweep {

namespace {

std::string with_unit(const std::string& name, const std::string& unit)
{
    return unit.empty() ? name : name + "_" + unit;
}

std::string unit_of(const config::PresetDocument& document, const std::string& path)
{
    for (const config::Adjustable& adjustable : config::adjustables(document)) {
        if (adjustable.path == path) {
            return adjustable.unit;
        }
    }
    return {};
}

std::string name_of(const Request& request, const Measure& measure)
{
    std::string name = with_unit(std::string(config::name_of(measure.quantity)),
        std::string(config::unit_of(measure.quantity)));
    const bool several = std::any_of(request.measures.begin(), request.measures.end(),
        [&](const Measure& other) { return other.population != measure.population; });
    if (!several || !measure.population) {
        return name;
    }
    return request.document.experiment().populations[*measure.population].name + "." + name;
}

std::string quoted(const std::string& field)
{
    if (field.find_first_of(",\"\n\r") == std::string::npos) {
        return field;
    }
    std::string out = "\"";
    for (const char c : field) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + "\"";
}

std::string line(const std::vector<std::string>& fields)
{
    std::string out;
    for (const std::string& field : fields) {
        out += (&field == &fields.front() ? "" : ",") + quoted(field);
    }
    return out + "\n";
}

} // namespace

std::vector<std::string> headline(const Request& request)
{
    std::vector<std::string> out;
    for (const Axis& axis : request.axes) {
        out.push_back(with_unit(axis.path, unit_of(request.document, axis.path)));
    }
    for (const Measure& measure : request.measures) {
        out.push_back(name_of(request, measure));
    }
    if (request.train) {
        out.emplace_back("steady_rate_Hz");
    }
    return out;
}

std::vector<std::string> row(const Request& request, std::size_t index, const Cell& cell)
{
    std::vector<std::string> out;
    for (const double value : request.values(index)) {
        out.push_back(core::number_text(value));
    }
    for (std::size_t i = 0; i < request.measures.size(); ++i) {
        const bool known = i < cell.measured.size();
        out.push_back(!known             ? std::string()
                : cell.measured[i].value ? core::number_text(*cell.measured[i].value)
                                         : cell.measured[i].name);
    }
    if (request.train) {
        const bool known = cell.done && cell.error.empty();
        out.push_back(known ? core::number_text(cell.train.rate_Hz) : std::string());
    }
    return out;
}

std::string csv_text(const Request& request, const std::vector<Cell>& cells)
{
    std::string out = line(headline(request));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += line(row(request, i, cells[i]));
    }
    return out;
}

} // namespace engine::sweep
