#pragma once

#include "engine/core/value.hpp"
#include "engine/models/equations.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::models {

class Neurons;

enum class ParamKind { number, flag, choice, list };

struct Bound {
    double value = 0.0;
    bool inclusive = true;
    friend bool operator==(const Bound&, const Bound&) = default;
};

/// Hard limits; a missing side is unlimited.
struct Limits {
    std::optional<Bound> min;
    std::optional<Bound> max;

    bool contains(double x) const;
    /// "must be > 0", "must be between 0 and 1"; empty where unlimited.
    std::string text() const;
};

/// One parameter of a model: the one source of sliders, checks, help, file format and export.
struct ParamSpec {
    std::string name; ///< NEST's name, the key in preset files
    std::string meaning; ///< one phrase, "Membrane time constant"
    std::string unit; ///< "" where dimensionless
    ParamKind kind = ParamKind::number;
    core::Value default_value; ///< monostate only where `nullable`
    bool nullable = false; ///< null stands for "none" (V_min)
    Limits limits; ///< of a number, of every element of a list
    double slider_min = 0.0; ///< range that the slider offers at first
    double slider_max = 1.0;
    bool log_scale = false;
    std::vector<std::string> choices; ///< of a choice
    std::string group; ///< heading under which the rows stand: "Membrane", "Threshold" ...
    bool essential = false; ///< always visible; the rest stands under "More"
    bool per_neuron = true; ///< may be drawn for each neuron (numbers only)
    bool live = true; ///< a change needs no rebuild
    std::string source; ///< where default and range come from

    bool drawable() const { return kind == ParamKind::number && per_neuron; }
};

/// What a quantity is, so that plots choose panel, colour and style by kind and never by name.
enum class QuantityKind {
    potential,
    threshold, ///< absolute threshold, drawn with the potential
    threshold_part, ///< relative parts of a threshold
    recovery, ///< u of Izhikevich
    input_current, ///< sum of the current stimuli
    synaptic_current,
    after_spike_current,
    conductance,
};

struct RecordableSpec {
    std::string name; ///< NEST's name: V_m, U_m, I, g_1 ...
    std::string unit;
    std::string meaning;
    QuantityKind kind = QuantityKind::potential;
};

struct StateSpec {
    std::string name; ///< key of `init`
    std::string unit;
    std::string meaning;
    bool list = false; ///< one value for each after-spike current
    std::string as_long_as {}; ///< of a list: the list parameter that has as many values
};

struct PortSpec {
    int number = 0;
    std::string meaning;
    std::string weight_unit; ///< of arriving spikes; empty where the port takes no spikes
    bool spikes = false;
    bool current = false;
};

/// A condition between parameters that is not met.
struct Violation {
    std::string param; ///< the one that the message points to
    std::string found;
    std::string expected;
    bool warning = false; ///< accepted, but surely not meant
};

/// Parameters of a population: one value for all, and for drawn ones one value per neuron.
struct ParamTable {
    ParamValues common;
    std::map<std::string, std::vector<double>, std::less<>> per_neuron; ///< overrides `common`
};

/// Initial values by state name; a missing one takes the model's own start.
/// A number state: one value, or one per neuron. A list state (ASCurrents): the same list for all.
struct InitTable {
    std::map<std::string, double, std::less<>> common;
    std::map<std::string, std::vector<double>, std::less<>> per_neuron;
    std::map<std::string, std::vector<double>, std::less<>> lists;
};

/// Everything about a model, as data.
struct ModelDescription {
    std::string name;
    std::string title;
    std::string summary;
    /// Markdown: equations, method and order, order inside a step, how it is checked, papers. Of
    /// the built-in models the section of docs/models.md.
    std::string text;
    std::vector<ParamSpec> params;

    // The following depend on the parameters (flags, number of ports).
    std::function<std::vector<StateSpec>(const ParamValues&)> states;
    std::function<std::vector<RecordableSpec>(const ParamValues&)> recordables;
    std::function<std::vector<PortSpec>(const ParamValues&)> ports;
    std::function<std::vector<Violation>(const ParamValues&)> check;
    /// With these flags, choices and lengths of lists, and with the terms that these values make
    /// count.
    std::function<Equations(const ParamValues&)> equations;

    /// Makes `size` neurons in their initial state. The tables are valid (checked before).
    std::function<std::unique_ptr<Neurons>(
        std::size_t size, double dt_ms, const ParamTable&, const InitTable&)>
        make;

    const ParamSpec* find_param(std::string_view param_name) const;
    /// All defaults.
    ParamValues defaults() const;
    /// The first port that takes spikes.
    int default_spike_port(const ParamValues&) const;
};

/// The models by name; built-in ones are there from the start, others may join while the program
/// runs.
class Registry {
public:
    static Registry& instance();

    void add(ModelDescription);
    /// nullptr where there is none. The pointer stays valid.
    const ModelDescription* find(std::string_view name) const;
    /// In order of registration.
    std::vector<const ModelDescription*> all() const;

private:
    Registry();
    std::vector<std::unique_ptr<const ModelDescription>> models_;
};

} // namespace engine::models
