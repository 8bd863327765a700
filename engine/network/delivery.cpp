#include "engine/network/delivery.hpp"

#include "engine/network/delivery_kernels.hpp"

#include <variant>

namespace engine::network {

void Delivery::send(const SpikeRing&, core::Step, core::Step) { }

void Delivery::consumed(core::Step, core::Step) { }

Delivery::Pending Delivery::pending() const { return {}; }

void Delivery::set_pending(const Pending&, core::Step) { }

Storage storage_of(const config::Projection& projection)
{
    const auto drawn = [](const std::optional<config::Distributed>& value) {
        return value && std::holds_alternative<config::Draw>(*value);
    };
    if (std::holds_alternative<config::Explicit>(projection.rule) || drawn(projection.delay_ms)) {
        return Storage::delayed_lists;
    }
    const bool all_to_all = std::holds_alternative<config::AllToAll>(projection.rule);
    if (drawn(projection.weight)) {
        return all_to_all ? Storage::dense_rows : Storage::weighted_lists;
    }
    return all_to_all ? Storage::none : Storage::counted_lists;
}

double bytes_per_synapse(Storage storage, const config::Projection& projection)
{
    switch (storage) {
    case Storage::none:
        return 0.0;
    case Storage::counted_lists:
        return 2.0;
    case Storage::weighted_lists:
        return 6.0;
    case Storage::dense_rows:
        return 4.0;
    case Storage::delayed_lists:
        break;
    }
    return std::holds_alternative<config::Explicit>(projection.rule) ? 12.0 : 8.0;
}

std::unique_ptr<Delivery> make_delivery(
    Storage storage, const ProjectionSite& site, const TargetRange& range, SynapseStream& synapses)
{
    switch (storage) {
    case Storage::none:
        return make_all_to_all(site, range);
    case Storage::counted_lists:
        return make_counted_lists(synapses);
    case Storage::weighted_lists:
        return make_weighted_lists(synapses);
    case Storage::dense_rows:
        return make_dense_rows(synapses);
    case Storage::delayed_lists:
        break;
    }
    return std::holds_alternative<config::Explicit>(site.projection->rule)
        ? make_delayed_lists_exact(synapses)
        : make_delayed_lists(synapses);
}

} // namespace engine::network
