#pragma once

#include "engine/core/dispatch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <vector>

namespace engine::models {

// Constants that a kernel needs for every neuron. `Fields<Number>` is a struct of Numbers alone:
// with Number = double the values that all neurons share, which stay in registers; with Number =
// const double* one column for each field, from which vectors are loaded. A kernel is a template
// over Number and reads with at().
//
// Fields need a name that no other file has, even in an unnamed namespace: GCC 12 gives what it
// makes from a template over such a template a name that is seen everywhere, and joins those of two
// files.

SPIKESCOPE_INLINE double at(double shared, std::size_t) { return shared; }
SPIKESCOPE_INLINE double at(const double* column, std::size_t neuron) { return column[neuron]; }

template <template <class> class Fields> class Constants {
public:
    using Values = Fields<double>;
    using Columns = Fields<const double*>;

    /// values(i) -> Values for every neuron, or once where all neurons are the same.
    template <class Make> void fill(std::size_t neurons, bool uniform, const Make& values)
    {
        uniform_ = uniform;
        neurons_ = neurons;
        columns_.resize(uniform ? 0 : fields * neurons);
        if (uniform) {
            shared_ = values(std::size_t {0});
            return;
        }
        for (std::size_t i = 0; i < neurons; ++i) {
            const auto row = std::bit_cast<std::array<double, fields>>(values(i));
            for (std::size_t f = 0; f < fields; ++f) {
                columns_[f * neurons + i] = row[f];
            }
        }
    }

    bool uniform() const { return uniform_; }
    /// Memory of what is kept of each neuron.
    std::size_t bytes() const { return columns_.size() * sizeof(double); }
    const Values& shared() const { return shared_; }
    /// Columns that begin with neuron `first`.
    Columns from(std::size_t first) const
    {
        std::array<const double*, fields> begin {};
        for (std::size_t f = 0; f < fields; ++f) {
            begin[f] = columns_.data() + f * neurons_ + first;
        }
        return std::bit_cast<Columns>(begin);
    }
    /// All constants of one neuron.
    Values operator[](std::size_t neuron) const
    {
        if (uniform_) {
            return shared_;
        }
        std::array<double, fields> row {};
        for (std::size_t f = 0; f < fields; ++f) {
            row[f] = columns_[f * neurons_ + neuron];
        }
        return std::bit_cast<Values>(row);
    }

private:
    static constexpr std::size_t fields = sizeof(Values) / sizeof(double);
    static_assert(sizeof(Columns) == fields * sizeof(const double*));

    bool uniform_ = true;
    std::size_t neurons_ = 0;
    Values shared_ {};
    std::vector<double> columns_; ///< of each field in turn
};

} // namespace engine::models
