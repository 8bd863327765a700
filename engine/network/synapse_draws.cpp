#include "engine/network/synapse_draws.hpp"

#include "engine/config/draw.hpp"
#include "engine/network/row_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace engine::network {

namespace {

constexpr std::size_t lanes = LaneRandom::lanes;

std::optional<config::Draw> draw_of(const std::optional<config::Distributed>& value)
{
    if (value) {
        if (const auto* draw = std::get_if<config::Draw>(&*value)) {
            return *draw;
        }
    }
    return std::nullopt;
}

/// Without the scale.
void draw_tile(const config::Draw& draw, LaneRandom& random, std::size_t columns, double* to)
{
    std::array<std::uint64_t, tile_size> words;
    random.words(columns, words.data());
    config::draw_each(draw, {words.data(), columns * lanes}, to);
    if (!draw.min && !draw.max) {
        return;
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        // What lies outside is left out; further words of the lane take the places at the end.
        std::size_t good = 0;
        for (std::size_t j = 0; j < columns; ++j) {
            const double x = to[j * lanes + lane];
            to[good * lanes + lane] = x;
            good += config::within_bounds(draw, x) ? 1U : 0U;
        }
        constexpr int most_redraws = 1000000;
        for (int i = 0; good < columns; i = 0) {
            double& x = to[good++ * lanes + lane];
            do {
                if (++i > most_redraws) {
                    config::give_up_drawing();
                }
                const std::uint64_t word = random.next(lane);
                config::draw_each(draw, {&word, 1}, &x);
            } while (!config::within_bounds(draw, x));
        }
    }
}

void to_steps(std::size_t n, const double* delay_ms, const core::TimeGrid& grid, std::uint16_t* to)
{
    for (std::size_t i = 0; i < n; ++i) {
        to[i] = static_cast<std::uint16_t>(delay_steps(delay_ms[i], grid));
    }
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

SynapseDraws::Row::Row(const SynapseDraws& draws, std::uint64_t row)
    : draws_(draws)
    , weight_(draws.weight_key_.member(row))
    , delay_(draws.delay_key_.member(row))
{
}

void SynapseDraws::Row::weights(std::size_t n, double* to)
{
    for (std::size_t i = 0; i < n; ++i) {
        to[i] = static_cast<float>(config::draw_one(*draws_.weight_, weight_));
    }
}

void SynapseDraws::Row::delays(std::size_t n, std::uint16_t* to)
{
    for (std::size_t i = 0; i < n; ++i) {
        const double delay_ms = config::draw_one(*draws_.delay_, delay_);
        to_steps(1, &delay_ms, draws_.grid_, &to[i]);
    }
}

SynapseDraws::Rows::Rows(const SynapseDraws& draws, std::uint64_t first)
    : draws_(draws)
{
    if (draws.weights()) {
        weight_.emplace(draws.weight_key_, first);
    }
    if (draws.delays()) {
        delay_.emplace(draws.delay_key_, first);
    }
}

void SynapseDraws::Rows::weights(std::size_t columns, double* to)
{
    draw_tile(*draws_.weight_, *weight_, columns, to);
    std::transform(to, to + columns * lanes, to, [](double x) { return static_cast<float>(x); });
}

void SynapseDraws::Rows::delays(std::size_t columns, std::uint16_t* to)
{
    std::array<double, tile_size> delay_ms;
    draw_tile(*draws_.delay_, *delay_, columns, delay_ms.data());
    const double scale = draws_.delay_->scale;
    const auto end = delay_ms.begin() + static_cast<std::ptrdiff_t>(columns * lanes);
    std::transform(delay_ms.begin(), end, delay_ms.begin(), [&](double x) { return scale * x; });
    to_steps(columns * lanes, delay_ms.data(), draws_.grid_, to);
}

} // namespace engine::network
