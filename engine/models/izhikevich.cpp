#include "engine/models/izhikevich.hpp"

#include "engine/models/groups.hpp"
#include "engine/models/param_columns.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>

namespace engine::models {

namespace {

enum class Integrator { euler, net2003, figure1, pymonnto, rk4 };

Integrator integrator_named(const std::string& name)
{
    if (name == "euler") {
        return Integrator::euler;
    }
    if (name == "net2003") {
        return Integrator::net2003;
    }
    if (name == "pymonnto") {
        return Integrator::pymonnto;
    }
    return name == "rk4" ? Integrator::rk4 : Integrator::figure1;
}

/// A neuron that fires in every step has left the model: the recovery variable has run away.
constexpr std::int32_t runaway_steps = 200;

struct Params {
    double a, b, c, d;
    double k2, k1, k0;
    double v_ref, u_leak;
    double V_th, V_min;
    double I_e;
};

/// Currents of one step; kept apart because their order in the sum decides the last bits.
struct Currents {
    double I;
    double I_e;
    double pulse; ///< weights that arrived at port 1
};

// The additions in the order in which NEST makes them.
double dv_dt(const Params& p, double v, double u, const Currents& in)
{
    return p.k2 * v * v + p.k1 * v + p.k0 - u + in.I + in.I_e + in.pulse;
}

double recovery(const Params& p, double v, double u) // du/dt / a
{
    return p.b * (v - p.v_ref) - p.u_leak * u;
}

/// One step of v and u with the jump that arrives at its end; no bound, no spike.
template <Integrator scheme>
void integrate(const Params& p, double h, const Currents& in, double jump, double& v, double& u)
{
    if constexpr (scheme == Integrator::euler) {
        const double v_old = v;
        v += h * dv_dt(p, v_old, u, in) + jump; // summed in NEST's order
        u += h * p.a * recovery(p, v_old, u);
        return;
    } else if constexpr (scheme == Integrator::net2003) {
        v += h * 0.5 * dv_dt(p, v, u, in);
        v += h * 0.5 * dv_dt(p, v, u, in);
        u += h * p.a * recovery(p, v, u);
    } else if constexpr (scheme == Integrator::rk4) {
        const double v1 = dv_dt(p, v, u, in);
        const double u1 = p.a * recovery(p, v, u);
        const double v2 = dv_dt(p, v + 0.5 * h * v1, u + 0.5 * h * u1, in);
        const double u2 = p.a * recovery(p, v + 0.5 * h * v1, u + 0.5 * h * u1);
        const double v3 = dv_dt(p, v + 0.5 * h * v2, u + 0.5 * h * u2, in);
        const double u3 = p.a * recovery(p, v + 0.5 * h * v2, u + 0.5 * h * u2);
        const double v4 = dv_dt(p, v + h * v3, u + h * u3, in);
        const double u4 = p.a * recovery(p, v + h * v3, u + h * u3);
        v += h / 6.0 * (v1 + 2.0 * v2 + 2.0 * v3 + v4);
        u += h / 6.0 * (u1 + 2.0 * u2 + 2.0 * u3 + u4);
    } else { // figure1, pymonnto
        v += h * dv_dt(p, v, u, in);
        u += h * p.a * recovery(p, v, u);
    }
    v += jump;
}

template <Integrator scheme> bool below_peak(const Params& p, double v)
{
    if constexpr (scheme == Integrator::figure1 || scheme == Integrator::pymonnto) {
        return v <= p.V_th;
    } else {
        return v < p.V_th;
    }
}

class Izhikevich final : public Neurons {
public:
    Izhikevich(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : h_(dt_ms)
        , v_(size)
        , u_(size)
        , consecutive_(size, 0)
    {
        Izhikevich::set_params(params);
        const Column V_m = init_column(init, "V_m", Column(-65.0));
        const bool has_u = init.common.count("U_m") + init.per_neuron.count("U_m") > 0;
        const Column U_m = init_column(init, "U_m", Column(0.0));
        for (std::size_t i = 0; i < size; ++i) {
            v_[i] = V_m[i];
            u_[i] = has_u ? U_m[i] : params_[uniform_ ? 0 : i].b * v_[i];
        }
    }

    std::size_t size() const override { return v_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override
    {
        switch (integrator_) {
        case Integrator::euler:
            return advance_by<Integrator::euler>(first, count, input, fired);
        case Integrator::net2003:
            return advance_by<Integrator::net2003>(first, count, input, fired);
        case Integrator::figure1:
            return advance_by<Integrator::figure1>(first, count, input, fired);
        case Integrator::pymonnto:
            return advance_by<Integrator::pymonnto>(first, count, input, fired);
        case Integrator::rk4:
            return advance_by<Integrator::rk4>(first, count, input, fired);
        }
        return {};
    }

    /// Another integrator goes on from the present v and u.
    void set_params(const ParamTable& table) override
    {
        ParamColumns columns(table);
        const Column a = columns.number("a");
        const Column b = columns.number("b");
        const Column c = columns.number("c");
        const Column d = columns.number("d");
        const Column k2 = columns.number("k2");
        const Column k1 = columns.number("k1");
        const Column k0 = columns.number("k0");
        const Column v_ref = columns.number("v_ref");
        const Column u_leak = columns.number("u_leak");
        const Column V_th = columns.number("V_th");
        const Column V_min = columns.nullable("V_min", -std::numeric_limits<double>::infinity());
        const Column I_e = columns.number("I_e");
        integrator_ = integrator_named(columns.choice("integrator"));
        uniform_ = columns.uniform();
        params_ = per_neuron(size(), uniform_, [&](std::size_t i) {
            return Params {a[i], b[i], c[i], d[i], k2[i], k1[i], k0[i], v_ref[i], u_leak[i],
                V_th[i], V_min[i], I_e[i]};
        });
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        return recordable == 0 ? v_[neuron] : u_[neuron];
    }

    State copy_state() const override { return {{v_, u_}, {consecutive_}}; }

    void restore(const State& state) override
    {
        v_ = state.reals[0];
        u_ = state.reals[1];
        consecutive_ = state.counts[0];
    }

private:
    template <Integrator scheme>
    std::optional<Fault> advance_by(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired)
    {
        if (uniform_) {
            return advance_with<scheme>(Shared<Params> {params_[0]}, first, count, input, fired);
        }
        return advance_with<scheme>(Each<Params> {params_.data()}, first, count, input, fired);
    }

    template <Integrator scheme, class P>
    std::optional<Fault> advance_with(P params, std::size_t first, std::size_t count,
        const StepInput& input, std::vector<std::uint32_t>& fired)
    {
        const double* const current = current_of(input);
        const double* const jumps = arrivals_of(input, 0);
        const double* const pulses = arrivals_of(input, 1);
        for (std::size_t begin = 0; begin < count; begin += scan_block) {
            const std::size_t at = first + begin;
            const std::size_t n = std::min(scan_block, count - begin);
            std::optional<Fault> fault;
            if constexpr (scheme == Integrator::pymonnto) { // tests the v of the step before
                fault = fire<scheme>(params, at, n, fired);
            }
            const std::int64_t outside
                = step<scheme>(params, at, n, current + begin, jumps + begin, pulses + begin);
            if constexpr (scheme == Integrator::pymonnto) {
                fault = fault || outside == 0 ? fault : not_finite(at, n);
            } else if (outside != 0) {
                fault = fire<scheme>(params, at, n, fired);
            } else {
                std::fill_n(consecutive_.begin() + static_cast<std::ptrdiff_t>(at), n, 0);
            }
            if (fault) {
                return fault;
            }
        }
        return {};
    }

    /// Returns how many of the n neurons do not lie between -max and the peak.
    template <Integrator scheme, class P>
    std::int64_t step(P params, std::size_t first, std::size_t n, const double* current,
        const double* jumps, const double* pulses)
    {
        double* const v = v_.data() + first;
        double* const u = u_.data() + first;
        const double h = h_;
        std::int64_t outside = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const Params& p = params[first + i];
            double v_now = v[i];
            double u_now = u[i];
            integrate<scheme>(p, h, {current[i], p.I_e, pulses[i]}, jumps[i], v_now, u_now);
            v_now = v_now < p.V_min ? p.V_min : v_now;
            v[i] = v_now;
            u[i] = u_now;
            const bool inside
                = below_peak<scheme>(p, v_now) & (v_now >= std::numeric_limits<double>::lowest());
            outside += inside ? 0 : 1;
        }
        return outside;
    }

    /// Resets those that have reached the peak.
    template <Integrator scheme, class P>
    std::optional<Fault> fire(
        P params, std::size_t first, std::size_t n, std::vector<std::uint32_t>& fired)
    {
        for (std::size_t i = first; i < first + n; ++i) {
            const Params& p = params[i];
            if (!finite(v_[i])) {
                return not_finite(i, 1);
            }
            if (below_peak<scheme>(p, v_[i])) {
                consecutive_[i] = 0;
                continue;
            }
            v_[i] = p.c;
            u_[i] += p.d;
            fired.push_back(static_cast<std::uint32_t>(i));
            if (++consecutive_[i] > runaway_steps) {
                return Fault {i,
                    "spiked in more than " + std::to_string(runaway_steps) + " consecutive steps"};
            }
        }
        return {};
    }

    std::optional<Fault> not_finite(std::size_t first, std::size_t n) const
    {
        for (std::size_t i = first; i < first + n; ++i) {
            if (!finite(v_[i]) || !finite(u_[i])) {
                return Fault {i, "V_m or U_m is not finite"};
            }
        }
        return {};
    }

    double h_; ///< dt [ms]
    bool uniform_ = true;
    Integrator integrator_ = Integrator::figure1;
    std::vector<Params> params_; ///< one, or one per neuron

    std::vector<double> v_; ///< [mV]
    std::vector<double> u_;
    std::vector<std::int32_t> consecutive_; ///< steps with a spike up to now without a pause
};

} // namespace

std::unique_ptr<Neurons> make_izhikevich(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<Izhikevich>(size, dt_ms, params, init);
}

} // namespace engine::models
