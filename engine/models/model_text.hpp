#pragma once

#include <string>
#include <string_view>

namespace engine::models {

/// docs/models.md, embedded by the build.
extern const std::string_view models_page;

/// What stands in a Markdown page under the heading `## name`, up to the next heading of this
/// level, without the blank lines around it. Empty where there is no such heading.
std::string section(std::string_view page, std::string_view name);

} // namespace engine::models
