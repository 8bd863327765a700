#include "engine/core/large_array.hpp"
#include "engine/network/bit_planes.hpp"
#include "engine/network/delivery_kernels.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace engine::network {

namespace {

constexpr std::size_t words_in_line = 8;
constexpr std::size_t extras_in_line = 32;

/// One weight, one delay, many synapses: a row of bits for each source, one for each target. The
/// rows of all spikes of a step are added at once. Where a source has several synapses onto one
/// target, those beyond the first ("extras") are listed: behind its row as far as a cache line
/// goes, the rest in a table.
class BitMatrix final : public Delivery {
public:
    explicit BitMatrix(SynapseStream& synapses)
        : targets_(synapses.targets())
        , words_((std::size_t {targets_} + 255) / 256 * 4)
        , extras_at_((words_ + words_in_line - 1) / words_in_line * words_in_line)
        , stride_(extras_at_ + words_in_line)
        , rows_(stride_ * (std::size_t {synapses.sources()} + 1), 0)
    {
        list_extras(set_bits(synapses), synapses.sources());
    }

    void gather(const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to,
        Scratch& scratch) override
    {
        if (windows.steps() > 0) {
            fetch(spikes, windows[0]);
        }
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const Stamps stamps = windows[i];
            if (i + 1 < windows.steps()) {
                fetch(spikes, windows[i + 1]);
            }
            const std::size_t count = count_spikes(spikes, stamps);
            if (count == 0) {
                continue;
            }
            const auto steps = static_cast<std::uint64_t>(stamps.to - stamps.from);
            if (most_onto_ * steps > std::numeric_limits<std::uint16_t>::max()) {
                sum_large(spikes, stamps, to.counts32(i), scratch);
                continue;
            }
            find_rows(spikes, stamps, scratch.rows);
            const bool few_extras = most_extra_ * steps <= 128;
            if (few_extras && sum_bits(scratch.rows, words_, to.counts8(i))) {
                add_extras(spikes, stamps, to.counts8(i));
            } else {
                sum_bits(scratch.rows, words_, to.counts16(i));
                add_extras(spikes, stamps, to.counts16(i));
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
    /// Targets of the first extras; unused ones name the count behind the last target.
    std::uint16_t* extras_of(std::uint32_t source)
    {
        return reinterpret_cast<std::uint16_t*>(rows_.data() + stride_ * source + extras_at_);
    }
    const std::uint16_t* extras_of(std::uint32_t source) const
    {
        return reinterpret_cast<const std::uint16_t*>(row_of(source) + extras_at_);
    }
    /// The row behind the last source has no bits.
    std::uint32_t empty_row() const
    {
        return static_cast<std::uint32_t>(rows_.size() / stride_ - 1);
    }

    struct Extra {
        std::uint32_t source;
        std::uint16_t target;
    };
    std::vector<Extra> set_bits(SynapseStream& synapses)
    {
        std::vector<Extra> extras;
        std::vector<std::uint32_t> onto(std::size_t {targets_} + 1, 0);
        std::vector<std::uint32_t> extra_onto(std::size_t {targets_} + 1, 0);
        synapses.for_each(Columns::pairs, 1.0, [&](const SynapseBatch& batch) {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                const std::uint16_t target = batch.target[i];
                const std::size_t place = bit_place(target);
                std::uint64_t& word = rows_[stride_ * batch.source[i] + place / 64];
                const std::uint64_t bit = std::uint64_t {1} << (place % 64);
                if ((word & bit) != 0) {
                    extras.push_back({batch.source[i], target});
                    ++extra_onto[target];
                }
                word |= bit;
                ++onto[target];
            }
            synapses_ += batch.size();
        });
        most_onto_ = *std::max_element(onto.begin(), onto.end());
        most_extra_ = *std::max_element(extra_onto.begin(), extra_onto.end());
        return extras;
    }

    void list_extras(const std::vector<Extra>& extras, std::uint32_t sources)
    {
        for (std::uint32_t source = 0; source <= sources; ++source) {
            std::fill_n(extras_of(source), extras_in_line, static_cast<std::uint16_t>(targets_));
        }
        std::vector<std::uint8_t> used(sources, 0);
        std::vector<Extra> more;
        for (const Extra& extra : extras) {
            std::uint8_t& n = used[extra.source];
            if (n < extras_in_line) {
                extras_of(extra.source)[n++] = extra.target;
            } else {
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

    void find_rows(const SpikeRing& spikes, const Stamps& stamps,
        std::vector<const std::uint64_t*>& rows) const
    {
        rows.clear();
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                rows.push_back(row_of(source));
            }
        }
        while (rows.size() % rows_in_group != 0) {
            rows.push_back(row_of(empty_row()));
        }
    }

    /// Asks for the rows of the next step: which they are is known a delay in advance.
    void fetch(const SpikeRing& spikes, const Stamps& stamps) const
    {
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                const std::uint64_t* row = row_of(source);
                for (std::size_t word = 0; word < stride_; word += words_in_line) {
                    __builtin_prefetch(row + word);
                }
            }
        }
    }

    template <class Count>
    void add_extras(const SpikeRing& spikes, const Stamps& stamps, Count* counts) const
    {
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                const std::uint16_t* extras = extras_of(source);
                // In steps of eight: fewer jumps than a loop of the exact length would mispredict.
                for (std::size_t j = 0; j < extras_in_line && extras[j] != targets_; j += 8) {
                    for (std::size_t e = 0; e < 8; ++e) {
                        ++counts[extras[j + e]];
                    }
                }
                if (extras[extras_in_line - 1] != targets_) { // a full line may have more

                    for (std::uint32_t j = more_begin_[source]; j < more_begin_[source + 1]; ++j) {
                        ++counts[more_[j]];
                    }
                }
            }
        }
    }

    /// Step by step of emission, where more may arrive than 16 bits hold.
    void sum_large(const SpikeRing& spikes, const Stamps& stamps, std::uint32_t* counts,
        Scratch& scratch) const
    {
        std::fill_n(counts, targets_, 0U);
        std::vector<std::uint16_t> one(words_ * 64);
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            find_rows(spikes, {stamp - 1, stamp}, scratch.rows);
            sum_bits(scratch.rows, words_, one.data());
            for (std::uint32_t t = 0; t < targets_; ++t) {
                counts[t] += one[t];
            }
        }
        add_extras(spikes, stamps, counts);
    }

    std::uint32_t targets_;
    std::size_t words_; ///< of bits in a row
    std::size_t extras_at_; ///< word of a row where its list of extras begins
    std::size_t stride_; ///< words from row to row
    core::LargeArray<std::uint64_t> rows_;
    std::uint64_t synapses_ = 0;
    std::uint64_t most_onto_ = 0; ///< synapses onto one target
    std::uint64_t most_extra_ = 0; ///< extras among them
    std::vector<std::uint32_t> more_begin_; ///< extras that have no room in the row, by source
    std::vector<std::uint16_t> more_;
};

} // namespace

std::unique_ptr<Delivery> make_bit_matrix(SynapseStream& synapses)
{
    return std::make_unique<BitMatrix>(synapses);
}

} // namespace engine::network
