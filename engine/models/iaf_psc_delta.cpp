#include "engine/models/iaf_psc_delta.hpp"

#include "engine/core/numerics.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/models/param_columns.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>

namespace engine::models {

namespace {

struct Propagators {
    double P; ///< exp(-dt / tau_m)
    double Q; ///< (tau_m / C_m) (1 - P) [mV/pA]
    double I_e; ///< [pA]
    double E_L; ///< this and below [mV]
    double V_th;
    double V_reset;
    double V_min;
    double dt_over_tau;
    std::int32_t refractory_steps;
};

class IafPscDelta final : public Neurons {
public:
    IafPscDelta(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : grid_(dt_ms)
        , V_m_(size)
        , refractory_(size, 0)
        , buffer_(size, 0.0)
    {
        IafPscDelta::set_params(params);
        ParamColumns columns(params);
        const Column V_m = init_column(init, "V_m", columns.number("E_L"));
        for (std::size_t i = 0; i < size; ++i) {
            V_m_[i] = V_m[i];
        }
    }

    std::size_t size() const override { return V_m_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override
    {
        if (uniform_) {
            return advance_with(Shared<Propagators> {propagators_[0]}, first, count, input, fired);
        }
        return advance_with(Each<Propagators> {propagators_.data()}, first, count, input, fired);
    }

    /// A shorter t_ref ends refractoriness that has lasted longer; a longer one holds from the next
    /// spike on.
    void set_params(const ParamTable& params) override
    {
        ParamColumns columns(params);
        const Column tau_m = columns.number("tau_m");
        const Column C_m = columns.number("C_m");
        const Column t_ref = columns.number("t_ref");
        const Column E_L = columns.number("E_L");
        const Column V_th = columns.number("V_th");
        const Column V_reset = columns.number("V_reset");
        const Column I_e = columns.number("I_e");
        const Column V_min = columns.nullable("V_min", -std::numeric_limits<double>::infinity());
        uniform_ = columns.uniform();
        refractory_input_ = columns.flag("refractory_input");
        propagators_ = per_neuron(size(), uniform_, [&](std::size_t i) {
            Propagators p {};
            p.dt_over_tau = grid_.dt_ms() / tau_m[i];
            p.P = core::exp(-p.dt_over_tau);
            p.Q = tau_m[i] / C_m[i] * -core::expm1(-p.dt_over_tau);
            p.I_e = I_e[i];
            p.E_L = E_L[i];
            p.V_th = V_th[i];
            p.V_reset = V_reset[i];
            p.V_min = V_min[i];
            p.refractory_steps = static_cast<std::int32_t>(grid_.steps(t_ref[i]));
            return p;
        });
        for (std::size_t i = 0; i < size(); ++i) {
            refractory_[i]
                = std::min(refractory_[i], propagators_[uniform_ ? 0 : i].refractory_steps);
        }
        if (!refractory_input_) {
            std::fill(buffer_.begin(), buffer_.end(), 0.0);
        }
    }

    double value(std::size_t, std::size_t neuron) const override { return V_m_[neuron]; }

    State copy_state() const override { return {{V_m_, buffer_}, {refractory_}}; }

    void restore(const State& state) override
    {
        V_m_ = state.reals[0];
        buffer_ = state.reals[1];
        refractory_ = state.counts[0];
    }

private:
    template <class P>
    std::optional<Fault> advance_with(P propagators, std::size_t first, std::size_t count,
        const StepInput& input, std::vector<std::uint32_t>& fired)
    {
        const double* const current = current_of(input);
        const double* const arrivals = arrivals_of(input, 0);
        for (std::size_t begin = 0; begin < count; begin += scan_block) {
            const std::size_t n = std::min(scan_block, count - begin);
            std::array<double, scan_block> released {};
            if (refractory_input_) {
                collect_refractory(propagators, first + begin, n, arrivals + begin, released);
            }
            const std::int64_t outside = integrate(
                propagators, first + begin, n, current + begin, arrivals + begin, released.data());
            if (outside != 0) {
                if (auto fault = spike(propagators, first + begin, n, fired)) {
                    return fault;
                }
            }
        }
        return {};
    }

    /// Held neurons keep what arrives, as if it decayed until their refractoriness ends; the first
    /// step after it releases the sum.
    template <class P>
    void collect_refractory(P propagators, std::size_t first, std::size_t n, const double* arrivals,
        std::array<double, scan_block>& released)
    {
        for (std::size_t i = 0; i < n; ++i) {
            double& buffer = buffer_[first + i];
            const std::int32_t steps = refractory_[first + i];
            if (steps == 0) {
                released[i] = buffer;
                buffer = 0.0;
            } else if (arrivals[i] != 0.0) {
                buffer += arrivals[i] * core::exp(-steps * propagators[first + i].dt_over_tau);
            }
        }
    }

    /// Returns how many of the n neurons do not lie between -max and V_th.
    template <class P>
    std::int64_t integrate(P propagators, std::size_t first, std::size_t n, const double* current,
        const double* arrivals, const double* released)
    {
        double* const V = V_m_.data() + first;
        std::int32_t* const refractory = refractory_.data() + first;
        std::int64_t outside = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const Propagators& p = propagators[first + i];
            double next = p.Q * (current[i] + p.I_e) + p.P * (V[i] - p.E_L) + arrivals[i];
            next = (next + released[i]) + p.E_L;
            next = next < p.V_min ? p.V_min : next;
            const bool held = refractory[i] > 0;
            refractory[i] -= held ? 1 : 0;
            const double now = held ? V[i] : next;
            V[i] = now;
            const bool inside = (now < p.V_th) & (now >= std::numeric_limits<double>::lowest());
            outside += inside ? 0 : 1;
        }
        return outside;
    }

    template <class P>
    std::optional<Fault> spike(
        P propagators, std::size_t first, std::size_t n, std::vector<std::uint32_t>& fired)
    {
        for (std::size_t i = first; i < first + n; ++i) {
            const Propagators& p = propagators[i];
            if (V_m_[i] < p.V_th && finite(V_m_[i])) {
                continue;
            }
            if (!finite(V_m_[i])) {
                return Fault {i, "V_m is not finite"};
            }
            V_m_[i] = p.V_reset;
            refractory_[i] = p.refractory_steps;
            fired.push_back(static_cast<std::uint32_t>(i));
        }
        return {};
    }

    core::TimeGrid grid_;
    bool uniform_ = true;
    bool refractory_input_ = false;
    std::vector<Propagators> propagators_; ///< one, or one per neuron

    std::vector<double> V_m_; ///< [mV]
    std::vector<std::int32_t> refractory_; ///< steps still to be held
    std::vector<double> buffer_; ///< input collected while refractory [mV]
};

} // namespace

std::unique_ptr<Neurons> make_iaf_psc_delta(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<IafPscDelta>(size, dt_ms, params, init);
}

} // namespace engine::models
