#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>

namespace engine::recording {

/// Takes the rows of trace groups as a recorder completes them.
class RowSink {
public:
    virtual ~RowSink() = default;
    /// One value for each column of the group.
    virtual void append_row(std::size_t group, core::Step stamp, const double* values) = 0;
    /// Replaces the newest row of the group (same stamp).
    virtual void amend_row(std::size_t group, const double* values) = 0;
};

} // namespace engine::recording
