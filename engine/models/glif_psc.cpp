#include "engine/models/glif_psc.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/glif.hpp"
#include "engine/models/spec.hpp"
#include "engine/models/step_input.hpp"

#include <numbers>

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

double flushed(double x) { return std::fabs(x) < negligible ? 0.0 : x; }

struct Propagators {
    double decay; ///< of the membrane over dt
    double V_from_I; ///< [mV/pA]
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
        std::vector<std::uint32_t>& fired) override
    {
        const double* const current = current_of(input);
        for (std::size_t i = first; i < first + count; ++i) {
            if (!glif_.hold(i)) {
                const double I = current[i - first];
                glif_.decay(i);
                const double v = propagate(i, I + glif_.asc_sum(i));
                if (glif_.finish(i, v, I)) {
                    fired.push_back(static_cast<std::uint32_t>(i));
                }
                if (!glif_.finite(i) || !finite(v)) {
                    return Fault {i, "V_m is not finite"};
                }
            }
            for (std::size_t p = 0; p < ports(); ++p) {
                double& x = x_[i * ports() + p];
                double& y = y_[i * ports() + p];
                y = flushed(decay_[p] * (glif_.dt_ms() * x + y));
                x = flushed(decay_[p] * x) + arrivals_of(input, p + 1)[i - first] * peak_[p];
            }
        }
        return {};
    }

    void set_params(const ParamTable& params) override
    {
        glif_.set_params(params);
        set_propagators(params);
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        if (recordable == 0) {
            return glif_.V_m(neuron);
        }
        return recordable == 2 ? I_syn_[neuron]
                               : glif_threshold_value(glif_, recordable - 3, neuron);
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
        uniform_ = columns.uniform();
        propagators_ = per_neuron(size(), uniform_, [&](std::size_t i) {
            const double tau_m = C_m[i] / g[i];
            return Propagators {core::exp(-h / tau_m), -core::expm1(-h / tau_m) / g[i]};
        });
        synapses_.clear();
        for (std::size_t i = 0; i < propagators_.size(); ++i) {
            for (const double tau : tau_syn) {
                synapses_.push_back(alpha_propagators(h, C_m[i] / g[i], C_m[i], tau));
            }
        }
    }

    /// v at the end of a step with the constant current I; refreshes I_syn.
    double propagate(std::size_t i, double I)
    {
        const std::size_t row = uniform_ ? 0 : i;
        double v = propagators_[row].decay * glif_.v(i) + propagators_[row].V_from_I * I;
        double I_syn = 0.0;
        for (std::size_t p = 0; p < ports(); ++p) {
            const AlphaPropagators& a = synapses_[row * ports() + p];
            const double y = y_[i * ports() + p];
            v += a.V_from_x * x_[i * ports() + p] + a.V_from_y * y;
            I_syn += y;
        }
        I_syn_[i] = I_syn;
        return v;
    }

    Glif glif_;
    bool uniform_ = true;
    std::vector<double> decay_; ///< exp(-dt / tau_syn)
    std::vector<double> peak_; ///< e / tau_syn [1/ms]
    std::vector<Propagators> propagators_; ///< one, or one per neuron
    std::vector<AlphaPropagators> synapses_; ///< ports of each of these in turn

    std::vector<double> x_; ///< [pA/ms], ports of each neuron in turn
    std::vector<double> y_; ///< [pA]
    std::vector<double> I_syn_; ///< [pA], at the beginning of the last step not refractory
};

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
    m.make = make_glif_psc;
    return m;
}

std::unique_ptr<Neurons> make_glif_psc(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<GlifPsc>(size, dt_ms, params, init);
}

} // namespace engine::models
