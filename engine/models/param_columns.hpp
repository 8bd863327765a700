#pragma once

#include "engine/models/description.hpp"

#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

namespace engine::models {

/// One number parameter (or initial value) of a population: the same for all neurons or one each.
/// Refers to the table it was made from.
class Column {
public:
    Column() = default;
    explicit Column(double common)
        : common_(common)
    {
    }

    double operator[](std::size_t neuron) const
    {
        return each_ == nullptr ? common_ : (*each_)[neuron];
    }
    bool uniform() const { return each_ == nullptr; }

private:
    friend class ParamColumns;
    friend Column init_column(const InitTable&, std::string_view, const Column&);

    double common_ = 0.0;
    const std::vector<double>* each_ = nullptr;
};

/// Typed access to a ParamTable; remembers whether anything it handed out differs between neurons.
class ParamColumns {
public:
    explicit ParamColumns(const ParamTable& table)
        : table_(table)
    {
    }

    Column number(std::string_view name);
    /// `none` where the parameter is null.
    Column nullable(std::string_view name, double none);
    bool flag(std::string_view name) const;
    const std::string& choice(std::string_view name) const;
    const std::vector<double>& list(std::string_view name) const;

    /// Whether all columns read so far are uniform.
    bool uniform() const { return uniform_; }

private:
    const ParamTable& table_;
    bool uniform_ = true;
};

/// Column of an initial value; `missing` where the table has none.
Column init_column(const InitTable& init, std::string_view name, const Column& missing);

} // namespace engine::models
