#include "engine/config/stimulus_edit.hpp"

#include "engine/config/adjustable_rows.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/stimulus_changes.hpp"
#include "engine/config/value_json.hpp"

#include <map>
#include <utility>

namespace engine::config {

namespace {

/// What stands there as it is written; nothing where it is the default.
std::optional<core::Value> written_value(const Json* written)
{
    return written == nullptr ? std::nullopt : to_value(*written, {});
}

/// The variable that an expression consists of; empty where it is another expression.
std::string only_variable(const PresetDocument& document, const Json* written)
{
    if (written == nullptr || !written->is_string()) {
        return {};
    }
    std::string name = written->as_string();
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    const auto found = find_path(document.tree(), document.experiment(), name);
    return found.path && found.path->variable && name.find('/') == std::string::npos
        ? name
        : std::string();
}

/// A value and where it stands.
struct Wanted {
    std::string path;
    TreePath place;
    const Json* written = nullptr;
    core::Value value;
};

/// Gathers values; what is changed together is the whole stimulus.
class Gathered {
public:
    explicit Gathered(const PresetDocument& document)
        : document_(document)
    {
    }

    bool add(const std::string& path, const core::Value& value)
    {
        auto found = find_path(document_.tree(), document_.experiment(), path);
        if (!found.path) {
            edit_.errors = std::move(found.errors);
            return false;
        }
        const Json* written = find_value(document_.tree(), *found.path);
        const bool is_number = std::holds_alternative<double>(value);
        const std::string variable = is_number ? only_variable(document_, written) : std::string();
        if (!variable.empty()) {
            variables_.insert_or_assign(variable, value);
            return true;
        }
        if (is_number && written != nullptr && written->is_string()) {
            edit_.notes.push_back("\"" + written->as_string() + "\" is replaced by a number");
        }
        const std::string stimulus = found.path->steps.size() > 2 ? found.path->steps[1] : "";
        wanted_[stimulus].push_back({path, std::move(*found.path), written, value});
        return true;
    }

    StimulusEdit edit()
    {
        if (!edit_.errors.empty()) {
            return std::move(edit_);
        }
        for (const auto& [name, value] : variables_) {
            edit_.changes.push_back({name, *document_.value(name), value});
        }
        for (const auto& [stimulus, values] : wanted_) {
            const auto before = written_value(values.front().written);
            if (values.size() == 1 && before) {
                edit_.changes.push_back({values.front().path, *before, values.front().value});
            } else if (!add_together(values)) {
                return std::move(edit_);
            }
        }
        StimulusEdit made = applied(document_, std::move(edit_.changes));
        made.notes = std::move(edit_.notes);
        return made;
    }

private:
    /// Also a value that the file leaves out: taken back, it is missing again.
    bool add_together(const std::vector<Wanted>& values)
    {
        Json tree = document_.tree();
        for (const Wanted& wanted : values) {
            PathResult changed
                = with_value(tree, document_.experiment(), wanted.path, to_json(wanted.value));
            if (!changed.tree) {
                edit_.errors = std::move(changed.errors);
                edit_.changes.clear();
                return false;
            }
            tree = std::move(*changed.tree);
        }
        const std::string& index = values.front().place.steps[1];
        const std::string path = "stimuli/" + index;
        TreePath whole;
        whole.steps = {"stimuli", index};
        edit_.changes.push_back({path, to_text(*find_value(document_.tree(), whole)),
            to_text(*find_value(tree, whole))});
        return true;
    }

    const PresetDocument& document_;
    StimulusEdit edit_;
    std::map<std::string, core::Value> variables_;
    std::map<std::string, std::vector<Wanted>> wanted_; ///< by stimulus
};

std::vector<Json> items_of(const Json& list)
{
    std::vector<Json> items;
    for (std::size_t i = 0; i < list.size(); ++i) {
        items.push_back(list.at(i));
    }
    return items;
}

/// The key that holds a value for each time.
const char* values_key(const Json& stimulus)
{
    const Json* type = stimulus.find("type");
    const std::string name = type == nullptr ? std::string() : type->as_string();
    return name == "step_current" ? "amplitudes" : name == "pulses" ? "amplitude" : "weights";
}

StimulusEdit without_times(const std::string& path)
{
    StimulusEdit edit;
    edit.errors.push_back(
        path_problem(path, "has no list of times", "steps, pulses and trains have one"));
    return edit;
}

} // namespace

StimulusEdit applied(const PresetDocument& document, std::vector<ValueChange> changes)
{
    StimulusEdit edit;
    SetResult result {document, {}};
    for (const ValueChange& change : changes) {
        result = result.document->set(change.path, change.after);
        if (!result.document) {
            edit.errors = std::move(result.diagnostics);
            return edit;
        }
    }
    edit.changes = std::move(changes);
    edit.document = std::move(result.document);
    return edit;
}

StimulusEdit with_stimulus(const PresetDocument& document, std::size_t index, const Json& stimulus)
{
    // By its place: a new label would change the path on the way back.
    const std::string path = "stimuli/" + std::to_string(index);
    return applied(document, {{path, *document.value(path), to_text(stimulus)}});
}

const Json* stimulus_at(const PresetDocument& document, std::size_t index)
{
    return item_of(document.tree().find("stimuli"), index);
}

StimulusEdit no_stimulus(std::size_t index)
{
    StimulusEdit edit;
    edit.errors.push_back(
        path_problem("stimuli/" + std::to_string(index), "there is no such stimulus", ""));
    return edit;
}

StimulusEdit set_numbers(
    const PresetDocument& document, const std::vector<std::pair<std::string, double>>& values)
{
    Gathered gathered(document);
    for (const auto& [path, value] : values) {
        if (!gathered.add(path, value)) {
            break;
        }
    }
    return gathered.edit();
}

StimulusEdit set_value(
    const PresetDocument& document, const std::string& path, const core::Value& value)
{
    Gathered gathered(document);
    gathered.add(path, value);
    return gathered.edit();
}

StimulusEdit insert_time(const PresetDocument& document, std::size_t index, double at_ms)
{
    const Json* stimulus = stimulus_at(document, index);
    const Json* times = member_of(stimulus, "times");
    if (times == nullptr) {
        return without_times("stimuli/" + std::to_string(index));
    }
    const std::string path = "stimuli/" + std::to_string(index);
    const auto present = document.value(path + "/times");
    const auto* list = present ? std::get_if<std::vector<double>>(&*present) : nullptr;
    std::size_t place = 0;
    while (list != nullptr && place < list->size() && (*list)[place] < at_ms) {
        ++place;
    }
    const auto at = static_cast<std::ptrdiff_t>(place);
    std::vector<Json> items = items_of(*times);
    items.insert(items.begin() + at, Json::number(at_ms));
    const std::vector<std::string> order = stimulus_order(stimulus->find("type")->as_string());
    Json changed = with_member(*stimulus, "times", Json::array(std::move(items)), order);
    const std::string key = values_key(*stimulus);
    if (const Json* values = stimulus->find(key); values != nullptr && values->is_array()) {
        std::vector<Json> all = items_of(*values);
        const bool steps = key == "amplitudes";
        Json value = Json::number(1.0);
        if (steps) {
            value = step_after(document, index, place);
        } else if (!all.empty()) {
            value = all[place < all.size() ? place : place - 1];
        }
        all.insert(all.begin() + at, std::move(value));
        changed = with_member(changed, key, Json::array(std::move(all)), order);
    }
    return with_stimulus(document, index, changed);
}

StimulusEdit remove_time(const PresetDocument& document, std::size_t index, std::size_t n)
{
    const Json* stimulus = stimulus_at(document, index);
    const Json* times = member_of(stimulus, "times");
    const std::string path = "stimuli/" + std::to_string(index);
    if (times == nullptr) {
        return without_times(path);
    }
    if (n >= times->size()) {
        StimulusEdit edit;
        edit.errors.push_back(path_problem(path + "/times", "there is no item " + std::to_string(n),
            "there are " + std::to_string(times->size())));
        return edit;
    }
    Json changed = *stimulus;
    const std::string values = values_key(*stimulus);
    for (const std::string& key : {std::string("times"), values}) {
        const Json* list = stimulus->find(key);
        if (list != nullptr && list->is_array()) {
            std::vector<Json> items = items_of(*list);
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(n));
            changed = changed.with_item(*changed.index_of(key), Json::array(std::move(items)));
        }
    }
    return with_stimulus(document, index, changed);
}

StimulusEdit set_one_for_each(
    const PresetDocument& document, std::size_t index, const std::string& key, bool each)
{
    const Json* stimulus = stimulus_at(document, index);
    const Json* value = member_of(stimulus, key);
    const Json* times = member_of(stimulus, "times");
    const std::string path = "stimuli/" + std::to_string(index);
    if (value == nullptr || times == nullptr || key == "times" || key == "amplitudes") {
        StimulusEdit edit;
        edit.errors.push_back(
            path_problem(path + "/" + key, "is not one value for several times", ""));
        return edit;
    }
    if (value->is_array() == each) {
        return applied(document, {});
    }
    Json changed;
    if (each) {
        changed = Json::array(std::vector<Json>(times->size(), *value));
    } else {
        changed = value->size() > 0 ? value->at(0) : Json::number(0.0);
    }
    return with_stimulus(
        document, index, stimulus->with_item(*stimulus->index_of(key), std::move(changed)));
}

} // namespace engine::config
