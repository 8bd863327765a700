#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/core/random.hpp"
#include "engine/models/description.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

// From the description of a value to values. Each neuron's random number is a function of (seed,
// purpose, population, name of the value, neuron) alone.

namespace engine::config {

/// One random number, scale included. A bounded normal is redrawn until it lies inside; throws
/// core::RunError where that does not happen in a million draws. Not for law `values`.
double draw_one(const Draw& draw, core::Random& random);

/// to[i] = the number, without scale, that draw_one makes of words[i]. A bounded normal may lie
/// outside here, where draw_one takes another word.
void draw_each(const Draw& draw, std::span<const std::uint64_t> words, double* to);

/// Whether a number, without scale, lies between the bounds.
bool within_bounds(const Draw& draw, double x);
/// For a normal of which no word of many lay between them. Throws core::RunError.
[[noreturn]] void give_up_drawing();

/// Values of all neurons of a population. `name` is that of the parameter or state. Expressions
/// take their random numbers from the population, drawn by their own names and hence shared.
std::vector<double> per_neuron_values(const Distributed& value, const Population& population,
    std::uint64_t seed, core::Purpose purpose, std::string_view name);

/// Parameters of all neurons, checked: values out of range, not finite, or breaking a condition of
/// the model are added to `errors` (the first neuron of each kind).
models::ParamTable neuron_params(
    const Population& population, std::uint64_t seed, core::Diagnostics& errors);

/// Initial states of all neurons; values that are not finite are added to `errors`.
models::InitTable neuron_init(
    const Population& population, std::uint64_t seed, core::Diagnostics& errors);

/// A value that some neuron can have: about a standard deviation below and above the middle.
enum class Typical { small, middle, large };
double typical_value(const Distributed& value, const Population& population, Typical typical);

/// Fraction of draws of a bounded normal that lie inside.
double accepted_fraction(const Draw& draw);

} // namespace engine::config
