#pragma once

#include "engine/config/preset_library.hpp"

#include <string>
#include <vector>

// The shipped presets for tests: finding and opening them.

namespace test_support {

std::vector<std::string> shipped_ids();

/// Throws core::InputError where the preset is not valid.
engine::config::PresetDocument shipped(const std::string& id);

/// The same with another seed.
engine::config::PresetDocument shipped(const std::string& id, int seed);

bool is_network(const engine::config::PresetDocument& document);

} // namespace test_support
