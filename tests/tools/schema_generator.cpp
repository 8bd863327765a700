// Prints the JSON Schema of presets: build/release/schema_generator > presets/preset.schema.json

#include "tests/support/preset_schema.hpp"

#include <iostream>

int main()
{
    std::cout << test_support::preset_schema();
    return 0;
}
