#pragma once

#include "tests/support/schema_values.hpp"

namespace test_support::schema {

/// Some neurons: a population's name, an object that names neurons, or a list of these.
Members target_definitions();

/// A stimulus: its type decides which fields it has.
Schema stimulus();

/// A projection with its rule.
Schema projection();

} // namespace test_support::schema
