#include "engine/config/value_json.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace engine::config {

namespace {

struct Writer {
    Json operator()(std::monostate) const { return {}; }
    Json operator()(double x) const { return Json::number(x); }
    Json operator()(bool b) const { return Json::boolean(b); }
    Json operator()(const std::string& s) const { return Json::string(s); }
    Json operator()(const std::vector<double>& list) const
    {
        std::vector<Json> items;
        items.reserve(list.size());
        for (const double x : list) {
            items.push_back(Json::number(x));
        }
        return Json::array(std::move(items));
    }
};

} // namespace

bool is_finite(const core::Value& value)
{
    if (const auto* x = std::get_if<double>(&value)) {
        return std::isfinite(*x);
    }
    if (const auto* list = std::get_if<std::vector<double>>(&value)) {
        return std::all_of(list->begin(), list->end(), [](double x) { return std::isfinite(x); });
    }
    return true;
}

Json to_json(const core::Value& value) { return std::visit(Writer {}, value); }

std::optional<core::Value> to_value(
    const Json& json, const std::unordered_map<const void*, double>& evaluated)
{
    switch (json.kind()) {
    case Json::Kind::null:
        return core::Value {};
    case Json::Kind::boolean:
        return core::Value {json.as_boolean()};
    case Json::Kind::number:
        return core::Value {json.as_number()};
    case Json::Kind::string: {
        const auto number = evaluated.find(json.identity());
        return number == evaluated.end() ? core::Value {json.as_string()}
                                         : core::Value {number->second};
    }
    case Json::Kind::array: {
        std::vector<double> list;
        for (std::size_t i = 0; i < json.size(); ++i) {
            const auto item = to_value(json.at(i), evaluated);
            const double* x = item ? std::get_if<double>(&*item) : nullptr;
            if (x == nullptr) {
                return std::nullopt;
            }
            list.push_back(*x);
        }
        return core::Value {std::move(list)};
    }
    case Json::Kind::object:
        break;
    }
    return std::nullopt;
}

std::string to_text(const Json& json)
{
    std::string text = json.text();
    text.pop_back();
    return text;
}

} // namespace engine::config
