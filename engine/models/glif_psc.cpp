#include "engine/models/glif_psc.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/glif.hpp"
#include "engine/models/spec.hpp"
#include "engine/models/step_input.hpp"

#include <numbers>
#include <type_traits>

namespace engine::models {

namespace {

/// (1 - (1 + x) exp(-x)) / x^2: the mean of t exp(-x t) over 0 < t < 1.
double mean_weighted_decay(double x)
{
    if (std::fabs(x) >= 0.5) {
        return (1.0 - (1.0 + x) * core::exp(-x)) / (x * x);
    }
    // sum over n of (-x)^n / (n! (n + 2)); the closed form cancels here.
    double sum = 0.0;
    double power = 1.0;
    for (int n = 0; n < 16; ++n) {
        sum += power / (n + 2);
        power *= -x / (n + 1);
    }
    return sum;
}

/// Current per unit below which a current is taken as 0; smaller ones would soon be denormal
/// numbers, which slow processors down.
constexpr double negligible = 1e-300;

SPIKESCOPE_INLINE double flushed(double x) { return std::fabs(x) < negligible ? 0.0 : x; }

template <class Number> struct GlifPscPropagators {
    Number decay; ///< of the membrane over dt
    Number V_from_I; ///< [mV/pA]
};

/// Effect of one port's synapses on V over dt.
template <class Number> struct GlifPscSynapsePropagators {
    Number V_from_x;
    Number V_from_y;
};

/// One port of a chunk, from its first neuron.
struct Port {
    double* x; ///< [pA/ms]
    double* y; ///< [pA]
    double decay; ///< exp(-dt / tau_syn)
    double peak; ///< e / tau_syn [1/ms]
    const double* arrivals; ///< [pA]
};

class GlifPsc final : public Neurons {
public:
    GlifPsc(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : glif_(size, dt_ms, "g", params, init)
        , I_syn_(size, 0.0)
    {
        set_propagators(params);
        x_.assign(size * ports(), 0.0);
        y_.assign(size * ports(), 0.0);
    }

    std::size_t size() const override { return glif_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override;

    /// Compiled for several instruction sets.
    SPIKESCOPE_INLINE void advance_chunk(const GlifChunk& chunk, std::size_t count,
        const StepInput& input, const SpikeEvents& events)
    {
        if (propagators_.uniform() && glif_.constants().uniform()) {
            const GlifConstants<double> shared = glif_.constants().shared();
            const GlifPscPropagators<double> membrane = propagators_.shared();
            advance_groups(shared, membrane, chunk, count, input, events);
        } else {
            advance_groups(glif_.constants().from(chunk.first), propagators_.from(chunk.first),
                chunk, count, input, events);
        }
    }

    void set_params(const ParamTable& params) override
    {
        glif_.set_params(params);
        set_propagators(params);
    }

    std::size_t constant_bytes() const override
    {
        std::size_t sum = glif_.constants().bytes() + propagators_.bytes();
        for (const auto& port : synapses_) {
            sum += port.bytes();
        }
        return sum;
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        if (recordable == 0) {
            return glif_.V_m(neuron);
        }
        return recordable == 2 ? I_syn_[neuron]
                               : glif_threshold_value(glif_, recordable - 3, neuron);
    }

    double* state(std::string_view name, std::size_t neuron) override
    {
        return glif_.state(name, neuron);
    }

    State copy_state() const override
    {
        State state = glif_.copy_state();
        state.reals.push_back(x_);
        state.reals.push_back(y_);
        state.reals.push_back(I_syn_);
        return state;
    }

    void restore(const State& state) override
    {
        const std::size_t own = glif_.restore(state);
        x_ = state.reals[own];
        y_ = state.reals[own + 1];
        I_syn_ = state.reals[own + 2];
    }

private:
    std::size_t ports() const { return decay_.size(); }

    Port port(std::size_t p, std::size_t first, const StepInput& input)
    {
        return {x_.data() + p * size() + first, y_.data() + p * size() + first, decay_[p], peak_[p],
            arrivals_of(input, p + 1)};
    }

    template <class Number>
    SPIKESCOPE_INLINE void advance_groups(const GlifConstants<Number>& constants,
        const GlifPscPropagators<Number>& membrane, const GlifChunk& chunk, std::size_t count,
        const StepInput& input, const SpikeEvents& events)
    {
        for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
            advance_group(constants, membrane, chunk, begin, n, input, events);
        });
    }

    template <class Number>
    SPIKESCOPE_INLINE void advance_group(const GlifConstants<Number>& constants,
        const GlifPscPropagators<Number>& membrane, const GlifChunk& chunk, std::size_t begin,
        std::size_t n, const StepInput& input, const SpikeEvents& events)
    {
        const double* const current = current_of(input) + begin;
        Lanes v;
        Lanes v_old;
        Held held;
        find_held(chunk, begin, n, held);
        glif_decay(constants, chunk, begin, n, held);
        propagate(constants, membrane, chunk, begin, n, held, current, v.data());
        if (glif_finish(constants, chunk, begin, n, held, v.data(), current, v_old.data()) != 0) {
            glif_spike(constants, chunk, begin, n, v.data(), v_old.data(), events);
        }
        for (std::size_t p = 0; p < ports(); ++p) {
            advance_port(port(p, chunk.first, input), glif_.dt_ms(), begin, n);
        }
    }

    /// v at the end of a step with constant currents; refreshes I_syn where neurons are not held.
    template <class Number>
    SPIKESCOPE_INLINE void propagate(const GlifConstants<Number>& constants,
        const GlifPscPropagators<Number>& membrane, const GlifChunk& chunk, std::size_t begin,
        std::size_t n, const Held& held, const double* current, double* v)
    {
        const double* const V_m = chunk.V_m + begin;
        const double* const asc_sum = chunk.asc_sum + begin;
        Lanes I_syn;
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = begin + k;
            I_syn[k] = 0.0;
            v[k] = at(membrane.decay, i) * (V_m[k] - at(constants.E_L, i))
                + at(membrane.V_from_I, i) * (current[k] + asc_sum[k]);
        }
        for (std::size_t p = 0; p < ports(); ++p) {
            const double* const x = x_.data() + p * size() + chunk.first + begin;
            const double* const y = y_.data() + p * size() + chunk.first + begin;
            if constexpr (std::is_same_v<Number, double>) {
                add_port(synapses_[p].shared(), x, y, 0, n, v, I_syn.data());
            } else {
                add_port(synapses_[p].from(chunk.first), x, y, begin, n, v, I_syn.data());
            }
        }
        take_unless_held(held, n, I_syn, I_syn_.data() + chunk.first + begin);
    }

    template <class Number>
    SPIKESCOPE_INLINE static void add_port(const GlifPscSynapsePropagators<Number>& a,
        const double* x, const double* y, std::size_t begin, std::size_t n, double* v,
        double* I_syn)
    {
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            v[k] += at(a.V_from_x, begin + k) * x[k] + at(a.V_from_y, begin + k) * y[k];
            I_syn[k] += y[k];
        }
    }

    SPIKESCOPE_INLINE static void advance_port(
        const Port& port, double h, std::size_t begin, std::size_t n)
    {
        double* const x = port.x + begin;
        double* const y = port.y + begin;
        const double* const arrivals = port.arrivals + begin;
        const double decay = port.decay;
        const double peak = port.peak;
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            y[k] = flushed(decay * (h * x[k] + y[k]));
            x[k] = flushed(decay * x[k]) + arrivals[k] * peak;
        }
    }

    void set_propagators(const ParamTable& params)
    {
        ParamColumns columns(params);
        const Column g = columns.number("g");
        const Column C_m = columns.number("C_m");
        const std::vector<double>& tau_syn = columns.list("tau_syn");
        const double h = glif_.dt_ms();
        decay_.clear();
        peak_.clear();
        for (const double tau : tau_syn) {
            decay_.push_back(core::exp(-h / tau));
            peak_.push_back(std::numbers::e / tau);
        }
        // Columns where the other constants are columns, so that there is one kernel for both.
        const bool uniform = glif_.constants().uniform();
        propagators_.fill(size(), uniform, [&](std::size_t i) {
            const double tau_m = C_m[i] / g[i];
            return GlifPscPropagators<double> {
                core::exp(-h / tau_m), -core::expm1(-h / tau_m) / g[i]};
        });
        synapses_.assign(tau_syn.size(), {});
        for (std::size_t p = 0; p < tau_syn.size(); ++p) {
            synapses_[p].fill(size(), uniform, [&](std::size_t i) {
                const AlphaPropagators a = alpha_propagators(h, C_m[i] / g[i], C_m[i], tau_syn[p]);
                return GlifPscSynapsePropagators<double> {a.V_from_x, a.V_from_y};
            });
        }
    }

    Glif glif_;
    std::vector<double> decay_; ///< exp(-dt / tau_syn)
    std::vector<double> peak_; ///< e / tau_syn [1/ms]
    Constants<GlifPscPropagators> propagators_;
    std::vector<Constants<GlifPscSynapsePropagators>> synapses_; ///< of each port

    std::vector<double> x_; ///< [pA/ms], of all neurons for each port in turn
    std::vector<double> y_; ///< [pA]
    std::vector<double> I_syn_; ///< [pA], at the beginning of the last step not refractory
};

SPIKESCOPE_INLINE void step_body(GlifPsc& neurons, const GlifChunk& chunk, std::size_t count,
    const StepInput& input, const SpikeEvents& events)
{
    neurons.advance_chunk(chunk, count, input, events);
}
SPIKESCOPE_TWINS(void, step,
    (GlifPsc & neurons, const GlifChunk& chunk, std::size_t count, const StepInput& input,
        const SpikeEvents& events),
    (neurons, chunk, count, input, events))

std::optional<Fault> GlifPsc::advance(
    std::size_t first, std::size_t count, const StepInput& input, std::vector<std::uint32_t>& fired)
{
    std::optional<Fault> fault;
    step(*this, glif_.begin_step(first, count), count, input, {fired, fault});
    return fault;
}

std::vector<RecordableSpec> recordables(const ParamValues&)
{
    std::vector<RecordableSpec> list {
        {"V_m", "mV", "Membrane potential", QuantityKind::potential},
        {"I", "pA", "Input current of the stimuli", QuantityKind::input_current},
        {"I_syn", "pA", "Synaptic current", QuantityKind::synaptic_current},
    };
    for (RecordableSpec& r : glif_threshold_recordables()) {
        list.push_back(std::move(r));
    }
    return list;
}

} // namespace

AlphaPropagators alpha_propagators(double h, double tau_m, double C_m, double tau_syn)
{
    // Both integrals of exp(-(h - t) / tau_m) against exp(-t / tau_syn), once with a factor t.
    // Seen from the slower of the two decays, the exponent of the mean does not overflow.
    const double x = h / tau_syn - h / tau_m;
    if (x >= 0.0) {
        const double decay = core::exp(-h / tau_m);
        return {h * h / C_m * decay * mean_weighted_decay(x), h / C_m * decay * mean_decay(x)};
    }
    const double decay = core::exp(-h / tau_syn);
    const double mean = mean_decay(-x);
    // The mean of (1 - t) exp(x t) over 0 < t < 1, by substitution.
    return {h * h / C_m * decay * (mean - mean_weighted_decay(-x)), h / C_m * decay * mean};
}

ModelDescription glif_psc_description()
{
    ModelDescription m;
    m.name = "glif_psc";
    m.title = "GLIF neuron, current synapses";
    m.summary = "Generalised leaky integrate-and-fire neuron, levels 1 to 5, with alpha-shaped "
                "synaptic currents.";
    m.params = glif_parameters("g", {2.0}, false);
    m.states = glif_states;
    m.recordables = recordables;
    m.ports
        = [](const ParamValues& v) { return glif_ports(v, "Spikes (peak of the current)", "pA"); };
    m.check = [](const ParamValues& v) { return glif_check(v, "g"); };
    m.equations = glif_psc_equations;
    m.make = make_glif_psc;
    return m;
}

std::unique_ptr<Neurons> make_glif_psc(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<GlifPsc>(size, dt_ms, params, init);
}

} // namespace engine::models
