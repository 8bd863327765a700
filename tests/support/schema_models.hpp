#pragma once

#include "tests/support/schema_values.hpp"

namespace test_support::schema {

/// params and init of every registered model, from its description.
Members model_definitions();

/// A population: its model decides which names `params` and `init` may hold.
Schema population();

} // namespace test_support::schema
