#include "engine/runner/parameter_values.hpp"

#include <map>
#include <utility>

namespace engine::runner {

namespace {

/// What has to be set: the expression where there is one.
core::Value as_written(const config::Adjustable& row)
{
    return row.expression.empty() ? row.value : core::Value(row.expression);
}

} // namespace

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
    return out;
}

Values values_to_restore(
    const config::PresetDocument& present, const config::PresetDocument& wanted)
{
    Values out;
    for (Difference& difference : differences(present, wanted)) {
        out.emplace_back(std::move(difference.path), std::move(difference.preset));
    }
    return out;
}

} // namespace engine::runner
