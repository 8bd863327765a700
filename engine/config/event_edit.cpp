#include "engine/config/event_edit.hpp"

#include "engine/config/json.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/stimulus_changes.hpp"
#include "engine/config/value_json.hpp"
#include "engine/config/whole_values.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace engine::config {

namespace {

using Items = std::vector<Json>;

double time_of(const Json& item)
{
    const Json* at = item.find("at");
    return at != nullptr ? at->as_number() : 0.0;
}

void sort(Items& items)
{
    std::stable_sort(items.begin(), items.end(),
        [](const Json& x, const Json& y) { return time_of(x) < time_of(y); });
}

/// The events as written, in the order of their times.
Items items_of(const PresetDocument& document)
{
    const auto written = [](const PresetDocument& from) {
        Items items;
        const Json* list = from.tree().find(events_path);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            items.push_back(list->at(i));
        }
        return items;
    };
    Items items = written(document);
    const bool numbers = std::all_of(
        items.begin(), items.end(), [](const Json& item) { return item.find("at")->is_number(); });
    if (!numbers) { // a time that is computed: the numbers take its place
        return written(document.with_events(document.experiment().events));
    }
    sort(items);
    return items;
}

Json written(Json item, const Event& event)
{
    const std::vector<std::string>& order = keys_of(Section::event);
    item = with_member(item, "at", Json::number(event.at_ms), order);
    item = with_member(item, "set", Json::string(event.path), order);
    return with_member(item, "value", json_at(event.path, event.value), order);
}

StimulusEdit with_items(const PresetDocument& document, Items items)
{
    sort(items);
    const std::string path(events_path);
    core::Value after = items.empty() ? core::Value {} : to_text(Json::array(std::move(items)));
    core::Value before = document.value(path).value_or(core::Value {});
    if (before == after) {
        StimulusEdit same;
        same.document = document;
        return same;
    }
    return applied(document, {{path, std::move(before), std::move(after)}});
}

StimulusEdit refused(std::string found, std::string expected)
{
    StimulusEdit edit;
    edit.errors.push_back(path_problem(events_path, std::move(found), std::move(expected)));
    return edit;
}

/// The list with one more, or with one replaced.
StimulusEdit with_event(
    const PresetDocument& document, std::size_t index, Items items, const Event& event)
{
    if (!std::isfinite(event.at_ms) || !is_finite(event.value)) {
        return refused("is not finite", "must be a finite number");
    }
    items[index] = written(items[index], event);
    return with_items(document, std::move(items));
}

} // namespace

StimulusEdit add_event(const PresetDocument& document, const Event& event)
{
    Items items = items_of(document);
    items.push_back(Json::object({}));
    const std::size_t last = items.size() - 1;
    return with_event(document, last, std::move(items), event);
}

StimulusEdit change_event(const PresetDocument& document, std::size_t index, const Event& event)
{
    Items items = items_of(document);
    return index < items.size() ? with_event(document, index, std::move(items), event)
                                : refused("there is no event " + std::to_string(index), {});
}

StimulusEdit remove_event(const PresetDocument& document, std::size_t index)
{
    Items items = items_of(document);
    if (index >= items.size()) {
        return refused("there is no event " + std::to_string(index), {});
    }
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
    return with_items(document, std::move(items));
}

} // namespace engine::config
