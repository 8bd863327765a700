#include "engine/config/preset_document.hpp"

#include "engine/config/expression.hpp"
#include "engine/config/files.hpp"
#include "engine/config/fill_defaults.hpp"
#include "engine/config/json.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/resolve.hpp"
#include "engine/config/state_path.hpp"
#include "engine/config/value_json.hpp"
#include "engine/config/whole_values.hpp"
#include "engine/config/with_tree.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

namespace engine::config {

struct PresetDocument::Data {
    Json tree;
    std::string name;
    std::shared_ptr<FileReferences> files;
    Resolved resolved; ///< without errors: what diagnostics there are are warnings

    /// The tree with defaults, made when first asked for.
    const Json& filled() const
    {
        std::call_once(
            filled_once, [&] { filled_tree = fill_defaults(tree, *resolved.experiment); });
        return filled_tree;
    }

    mutable std::once_flag filled_once; // SAFETY: guards filled_tree
    mutable Json filled_tree;
};

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

} // namespace

/// What the document's own functions share.
class DocumentMaker {
public:
    using Data = PresetDocument::Data;

    static PresetDocument make(
        Json tree, std::string name, std::shared_ptr<FileReferences> files, Resolved resolved)
    {
        auto data = std::make_shared<Data>();
        data->tree = std::move(tree);
        data->name = std::move(name);
        data->files = std::move(files);
        data->resolved = std::move(resolved);
        return PresetDocument(std::move(data));
    }

    static SetResult set(const Data& data, std::string_view path, Json value)
    {
        SetResult out;
        const Experiment& experiment = *data.resolved.experiment;
        PathResult changed
            = with_value(data.tree, experiment, path, computed(data, path, std::move(value)));
        if (!changed.tree) {
            out.diagnostics = std::move(changed.errors);
            return out;
        }
        Resolved resolved = resolve(*changed.tree, *data.files, {}, nullptr, EventCheck::apply_few);
        for (core::Diagnostic& diagnostic : resolved.diagnostics) {
            // People know the path that they gave, not the place in the file.
            if (diagnostic.pointer.compare(0, changed.pointer.size(), changed.pointer) == 0) {
                diagnostic.pointer
                    = std::string(path) + diagnostic.pointer.substr(changed.pointer.size());
            }
        }
        out.diagnostics = resolved.diagnostics;
        if (!core::has_errors(out.diagnostics)) {
            out.document
                = make(std::move(*changed.tree), data.name, data.files, std::move(resolved));
        }
        return out;
    }

    static PresetDocument with_tree(const PresetDocument& document, Json tree)
    {
        const Data& data = *document.data_;
        Resolved resolved = resolve(tree, *data.files, {}, nullptr, EventCheck::apply_few);
        if (core::has_errors(resolved.diagnostics)) {
            throw core::InputError(resolved.diagnostics);
        }
        return make(std::move(tree), data.name, data.files, std::move(resolved));
    }

private:
    /// The value of a variable is a literal number in the file; an expression given for it is
    /// evaluated now.
    static Json computed(const Data& data, std::string_view path, Json value)
    {
        const auto found = find_path(data.tree, *data.resolved.experiment, path);
        if (!value.is_string() || !found.path || !found.path->variable) {
            return value;
        }
        const auto compiled = Expression::compile(value.as_string(), {});
        if (!compiled.expression) {
            return value;
        }
        const double x = compiled.expression->evaluate(nullptr);
        return std::isfinite(x) ? Json::number(x) : value;
    }
};

PresetDocument::PresetDocument(std::shared_ptr<const Data> data)
    : data_(std::move(data))
{
}

LoadResult PresetDocument::parse(
    std::string_view text, std::string name, std::filesystem::path folder)
{
    LoadResult out;
    if (text.size() > largest_preset) {
        core::Diagnostic diagnostic;
        diagnostic.file = name;
        diagnostic.found = "has more than 64 MiB";
        diagnostic.expected = "a preset has at most 64 MiB";
        out.diagnostics.push_back(std::move(diagnostic));
        return out;
    }
    const TextPositions positions(text);
    auto tree = parse_json(text, positions, out.diagnostics);
    for (core::Diagnostic& diagnostic : out.diagnostics) {
        diagnostic.file = name;
    }
    if (!tree) {
        return out;
    }
    auto files = std::make_shared<FileReferences>(std::move(folder));
    Resolved resolved = resolve(*tree, *files, name, &positions, EventCheck::apply);
    out.diagnostics.insert(
        out.diagnostics.end(), resolved.diagnostics.begin(), resolved.diagnostics.end());
    if (!core::has_errors(out.diagnostics)) {
        out.document = DocumentMaker::make(
            std::move(*tree), std::move(name), std::move(files), std::move(resolved));
    }
    return out;
}

LoadResult PresetDocument::load(const std::filesystem::path& file)
{
    try {
        const std::filesystem::path folder
            = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
        return parse(read_text_file(file, largest_preset), file.string(), folder);
    } catch (const core::RunError& error) {
        LoadResult out;
        core::Diagnostic diagnostic;
        diagnostic.file = file.string().substr(0, 500);
        diagnostic.found = error.what();
        diagnostic.expected = "expected a preset: a JSON file of at most 64 MiB";
        out.diagnostics.push_back(std::move(diagnostic));
        return out;
    }
}

const PresetInfo& PresetDocument::info() const { return data_->resolved.info; }

const Experiment& PresetDocument::experiment() const { return *data_->resolved.experiment; }

std::shared_ptr<const Experiment> PresetDocument::shared_experiment() const
{
    return data_->resolved.experiment;
}

const core::Diagnostics& PresetDocument::warnings() const { return data_->resolved.diagnostics; }

const Json& PresetDocument::tree() const { return data_->tree; }

std::string PresetDocument::text() const { return data_->tree.text(); }

std::string PresetDocument::filled_text() const { return data_->filled().text(); }

SetResult PresetDocument::set(std::string_view path, const core::Value& value) const
{
    if (!is_finite(value)) {
        return {std::nullopt, {path_problem(path, "is not finite", "must be a finite number")}};
    }
    return DocumentMaker::set(*data_, path, to_json(value));
}

StateChangeResult PresetDocument::state_change(
    std::string_view path, const core::Value& value) const
{
    if (!is_finite(value)) {
        return {std::nullopt, {path_problem(path, "is not finite", "must be a finite number")}};
    }
    StateChangeResult out
        = find_state_change(data_->tree, *data_->resolved.experiment, path, to_json(value));
    for (core::Diagnostic& error : out.errors) {
        error.pointer = std::string(path.substr(0, 200));
    }
    return out;
}

bool PresetDocument::names_state(std::string_view path) { return is_state_path(path); }

SetResult PresetDocument::set_text(std::string_view assignment) const
{
    const std::size_t sign = assignment.find('=');
    const std::string_view path = trimmed(assignment.substr(0, sign));
    if (sign == std::string_view::npos || path.empty()) {
        return {std::nullopt,
            {path_problem({}, in_quotes(assignment) + " sets nothing", "expected NAME=VALUE")}};
    }
    const std::string_view text = trimmed(assignment.substr(sign + 1));
    core::Diagnostics ignored;
    const auto json = parse_json(text, TextPositions(text), ignored);
    return DocumentMaker::set(
        *data_, path, json && ignored.empty() ? *json : Json::string(std::string(text)));
}

std::optional<core::Value> PresetDocument::value(std::string_view path) const
{
    const auto found = find_path(data_->tree, *data_->resolved.experiment, path);
    if (found.path && found.path->whole) {
        const Json* written = find_value(data_->tree, *found.path);
        return written == nullptr ? core::Value {} : to_text(*written);
    }
    const Json* json = found.path ? find_value(data_->filled(), *found.path) : nullptr;
    return json == nullptr ? std::nullopt : to_value(*json, data_->resolved.evaluated);
}

PresetDocument PresetDocument::with_events(const std::vector<Event>& events) const
{
    auto experiment = std::make_shared<Experiment>(*data_->resolved.experiment);
    experiment->events = events;
    std::stable_sort(experiment->events.begin(), experiment->events.end(),
        [](const Event& x, const Event& y) { return x.at_ms < y.at_ms; });
    std::vector<Json> items;
    for (Event& event : experiment->events) {
        Json value = json_at(event.path, event.value);
        const bool told = names_whole_value(event.path) && !value.is_string();
        if (told && std::holds_alternative<std::string>(event.value)) {
            event.value = to_text(value);
        }
        items.push_back(Json::object({{"at", Json::number(event.at_ms)},
            {"set", Json::string(event.path)}, {"value", std::move(value)}}));
    }
    Json tree = events.empty() ? data_->tree.without("events")
                               : with_member(data_->tree, "events", Json::array(std::move(items)),
                                   keys_of(Section::preset));
    Resolved resolved = data_->resolved;
    resolved.experiment = std::move(experiment);
    return DocumentMaker::make(std::move(tree), data_->name, data_->files, std::move(resolved));
}

PresetDocument PresetDocument::with_default_record() const
{
    Json tree = data_->tree.without("record");
    Resolved resolved = resolve(tree, *data_->files, {}, nullptr, EventCheck::form);
    return DocumentMaker::make(std::move(tree), data_->name, data_->files, std::move(resolved));
}

PresetDocument with_tree(const PresetDocument& document, Json tree)
{
    return DocumentMaker::with_tree(document, std::move(tree));
}

PresetDocument PresetDocument::with_info(const PresetInfo& info) const
{
    Json tree = data_->tree;
    const std::vector<std::string>& order = keys_of(Section::preset);
    const auto put = [&](const char* key, const std::string& text, bool required) {
        tree = text.empty() && !required ? tree.without(key)
                                         : with_member(tree, key, Json::string(text), order);
    };
    put("id", info.id, true);
    put("title", info.title, true);
    put("family", info.family, false);
    put("summary", info.summary, false);
    put("expect", info.expect, false);
    put("source", info.source, false);
    std::vector<Json> tags;
    for (const std::string& tag : info.tags) {
        tags.push_back(Json::string(tag));
    }
    tree = tags.empty() ? tree.without("tags")
                        : with_member(tree, "tags", Json::array(std::move(tags)), order);
    Resolved resolved = data_->resolved;
    resolved.info = info;
    return DocumentMaker::make(std::move(tree), data_->name, data_->files, std::move(resolved));
}

} // namespace engine::config
