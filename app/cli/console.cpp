#include "app/cli/console.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace app::cli {

namespace fs = std::filesystem;

namespace {

/// "My presets": in the place that the window's toolkit gives to data of an organisation's program.
fs::path user_preset_folder()
{
    const fs::path own = fs::path("spikescope") / "spikescope" / "presets";
    const char* data = std::getenv("XDG_DATA_HOME"); // NOLINT(concurrency-mt-unsafe)
    if (data != nullptr && fs::path(data).is_absolute()) {
        return fs::path(data) / own;
    }
    const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe)
    return home == nullptr ? fs::path() : fs::path(home) / ".local" / "share" / own;
}

} // namespace

std::string one_line(std::string text)
{
    constexpr unsigned char first_printable = 0x20;
    constexpr unsigned char del = 0x7f;
    for (char& c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < first_printable || code == del) {
            c = ' ';
        }
    }
    return text;
}

void complain(const std::string& text) { std::cerr << "spikescope: " << one_line(text) << '\n'; }

void print(const engine::core::Diagnostics& diagnostics)
{
    for (const engine::core::Diagnostic& diagnostic : diagnostics) {
        std::cerr << one_line(diagnostic.text()) << '\n';
    }
}

bool finish_output()
{
    errno = 0;
    std::cout.flush();
    if (std::cout) {
        return true;
    }
    complain(std::string("standard output: ")
        + (errno == 0 ? "cannot be written" : std::strerror(errno))); // NOLINT
    return false;
}

engine::config::PresetLibrary preset_library()
{
    std::error_code ignored;
    return {fs::read_symlink("/proc/self/exe", ignored), user_preset_folder()};
}

engine::config::PresetLibrary shipped_library()
{
    engine::config::PresetLibrary library = preset_library();
    if (library.shipped_folder().empty()) {
        throw engine::core::RunError("the shipped presets were not found beside the program nor in "
                                     "its share/spikescope/presets");
    }
    return library;
}

engine::config::PresetDocument open_preset(const std::string& id_or_path)
{
    engine::config::LoadResult result = preset_library().open(id_or_path);
    if (!result.document) {
        throw engine::core::InputError(std::move(result.diagnostics));
    }
    return *result.document;
}

} // namespace app::cli
