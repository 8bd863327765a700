#pragma once

#include <filesystem>
#include <string>
#include <vector>

// The table of deviations from reference data: every test program writes its part into the build
// tree, tst_deviation_table joins them and holds docs/models.md to them.

namespace tests {

/// One cell of the table: the largest deviation of a quantity in a case, or under "spikes" how many
/// were compared.
struct Deviation {
    std::string table;
    std::string name; ///< of the case, the row
    std::string column;
    double value = 0.0;
};

std::filesystem::path deviations_folder();

/// The part of one test program, begun anew.
class DeviationPart {
public:
    explicit DeviationPart(const std::string& program);
    void note(const Deviation& deviation) const;

private:
    std::filesystem::path file_;
};

/// Of all parts, in alphabetic order of the programs.
std::vector<Deviation> all_deviations();

/// As one Markdown table for each `table`, largest deviations rounded up to two digits.
std::string deviation_page(const std::vector<Deviation>& deviations);

} // namespace tests
