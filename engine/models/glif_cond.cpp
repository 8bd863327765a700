#include "engine/models/glif_cond.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/glif.hpp"
#include "engine/models/glif_cond_membrane.hpp"
#include "engine/models/spec.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace engine::models {

namespace {

/// A conductance far below anything that acts on V; smaller ones would soon be denormal numbers,
/// which slow processors down.
constexpr double negligible = 1e-300;

SPIKESCOPE_INLINE double flushed(double x) { return std::fabs(x) < negligible ? 0.0 : x; }

/// A port of a chunk, from its first neuron.
struct Port {
    double* x; ///< [nS/ms]
    double* g; ///< [nS]
    double decay; ///< exp(-dt / tau)
    double peak; ///< e / tau [1/ms]
    const double* arrivals; ///< [nS]
};

class GlifCond final : public Neurons {
public:
    GlifCond(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : glif_(size, dt_ms, "g_m", params, init)
    {
        set_synapses(params);
        x_.assign(size * ports(), 0.0);
        g_.assign(size * ports(), 0.0);
    }

    std::size_t size() const override { return glif_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override;

    /// Compiled for several instruction sets.
    SPIKESCOPE_INLINE void advance_chunk(const GlifChunk& chunk, std::size_t count,
        const StepInput& input, const SpikeEvents& events)
    {
        if (glif_.constants().uniform()) {
            const GlifConstants<double> shared = glif_.constants().shared();
            advance_groups(shared, chunk, count, input, events);
        } else {
            advance_groups(glif_.constants().from(chunk.first), chunk, count, input, events);
        }
    }

    void set_params(const ParamTable& params) override
    {
        glif_.set_params(params);
        set_synapses(params);
    }

    std::size_t constant_bytes() const override { return glif_.constants().bytes(); }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        if (recordable == 0) {
            return glif_.V_m(neuron);
        }
        if (recordable < 2 + ports()) {
            return g_[(recordable - 2) * size() + neuron];
        }
        return glif_threshold_value(glif_, recordable - 2 - ports(), neuron);
    }

    double* state(std::string_view name, std::size_t neuron) override
    {
        return glif_.state(name, neuron);
    }

    State copy_state() const override
    {
        State state = glif_.copy_state();
        state.reals.push_back(x_);
        state.reals.push_back(g_);
        return state;
    }

    void restore(const State& state) override
    {
        const std::size_t own = glif_.restore(state);
        x_ = state.reals[own];
        g_ = state.reals[own + 1];
    }

private:
    std::size_t ports() const { return synapses_.tau.size(); }

    void set_synapses(const ParamTable& params)
    {
        const ParamColumns columns(params);
        synapses_ = {glif_.dt_ms(), columns.list("tau_syn"), columns.list("E_rev")};
        decay_.clear();
        peak_.clear();
        for (const double tau : synapses_.tau) {
            decay_.push_back(core::exp(-glif_.dt_ms() / tau));
            peak_.push_back(std::numbers::e / tau);
        }
    }

    /// From neuron `first` on.
    ConductanceGroup synaptic_state(std::size_t first) const
    {
        if (ports() == 0) {
            return {nullptr, nullptr, 0};
        }
        return {x_.data() + first, g_.data() + first, size()};
    }

    Port port(std::size_t p, std::size_t first, const StepInput& input)
    {
        return {x_.data() + p * size() + first, g_.data() + p * size() + first, decay_[p], peak_[p],
            arrivals_of(input, p + 1)};
    }

    template <class Number>
    SPIKESCOPE_INLINE void advance_groups(const GlifConstants<Number>& constants,
        const GlifChunk& chunk, std::size_t count, const StepInput& input,
        const SpikeEvents& events)
    {
        for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
            advance_group(constants, chunk, begin, n, input, events);
        });
    }

    template <class Number>
    SPIKESCOPE_INLINE void advance_group(const GlifConstants<Number>& constants,
        const GlifChunk& chunk, std::size_t begin, std::size_t n, const StepInput& input,
        const SpikeEvents& events)
    {
        const double* const current = current_of(input) + begin;
        const double* const asc_sum = chunk.asc_sum + begin;
        Lanes I;
        for (std::size_t k = 0; k < n; ++k) {
            I[k] = current[k] + asc_sum[k]; // after-spike currents of the step before
        }
        Lanes v;
        Lanes v_old;
        Held held;
        find_held(chunk, begin, n, held);
        integrate(constants, chunk, begin, n, I, v);
        for (std::size_t p = 0; p < ports(); ++p) {
            advance_port(port(p, chunk.first, input), glif_.dt_ms(), begin, n);
        }
        glif_decay(constants, chunk, begin, n, held);
        if (glif_finish(constants, chunk, begin, n, held, v.data(), current, v_old.data()) != 0) {
            glif_spike(constants, chunk, begin, n, v.data(), v_old.data(), events);
        }
        for (std::size_t p = 0; p < ports(); ++p) {
            add_arrivals(port(p, chunk.first, input), begin, n);
        }
    }

    /// v at the end of a step with the constant currents I.
    template <class Number>
    SPIKESCOPE_INLINE void integrate(const GlifConstants<Number>& constants, const GlifChunk& chunk,
        std::size_t begin, std::size_t n, const Lanes& I, Lanes& v) const
    {
        const double h = glif_.dt_ms();
        const std::size_t neuron = chunk.first + begin;
        const ConductanceGroup group = synaptic_state(neuron);
        Lanes open; // bounds of the conductances during the step
        for (std::size_t k = 0; k < n; ++k) {
            open[k] = at(constants.g, begin + k);
            v[k] = chunk.V_m[begin + k] - at(constants.E_L, begin + k);
        }
        for (std::size_t p = 0; p < ports(); ++p) {
            const double* const x = group.x + p * size();
            const double* const g = group.g + p * size();
            for (std::size_t k = 0; k < n; ++k) {
                open[k] += std::fabs(g[k]) + h * std::fabs(x[k]);
            }
        }
        std::uint64_t finer = 0;
        for (std::size_t k = 0; k < n; ++k) {
            const double parts = open[k] * h / (membrane_fraction * at(constants.C_m, begin + k));
            finer |= std::bit_cast<std::uint64_t>(parts <= synapses_.parts ? 0.0 : 1.0);
        }
        const Lanes v_begin = v;
        advance_voltages(synapses_, constants, group, begin, n, I, v);
        if (finer != 0) {
            integrate_finer(neuron, n, open, I, v_begin, v);
        }
    }

    /// Anew those of the n neurons whose conductances ask for more parts than the synapses do.
    void integrate_finer(std::size_t first, std::size_t n, const Lanes& open, const Lanes& I,
        const Lanes& v_begin, Lanes& v) const
    {
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = first + k;
            const GlifConstants<double> c = glif_.constants()[i];
            const double parts = open[k] * glif_.dt_ms() / (membrane_fraction * c.C_m);
            if (!(parts <= synapses_.parts)) {
                v[k] = finer_voltage(
                    synapses_, {c.g, c.C_m, c.E_L, I[k], synaptic_state(i), open[k]}, v_begin[k]);
            }
        }
    }

    SPIKESCOPE_INLINE static void advance_port(
        const Port& port, double h, std::size_t begin, std::size_t n)
    {
        double* const x = port.x + begin;
        double* const g = port.g + begin;
        const double decay = port.decay;
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            g[k] = flushed(decay * (g[k] + h * x[k]));
            x[k] = flushed(decay * x[k]);
        }
    }

    SPIKESCOPE_INLINE static void add_arrivals(const Port& port, std::size_t begin, std::size_t n)
    {
        double* const x = port.x + begin;
        const double* const arrivals = port.arrivals + begin;
        const double peak = port.peak;
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            x[k] += arrivals[k] * peak;
        }
    }

    Glif glif_;
    ConductanceSynapses synapses_;
    std::vector<double> decay_; ///< exp(-dt / tau_syn)
    std::vector<double> peak_; ///< e / tau_syn [1/ms]

    std::vector<double> x_; ///< [nS/ms], of all neurons for each port in turn
    std::vector<double> g_; ///< [nS]
};

SPIKESCOPE_INLINE void step_body(GlifCond& neurons, const GlifChunk& chunk, std::size_t count,
    const StepInput& input, const SpikeEvents& events)
{
    neurons.advance_chunk(chunk, count, input, events);
}
SPIKESCOPE_TWINS(void, step,
    (GlifCond & neurons, const GlifChunk& chunk, std::size_t count, const StepInput& input,
        const SpikeEvents& events),
    (neurons, chunk, count, input, events))

std::optional<Fault> GlifCond::advance(
    std::size_t first, std::size_t count, const StepInput& input, std::vector<std::uint32_t>& fired)
{
    std::optional<Fault> fault;
    step(*this, glif_.begin_step(first, count), count, input, {fired, fault});
    return fault;
}

std::vector<RecordableSpec> recordables(const ParamValues& values)
{
    std::vector<RecordableSpec> list {
        {"V_m", "mV", "Membrane potential", QuantityKind::potential},
        {"I", "pA", "Input current of the stimuli", QuantityKind::input_current},
    };
    for (std::size_t p = 1; p <= spec::list_of(values, "tau_syn").size(); ++p) {
        list.push_back({"g_" + std::to_string(p), "nS",
            "Synaptic conductance of port " + std::to_string(p), QuantityKind::conductance});
    }
    for (RecordableSpec& r : glif_threshold_recordables()) {
        list.push_back(std::move(r));
    }
    return list;
}

std::vector<Violation> check(const ParamValues& values)
{
    std::vector<Violation> out = glif_check(values, "g_m");
    const std::size_t n = spec::list_of(values, "tau_syn").size();
    const std::size_t reversals = spec::list_of(values, "E_rev").size();
    if (n != reversals) {
        out.push_back({"E_rev", "has " + std::to_string(reversals) + " elements",
            "must have as many as tau_syn, " + std::to_string(n), false});
    }
    return out;
}

} // namespace

ModelDescription glif_cond_description()
{
    ModelDescription m;
    m.name = "glif_cond";
    m.title = "GLIF neuron, conductance synapses";
    m.summary
        = "Generalised leaky integrate-and-fire neuron, levels 1 to 5: threshold that depends "
          "on spikes and voltage, after-spike currents; alpha-shaped conductances.";
    m.params = glif_parameters("g_m", {0.2, 2.0}, true);
    m.states = glif_states;
    m.recordables = recordables;
    m.ports = [](const ParamValues& v) {
        return glif_ports(v, "Spikes (peak of the conductance)", "nS");
    };
    m.check = check;
    m.equations = glif_cond_equations;
    m.make = make_glif_cond;
    return m;
}

std::unique_ptr<Neurons> make_glif_cond(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<GlifCond>(size, dt_ms, params, init);
}

} // namespace engine::models
