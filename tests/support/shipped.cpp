#include "tests/support/shipped.hpp"

#include <numeric>

namespace test_support {

using engine::config::PresetDocument;
using engine::config::PresetLibrary;

namespace {

const PresetLibrary& library()
{
    static const PresetLibrary shipped_ones(SPIKESCOPE_PROGRAM, {});
    return shipped_ones;
}

} // namespace

std::vector<std::string> shipped_ids()
{
    std::vector<std::string> ids;
    for (const engine::config::LibraryEntry& entry : library().entries()) {
        ids.push_back(entry.info.id);
    }
    return ids;
}

PresetDocument shipped(const std::string& id)
{
    engine::config::LoadResult result = library().open(id);
    if (!result.document) {
        throw engine::core::InputError(std::move(result.diagnostics));
    }
    return *result.document;
}

PresetDocument shipped(const std::string& id, int seed)
{
    return *shipped(id).set("simulation/seed", static_cast<double>(seed)).document;
}

bool is_network(const PresetDocument& document)
{
    const auto& populations = document.experiment().populations;
    return std::accumulate(populations.begin(), populations.end(), std::size_t {0},
               [](std::size_t sum, const auto& population) { return sum + population.size; })
        > 1;
}

} // namespace test_support
