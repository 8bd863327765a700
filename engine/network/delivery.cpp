#include "engine/network/delivery.hpp"

#include "engine/network/delivery_kernels.hpp"

#include <variant>

namespace engine::network {

void Delivery::send(const SpikeRing&, core::Step, core::Step) { }

Delivery::Pending Delivery::pending() const { return {}; }

void Delivery::set_pending(const Pending&, core::Step) { }

namespace {

Weights weights_of(const config::Projection& projection)
{
    if (std::holds_alternative<config::Explicit>(projection.rule)) {
        return Weights::double_precision;
    }
    return projection.weight && std::holds_alternative<config::Draw>(*projection.weight)
        ? Weights::single_precision
        : Weights::none;
}

} // namespace

std::unique_ptr<Delivery> make_delivery(
    Storage storage, const ProjectionSite& site, const TargetRange& range, SynapseStream& synapses)
{
    switch (storage) {
    case Storage::none:
        return make_all_to_all(site, range);
    case Storage::bit_matrix:
        return make_bit_matrix(synapses);
    case Storage::counted_lists:
        return make_counted_lists(synapses);
    case Storage::weighted_lists:
        return make_weighted_lists(synapses);
    case Storage::dense_rows:
        return make_dense_rows(synapses);
    case Storage::delayed_lists:
        break;
    }
    return make_delayed_lists(synapses, weights_of(*site.projection));
}

} // namespace engine::network
