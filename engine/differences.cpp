#include "engine/differences.hpp"

#include "engine/config/whole_values.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace engine {

namespace {

/// What has to be set: the expression where there is one.
core::Value as_written(const config::Adjustable& row)
{
    return row.expression.empty() ? row.value : core::Value(row.expression);
}

const std::string stimuli_path = "stimuli";

/// Stimuli that have come or gone or differ in what has no row: all of them as one value, instead
/// of the rows of single ones.
void add_stimuli(const config::PresetDocument& present, const config::PresetDocument& preset,
    std::vector<Difference>& out)
{
    const core::Value before = preset.value(stimuli_path).value_or(core::Value {});
    const core::Value after = present.value(stimuli_path).value_or(core::Value {});
    if (before == after) {
        return;
    }
    config::PresetDocument restored = present;
    for (const Difference& difference : out) {
        if (const auto set = restored.set(difference.path, difference.preset); set.document) {
            restored = *set.document;
        }
    }
    if (restored.experiment().stimuli == preset.experiment().stimuli) {
        return;
    }
    out.erase(std::remove_if(out.begin(), out.end(),
                  [](const Difference& difference) {
                      return difference.path.compare(0, stimuli_path.size() + 1, "stimuli/") == 0;
                  }),
        out.end());
    out.push_back({stimuli_path, before, after});
}

} // namespace

std::vector<Difference> differences(
    const config::PresetDocument& present, const config::PresetDocument& preset)
{
    std::map<std::string, core::Value> have;
    for (const config::Adjustable& row : config::adjustables(present)) {
        have.emplace(row.path, as_written(row));
    }
    std::vector<Difference> out;
    for (const config::Adjustable& row : config::adjustables(preset)) {
        const auto found = have.find(row.path);
        if (row.path != "simulation/seed" && found != have.end()
            && found->second != as_written(row)) {
            out.push_back({row.path, as_written(row), found->second});
        }
    }
    add_stimuli(present, preset, out);
    if (present.experiment().events != preset.experiment().events) {
        const auto text = [](const config::PresetDocument& document) {
            return document.value(config::events_path).value_or(core::Value {});
        };
        out.push_back({std::string(config::events_path), text(preset), text(present)});
    }
    return out;
}

} // namespace engine
