#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/core/value.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

/// Texts of a preset for people.
struct PresetInfo {
    std::string id;
    std::string title;
    std::string family;
    std::string summary;
    std::string expect;
    std::string source;
    std::vector<std::string> tags;
};

class Json;
struct LoadResult;
struct SetResult;
struct StateChangeResult;

/// A valid preset: its JSON as written (key order and x- keys kept) and what it means. An immutable
/// value that is cheap to copy; changes make new documents. JSON itself never leaves this folder.
/// Any thread.
class PresetDocument {
public:
    /// Reads a text; `folder` is where its file references are looked up. All errors at once.
    static LoadResult parse(std::string_view text, std::string name, std::filesystem::path folder);
    /// Reads a regular file of at most 64 MiB.
    static LoadResult load(const std::filesystem::path& file);
    /// One neuron of `model` with a current step and all its recordables: a start for a preset of
    /// one's own.
    static PresetDocument for_model(const models::ModelDescription& model);

    const PresetInfo& info() const;
    const Experiment& experiment() const;
    std::shared_ptr<const Experiment> shared_experiment() const;
    /// Things that are accepted but surely not meant (times off the grid ...).
    const core::Diagnostics& warnings() const;

    /// The file that would be saved: stable, two blanks of indentation, lossless.
    std::string text() const;
    /// The same with every default filled in.
    std::string filled_text() const;

    /// The document with one value set: a variable's name, or a path such as
    /// populations/E/params/tau_m, stimuli/0/amplitude, projections/EE/weight, simulation/seed. A
    /// text is an expression or a choice.
    SetResult set(std::string_view path, const core::Value& value) const;
    /// What setting a path such as populations/E/state/0/V_m (or populations/E/jump/0/V_m) does in
    /// a run: a state is no value of the preset, so set() refuses it.
    StateChangeResult state_change(std::string_view path, const core::Value& value) const;
    static bool names_state(std::string_view path);
    /// `NAME=VALUE` as given to --set; VALUE is JSON or, where it is none, an expression or choice.
    SetResult set_text(std::string_view assignment) const;
    /// The value that stands at the path (its default where the file has none): evaluated number,
    /// flag, choice, list.
    std::optional<core::Value> value(std::string_view path) const;

    /// The document with these events instead of its own.
    PresetDocument with_events(const std::vector<Event>& events) const;
    PresetDocument with_info(const PresetInfo& info) const;
    /// The document with the default recordings instead of its own: spikes of all populations, all
    /// recordables of the first neuron in every step.
    PresetDocument with_default_record() const;

    /// Whether both are copies of one document; false says nothing about their texts.
    bool is(const PresetDocument& other) const { return data_ == other.data_; }

    /// The JSON as written; for this folder only.
    const Json& tree() const;

private:
    friend class DocumentMaker;
    struct Data;
    std::shared_ptr<const Data> data_; // SAFETY: immutable after construction
    explicit PresetDocument(std::shared_ptr<const Data> data);
};

struct LoadResult {
    std::optional<PresetDocument> document; ///< missing where there are errors
    core::Diagnostics diagnostics; ///< errors and warnings
};

struct SetResult {
    std::optional<PresetDocument> document; ///< missing where there are errors
    core::Diagnostics diagnostics;
};

/// A number of one neuron's state that is changed while the network runs, before the next step.
struct StateChange {
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    std::string state; ///< "V_m"
    bool adds = false; ///< to what it is; else takes its place
    double value = 0.0;
};

struct StateChangeResult {
    std::optional<StateChange> change; ///< missing where there are errors
    core::Diagnostics errors;
};

/// Whether going from `before` to `after` needs a new network (sizes, rules, models, dt, seed,
/// recordings ...), with the reason for people ("indegree changes"); empty = values only, to be
/// applied while running.
std::string rebuild_reason(const Experiment& before, const Experiment& after);

/// One row of the parameter panel: something that a person can change.
struct Adjustable {
    enum class Kind { number, flag, choice };
    std::string path; ///< for PresetDocument::set
    std::string label; ///< "g", "tau_m", "amplitude"; of a variable its label
    std::string meaning; ///< tool tip: meaning, source
    std::string unit;
    Kind kind = Kind::number;
    core::Value value; ///< present value
    core::Value default_value; ///< the model's (of a variable, a stimulus: as in the preset)
    models::Limits limits; ///< hard
    double slider_min = 0.0;
    double slider_max = 1.0;
    bool log_scale = false;
    bool integer = false;
    bool nullable = false;
    std::vector<std::string> choices;
    std::string group; ///< "Variables", "Population E: Membrane", "Stimulus: step" ...
    bool essential = true;
    bool live = true; ///< false: a change rebuilds the network
    std::string
        expression; ///< where the value is driven by variables: the expression; editing replaces it
    bool spread
        = false; ///< drawn per neuron or synapse: the row changes its scale or states the law
};

/// All rows, in order of display: variables first, then populations, projections, stimuli,
/// simulation.
std::vector<Adjustable> adjustables(const PresetDocument& document);

} // namespace engine::config
