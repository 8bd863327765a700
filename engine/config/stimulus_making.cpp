#include "engine/config/adjustable_rows.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/neuron_stimulus.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/reader.hpp"
#include "engine/config/stimulus_changes.hpp"
#include "engine/config/stimulus_types.hpp"
#include "engine/config/value_json.hpp"
#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

// How stimuli are added, duplicated, removed and turned into others.

namespace engine::config {

namespace {

/// The nearest of 1, 2, 5 times a power of ten.
double nice(double x)
{
    if (!(x > 0.0)) {
        return 1.0;
    }
    const double decade = std::pow(10.0, std::floor(std::log10(x)));
    double best = decade;
    for (const double step : {1.0, 2.0, 5.0, 10.0}) {
        if (std::abs(step * decade - x) < std::abs(best - x)) {
            best = step * decade;
        }
    }
    return best;
}

double largest(double present, const std::vector<double>& values)
{
    for (const double x : values) {
        present = std::abs(x) > std::abs(present) ? x : present;
    }
    return present;
}

/// The value of a stimulus that is farthest from 0: of a current in its unit, of spikes the weight.
double size_of(const Source& source)
{
    struct Size {
        double operator()(const Dc& dc) const { return dc.amplitude; }
        double operator()(const StepCurrent& step) const { return largest(0.0, step.amplitudes); }
        double operator()(const Ramp& ramp) const
        {
            return largest(ramp.from, {ramp.to.value_or(0.0)});
        }
        double operator()(const Pulses& pulses) const
        {
            return largest(pulses.baseline, pulses.amplitudes);
        }
        double operator()(const Ac& ac) const { return ac.offset + ac.amplitude; }
        double operator()(const Noise& noise) const
        {
            return noise.uniform ? largest(noise.a, {noise.b}) : noise.a + noise.b;
        }
        double operator()(const Poisson& poisson) const { return poisson.weight; }
        double operator()(const SpikeTrain& train) const
        {
            return train.common ? largest(0.0, train.common->weights) : 0.0;
        }
    };
    return std::visit(Size {}, source);
}

/// A number among the population's parameters.
std::optional<double> param(const Population& population, const char* name)
{
    const auto found = population.params.find(name);
    const double* x
        = found == population.params.end() ? nullptr : std::get_if<double>(&found->second);
    return x == nullptr ? std::nullopt : std::optional(*x);
}

/// The current that takes a leaky membrane to its threshold.
std::optional<double> threshold_current(const Population& population)
{
    const auto V_th = param(population, "V_th");
    const auto E_L = param(population, "E_L");
    const auto C_m = param(population, "C_m");
    const auto tau_m = param(population, "tau_m");
    auto g_m = param(population, "g_m");
    if (!g_m) {
        g_m = param(population, "g");
    }
    if (!g_m && C_m && tau_m && *tau_m > 0.0) {
        g_m = *C_m / *tau_m;
    }
    if (V_th && E_L && g_m && *V_th > *E_L) {
        return *g_m * (*V_th - *E_L);
    }
    return std::nullopt;
}

} // namespace

double current_for(const Population& population)
{
    constexpr double above = 1.5;
    constexpr double otherwise = 10.0;
    const auto threshold = threshold_current(population);
    return threshold ? nice(above * *threshold) : otherwise;
}

double silencing_current(const Population& population)
{
    constexpr double below = 10.0; // times the distance to the threshold
    // v of Izhikevich's neuron stands near -87 then; more would make a step of 1 ms unstable.
    constexpr double otherwise = -25.0;
    const auto threshold = threshold_current(population);
    return threshold ? -nice(below * *threshold) : otherwise;
}

namespace {

/// The size that other stimuli of this kind at the population have, else one that suits the model.
double usual_size(const Experiment& experiment, std::size_t population, bool spikes)
{
    double found = 0.0;
    for (const Stimulus& stimulus : experiment.stimuli) {
        const bool here = std::any_of(stimulus.targets.begin(), stimulus.targets.end(),
            [&](const Target& target) { return target.population == population; });
        if (here && type_of(stimulus.source).spikes == spikes) {
            found = largest(found, {size_of(stimulus.source)});
        }
    }
    if (found != 0.0) {
        return found;
    }
    const Population& target = experiment.populations[population];
    if (!spikes) {
        return current_for(target);
    }
    // A potential that jumps by the weight moves by a few millivolts, a conductance more.
    const int port = target.model->default_spike_port(target.params);
    constexpr double jump_size = 5.0;
    constexpr double otherwise = 20.0;
    return unit_text(StimulusUnit::weight, target, port) == "mV" ? jump_size : otherwise;
}

} // namespace

std::string free_label(const Experiment& experiment, std::string wanted)
{
    const auto taken = [&](const std::string& label) {
        return std::any_of(experiment.stimuli.begin(), experiment.stimuli.end(),
            [&](const Stimulus& stimulus) { return stimulus.label == label; });
    };
    // A copy of "pulses 2" is "pulses 3", not "pulses 2 2".
    const auto last = wanted.find_last_not_of("0123456789");
    if (last != std::string::npos && last + 1 < wanted.size() && wanted[last] == ' '
        && taken(wanted)) {
        wanted.erase(last);
    }
    std::string label = wanted;
    for (int n = 2; taken(label); ++n) {
        label = wanted + " " + std::to_string(n);
    }
    return label;
}

namespace {

using Members = std::vector<std::pair<std::string, Json>>;

struct Shape {
    double size = 0.0; ///< of the current, or the weight
    double begin_ms = 0.0;
    double end_ms = 0.0;
    double span_ms = 0.0; ///< that a person looks at
    const core::TimeGrid* grid = nullptr;
};

Json number(double x) { return Json::number(x); }
Json numbers(std::initializer_list<double> list)
{
    std::vector<Json> items;
    for (const double x : list) {
        items.push_back(number(x));
    }
    return Json::array(std::move(items));
}

/// The members of its type, with start and stop where it has no list of times.
Members members_of(const std::string& type, const Shape& shape)
{
    const Json start = number(shape.begin_ms);
    const Json stop = number(shape.end_ms);
    const double length = std::max(shape.end_ms - shape.begin_ms, shape.grid->dt_ms());
    const auto on_grid = [&](double t) {
        return shape.grid->time_ms(std::max<core::Step>(shape.grid->steps(t), 1));
    };
    const double size = shape.size;
    constexpr double ms_per_s = 1000.0;
    if (type == "dc") {
        return {{"amplitude", number(size)}, {"start", start}, {"stop", stop}};
    }
    if (type == "step_current") {
        return {{"times", numbers({shape.begin_ms, shape.end_ms})},
            {"amplitudes", numbers({size, 0.0})}};
    }
    if (type == "ramp") {
        return {{"from", number(0.0)}, {"to", number(size)}, {"start", start}, {"stop", stop}};
    }
    if (type == "pulses") {
        return {{"times", numbers({shape.begin_ms})},
            {"width", number(on_grid(nice(length / 10.0)))}, {"amplitude", number(size)}};
    }
    if (type == "ac") {
        constexpr double periods = 4.0; // in the stimulus
        return {{"amplitude", number(size / 2.0)},
            {"frequency", number(nice(periods * ms_per_s / length))},
            {"offset", number(size / 2.0)}, {"start", start}, {"stop", stop}};
    }
    if (type == "noise") {
        return {{"mean", number(size / 2.0)}, {"std", number(std::abs(size) / 2.0)},
            {"start", start}, {"stop", stop}};
    }
    if (type == "poisson") {
        constexpr double spikes = 10.0; // in the stimulus
        return {{"rate", number(nice(spikes * ms_per_s / length))}, {"weight", number(size)},
            {"start", start}, {"stop", stop}};
    }
    return {{"times", numbers({on_grid(shape.begin_ms)})}, {"weights", number(size)}};
}

} // namespace

std::vector<Json> stimuli_of(const PresetDocument& document)
{
    std::vector<Json> all;
    const Json* list = document.tree().find("stimuli");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        all.push_back(list->at(i));
    }
    return all;
}

StimulusEdit with_list(const PresetDocument& document, std::vector<Json> items)
{
    return applied(document,
        {{"stimuli", document.value("stimuli").value_or(core::Value {}),
            to_text(Json::array(std::move(items)))}});
}

namespace {

/// Where a stimulus begins and ends now: its interval, else its times.
std::pair<double, std::optional<double>> extent(const Stimulus& stimulus)
{
    const std::vector<double>* times = nullptr;
    double tail_ms = 0.0;
    if (const auto* step = std::get_if<StepCurrent>(&stimulus.source)) {
        times = &step->times_ms;
    } else if (const auto* pulses = std::get_if<Pulses>(&stimulus.source)) {
        times = &pulses->times_ms;
        tail_ms = pulses->width_ms;
    } else if (const auto* train = std::get_if<SpikeTrain>(&stimulus.source);
               train != nullptr && train->common) {
        times = &train->common->times_ms;
    }
    if (times == nullptr || times->empty()) {
        return {stimulus.start_ms, stimulus.stop_ms};
    }
    const double end = times->back() + tail_ms;
    return {times->front(), end > times->front() ? std::optional(end) : stimulus.stop_ms};
}

StimulusEdit unknown_type(std::string_view type)
{
    StimulusEdit edit;
    edit.errors.push_back(
        path_problem("stimuli", "unknown type of stimulus " + in_quotes(type), {}));
    return edit;
}

const StimulusType* find_type(std::string_view name)
{
    for (const StimulusType& type : stimulus_types()) {
        if (type.name == name) {
            return &type;
        }
    }
    return nullptr;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

constexpr double share_of_span = 0.2; // that a new stimulus takes

} // namespace

Json step_after(const PresetDocument& document, std::size_t index, std::size_t place)
{
    const Stimulus& stimulus = document.experiment().stimuli[index];
    const auto& step = std::get<StepCurrent>(stimulus.source);
    if (place > 0 && place <= step.amplitudes.size() && step.amplitudes[place - 1] != 0.0) {
        return number(0.0);
    }
    const double size = largest(0.0, step.amplitudes);
    return number(size != 0.0
            ? size
            : usual_size(document.experiment(), stimulus.targets.front().population, false));
}

StimulusEdit add_stimulus(const PresetDocument& document, std::string_view type,
    std::size_t population, double at_ms, double span_ms)
{
    const Experiment& experiment = document.experiment();
    const StimulusType* found = find_type(type);
    if (found == nullptr || population >= experiment.populations.size()) {
        return unknown_type(type);
    }
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const core::Step begin = std::max<core::Step>(grid.steps(at_ms), 0);
    const core::Step length = std::max<core::Step>(grid.steps(share_of_span * span_ms), 1);
    Shape shape {usual_size(experiment, population, found->spikes), grid.time_ms(begin),
        grid.time_ms(begin + length), span_ms, &grid};
    Members members {{"type", Json::string(found->name)},
        {"label", Json::string(free_label(experiment, lower(found->title)))},
        {"target", Json::string(experiment.populations[population].name)}};
    for (auto& member : members_of(found->name, shape)) {
        members.push_back(std::move(member));
    }
    std::vector<Json> all = stimuli_of(document);
    all.push_back(Json::object(std::move(members)));
    return with_list(document, std::move(all));
}

StimulusEdit duplicate_stimulus(const PresetDocument& document, std::size_t index)
{
    const Json* stimulus = stimulus_at(document, index);
    if (stimulus == nullptr) {
        return no_stimulus(index);
    }
    const Stimulus& original = document.experiment().stimuli[index];
    const std::string name
        = original.label.empty() ? lower(type_of(original.source).title) : original.label;
    const std::vector<std::string> order = stimulus_order(stimulus->find("type")->as_string());
    std::vector<Json> all = stimuli_of(document);
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(index) + 1,
        with_member(
            *stimulus, "label", Json::string(free_label(document.experiment(), name)), order));
    return with_list(document, std::move(all));
}

StimulusEdit remove_stimulus(const PresetDocument& document, std::size_t index)
{
    if (stimulus_at(document, index) == nullptr) {
        return no_stimulus(index);
    }
    std::vector<Json> all = stimuli_of(document);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
    return with_list(document, std::move(all));
}

StimulusEdit change_type(
    const PresetDocument& document, std::size_t index, std::string_view type, double span_ms)
{
    const Json* written = stimulus_at(document, index);
    const StimulusType* found = find_type(type);
    if (written == nullptr || found == nullptr) {
        return written == nullptr ? no_stimulus(index) : unknown_type(type);
    }
    const Experiment& experiment = document.experiment();
    const Stimulus& present = experiment.stimuli[index];
    if (type_of(present.source).name == type) {
        return applied(document, {});
    }
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    const auto [begin, end] = extent(present);
    const bool same_kind = type_of(present.source).spikes == found->spikes;
    double size = same_kind ? size_of(present.source) : 0.0;
    if (size == 0.0) {
        size = usual_size(experiment, present.targets.front().population, found->spikes);
    }
    const double standard = begin + std::max(share_of_span * span_ms, grid.dt_ms());
    const Shape shape {
        size, begin, grid.time_ms(grid.steps(end.value_or(standard))), span_ms, &grid};
    Members members;
    for (std::size_t i = 0; i < written->size(); ++i) {
        const std::string& key = written->key(i);
        const bool stays = key == "label" || key == "target" || key == "delay"
            || (key == "port" && same_kind) || Reader::is_free_key(key);
        if (key == "type") {
            members.emplace_back(key, Json::string(found->name));
        } else if (stays) {
            members.emplace_back(key, written->at(i));
        }
    }
    for (auto& member : members_of(found->name, shape)) {
        members.push_back(std::move(member));
    }
    return with_stimulus(document, index, Json::object(std::move(members)));
}

StimulusEdit set_label(const PresetDocument& document, std::size_t index, const std::string& label)
{
    const Json* stimulus = stimulus_at(document, index);
    if (stimulus == nullptr) {
        return no_stimulus(index);
    }
    const std::vector<std::string> order = stimulus_order(stimulus->find("type")->as_string());
    return with_stimulus(document, index,
        label.empty() ? stimulus->without("label")
                      : with_member(*stimulus, "label", Json::string(label), order));
}

StimulusEdit set_target(const PresetDocument& document, std::size_t index, std::size_t population)
{
    const Json* stimulus = stimulus_at(document, index);
    const Experiment& experiment = document.experiment();
    if (stimulus == nullptr || population >= experiment.populations.size()) {
        return no_stimulus(index);
    }
    // Ports are numbered by the model of the target.
    const std::string name = experiment.populations[population].name;
    return with_stimulus(document, index,
        stimulus->without("port").with_item(
            *stimulus->without("port").index_of("target"), Json::string(name)));
}

} // namespace engine::config
