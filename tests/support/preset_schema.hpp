#pragma once

#include <string>

namespace test_support {

/// The JSON Schema (2020-12) of preset files, made from the registry of models: the text of
/// presets/preset.schema.json.
std::string preset_schema();

} // namespace test_support
