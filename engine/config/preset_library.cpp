#include "engine/config/preset_library.hpp"

#include "engine/config/nearest.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <tuple>

namespace engine::config {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

// Order of the shipped presets, one id a line; also the mark by which their folder is known.
constexpr const char* catalogue_name = "catalogue.txt";

fs::path find_shipped(const fs::path& program)
{
    std::error_code error;
    const fs::path resolved = fs::weakly_canonical(program, error);
    const fs::path folder = (error ? program : resolved).parent_path();
    for (const char* place : {"../../presets", "../share/spikescope/presets"}) {
        fs::path candidate = (folder / place).lexically_normal();
        if (fs::is_regular_file(candidate / catalogue_name, error)) {
            return candidate;
        }
    }
    return {};
}

std::vector<std::string> read_catalogue(const fs::path& folder)
{
    std::vector<std::string> ids;
    std::ifstream in(folder / catalogue_name);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) {
            ids.push_back(line);
        }
    }
    return ids;
}

std::string text_member(const json& object, const char* key)
{
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// The texts for people; nothing where the file is no preset. Everything else of the file is read
/// over without being kept: a preset may hold a list of millions of connections.
std::optional<PresetInfo> read_info(const fs::path& file)
{
    static constexpr const char* wanted[]
        = {"format", "id", "title", "family", "summary", "expect", "source", "tags"};
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return std::nullopt;
    }
    const auto keep = [](int depth, json::parse_event_t event, json& parsed) {
        return depth != 1 || event != json::parse_event_t::key
            || std::find(std::begin(wanted), std::end(wanted), parsed) != std::end(wanted);
    };
    const json root = json::parse(in, keep, false);
    if (!root.is_object() || text_member(root, "format") != "spikescope-preset") {
        return std::nullopt;
    }
    PresetInfo info;
    info.id = text_member(root, "id");
    info.title = text_member(root, "title");
    info.family = text_member(root, "family");
    info.summary = text_member(root, "summary");
    info.expect = text_member(root, "expect");
    info.source = text_member(root, "source");
    if (const auto tags = root.find("tags"); tags != root.end() && tags->is_array()) {
        for (const json& tag : *tags) {
            if (tag.is_string()) {
                info.tags.push_back(tag.get<std::string>());
            }
        }
    }
    return info;
}

/// The presets in a folder and the folders directly in it; unreadable ones are left out.
std::vector<LibraryEntry> scan(const fs::path& folder, bool shipped)
{
    std::vector<LibraryEntry> entries;
    std::error_code error;
    fs::recursive_directory_iterator it(
        folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (it.depth() >= 1) {
            it.disable_recursion_pending();
        }
        std::error_code unreadable;
        if (it->path().extension() != ".json" || !it->is_regular_file(unreadable)) {
            continue;
        }
        if (std::optional<PresetInfo> info = read_info(it->path())) {
            entries.push_back({std::move(*info), it->path(), shipped});
        }
    }
    return entries;
}

/// Place in the catalogue; what it does not name comes last.
std::size_t rank(const std::vector<std::string>& catalogue, const std::string& id)
{
    return static_cast<std::size_t>(
        std::find(catalogue.begin(), catalogue.end(), id) - catalogue.begin());
}

bool looks_like_path(const std::string& text)
{
    return text.find('/') != std::string::npos || fs::path(text).extension() == ".json";
}

} // namespace

PresetLibrary::PresetLibrary(const fs::path& program, fs::path user_folder)
    : shipped_folder_(find_shipped(program))
    , user_folder_(std::move(user_folder))
{
}

std::vector<LibraryEntry> PresetLibrary::entries() const
{
    std::vector<LibraryEntry> all;
    if (!shipped_folder_.empty()) {
        all = scan(shipped_folder_, true);
        const std::vector<std::string> catalogue = read_catalogue(shipped_folder_);
        // A family stands where its first preset of the catalogue stands.
        std::map<std::string, std::size_t> families;
        for (const LibraryEntry& entry : all) {
            const std::size_t place = rank(catalogue, entry.info.id);
            const auto [it, added] = families.emplace(entry.info.family, place);
            it->second = std::min(it->second, place);
        }
        const auto key = [&](const LibraryEntry& entry) {
            return std::make_tuple(families.at(entry.info.family), entry.info.family,
                rank(catalogue, entry.info.id), entry.info.title, entry.info.id);
        };
        std::sort(all.begin(), all.end(),
            [&](const LibraryEntry& x, const LibraryEntry& y) { return key(x) < key(y); });
    }
    if (!user_folder_.empty()) {
        std::vector<LibraryEntry> own = scan(user_folder_, false);
        std::sort(own.begin(), own.end(), [](const LibraryEntry& x, const LibraryEntry& y) {
            return std::tie(x.info.title, x.file) < std::tie(y.info.title, y.file);
        });
        std::move(own.begin(), own.end(), std::back_inserter(all));
    }
    return all;
}

std::vector<std::string> PresetLibrary::shipped_ids() const
{
    std::vector<std::string> ids;
    for (const LibraryEntry& entry : entries()) {
        if (entry.shipped) {
            ids.push_back(entry.info.id);
        }
    }
    if (!shipped_folder_.empty()) {
        for (std::string& id : read_catalogue(shipped_folder_)) {
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
                ids.push_back(std::move(id));
            }
        }
    }
    return ids;
}

LoadResult PresetLibrary::open(const std::string& id_or_path) const
{
    std::error_code error;
    std::vector<std::string> ids;
    if (!looks_like_path(id_or_path)) {
        // An id wins over a file of the same name in the working folder, which "./name" still
        // means.
        if (!shipped_folder_.empty()) {
            for (const LibraryEntry& entry : scan(shipped_folder_, true)) {
                if (entry.info.id == id_or_path) {
                    return PresetDocument::load(entry.file);
                }
                ids.push_back(entry.info.id);
            }
        }
    }
    const fs::path path(id_or_path);
    if (looks_like_path(id_or_path) || fs::exists(path, error)) {
        return PresetDocument::load(path);
    }
    LoadResult result;
    core::Diagnostic diagnostic;
    diagnostic.found = in_quotes(id_or_path) + " is neither a shipped preset nor a file";
    diagnostic.expected = ids.empty()
        ? "no shipped presets were found beside the program"
        : "expected an id of the list of presets or the path of a preset file";
    diagnostic.hint = did_you_mean(id_or_path, ids);
    result.diagnostics.push_back(std::move(diagnostic));
    return result;
}

} // namespace engine::config
