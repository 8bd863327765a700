#include "tests/support/random_preset.hpp"

#include "engine/models/description.hpp"
#include "tests/support/random_choice.hpp"

#include <variant>

namespace test_support {

namespace {

using engine::models::ModelDescription;
using engine::models::ParamKind;
using engine::models::ParamSpec;
using engine::models::ParamValues;
using engine::models::PortSpec;
using engine::models::RecordableSpec;
using engine::models::Registry;
using engine::models::StateSpec;

struct Built {
    std::string name;
    std::size_t size = 1;
    const ModelDescription* model = nullptr;
    ParamValues params;
};

class Maker {
public:
    explicit Maker(std::uint64_t seed)
        : random_(seed)
        , dt_(random_.one_of<double>({0.05, 0.1, 0.25, 0.5, 1.0}))
    {
    }

    OrderedJson make()
    {
        OrderedJson out {{"format", "spikescope-preset"}, {"version", 1}, {"id", "random-1"},
            {"title", "A \"random\" preset \u00b5\n"}};
        if (random_.once_in(2)) {
            out["tags"] = {"a", "b c"};
            out["summary"] = "";
        }
        out["variables"] = {{"one", {{"value", 1}}}, {"zero", {{"value", 0.0}, {"min", -1}}},
            {"k_1", {{"value", random_.plain(0, 5)}, {"scale", "log"}, {"unit", "mV"}}}};
        out["simulation"] = simulation();
        out["populations"] = OrderedJson::array();
        for (std::size_t i = 0, n = 1 + random_.below(3); i < n; ++i) {
            out["populations"].push_back(population(i));
        }
        out["projections"] = OrderedJson::array();
        for (std::size_t i = random_.below(4); i > 0; --i) {
            out["projections"].push_back(projection());
        }
        out["stimuli"] = OrderedJson::array();
        for (std::size_t i = random_.below(5); i > 0; --i) {
            out["stimuli"].push_back(stimulus());
        }
        if (random_.once_in(2)) {
            out["events"] = {{{"at", random_.number(steps(20))}, {"set", "k_1"}, {"value", 2}},
                {{"at", 0}, {"set", "k_1"}, {"value", 3}}};
        }
        if (random_.once_in(2)) {
            out["record"] = record();
        }
        if (random_.once_in(2)) {
            out["view"] = {{"panels",
                               {{{"title", "V"}, {"population", populations_[0].name},
                                   {"variables", {"V_m"}}, {"range", {-90, 40.5}}}}},
                {"window_ms", 200}, {"layout", "single"}, {"raster", {{"max_neurons", 20}}}};
        }
        if (random_.once_in(2)) {
            out["checks"] = {{{"quantity", "rate"}, {"population", populations_[0].name},
                                 {"from", 5}, {"min", 0}, {"max", 1e3}, {"unit", "Hz"}},
                {{"quantity", "pattern"}, {"population", populations_[0].name}, {"neuron", 0},
                    {"to", 5e3}, {"equals", "tonic spiking"}},
                {{"quantity", "regime"}, {"equals", "AI"}}};
        }
        add_own_keys(out);
        return out;
    }

private:
    double steps(std::size_t most) { return dt_ * static_cast<double>(1 + random_.below(most)); }

    OrderedJson simulation()
    {
        OrderedJson out {{"dt", random_.number(dt_)}};
        out["duration"] = random_.once_in(4) ? OrderedJson() : random_.number(steps(1000));
        if (random_.once_in(2)) {
            out["seed"] = random_.below(1000);
            out["speed"] = random_.once_in(2) ? OrderedJson("max") : OrderedJson(0.25);
        }
        if (random_.once_in(2)) {
            out["at_end"] = random_.one_of<std::string>({"continue", "repeat", "stop"});
        }
        return out;
    }

    /// Keeps the value where the model's conditions still hold with it.
    bool fits(Built& built, const ParamSpec& spec, engine::core::Value value) const
    {
        ParamValues changed = built.params;
        changed[spec.name] = std::move(value);
        if (!built.model->check(changed).empty()) {
            return false;
        }
        built.params = std::move(changed);
        return true;
    }

    void add_parameter(Built& built, const ParamSpec& spec, OrderedJson& params)
    {
        switch (spec.kind) {
        case ParamKind::flag: {
            const bool value = random_.once_in(2);
            if (fits(built, spec, value)) {
                params[spec.name] = value;
            }
            return;
        }
        case ParamKind::choice: {
            const std::string value = random_.one_of(spec.choices);
            if (fits(built, spec, value)) {
                params[spec.name] = value;
            }
            return;
        }
        case ParamKind::list: {
            const auto& list = std::get<std::vector<double>>(spec.default_value);
            params[spec.name] = OrderedJson::array();
            for (const double x : list) {
                params[spec.name].push_back(random_.number(x));
            }
            return;
        }
        case ParamKind::number:
            break;
        }
        const double* standard = std::get_if<double>(&spec.default_value);
        const double around = standard != nullptr ? *standard : -200.0;
        const double low = around - 0.01 * std::abs(around);
        const double high = around + 0.01 * std::abs(around);
        if (spec.nullable && random_.once_in(2)) {
            params[spec.name] = nullptr;
        } else if (spec.limits.contains(low) && spec.limits.contains(high) && fits(built, spec, low)
            && fits(built, spec, high)) {
            const double value = random_.plain(low, high);
            if (spec.drawable() && low < high && random_.once_in(4)) {
                params[spec.name] = random_.draw_within(low, high, built.size);
            } else if (fits(built, spec, value)) {
                params[spec.name] = random_.number(value);
            }
        }
    }

    OrderedJson population(std::size_t index)
    {
        Built built;
        built.name = std::string(1, static_cast<char>('A' + index)) + "_x";
        built.size = 1 + random_.below(4);
        built.model = random_.one_of(Registry::instance().all());
        built.params = built.model->defaults();
        OrderedJson out {{"name", built.name}, {"size", random_.whole(built.size)},
            {"model", built.model->name}};
        OrderedJson params = OrderedJson::object();
        for (const ParamSpec& spec : built.model->params) {
            if (random_.once_in(3)) {
                add_parameter(built, spec, params);
            }
        }
        out["params"] = params;
        if (random_.once_in(2)) {
            out["random"] = {{"r", {{"uniform", {0, 1}}}}, {"s", random_.free_draw()}};
            out["init"] = {{"V_m", "-60 - 5 * r ^ 2 + zero * s"}};
        } else if (random_.once_in(2)) {
            out["init"] = {{"V_m", random_.draw_within(-70, -60, built.size)}};
        }
        for (const StateSpec& state : built.model->states(built.params)) {
            if (!state.list && state.name != "V_m" && random_.once_in(3)) {
                out["init"][state.name] = random_.number(random_.plain(-2, 2));
            }
        }
        if (random_.once_in(3)) {
            out["label"] = "A label / with ~ signs";
        }
        populations_.push_back(std::move(built));
        return out;
    }

    OrderedJson rule(const Built& source, const Built& target)
    {
        OrderedJson out;
        switch (random_.below(7)) {
        case 0:
            out["rule"] = source.size == target.size ? "one_to_one" : "all_to_all";
            break;
        case 1:
            out = {{"rule", "fixed_indegree"}, {"indegree", random_.whole(2)}};
            break;
        case 2:
            out = {{"rule", "fixed_outdegree"}, {"outdegree", random_.whole(3)}};
            break;
        case 3:
            out = {{"rule", "fixed_total_number"}, {"N", random_.whole(5)}};
            break;
        case 4:
            out = {{"rule", "pairwise_bernoulli"}, {"p", random_.number(0.25)}};
            break;
        case 5:
            out = {{"rule", "explicit"}, {"connections", OrderedJson::array()}};
            for (std::size_t i = random_.below(6); i > 0; --i) {
                out["connections"].push_back({random_.below(source.size),
                    random_.below(target.size), random_.plain(-1, 1), steps(10)});
            }
            return out;
        default:
            out["rule"] = "all_to_all";
            break;
        }
        if (random_.once_in(3)) {
            out["allow_multapses"] = true;
        }
        return out;
    }

    OrderedJson projection()
    {
        const Built& source = random_.one_of(populations_);
        const Built& target = random_.one_of(populations_);
        OrderedJson out {
            {"source", source.name}, {"target", target.name}, {"rule", rule(source, target)}};
        if (random_.once_in(2)) {
            out["label"] = "P" + std::to_string(++labels_);
        }
        if (out["rule"]["rule"] != "explicit") {
            out["weight"]
                = random_.once_in(3) ? random_.free_draw() : random_.number(random_.plain(-2, 2));
            out["delay"] = random_.once_in(3) ? random_.draw_within(2 * dt_, 8 * dt_)
                                              : random_.number(steps(20));
        }
        if (random_.once_in(3)) {
            out["port"] = target.model->default_spike_port(target.params);
        }
        return out;
    }

    OrderedJson numbers(std::size_t count, double low, double high)
    {
        OrderedJson list = OrderedJson::array();
        for (std::size_t i = 0; i < count; ++i) {
            list.push_back(random_.number(random_.plain(low, high)));
        }
        return list;
    }

    /// Ascending times on the grid, `gap` steps apart.
    OrderedJson times(std::size_t count, std::size_t gap)
    {
        OrderedJson list = OrderedJson::array();
        for (std::size_t i = 1; i <= count; ++i) {
            list.push_back(random_.number(dt_ * static_cast<double>(i * gap)));
        }
        return list;
    }

    OrderedJson target()
    {
        const Built& built = random_.one_of(populations_);
        switch (random_.below(4)) {
        case 0:
            return {{"population", built.name}, {"neurons", {built.size - 1}}};
        case 1:
            return {{"population", built.name}, {"first", 1}};
        case 2:
            return OrderedJson::array({populations_[0].name});
        default:
            return built.name;
        }
    }

    OrderedJson stimulus_fields()
    {
        const std::size_t count = random_.below(4);
        const auto some
            = [this](double low, double high) { return random_.number(random_.plain(low, high)); };
        switch (random_.below(11)) {
        case 0:
            return {{"type", "dc"}, {"amplitude", some(-5, 5)}};
        case 1:
            return {{"type", "step_current"}, {"times", times(count, 3)},
                {"amplitudes", numbers(count, -5, 5)}};
        case 2:
            return {{"type", "ramp"}, {"slope", some(-1, 1)}};
        case 3:
            return {{"type", "ramp"}, {"from", some(-1, 1)}, {"to", some(-1, 1)},
                {"stop", random_.number(40 * dt_)}};
        case 4:
            return {{"type", "pulses"}, {"times", times(count, 5)}, {"width", random_.number(dt_)},
                {"amplitude", random_.once_in(2) ? numbers(count, -5, 5) : some(-5, 5)}};
        case 5:
            return {{"type", "ac"}, {"amplitude", some(0, 5)}, {"frequency", some(1, 100)},
                {"phase", some(0, 360)}, {"offset", some(-1, 1)}};
        case 6:
            return {{"type", "noise"}, {"mean", some(-1, 1)}, {"std", some(0, 2)}};
        case 7:
            return {{"type", "noise"}, {"low", some(-2, -1)}, {"high", some(0, 2)},
                {"interval", random_.number(2 * dt_)}, {"shared", true}};
        case 8:
            return {{"type", "poisson"}, {"rate", some(0, 1e4)}, {"weight", some(-1, 1)},
                {"shared", random_.once_in(2)}};
        case 9:
            return {{"type", "spike_train"}, {"times", times(count, 1)}, {"weights", some(-1, 1)},
                {"delay", random_.number(steps(5))}};
        default:
            return {{"type", "spike_train"}, {"times", times(count, 2)},
                {"weights", numbers(count, -1, 1)}};
        }
    }

    OrderedJson stimulus()
    {
        OrderedJson out = stimulus_fields();
        out["target"] = target();
        if (random_.once_in(3)) {
            out["start"] = random_.number(10 * dt_);
        }
        if (random_.once_in(4) && !out.contains("stop")) {
            out["stop"] = nullptr;
        }
        if (random_.once_in(3)) {
            out["label"] = "S" + std::to_string(++labels_);
        }
        return out;
    }

    OrderedJson record()
    {
        OrderedJson out {{"traces", OrderedJson::array()}};
        for (const Built& built : populations_) {
            OrderedJson trace {{"population", built.name}};
            trace["neurons"]
                = random_.once_in(2) ? OrderedJson("all") : OrderedJson::array({built.size - 1});
            trace["variables"] = OrderedJson::array();
            for (const RecordableSpec& recordable : built.model->recordables(built.params)) {
                if (trace["variables"].empty() || random_.once_in(2)) {
                    trace["variables"].push_back(recordable.name);
                }
            }
            if (random_.once_in(2)) {
                trace["interval"] = random_.number(2 * dt_);
            }
            out["traces"].push_back(trace);
        }
        if (random_.once_in(2)) {
            out["spikes"] = {populations_[0].name};
            out["warmup"] = 10;
        }
        return out;
    }

    void add_own_keys(OrderedJson& json)
    {
        for (OrderedJson& item : json) {
            if (item.is_structured()) {
                add_own_keys(item);
            }
        }
        if (json.is_object() && random_.once_in(6)) {
            json["x-mine"] = {{"list", {1, nullptr, "\u20ac"}}, {"big", 1e300}};
        }
    }

    RandomChoice random_;
    double dt_;
    int labels_ = 0;
    std::vector<Built> populations_;
};

} // namespace

std::string random_preset(std::uint64_t seed) { return Maker(seed).make().dump(1); }

} // namespace test_support
