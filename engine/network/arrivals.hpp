#pragma once

#include "engine/core/large_array.hpp"
#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::network {

/// How what arrives at neighbouring neurons in one step is given.
enum class Form : std::uint8_t {
    nothing,
    counts8, ///< numbers of spikes, which one weight multiplies: std::uint8_t ...
    counts16,
    counts32,
    sums, ///< summed relative weights: double
};

/// What arrives at neighbouring neurons in one step: an array of the form's type, or nullptr.
struct Arrivals {
    Form form = Form::nothing;
    const void* values = nullptr;

    /// Without the first `n` neurons.
    Arrivals from(std::size_t n) const;
    /// The number or sum of neuron n; 0 where nothing arrives.
    double at(std::size_t n) const;
};

/// What one projection brings to a block in each step of a batch: memory that is used again, in
/// whichever form a step needs.
class BatchArrivals {
public:
    /// Nothing arrives in any of `steps` steps, until rows are asked for.
    void begin(std::size_t steps, std::size_t targets);
    /// Places behind the last target of a row, for what means nobody.
    static constexpr std::size_t spare = 32;
    /// From one row to the next of the same form.
    static std::size_t stride_of(std::size_t targets);
    std::size_t steps() const { return rows_.size(); }

    // The row of step i, to be filled for every target; its contents are left from before. It
    // begins at a cache line and has room for whole groups of 256 targets.
    std::uint8_t* counts8(std::size_t i) { return row(i, Form::counts8, counts8_); }
    std::uint16_t* counts16(std::size_t i) { return row(i, Form::counts16, counts16_); }
    std::uint32_t* counts32(std::size_t i) { return row(i, Form::counts32, counts32_); }
    double* sums(std::size_t i) { return row(i, Form::sums, sums_); }

    const Arrivals& operator[](std::size_t i) const { return rows_[i]; }

private:
    template <class T> T* row(std::size_t i, Form form, core::LargeArray<T>& memory)
    {
        const std::size_t wanted = rows_.size() * stride_;
        if (memory.size() < wanted) {
            // Rows handed out before stay where they are only if the memory does: all of a form
            // are made at once.
            memory.resize(wanted);
        }
        T* values = memory.data() + i * stride_;
        rows_[i] = {form, values};
        return values;
    }

    std::size_t stride_ = 0;
    std::vector<Arrivals> rows_;
    core::LargeArray<std::uint8_t> counts8_;
    core::LargeArray<std::uint16_t> counts16_;
    core::LargeArray<std::uint32_t> counts32_;
    core::LargeArray<double> sums_;
};

/// Stamps whose spikes arrive in a step over a projection with one delay: (from, to].
struct Stamps {
    core::Step from = 0;
    core::Step to = 0;
};

/// These for each step of a batch. A change of the delay neither repeats nor drops a spike, because
/// what has been delivered is remembered, not computed from the delay.
class StampWindows {
public:
    /// Steps [begin, end); `cursor`: spikes up to this stamp have been delivered.
    StampWindows(core::Step begin, core::Step end, core::Step cursor, core::Step delay)
        : begin_(begin)
        , end_(end)
        , cursor_(cursor)
        , delay_(delay)
    {
    }
    std::size_t steps() const { return static_cast<std::size_t>(end_ - begin_); }
    core::Step begin() const { return begin_; }
    core::Step end() const { return end_; }
    /// Of step begin() + i; empty (to <= from) where nothing is due.
    Stamps operator[](std::size_t i) const
    {
        const core::Step k = begin_ + static_cast<core::Step>(i);
        const core::Step from = i == 0 ? cursor_ : std::max(cursor_, k - delay_);
        return {from, k + 1 - delay_};
    }
    /// Delivered up to here when the batch is over.
    core::Step cursor_after() const
    {
        return end_ > begin_ ? std::max(cursor_, end_ - delay_) : cursor_;
    }

private:
    core::Step begin_;
    core::Step end_;
    core::Step cursor_;
    core::Step delay_;
};

/// One addend of the input of neighbouring neurons.
struct Term {
    Arrivals arrivals;
    double weight = 1.0;
};

bool all_counts8(std::span<const Term> terms);

/// sum[i] = 0 + weight_0 * value_0[i] + weight_1 * value_1[i] + ..., in this order.
void add_up(std::span<const Term> terms, double* sum, std::size_t n);

} // namespace engine::network
