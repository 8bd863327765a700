#include "engine/models/izhikevich.hpp"

#include "engine/models/chunk_clock.hpp"
#include "engine/models/constants.hpp"
#include "engine/models/groups.hpp"
#include "engine/models/param_columns.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>
#include <type_traits>

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

template <class Number> struct IzhikevichParams {
    Number a, b, c, d;
    Number k2, k1, k0;
    Number v_ref, u_leak;
    Number V_th, V_min;
    Number I_e;
};

SPIKESCOPE_INLINE const IzhikevichParams<double>& row(
    const IzhikevichParams<double>& shared, std::size_t)
{
    return shared;
}
SPIKESCOPE_INLINE IzhikevichParams<double> row(
    const IzhikevichParams<const double*>& p, std::size_t i)
{
    return {p.a[i], p.b[i], p.c[i], p.d[i], p.k2[i], p.k1[i], p.k0[i], p.v_ref[i], p.u_leak[i],
        p.V_th[i], p.V_min[i], p.I_e[i]};
}

/// Currents of one step; kept apart because their order in the sum decides the last bits.
struct Currents {
    double I;
    double pulse; ///< weights that arrived at port 1
};
/// Nothing but I_e.
struct NoCurrents { };

// The additions in the order in which NEST makes them.
template <class In>
SPIKESCOPE_INLINE double dv_dt(const IzhikevichParams<double>& p, double v, double u, const In& in)
{
    const double alone = p.k2 * v * v + p.k1 * v + p.k0 - u;
    if constexpr (std::is_same_v<In, Currents>) {
        return alone + in.I + p.I_e + in.pulse;
    }
    return alone + p.I_e;
}

SPIKESCOPE_INLINE double recovery(
    const IzhikevichParams<double>& p, double v, double u) // du/dt / a
{
    return p.b * (v - p.v_ref) - p.u_leak * u;
}

/// One step of v and u with the jump that arrives at its end; no bound, no spike.
template <Integrator scheme, class In>
SPIKESCOPE_INLINE void integrate(
    const IzhikevichParams<double>& p, double h, const In& in, double jump, double& v, double& u)
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

/// Whether the scheme lets a neuron fire that has reached V_th exactly.
template <Integrator scheme>
constexpr bool fires_at_peak = scheme != Integrator::figure1&& scheme != Integrator::pymonnto;

/// 0 where v lies between -max and the peak.
template <Integrator scheme> SPIKESCOPE_INLINE std::uint64_t beyond_peak(double v, double V_th)
{
    return fires_at_peak<scheme> ? outside_bits(v, V_th) : beyond_bits(v, V_th);
}

/// State and input of a chunk, from its first neuron.
struct Chunk {
    std::size_t first; ///< number of that neuron
    double step; ///< steps done before
    double* v;
    double* u;
    double* last_spike; ///< step
    std::int32_t* streak;
    bool driven; ///< whether there are currents or pulses
    const double* current;
    const double* pulses; ///< arrivals at port 1
    const double* jumps; ///< arrivals at port 0
};

SPIKESCOPE_INLINE Currents currents_of(const Chunk& chunk, std::size_t i, Currents)
{
    return {chunk.current[i], chunk.pulses[i]};
}
SPIKESCOPE_INLINE NoCurrents currents_of(const Chunk&, std::size_t, NoCurrents) { return {}; }

/// Advances the neurons [begin, begin + n). Returns 0 where all of them end between -max and the
/// peak.
template <Integrator scheme, class In, class Number>
SPIKESCOPE_INLINE std::uint64_t step_group(const IzhikevichParams<Number>& params, double h,
    double* __restrict v, double* __restrict u, const Chunk& chunk, std::size_t begin,
    std::size_t n)
{
    const double* const jumps = chunk.jumps;
    std::uint64_t beyond = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        const IzhikevichParams<double>& p = row(params, i);
        double v_now = v[i];
        double u_now = u[i];
        integrate<scheme>(p, h, currents_of(chunk, i, In {}), jumps[i], v_now, u_now);
        v_now = v_now < p.V_min ? p.V_min : v_now;
        v[i] = v_now;
        u[i] = u_now;
        beyond |= beyond_peak<scheme>(v_now, p.V_th);
    }
    return beyond;
}

/// Resets those of the n neurons that have reached the peak.
template <Integrator scheme, class Number>
SPIKESCOPE_INLINE void fire_group(const IzhikevichParams<Number>& params, const Chunk& chunk,
    std::size_t begin, std::size_t n, const SpikeEvents& events)
{
    const auto beyond = bits_where(n, [&](std::size_t k) {
        return beyond_peak<scheme>(chunk.v[begin + k], at(params.V_th, begin + k)) != 0;
    });
    for_bits(beyond, [&](std::size_t k) {
        const std::size_t i = begin + k;
        const std::size_t neuron = chunk.first + i;
        if (!finite(chunk.v[i])) {
            events.fault = events.fault ? events.fault : Fault {neuron, "V_m or U_m is not finite"};
            return;
        }
        chunk.v[i] = at(params.c, i);
        chunk.u[i] += at(params.d, i);
        events.fired.push_back(static_cast<std::uint32_t>(neuron));
        const bool goes_on = chunk.last_spike[i] == chunk.step - 1.0;
        chunk.last_spike[i] = chunk.step;
        chunk.streak[i] = goes_on ? chunk.streak[i] + 1 : 1;
        if (chunk.streak[i] > runaway_steps && !events.fault) {
            events.fault = Fault {neuron,
                "spiked in more than " + std::to_string(runaway_steps) + " consecutive steps"};
        }
    });
}

/// A neuron of the n that cannot go on.
SPIKESCOPE_INLINE std::optional<Fault> not_finite(
    const Chunk& chunk, std::size_t begin, std::size_t n)
{
    for (std::size_t i = begin; i < begin + n; ++i) {
        if (!finite(chunk.v[i]) || !finite(chunk.u[i])) {
            return Fault {chunk.first + i, "V_m or U_m is not finite"};
        }
    }
    return {};
}

template <Integrator scheme, class In, class Number>
SPIKESCOPE_INLINE void advance_group(const IzhikevichParams<Number>& params, double h,
    const Chunk& chunk, std::size_t begin, std::size_t n, const SpikeEvents& events)
{
    if constexpr (scheme == Integrator::pymonnto) { // tests the v of the step before
        fire_group<scheme>(params, chunk, begin, n, events);
    }
    const std::uint64_t beyond
        = step_group<scheme, In>(params, h, chunk.v, chunk.u, chunk, begin, n);
    if (beyond == 0) {
        return;
    }
    if constexpr (scheme == Integrator::pymonnto) {
        events.fault = events.fault ? events.fault : not_finite(chunk, begin, n);
    } else {
        fire_group<scheme>(params, chunk, begin, n, events);
    }
}

template <Integrator scheme, class In, class Number>
SPIKESCOPE_INLINE void advance_groups(const IzhikevichParams<Number>& params, double h,
    const Chunk& chunk, std::size_t count, const SpikeEvents& events)
{
    for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
        advance_group<scheme, In>(params, h, chunk, begin, n, events);
    });
}

template <Integrator scheme, class Number>
SPIKESCOPE_INLINE void advance_with(const IzhikevichParams<Number>& params, double h,
    const Chunk& chunk, std::size_t count, const SpikeEvents& events)
{
    if (chunk.driven) {
        advance_groups<scheme, Currents>(params, h, chunk, count, events);
    } else {
        advance_groups<scheme, NoCurrents>(params, h, chunk, count, events);
    }
}

template <Integrator scheme>
SPIKESCOPE_INLINE void advance_by(const Constants<IzhikevichParams>& params, double h,
    const Chunk& chunk, std::size_t count, const SpikeEvents& events)
{
    if (params.uniform()) {
        const IzhikevichParams<double> shared = params.shared();
        advance_with<scheme>(shared, h, chunk, count, events);
    } else {
        advance_with<scheme>(params.from(chunk.first), h, chunk, count, events);
    }
}

SPIKESCOPE_INLINE void advance_chunk_body(Integrator integrator,
    const Constants<IzhikevichParams>& params, double h, const Chunk& chunk, std::size_t count,
    const SpikeEvents& events)
{
    if (ChunkClock::flushes(chunk.step)) {
        flush(chunk.v, count);
        flush(chunk.u, count);
    }
    switch (integrator) {
    case Integrator::euler:
        return advance_by<Integrator::euler>(params, h, chunk, count, events);
    case Integrator::net2003:
        return advance_by<Integrator::net2003>(params, h, chunk, count, events);
    case Integrator::figure1:
        return advance_by<Integrator::figure1>(params, h, chunk, count, events);
    case Integrator::pymonnto:
        return advance_by<Integrator::pymonnto>(params, h, chunk, count, events);
    case Integrator::rk4:
        return advance_by<Integrator::rk4>(params, h, chunk, count, events);
    }
}
SPIKESCOPE_TWINS(void, advance_chunk,
    (Integrator integrator, const Constants<IzhikevichParams>& params, double h, const Chunk& chunk,
        std::size_t count, const SpikeEvents& events),
    (integrator, params, h, chunk, count, events))

class Izhikevich final : public Neurons {
public:
    Izhikevich(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : h_(dt_ms)
        , clock_(size)
        , v_(size)
        , u_(size)
        , last_spike_(size, -1.0)
        , streak_(size, 0)
    {
        Izhikevich::set_params(params);
        const Column V_m = init_column(init, "V_m", Column(-65.0));
        const bool has_u = init.common.count("U_m") + init.per_neuron.count("U_m") > 0;
        const Column U_m = init_column(init, "U_m", Column(0.0));
        for (std::size_t i = 0; i < size; ++i) {
            v_[i] = V_m[i];
            u_[i] = has_u ? U_m[i] : params_[i].b * v_[i];
        }
    }

    std::size_t size() const override { return v_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override
    {
        const Chunk chunk {first, clock_.begin_step(first), v_.data() + first, u_.data() + first,
            last_spike_.data() + first, streak_.data() + first,
            current_of(input) != no_input.data() || arrivals_of(input, 1) != no_input.data(),
            current_of(input), arrivals_of(input, 1), arrivals_of(input, 0)};
        std::optional<Fault> fault;
        advance_chunk(integrator_, params_, h_, chunk, count, {fired, fault});
        return fault;
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
        params_.fill(size(), columns.uniform(), [&](std::size_t i) {
            return IzhikevichParams<double> {a[i], b[i], c[i], d[i], k2[i], k1[i], k0[i], v_ref[i],
                u_leak[i], V_th[i], V_min[i], I_e[i]};
        });
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        return recordable == 0 ? v_[neuron] : u_[neuron];
    }

    State copy_state() const override
    {
        State state {{v_, u_}, {streak_, clock_.places()}};
        for (std::size_t i = 0; i < size(); ++i) {
            if (last_spike_[i] != clock_.now(i) - 1.0) {
                state.counts[0][i] = 0;
            }
        }
        return state;
    }

    void restore(const State& state) override
    {
        v_ = state.reals[0];
        u_ = state.reals[1];
        streak_ = state.counts[0];
        clock_.restore(state.counts[1]);
        for (std::size_t i = 0; i < size(); ++i) {
            last_spike_[i] = clock_.now(i) - 1.0;
        }
    }

private:
    double h_; ///< dt [ms]
    Integrator integrator_ = Integrator::figure1;
    Constants<IzhikevichParams> params_;

    ChunkClock clock_;
    std::vector<double> v_; ///< [mV]
    std::vector<double> u_;
    std::vector<double> last_spike_; ///< step of the clock
    std::vector<std::int32_t> streak_; ///< steps up to it with a spike without a pause
};

} // namespace

std::unique_ptr<Neurons> make_izhikevich(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<Izhikevich>(size, dt_ms, params, init);
}

} // namespace engine::models
