#include "engine/config/draw.hpp"
#include "engine/config/expression.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace engine::config {

namespace {

class DrawReader {
public:
    DrawReader(Resolution& r, const Place& at, const DrawContext& context)
        : r_(r)
        , reader_(r.reader)
        , at_(at)
        , context_(context)
    {
    }

    std::optional<Draw> read()
    {
        const std::size_t before = reader_.errors();
        reader_.check_keys(at_, keys());
        std::vector<std::string> given;
        for (const std::string& law : laws()) {
            if (Reader::member(at_, law)) {
                given.push_back(law);
            }
        }
        if (given.size() != 1) {
            reader_.error(at_, given.empty() ? "has no law" : "has several laws: " + joined(given),
                "expected one of " + joined(laws()));
            return std::nullopt;
        }
        read_law(given.front());
        draw_.scale = reader_.number_or(at_, "scale", 1.0);
        if (reader_.errors() == before) {
            check_range();
        }
        return reader_.errors() == before ? std::optional(draw_) : std::nullopt;
    }

private:
    bool of_neurons() const { return context_.population != nullptr; }

    std::vector<std::string> laws() const
    {
        std::vector<std::string> names {"uniform", "normal", "lognormal", "exponential"};
        if (of_neurons()) {
            names.emplace_back("values");
        }
        return names;
    }

    std::vector<std::string> keys() const
    {
        std::vector<std::string> names = laws();
        if (Reader::member(at_, "normal")) {
            names.insert(names.end(), {"min", "max"});
        }
        names.emplace_back("scale");
        return names;
    }

    void read_law(const std::string& law)
    {
        const Place place = Reader::member(at_, law);
        if (law == "uniform") {
            draw_.law = Draw::Law::uniform;
            if (read_pair(place, "[low, high]") && draw_.b < draw_.a) {
                reader_.error(place,
                    "is [" + core::number_text(draw_.a) + ", " + core::number_text(draw_.b) + "]",
                    "low must not be above high");
            }
        } else if (law == "normal") {
            draw_.law = Draw::Law::normal;
            if (read_pair(place, "[mean, sd]") && check_spread(place, "sd")) {
                read_bounds();
            }
        } else if (law == "lognormal") {
            draw_.law = Draw::Law::lognormal;
            if (read_pair(place, "[mu, sigma]")) {
                check_spread(place, "sigma");
            }
        } else if (law == "exponential") {
            draw_.law = Draw::Law::exponential;
            draw_.a = reader_.number(place, above(0.0)).value_or(1.0);
        } else {
            draw_.law = Draw::Law::values;
            read_values(place);
        }
    }

    bool read_pair(const Place& place, const std::string& form)
    {
        if (!place.json->is_array() || place.json->size() != 2) {
            reader_.error(place,
                Reader::description(*place.json)
                    + (place.json->is_array()
                            ? " of " + std::to_string(place.json->size()) + " values"
                            : ""),
                "must be " + form);
            return false;
        }
        const auto a = reader_.number(Reader::item(place, 0));
        const auto b = reader_.number(Reader::item(place, 1));
        draw_.a = a.value_or(0.0);
        draw_.b = b.value_or(0.0);
        return a && b;
    }

    bool check_spread(const Place& place, const std::string& name)
    {
        if (draw_.b >= 0.0) {
            return true;
        }
        reader_.error(
            Reader::item(place, 1), name + " is " + core::number_text(draw_.b), "must be >= 0");
        return false;
    }

    void read_bounds()
    {
        const Place min = Reader::member(at_, "min");
        const Place max = Reader::member(at_, "max");
        if (min) {
            draw_.min = reader_.number(min);
        }
        if (max) {
            draw_.max = reader_.number(max);
        }
        if (draw_.min && draw_.max && *draw_.min > *draw_.max) {
            reader_.error(max, "is " + core::number_text(*draw_.max),
                "must be >= min, which is " + core::number_text(*draw_.min));
            return;
        }
        // Each number takes 1 / fraction draws on average.
        constexpr double least = 1e-4;
        if ((draw_.min || draw_.max) && accepted_fraction(draw_) < least) {
            reader_.error(at_, "fewer than one draw in 10000 lies between min and max",
                "bounds must leave a larger part of the distribution");
        }
    }

    void read_values(const Place& place)
    {
        auto list = reader_.numbers(place);
        if (!list) {
            return;
        }
        if (context_.size_known && list->size() != context_.population->size) {
            reader_.error(place, "has " + std::to_string(list->size()) + " values",
                "must have one for each of the " + std::to_string(context_.population->size)
                    + " neurons");
        }
        draw_.values = std::make_shared<const std::vector<double>>(std::move(*list));
    }

    /// Values that are certain or likely to occur must be allowed; the rest is found when neurons
    /// and synapses are made.
    void check_range()
    {
        std::vector<double> ends;
        constexpr double infinite = std::numeric_limits<double>::infinity();
        switch (draw_.law) {
        case Draw::Law::uniform:
            ends = {draw_.a, draw_.b};
            break;
        case Draw::Law::normal:
            ends = {draw_.b == 0.0 ? draw_.a : draw_.min.value_or(draw_.a - draw_.b),
                draw_.b == 0.0 ? draw_.a : draw_.max.value_or(draw_.a + draw_.b)};
            break;
        case Draw::Law::lognormal:
            ends = {std::exp(draw_.a)};
            break;
        case Draw::Law::exponential:
            ends = {draw_.a};
            break;
        case Draw::Law::values: {
            double low = infinite;
            double high = -infinite;
            for (const double x : *draw_.values) {
                low = std::min(low, x);
                high = std::max(high, x);
            }
            if (low <= high) {
                ends = {low, high};
            }
            break;
        }
        }
        for (const double end : ends) {
            const double x = end * draw_.scale;
            if (!std::isfinite(x)) {
                reader_.error(at_, "can give values that are too large", "must be finite numbers");
                return;
            }
            if (!context_.limits.contains(x)) {
                reader_.error(at_, "can give " + core::number_text(x), context_.limits.text());
                return;
            }
        }
    }

    Resolution& r_;
    Reader& reader_;
    const Place& at_;
    const DrawContext& context_;
    Draw draw_;
};

/// A text over the population's random numbers.
std::optional<Distributed> read_per_neuron(
    Resolution& r, const Place& at, const DrawContext& context)
{
    Reader& reader = r.reader;
    std::vector<std::string> names = reader.variable_names();
    std::vector<std::string> random_names;
    for (const auto& random : context.population->random) {
        names.push_back(random.first);
        random_names.push_back(random.first);
    }
    const std::string& text = at.json->as_string();
    Expression::Compiled compiled = Expression::compile(text, names);
    if (!compiled.expression) {
        reader.expression_error(at, compiled.error.position, compiled.error.found,
            compiled.error.expected, compiled.error.hint);
        return std::nullopt;
    }
    PerNeuron value;
    value.text = text;
    for (const std::string& name : compiled.expression->names()) {
        const auto variable = reader.variables().find(name);
        if (variable != reader.variables().end()) {
            value.variables[name] = variable->second;
        }
    }
    value.expression = std::make_shared<const NeuronExpression>(
        std::move(*compiled.expression), reader.variables(), random_names);
    if (value.expression->random_names().empty()) {
        const auto number = reader.number(at, context.limits);
        return number ? std::optional<Distributed>(*number) : std::nullopt;
    }
    for (const Typical typical : {Typical::small, Typical::middle, Typical::large}) {
        const double x = typical_value(value, *context.population, typical);
        if (!std::isfinite(x)) {
            reader.error(at,
                "the expression " + in_quotes(text) + " can give " + core::number_text(x),
                "must be a finite number");
            return std::nullopt;
        }
        if (!context.limits.contains(x)) {
            reader.error(at,
                "the expression " + in_quotes(text) + " can give " + core::number_text(x),
                context.limits.text());
            return std::nullopt;
        }
    }
    return value;
}

} // namespace

std::optional<Draw> read_draw(Resolution& r, const Place& at, const DrawContext& context)
{
    if (!r.reader.is_object(at, "an object such as {\"uniform\": [0, 1]}")) {
        return std::nullopt;
    }
    return DrawReader(r, at, context).read();
}

std::optional<Distributed> read_distributed(
    Resolution& r, const Place& at, const DrawContext& context)
{
    if (at.json->is_object()) {
        auto draw = read_draw(r, at, context);
        return draw ? std::optional<Distributed>(std::move(*draw)) : std::nullopt;
    }
    if (at.json->is_string() && context.population != nullptr
        && !context.population->random.empty()) {
        return read_per_neuron(r, at, context);
    }
    if (!at.json->is_number() && !at.json->is_string()) {
        r.reader.error(at, Reader::description(*at.json),
            "must be a number, an expression or a draw such as {\"uniform\": [0, 1]}");
        return std::nullopt;
    }
    const auto number = r.reader.number(at, context.limits);
    return number ? std::optional<Distributed>(*number) : std::nullopt;
}

} // namespace engine::config
