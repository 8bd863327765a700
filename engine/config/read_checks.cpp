#include "engine/config/key_order.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <optional>

namespace engine::config {

namespace {

const std::vector<std::string>& quantities()
{
    static const std::vector<std::string> names {"rate", "spike_count", "first_spike", "first_isi",
        "last_isi", "isi_ratio", "cv_isi", "cv2", "lv", "fano", "burst_count", "spikes_per_burst",
        "v_max", "v_min", "population_fluctuation", "correlation", "synchrony", "peak_frequency",
        "peak_over_floor", "regime", "pattern"};
    return names;
}

const std::vector<std::string>& regimes()
{
    static const std::vector<std::string> names {
        "quiescent", "SR", "AR", "SI fast", "SI slow", "AI", "undecided"};
    return names;
}

void read_population(Resolution& r, const Place& at, const std::string& quantity)
{
    const Place name = Reader::member(at, "population");
    const Place neuron = Reader::member(at, "neuron");
    if (!name) {
        if (quantity != "regime") { // that of the whole network
            r.reader.missing(at, "population", "expected the name of a population");
        } else if (neuron) {
            r.reader.error(neuron, "stands without a population", "expected population too");
        }
        return;
    }
    const auto population = read_population_name(r, name);
    if (neuron && population) {
        const std::uint64_t size
            = r.known[*population].size ? r.experiment.populations[*population].size : largest_size;
        r.reader.whole(neuron, 0, size - 1);
    }
}

void read_expectation(Resolution& r, const Place& at, const std::string& quantity)
{
    Reader& reader = r.reader;
    const Place min_place = Reader::member(at, "min");
    const Place max_place = Reader::member(at, "max");
    const Place equals = Reader::member(at, "equals");
    const bool named = quantity == "regime" || quantity == "pattern";
    if (named && (min_place || max_place)) {
        reader.error(min_place ? min_place : max_place, "stands for a " + quantity,
            "a " + quantity + " is a name: expected equals");
        return;
    }
    if (equals && (min_place || max_place)) {
        reader.error(equals, "stands beside min or max", "expected equals, or min and max");
        return;
    }
    if (!equals && !min_place && !max_place) {
        reader.error(at, "has neither equals nor min nor max",
            named ? "expected equals" : "expected what the quantity should be");
        return;
    }
    if (equals && quantity == "regime") {
        reader.choice(equals, regimes(), "regime");
    } else if (equals && quantity == "pattern") {
        reader.text(equals);
    } else if (equals) {
        reader.number(equals);
    }
    const auto min = min_place ? reader.number(min_place) : std::nullopt;
    const auto max = max_place ? reader.number(max_place) : std::nullopt;
    if (min && max && *max < *min) {
        reader.error(max_place, "is " + core::number_text(*max),
            "must be >= min, which is " + core::number_text(*min));
    }
}

void read_check(Resolution& r, const Place& at)
{
    Reader& reader = r.reader;
    if (!reader.is_object(at, "an object with quantity")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::check));
    const auto time = [&](std::string_view key) {
        const Place place = Reader::member(at, key);
        return place ? reader.number(place, time_limits()) : std::nullopt;
    };
    const auto from = time("from");
    const auto to = time("to");
    if (to && *to <= from.value_or(0.0)) {
        reader.error(Reader::member(at, "to"), "is " + core::number_text(*to),
            "must be > from, which is " + core::number_text(from.value_or(0.0)));
    }
    reader.text_or_empty(at, "unit");
    const Place quantity_place = Reader::member(at, "quantity");
    if (!quantity_place) {
        reader.missing(at, "quantity", "expected the name of a quantity");
        return;
    }
    if (const auto quantity = reader.choice(quantity_place, quantities(), "quantity")) {
        read_population(r, at, *quantity);
        read_expectation(r, at, *quantity);
    }
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
