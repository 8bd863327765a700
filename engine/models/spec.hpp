#pragma once

#include "engine/models/description.hpp"

#include <initializer_list>
#include <string>
#include <vector>

// Shorthand for writing model descriptions.

namespace engine::models::spec {

inline Limits above(double x) { return {Bound {x, false}, {}}; }
inline Limits at_least(double x) { return {Bound {x, true}, {}}; }
inline Limits between(double low, double high) { return {Bound {low, true}, Bound {high, true}}; }

/// A number with a slider from `slider_min` to `slider_max`.
inline ParamSpec number(std::string name, std::string meaning, std::string unit, double value,
    Limits limits, double slider_min, double slider_max, bool log_scale = false)
{
    ParamSpec p;
    p.name = std::move(name);
    p.meaning = std::move(meaning);
    p.unit = std::move(unit);
    p.default_value = value;
    p.limits = limits;
    p.slider_min = slider_min;
    p.slider_max = slider_max;
    p.log_scale = log_scale;
    return p;
}

/// A switch that decides which equations there are: a change rebuilds.
inline ParamSpec structural_flag(std::string name, std::string meaning, bool value)
{
    ParamSpec p;
    p.name = std::move(name);
    p.meaning = std::move(meaning);
    p.kind = ParamKind::flag;
    p.default_value = value;
    p.per_neuron = false;
    p.live = false;
    return p;
}

/// A list; every element has the limits and the slider.
inline ParamSpec list(std::string name, std::string meaning, std::string unit,
    std::vector<double> value, Limits limits, double slider_min, double slider_max,
    bool log_scale = false)
{
    ParamSpec p = number(std::move(name), std::move(meaning), std::move(unit), 0.0, limits,
        slider_min, slider_max, log_scale);
    p.kind = ParamKind::list;
    p.default_value = std::move(value);
    p.per_neuron = false;
    return p;
}

inline ParamSpec essential(ParamSpec p)
{
    p.essential = true;
    return p;
}

/// Appends the parameters under one heading with one source.
inline void add_group(std::vector<ParamSpec>& params, const std::string& group,
    const std::string& source, std::initializer_list<ParamSpec> members)
{
    for (ParamSpec p : members) {
        p.group = group;
        p.source = source;
        params.push_back(std::move(p));
    }
}

inline double number_of(const ParamValues& values, std::string_view name)
{
    return std::get<double>(values.find(name)->second);
}

inline bool flag_of(const ParamValues& values, std::string_view name)
{
    return std::get<bool>(values.find(name)->second);
}

inline const std::vector<double>& list_of(const ParamValues& values, std::string_view name)
{
    return std::get<std::vector<double>>(values.find(name)->second);
}

/// "is -5".
inline std::string is(double x) { return "is " + core::number_text(x); }

} // namespace engine::models::spec
