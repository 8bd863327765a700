#include "engine/config/draw.hpp"

#include "engine/config/expression.hpp"
#include "engine/core/numerics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace engine::config {

namespace {

constexpr int most_redraws = 1000000;

template <class OfWord>
void convert(std::span<const std::uint64_t> words, double* to, OfWord of_word)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = of_word(words[i]);
    }
}

/// Without the scale.
double unscaled(const Draw& draw, core::Random& random)
{
    if (draw.law == Draw::Law::values) {
        return 0.0;
    }
    for (int i = 0; i < most_redraws; ++i) {
        const std::uint64_t word = random.next();
        double x = 0.0;
        draw_each(draw, {&word, 1}, &x);
        if (within_bounds(draw, x)) {
            return x;
        }
    }
    give_up_drawing();
}

std::vector<double> drawn_values(const Draw& draw, const Population& population, std::uint64_t seed,
    core::Purpose purpose, std::string_view name)
{
    std::vector<double> out(population.size);
    if (draw.law == Draw::Law::values) {
        std::transform(draw.values->begin(), draw.values->end(), out.begin(),
            [&](double x) { return draw.scale * x; });
        return out;
    }
    const core::StreamKey key(seed, purpose, population.name, name);
    for (std::size_t i = 0; i < out.size(); ++i) {
        core::Random random(key.member(i));
        out[i] = draw.scale * unscaled(draw, random);
    }
    return out;
}

std::vector<double> computed_values(
    const PerNeuron& value, const Population& population, std::uint64_t seed)
{
    std::vector<std::vector<double>> randoms;
    for (const std::string& name : value.expression->random_names()) {
        randoms.push_back(drawn_values(
            population.random.at(name), population, seed, core::Purpose::population_random, name));
    }
    std::vector<const double*> columns;
    for (const std::vector<double>& column : randoms) {
        columns.push_back(column.data());
    }
    std::vector<double> out(population.size);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = value.expression->evaluate(columns, i);
    }
    return out;
}

double typical_draw(const Draw& draw, Typical typical)
{
    const int side = typical == Typical::small ? -1 : typical == Typical::large ? 1 : 0;
    double x = 0.0;
    switch (draw.law) {
    case Draw::Law::uniform:
        x = draw.a + (draw.b - draw.a) * (0.5 + 0.4 * side);
        break;
    case Draw::Law::normal:
        x = draw.a + draw.b * side;
        x = draw.min ? std::max(x, *draw.min) : x;
        x = draw.max ? std::min(x, *draw.max) : x;
        break;
    case Draw::Law::lognormal:
        x = core::exp(draw.a + draw.b * side);
        break;
    case Draw::Law::exponential:
        x = draw.a * (side < 0 ? 0.1 : side > 0 ? 3.0 : 1.0);
        break;
    case Draw::Law::values: {
        std::vector<double> sorted = *draw.values;
        if (sorted.empty()) {
            break;
        }
        std::sort(sorted.begin(), sorted.end());
        x = side < 0 ? sorted.front() : side > 0 ? sorted.back() : sorted[sorted.size() / 2];
        break;
    }
    }
    return draw.scale * x;
}

/// Adds what is wrong with the value of one neuron.
void report(core::Diagnostics& errors, const Population& population, std::string_view section,
    std::string_view name, std::size_t neuron, std::string found, std::string expected)
{
    core::Diagnostic diagnostic;
    diagnostic.pointer
        = "populations/" + population.name + "/" + std::string(section) + "/" + std::string(name);
    diagnostic.found = "of neuron " + std::to_string(neuron) + " " + std::move(found);
    diagnostic.expected = std::move(expected);
    errors.push_back(std::move(diagnostic));
}

/// Whether all values are finite and within the limits; reports the first that is not.
bool check_values(core::Diagnostics& errors, const Population& population, std::string_view section,
    std::string_view name, const std::vector<double>& values, const models::Limits& limits)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool finite = std::isfinite(values[i]);
        if (!finite || !limits.contains(values[i])) {
            report(errors, population, section, name, i, "is " + core::number_text(values[i]),
                finite ? limits.text() : "must be a finite number");
            return false;
        }
    }
    return true;
}

/// Conditions between parameters, neuron by neuron; reports the first neuron that breaks one.
void check_conditions(
    core::Diagnostics& errors, const Population& population, const models::ParamTable& table)
{
    if (table.per_neuron.empty() || !population.model->check) {
        return;
    }
    models::ParamValues params = table.common;
    for (std::size_t i = 0; i < population.size; ++i) {
        for (const auto& column : table.per_neuron) {
            params.find(column.first)->second = column.second[i];
        }
        bool broken = false;
        for (const models::Violation& violation : population.model->check(params)) {
            if (!violation.warning) {
                report(errors, population, "params", violation.param, i, violation.found,
                    violation.expected);
                broken = true;
            }
        }
        if (broken) {
            return;
        }
    }
}

} // namespace

void draw_each(const Draw& draw, std::span<const std::uint64_t> words, double* to)
{
    switch (draw.law) {
    case Draw::Law::uniform:
        return convert(words, to, [a = draw.a, width = draw.b - draw.a](std::uint64_t word) {
            return a + width * core::Random::uniform(word);
        });
    case Draw::Law::normal:
        return convert(words, to,
            [&](std::uint64_t word) { return draw.a + draw.b * core::Random::normal(word); });
    case Draw::Law::lognormal:
        return convert(words, to, [&](std::uint64_t word) {
            return core::exp(draw.a + draw.b * core::Random::normal(word));
        });
    case Draw::Law::exponential:
        return convert(words, to,
            [&](std::uint64_t word) { return draw.a * core::Random::exponential(word); });
    case Draw::Law::values:
        break;
    }
    std::fill_n(to, words.size(), 0.0);
}

bool within_bounds(const Draw& draw, double x)
{
    return (!draw.min || x >= *draw.min) && (!draw.max || x <= *draw.max);
}

void give_up_drawing()
{
    throw core::RunError("a normal random number did not fall between its bounds in "
        + std::to_string(most_redraws) + " draws");
}

double draw_one(const Draw& draw, core::Random& random)
{
    return draw.scale * unscaled(draw, random);
}

std::vector<double> per_neuron_values(const Distributed& value, const Population& population,
    std::uint64_t seed, core::Purpose purpose, std::string_view name)
{
    if (const auto* number = std::get_if<double>(&value)) {
        return std::vector<double>(population.size, *number);
    }
    if (const auto* draw = std::get_if<Draw>(&value)) {
        return drawn_values(*draw, population, seed, purpose, name);
    }
    return computed_values(std::get<PerNeuron>(value), population, seed);
}

models::ParamTable neuron_params(
    const Population& population, std::uint64_t seed, core::Diagnostics& errors)
{
    models::ParamTable table;
    table.common = population.params;
    bool ok = true;
    for (const auto& drawn : population.drawn) {
        std::vector<double> values = per_neuron_values(
            drawn.second, population, seed, core::Purpose::parameter, drawn.first);
        ok = check_values(errors, population, "params", drawn.first, values,
                 population.model->find_param(drawn.first)->limits)
            && ok;
        table.per_neuron[drawn.first] = std::move(values);
    }
    if (ok) {
        check_conditions(errors, population, table);
    }
    return table;
}

models::InitTable neuron_init(
    const Population& population, std::uint64_t seed, core::Diagnostics& errors)
{
    models::InitTable table;
    for (const auto& init : population.init) {
        if (const auto* number = std::get_if<double>(&init.second)) {
            table.common[init.first] = *number;
            continue;
        }
        std::vector<double> values = per_neuron_values(
            init.second, population, seed, core::Purpose::initial_state, init.first);
        check_values(errors, population, "init", init.first, values, {});
        table.per_neuron[init.first] = std::move(values);
    }
    for (const auto& list : population.init_lists) {
        table.lists[list.first] = list.second;
    }
    return table;
}

double typical_value(const Distributed& value, const Population& population, Typical typical)
{
    if (const auto* number = std::get_if<double>(&value)) {
        return *number;
    }
    if (const auto* draw = std::get_if<Draw>(&value)) {
        return typical_draw(*draw, typical);
    }
    const PerNeuron& computed = std::get<PerNeuron>(value);
    std::vector<double> randoms;
    for (const std::string& name : computed.expression->random_names()) {
        randoms.push_back(typical_draw(population.random.at(name), typical));
    }
    std::vector<const double*> columns;
    for (const double& x : randoms) {
        columns.push_back(&x);
    }
    return computed.expression->evaluate(columns, 0);
}

double accepted_fraction(const Draw& draw)
{
    // Complement of the error function keeps its precision in the tails; P(x > z) =
    // erfc(z/sqrt2)/2.
    const auto above = [&](double bound) {
        return 0.5 * std::erfc((bound - draw.a) / (draw.b * std::sqrt(2.0)));
    };
    const auto below = [&](double bound) {
        return 0.5 * std::erfc((draw.a - bound) / (draw.b * std::sqrt(2.0)));
    };
    if (draw.b == 0.0) {
        return (!draw.min || draw.a >= *draw.min) && (!draw.max || draw.a <= *draw.max) ? 1.0 : 0.0;
    }
    if (draw.min && draw.max) {
        return *draw.min > draw.a ? above(*draw.min) - above(*draw.max)
                                  : below(*draw.max) - below(*draw.min);
    }
    return draw.min ? above(*draw.min) : draw.max ? below(*draw.max) : 1.0;
}

} // namespace engine::config
