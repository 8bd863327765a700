#include "engine/core/fetch.hpp"
#include "engine/core/large_array.hpp"
#include "engine/network/bit_planes.hpp"
#include "engine/network/bit_setter.hpp"
#include "engine/network/delivery_kernels.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace engine::network {

namespace {

constexpr std::size_t words_in_line = 8;
constexpr std::size_t extras_in_line = 32;
constexpr std::size_t extras_together = 8;

/// One weight, one delay, many synapses: a row of bits for each source, one for each target. The
/// rows of all spikes of a step are added at once. Where a source has several synapses onto one
/// target, those beyond the first ("extras") are listed: behind its row as far as a cache line
/// goes, the rest in a table.
class BitMatrix final : public Delivery {
public:
    explicit BitMatrix(SynapseStream& synapses)
        : targets_(synapses.targets())
        , words_(bit_words(targets_))
        , extras_at_((words_ + words_in_line - 1) / words_in_line * words_in_line)
        , stride_(extras_at_ + words_in_line)
        , rows_(stride_ * (std::size_t {synapses.sources()} + 1), 0)
    {
        list_extras(set_bits(synapses), synapses.sources());
    }

    void gather(const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to,
        Scratch& scratch) override
    {
        find_tiles(spikes, windows, scratch);
        const BitPlanes::Rows all(scratch.rows);
        std::size_t first = 0; // row of the step
        for (std::size_t t = 0; t < scratch.tiles.size(); ++t) {
            const RowTile& tile = scratch.tiles[t];
            const bool last = t + 1 == scratch.tiles.size();
            const RowTile next = last ? RowTile {} : scratch.tiles[t + 1];
            if (t == 0 || scratch.tiles[t - 1].step != tile.step) {
                scratch.planes.begin(words_, stride_);
                first = tile.first;
            }
            scratch.planes.add(
                all.subspan(tile.first, tile.count), all.subspan(next.first, next.count));
            if (last || next.step != tile.step) {
                write(scratch.planes, all.subspan(first, tile.first + tile.count - first),
                    windows[tile.step], tile.step, to, scratch);
            }
        }
    }

    std::uint64_t synapses() const override { return synapses_; }
    std::size_t bytes() const override
    {
        return rows_.size() * sizeof(std::uint64_t) + more_begin_.size() * sizeof(std::uint32_t)
            + more_.size() * sizeof(std::uint16_t);
    }

private:
    const std::uint64_t* row_of(std::uint32_t source) const
    {
        return rows_.data() + stride_ * source;
    }
    /// Targets of the first extras; unused ones name spare counts behind the last target.
    std::uint16_t* extras_of(std::uint32_t source)
    {
        return reinterpret_cast<std::uint16_t*>(rows_.data() + stride_ * source + extras_at_);
    }
    /// The row behind the last source has no bits.
    std::uint32_t empty_row() const
    {
        return static_cast<std::uint32_t>(rows_.size() / stride_ - 1);
    }

    using Extra = BitSetter::Extra;
    std::vector<Extra> set_bits(SynapseStream& synapses)
    {
        BitSetter setter(rows_.data(), stride_, synapses.sources());
        synapses.for_each(Columns::pairs, 1.0, [&](const SynapseBatch& batch) {
            setter.add(batch);
            synapses_ += batch.size();
        });
        std::vector<Extra> extras = setter.finish();
        find_most_onto(extras, synapses.sources());
        return extras;
    }
    void find_most_onto(const std::vector<Extra>& extras, std::uint32_t sources)
    {
        std::vector<std::uint32_t> extra_onto(targets_, 0);
        for (const Extra& extra : extras) {
            ++extra_onto[extra.target];
        }
        // The bits of a target in all rows are added as those of the rows of a step are.
        std::vector<const std::uint64_t*> rows;
        for (std::uint32_t source = 0; source < sources; ++source) {
            rows.push_back(row_of(source));
        }
        rows.resize((rows.size() + BitPlanes::rows_in_group - 1) / BitPlanes::rows_in_group
                * BitPlanes::rows_in_group,
            row_of(empty_row()));
        BitPlanes planes;
        planes.begin(words_, words_);
        planes.add(rows, {});
        core::LargeArray<std::uint32_t> onto(words_ * 64, 0);
        planes.write(onto.data());
        for (std::uint32_t target = 0; target < targets_; ++target) {
            most_onto_ = std::max<std::uint64_t>(most_onto_, onto[target] + extra_onto[target]);
            most_extra_ = std::max<std::uint64_t>(most_extra_, extra_onto[target]);
        }
    }

    /// As many places of each row are read as nearly all extras need, however many a row has:
    /// processors guess the end of loops of different lengths badly.
    void choose_extras_read(const std::vector<std::uint32_t>& extras_of_source)
    {
        for (extras_read_ = extras_together; extras_read_ < extras_in_line;
             extras_read_ += extras_together) {
            const auto too_many = std::count_if(extras_of_source.begin(), extras_of_source.end(),
                [&](std::uint32_t n) { return n > extras_read_; });
            constexpr std::ptrdiff_t rare = 20;
            if (too_many * rare <= static_cast<std::ptrdiff_t>(extras_of_source.size())) {
                break;
            }
        }
    }
    /// The last place of rows with more extras.
    std::uint16_t mark_of_more() const
    {
        return static_cast<std::uint16_t>(targets_ + BatchArrivals::spare - 1);
    }

    void list_extras(const std::vector<Extra>& extras, std::uint32_t sources)
    {
        std::vector<std::uint32_t> of_source(sources, 0);
        for (const Extra& extra : extras) {
            ++of_source[extra.source];
        }
        choose_extras_read(of_source);
        for (std::uint32_t source = 0; source <= sources; ++source) {
            for (std::size_t i = 0; i < extras_in_line; ++i) {
                // Different ones: a count that was just written is slow to read.
                extras_of(source)[i]
                    = static_cast<std::uint16_t>(targets_ + i % (BatchArrivals::spare - 1));
            }
        }
        std::vector<std::uint8_t> used(sources, 0);
        std::vector<Extra> more;
        for (const Extra& extra : extras) {
            const bool full = of_source[extra.source] > extras_read_;
            std::uint8_t& n = used[extra.source];
            if (n < extras_read_ - (full ? 1 : 0)) {
                extras_of(extra.source)[n++] = extra.target;
            } else {
                extras_of(extra.source)[n] = mark_of_more();
                more.push_back(extra);
            }
        }
        std::stable_sort(more.begin(), more.end(),
            [](const Extra& a, const Extra& b) { return a.source < b.source; });
        more_begin_.assign(std::size_t {sources} + 1, 0);
        for (const Extra& extra : more) {
            ++more_begin_[extra.source + 1];
            more_.push_back(extra.target);
        }
        std::partial_sum(more_begin_.begin(), more_begin_.end(), more_begin_.begin());
    }

    /// The rows of all spikes of the batch, step by step, in tiles.
    void find_tiles(const SpikeRing& spikes, const StampWindows& windows, Scratch& scratch) const
    {
        scratch.rows.clear();
        scratch.tiles.clear();
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const std::size_t begin = scratch.rows.size();
            for (core::Step stamp = windows[i].from + 1; stamp <= windows[i].to; ++stamp) {
                for (const std::uint32_t source : spikes.at(stamp)) {
                    scratch.rows.push_back(row_of(source));
                }
            }
            while ((scratch.rows.size() - begin) % BitPlanes::rows_in_group != 0) {
                scratch.rows.push_back(row_of(empty_row()));
            }
            for (std::size_t first = begin; first < scratch.rows.size();
                 first += BitPlanes::rows_in_tile) {
                scratch.tiles.push_back(
                    {i, first, std::min(BitPlanes::rows_in_tile, scratch.rows.size() - first)});
            }
        }
    }

    /// Writes the counts of a step with as many bytes as they need.
    void write(const BitPlanes& planes, BitPlanes::Rows rows, const Stamps& stamps,
        std::size_t step, BatchArrivals& to, Scratch& scratch) const
    {
        const auto steps = static_cast<std::uint64_t>(stamps.to - stamps.from);
        if (planes.below(7) && most_extra_ * steps <= 128) {
            std::uint8_t* counts = to.counts8(step);
            planes.write(counts);
            add_extras(rows, counts, scratch);
        } else if (most_onto_ * steps <= std::numeric_limits<std::uint16_t>::max()) {
            std::uint16_t* counts = to.counts16(step);
            planes.write(counts);
            add_extras(rows, counts, scratch);
        } else {
            std::uint32_t* counts = to.counts32(step);
            planes.write(counts);
            add_extras(rows, counts, scratch);
        }
    }

    template <class Count>
    void add_extras(BitPlanes::Rows rows, Count* counts, Scratch& scratch) const
    {
        constexpr std::size_t ahead = 12;
        scratch.sources.clear();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (r + ahead < rows.size()) {
                core::fetch_line(rows[r + ahead] + extras_at_);
            }
            const auto* const line = reinterpret_cast<const std::uint16_t*>(rows[r] + extras_at_);
            for (std::size_t i = 0; i < extras_read_; i += extras_together) {
                add_some(line + i, counts);
            }
            if (line[extras_read_ - 1] == mark_of_more()) {
                const auto source = static_cast<std::uint32_t>(
                    static_cast<std::size_t>(rows[r] - rows_.data()) / stride_);
                core::fetch_line(&more_begin_[source]);
                scratch.sources.push_back(source);
            }
        }
        for (const std::uint32_t source : scratch.sources) {
            core::fetch_line(&more_[more_begin_[source]]);
        }
        for (const std::uint32_t source : scratch.sources) {
            for (std::uint32_t j = more_begin_[source]; j < more_begin_[source + 1]; ++j) {
                ++counts[more_[j]];
            }
        }
    }
    template <class Count> static void add_some(const std::uint16_t* targets, Count* counts)
    {
        // All are there before the first count is written, which might overlap with them for all
        // that the compiler knows.
        std::array<std::size_t, extras_together> at;
        std::copy_n(targets, extras_together, at.begin());
        for (const std::size_t target : at) {
            ++counts[target];
        }
    }

    std::uint32_t targets_;
    std::size_t words_; ///< of bits in a row
    std::size_t extras_at_; ///< word of a row where its list of extras begins
    std::size_t stride_; ///< words from row to row
    core::LargeArray<std::uint64_t> rows_;
    std::uint64_t synapses_ = 0;
    std::uint64_t most_onto_ = 0; ///< synapses onto one target
    std::uint64_t most_extra_ = 0; ///< extras among them
    std::size_t extras_read_ = 0; ///< places for extras in a row that are in use
    std::vector<std::uint32_t> more_begin_; ///< extras that have no room in the row, by source
    std::vector<std::uint16_t> more_;
};

} // namespace

std::unique_ptr<Delivery> make_bit_matrix(SynapseStream& synapses)
{
    return std::make_unique<BitMatrix>(synapses);
}

} // namespace engine::network
