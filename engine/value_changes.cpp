#include "engine/value_changes.hpp"

#include "engine/config/whole_values.hpp"

#include <algorithm>

namespace engine {

SortedValues sorted(const Values& values)
{
    SortedValues out;
    for (const auto& value : values) {
        const bool state = config::PresetDocument::names_state(value.first);
        (state ? out.of_states : out.of_preset).push_back(value);
    }
    return out;
}

config::SetResult with_values(const config::PresetDocument& document, const Values& values)
{
    config::SetResult out {document, {}};
    for (const auto& [path, value] : values) {
        out = out.document->set(path, value);
        if (!out.document) {
            break;
        }
    }
    return out;
}

core::Diagnostics read_states(const config::PresetDocument& document, const Values& states,
    std::vector<config::StateChange>& changes)
{
    for (const auto& [path, value] : states) {
        config::StateChangeResult result = document.state_change(path, value);
        if (!result.change) {
            return result.errors;
        }
        changes.push_back(std::move(*result.change));
    }
    return {};
}

namespace {

bool is_events(const std::pair<std::string, core::Value>& value)
{
    return value.first == config::events_path;
}

} // namespace

bool names_events(const Values& values)
{
    return std::any_of(values.begin(), values.end(), is_events);
}

Values without_events(Values values)
{
    values.erase(std::remove_if(values.begin(), values.end(), is_events), values.end());
    return values;
}

std::vector<config::Event> planned_events(const std::vector<config::Event>& before,
    std::size_t acted, const std::vector<config::Event>& wanted, const core::TimeGrid& grid,
    core::Step now)
{
    const auto end = before.begin() + static_cast<std::ptrdiff_t>(acted);
    std::vector<config::Event> events(before.begin(), end);
    for (const config::Event& event : wanted) {
        const bool done = std::find(before.begin(), end, event) != end;
        if (grid.steps(event.at_ms) >= now && !done) {
            events.push_back(event);
        }
    }
    return events;
}

} // namespace engine
