#include "tests/support/csv_rows.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tests {

std::vector<CsvRow> read_csv(const std::filesystem::path& file)
{
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error("cannot read " + file.string());
    }
    std::vector<CsvRow> rows;
    for (std::string line; std::getline(in, line);) {
        CsvRow& row = rows.emplace_back();
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');) {
            row.push_back(cell);
        }
    }
    return rows;
}

} // namespace tests
