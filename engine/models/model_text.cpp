#include "engine/models/model_text.hpp"

namespace engine::models {

std::string section(std::string_view page, std::string_view name)
{
    const std::string heading = "## " + std::string(name);
    bool inside = false;
    std::string text;
    while (!page.empty()) {
        const std::size_t length = page.find('\n');
        const std::string_view line = page.substr(0, length);
        page.remove_prefix(length == std::string_view::npos ? page.size() : length + 1);
        if (line.starts_with("## ")) {
            inside = line == heading;
        } else if (inside) {
            text.append(line).append("\n");
        }
    }
    const std::size_t first = text.find_first_not_of('\n');
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of('\n') + 1 - first);
}

} // namespace engine::models
