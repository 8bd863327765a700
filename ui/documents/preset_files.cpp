#include "ui/documents/preset_files.hpp"

#include "engine/recording/atomic_file.hpp"

#include <algorithm>
#include <exception>
#include <system_error>

namespace ui {

namespace {

namespace fs = std::filesystem;

engine::core::Diagnostic failure(const fs::path& file, const std::string& what)
{
    engine::core::Diagnostic diagnostic;
    diagnostic.file = file.string();
    diagnostic.found = what;
    return diagnostic;
}

engine::core::Diagnostics errorsOf(const engine::core::Diagnostics& diagnostics)
{
    engine::core::Diagnostics errors;
    std::copy_if(diagnostics.begin(), diagnostics.end(), std::back_inserter(errors),
        [](const auto& one) { return one.severity == engine::core::Severity::error; });
    return errors;
}

} // namespace

engine::core::Diagnostics savePreset(
    const engine::config::PresetDocument& document, const fs::path& file)
{
    const std::string text = document.text();
    const auto readBack
        = engine::config::PresetDocument::parse(text, file.string(), file.parent_path());
    if (!readBack.document) {
        return errorsOf(readBack.diagnostics);
    }
    try {
        if (file.has_parent_path()) {
            fs::create_directories(file.parent_path());
        }
        engine::recording::AtomicFile target(file);
        target.stream() << text;
        target.commit();
    } catch (const std::exception& error) {
        return {failure(file, error.what())};
    }
    return {};
}

bool isShippedFile(const engine::config::PresetLibrary& library, const fs::path& file)
{
    if (library.shipped_folder().empty() || file.empty()) {
        return false;
    }
    std::error_code ignored;
    const fs::path folder = fs::weakly_canonical(library.shipped_folder(), ignored);
    const fs::path whole = fs::weakly_canonical(file, ignored);
    const auto [end, inFile]
        = std::mismatch(folder.begin(), folder.end(), whole.begin(), whole.end());
    return end == folder.end();
}

std::string idFromTitle(const std::string& title)
{
    std::string id;
    for (const char c : title) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (upper || kept) {
            id += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    while (!id.empty() && id.back() == '-') {
        id.pop_back();
    }
    return id.empty() ? "preset" : id;
}

fs::path unusedFile(const fs::path& folder, const std::string& stem)
{
    fs::path file = folder / (stem + ".json");
    std::error_code ignored;
    for (int n = 2; fs::exists(file, ignored); ++n) {
        file = folder / (stem + '-' + std::to_string(n) + ".json");
    }
    return file;
}

engine::config::PresetDocument renamed(
    const engine::config::PresetDocument& document, const std::string& title)
{
    engine::config::PresetInfo info = document.info();
    info.title = title;
    info.id = idFromTitle(title);
    return document.with_info(info);
}

} // namespace ui
