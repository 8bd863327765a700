#pragma once

#include "engine/config/json.hpp"

namespace engine::config {

/// Content of a string, of a number written in an unusual way, of an array or an object.
struct Json::Body {
    std::string text;
    std::vector<Json> items;
    std::vector<std::string> keys; ///< of an object, as many as items
    std::vector<std::uint32_t> key_positions; ///< of an object that was read, else empty
};

/// Makes values with positions, for the reader of texts.
class JsonBuilder {
public:
    static Json container(Json::Kind kind, Json::Body body, std::uint32_t position)
    {
        Json json;
        json.kind_ = kind;
        json.position_ = position;
        json.body_ = std::make_shared<const Json::Body>(std::move(body));
        return json;
    }
    static Json placed(Json json, std::uint32_t position)
    {
        json.position_ = position;
        return json;
    }
    using Body = Json::Body;
};

} // namespace engine::config
