#include "engine/analysis/divergence.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace engine::analysis {

using recording::Spike;

namespace {

bool before(const Spike& a, const Spike& b)
{
    return std::tie(a.step, a.population, a.neuron) < std::tie(b.step, b.population, b.neuron);
}

} // namespace

SpikeDifferences differences(std::span<const Spike> original, std::span<const Spike> branch)
{
    SpikeDifferences out;
    std::set_difference(original.begin(), original.end(), branch.begin(), branch.end(),
        std::back_inserter(out.missing), before);
    std::set_difference(branch.begin(), branch.end(), original.begin(), original.end(),
        std::back_inserter(out.added), before);
    return out;
}

Divergence::Divergence(core::Step from, core::Step bin)
    : from_(from)
    , width_(std::max<core::Step>(bin, 1))
    , done_(from)
{
}

void Divergence::add(std::span<const Spike> original, std::span<const Spike> branch, core::Step to)
{
    const auto bin_of = [this](core::Step stamp) -> Bin& { // stamps (begin, begin + width]
        return bins_[static_cast<std::size_t>((stamp - from_ - 1) / width_)];
    };
    while (to > from_ + static_cast<core::Step>(bins_.size()) * width_) {
        bins_.push_back({from_ + static_cast<core::Step>(bins_.size()) * width_, 0, 0});
    }
    for (const auto& spikes : {original, branch}) {
        for (const Spike& spike : spikes) {
            ++bin_of(spike.step).all;
        }
    }
    const SpikeDifferences found = differences(original, branch);
    for (const auto* spikes : {&found.missing, &found.added}) {
        for (const Spike& spike : *spikes) {
            ++bin_of(spike.step).differing;
        }
        if (!spikes->empty()) {
            first_ = std::min(first_.value_or(spikes->front().step), spikes->front().step);
        }
    }
    done_ = to;
}

std::optional<core::Step> Divergence::reaches(double share) const
{
    constexpr std::uint64_t enough = 50; // spikes: of fewer a share says little
    for (std::size_t first = 0; first < bins_.size(); ++first) {
        Bin sum;
        for (std::size_t b = first; b < bins_.size() && sum.all < enough; ++b) {
            sum.differing += bins_[b].differing;
            sum.all += bins_[b].all;
        }
        if (sum.all < enough) {
            break;
        }
        if (sum.share() >= share) {
            return bins_[first].begin;
        }
    }
    return std::nullopt;
}

} // namespace engine::analysis
