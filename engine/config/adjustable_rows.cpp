#include "engine/config/adjustable_rows.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

/// The next of 1, 2, 5 times a power of ten that is not below x > 0.
double nice_above(double x)
{
    const double decade = std::pow(10.0, std::floor(std::log10(x)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * decade >= x * (1.0 - 1e-12)) {
            return step * decade;
        }
    }
    return 10.0 * decade;
}

SliderRange within(SliderRange range, const models::Limits& limits)
{
    if (limits.min && range.min < limits.min->value) {
        range.min = limits.min->value;
    }
    if (limits.max && range.max > limits.max->value) {
        range.max = limits.max->value;
    }
    return range;
}

std::string law_name(const Json& draw)
{
    for (const char* law : {"uniform", "normal", "lognormal", "exponential", "values"}) {
        if (draw.find(law) != nullptr) {
            return law;
        }
    }
    return {};
}

} // namespace

const Json* member_of(const Json* object, std::string_view key)
{
    return object != nullptr && object->is_object() ? object->find(key) : nullptr;
}

const Json* item_of(const Json* list, std::size_t index)
{
    return list != nullptr && list->is_array() && index < list->size() ? &list->at(index) : nullptr;
}

models::Limits from_zero()
{
    models::Limits limits;
    limits.min = models::Bound {0.0, true};
    return limits;
}

models::Limits positive()
{
    models::Limits limits;
    limits.min = models::Bound {0.0, false};
    return limits;
}

SliderRange range_around(double value, bool log_scale)
{
    if (value == 0.0) {
        return {-1.0, 1.0, false};
    }
    const double size = std::abs(value);
    if (log_scale && value > 0.0) {
        return {nice_above(size / 20.0), nice_above(size * 10.0), true};
    }
    const double end = nice_above(1.5 * size);
    return value > 0.0 ? SliderRange {0.0, end, false} : SliderRange {-end, 0.0, false};
}

SliderRange containing(SliderRange range, double value)
{
    range.min = std::min(range.min, value);
    range.max = std::max(range.max, value);
    range.log_scale = range.log_scale && range.min > 0.0;
    return range;
}

void AdjustableRows::add(Adjustable row)
{
    row.group = group_;
    row.value = document_.value(row.path).value_or(core::Value {});
    rows_.push_back(std::move(row));
}

void AdjustableRows::add_number(
    const std::string& path, const Json* written, const NumberRow& about)
{
    Adjustable row;
    row.path = path;
    row.label = about.label;
    row.meaning = about.meaning;
    row.unit = about.unit;
    row.limits = about.limits;
    row.essential = about.essential;
    row.live = about.live;
    row.integer = about.integer;
    row.nullable = about.nullable;
    std::optional<SliderRange> range = about.range;
    std::optional<core::Value> standard = about.default_value;
    if (written != nullptr && written->is_object()) {
        row.path = path + "/scale";
        row.label = about.label + " scale";
        row.meaning = about.meaning + ": drawn (" + law_name(*written) + "), times this number";
        row.unit.clear();
        row.limits = {};
        row.integer = false;
        row.nullable = false;
        row.spread = true;
        row.live = true;
        range.reset();
        standard.reset();
        written = written->find("scale");
    }
    if (written != nullptr && written->is_string()) {
        row.expression = written->as_string();
    }
    const core::Value value = document_.value(row.path).value_or(core::Value {});
    const double* number = std::get_if<double>(&value);
    const double centre = number != nullptr ? *number : 0.0;
    SliderRange track = range.value_or(range_around(centre, about.log_scale));
    if (number != nullptr) {
        track = containing(track, centre);
    }
    track = within(track, row.limits);
    row.slider_min = track.min;
    row.slider_max = track.max;
    row.log_scale = track.log_scale;
    row.default_value = standard.value_or(value);
    add(std::move(row));
}

void AdjustableRows::add_list(const std::string& path, const Json* written, const NumberRow& about)
{
    const std::optional<core::Value> value = document_.value(path);
    const auto* list = value ? std::get_if<std::vector<double>>(&*value) : nullptr;
    const auto* standard
        = about.default_value ? std::get_if<std::vector<double>>(&*about.default_value) : nullptr;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        NumberRow element = about;
        element.label = about.label + "[" + std::to_string(i + 1) + "]";
        element.default_value.reset();
        if (standard != nullptr && i < standard->size()) {
            element.default_value = (*standard)[i];
        }
        add_number(path + "/" + std::to_string(i), item_of(written, i), element);
    }
}

} // namespace engine::config
