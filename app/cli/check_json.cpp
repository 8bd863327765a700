#include "app/cli/check_json.hpp"

#include <optional>

namespace app::cli {

namespace checks = engine::checks;
namespace config = engine::config;
using Json = nlohmann::ordered_json;

namespace {

template <class T> Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json expectation(const config::Check& check)
{
    Json out;
    if (config::is_name(check.quantity)) {
        out["equals"] = check.name;
    } else if (check.equals) {
        out["equals"] = *check.equals;
    } else {
        out["min"] = or_null(check.min);
        out["max"] = or_null(check.max);
    }
    return out;
}

} // namespace

Json as_json(const checks::Result& result)
{
    Json out;
    out["quantity"] = config::name_of(result.check.quantity);
    out["population"] = result.population.empty() ? Json(nullptr) : Json(result.population);
    out["neuron"] = or_null(result.check.neuron);
    out["from_ms"] = result.from_ms;
    out["to_ms"] = or_null(result.to_ms);
    out.update(expectation(result.check));
    out["unit"] = config::unit_of(result.check.quantity);
    out["expected"] = checks::expected_text(result.check);
    const bool named = !result.measured.name.empty();
    out["measured"] = named ? Json(result.measured.name) : or_null(result.measured.value);
    out["measured_text"] = result.measured_text();
    out["pass"] = result.complete ? Json(result.pass) : Json(nullptr);
    out["complete"] = result.complete;
    if (!result.measured.reason.empty()) {
        out["reason"] = result.measured.reason;
    }
    return out;
}

} // namespace app::cli
