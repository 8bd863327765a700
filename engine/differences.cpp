#include "engine/differences.hpp"

#include <map>

namespace engine {

namespace {

/// What has to be set: the expression where there is one.
core::Value as_written(const config::Adjustable& row)
{
    return row.expression.empty() ? row.value : core::Value(row.expression);
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
    return out;
}

} // namespace engine
