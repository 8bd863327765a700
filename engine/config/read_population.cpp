#include "engine/config/draw.hpp"
#include "engine/config/expression.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace engine::config {

namespace {

std::vector<std::string> names_of(const std::vector<models::ParamSpec>& specs)
{
    std::vector<std::string> names;
    for (const models::ParamSpec& spec : specs) {
        names.push_back(spec.name);
    }
    return names;
}

class PopulationReader {
public:
    PopulationReader(Resolution& r, const Place& at, Population& population, KnownPopulation& known)
        : r_(r)
        , reader_(r.reader)
        , at_(at)
        , population_(population)
        , known_(known)
    {
    }

    void read()
    {
        reader_.check_keys(at_, keys_of(Section::population));
        read_name();
        population_.label = reader_.text_or_empty(at_, "label");
        if (population_.label.empty()) {
            population_.label = population_.name;
        }
        read_color();
        const Place size = Reader::member(at_, "size");
        if (!size) {
            reader_.missing(at_, "size", "expected the number of neurons");
        } else if (const auto n = reader_.whole(size, 1, largest_size)) {
            population_.size = static_cast<std::size_t>(*n);
            known_.size = true;
        }
        read_model();
        read_random();
        if (population_.model == nullptr) {
            return;
        }
        const std::size_t before = reader_.errors();
        read_params();
        if (reader_.errors() == before) {
            known_.params = true;
            check_params();
            read_init();
        }
    }

private:
    void read_name()
    {
        const auto name = reader_.required_text(at_, "name", "expected a name");
        if (!name) {
            return;
        }
        if (!is_name(*name)) {
            reader_.error(Reader::member(at_, "name"),
                in_quotes(*name) + " cannot be the name of a population",
                "names are letters, digits and _, not a digit first");
        }
        population_.name = *name; // what refers to a wrong name is not wrong for that
    }

    void read_color()
    {
        population_.color = reader_.text_or_empty(at_, "color");
        const std::string& color = population_.color;
        if (color.empty()) {
            return;
        }
        const auto all = [&](std::size_t from, const char* allowed) {
            return color.find_first_not_of(allowed, from) == std::string::npos;
        };
        const bool hex = color[0] == '#' && (color.size() == 4 || color.size() == 7)
            && all(1, "0123456789abcdefABCDEF");
        if (!hex
            && !(color.size() <= 32
                && all(0, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))) {
            reader_.error(Reader::member(at_, "color"), "is " + in_quotes(color),
                "must be #rrggbb, #rgb or the name of a color");
        }
    }

    void read_model()
    {
        const Place place = Reader::member(at_, "model");
        std::vector<std::string> names;
        for (const models::ModelDescription* model : models::Registry::instance().all()) {
            names.push_back(model->name);
        }
        if (!place) {
            reader_.missing(at_, "model", "expected one of " + joined(names));
            return;
        }
        if (const auto name = reader_.choice(place, names, "model")) {
            population_.model = models::Registry::instance().find(*name);
        }
    }

    DrawContext context(const models::Limits& limits) const
    {
        return {limits, &population_, known_.size};
    }

    void read_random()
    {
        const Place random = Reader::member(at_, "random");
        if (!random || !reader_.is_object(random, "an object of named random numbers")) {
            return;
        }
        for (std::size_t i = 0; i < random.json->size(); ++i) {
            const std::string& name = random.json->key(i);
            if (Reader::is_free_key(name)) {
                continue;
            }
            const Place place = Reader::member_at(random, i);
            if (!is_name(name) || name == "pi" || name == "e") {
                reader_.error(place, in_quotes(name) + " cannot be the name of a random number",
                    "names are letters, digits and _, not a digit first, and not pi or e");
            } else if (reader_.variables().count(name) > 0) {
                reader_.error(place, in_quotes(name) + " is the name of a variable",
                    "a random number needs a name of its own");
            } else {
                // A wrong one still exists: expressions that use it are not wrong for that.
                population_.random[name] = read_draw(r_, place, context({})).value_or(Draw {});
            }
        }
    }

    void read_params()
    {
        population_.params = population_.model->defaults();
        const Place params = Reader::member(at_, "params");
        if (!params || !reader_.is_object(params, "an object of parameters")) {
            return;
        }
        for (std::size_t i = 0; i < params.json->size(); ++i) {
            const std::string& name = params.json->key(i);
            if (Reader::is_free_key(name)) {
                continue;
            }
            const Place place = Reader::member_at(params, i);
            if (const models::ParamSpec* spec = population_.model->find_param(name)) {
                read_param(place, *spec);
            } else {
                const std::vector<std::string> names = names_of(population_.model->params);
                reader_.error(place,
                    "unknown parameter " + in_quotes(name) + " of " + population_.model->name,
                    "expected one of " + joined(names), did_you_mean(name, names));
            }
        }
    }

    void read_param(const Place& place, const models::ParamSpec& spec)
    {
        core::Value& value = population_.params[spec.name];
        if (place.json->is_null() && spec.nullable) {
            value = std::monostate {};
            return;
        }
        switch (spec.kind) {
        case models::ParamKind::flag:
            if (const auto flag = reader_.flag(place)) {
                value = *flag;
            }
            break;
        case models::ParamKind::choice:
            if (const auto choice = reader_.choice(place, spec.choices, spec.name)) {
                value = *choice;
            }
            break;
        case models::ParamKind::list:
            if (auto list = reader_.numbers(place, spec.limits)) {
                value = std::move(*list);
            }
            break;
        case models::ParamKind::number:
            read_number_param(place, spec, value);
            break;
        }
    }

    void read_number_param(const Place& place, const models::ParamSpec& spec, core::Value& value)
    {
        if (!spec.drawable()) {
            if (place.json->is_object()) {
                reader_.error(place, "is drawn", spec.name + " must be one value for all neurons");
            } else if (const auto x = reader_.number(place, spec.limits)) {
                value = *x;
            }
            return;
        }
        auto distributed = read_distributed(r_, place, context(spec.limits));
        if (!distributed) {
            return;
        }
        value = typical_value(*distributed, population_, Typical::middle);
        if (spec.unit == "ms" && std::get<double>(value) > longest_time_ms) {
            reader_.error(place, "is " + core::value_text(value) + " ms",
                "must be at most " + core::number_text(longest_time_ms) + " ms");
        }
        if (!std::holds_alternative<double>(*distributed)) {
            population_.drawn[spec.name] = std::move(*distributed);
        }
    }

    /// Conditions between parameters. Where some are drawn a condition counts only if small, middle
    /// and large values all break it; the neurons themselves are checked when they are made.
    void check_params()
    {
        std::vector<models::Violation> found = violations(Typical::middle);
        if (!population_.drawn.empty()) {
            for (const Typical typical : {Typical::small, Typical::large}) {
                const std::vector<models::Violation> also = violations(typical);
                found.erase(
                    std::remove_if(found.begin(), found.end(),
                        [&](const models::Violation& v) {
                            return std::none_of(also.begin(), also.end(),
                                [&](const models::Violation& w) { return v.param == w.param; });
                        }),
                    found.end());
            }
        }
        for (const models::Violation& violation : found) {
            const Place params = Reader::member(at_, "params");
            const Place place = Reader::member(params ? params : at_, violation.param);
            if (violation.warning) {
                reader_.warning(place, violation.found, violation.expected);
            } else {
                reader_.error(place, violation.found, violation.expected);
                known_.params = false;
            }
        }
    }

    std::vector<models::Violation> violations(Typical typical) const
    {
        if (!population_.model->check) {
            return {};
        }
        models::ParamValues params = population_.params;
        for (const auto& drawn : population_.drawn) {
            params[drawn.first] = typical_value(drawn.second, population_, typical);
        }
        return population_.model->check(params);
    }

    void read_init()
    {
        const Place init = Reader::member(at_, "init");
        if (!init || !reader_.is_object(init, "an object of initial values") || !known_.params) {
            return;
        }
        const std::vector<models::StateSpec> states = population_.model->states(population_.params);
        for (std::size_t i = 0; i < init.json->size(); ++i) {
            const std::string& name = init.json->key(i);
            if (Reader::is_free_key(name)) {
                continue;
            }
            const Place place = Reader::member_at(init, i);
            const auto spec = std::find_if(states.begin(), states.end(),
                [&](const models::StateSpec& s) { return s.name == name; });
            if (spec != states.end()) {
                read_state(place, *spec);
                continue;
            }
            std::vector<std::string> names;
            for (const models::StateSpec& state : states) {
                names.push_back(state.name);
            }
            reader_.error(place,
                "unknown state variable " + in_quotes(name) + " of " + population_.model->name
                    + " with these parameters",
                "expected one of " + joined(names), did_you_mean(name, names));
        }
    }

    void read_state(const Place& place, const models::StateSpec& spec)
    {
        if (!spec.list) {
            if (auto value = read_distributed(r_, place, context({}))) {
                population_.init[spec.name] = std::move(*value);
            }
            return;
        }
        auto list = reader_.numbers(place);
        if (!list) {
            return;
        }
        const auto like = population_.params.find(spec.as_long_as);
        if (like != population_.params.end()) {
            const auto* other = std::get_if<std::vector<double>>(&like->second);
            if (other != nullptr && other->size() != list->size()) {
                reader_.error(place, "has " + std::to_string(list->size()) + " values",
                    "must have " + std::to_string(other->size()) + " like " + spec.as_long_as);
                return;
            }
        }
        population_.init_lists[spec.name] = std::move(*list);
    }

    Resolution& r_;
    Reader& reader_;
    const Place& at_;
    Population& population_;
    KnownPopulation& known_;
};

} // namespace

void read_populations(Resolution& r, const Place& root)
{
    const Place list = Reader::member(root, "populations");
    if (!list) {
        r.reader.missing(root, "populations", "expected a list of populations");
        return;
    }
    if (!r.reader.is_list(list, "a list of populations")) {
        return;
    }
    if (list.json->size() == 0) {
        r.reader.error(list, "is empty", "a preset has at least one population");
    }
    const std::size_t count = list.json->size();
    constexpr std::size_t most = 1000; // each has colours, rows and a place in the raster
    if (count > most) {
        r.reader.error(list, "has " + std::to_string(count) + " populations",
            "a preset has at most " + std::to_string(most));
        return;
    }
    r.experiment.populations.resize(count);
    r.known.resize(count);
    std::set<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        const Place at = Reader::item(list, i);
        if (!r.reader.is_object(at, "an object: a population")) {
            continue;
        }
        Population& population = r.experiment.populations[i];
        PopulationReader(r, at, population, r.known[i]).read();
        if (!population.name.empty() && !names.insert(population.name).second) {
            r.reader.error(Reader::member(at, "name"),
                "name " + in_quotes(population.name) + " is given to two populations",
                "names must be different");
        }
    }
}

} // namespace engine::config
