#pragma once

#include "engine/config/json.hpp"
#include "engine/config/preset_document.hpp"

namespace engine::config {

/// The document with another tree, which is resolved anew: the same name, and file references are
/// looked up in the same place. Throws core::InputError with what is wrong. For this folder only.
PresetDocument with_tree(const PresetDocument& document, Json tree);

} // namespace engine::config
