#include "engine/config/reader.hpp"

#include "engine/config/expression.hpp"
#include "engine/config/nearest.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

constexpr std::size_t most_messages = 1000; // a broken file of 64 MiB could give millions

std::string pointer_token(std::string_view key)
{
    std::string out = "/";
    for (const char c : key.substr(0, 100)) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
        }
    }
    return out;
}

} // namespace

std::string Place::pointer() const
{
    if (up == nullptr) {
        return {};
    }
    return up->pointer() + (is_item ? "/" + std::to_string(index) : pointer_token(key));
}

Reader::Reader(core::Diagnostics& diagnostics, std::string file, const TextPositions* positions)
    : diagnostics_(diagnostics)
    , file_(std::move(file))
    , positions_(positions)
{
}

core::Diagnostic Reader::at(const Place& place) const
{
    core::Diagnostic diagnostic;
    diagnostic.file = file_;
    diagnostic.pointer = place.pointer();
    const Place* known = &place;
    while (known->json == nullptr && known->up != nullptr) {
        known = known->up;
    }
    if (positions_ != nullptr && known->json != nullptr) {
        const TextPositions::Position position = positions_->find(known->json->position());
        diagnostic.line = position.line;
        diagnostic.column = position.column;
    }
    return diagnostic;
}

void Reader::add(core::Diagnostic diagnostic)
{
    const bool is_error = diagnostic.severity == core::Severity::error;
    errors_ += is_error ? 1 : 0;
    if (diagnostics_.size() == most_messages) {
        diagnostic = {};
        diagnostic.file = file_;
        diagnostic.found
            = "there are more messages than the " + std::to_string(most_messages) + " shown here";
        diagnostic.severity = core::Severity::note;
        diagnostics_.push_back(std::move(diagnostic));
    } else if (diagnostics_.size() < most_messages) {
        diagnostics_.push_back(std::move(diagnostic));
    }
}

void Reader::error(const Place& at, std::string found, std::string expected, std::string hint)
{
    if (full()) {
        ++errors_;
        return;
    }
    core::Diagnostic diagnostic = this->at(at);
    diagnostic.found = std::move(found);
    diagnostic.expected = std::move(expected);
    diagnostic.hint = std::move(hint);
    add(std::move(diagnostic));
}

void Reader::warning(const Place& at, std::string found, std::string expected)
{
    if (full()) {
        return;
    }
    core::Diagnostic diagnostic = this->at(at);
    diagnostic.severity = core::Severity::warning;
    diagnostic.found = std::move(found);
    diagnostic.expected = std::move(expected);
    add(std::move(diagnostic));
}

void Reader::missing(const Place& object, std::string_view key, std::string expected)
{
    error(object, "key " + in_quotes(key) + " is missing", std::move(expected));
}

Place Reader::member(const Place& object, std::string_view key)
{
    Place place;
    place.up = &object;
    place.key = key;
    place.json = object.json == nullptr ? nullptr : object.json->find(key);
    return place;
}

Place Reader::item(const Place& list, std::size_t index)
{
    Place place;
    place.up = &list;
    place.index = index;
    place.is_item = true;
    place.json = &list.json->at(index);
    return place;
}

std::string Reader::description(const Json& json)
{
    switch (json.kind()) {
    case Json::Kind::null:
        return "is null";
    case Json::Kind::boolean:
        return json.as_boolean() ? "is true" : "is false";
    case Json::Kind::number:
        return "is " + json.number_source().substr(0, 60);
    case Json::Kind::string:
        return "is the text " + in_quotes(json.as_string());
    case Json::Kind::array:
        return "is a list";
    case Json::Kind::object:
        break;
    }
    return "is an object";
}

Place Reader::member_at(const Place& object, std::size_t index)
{
    Place place;
    place.up = &object;
    place.key = object.json->key(index);
    place.json = &object.json->at(index);
    return place;
}

bool Reader::is_object(const Place& at, std::string_view expected)
{
    if (at.json->is_object()) {
        return true;
    }
    error(at, description(*at.json), "must be " + std::string(expected));
    return false;
}

bool Reader::is_list(const Place& at, std::string_view expected)
{
    if (at.json->is_array()) {
        return true;
    }
    error(at, description(*at.json), "must be " + std::string(expected));
    return false;
}

void Reader::check_keys(const Place& object, const std::vector<std::string>& allowed)
{
    for (std::size_t i = 0; i < object.json->size(); ++i) {
        const std::string& key = object.json->key(i);
        if (is_free_key(key) || std::find(allowed.begin(), allowed.end(), key) != allowed.end()) {
            continue;
        }
        if (full()) {
            return;
        }
        core::Diagnostic diagnostic = at(member_at(object, i));
        if (positions_ != nullptr && object.json->key_position(i) > 0) {
            const TextPositions::Position position = positions_->find(object.json->key_position(i));
            diagnostic.line = position.line;
            diagnostic.column = position.column;
        }
        diagnostic.found = "unknown key " + in_quotes(key);
        diagnostic.expected
            = allowed.empty() ? "no key is possible here" : "expected one of " + joined(allowed);
        diagnostic.hint = did_you_mean(key, allowed);
        add(std::move(diagnostic));
    }
}

bool Reader::within(const Place& at, double x, const models::Limits& limits)
{
    if (limits.contains(x)) {
        return true;
    }
    std::string found = "is " + core::number_text(x);
    if (at.json != nullptr && at.json->is_string()) {
        found += " (from " + in_quotes(at.json->as_string()) + ")";
    }
    error(at, std::move(found), limits.text());
    return false;
}

std::optional<double> Reader::number(const Place& at, const models::Limits& limits)
{
    std::optional<double> x;
    if (at.json->is_number()) {
        x = at.json->as_number();
    } else if (at.json->is_string()) {
        x = expression(at);
    } else {
        error(at, description(*at.json), "must be a number or an expression");
    }
    return x && within(at, *x, limits) ? x : std::nullopt;
}

std::optional<double> Reader::literal_number(const Place& at)
{
    if (!at.json->is_number()) {
        error(at, description(*at.json), "must be a number");
        return std::nullopt;
    }
    return at.json->as_number();
}

std::optional<std::uint64_t> Reader::whole(const Place& at, std::uint64_t least, std::uint64_t most)
{
    const std::optional<double> x = number(at);
    if (!x) {
        return std::nullopt;
    }
    // Limits are at most 2^53, so comparisons in double are exact.
    if (std::floor(*x) == *x && *x >= static_cast<double>(least)
        && *x <= static_cast<double>(most)) {
        return static_cast<std::uint64_t>(*x);
    }
    std::string found = "is " + core::number_text(*x);
    if (at.json->is_string()) {
        found += " (from " + in_quotes(at.json->as_string()) + ")";
    }
    error(at, std::move(found),
        "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<bool> Reader::flag(const Place& at)
{
    if (!at.json->is_boolean()) {
        error(at, description(*at.json), "must be true or false");
        return std::nullopt;
    }
    return at.json->as_boolean();
}

std::optional<std::string> Reader::text(const Place& at)
{
    if (!at.json->is_string()) {
        error(at, description(*at.json), "must be a text");
        return std::nullopt;
    }
    return at.json->as_string();
}

std::optional<std::string> Reader::choice(
    const Place& at, const std::vector<std::string>& choices, std::string_view what)
{
    if (!at.json->is_string()) {
        error(at, description(*at.json), "must be one of " + joined(choices));
        return std::nullopt;
    }
    const std::string& text = at.json->as_string();
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) {
        return text;
    }
    error(at, "unknown " + std::string(what) + " " + in_quotes(text),
        choices.empty() ? "there is none" : "expected one of " + joined(choices),
        did_you_mean(text, choices));
    return std::nullopt;
}

std::optional<std::vector<double>> Reader::numbers(const Place& at, const models::Limits& limits)
{
    if (!is_list(at, "a list of numbers")) {
        return std::nullopt;
    }
    std::vector<double> out;
    out.reserve(at.json->size());
    bool ok = true;
    for (std::size_t i = 0; i < at.json->size(); ++i) {
        const std::optional<double> x = number(item(at, i), limits);
        ok = ok && x;
        out.push_back(x.value_or(0.0));
    }
    return ok ? std::optional(std::move(out)) : std::nullopt;
}

double Reader::number_or(
    const Place& object, std::string_view key, double fallback, const models::Limits& limits)
{
    const Place at = member(object, key);
    return at ? number(at, limits).value_or(fallback) : fallback;
}

std::optional<double> Reader::required_number(
    const Place& object, std::string_view key, const models::Limits& limits)
{
    const Place at = member(object, key);
    if (!at) {
        missing(object, key, "expected a number or an expression");
        return std::nullopt;
    }
    return number(at, limits);
}

bool Reader::flag_or(const Place& object, std::string_view key, bool fallback)
{
    const Place at = member(object, key);
    return at ? flag(at).value_or(fallback) : fallback;
}

std::string Reader::text_or_empty(const Place& object, std::string_view key)
{
    const Place at = member(object, key);
    return at ? text(at).value_or(std::string()) : std::string();
}

std::optional<std::string> Reader::required_text(
    const Place& object, std::string_view key, std::string expected)
{
    const Place at = member(object, key);
    if (!at) {
        missing(object, key, std::move(expected));
        return std::nullopt;
    }
    return text(at);
}

std::optional<std::vector<double>> Reader::required_numbers(
    const Place& object, std::string_view key, const models::Limits& limits)
{
    const Place at = member(object, key);
    if (!at) {
        missing(object, key, "expected a list of numbers");
        return std::nullopt;
    }
    return numbers(at, limits);
}

void Reader::add_variable(const std::string& name, double value)
{
    if (variables_.insert_or_assign(name, value).second) {
        variable_names_.push_back(name);
    }
}

bool Reader::full() const { return diagnostics_.size() > most_messages; }

void Reader::expression_error(const Place& at, std::size_t position, const std::string& found,
    std::string expected, std::string hint)
{
    error(at,
        "in the expression " + in_quotes(at.json->as_string()) + ", character "
            + std::to_string(position) + ": " + found,
        std::move(expected), std::move(hint));
}

std::optional<double> Reader::expression(const Place& at)
{
    Expression::Compiled compiled = Expression::compile(at.json->as_string(), variable_names());
    if (!compiled.expression) {
        expression_error(at, compiled.error.position, compiled.error.found, compiled.error.expected,
            compiled.error.hint);
        return std::nullopt;
    }
    std::vector<double> values;
    for (const std::string& name : compiled.expression->names()) {
        values.push_back(variables_.at(name));
    }
    const double x = compiled.expression->evaluate(values.data());
    if (!std::isfinite(x)) {
        error(at,
            "the expression " + in_quotes(at.json->as_string()) + " gives " + core::number_text(x),
            "must be a finite number");
        return std::nullopt;
    }
    evaluated_[at.json->identity()] = x;
    return x;
}

models::Limits at_least(double min) { return {models::Bound {min, true}, std::nullopt}; }

models::Limits above(double min) { return {models::Bound {min, false}, std::nullopt}; }

models::Limits between(double min, double max)
{
    return {models::Bound {min, true}, models::Bound {max, true}};
}

} // namespace engine::config
