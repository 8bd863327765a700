#include "engine/config/gallery.hpp"

#include "engine/config/files.hpp"
#include "engine/config/json.hpp"
#include "engine/config/reader.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

namespace engine::config {

namespace fs = std::filesystem;

namespace {

constexpr const char* file_name = "galleries.json";
constexpr std::uint64_t largest_file = 1U << 20U;
constexpr std::uint64_t most_columns = 12;

void read_step(Reader& reader, const Place& at, Gallery& gallery)
{
    if (!reader.is_object(at, "expected an object with amplitude, onset, width and duration")) {
        return;
    }
    reader.check_keys(at, {"amplitude", "onset", "width", "duration", "shared"});
    CurrentStep& step = gallery.step;
    step.amplitude = reader.number_or(at, "amplitude", step.amplitude);
    step.onset_ms = reader.number_or(at, "onset", step.onset_ms, at_least(0.0));
    step.width_ms = reader.number_or(at, "width", step.width_ms, above(0.0));
    step.duration_ms = reader.number_or(at, "duration", step.duration_ms, above(0.0));
    gallery.shared = reader.flag_or(at, "shared", false);
}

void read_presets(Reader& reader, const Place& object, Gallery& gallery)
{
    const Place list = Reader::member(object, "presets");
    if (!list) {
        return reader.missing(object, "presets", "expected a list of ids of presets");
    }
    if (!reader.is_list(list, "expected a list of ids of presets")) {
        return;
    }
    for (std::size_t i = 0; i < list.json->size(); ++i) {
        if (auto id = reader.text(Reader::item(list, i))) {
            gallery.presets.push_back(std::move(*id));
        }
    }
    if (list.json->size() == 0) {
        reader.error(list, "is empty", "expected at least one id of a preset");
    }
}

Gallery read_gallery(Reader& reader, const Place& at)
{
    Gallery gallery;
    if (!reader.is_object(at, "expected an object with id, title and presets")) {
        return gallery;
    }
    reader.check_keys(at, {"id", "title", "summary", "columns", "lettered", "presets", "step"});
    gallery.id = reader.required_text(at, "id", "expected a name of its own").value_or("");
    gallery.title = reader.required_text(at, "title", "expected a text").value_or("");
    gallery.summary = reader.text_or_empty(at, "summary");
    if (const Place columns = Reader::member(at, "columns")) {
        gallery.columns = static_cast<int>(reader.whole(columns, 1, most_columns).value_or(0));
    }
    gallery.lettered = reader.flag_or(at, "lettered", false);
    read_presets(reader, at, gallery);
    if (const Place step = Reader::member(at, "step")) {
        read_step(reader, step, gallery);
    }
    return gallery;
}

std::vector<Gallery> read(const std::string& text, const std::string& name, core::Diagnostics& out)
{
    const TextPositions positions(text);
    const std::size_t before = out.size();
    const auto tree = parse_json(text, positions, out);
    for (std::size_t i = before; i < out.size(); ++i) {
        out[i].file = name;
    }
    std::vector<Gallery> galleries;
    if (!tree) {
        return galleries;
    }
    Reader reader(out, name, &positions);
    Place root;
    root.json = &*tree;
    if (!reader.is_object(root, "expected an object with format, version and galleries")) {
        return galleries;
    }
    reader.check_keys(root, {"format", "version", "galleries"});
    if (const Place format = Reader::member(root, "format")) {
        reader.choice(format, {"spikescope-galleries"}, "format");
    } else {
        reader.missing(root, "format", "expected \"spikescope-galleries\"");
    }
    if (const Place version = Reader::member(root, "version")) {
        reader.whole(version, 1, 1);
    } else {
        reader.missing(root, "version", "expected 1");
    }
    const Place list = Reader::member(root, "galleries");
    if (!list) {
        reader.missing(root, "galleries", "expected a list of galleries");
        return galleries;
    }
    if (!reader.is_list(list, "expected a list of galleries")) {
        return galleries;
    }
    for (std::size_t i = 0; i < list.json->size(); ++i) {
        const std::size_t errors = reader.errors();
        Gallery gallery = read_gallery(reader, Reader::item(list, i));
        if (reader.errors() == errors) {
            galleries.push_back(std::move(gallery));
        }
    }
    return galleries;
}

/// Those of the families and of the person's own folders, in the order of the entries.
std::vector<Gallery> gathered(const PresetLibrary& library)
{
    std::vector<Gallery> out;
    std::map<std::string, std::size_t> places;
    const auto add = [&](const std::string& id, const std::string& title, std::string preset) {
        const auto [place, added] = places.emplace(id, out.size());
        if (added) {
            out.emplace_back();
            out.back().id = id;
            out.back().title = title;
        }
        out[place->second].presets.push_back(std::move(preset));
    };
    for (const LibraryEntry& entry : library.entries()) {
        if (entry.shipped) {
            const std::string& family = entry.info.family;
            add(family_gallery_id(family), family, entry.info.id);
            continue;
        }
        add(own_gallery_id, "My presets", entry.file.string());
        std::error_code error;
        const fs::path folder = entry.file.parent_path();
        if (!fs::equivalent(folder, library.user_folder(), error)) {
            const std::string name = folder.filename().string();
            add(std::string(own_gallery_id) + ":" + name, "My presets: " + name,
                entry.file.string());
        }
    }
    out.erase(std::remove_if(out.begin(), out.end(),
                  [](const Gallery& g) {
                      return g.presets.size() < 2 && g.id.rfind(own_gallery_id, 0) != 0;
                  }),
        out.end());
    return out;
}

} // namespace

std::string family_gallery_id(const std::string& family) { return "family:" + family; }

std::vector<Gallery> read_galleries(const fs::path& file, core::Diagnostics& diagnostics)
{
    try {
        return read(read_text_file(file, largest_file), file.string(), diagnostics);
    } catch (const core::RunError& error) {
        core::Diagnostic diagnostic;
        diagnostic.file = file.string();
        diagnostic.found = error.what();
        diagnostic.expected = "expected a list of galleries: a JSON file of at most 1 MiB";
        diagnostics.push_back(std::move(diagnostic));
        return {};
    }
}

std::vector<Gallery> galleries(const PresetLibrary& library, core::Diagnostics& diagnostics)
{
    std::vector<Gallery> out;
    if (!library.shipped_folder().empty()) {
        out = read_galleries(library.shipped_folder() / file_name, diagnostics);
    }
    for (Gallery& gallery : gathered(library)) {
        out.push_back(std::move(gallery));
    }
    return out;
}

bool fits_panel(const Experiment& experiment)
{
    std::size_t neurons = 0;
    for (const Population& population : experiment.populations) {
        neurons += population.size;
    }
    const Population& first = experiment.populations.front();
    const auto recordables = first.model->recordables(first.params);
    const bool voltage = std::any_of(recordables.begin(), recordables.end(),
        [](const models::RecordableSpec& r) { return r.name == "V_m"; });
    return voltage && neurons <= most_panel_neurons;
}

} // namespace engine::config
