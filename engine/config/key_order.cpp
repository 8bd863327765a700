#include "engine/config/key_order.hpp"

#include <map>

namespace engine::config {

const std::vector<std::string>& keys_of(Section section)
{
    static const std::map<Section, std::vector<std::string>> keys {
        {Section::preset,
            {"$schema", "format", "version", "id", "title", "family", "summary", "expect", "source",
                "tags", "variables", "simulation", "populations", "projections", "stimuli",
                "events", "record", "view", "checks"}},
        {Section::variable, {"value", "min", "max", "label", "unit", "scale"}},
        {Section::simulation, {"dt", "duration", "seed", "speed", "at_end"}},
        {Section::population,
            {"name", "label", "size", "model", "random", "params", "init", "color"}},
        {Section::projection, {"label", "source", "target", "rule", "weight", "delay", "port"}},
        {Section::record, {"traces", "spikes", "warmup"}},
        {Section::trace, {"population", "neurons", "variables", "interval"}},
        {Section::view, {"panels", "window_ms", "layout", "raster"}},
        {Section::panel, {"title", "population", "variables", "unit", "range"}},
        {Section::raster, {"max_neurons"}},
        {Section::check,
            {"quantity", "population", "neuron", "from", "to", "min", "max", "equals", "unit"}},
        {Section::event, {"at", "set", "value"}},
        {Section::draw,
            {"uniform", "normal", "lognormal", "exponential", "values", "min", "max", "scale"}},
    };
    return keys.at(section);
}

} // namespace engine::config
