#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace engine::core {

enum class Severity { note, warning, error };

/// What is wrong, where, and what was expected: the one form in which the engine answers wrong
/// input.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string file; ///< path or name of the source; empty for a document without a file
    int line = 0; ///< from 1; 0 where unknown
    int column = 0; ///< from 1, in characters; 0 where unknown
    std::string pointer; ///< JSON pointer, such as /populations/0/params/tau_m
    std::string found; ///< what is there, such as "is -5"
    std::string expected; ///< what was expected, such as "must be > 0"
    std::string hint; ///< such as "did you mean tau_m?"

    /// One line: file:line:column: pointer: found; expected (hint).
    std::string text() const;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);

/// All texts, one a line.
std::string text(const Diagnostics& diagnostics);

/// Wrong input met where only an exception can carry it out; holds at least one error.
class InputError : public std::runtime_error {
public:
    explicit InputError(Diagnostics diagnostics);
    const Diagnostics& diagnostics() const { return diagnostics_; }

private:
    Diagnostics diagnostics_;
};

/// The run itself failed: a neuron ran away, memory or the disk ran out.
class RunError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Somebody asked for the work to stop.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace engine::core
