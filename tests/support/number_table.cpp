#include "tests/support/number_table.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace test_support {

namespace {

std::vector<std::string> cells(const std::string& line)
{
    std::vector<std::string> out;
    std::istringstream stream(line + ',');
    for (std::string cell; std::getline(stream, cell, ',');) {
        out.push_back(cell);
    }
    return out;
}

} // namespace

NumberTable::NumberTable(const std::string& path)
{
    std::ifstream file(std::string(SPIKESCOPE_TEST_DATA) + "/" + path);
    std::string line;
    if (!std::getline(file, line)) {
        throw std::runtime_error("no table in " + path);
    }
    columns_ = cells(line);
    while (std::getline(file, line)) {
        std::vector<double> row;
        for (const std::string& cell : cells(line)) {
            row.push_back(
                cell.empty() ? std::numeric_limits<double>::quiet_NaN() : std::stod(cell));
        }
        row.resize(columns_.size(), std::numeric_limits<double>::quiet_NaN());
        rows_.push_back(row);
    }
}

double NumberTable::at(std::size_t row, const std::string& column) const
{
    const auto found = std::find(columns_.begin(), columns_.end(), column);
    if (found == columns_.end()) {
        throw std::out_of_range("no column " + column);
    }
    return rows_.at(row)[static_cast<std::size_t>(found - columns_.begin())];
}

} // namespace test_support
