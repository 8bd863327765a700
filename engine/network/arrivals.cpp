#include "engine/network/arrivals.hpp"

#include "engine/core/dispatch.hpp"

#include <array>

namespace engine::network {

namespace {

/// Weights and bytes of counts for a few terms that are added in one pass: a pass costs a load and
/// a store of the sums, which is as much as a term.
struct Bytes {
    const std::uint8_t* counts;
    double weight;
};
constexpr std::size_t most_at_once = 4;

using ByteTerms = std::array<Bytes, most_at_once>;

template <std::size_t Terms, bool First>
SPIKESCOPE_INLINE void add_first_bytes(
    const ByteTerms& terms, double* __restrict sum, std::size_t n)
{
    const ByteTerms mine = terms; // which no store into the sums can change
    for (std::size_t i = 0; i < n; ++i) {
        double x = First ? 0.0 : sum[i];
        for (std::size_t t = 0; t < Terms; ++t) {
            x += mine[t].weight * static_cast<double>(static_cast<int>(mine[t].counts[i]));
        }
        sum[i] = x;
    }
}

template <bool First>
SPIKESCOPE_INLINE void add_all_bytes(
    const ByteTerms& terms, std::size_t count, double* __restrict sum, std::size_t n)
{
    switch (count) {
    case 1:
        return add_first_bytes<1, First>(terms, sum, n);
    case 2:
        return add_first_bytes<2, First>(terms, sum, n);
    case 3:
        return add_first_bytes<3, First>(terms, sum, n);
    default:
        return add_first_bytes<4, First>(terms, sum, n);
    }
}

/// The first `count` of the terms.
SPIKESCOPE_INLINE void add_counts8_body(
    const ByteTerms& terms, std::size_t count, bool first, double* sum, std::size_t n)
{
    first ? add_all_bytes<true>(terms, count, sum, n) : add_all_bytes<false>(terms, count, sum, n);
}
SPIKESCOPE_TWINS(void, add_counts8,
    (const ByteTerms& terms, std::size_t count, bool first, double* sum, std::size_t n),
    (terms, count, first, sum, n))

template <class T>
SPIKESCOPE_INLINE void add_values(
    const T* __restrict values, double weight, bool first, double* __restrict sum, std::size_t n)
{
    if (first) {
        for (std::size_t i = 0; i < n; ++i) {
            sum[i] = 0.0 + weight * static_cast<double>(values[i]);
        }
        return;
    }
    for (std::size_t i = 0; i < n; ++i) {
        sum[i] += weight * static_cast<double>(values[i]);
    }
}

SPIKESCOPE_INLINE void add_term_body(const Term& term, bool first, double* sum, std::size_t n)
{
    const void* values = term.arrivals.values;
    switch (term.arrivals.form) {
    case Form::nothing:
    case Form::counts8:
        return;
    case Form::counts16:
        return add_values(static_cast<const std::uint16_t*>(values), term.weight, first, sum, n);
    case Form::counts32:
        return add_values(static_cast<const std::uint32_t*>(values), term.weight, first, sum, n);
    case Form::sums:
        return add_values(static_cast<const double*>(values), term.weight, first, sum, n);
    }
}
SPIKESCOPE_TWINS(void, add_term, (const Term& term, bool first, double* sum, std::size_t n),
    (term, first, sum, n))

template <class T> const void* moved(const void* values, std::size_t n)
{
    return static_cast<const T*>(values) + n;
}

} // namespace

Arrivals Arrivals::from(std::size_t n) const
{
    switch (form) {
    case Form::nothing:
        break;
    case Form::counts8:
        return {form, moved<std::uint8_t>(values, n)};
    case Form::counts16:
        return {form, moved<std::uint16_t>(values, n)};
    case Form::counts32:
        return {form, moved<std::uint32_t>(values, n)};
    case Form::sums:
        return {form, moved<double>(values, n)};
    }
    return {};
}

double Arrivals::at(std::size_t n) const
{
    switch (form) {
    case Form::nothing:
        break;
    case Form::counts8:
        return static_cast<const std::uint8_t*>(values)[n];
    case Form::counts16:
        return static_cast<const std::uint16_t*>(values)[n];
    case Form::counts32:
        return static_cast<const std::uint32_t*>(values)[n];
    case Form::sums:
        return static_cast<const double*>(values)[n];
    }
    return 0.0;
}

std::size_t BatchArrivals::stride_of(std::size_t targets)
{
    constexpr std::size_t group = 256;
    return (targets + spare - 1) / group * group + group;
}

void BatchArrivals::begin(std::size_t steps, std::size_t targets)
{
    stride_ = stride_of(targets);
    rows_.assign(steps, {});
}

bool all_counts8(std::span<const Term> terms)
{
    return std::all_of(terms.begin(), terms.end(),
        [](const Term& term) { return term.arrivals.form == Form::counts8; });
}

void add_up(std::span<const Term> terms, double* sum, std::size_t n)
{
    bool first = true;
    for (std::size_t t = 0; t < terms.size();) {
        ByteTerms bytes {};
        std::size_t together = 0;
        while (together < most_at_once && t + together < terms.size()
            && terms[t + together].arrivals.form == Form::counts8) {
            const Term& term = terms[t + together];
            bytes[together++]
                = {static_cast<const std::uint8_t*>(term.arrivals.values), term.weight};
        }
        if (together > 0) {
            add_counts8(bytes, together, first, sum, n);
        } else {
            add_term(terms[t], first, sum, n);
            together = 1;
        }
        t += together;
        first = false;
    }
}

} // namespace engine::network
