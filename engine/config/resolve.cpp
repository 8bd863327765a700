#include "engine/config/resolve.hpp"

#include "engine/config/preset_path.hpp"
#include "engine/config/resolution.hpp"
#include "engine/config/state_path.hpp"

#include <algorithm>
#include <utility>

namespace engine::config {

namespace {

constexpr std::size_t few_events = 32;

/// Applies the events one after the other, as a run does, and reports those that cannot be.
void check_events(Resolution& r, const Json& tree)
{
    Place root;
    root.json = &tree;
    const Place list = Reader::member(root, "events");
    Json present = tree.without("events");
    auto before = std::make_shared<const Experiment>(r.experiment);
    for (std::size_t i = 0; i < r.experiment.events.size(); ++i) {
        const Event& event = r.experiment.events[i];
        const Place at = Reader::item(list, r.event_places[i]);
        const Place set = Reader::member(at, "set");
        const Place value = Reader::member(at, "value");
        if (is_state_path(event.path)) {
            const StateChangeResult state
                = find_state_change(present, *before, event.path, *value.json);
            for (const core::Diagnostic& error : state.errors) {
                r.reader.error(
                    error.pointer.empty() ? value : set, error.found, error.expected, error.hint);
            }
            continue;
        }
        Json json = *value.json;
        PathResult changed = with_value(present, *before, event.path, std::move(json));
        if (!changed.tree) {
            for (core::Diagnostic& error : changed.errors) {
                r.reader.error(
                    set, std::move(error.found), std::move(error.expected), std::move(error.hint));
            }
            continue;
        }
        Resolved after = resolve(*changed.tree, r.files, {}, nullptr, EventCheck::form);
        if (core::has_errors(after.diagnostics)) {
            for (core::Diagnostic& error : after.diagnostics) {
                if (error.severity == core::Severity::error) {
                    const bool here = error.pointer == changed.pointer;
                    r.reader.error(value,
                        (here ? "" : "makes " + error.pointer + " wrong: ") + error.found,
                        std::move(error.expected), std::move(error.hint));
                }
            }
            continue;
        }
        const std::string reason = rebuild_reason(*before, *after.experiment);
        if (!reason.empty()) {
            r.reader.error(set, "needs a rebuild: " + reason,
                "an event changes what needs none while running");
            continue;
        }
        present = std::move(*changed.tree);
        before = after.experiment;
    }
}

} // namespace

Resolved resolve(const Json& tree, FileReferences& files, const std::string& name,
    const TextPositions* positions, EventCheck events)
{
    Resolved out;
    Reader reader(out.diagnostics, name, positions);
    Resolution r {reader, files};
    Place root;
    root.json = &tree;
    read_preset(r, root);
    const bool apply = events == EventCheck::apply
        || (events == EventCheck::apply_few && r.experiment.events.size() <= few_events);
    if (apply && reader.errors() == 0) {
        check_events(r, tree);
    }
    out.experiment = std::make_shared<const Experiment>(std::move(r.experiment));
    out.info = std::move(r.info);
    out.evaluated = reader.evaluated();
    return out;
}

} // namespace engine::config
