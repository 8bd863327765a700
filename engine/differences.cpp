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

config::PresetDocument with_rows_restored(
    config::PresetDocument document, const std::vector<Difference>& rows)
{
    for (const Difference& row : rows) {
        if (const auto set = document.set(row.path, row.preset); set.document) {
            document = *set.document;
        }
    }
    return document;
}

void remove_below(const std::string& path, std::vector<Difference>& out)
{
    out.erase(std::remove_if(out.begin(), out.end(),
                  [&](const Difference& difference) {
                      return difference.path.compare(0, path.size(), path) == 0;
                  }),
        out.end());
}

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
    const config::PresetDocument restored = with_rows_restored(present, out);
    if (restored.experiment().stimuli == preset.experiment().stimuli) {
        return;
    }
    remove_below(stimuli_path + "/", out);
    out.push_back({stimuli_path, before, after});
}

/// Projections that differ in what has no row, such as their rule: each as one value.
void add_projections(const config::PresetDocument& present, const config::PresetDocument& preset,
    std::vector<Difference>& out)
{
    const auto& now = present.experiment().projections;
    const auto& then = preset.experiment().projections;
    if (now == then || now.size() != then.size()) {
        return;
    }
    const config::PresetDocument restored = with_rows_restored(present, out);
    for (std::size_t p = 0; p < then.size(); ++p) {
        const std::string path = "projections/" + then[p].key;
        const auto before = preset.value(path);
        const auto after = present.value(path);
        if (restored.experiment().projections[p] == then[p] || !before || !after) {
            continue;
        }
        remove_below(path + "/", out);
        out.push_back({path, *before, *after});
    }
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
    add_projections(present, preset, out);
    if (present.experiment().events != preset.experiment().events) {
        const auto text = [](const config::PresetDocument& document) {
            return document.value(config::events_path).value_or(core::Value {});
        };
        out.push_back({std::string(config::events_path), text(preset), text(present)});
    }
    return out;
}

} // namespace engine
