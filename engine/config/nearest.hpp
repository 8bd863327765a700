#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

/// The name most like `name` (edit distance, upper and lower case nearly equal); empty where none
/// is close enough to be meant.
std::string nearest(std::string_view name, const std::vector<std::string>& names);

/// "did you mean tau_m?", or empty.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& names);

/// "a, b, c" for messages.
std::string joined(const std::vector<std::string>& names);

/// "text" in quotation marks, shortened where long, control characters replaced: fit for one line.
std::string in_quotes(std::string_view text);

} // namespace engine::config
