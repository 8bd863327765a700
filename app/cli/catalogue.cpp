#include "app/cli/catalogue.hpp"

#include "app/cli/command_line.hpp"
#include "app/cli/console.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace app::cli {

namespace config = engine::config;

namespace {

std::vector<config::LibraryEntry> shipped_entries()
{
    std::vector<config::LibraryEntry> entries = shipped_library().entries();
    entries.erase(std::remove_if(entries.begin(), entries.end(),
                      [](const config::LibraryEntry& entry) { return !entry.shipped; }),
        entries.end());
    return entries;
}

} // namespace

int list_command(bool json)
{
    const std::vector<config::LibraryEntry> entries = shipped_entries();
    if (json) {
        auto out = nlohmann::ordered_json::array();
        for (const config::LibraryEntry& entry : entries) {
            out.push_back(
                {{"id", entry.info.id}, {"family", entry.info.family}, {"title", entry.info.title},
                    {"summary", entry.info.summary}, {"expect", entry.info.expect}});
        }
        std::cout << out.dump(2) << '\n';
        return done;
    }
    std::size_t width = 0;
    for (const config::LibraryEntry& entry : entries) {
        width = std::max(width, entry.info.id.size());
    }
    std::string family;
    for (const config::LibraryEntry& entry : entries) {
        if (entry.info.family != family) {
            std::cout << (family.empty() ? "" : "\n") << entry.info.family << '\n';
            family = entry.info.family;
        }
        std::cout << "  " << std::left << std::setw(static_cast<int>(width)) << entry.info.id
                  << "  " << entry.info.title << '\n';
    }
    return done;
}

int show_command(const std::string& preset)
{
    const config::PresetDocument document = open_preset(preset);
    print(document.warnings());
    const std::string text = document.filled_text();
    std::cout << text << (text.empty() || text.back() != '\n' ? "\n" : "");
    return done;
}

int validate_command(const std::vector<std::string>& files, bool quiet)
{
    int status = done;
    const config::PresetLibrary library = preset_library();
    for (const std::string& file : files) {
        const config::LoadResult result = library.open(file);
        print(result.diagnostics);
        if (!result.document) {
            status = wrong_input;
        } else if (!quiet) {
            std::cout << file << ": ok\n";
        }
    }
    return status;
}

} // namespace app::cli
