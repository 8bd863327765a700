#pragma once

#include "engine/config/experiment.hpp"
#include "engine/config/files.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/config/reader.hpp"
#include "engine/core/time_grid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The parts of reading a preset's tree into an Experiment; each adds what is wrong to the reader
// and goes on, so that all errors are found at once.

namespace engine::config {

/// What is known about a population whose description may be wrong elsewhere: checks that depend on
/// it are left out instead of giving errors that follow from the first one.
struct KnownPopulation {
    bool size = false;
    bool params = false; ///< model and parameters: ports, recordables and states can be asked
};

struct Resolution {
    Reader& reader;
    FileReferences& files;
    Experiment experiment {};
    PresetInfo info {};
    std::vector<KnownPopulation> known {};
    core::TimeGrid grid {0.1};
    bool grid_known = false;
    std::vector<std::size_t> event_places {}; ///< of each event its place in the file
};

inline constexpr std::uint64_t largest_whole = (std::uint64_t {1} << 53U) - 1;
inline constexpr std::uint64_t largest_size = (std::uint64_t {1} << 31U) - 1;
inline constexpr double longest_time_ms = 1e12; // in steps of the smallest dt it fits 64 bits

/// Longest way of a spike: rings of spikes on their way are kept for it.
inline constexpr core::Step most_delay_steps = 1000000;

/// Times from 0 to the longest.
models::Limits time_limits();

/// Everything: format, texts, variables, simulation, populations, projections, stimuli, record,
/// view, checks. Events only by form (at, set, value); whether they can be applied is for the
/// document.
void read_preset(Resolution& r, const Place& root);

void read_simulation(Resolution& r, const Place& root);
void read_populations(Resolution& r, const Place& root);
void read_projections(Resolution& r, const Place& root);
void read_stimuli(Resolution& r, const Place& root);
void read_record(Resolution& r, const Place& root);
void read_view(Resolution& r, const Place& root);
void read_checks(Resolution& r, const Place& root);
void read_events(Resolution& r, const Place& root);

/// The fields of one stimulus that depend on its type; start, stop and targets are already there.
std::optional<Source> read_source(
    Resolution& r, const Place& at, const std::string& type, const Stimulus& stimulus);
/// Keys that stimuli of this type have besides the common ones; empty for an unknown type.
std::vector<std::string> source_keys(const std::string& type);
std::vector<std::string> source_types();
bool gives_spikes(const std::string& type);
std::optional<Source> read_spike_train(Resolution& r, const Place& at, const Stimulus& stimulus);

std::optional<Rule> read_rule(Resolution& r, const Place& at, const Projection& projection);

/// Index of the population that the text names; reports where there is none.
std::optional<std::size_t> read_population_name(Resolution& r, const Place& at);
/// Ascending indices of neurons of a population, in file order for `keep_order`.
std::optional<std::vector<std::uint32_t>> read_neurons(
    Resolution& r, const Place& at, std::size_t population, bool keep_order);
/// A time; off the grid: a warning.
std::optional<double> read_time(Resolution& r, const Place& at, const models::Limits& limits);
void warn_off_grid(Resolution& r, const Place& at, double t_ms);
/// A delay of spikes that travel: at least dt.
bool check_delay(Resolution& r, const Place& at, double delay_ms);

/// What a value that may be drawn may look like.
struct DrawContext {
    models::Limits limits; ///< of the resulting values
    const Population* population = nullptr; ///< whose neurons differ; missing: synapses
    bool size_known = true;
};
std::optional<Distributed> read_distributed(
    Resolution& r, const Place& at, const DrawContext& context);
/// A draw alone: an object such as {"uniform": [0, 1]}.
std::optional<Draw> read_draw(Resolution& r, const Place& at, const DrawContext& context);

/// Keys of labels in paths and random streams: the label where it is unique and fit, else the
/// place.
std::vector<std::string> unique_keys(const std::vector<std::string>& labels);

} // namespace engine::config
