#pragma once

#include "engine/models/description.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::models {

/// Neurons are advanced in chunks of this many; random streams and threads own chunks.
inline constexpr std::size_t chunk_size = 512;

/// Numbers of spikes that arrive at the neurons of a chunk in one step and have one weight.
struct CountedArrivals {
    const std::uint8_t* counts = nullptr;
    double weight = 0.0;
};

/// What acts on the neurons of one chunk in one step; arrays count from the chunk's first neuron.
struct StepInput {
    /// Current that acts during this step (pA; dimensionless for izhikevich); nullptr = 0.
    const double* current = nullptr;
    /// arrivals[p] = summed weights that arrive at port p at the end of this step; nullptr = none.
    /// Has one entry for each port number up to the largest.
    std::span<const double* const> arrivals;
    /// In place of arrivals[0] where it is not empty: weight times count of each, added up from 0
    /// in this order. No more than Neurons::most_counted().
    std::span<const CountedArrivals> counted;
};

/// A neuron that cannot go on.
struct Fault {
    std::size_t neuron = 0;
    std::string reason; ///< "spiked in 200 consecutive steps", "V_m is not finite"
};

/// The neurons of one population: parameters, propagators and state, one column for each variable.
/// advance() of different chunks may run on different threads at the same time; everything else is
/// exclusive.
class Neurons {
public:
    virtual ~Neurons() = default;

    virtual std::size_t size() const = 0;

    /// Advances a chunk by one step of dt: the neurons [first, first + count), `first` a multiple
    /// of chunk_size, all that there are up to the next one. Appends the indices (within the
    /// population, ascending) of those that spike to `fired`.
    virtual std::optional<Fault> advance(std::size_t first, std::size_t count,
        const StepInput& input, std::vector<std::uint32_t>& fired)
        = 0;

    /// How many CountedArrivals advance() takes at present; 0 = sums alone.
    virtual std::size_t most_counted() const { return 0; }

    /// Takes new parameters; the state stays. Valid, of the same lengths (ports, after-spike
    /// currents).
    virtual void set_params(const ParamTable& params) = 0;

    /// Memory that is taken for parameters in which neurons differ [bytes].
    virtual std::size_t constant_bytes() const = 0;

    /// Value of the recordable with this index in description.recordables(params), after the last
    /// step. Not for `I`, which belongs to the stimuli.
    virtual double value(std::size_t recordable, std::size_t neuron) const = 0;

    /// A number of a neuron's state, by its name in description.states(params), to be read or
    /// changed between two steps. nullptr where there is none.
    virtual double* state(std::string_view name, std::size_t neuron) = 0;

    /// The complete state as flat columns, to be copied and put back. Same model, size and
    /// parameters' lengths.
    struct State {
        std::vector<std::vector<double>> reals;
        std::vector<std::vector<std::int32_t>> counts;
        friend bool operator==(const State&, const State&) = default;
    };
    virtual State copy_state() const = 0;
    virtual void restore(const State& state) = 0;
};

} // namespace engine::models
