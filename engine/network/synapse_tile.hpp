#pragma once

#include "engine/network/row_numbers.hpp"
#include "engine/network/synapse_draws.hpp"
#include "engine/network/synapse_stream.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace engine::network {

/// Memory for a batch of synapses.
struct SynapseTile {
    std::array<std::uint32_t, tile_size> source;
    std::array<std::uint16_t, tile_size> target;
    std::array<double, tile_size> weight;
    std::array<std::uint16_t, tile_size> delay;

    /// Its first `n` synapses, with the columns that are wanted and drawn.
    SynapseBatch batch(std::size_t n, bool weights, bool delays) const
    {
        SynapseBatch out;
        out.source = {source.data(), n};
        out.target = {target.data(), n};
        out.weight = {weight.data(), weights ? n : 0};
        out.delay = {delay.data(), delays ? n : 0};
        return out;
    }
};

/// Takes synapses row by row, rows of any length, and hands batches on.
class RowWriter {
public:
    RowWriter(const SynapseDraws& draws, Columns columns, const SynapseStream::Take& take)
        : draws_(draws)
        , weights_(columns == Columns::all && draws.weights())
        , delays_(columns == Columns::all && draws.delays())
        , take_(take)
    {
    }
    /// The next synapses are of this row (the key of its draws), onto this target of the block.
    void begin_row(std::uint64_t row, std::size_t target)
    {
        end_row();
        target_ = static_cast<std::uint16_t>(target);
        if (weights_ || delays_) {
            row_.emplace(draws_, row);
        }
    }
    void add(std::uint32_t source)
    {
        tile_.source[size_++] = source;
        if (size_ == tile_size) {
            flush();
        }
    }
    /// Hands on what is left.
    void flush()
    {
        end_row();
        if (size_ > 0) {
            take_(tile_.batch(size_, weights_, delays_));
        }
        size_ = row_begin_ = 0;
    }

private:
    /// Completes the synapses of the row at hand.
    void end_row()
    {
        const std::size_t n = size_ - row_begin_;
        std::fill_n(&tile_.target[row_begin_], n, target_);
        if (weights_ && n > 0) {
            row_->weights(n, &tile_.weight[row_begin_]);
        }
        if (delays_ && n > 0) {
            row_->delays(n, &tile_.delay[row_begin_]);
        }
        row_begin_ = size_;
    }

    const SynapseDraws& draws_;
    bool weights_;
    bool delays_;
    const SynapseStream::Take& take_;
    std::optional<SynapseDraws::Row> row_;
    std::uint16_t target_ = 0;
    std::size_t row_begin_ = 0; ///< of the row at hand within the tile
    std::size_t size_ = 0;
    SynapseTile tile_;
};

} // namespace engine::network
