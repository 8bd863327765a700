#pragma once

#include "engine/config/json.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/models/description.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engine::config {

/// Where a value stands: a link to the value around it, from which the JSON pointer is made when a
/// message needs it. Lives no longer than what it points to.
struct Place {
    const Place* up = nullptr;
    std::string_view key; ///< of a member
    std::size_t index = 0; ///< of an item
    bool is_item = false;
    const Json* json = nullptr; ///< nullptr: there is no such member

    explicit operator bool() const { return json != nullptr; }
    std::string pointer() const;
};

/// Reads typed values out of a JSON tree, evaluates expressions over the variables and collects
/// everything that is wrong. A reading function that returns nothing has added an error.
class Reader {
public:
    /// `positions` may be missing (a tree that was changed in memory): messages then have no lines.
    Reader(core::Diagnostics& diagnostics, std::string file, const TextPositions* positions);

    /// What expressions can name.
    const std::map<std::string, double>& variables() const { return variables_; }
    const std::vector<std::string>& variable_names() const { return variable_names_; }
    void add_variable(const std::string& name, double value);

    void error(
        const Place& at, std::string found, std::string expected = {}, std::string hint = {});
    void warning(const Place& at, std::string found, std::string expected = {});
    void missing(const Place& object, std::string_view key, std::string expected);
    void add(core::Diagnostic diagnostic);
    std::size_t errors() const { return errors_; }
    /// No more messages are taken: what only makes messages can be left out.
    bool full() const;

    static Place member(const Place& object, std::string_view key);
    static Place item(const Place& list, std::size_t index);
    /// The member at this place among the keys.
    static Place member_at(const Place& object, std::size_t index);

    bool is_object(const Place& at, std::string_view expected);
    bool is_list(const Place& at, std::string_view expected);
    /// Reports members that are not `allowed` and do not begin with x-.
    void check_keys(const Place& object, const std::vector<std::string>& allowed);
    static bool is_free_key(std::string_view key) { return key.substr(0, 2) == "x-"; }

    /// A number or an expression.
    std::optional<double> number(const Place& at, const models::Limits& limits = {});
    std::optional<double> literal_number(const Place& at);
    std::optional<std::uint64_t> whole(const Place& at, std::uint64_t least, std::uint64_t most);
    std::optional<bool> flag(const Place& at);
    std::optional<std::string> text(const Place& at);
    /// One of `choices`; `what` completes "unknown ...".
    std::optional<std::string> choice(
        const Place& at, const std::vector<std::string>& choices, std::string_view what);
    std::optional<std::vector<double>> numbers(const Place& at, const models::Limits& limits = {});

    // The same for a member of an object: a missing one gives the fallback, or an error.
    double number_or(const Place& object, std::string_view key, double fallback,
        const models::Limits& limits = {});
    std::optional<double> required_number(
        const Place& object, std::string_view key, const models::Limits& limits = {});
    bool flag_or(const Place& object, std::string_view key, bool fallback);
    std::string text_or_empty(const Place& object, std::string_view key);
    std::optional<std::string> required_text(
        const Place& object, std::string_view key, std::string expected);
    std::optional<std::vector<double>> required_numbers(
        const Place& object, std::string_view key, const models::Limits& limits = {});

    /// Whether x lies within the limits; else reports.
    bool within(const Place& at, double x, const models::Limits& limits);

    /// Compiles and evaluates an expression over the variables.
    std::optional<double> expression(const Place& at);
    /// Reports what is wrong with the text of an expression.
    void expression_error(const Place& at, std::size_t position, const std::string& found,
        std::string expected, std::string hint);

    /// Values of all expressions met, by Json::identity().
    const std::unordered_map<const void*, double>& evaluated() const { return evaluated_; }

    /// "is -5", "is a list" ...
    static std::string description(const Json& json);

private:
    core::Diagnostic at(const Place& place) const;

    core::Diagnostics& diagnostics_;
    std::string file_;
    const TextPositions* positions_;
    std::size_t errors_ = 0;
    std::unordered_map<const void*, double> evaluated_;
    std::map<std::string, double> variables_;
    std::vector<std::string> variable_names_;
};

models::Limits at_least(double min);
models::Limits above(double min);
models::Limits between(double min, double max);

} // namespace engine::config
