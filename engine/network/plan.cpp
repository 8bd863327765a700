#include "engine/network/plan.hpp"

#include "engine/network/connectivity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <variant>

namespace engine::network {

namespace {

// A row of bits is worth it where a good part of them is set: below this the lists, 2 bytes a
// synapse, are shorter and touch fewer counts.
constexpr double least_density = 0.02;
// Rows that do not stay in the last cache cost more than lists that do.
constexpr double cached_bytes = 64e6;
constexpr double least_density_uncached = 0.05;

bool drawn(const std::optional<config::Distributed>& value)
{
    return value && std::holds_alternative<config::Draw>(*value);
}

std::string percent(double fraction)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g %%", 100.0 * fraction);
    return text;
}

ProjectionPlan uniform_plan(const ProjectionSite& site, double synapses, bool plain)
{
    const double pairs = static_cast<double>(site.sources) * static_cast<double>(site.targets);
    const double density = pairs > 0.0 ? synapses / pairs : 0.0;
    const double matrix_bytes = pairs / 8.0;
    const std::string uniform
        = "one weight and delay, " + percent(density) + " of the pairs are connected";
    const bool dense = density >= least_density
        && (matrix_bytes <= cached_bytes || density >= least_density_uncached);
    if (dense && !plain) {
        const double several = std::max(0.0, synapses - pairs * -std::expm1(-density));
        return {Storage::bit_matrix, uniform + ": a bit for each pair", synapses,
            matrix_bytes + (site.projection->allow_multapses ? 2.0 * several : 0.0)};
    }
    return {Storage::counted_lists, uniform + ": targets of each source", synapses, 2.0 * synapses};
}

} // namespace

ProjectionPlan plan_projection(const ProjectionSite& site, bool plain)
{
    const config::Projection& projection = *site.projection;
    const double synapses = expected_synapses(site);
    if (std::holds_alternative<config::Explicit>(projection.rule)) {
        return {Storage::delayed_lists, "synapses listed one by one", synapses, 12.0 * synapses};
    }
    if (drawn(projection.delay_ms)) {
        const double each = drawn(projection.weight) ? 8.0 : 4.0;
        return {
            Storage::delayed_lists, "each synapse has its own delay", synapses, each * synapses};
    }
    const bool all_to_all = std::holds_alternative<config::AllToAll>(projection.rule);
    if (drawn(projection.weight)) {
        if (all_to_all && !plain) {
            return {Storage::dense_rows, "all pairs, each synapse has its own weight", synapses,
                4.0 * synapses};
        }
        return {
            Storage::weighted_lists, "each synapse has its own weight", synapses, 6.0 * synapses};
    }
    if (all_to_all) {
        return {Storage::none, "all pairs with one weight: counting the spikes is enough", synapses,
            0.0};
    }
    return uniform_plan(site, synapses, plain);
}

const char* storage_name(Storage storage)
{
    switch (storage) {
    case Storage::none:
        return "none";
    case Storage::bit_matrix:
        return "bit matrix";
    case Storage::counted_lists:
        return "counted lists";
    case Storage::weighted_lists:
        return "weighted lists";
    case Storage::dense_rows:
        return "dense rows";
    case Storage::delayed_lists:
        break;
    }
    return "delayed lists";
}

} // namespace engine::network
