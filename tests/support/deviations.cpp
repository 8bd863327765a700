#include "tests/support/deviations.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>

namespace tests {

namespace fs = std::filesystem;

namespace {

std::string rounded_up(double x)
{
    if (x == 0.0 || x != x) {
        return x == 0.0 ? "0" : "-";
    }
    const double unit = std::pow(10.0, std::floor(std::log10(x)) - 1.0);
    std::ostringstream out;
    out << std::setprecision(2) << std::ceil(x / unit) * unit;
    return out.str();
}

/// Adds what is not there yet; the order of first appearance stays.
void add_once(std::vector<std::string>& list, const std::string& item)
{
    if (std::find(list.begin(), list.end(), item) == list.end()) {
        list.push_back(item);
    }
}

struct Table {
    std::vector<std::string> rows;
    std::vector<std::string> columns;
    std::map<std::pair<std::string, std::string>, double> cells;
};

std::string markdown(const Table& table)
{
    std::string head = "| case |";
    std::string rule = "\n| --- |";
    for (const std::string& column : table.columns) {
        head += " " + column + " |";
        rule += " --- |";
    }
    std::string text = head + rule + "\n";
    for (const std::string& row : table.rows) {
        text += "| " + row + " |";
        for (const std::string& column : table.columns) {
            const auto cell = table.cells.find({row, column});
            text += " ";
            if (cell != table.cells.end()) {
                text += column == "spikes" ? std::to_string(std::lround(cell->second))
                                           : rounded_up(cell->second);
            }
            text += " |";
        }
        text += "\n";
    }
    return text;
}

} // namespace

fs::path deviations_folder()
{
    return fs::path(SPIKESCOPE_PROGRAM).parent_path() / "tests" / "deviations";
}

DeviationPart::DeviationPart(const std::string& program)
    : file_(deviations_folder() / (program + ".csv"))
{
    fs::create_directories(deviations_folder());
    std::ofstream(file_, std::ios::trunc);
}

void DeviationPart::note(const Deviation& d) const
{
    std::ofstream(file_, std::ios::app) << std::setprecision(17) << d.table << ';' << d.name << ';'
                                        << d.column << ';' << d.value << '\n';
}

std::vector<Deviation> all_deviations()
{
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(deviations_folder())) {
        files.insert(entry.path());
    }
    std::vector<Deviation> list;
    for (const fs::path& file : files) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) {
            std::istringstream cells(line);
            Deviation d;
            std::getline(cells, d.table, ';');
            std::getline(cells, d.name, ';');
            std::getline(cells, d.column, ';');
            cells >> d.value;
            list.push_back(d);
        }
    }
    return list;
}

std::string deviation_page(const std::vector<Deviation>& deviations)
{
    std::vector<std::string> names;
    std::map<std::string, Table> tables;
    for (const Deviation& d : deviations) {
        add_once(names, d.table);
        Table& table = tables[d.table];
        add_once(table.rows, d.name);
        add_once(table.columns, d.column);
        table.cells[{d.name, d.column}] = d.value;
    }
    std::string page;
    for (const std::string& name : names) {
        page += "### " + name + "\n\n" + markdown(tables[name]) + "\n";
    }
    return page;
}

} // namespace tests
