#include "engine/network/distinct.hpp"

namespace engine::network {

namespace {
constexpr std::uint64_t largest_bitmap = std::uint64_t {1} << 28;
}

void DistinctDraw::draw(
    core::Random& random, std::uint64_t n, std::uint64_t count, std::vector<std::uint64_t>& out)
{
    out.clear();
    const bool bitmap = n <= largest_bitmap;
    if (bitmap && small_.size() < n) {
        small_.resize(n);
    }
    const auto take = [&](std::uint64_t x) {
        if (!bitmap) {
            return large_.insert(x).second;
        }
        const bool is_new = !small_[x];
        small_[x] = true;
        return is_new;
    };
    for (std::uint64_t last = n - count; last < n; ++last) {
        const std::uint64_t x = random.below(last + 1);
        if (take(x)) {
            out.push_back(x);
        } else {
            take(last);
            out.push_back(last);
        }
    }
    large_.clear();
    if (bitmap) {
        for (const std::uint64_t x : out) {
            small_[x] = false;
        }
    }
}

} // namespace engine::network
