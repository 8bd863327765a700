#include "engine/config/quantity.hpp"

#include <algorithm>
#include <array>

namespace engine::config {

namespace {

struct Spec {
    Quantity quantity;
    std::string_view name;
    std::string_view unit;
};

constexpr std::array specs {
    Spec {Quantity::rate, "rate", "Hz"},
    Spec {Quantity::spike_count, "spike_count", ""},
    Spec {Quantity::first_spike, "first_spike", "ms"},
    Spec {Quantity::first_isi, "first_isi", "ms"},
    Spec {Quantity::last_isi, "last_isi", "ms"},
    Spec {Quantity::isi_ratio, "isi_ratio", ""},
    Spec {Quantity::cv_isi, "cv_isi", ""},
    Spec {Quantity::cv2, "cv2", ""},
    Spec {Quantity::lv, "lv", ""},
    Spec {Quantity::fano, "fano", ""},
    Spec {Quantity::burst_count, "burst_count", ""},
    Spec {Quantity::spikes_per_burst, "spikes_per_burst", ""},
    Spec {Quantity::v_max, "v_max", "mV"},
    Spec {Quantity::v_min, "v_min", "mV"},
    Spec {Quantity::oscillation_period, "oscillation_period", "ms"},
    Spec {Quantity::oscillation_decay, "oscillation_decay", ""},
    Spec {Quantity::population_fluctuation, "population_fluctuation", ""},
    Spec {Quantity::correlation, "correlation", ""},
    Spec {Quantity::synchrony, "synchrony", ""},
    Spec {Quantity::peak_frequency, "peak_frequency", "Hz"},
    Spec {Quantity::peak_over_floor, "peak_over_floor", ""},
    Spec {Quantity::regime, "regime", ""},
    Spec {Quantity::pattern, "pattern", ""},
};

constexpr bool in_order()
{
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (static_cast<std::size_t>(specs[i].quantity) != i) {
            return false;
        }
    }
    return true;
}
static_assert(in_order(), "a quantity is found by its place");

const Spec& spec_of(Quantity quantity) { return specs[static_cast<std::size_t>(quantity)]; }

} // namespace

std::string_view name_of(Quantity quantity) { return spec_of(quantity).name; }

std::string_view unit_of(Quantity quantity) { return spec_of(quantity).unit; }

bool is_name(Quantity quantity)
{
    return quantity == Quantity::regime || quantity == Quantity::pattern;
}

std::optional<Quantity> quantity_named(std::string_view name)
{
    const auto* const found = std::find_if(
        specs.begin(), specs.end(), [name](const Spec& spec) { return spec.name == name; });
    return found == specs.end() ? std::nullopt : std::optional(found->quantity);
}

const std::vector<std::string>& quantity_names()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const Spec& spec : specs) {
            out.emplace_back(spec.name);
        }
        return out;
    }();
    return names;
}

} // namespace engine::config
