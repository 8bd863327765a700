#include "engine/models/glif_cond.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/glif.hpp"
#include "engine/models/spec.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace engine::models {

namespace {

// One part of a step is at most this fraction of the shortest synaptic time constant, and of the
// membrane's time constant with all conductances open; the voltage is then better than 1e-4 mV.
constexpr double synaptic_fraction = 0.25;
constexpr double membrane_fraction = 0.2;
/// Beyond so many parts the membrane follows its inputs within dt / 5000: exponential steps, which
/// are stable for any conductance.
constexpr double most_parts = 1000.0;
/// Parts whose conductances are tabulated together.
constexpr std::size_t batch = 16;
/// A conductance far below anything that acts on V; smaller ones would soon be denormal numbers,
/// which slow processors down.
constexpr double negligible = 1e-300;

double flushed(double x) { return std::fabs(x) < negligible ? 0.0 : x; }

/// Sums over the ports at the ends and in the middles of the parts of a batch.
struct Conductances {
    std::array<double, 2 * batch + 1> g {}; ///< sum of g_i [nS]
    std::array<double, 2 * batch + 1> gE {}; ///< sum of g_i (E_rev_i - E_L) [pA]
};

/// dv/dt [mV/ms] of v = V - E_L.
struct Membrane {
    double g;
    double C;
    double I; ///< stimuli and after-spike currents

    double slope(double v, const Conductances& s, std::size_t k) const
    {
        return ((I + s.gE[k]) - (g + s.g[k]) * v) / C;
    }
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
        std::vector<std::uint32_t>& fired) override
    {
        const double* const current = current_of(input);
        for (std::size_t i = first; i < first + count; ++i) {
            const double I = current[i - first];
            if (glif_.hold(i)) {
                advance_synapses(i);
            } else {
                // The after-spike currents of the step before act on V.
                const double v = integrate(i, I + glif_.asc_sum(i));
                advance_synapses(i);
                glif_.decay(i);
                if (glif_.finish(i, v, I)) {
                    fired.push_back(static_cast<std::uint32_t>(i));
                }
                if (!glif_.finite(i) || !finite(v)) {
                    return Fault {i, "V_m is not finite"};
                }
            }
            for (std::size_t p = 0; p < ports(); ++p) {
                x_[i * ports() + p] += arrivals_of(input, p + 1)[i - first] * peak_[p];
            }
        }
        return {};
    }

    void set_params(const ParamTable& params) override
    {
        glif_.set_params(params);
        set_synapses(params);
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        if (recordable == 0) {
            return glif_.V_m(neuron);
        }
        if (recordable < 2 + ports()) {
            return g_[neuron * ports() + recordable - 2];
        }
        return glif_threshold_value(glif_, recordable - 2 - ports(), neuron);
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
    std::size_t ports() const { return tau_syn_.size(); }

    void set_synapses(const ParamTable& params)
    {
        const ParamColumns columns(params);
        tau_syn_ = columns.list("tau_syn");
        E_rev_ = columns.list("E_rev");
        decay_.clear();
        peak_.clear();
        parts_ = 1.0;
        for (const double tau : tau_syn_) {
            decay_.push_back(core::exp(-glif_.dt_ms() / tau));
            peak_.push_back(std::numbers::e / tau);
            parts_ = std::max(parts_, std::ceil(glif_.dt_ms() / (synaptic_fraction * tau)));
        }
        parts_ = std::min(parts_, most_parts);
        half_part_decay_.clear();
        for (const double tau : tau_syn_) {
            half_part_decay_.push_back(core::exp(-0.5 * glif_.dt_ms() / parts_ / tau));
        }
    }

    /// v at the end of a step with the constant current I.
    double integrate(std::size_t i, double I) const
    {
        const Glif::Membrane& m = glif_.membrane(i);
        const double h = glif_.dt_ms();
        double open = m.g; // bound of the conductance during the step
        for (std::size_t p = 0; p < ports(); ++p) {
            open += std::fabs(g_[i * ports() + p]) + h * std::fabs(x_[i * ports() + p]);
        }
        const double needed = std::ceil(open * h / (membrane_fraction * m.C_m));
        const double parts = std::min(std::max(needed, parts_), most_parts);
        const bool stiff = !(needed <= most_parts);
        const double part = h / parts;

        const Membrane membrane {m.g, m.C_m, I};
        double v = glif_.v(i);
        for (double done = 0.0; done < parts; done += static_cast<double>(batch)) {
            const auto n
                = static_cast<std::size_t>(std::min(static_cast<double>(batch), parts - done));
            const Conductances s = tabulate(i, done * part, part, n, parts == parts_);
            for (std::size_t k = 0; k < 2 * n; k += 2) {
                v = stiff ? exponential_part(membrane, s, k, part, v)
                          : runge_kutta_part(membrane, s, k, part, v);
            }
        }
        return v;
    }

    Conductances tabulate(
        std::size_t i, double begin, double part, std::size_t n, bool usual_parts) const
    {
        Conductances s;
        const double E_L = glif_.membrane(i).E_L;
        for (std::size_t p = 0; p < ports(); ++p) {
            double x = x_[i * ports() + p];
            double g = g_[i * ports() + p];
            if (x == 0.0 && g == 0.0) {
                continue;
            }
            if (begin > 0.0) {
                const double decay = core::exp(-begin / tau_syn_[p]);
                g = decay * (g + begin * x);
                x = decay * x;
            }
            const double half_decay
                = usual_parts ? half_part_decay_[p] : core::exp(-0.5 * part / tau_syn_[p]);
            const double E = E_rev_[p] - E_L;
            for (std::size_t k = 0; k <= 2 * n; ++k) {
                s.g[k] += g;
                s.gE[k] += g * E;
                g = half_decay * (g + 0.5 * part * x);
                x = half_decay * x;
            }
        }
        return s;
    }

    static double runge_kutta_part(
        const Membrane& m, const Conductances& s, std::size_t k, double part, double v)
    {
        const double k1 = m.slope(v, s, k);
        const double k2 = m.slope(v + 0.5 * part * k1, s, k + 1);
        const double k3 = m.slope(v + 0.5 * part * k2, s, k + 1);
        const double k4 = m.slope(v + part * k3, s, k + 2);
        return v + part / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    }

    static double exponential_part(
        const Membrane& m, const Conductances& s, std::size_t k, double part, double v)
    {
        const double rate = (m.g + s.g[k + 1]) / m.C;
        return v + part * m.slope(v, s, k + 1) * mean_decay(rate * part);
    }

    void advance_synapses(std::size_t i)
    {
        const double h = glif_.dt_ms();
        for (std::size_t p = 0; p < ports(); ++p) {
            double& x = x_[i * ports() + p];
            double& g = g_[i * ports() + p];
            g = flushed(decay_[p] * (g + h * x));
            x = flushed(decay_[p] * x);
        }
    }

    Glif glif_;
    std::vector<double> tau_syn_; ///< [ms]
    std::vector<double> E_rev_; ///< [mV]
    std::vector<double> decay_; ///< exp(-dt / tau_syn)
    std::vector<double> half_part_decay_; ///< over half of a usual part
    std::vector<double> peak_; ///< e / tau_syn [1/ms]
    double parts_ = 1.0; ///< of a step, whole number

    std::vector<double> x_; ///< [nS/ms], ports of each neuron in turn
    std::vector<double> g_; ///< [nS]
};

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
    m.make = make_glif_cond;
    return m;
}

std::unique_ptr<Neurons> make_glif_cond(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<GlifCond>(size, dt_ms, params, init);
}

} // namespace engine::models
