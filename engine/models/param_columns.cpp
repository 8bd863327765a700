#include "engine/models/param_columns.hpp"

namespace engine::models {

Column ParamColumns::number(std::string_view name) { return nullable(name, 0.0); }

Column ParamColumns::nullable(std::string_view name, double none)
{
    Column column;
    if (const auto each = table_.per_neuron.find(name); each != table_.per_neuron.end()) {
        column.each_ = &each->second;
        uniform_ = false;
        return column;
    }
    const core::Value& value = table_.common.find(name)->second;
    column.common_ = std::holds_alternative<double>(value) ? std::get<double>(value) : none;
    return column;
}

bool ParamColumns::flag(std::string_view name) const
{
    return std::get<bool>(table_.common.find(name)->second);
}

const std::string& ParamColumns::choice(std::string_view name) const
{
    return std::get<std::string>(table_.common.find(name)->second);
}

const std::vector<double>& ParamColumns::list(std::string_view name) const
{
    return std::get<std::vector<double>>(table_.common.find(name)->second);
}

Column init_column(const InitTable& init, std::string_view name, const Column& missing)
{
    if (const auto each = init.per_neuron.find(name); each != init.per_neuron.end()) {
        Column column;
        column.each_ = &each->second;
        return column;
    }
    const auto common = init.common.find(name);
    return common == init.common.end() ? missing : Column(common->second);
}

} // namespace engine::models
