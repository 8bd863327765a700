#pragma once

#include <string>

namespace app::cli {

/// All models, or the description of one: parameters, ports, recordables.
int models_command(const std::string& name, bool json);

} // namespace app::cli
