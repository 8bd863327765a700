#include "engine/network/spike_ring.hpp"

#include <bit>
#include <utility>

namespace engine::network {

SpikeRing::SpikeRing()
    : slots_(1)
{
}

const SpikeRing::Slot& SpikeRing::slot(core::Step stamp) const
{
    return slots_[static_cast<std::size_t>(stamp) & (slots_.size() - 1)];
}

void SpikeRing::keep(core::Step steps)
{
    const std::size_t wanted = std::bit_ceil(static_cast<std::size_t>(steps));
    if (wanted <= slots_.size()) {
        return;
    }
    std::vector<Slot> old(wanted);
    old.swap(slots_);
    for (Slot& s : old) {
        if (s.stamp >= 0) {
            slots_[static_cast<std::size_t>(s.stamp) & (wanted - 1)] = std::move(s);
        }
    }
}

std::vector<std::uint32_t>& SpikeRing::begin_step(core::Step stamp)
{
    Slot& s = slots_[static_cast<std::size_t>(stamp) & (slots_.size() - 1)];
    s.stamp = stamp;
    s.neurons.clear();
    return s.neurons;
}

std::span<const std::uint32_t> SpikeRing::at(core::Step stamp) const
{
    const Slot& s = slot(stamp);
    return s.stamp == stamp ? std::span<const std::uint32_t>(s.neurons)
                            : std::span<const std::uint32_t>();
}

void SpikeRing::clear()
{
    for (Slot& s : slots_) {
        s.stamp = -1;
        s.neurons.clear();
    }
}

std::size_t SpikeRing::bytes() const
{
    std::size_t sum = slots_.size() * sizeof(Slot);
    for (const Slot& s : slots_) {
        sum += s.neurons.size() * sizeof(s.neurons.front());
    }
    return sum;
}

} // namespace engine::network
