#include "engine/config/size_scaling.hpp"

#include "engine/config/preset_path.hpp"
#include "engine/config/reader.hpp"
#include "engine/config/size_places.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

bool is_whole(double x) { return x == std::round(x); }

std::vector<std::string> variables_of(const PresetDocument& document)
{
    std::vector<std::string> names;
    if (const Json* variables = document.tree().find("variables")) {
        for (std::size_t i = 0; i < variables->size(); ++i) {
            if (!Reader::is_free_key(variables->key(i))) {
                names.push_back(variables->key(i));
            }
        }
    }
    return names;
}

class Scaling {
public:
    Scaling(const PresetDocument& document, std::vector<SizePlace> places)
        : document_(document)
        , places_(std::move(places))
    {
    }

    ScaledSize make()
    {
        while (set_variable()) { }
        set_places();
        ScaledSize out;
        out.errors = std::move(errors_);
        if (out.errors.empty()) {
            out.document = document_;
            out.values = std::move(values_);
        }
        return out;
    }

private:
    struct Step {
        std::string path;
        core::Value value;
        std::optional<PresetDocument> document;
        std::size_t gained = 0; ///< places that have their value now
    };

    /// Sets the variable that carries most of what is left and nothing else; false where none does.
    bool set_variable()
    {
        Step best;
        for (const std::string& name : variables_of(document_)) {
            const auto present = document_.value(name);
            const auto* number = present ? std::get_if<double>(&*present) : nullptr;
            if (number == nullptr || *number == 0.0) {
                continue;
            }
            for (const double factor : factors_left()) {
                Step step = with_variable(name, *number, factor);
                if (step.gained > best.gained) {
                    best = std::move(step);
                }
            }
        }
        if (best.gained == 0) {
            return false;
        }
        document_ = *best.document;
        values_.emplace_back(std::move(best.path), std::move(best.value));
        return true;
    }

    /// By how much the places that have not got their values are to change.
    std::vector<double> factors_left() const
    {
        std::vector<double> factors;
        const auto add = [&](double factor) {
            constexpr double same = 1e-9;
            const bool known = std::any_of(factors.begin(), factors.end(),
                [&](double x) { return std::abs(x - factor) <= same * std::abs(x); });
            if (!known && std::isfinite(factor) && factor != 0.0) {
                factors.push_back(factor);
            }
        };
        for (const SizePlace& place : places_) {
            if (!place.reached(document_.experiment())) {
                add(place.wanted / place.of(document_.experiment()));
            }
        }
        return factors;
    }

    Step with_variable(const std::string& name, double number, double factor) const
    {
        // A number of neurons stays one.
        constexpr double many = 10.0;
        const double exact = number * factor;
        const double value
            = is_whole(number) && std::abs(exact) >= many ? std::round(exact) : exact;
        Step step {name, value, document_.set(name, value).document};
        if (!step.document) {
            return step;
        }
        const Experiment& before = document_.experiment();
        Experiment rest = step.document->experiment();
        std::size_t gained = 0;
        for (const SizePlace& place : places_) {
            const bool had = place.reached(before);
            const bool has = place.reached(rest);
            if (had && !has) {
                return step;
            }
            gained += !had && has ? 1 : 0;
            place.put(rest, place.of(before));
        }
        if (rest == before) {
            step.gained = gained;
        }
        return step;
    }

    /// What no variable carries. A number may fit only when others have been set (no more inputs
    /// than neurons): it waits for them.
    void set_places()
    {
        std::vector<SizePlace> left = places_;
        for (bool any = true; any;) {
            any = false;
            errors_.clear();
            for (auto place = left.begin(); place != left.end();) {
                if (place->reached(document_.experiment()) || set(*place)) {
                    place = left.erase(place);
                    any = true;
                } else {
                    ++place;
                }
            }
        }
    }

    bool set(const SizePlace& place)
    {
        const core::Value value = place_value(place);
        const SetResult changed = document_.set(place.path, value);
        if (!changed.document) {
            errors_.insert(errors_.end(), changed.diagnostics.begin(), changed.diagnostics.end());
            return false;
        }
        document_ = *changed.document;
        values_.emplace_back(place.path, value);
        return true;
    }

    core::Value place_value(const SizePlace& place) const
    {
        const auto found = find_path(document_.tree(), document_.experiment(), place.path);
        const Json* written = found.path ? find_value(document_.tree(), *found.path) : nullptr;
        if (written == nullptr || !written->is_string()) {
            return place.wanted;
        }
        const double factor = place.wanted / place.of(document_.experiment());
        const std::string product = core::number_text(factor) + " * (" + written->as_string() + ")";
        return place.whole ? "round(" + product + ")" : product;
    }

    PresetDocument document_;
    std::vector<SizePlace> places_;
    PathValues values_;
    core::Diagnostics errors_;
};

} // namespace

ScaledSize scaled_size(const PresetDocument& document, double factor, SizeKept kept)
{
    ScaledSize out;
    if (!(factor > 0.0) || !std::isfinite(factor)) {
        out.errors.push_back(path_problem(
            "size", "is " + core::number_text(factor) + " times as large", "must be > 0"));
        return out;
    }
    if (factor == 1.0) {
        out.document = document;
        return out;
    }
    std::vector<SizePlace> places = size_places(document.experiment(), factor, kept, out.errors);
    return out.errors.empty() ? Scaling(document, std::move(places)).make() : out;
}

} // namespace engine::config
