#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/preset_library.hpp"
#include "engine/core/diagnostic.hpp"

#include <stdexcept>
#include <string>

namespace app::cli {

/// The arguments do not make sense together.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Text out of somebody's file must neither break the line nor steer the terminal.
std::string one_line(std::string text);
/// "spikescope: TEXT" on standard error, one line.
void complain(const std::string& text);
/// Every diagnostic on a line of its own, on standard error.
void print(const engine::core::Diagnostics& diagnostics);
/// Flushes standard output; complains and returns false where it was not taken.
bool finish_output();

/// The presets of this installation and those of the person.
engine::config::PresetLibrary preset_library();
/// The same; throws core::RunError where this installation has no shipped presets.
engine::config::PresetLibrary shipped_library();
/// A preset by id or path. Throws core::InputError with everything that is wrong.
engine::config::PresetDocument open_preset(const std::string& id_or_path);

} // namespace app::cli
