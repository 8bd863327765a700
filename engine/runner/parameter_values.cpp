#include "engine/runner/parameter_values.hpp"

#include "engine/differences.hpp"

#include <algorithm>
#include <utility>

namespace engine::runner {

Values values_to_restore(
    const config::PresetDocument& present, const config::PresetDocument& wanted)
{
    Values out;
    for (Difference& difference : differences(present, wanted)) {
        out.emplace_back(std::move(difference.path), std::move(difference.preset));
    }
    return out;
}

bool only_states(const Values& values)
{
    return std::all_of(values.begin(), values.end(),
        [](const auto& value) { return config::PresetDocument::names_state(value.first); });
}

} // namespace engine::runner
