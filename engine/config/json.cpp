#include "engine/config/json.hpp"

#include "engine/config/json_body.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <utility>

namespace engine::config {

Json Json::boolean(bool b)
{
    Json json;
    json.kind_ = Kind::boolean;
    json.number_ = b ? 1.0 : 0.0;
    return json;
}

Json Json::number(double x, std::string_view source)
{
    Json json;
    json.kind_ = Kind::number;
    json.number_ = x;
    if (!source.empty() && source != core::number_text(x)) {
        json.body_ = std::make_shared<const Body>(Body {std::string(source), {}, {}, {}});
    }
    return json;
}

Json Json::string(std::string text)
{
    return JsonBuilder::container(Kind::string, Body {std::move(text), {}, {}, {}}, 0);
}

Json Json::array(std::vector<Json> items)
{
    return JsonBuilder::container(Kind::array, Body {{}, std::move(items), {}, {}}, 0);
}

Json Json::object(std::vector<std::pair<std::string, Json>> members)
{
    Body body;
    body.keys.reserve(members.size());
    body.items.reserve(members.size());
    for (auto& member : members) {
        body.keys.push_back(std::move(member.first));
        body.items.push_back(std::move(member.second));
    }
    return JsonBuilder::container(Kind::object, std::move(body), 0);
}

const std::string& Json::as_string() const
{
    static const std::string empty;
    return is_string() ? body_->text : empty;
}

std::string Json::number_source() const { return body_ ? body_->text : core::number_text(number_); }

std::size_t Json::size() const { return is_array() || is_object() ? body_->items.size() : 0; }

const Json& Json::at(std::size_t index) const { return body_->items[index]; }

const std::string& Json::key(std::size_t index) const { return body_->keys[index]; }

std::optional<std::size_t> Json::index_of(std::string_view key) const
{
    if (!is_object()) {
        return std::nullopt;
    }
    const auto found = std::find(body_->keys.begin(), body_->keys.end(), key);
    if (found == body_->keys.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - body_->keys.begin());
}

const Json* Json::find(std::string_view key) const
{
    const auto index = index_of(key);
    return index ? &body_->items[*index] : nullptr;
}

Json Json::with_item(std::size_t index, Json item) const
{
    Body body = *body_;
    body.items[index] = std::move(item);
    return JsonBuilder::container(kind_, std::move(body), position_);
}

Json Json::with_inserted(std::size_t index, std::string key, Json value) const
{
    Body body = *body_;
    const auto at = static_cast<std::ptrdiff_t>(index);
    body.keys.insert(body.keys.begin() + at, std::move(key));
    body.items.insert(body.items.begin() + at, std::move(value));
    if (!body.key_positions.empty()) {
        body.key_positions.insert(body.key_positions.begin() + at, 0);
    }
    return JsonBuilder::container(kind_, std::move(body), position_);
}

Json Json::without(std::string_view key) const
{
    const auto index = index_of(key);
    if (!index) {
        return *this;
    }
    Body body = *body_;
    const auto at = static_cast<std::ptrdiff_t>(*index);
    body.keys.erase(body.keys.begin() + at);
    body.items.erase(body.items.begin() + at);
    if (!body.key_positions.empty()) {
        body.key_positions.erase(body.key_positions.begin() + at);
    }
    return JsonBuilder::container(kind_, std::move(body), position_);
}

std::uint32_t Json::key_position(std::size_t index) const
{
    return index < body_->key_positions.size() ? body_->key_positions[index] : 0;
}

} // namespace engine::config
