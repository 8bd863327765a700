#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/models/neurons.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

// Nanoseconds for one step of one neuron: every model with parameters that all neurons share and
// with one value for each, by all twins of its kernel, beside a plain loop over one neuron after
// the other. The populations fire as in the named state.

namespace {

using namespace engine;
using models::chunk_size;

constexpr std::size_t size = 24 * chunk_size; // the Brunel network has 12,500

struct Setting {
    std::string model;
    std::map<std::string, core::Value> params;
    std::vector<std::string> drawn; ///< parameters that differ by up to 1 % where they are drawn
    double dt_ms = 0.1;
    double V_from = 0.0; ///< initial voltages
    double V_to = 1.0;
    double weight = 0.0; ///< that arrives at every port in every fourth step
    std::size_t ports = 1;
};

Setting brunel(double asymptote_mV)
{
    return {"iaf_psc_delta",
        {{"tau_m", 20.0}, {"C_m", 1.0}, {"E_L", 0.0}, {"V_th", 20.0}, {"V_reset", 10.0},
            {"t_ref", 2.0}, {"I_e", asymptote_mV / 20.0}},
        {"tau_m", "C_m", "V_th", "V_reset"}, 0.1, 10.0, 20.0, 0.0, 1};
}

struct Population {
    std::unique_ptr<models::Neurons> neurons;
    std::vector<std::vector<double>> arrivals;
    std::vector<const double*> ports;
    std::vector<std::uint32_t> fired;
};

Population make(const Setting& setting, bool drawn)
{
    const auto* model = models::Registry::instance().find(setting.model);
    models::ParamTable table {model->defaults(), {}};
    for (const auto& [name, value] : setting.params) {
        table.common.at(name) = value;
    }
    core::Random random(1);
    if (drawn) {
        for (const std::string& name : setting.drawn) {
            const double common = std::get<double>(table.common.at(name));
            for (std::size_t i = 0; i < size; ++i) {
                table.per_neuron[name].push_back(common * (0.99 + 0.02 * random.uniform()));
            }
        }
    }
    models::InitTable init;
    for (std::size_t i = 0; i < size; ++i) {
        init.per_neuron["V_m"].push_back(
            setting.V_from + (setting.V_to - setting.V_from) * random.uniform());
    }
    Population population;
    population.neurons = model->make(size, setting.dt_ms, table, init);
    population.arrivals.assign(setting.ports, std::vector<double>(size, setting.weight));
    return population;
}

void advance(Population& population, std::size_t step)
{
    population.fired.clear();
    for (std::size_t first = 0; first < size; first += chunk_size) {
        population.ports.clear();
        for (const auto& arrivals : population.arrivals) {
            population.ports.push_back(step % 4 == 0 ? arrivals.data() + first : nullptr);
        }
        models::StepInput input;
        input.arrivals = population.ports;
        benchmark::DoNotOptimize(
            population.neurons->advance(first, chunk_size, input, population.fired));
    }
}

void report(benchmark::State& state, double spikes)
{
    const double steps = static_cast<double>(state.iterations());
    state.counters["neuron_step"] = benchmark::Counter(static_cast<double>(size),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["spikes"] = spikes / steps;
}

void model(benchmark::State& state, const Setting& setting, bool drawn, core::Instructions most)
{
    core::use_instructions(most);
    Population population = make(setting, drawn);
    std::size_t step = 0;
    std::size_t spikes = 0;
    for (auto _ : state) {
        advance(population, step++);
        spikes += population.fired.size();
    }
    report(state, static_cast<double>(spikes));
    core::use_instructions(core::best_instructions());
}

/// The neuron of iaf_psc_delta as one would write it first.
void plain_iaf(benchmark::State& state, double asymptote_mV)
{
    struct Neuron {
        double V = 0.0;
        int refractory = 0;
    };
    core::Random random(1);
    std::vector<Neuron> neurons(size);
    for (Neuron& n : neurons) {
        n.V = 10.0 + 10.0 * random.uniform();
    }
    const double P = std::exp(-0.1 / 20.0);
    const double drive = (1.0 - P) * asymptote_mV;
    const std::vector<double> arrivals(size, 0.0);
    std::vector<std::uint32_t> fired;
    std::size_t spikes = 0;
    for (auto _ : state) {
        fired.clear();
        for (std::size_t i = 0; i < size; ++i) {
            Neuron& n = neurons[i];
            if (n.refractory > 0) {
                --n.refractory;
                continue;
            }
            n.V = drive + P * n.V + arrivals[i];
            if (n.V >= 20.0) {
                n.V = 10.0;
                n.refractory = 20;
                fired.push_back(static_cast<std::uint32_t>(i));
            }
        }
        spikes += fired.size();
        benchmark::DoNotOptimize(neurons.data());
    }
    report(state, static_cast<double>(spikes));
}

void add_model(const std::string& name, const Setting& setting)
{
    for (const bool drawn : {false, true}) {
        for (const auto most :
            {core::Instructions::baseline, core::Instructions::avx2, core::Instructions::avx512}) {
            if (most > core::best_instructions()) {
                continue;
            }
            const std::string title = "model/" + name + (drawn ? "/drawn/" : "/uniform/")
                + core::instructions_name(most);
            benchmark::RegisterBenchmark(title.c_str(),
                [=](benchmark::State& state) { model(state, setting, drawn, most); });
        }
    }
}

/// Driven to about 10 Hz by a constant current; spikes keep the synapses busy.
Setting glif(const std::string& model, int level)
{
    const bool conductances = model == "glif_cond";
    return {model,
        {{"spike_dependent_threshold", level == 2 || level >= 4},
            {"after_spike_currents", level >= 3}, {"adapting_threshold", level == 5}},
        {"C_m", "V_th", conductances ? "g_m" : "g"}, 0.1, -78.0, -55.0, conductances ? 0.5 : 40.0,
        conductances ? std::size_t {3} : std::size_t {2}};
}

Setting izhikevich(const std::string& integrator, double dt_ms)
{
    return {"izhikevich", {{"integrator", integrator}, {"I_e", 6.0}}, {"a", "b", "c", "d"}, dt_ms,
        -70.0, -50.0, 0.1, 2};
}

const bool registered = [] {
    for (const auto& [name, asymptote_mV] : {std::pair {"AI", 24.0}, std::pair {"SR", 215.0}}) {
        const double asymptote = asymptote_mV;
        add_model(std::string("iaf_psc_delta_") + name, brunel(asymptote));
        benchmark::RegisterBenchmark((std::string("plain/iaf_psc_delta_") + name).c_str(),
            [asymptote](benchmark::State& state) { plain_iaf(state, asymptote); });
    }
    for (const char* integrator : {"figure1", "net2003", "euler", "pymonnto", "rk4"}) {
        add_model(std::string("izhikevich_") + integrator, izhikevich(integrator, 1.0));
    }
    for (const char* name : {"glif_psc", "glif_cond"}) {
        for (const int level : {1, 3, 5}) {
            add_model(std::string(name) + "_" + std::to_string(level), glif(name, level));
        }
    }
    return true;
}();

} // namespace
