#include "engine/network/bit_setter.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/network/bit_planes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace engine::network {

namespace {

constexpr std::size_t lanes = SynapseBatch::lanes;
constexpr std::size_t octets_in_band = 32;
constexpr std::size_t words_in_band = 4;

/// Bit j of byte i becomes bit i of byte j (Warren, Hacker's Delight, 2nd ed., section 7-3).
SPIKESCOPE_INLINE std::uint64_t transposed(std::uint64_t x)
{
    std::uint64_t t = (x ^ (x >> 7)) & 0x00aa00aa00aa00aaU;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000cccc0000ccccU;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x00000000f0f0f0f0U;
    return x ^ t ^ (t << 28);
}

/// words[i]: the word of source i that octets word, word + 4, word + 8 ... make up.
SPIKESCOPE_INLINE void gather_words_body(
    const std::uint8_t* octets, std::size_t octet_bytes, std::uint64_t* words, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i) {
        std::uint64_t x = 0;
        for (std::size_t b = 0; b < 8; ++b) {
            x |= static_cast<std::uint64_t>(octets[b * words_in_band * octet_bytes + i]) << (8 * b);
        }
        words[i] = transposed(x);
    }
}
SPIKESCOPE_TWINS(void, gather_words,
    (const std::uint8_t* octets, std::size_t octet_bytes, std::uint64_t* words, std::size_t n),
    (octets, octet_bytes, words, n))

} // namespace

BitSetter::BitSetter(std::uint64_t* rows, std::size_t stride, std::uint32_t sources)
    : rows_(rows)
    , stride_(stride)
    , sources_(sources)
    , octet_bytes_((std::size_t {sources} + 63) / 64 * 64)
{
}

void BitSetter::add(const SynapseBatch& batch)
{
    batch.octet&& batch.size() > 0 ? set_in_band(batch) : set_in_rows(batch);
}

std::vector<BitSetter::Extra> BitSetter::finish()
{
    write_band();
    return std::move(extras_);
}

void BitSetter::set_in_rows(const SynapseBatch& batch)
{
    write_band(); // it may have bits of the same targets
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const std::size_t place = bit_place(batch.target[i]);
        std::uint64_t& word = rows_[stride_ * batch.source[i] + place / 64];
        const std::uint64_t bit = std::uint64_t {1} << (place % 64);
        if ((word & bit) != 0) {
            extras_.push_back({batch.source[i], batch.target[i]});
        }
        word |= bit;
    }
}

void BitSetter::set_in_band(const SynapseBatch& batch)
{
    constexpr std::size_t band_targets = octets_in_band * lanes;
    constexpr std::size_t at_once = 128; // synapses
    if (batch.target[0] / band_targets != band_) {
        write_band();
        band_ = batch.target[0] / band_targets;
    }
    octets_.resize(octets_in_band * octet_bytes_);
    collected_ = true;
    std::uint8_t* const octet
        = octets_.data() + batch.target[0] % band_targets / lanes * octet_bytes_;
    std::uint8_t had[at_once];
    for (std::size_t first = 0; first < batch.size(); first += at_once) {
        const std::size_t n = std::min(at_once, batch.size() - first);
        const std::uint32_t* const source = batch.source.data() + first;
        for (std::size_t i = 0; i < n; i += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                std::uint8_t& byte = octet[source[i + lane]];
                const auto bit = static_cast<std::uint8_t>(1U << lane);
                had[i + lane] = byte & bit;
                byte |= bit;
            }
        }
        for (std::size_t i = 0; i < n; i += lanes) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, had + i, lanes);
            for (std::size_t lane = 0; lane < lanes && bytes != 0; ++lane) {
                if (had[i + lane] != 0) {
                    const std::size_t at = first + i + lane;
                    extras_.push_back({batch.source[at], batch.target[at]});
                }
            }
        }
    }
}

void BitSetter::write_band()
{
    if (!collected_) {
        return;
    }
    constexpr std::size_t at_once = 64; // sources
    std::uint64_t words[words_in_band][at_once];
    for (std::size_t first = 0; first < sources_; first += at_once) {
        for (std::size_t w = 0; w < words_in_band; ++w) {
            gather_words(
                octets_.data() + w * octet_bytes_ + first, octet_bytes_, words[w], at_once);
        }
        const std::size_t n = std::min(at_once, sources_ - first);
        for (std::size_t i = 0; i < n; ++i) {
            std::uint64_t* const row = rows_ + stride_ * (first + i) + words_in_band * band_;
            for (std::size_t w = 0; w < words_in_band; ++w) {
                for (std::uint64_t both = row[w] & words[w][i]; both != 0; both &= both - 1) {
                    // Rare: the rows had bits of these targets before the band was begun.
                    const auto bit = static_cast<std::size_t>(std::countr_zero(both));
                    const std::size_t target = (band_ * 8 + bit % 8) * 32 + w * lanes + bit / 8;
                    extras_.push_back({static_cast<std::uint32_t>(first + i),
                        static_cast<std::uint16_t>(target)});
                }
                row[w] |= words[w][i];
            }
        }
    }
    std::fill(octets_.begin(), octets_.end(), std::uint8_t {0});
    collected_ = false;
}

} // namespace engine::network
