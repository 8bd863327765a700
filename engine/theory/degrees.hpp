#pragma once

#include "engine/config/experiment.hpp"

#include <cstdint>
#include <optional>

namespace engine::theory {

/// How many synapses of a projection a neuron gets or sends, as a random number over networks of
/// all seeds. Exact for each neuron; neurons of one network need not be independent.
struct DegreeLaw {
    enum class Kind {
        fixed, ///< always `trials`
        binomial, ///< `trials` with probability p each
        hypergeometric, ///< of `pairs`, `trials` are drawn without repetition; `own` are the
                        ///< neuron's
    };
    Kind kind = Kind::fixed;
    std::uint64_t trials = 0;
    double p = 1.0;
    std::uint64_t pairs = 0;
    std::uint64_t own = 0;

    double probability(std::uint64_t degree) const;
    double mean() const;
    double variance() const;
};

/// Synapses onto a neuron; nothing is known of explicit lists. `sources` and `targets`: sizes of
/// the populations.
std::optional<DegreeLaw> in_degree_law(
    const config::Projection& projection, std::uint64_t sources, std::uint64_t targets);
/// Synapses from a neuron.
std::optional<DegreeLaw> out_degree_law(
    const config::Projection& projection, std::uint64_t sources, std::uint64_t targets);

} // namespace engine::theory
