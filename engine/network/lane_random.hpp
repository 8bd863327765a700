#pragma once

#include "engine/core/random.hpp"

#include <cstddef>
#include <cstdint>

namespace engine::network {

/// Eight random streams side by side, for rows of synapses of the same length. Number j of lane l
/// is at place j * lanes + l of what is drawn, and is what core::Random gives of the lane's key.
class LaneRandom {
public:
    static constexpr std::size_t lanes = 8;

    /// Lane l has the key of member `first` + l.
    LaneRandom(const core::StreamKey& key, std::uint64_t first);

    /// The next word of one lane.
    std::uint64_t next(std::size_t lane);
    /// The next `n` words of each lane.
    void words(std::size_t n, std::uint64_t* to);
    /// The next `n` numbers of each lane, the j-th uniform in [0, bound + j * growth), without
    /// bias; `bound` >= 1, all bounds < 2^32.
    void below(std::uint64_t bound, std::uint64_t growth, std::size_t n, std::uint32_t* to);
    /// The same for one bound of any size.
    void below(std::uint64_t bound, std::size_t n, std::uint64_t* to);

private:
    struct State {
        std::uint64_t word[4][lanes]; ///< by place of the lane, see lane_at
    };
    static std::uint64_t next(State& state, std::size_t place);
    static std::uint64_t next_below(State& state, std::size_t place, std::uint64_t bound);
#if defined(__x86_64__)
    static bool below_avx2(
        State& state, std::uint64_t bound, std::uint64_t growth, std::size_t n, std::uint32_t* to);
    static void words_avx2(State& state, std::size_t n, std::uint64_t* to);
#endif

    State state_;
};

} // namespace engine::network
