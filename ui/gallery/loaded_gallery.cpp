#include "ui/gallery/loaded_gallery.hpp"

#include <algorithm>
#include <map>

namespace ui {

using engine::config::LoadResult;
using engine::config::PresetDocument;

LoadedGallery loadGallery(const engine::config::PresetLibrary& library, const std::string& id)
{
    LoadedGallery out;
    out.all = engine::config::galleries(library, out.problems);
    const auto found = std::find_if(
        out.all.begin(), out.all.end(), [&id](const auto& gallery) { return gallery.id == id; });
    if (out.all.empty()) {
        return out;
    }
    out.gallery = found == out.all.end() ? out.all.front() : *found;

    // The library would look through its folders for every single id.
    std::map<std::string, std::filesystem::path> files;
    for (const engine::config::LibraryEntry& entry : library.entries()) {
        files.emplace(entry.shipped ? entry.info.id : entry.file.string(), entry.file);
    }
    for (const std::string& key : out.gallery.presets) {
        const auto file = files.find(key);
        LoadResult result
            = file == files.end() ? library.open(key) : PresetDocument::load(file->second);
        if (!result.document) {
            out.problems.insert(
                out.problems.end(), result.diagnostics.begin(), result.diagnostics.end());
        } else if (!engine::config::fits_panel(result.document->experiment())) {
            ++out.networks;
        } else {
            out.presets.push_back(std::move(*result.document));
            out.keys.push_back(key);
        }
    }
    return out;
}

} // namespace ui
