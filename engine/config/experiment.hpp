#pragma once

#include "engine/config/quantity.hpp"
#include "engine/core/value.hpp"
#include "engine/models/description.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// A preset with every expression evaluated: what a network is built from. Plain values that compare
// equal when they mean the same; large data (explicit lists, trains, values) is shared and compares
// by content or pointer.

namespace engine::config {

class NeuronExpression; ///< compiled expression over the population's random numbers; see
                        ///< config/expression

/// A random number: one per neuron or per synapse, times `scale`.
struct Draw {
    enum class Law { uniform, normal, lognormal, exponential, values };
    Law law = Law::uniform;
    double a = 0.0; ///< low, mean, mu, mean
    double b = 0.0; ///< high, sd, sigma
    std::optional<double> min; ///< of a normal: redrawn until inside
    std::optional<double> max;
    std::shared_ptr<const std::vector<double>> values; ///< law values: one per neuron
    double scale = 1.0;
    friend bool operator==(const Draw& x, const Draw& y)
    {
        return x.scale == y.scale && x.same_numbers(y);
    }

    /// Whether the same numbers as those of `other` result, apart from the scale.
    bool same_numbers(const Draw& other) const;
};

/// Per-neuron value computed from the population's named random numbers.
struct PerNeuron {
    std::string text; ///< as written
    std::shared_ptr<const NeuronExpression>
        expression; ///< variables of the preset bound at evaluation
    std::map<std::string, double> variables; ///< values of the variables that it uses
    friend bool operator==(const PerNeuron& x, const PerNeuron& y)
    {
        return x.text == y.text && x.variables == y.variables;
    }
};

using Distributed = std::variant<double, Draw, PerNeuron>;

enum class AtEnd { go_on, repeat, stop };

struct SimulationSettings {
    double dt_ms = 0.1;
    std::optional<double> duration_ms; ///< missing: until stopped
    std::uint64_t seed = 1;
    std::optional<double> speed = 1.0; ///< model time / wall time; missing: as fast as possible
    AtEnd at_end = AtEnd::go_on;
    friend bool operator==(const SimulationSettings&, const SimulationSettings&) = default;
};

struct Population {
    std::string name;
    std::string label; ///< for people; the name where missing
    std::string color; ///< empty: the palette's
    std::size_t size = 1;
    const models::ModelDescription* model = nullptr;
    models::ParamValues params; ///< all parameters of the model, common value
    std::map<std::string, Distributed>
        drawn; ///< parameters that differ between neurons (no plain double)
    std::map<std::string, Distributed> init; ///< number states
    std::map<std::string, std::vector<double>> init_lists; ///< list states
    std::map<std::string, Draw> random; ///< named random numbers
    friend bool operator==(const Population&, const Population&) = default;
};

struct AllToAll {
    friend bool operator==(const AllToAll&, const AllToAll&) = default;
};
struct OneToOne {
    friend bool operator==(const OneToOne&, const OneToOne&) = default;
};
struct FixedIndegree {
    std::uint64_t indegree = 0;
    friend bool operator==(const FixedIndegree&, const FixedIndegree&) = default;
};
struct FixedOutdegree {
    std::uint64_t outdegree = 0;
    friend bool operator==(const FixedOutdegree&, const FixedOutdegree&) = default;
};
struct FixedTotalNumber {
    std::uint64_t N = 0;
    friend bool operator==(const FixedTotalNumber&, const FixedTotalNumber&) = default;
};
struct PairwiseBernoulli {
    double p = 0.0;
    friend bool operator==(const PairwiseBernoulli&, const PairwiseBernoulli&) = default;
};

/// Columns of equal length, in file order.
struct ConnectionList {
    std::vector<std::uint32_t> source;
    std::vector<std::uint32_t> target;
    std::vector<double> weight;
    std::vector<double> delay_ms;
    friend bool operator==(const ConnectionList&, const ConnectionList&) = default;
};
struct Explicit {
    std::shared_ptr<const ConnectionList> list;
    friend bool operator==(const Explicit& x, const Explicit& y)
    {
        return x.list == y.list || (x.list && y.list && *x.list == *y.list);
    }
};

using Rule = std::variant<AllToAll, OneToOne, FixedIndegree, FixedOutdegree, FixedTotalNumber,
    PairwiseBernoulli, Explicit>;

struct Projection {
    std::string label; ///< empty where not given
    std::string key; ///< label, or its place in the file ("0", "1" ...): part of the random keys
                     ///< and of paths
    std::size_t source = 0; ///< index of the population
    std::size_t target = 0;
    Rule rule;
    bool allow_autapses = true;
    bool allow_multapses = true;
    std::optional<Distributed> weight; ///< missing only with an explicit list
    std::optional<Distributed> delay_ms;
    int port = 0;
    friend bool operator==(const Projection&, const Projection&) = default;
};

struct Dc {
    double amplitude = 0.0;
    friend bool operator==(const Dc&, const Dc&) = default;
};
struct StepCurrent {
    std::vector<double> times_ms;
    std::vector<double> amplitudes;
    friend bool operator==(const StepCurrent&, const StepCurrent&) = default;
};
struct Ramp {
    double from = 0.0;
    std::optional<double> to; ///< either this ...
    std::optional<double> slope; ///< ... or this, per ms
    friend bool operator==(const Ramp&, const Ramp&) = default;
};
struct Pulses {
    std::vector<double> times_ms;
    double width_ms = 0.0;
    std::vector<double> amplitudes; ///< one for each pulse
    double baseline = 0.0;
    friend bool operator==(const Pulses&, const Pulses&) = default;
};
struct Ac {
    double offset = 0.0;
    double amplitude = 0.0;
    double frequency_hz = 0.0;
    double phase_deg = 0.0;
    friend bool operator==(const Ac&, const Ac&) = default;
};
struct Noise {
    bool uniform = false; ///< else normal
    double a = 0.0; ///< mean, low
    double b = 0.0; ///< std, high
    double interval_ms = 0.0;
    bool shared = false;
    friend bool operator==(const Noise&, const Noise&) = default;
};
struct Poisson {
    double rate_hz = 0.0;
    double weight = 0.0;
    bool shared = false;
    friend bool operator==(const Poisson&, const Poisson&) = default;
};
/// Spikes of one neuron or of all, ascending in time; equal times added up.
struct Train {
    std::vector<double> times_ms;
    std::vector<double> weights;
    friend bool operator==(const Train&, const Train&) = default;
};
struct SpikeTrain {
    std::shared_ptr<const Train> common; ///< the same for every target, or
    std::shared_ptr<const std::map<std::uint32_t, Train>>
        per_neuron; ///< by index within the population
    friend bool operator==(const SpikeTrain& x, const SpikeTrain& y)
    {
        const auto same
            = [](const auto& p, const auto& q) { return p == q || (p && q && *p == *q); };
        return same(x.common, y.common) && same(x.per_neuron, y.per_neuron);
    }
};

using Source = std::variant<Dc, StepCurrent, Ramp, Pulses, Ac, Noise, Poisson, SpikeTrain>;

/// Some neurons of a population; empty `neurons` = all of them.
struct Target {
    std::size_t population = 0;
    std::vector<std::uint32_t> neurons; ///< ascending, without repetition
    bool all = true;
    friend bool operator==(const Target&, const Target&) = default;
};

struct Stimulus {
    std::string label;
    std::string key; ///< label, or its place in the file
    Source source;
    std::vector<Target> targets;
    std::optional<int> port; ///< missing: of each target the model's first spike port, which differ
    double start_ms = 0.0;
    std::optional<double> stop_ms;
    double delay_ms = 0.0;
    friend bool operator==(const Stimulus&, const Stimulus&) = default;
};

struct Event {
    double at_ms = 0.0;
    std::string path; ///< what --set can name
    core::Value value;
    friend bool operator==(const Event&, const Event&) = default;
};

struct TraceRequest {
    std::size_t population = 0;
    std::vector<std::uint32_t> neurons;
    std::vector<std::string> variables;
    double interval_ms = 0.0; ///< multiple of dt
    friend bool operator==(const TraceRequest&, const TraceRequest&) = default;
};

struct Record {
    std::vector<TraceRequest> traces;
    std::vector<std::size_t> spikes; ///< populations
    double warmup_ms = 0.0;
    friend bool operator==(const Record&, const Record&) = default;
};

struct Panel {
    std::string title;
    std::size_t population = 0;
    std::vector<std::string> variables;
    std::string unit;
    std::optional<std::pair<double, double>> range;
    friend bool operator==(const Panel&, const Panel&) = default;
};

struct View {
    std::vector<Panel> panels;
    std::optional<double> window_ms;
    std::optional<bool> network; ///< "layout"; missing: by the number of neurons
    std::optional<std::size_t> raster_max_neurons;
    friend bool operator==(const View&, const View&) = default;
};

/// Something that the source promises of a run. Its window holds the stamps from < t <= to.
struct Check {
    Quantity quantity = Quantity::rate;
    std::optional<std::size_t> population; ///< missing: the whole network
    std::optional<std::uint32_t> neuron; ///< missing: all of the population
    double from_ms = 0.0; ///< where not given, the end of the warm-up
    std::optional<double> to_ms; ///< missing: the end of the run
    std::optional<double> min; ///< of a quantity that is a number: min and max ...
    std::optional<double> max;
    std::optional<double> equals; ///< ... or this
    std::string name; ///< what a regime or pattern should be; empty for numbers
    std::string unit; ///< as written
    friend bool operator==(const Check&, const Check&) = default;
};

struct Experiment {
    SimulationSettings simulation;
    std::vector<Population> populations;
    std::vector<Projection> projections;
    std::vector<Stimulus> stimuli;
    std::vector<Event> events; ///< ascending in time, file order among equals
    Record record;
    View view;
    std::vector<Check> checks;
    friend bool operator==(const Experiment&, const Experiment&) = default;
};

} // namespace engine::config
