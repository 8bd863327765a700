#include "engine/core/dispatch.hpp"
#include "engine/core/large_array.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "engine/network/list_walk.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine::network {

namespace {

/// One delay, individual weights: summed in the order (emission step, source, place).
class WeightedLists final : public Delivery {
public:
    explicit WeightedLists(SynapseStream& synapses)
        : targets_(synapses.targets())
        , begin_(list_begins(synapses, 0.3))
        , target_(begin_.back())
        , weight_(begin_.back())
    {
        for_each_place(synapses, begin_, 0.7,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                target_[place] = batch.target[i];
                weight_[place] = static_cast<float>(batch.weight[i]);
            });
    }
    void gather(const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to,
        Scratch& scratch) override
    {
        ListWalk walk(begin_, spikes, windows, scratch.lists);
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const std::size_t count = count_spikes(spikes, windows[i]);
            if (count == 0) {
                continue;
            }
            double* sums = to.sums(i);
            std::fill_n(sums, targets_, 0.0);
            walk.next(
                count,
                [&](const SourceList& list) {
                    prefetch_list(&target_[list.begin], list.size);
                    prefetch_list(&weight_[list.begin], list.size);
                },
                [&](const SourceList& list) {
                    for (std::size_t j = list.begin; j < list.begin + list.size; ++j) {
                        sums[target_[j]] += static_cast<double>(weight_[j]);
                    }
                });
        }
    }
    std::uint64_t synapses() const override { return target_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t)
            + target_.size() * (sizeof(std::uint16_t) + sizeof(float));
    }

private:
    std::uint32_t targets_;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<std::uint16_t> target_;
    core::LargeArray<float> weight_;
};

/// Rows of a matrix of floats, of some sources in their order.
struct Rows {
    const float* matrix;
    std::size_t length; ///< of a row
    const std::uint32_t* sources;
    std::size_t count;
};
constexpr std::size_t most_rows = 8; // added in one pass over the sums, which are loaded and stored

/// Adds so many rows to sums, or to zeros where they are the first.
template <std::size_t Count, bool First>
SPIKESCOPE_INLINE void add_some_rows(const Rows& rows, double* __restrict sums)
{
    std::array<const float*, Count> row {};
    for (std::size_t r = 0; r < Count; ++r) {
        row[r] = rows.matrix + rows.sources[r] * rows.length;
    }
    const std::size_t length = rows.length;
    for (std::size_t j = 0; j < length; ++j) {
        double sum = First ? 0.0 : sums[j];
        for (std::size_t r = 0; r < Count; ++r) {
            sum += static_cast<double>(row[r][j]);
        }
        sums[j] = sum;
    }
}

template <bool First> SPIKESCOPE_INLINE void add_few_rows(const Rows& rows, double* sums)
{
    switch (rows.count) {
    case 0:
        return;
    case 1:
        return add_some_rows<1, First>(rows, sums);
    case 2:
        return add_some_rows<2, First>(rows, sums);
    case 3:
        return add_some_rows<3, First>(rows, sums);
    case 4:
        return add_some_rows<4, First>(rows, sums);
    case 5:
        return add_some_rows<5, First>(rows, sums);
    case 6:
        return add_some_rows<6, First>(rows, sums);
    case 7:
        return add_some_rows<7, First>(rows, sums);
    default:
        return add_some_rows<most_rows, First>(rows, sums);
    }
}

/// Adds all of the rows to sums, or to zeros where they are the first.
SPIKESCOPE_INLINE void add_rows_plainly_body(Rows rows, bool first, double* sums)
{
    while (rows.count > 0) {
        first ? add_few_rows<true>(rows, sums) : add_few_rows<false>(rows, sums);
        first = false;
        const std::size_t added = std::min(rows.count, most_rows);
        rows.sources += added;
        rows.count -= added;
    }
}
SPIKESCOPE_TWINS(
    void, add_rows_plainly, (const Rows& rows, bool first, double* sums), (rows, first, sums))

#if defined(__x86_64__)

/// Adds the rows in the columns [at, at + 8 Vectors), of which the mask leaves those of the last
/// vector: the sums stay in registers until all rows have been added.
template <std::size_t Vectors>
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 void add_columns(
    const Rows& rows, bool first, std::size_t at, __mmask8 mask, double* sums)
{
    __m512d sum[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) {
        sum[v] = first ? _mm512_setzero_pd() : _mm512_maskz_loadu_pd(mask, sums + at + 8 * v);
    }
    for (std::size_t r = 0; r < rows.count; ++r) {
        const float* row = rows.matrix + rows.sources[r] * rows.length + at;
        for (std::size_t v = 0; v < Vectors; ++v) {
            sum[v] = _mm512_add_pd(
                sum[v], _mm512_maskz_cvtps_pd(mask, _mm256_maskz_loadu_ps(mask, row + 8 * v)));
        }
    }
    for (std::size_t v = 0; v < Vectors; ++v) {
        _mm512_mask_storeu_pd(sums + at + 8 * v, mask, sum[v]);
    }
}

SPIKESCOPE_AVX512 void add_rows_in_registers(const Rows& all, bool first, double* sums)
{
    const Rows rows = all; // which no store of sums can change
    constexpr std::size_t lanes = 8;
    constexpr std::size_t many = 8;
    constexpr __mmask8 whole = 0xff;
    std::size_t at = 0;
    for (; at + many * lanes <= rows.length; at += many * lanes) {
        add_columns<many>(rows, first, at, whole, sums);
    }
    for (; at + lanes <= rows.length; at += lanes) {
        add_columns<1>(rows, first, at, whole, sums);
    }
    if (at < rows.length) {
        const auto some = static_cast<__mmask8>((1U << (rows.length - at)) - 1U);
        add_columns<1>(rows, first, at, some, sums);
    }
}

#endif

void add_rows(const Rows& rows, bool first, double* sums)
{
#if defined(__x86_64__)
    if (core::instructions() == core::Instructions::avx512) {
        return add_rows_in_registers(rows, first, sums);
    }
#endif
    add_rows_plainly(rows, first, sums);
}

/// The same where (almost) every pair is connected: a row of weights for each source, 0 where there
/// is no synapse.
class DenseRows final : public Delivery {
public:
    explicit DenseRows(SynapseStream& synapses)
        : targets_(synapses.targets())
        , rows_(std::size_t {synapses.sources()} * targets_, 0.0F)
    {
        synapses.for_each(Columns::all, 1.0, [&](const SynapseBatch& batch) {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                rows_[std::size_t {batch.source[i]} * targets_ + batch.target[i]]
                    = static_cast<float>(batch.weight[i]);
            }
            synapses_ += batch.size();
        });
    }
    void gather(
        const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            if (count_spikes(spikes, windows[i]) == 0) {
                continue;
            }
            double* sums = to.sums(i);
            bool first = true;
            for (core::Step stamp = windows[i].from + 1; stamp <= windows[i].to; ++stamp) {
                const auto sources = spikes.at(stamp);
                add_rows({rows_.data(), targets_, sources.data(), sources.size()}, first, sums);
                first = first && sources.empty();
            }
        }
    }
    std::uint64_t synapses() const override { return synapses_; }
    std::size_t bytes() const override { return rows_.size() * sizeof(float); }

private:
    std::uint32_t targets_;
    std::uint64_t synapses_ = 0;
    core::LargeArray<float> rows_;
};

} // namespace

std::unique_ptr<Delivery> make_weighted_lists(SynapseStream& synapses)
{
    return std::make_unique<WeightedLists>(synapses);
}

std::unique_ptr<Delivery> make_dense_rows(SynapseStream& synapses)
{
    return std::make_unique<DenseRows>(synapses);
}

} // namespace engine::network
