#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/core/diagnostic.hpp"

#include <string>

namespace support {

/// A document from JSON text; fails loudly where the text has errors.
inline engine::config::PresetDocument preset(const std::string& text)
{
    auto result = engine::config::PresetDocument::parse(text, "test", {});
    if (!result.document) {
        throw engine::core::InputError(result.diagnostics);
    }
    return *result.document;
}

/// A preset with the members that every one needs, followed by `rest`.
inline engine::config::PresetDocument preset(const std::string& simulation, const std::string& rest)
{
    return preset(R"({"format": "spikescope-preset", "version": 1, "id": "t", "title": "t",)"
                  R"("simulation": )"
        + simulation + ", " + rest + "}");
}

} // namespace support
