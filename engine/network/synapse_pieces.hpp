#pragma once

#include "engine/network/row_numbers.hpp"
#include "engine/network/synapses.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace engine::network {

/// Synapses onto one range of targets, in the order in which they were made.
class SynapsePiece {
public:
    SynapsePiece(bool weights, bool delays, std::size_t expected);

    std::size_t size() const { return size_; }
    std::span<const std::uint32_t> source() const { return source_.span(size_); }
    std::span<const std::uint16_t> target() const { return target_.span(size_); }
    std::span<const float> weight() const { return weight_.span(weights_ ? size_ : 0); }
    std::span<const std::uint16_t> delay() const { return delay_.span(delays_ ? size_ : 0); }

    /// Makes room for a tile.
    void reserve_tile()
    {
        if (size_ + tile_size > capacity_) {
            grow(capacity_ + capacity_ / 4 + tile_size);
        }
    }
    /// `weight` and `delay` are looked at where the piece has them.
    void add(std::uint32_t source, std::uint16_t target, const double* weight,
        const std::uint16_t* delay)
    {
        source_.data[size_] = source;
        target_.data[size_] = target;
        if (weights_) {
            weight_.data[size_] = static_cast<float>(*weight);
        }
        if (delays_) {
            delay_.data[size_] = *delay;
        }
        ++size_;
    }

private:
    /// A vector that does not write what nobody will read.
    template <class T> struct Column {
        std::unique_ptr<T[]> data;
        std::span<const T> span(std::size_t n) const { return {data.get(), n}; }
        void grow(std::size_t used, std::size_t capacity);
    };
    void grow(std::size_t capacity);

    bool weights_;
    bool delays_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    Column<std::uint32_t> source_;
    Column<std::uint16_t> target_;
    Column<float> weight_;
    Column<std::uint16_t> delay_;
};

/// Which range a target lies in.
class RangeLookup {
public:
    /// Ranges that follow each other.
    explicit RangeLookup(const std::vector<TargetRange>& ranges);
    std::size_t operator[](std::uint32_t target) const { return range_[target >> shift_]; }

private:
    int shift_ = 0;
    std::vector<std::uint16_t> range_;
};

} // namespace engine::network
