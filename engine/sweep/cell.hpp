#pragma once

#include "engine/checks/report.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/config/quantity.hpp"
#include "engine/core/progress.hpp"
#include "engine/sweep/axis.hpp"
#include "engine/sweep/train_watch.hpp"
#include "engine/sweep/trial_watch.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine::sweep {

/// A quantity that is measured in every run, as a check of a preset would.
struct Measure {
    config::Quantity quantity = config::Quantity::rate;
    std::optional<std::size_t> population; ///< missing: the whole network (a regime)
    std::optional<std::uint32_t> neuron; ///< missing: all of the population
    std::optional<double> from_ms; ///< missing: the end of the preset's warm-up

    friend bool operator==(const Measure&, const Measure&) = default;
};

/// One neuron's train after its onset.
struct TrainRequest {
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    double from_ms = 0.0;

    friend bool operator==(const TrainRequest&, const TrainRequest&) = default;
};

/// The first neuron in the second half of the run: what an f-I curve shows.
TrainRequest steady_train(const config::PresetDocument& document);

/// Runs of a preset for every combination of the axes' values.
struct Request {
    config::PresetDocument document;
    std::vector<Axis> axes; ///< one or two
    std::vector<Measure> measures;
    std::optional<TrainRequest> train {}; ///< wanted too
    std::optional<TrialRequest> trial {}; ///< likewise

    /// Of all runs. The first axis runs slowest: cell = first * (values of the second) + second.
    std::size_t cells() const;
    std::vector<double> values(std::size_t cell) const;
};

/// What one run showed.
struct Cell {
    bool done = false;
    std::string error; ///< why there is nothing; empty where there is
    std::vector<checks::Measured> measured; ///< one for each measure
    SteadyTrain train;
    analysis::Trial trial;
};

/// Throws core::InputError where nothing can be run: a name that is unknown or no number, a
/// duration that is missing, a population without such a neuron, sizes beyond 1 million cells.
void check(const Request& request);

/// The document of one cell, or what is wrong with its values.
config::SetResult document_of(const Request& request, std::size_t cell);

/// Runs one cell on this thread. What goes wrong there becomes its error; throws core::Cancelled.
/// `progress` tells how far the run is. Any thread.
Cell compute(const Request& request, std::size_t cell, core::Progress& progress);

} // namespace engine::sweep
