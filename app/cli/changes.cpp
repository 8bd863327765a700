#include "app/cli/changes.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/value.hpp"

#include <utility>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;

namespace {

/// All assignments that the options make, in order.
std::vector<std::string> assignments(const Changes& changes)
{
    std::vector<std::string> out = changes.sets;
    if (changes.dt_ms) {
        out.push_back("simulation/dt=" + core::number_text(*changes.dt_ms));
    }
    if (changes.duration_ms) {
        out.push_back("simulation/duration=" + core::number_text(*changes.duration_ms));
    }
    if (changes.seed) {
        out.push_back("simulation/seed=" + std::to_string(*changes.seed));
    }
    return out;
}

} // namespace

config::PresetDocument changed(config::PresetDocument document, const Changes& changes)
{
    std::vector<std::string> open = assignments(changes);
    while (!open.empty()) {
        std::vector<std::string> again;
        core::Diagnostics errors;
        for (const std::string& assignment : open) {
            const config::SetResult result = document.set_text(assignment);
            if (result.document) {
                document = *result.document;
            } else {
                again.push_back(assignment);
                errors.insert(errors.end(), result.diagnostics.begin(), result.diagnostics.end());
            }
        }
        if (again.size() == open.size()) {
            throw core::InputError(std::move(errors));
        }
        open = std::move(again);
    }
    return document;
}

} // namespace app::cli
