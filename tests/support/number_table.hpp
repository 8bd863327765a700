#pragma once

#include <string>
#include <vector>

namespace test_support {

/// A CSV file of numbers with a header, from the tests' data; empty cells are NaN.
class NumberTable {
public:
    /// Throws std::runtime_error where the file cannot be read.
    explicit NumberTable(const std::string& path);

    std::size_t rows() const { return rows_.size(); }
    /// Throws std::out_of_range where there is no such column.
    double at(std::size_t row, const std::string& column) const;

private:
    std::vector<std::string> columns_;
    std::vector<std::vector<double>> rows_;
};

} // namespace test_support
