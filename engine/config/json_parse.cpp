#include "engine/config/json.hpp"
#include "engine/config/json_body.hpp"
#include "engine/config/nearest.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace engine::config {

namespace {

constexpr std::size_t deepest = 64; // presets need about 8; recursion over a value stays shallow

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Finds the tokens of a text that is known to be correct up to there: the parser reports values
/// without saying where they stand, so its events are paired with the tokens in their order.
class Tokens {
public:
    explicit Tokens(std::string_view text)
        : text_(text)
        , at_(text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0)
    {
    }

    struct Token {
        std::uint32_t position = 0; // from 1
        std::string_view text;
    };

    Token next()
    {
        while (at_ < text_.size()
            && (is_blank(text_[at_]) || text_[at_] == ',' || text_[at_] == ':')) {
            ++at_;
        }
        const std::size_t begin = at_;
        if (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') {
                while (at_ < text_.size() && text_[at_] != '"') {
                    at_ += text_[at_] == '\\' ? 2U : 1U;
                }
                at_ = std::min(at_ + 1, text_.size());
            } else if (std::string_view("{}[]").find(c) == std::string_view::npos) {
                while (at_ < text_.size() && !is_blank(text_[at_])
                    && std::string_view(",:{}[]").find(text_[at_]) == std::string_view::npos) {
                    ++at_;
                }
            }
        }
        return {static_cast<std::uint32_t>(begin + 1), text_.substr(begin, at_ - begin)};
    }

private:
    std::string_view text_;
    std::size_t at_;
};

/// Receives the parser's events and builds the value; names are those of nlohmann's SAX interface.
class Handler {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    Handler(std::string_view text, const TextPositions& positions, core::Diagnostics& diagnostics)
        : tokens_(text)
        , size_(text.size())
        , positions_(positions)
        , diagnostics_(diagnostics)
    {
    }

    bool null() { return add(JsonBuilder::placed(Json(), tokens_.next().position)); }
    bool boolean(bool b)
    {
        return add(JsonBuilder::placed(Json::boolean(b), tokens_.next().position));
    }
    bool number_integer(number_integer_t) { return number(); }
    bool number_unsigned(number_unsigned_t) { return number(); }
    bool number_float(number_float_t, const string_t&) { return number(); }
    bool string(string_t& text)
    {
        return add(JsonBuilder::placed(Json::string(std::move(text)), tokens_.next().position));
    }
    bool binary(binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::Kind::object); }
    bool start_array(std::size_t) { return open(Json::Kind::array); }
    bool end_array() { return close(); }
    bool end_object()
    {
        report_duplicates(open_.back().body);
        return close();
    }
    bool key(string_t& text)
    {
        JsonBuilder::Body& body = open_.back().body;
        body.keys.push_back(std::move(text));
        body.key_positions.push_back(tokens_.next().position);
        return true;
    }
    bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& error)
    {
        // nlohmann: "[json.exception...] parse error at line 1, column 5: syntax error while
        // parsing value - invalid literal; last read: '...'". What follows the dash says it.
        std::string reason = error.what();
        const std::size_t read = reason.find("; last read: ");
        const std::size_t expected = reason.find("; expected ");
        std::string expectation;
        if (expected != std::string::npos) {
            expectation = reason.substr(expected + 2);
        }
        reason = reason.substr(0, std::min(read, expected));
        const std::size_t dash = reason.find(" - ");
        const std::size_t bracket = reason.find("] ");
        if (dash != std::string::npos) {
            reason = reason.substr(dash + 3);
        } else if (bracket != std::string::npos) {
            reason = reason.substr(bracket + 2);
        }
        if (reason.find("number overflow") != std::string::npos) {
            reason = "number is too large";
            expectation = "must fit into a double (at most about 1.8e308)";
        }
        const std::size_t place = std::clamp<std::size_t>(byte, 1, std::max<std::size_t>(size_, 1));
        report(static_cast<std::uint32_t>(place), "is not JSON: " + printable(reason), expectation);
        return false;
    }

    std::optional<Json> result() { return complete_ ? std::optional(root_) : std::nullopt; }

private:
    struct Open {
        Json::Kind kind;
        std::uint32_t position;
        JsonBuilder::Body body;
    };

    static std::string printable(const std::string& text)
    {
        std::string out;
        for (const char c : text.substr(0, 200)) {
            out += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E
                ? '?'
                : c;
        }
        return out;
    }

    bool number()
    {
        const Tokens::Token token = tokens_.next();
        double x = 0.0;
        const auto read
            = std::from_chars(token.text.data(), token.text.data() + token.text.size(), x);
        if (read.ec == std::errc::result_out_of_range) {
            x = token.text.front() == '-' ? -0.0 : 0.0; // only too small ones arrive here
        }
        return add(JsonBuilder::placed(Json::number(x, token.text), token.position));
    }

    bool open(Json::Kind kind)
    {
        const std::uint32_t position = tokens_.next().position;
        if (open_.size() == deepest) {
            report(position, "is nested more than " + std::to_string(deepest) + " levels deep", "");
            return false;
        }
        open_.push_back({kind, position, {}});
        return true;
    }

    bool close()
    {
        tokens_.next();
        Open done = std::move(open_.back());
        open_.pop_back();
        done.body.items.shrink_to_fit();
        return add(JsonBuilder::container(done.kind, std::move(done.body), done.position));
    }

    bool add(Json value)
    {
        if (open_.empty()) {
            root_ = std::move(value);
            complete_ = true;
        } else {
            open_.back().body.items.push_back(std::move(value));
        }
        return true;
    }

    void report_duplicates(const JsonBuilder::Body& body)
    {
        constexpr std::size_t most = 100; // a broken generator repeats one key a million times
        std::unordered_set<std::string_view> seen;
        for (std::size_t i = 0; i < body.keys.size() && diagnostics_.size() < most; ++i) {
            if (!seen.insert(body.keys[i]).second) {
                report(body.key_positions[i], "key " + in_quotes(body.keys[i]) + " is given twice",
                    "keys of an object must be different");
            }
        }
    }

    void report(std::uint32_t position, std::string found, std::string expected)
    {
        const TextPositions::Position place = positions_.find(position);
        diagnostics_.push_back({core::Severity::error, {}, place.line, place.column, {},
            std::move(found), std::move(expected), {}});
    }

    Tokens tokens_;
    std::size_t size_;
    const TextPositions& positions_;
    core::Diagnostics& diagnostics_;
    std::vector<Open> open_;
    Json root_;
    bool complete_ = false;
};

} // namespace

namespace {

constexpr std::size_t block = 4096;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

} // namespace

TextPositions::TextPositions(std::string_view text)
    : text_(text)
    , line_starts_ {0}
{
    std::uint32_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % block == 0) {
            characters_.push_back(characters);
        }
        characters += begins_character(text[i]) ? 1U : 0U;
        if (text[i] == '\n') {
            line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
        }
    }
}

std::size_t TextPositions::characters_before(std::size_t offset) const
{
    const std::size_t first = offset / block;
    if (first >= characters_.size()) {
        return characters_.empty() ? 0 : text_.size();
    }
    const std::string_view part = text_.substr(first * block, offset - first * block);
    return characters_[first]
        + static_cast<std::size_t>(std::count_if(part.begin(), part.end(), begins_character));
}

TextPositions::Position TextPositions::find(std::uint32_t position) const
{
    if (position == 0) {
        return {};
    }
    const std::uint32_t offset = position - 1;
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const std::size_t column = characters_before(offset) - characters_before(*(next - 1));
    return {static_cast<int>(next - line_starts_.begin()), static_cast<int>(column) + 1};
}

std::optional<Json> parse_json(
    std::string_view text, const TextPositions& positions, core::Diagnostics& diagnostics)
{
    Handler handler(text, positions, diagnostics);
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &handler)) {
        return std::nullopt;
    }
    return handler.result();
}

} // namespace engine::config
