#include "engine/network/synapses.hpp"

#include "engine/config/draw.hpp"

#include <algorithm>

namespace engine::network {

namespace {

std::optional<config::Draw> draw_of(const std::optional<config::Distributed>& value)
{
    if (value) {
        if (const auto* draw = std::get_if<config::Draw>(&*value)) {
            return *draw;
        }
    }
    return std::nullopt;
}

} // namespace

core::Step delay_steps(double delay_ms, const core::TimeGrid& grid)
{
    return std::clamp<core::Step>(grid.steps(delay_ms), 1, longest_delay);
}

SynapseDraws::SynapseDraws(const ProjectionSite& site)
    : weight_(draw_of(site.projection->weight))
    , delay_(draw_of(site.projection->delay_ms))
    , weight_key_(site.seed, core::Purpose::weight, site.target_name, site.projection->key)
    , delay_key_(site.seed, core::Purpose::delay, site.target_name, site.projection->key)
    , grid_(site.grid)
{
    if (weight_) {
        weight_->scale = 1.0;
    }
}

void SynapseDraws::append_row(std::uint64_t row, std::size_t count, Synapses& to) const
{
    if (weight_) {
        core::Random random(weight_key_.member(row));
        for (std::size_t i = 0; i < count; ++i) {
            to.weight.push_back(static_cast<float>(config::draw_one(*weight_, random)));
        }
    }
    if (delay_) {
        core::Random random(delay_key_.member(row));
        for (std::size_t i = 0; i < count; ++i) {
            const double delay_ms = config::draw_one(*delay_, random);
            to.delay.push_back(static_cast<std::uint16_t>(delay_steps(delay_ms, grid_)));
        }
    }
}

} // namespace engine::network
