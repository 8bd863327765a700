#pragma once

#include "engine/core/diagnostic.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine::config {

/// A JSON value as it stands in a file: keys in their order, numbers as they were written, and
/// where each value begins. Immutable; copies share. A change makes a new value that shares
/// everything else. Any thread.
class Json {
public:
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

    Json() = default; ///< null
    static Json boolean(bool b);
    /// `x` finite. `source` = as written, where that is not number_text(x).
    static Json number(double x, std::string_view source = {});
    static Json string(std::string text);
    static Json array(std::vector<Json> items);
    static Json object(std::vector<std::pair<std::string, Json>> members);

    Kind kind() const { return kind_; }
    bool is_null() const { return kind_ == Kind::null; }
    bool is_boolean() const { return kind_ == Kind::boolean; }
    bool is_number() const { return kind_ == Kind::number; }
    bool is_string() const { return kind_ == Kind::string; }
    bool is_array() const { return kind_ == Kind::array; }
    bool is_object() const { return kind_ == Kind::object; }

    bool as_boolean() const { return number_ != 0.0; }
    double as_number() const { return number_; }
    const std::string& as_string() const;
    /// Text of a number as written.
    std::string number_source() const;

    /// Of an array or object, else 0.
    std::size_t size() const;
    const Json& at(std::size_t index) const;
    const std::string& key(std::size_t index) const;
    /// Member of an object; nullptr where there is none (or no object).
    const Json* find(std::string_view key) const;
    std::optional<std::size_t> index_of(std::string_view key) const;

    /// The same with one item or member's value replaced.
    Json with_item(std::size_t index, Json item) const;
    /// The same with a new member before the one at `index`.
    Json with_inserted(std::size_t index, std::string key, Json value) const;
    Json without(std::string_view key) const;

    /// Byte in the text where it begins, counted from 1; 0 where it was not read from a text.
    std::uint32_t position() const { return position_; }
    std::uint32_t key_position(std::size_t index) const;

    /// Identity of the content of a string, array or object: the same as long as it is unchanged.
    const void* identity() const { return body_.get(); }

    /// Two blanks of indentation, what is short on one line, a newline at the end.
    std::string text() const;

    friend class JsonBuilder;

private:
    struct Body;
    std::shared_ptr<const Body> body_;
    double number_ = 0.0;
    std::uint32_t position_ = 0;
    Kind kind_ = Kind::null;
};

/// Where the bytes of a text are, for people.
class TextPositions {
public:
    explicit TextPositions(std::string_view text); ///< keeps a view of the text
    struct Position {
        int line = 0;
        int column = 0; ///< in characters
    };
    /// `position` counts from 1; 0 gives line 0.
    Position find(std::uint32_t position) const;

private:
    std::string_view text_;
    std::size_t characters_before(std::size_t offset) const;

    std::vector<std::uint32_t> line_starts_;
    std::vector<std::uint32_t> characters_; ///< before each block of bytes: lines may be very long
};

/// Reads a text. Syntax errors, duplicate keys, nesting deeper than 64 and numbers beyond double
/// are added to `diagnostics` (with line and column, without a file name); the value is missing
/// only where the syntax is wrong.
std::optional<Json> parse_json(
    std::string_view text, const TextPositions& positions, core::Diagnostics& diagnostics);

} // namespace engine::config
