#pragma once

#include "engine/config/experiment.hpp"
#include "engine/network/block.hpp"
#include "engine/recording/recorder.hpp"

#include <cstddef>
#include <vector>

namespace engine::network {

/// As many threads as are wanted; for 0 a number that is sensible on this machine.
int thread_count(int wanted);

/// Divides the populations into blocks of whole chunks, so that `threads` of them have about the
/// same to do. No result depends on the bounds: random numbers belong to neurons and chunks, and
/// the order in which a neuron's input is added to the spikes.
std::vector<Block> make_blocks(const config::Experiment& experiment, int threads);

/// How many of them a population has; nothing is made for the answer.
std::size_t blocks_of(const config::Experiment& experiment, std::size_t population, int threads);

/// The same blocks for a recorder.
std::vector<recording::Recorder::Span> spans_of(const std::vector<Block>& blocks);

/// What the synapses of a projection are made from. Refers to `experiment`.
ProjectionSite site_of(const config::Experiment& experiment, std::size_t projection);

/// Of all projections.
std::vector<ProjectionSite> sites_of(const config::Experiment& experiment);

/// Number that multiplies the relative weights: the weight itself or the scale of drawn ones.
double weight_factor(const config::Projection& projection);

/// Throws core::InputError where a rule cannot be met.
void check_rules(const config::Experiment& experiment);

/// Returns its argument. Throws core::InputError where a rule cannot be met and core::RunError
/// where the network needs more memory than there is, before any of it is taken. `plain`: see
/// plan_projection().
const config::Experiment& checked(
    const config::Experiment& experiment, int threads, bool plain = false);

} // namespace engine::network
