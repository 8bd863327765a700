#include "engine/config/key_order.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <string>
#include <utility>
#include <vector>

namespace engine::config {

namespace {

const std::vector<std::string>& regimes()
{
    static const std::vector<std::string> names {
        "quiescent", "SR", "AR", "SI fast", "SI slow", "AI", "undecided"};
    return names;
}

void read_neurons(Resolution& r, const Place& at, Check& check)
{
    const Place name = Reader::member(at, "population");
    const Place neuron = Reader::member(at, "neuron");
    if (!name) {
        if (check.quantity != Quantity::regime) { // that of the whole network
            r.reader.missing(at, "population", "expected the name of a population");
        } else if (neuron) {
            r.reader.error(neuron, "stands without a population", "expected population too");
        }
        return;
    }
    check.population = read_population_name(r, name);
    if (neuron && check.population) {
        const std::uint64_t size = r.known[*check.population].size
            ? r.experiment.populations[*check.population].size
            : largest_size;
        if (const auto index = r.reader.whole(neuron, 0, size - 1)) {
            check.neuron = static_cast<std::uint32_t>(*index);
        }
    }
}

void read_window(Resolution& r, const Place& at, Check& check)
{
    Reader& reader = r.reader;
    const auto time = [&](std::string_view key) {
        const Place place = Reader::member(at, key);
        return place ? reader.number(place, time_limits()) : std::nullopt;
    };
    const auto from = time("from");
    check.from_ms = from.value_or(r.experiment.record.warmup_ms);
    check.to_ms = time("to");
    if (!check.to_ms || *check.to_ms > check.from_ms) {
        return;
    }
    const Place to = Reader::member(at, "to");
    const std::string found = "is " + core::number_text(*check.to_ms);
    const std::string limit = ", which is " + core::number_text(check.from_ms);
    if (from || check.from_ms == 0.0) {
        reader.error(to, found, "must be > from" + limit);
    } else {
        reader.warning(to, found, "nothing can be measured before the end of the warm-up" + limit);
    }
}

/// The numbers are taken in the quantity's own unit, whatever stands here.
void read_unit(Resolution& r, const Place& at, Check& check)
{
    check.unit = r.reader.text_or_empty(at, "unit");
    const std::string own(unit_of(check.quantity));
    if (!check.unit.empty() && !own.empty() && check.unit != own) {
        r.reader.warning(Reader::member(at, "unit"), "is \"" + check.unit + "\"",
            std::string(name_of(check.quantity)) + " is in " + own);
    }
}

/// A regime or a firing pattern.
void read_expected_name(Resolution& r, const Place& at, Check& check)
{
    const std::string quantity(name_of(check.quantity));
    const Place equals = Reader::member(at, "equals");
    for (const char* key : {"min", "max"}) {
        if (const Place place = Reader::member(at, key)) {
            r.reader.error(
                place, "stands for a " + quantity, "a " + quantity + " is a name: expected equals");
            return;
        }
    }
    if (!equals) {
        r.reader.error(at, "has neither equals nor min nor max", "expected equals");
        return;
    }
    check.name = (check.quantity == Quantity::regime ? r.reader.choice(equals, regimes(), "regime")
                                                     : r.reader.text(equals))
                     .value_or("");
}

void read_expected_number(Resolution& r, const Place& at, Check& check)
{
    Reader& reader = r.reader;
    const Place min = Reader::member(at, "min");
    const Place max = Reader::member(at, "max");
    const Place equals = Reader::member(at, "equals");
    if (equals && (min || max)) {
        reader.error(equals, "stands beside min or max", "expected equals, or min and max");
        return;
    }
    if (!equals && !min && !max) {
        reader.error(
            at, "has neither equals nor min nor max", "expected what the quantity should be");
        return;
    }
    check.equals = equals ? reader.number(equals) : std::nullopt;
    check.min = min ? reader.number(min) : std::nullopt;
    check.max = max ? reader.number(max) : std::nullopt;
    if (check.min && check.max && *check.max < *check.min) {
        reader.error(max, "is " + core::number_text(*check.max),
            "must be >= min, which is " + core::number_text(*check.min));
    }
}

void read_check(Resolution& r, const Place& at)
{
    Reader& reader = r.reader;
    if (!reader.is_object(at, "an object with quantity")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::check));
    Check check;
    read_window(r, at, check);
    const Place quantity_place = Reader::member(at, "quantity");
    if (!quantity_place) {
        reader.missing(at, "quantity", "expected the name of a quantity");
        return;
    }
    const auto name = reader.choice(quantity_place, quantity_names(), "quantity");
    const auto quantity = name ? quantity_named(*name) : std::nullopt;
    if (!quantity) {
        return;
    }
    check.quantity = *quantity;
    read_unit(r, at, check);
    read_neurons(r, at, check);
    if (is_name(check.quantity)) {
        read_expected_name(r, at, check);
    } else {
        read_expected_number(r, at, check);
    }
    r.experiment.checks.push_back(std::move(check));
}

} // namespace

void read_checks(Resolution& r, const Place& root)
{
    const Place list = Reader::member(root, "checks");
    if (!list || !r.reader.is_list(list, "a list of checks")) {
        return;
    }
    for (std::size_t i = 0; i < list.json->size(); ++i) {
        read_check(r, Reader::item(list, i));
    }
}

} // namespace engine::config
