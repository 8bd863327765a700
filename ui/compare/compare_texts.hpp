#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/differences.hpp"
#include "ui/network_theory.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QString>

#include <memory>

// What the comparison of two networks says, apart from how it looks.

namespace ui {

class Comparison;

/// One of the two as the texts know it.
struct ComparedNetwork {
    std::shared_ptr<const engine::config::Experiment> experiment;
    std::shared_ptr<const engine::analysis::NetworkStatistics> statistics; ///< nullptr: none yet
    const TheoryAnswer* theory = nullptr;
    double neurons = 0.0;
    double synapses = 0.0;
};

/// "g 5 → 4.2, N_E 5000 → 2500": from B to A; at most `count` settings by name.
QString comparedValuesText(const std::vector<engine::Difference>& differences, std::size_t count);

/// How long both have been equal, or the first spike in which they differ.
QString firstDifferenceText(const Comparison& comparison);

/// Rows of the statistics that tell networks apart, each with A, B and A - B, with theory where it
/// knows the network; the last row is the state by name.
struct ComparedTable {
    std::vector<SteadyTable::Cell> titles;
    SteadyTable::Rows rows;
};
ComparedTable comparedTable(const ComparedNetwork& a, const ComparedNetwork& b);

/// Numbers of neurons and inputs of B and A and, where theory knows both, weight, mean and
/// fluctuation of the input at the rate of B, as rich text.
QString sizeText(const ComparedNetwork& a, const ComparedNetwork& b);

} // namespace ui
