#include "engine/core/diagnostic.hpp"

#include <algorithm>
#include <utility>

namespace engine::core {

std::string Diagnostic::text() const
{
    std::string out;
    if (!file.empty()) {
        out += file + ":";
        if (line > 0) {
            out += std::to_string(line) + ":" + std::to_string(column) + ":";
        }
        out += " ";
    } else if (line > 0) {
        out += "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
    }
    if (severity == Severity::warning) {
        out += "warning: ";
    } else if (severity == Severity::note) {
        out += "note: ";
    }
    if (!pointer.empty()) {
        out += pointer + ": ";
    }
    out += found;
    if (!expected.empty()) {
        out += "; " + expected;
    }
    if (!hint.empty()) {
        out += " (" + hint + ")";
    }
    return out;
}

bool has_errors(const Diagnostics& diagnostics)
{
    return std::any_of(diagnostics.begin(), diagnostics.end(),
        [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string text(const Diagnostics& diagnostics)
{
    std::string out;
    for (const Diagnostic& d : diagnostics) {
        out += d.text() + "\n";
    }
    return out;
}

InputError::InputError(Diagnostics diagnostics)
    : std::runtime_error(core::text(diagnostics))
    , diagnostics_(std::move(diagnostics))
{
}

} // namespace engine::core
