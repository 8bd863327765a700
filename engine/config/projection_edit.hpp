#pragma once

#include "engine/config/stimulus_edit.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Changes of projections as people make them, with what stood there before.

namespace engine::config {

/// A rule of the format as people choose it, with the number that it has.
struct RuleType {
    std::string name; ///< as in files, "fixed_indegree"
    std::string title; ///< for people, "Fixed in-degree"
    std::string key; ///< of its number, "indegree"; empty where it has none
    std::string meaning; ///< of the number
    bool integer = true;
    bool multapses = true; ///< can join a pair several times
};

/// All but lists of connections, which files bring.
const std::vector<RuleType>& rule_types();
/// nullptr for a list of connections.
const RuleType* type_of(const Rule& rule);

/// A projection as it is written: numbers, expressions ("-g * J"), draws as JSON.
struct ProjectionView {
    std::string path; ///< "projections/EE"
    const RuleType* rule = nullptr; ///< nullptr: a list, which brings weights and delays
    std::string number; ///< of the rule
    bool autapses = true;
    bool multapses = true;
    std::string weight;
    std::string delay;
    friend bool operator==(const ProjectionView&, const ProjectionView&) = default;
};
ProjectionView projection_view(const PresetDocument& document, std::size_t index);

/// "weight" or "delay" as it was typed: a number, an expression, or a draw such as
/// {"uniform": [0, 1]}.
StimulusEdit set_projection_value(const PresetDocument& document, std::size_t index,
    std::string_view key, const std::string& text);

/// What a rule is to become; `number` as it was typed.
struct RuleWanted {
    std::string name;
    std::string number;
    bool autapses = true;
    bool multapses = true;
};
StimulusEdit set_rule(const PresetDocument& document, std::size_t index, const RuleWanted& wanted);

/// A number for another rule with about as many synapses as there are now.
std::string suggested_number(
    const PresetDocument& document, std::size_t index, const RuleType& rule);

} // namespace engine::config
