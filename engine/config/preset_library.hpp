#pragma once

#include "engine/config/preset_document.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace engine::config {

struct LibraryEntry {
    PresetInfo info;
    std::filesystem::path file;
    bool shipped = true; ///< false: one of "My presets"
};

/// Finds presets: those shipped (beside the build, else in PREFIX/share/spikescope/presets) and the
/// user's own.
class PresetLibrary {
public:
    /// `program` is the path of the running executable; `user_folder` may be missing or empty.
    PresetLibrary(const std::filesystem::path& program, std::filesystem::path user_folder);

    /// Folder with the shipped presets; empty where none was found.
    const std::filesystem::path& shipped_folder() const { return shipped_folder_; }
    const std::filesystem::path& user_folder() const { return user_folder_; }

    /// Shipped ones by family and in the catalogue's order, then the user's by title. Reads only
    /// the texts for people; files that cannot be read are left out.
    std::vector<LibraryEntry> entries() const;

    /// What the catalogue promises: the ids that it names, whether or not they can be read, and
    /// those of further shipped files; in the order of entries().
    std::vector<std::string> shipped_ids() const;

    /// A shipped id or a path; the error names near ids where it is neither.
    LoadResult open(const std::string& id_or_path) const;

private:
    std::filesystem::path shipped_folder_;
    std::filesystem::path user_folder_;
};

} // namespace engine::config
