#include "engine/models/izhikevich.hpp"

#include "engine/models/chunk_clock.hpp"
#include "engine/models/constants.hpp"
#include "engine/models/groups.hpp"
#include "engine/models/izhikevich_equations.hpp"
#include "engine/models/param_columns.hpp"
#include "engine/models/step_input.hpp"
#include "engine/models/streaks.hpp"

#include <algorithm>
#include <array>

namespace engine::models {

namespace {

using namespace izhikevich;

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

/// Whether the scheme lets a neuron fire that has reached V_th exactly.
constexpr bool fires_at_peak(Integrator scheme)
{
    return scheme != Integrator::figure1 && scheme != Integrator::pymonnto;
}

/// 0 where v lies between -max and the peak.
template <bool at_peak> SPIKESCOPE_INLINE std::uint64_t beyond_peak(double v, double V_th)
{
    return at_peak ? outside_bits(v, V_th) : beyond_bits(v, V_th);
}

/// State and input of a chunk, from its first neuron.
struct Chunk {
    std::size_t first; ///< number of that neuron
    double step; ///< steps done before
    double* v;
    double* u;
    Streaks* streaks;
    std::int32_t* streak; ///< number of the streaks
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

/// Constants as a kernel reads them.
template <class OfMembrane, class OfRecovery> struct Parameters {
    IzhikevichMembrane<OfMembrane> membrane;
    IzhikevichRecovery<OfRecovery> recovery;
};

/// Constants of a population.
struct IzhikevichConstants {
    Constants<IzhikevichMembrane> membrane;
    Constants<IzhikevichRecovery> recovery; ///< one each where the membrane's are
    Constants<IzhikevichReset> reset;
};

/// Of each group of neurons 0 where none of them has to be looked after.
using Marks = std::array<std::uint64_t, most_groups(chunk_size)>;

/// Advances the neurons [begin, begin + n). Returns 0 where all of them end between -max and the
/// peak.
template <Integrator scheme, class In, class Params>
SPIKESCOPE_INLINE std::uint64_t step_group(const Params& params, double h, double* __restrict v,
    double* __restrict u, const Chunk& chunk, std::size_t begin, std::size_t n)
{
    const double* const jumps = chunk.jumps;
    std::uint64_t beyond = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        const IzhikevichParams p {row(params.membrane, i), row(params.recovery, i)};
        double v_now = v[i];
        double u_now = u[i];
        integrate<scheme>(p, h, currents_of(chunk, i, In {}), jumps[i], v_now, u_now);
        v_now = v_now < p.membrane.V_min ? p.membrane.V_min : v_now;
        v[i] = v_now;
        u[i] = u_now;
        beyond |= beyond_peak<fires_at_peak(scheme)>(v_now, p.membrane.V_th);
    }
    return beyond;
}

template <Integrator scheme, class In, class Params>
SPIKESCOPE_INLINE void step_groups(
    const Params& params, double h, const Chunk& chunk, std::size_t count, Marks& marks)
{
    std::size_t group = 0;
    for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
        marks[group++] = step_group<scheme, In>(params, h, chunk.v, chunk.u, chunk, begin, n);
    });
}

template <Integrator scheme, class Params>
SPIKESCOPE_INLINE void step_with(
    const Params& params, double h, const Chunk& chunk, std::size_t count, Marks& marks)
{
    if (chunk.driven) {
        step_groups<scheme, Currents>(params, h, chunk, count, marks);
    } else {
        step_groups<scheme, NoCurrents>(params, h, chunk, count, marks);
    }
}

template <Integrator scheme>
SPIKESCOPE_INLINE void step_by(
    const IzhikevichConstants& all, double h, const Chunk& chunk, std::size_t count, Marks& marks)
{
    if (all.recovery.uniform()) {
        const Parameters<double, double> params {all.membrane.shared(), all.recovery.shared()};
        step_with<scheme>(params, h, chunk, count, marks);
    } else if (all.membrane.uniform()) {
        const Parameters<double, const double*> params {
            all.membrane.shared(), all.recovery.from(chunk.first)};
        step_with<scheme>(params, h, chunk, count, marks);
    } else {
        const Parameters<const double*, const double*> params {
            all.membrane.from(chunk.first), all.recovery.from(chunk.first)};
        step_with<scheme>(params, h, chunk, count, marks);
    }
}

/// v and u of all neurons a step further; marks the groups in which not all neurons end between
/// -max and the peak.
SPIKESCOPE_INLINE void step_chunk(Integrator integrator, const IzhikevichConstants& params,
    double h, const Chunk& chunk, std::size_t count, Marks& marks)
{
    switch (integrator) {
    case Integrator::euler:
        return step_by<Integrator::euler>(params, h, chunk, count, marks);
    case Integrator::net2003:
        return step_by<Integrator::net2003>(params, h, chunk, count, marks);
    case Integrator::figure1:
        return step_by<Integrator::figure1>(params, h, chunk, count, marks);
    case Integrator::pymonnto:
        return step_by<Integrator::pymonnto>(params, h, chunk, count, marks);
    case Integrator::rk4:
        return step_by<Integrator::rk4>(params, h, chunk, count, marks);
    }
}

/// Resets those of the n neurons that have reached the peak.
template <bool at_peak, class Number>
SPIKESCOPE_INLINE void fire_group(const Number& V_th, const Constants<IzhikevichReset>& resets,
    const Chunk& chunk, std::size_t begin, std::size_t n, const SpikeEvents& events, Streaks& now)
{
    const auto beyond = bits_where(n, [&](std::size_t k) {
        return beyond_peak<at_peak>(chunk.v[begin + k], at(V_th, begin + k)) != 0;
    });
    for_bits(beyond, [&](std::size_t k) {
        const std::size_t i = begin + k;
        const std::size_t neuron = chunk.first + i;
        if (!finite(chunk.v[i])) {
            events.fault = events.fault ? events.fault : Fault {neuron, "V_m or U_m is not finite"};
            return;
        }
        const IzhikevichReset<double> reset = resets[neuron];
        chunk.v[i] = reset.c;
        chunk.u[i] += reset.d;
        events.fired.push_back(static_cast<std::uint32_t>(neuron));
        if (now.add(*chunk.streaks, i, chunk.streak[i]) > runaway_steps && !events.fault) {
            events.fault = Fault {neuron,
                "spiked in more than " + std::to_string(runaway_steps) + " consecutive steps"};
        }
    });
}

/// Resets the neurons of marked groups that have reached the peak.
template <bool at_peak>
SPIKESCOPE_INLINE void fire_chunk(const IzhikevichConstants& params, const Chunk& chunk,
    std::size_t count, const Marks& marks, const SpikeEvents& events)
{
    Streaks now;
    std::size_t group = 0;
    for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
        if (marks[group++] == 0) {
            return;
        }
        if (params.membrane.uniform()) {
            fire_group<at_peak>(
                params.membrane.shared().V_th, params.reset, chunk, begin, n, events, now);
        } else {
            fire_group<at_peak>(
                params.membrane.from(chunk.first).V_th, params.reset, chunk, begin, n, events, now);
        }
    });
    *chunk.streaks = now;
}

/// The first neuron that cannot go on.
SPIKESCOPE_INLINE std::optional<Fault> not_finite(const Chunk& chunk, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (!finite(chunk.v[i]) || !finite(chunk.u[i])) {
            return Fault {chunk.first + i, "V_m or U_m is not finite"};
        }
    }
    return {};
}

/// First all groups are advanced, then spikes are looked after: a branch that the processor does
/// not foresee costs it what it has begun of the groups after.
SPIKESCOPE_INLINE void advance_chunk_body(Integrator integrator, const IzhikevichConstants& params,
    double h, const Chunk& chunk, std::size_t count, const SpikeEvents& events)
{
    if (ChunkClock::flushes(chunk.step)) {
        flush(chunk.v, count);
        flush(chunk.u, count);
    }
    Marks marks;
    if (integrator == Integrator::pymonnto) { // tests the v of the step before
        marks.fill(1);
        fire_chunk<fires_at_peak(Integrator::pymonnto)>(params, chunk, count, marks, events);
        marks.fill(0);
        step_chunk(integrator, params, h, chunk, count, marks);
        const bool all_inside
            = std::all_of(marks.begin(), marks.end(), [](auto m) { return m == 0; });
        if (!all_inside && !events.fault) {
            events.fault = not_finite(chunk, count);
        }
        return;
    }
    step_chunk(integrator, params, h, chunk, count, marks);
    if (fires_at_peak(integrator)) {
        fire_chunk<true>(params, chunk, count, marks, events);
    } else {
        fire_chunk<false>(params, chunk, count, marks, events);
    }
}
SPIKESCOPE_TWINS(void, advance_chunk,
    (Integrator integrator, const IzhikevichConstants& params, double h, const Chunk& chunk,
        std::size_t count, const SpikeEvents& events),
    (integrator, params, h, chunk, count, events))

class Izhikevich final : public Neurons {
public:
    Izhikevich(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : h_(dt_ms)
        , clock_(size)
        , v_(size)
        , u_(size)
        , streaks_((size + chunk_size - 1) / chunk_size)
        , streak_(size, 0)
    {
        Izhikevich::set_params(params);
        const Column V_m = init_column(init, "V_m", Column(-65.0));
        const bool has_u = init.common.count("U_m") + init.per_neuron.count("U_m") > 0;
        const Column U_m = init_column(init, "U_m", Column(0.0));
        for (std::size_t i = 0; i < size; ++i) {
            v_[i] = V_m[i];
            u_[i] = has_u ? U_m[i] : params_.recovery[i].b * v_[i];
        }
    }

    std::size_t size() const override { return v_.size(); }

    std::optional<Fault> advance(std::size_t first, std::size_t count, const StepInput& input,
        std::vector<std::uint32_t>& fired) override
    {
        const Chunk chunk {first, clock_.begin_step(first), v_.data() + first, u_.data() + first,
            &streaks_[first / chunk_size], streak_.data() + first,
            current_of(input) != no_input.data() || arrivals_of(input, 1) != no_input.data(),
            current_of(input), arrivals_of(input, 1), arrivals_of(input, 0)};
        std::optional<Fault> fault;
        advance_chunk(integrator_, params_, h_, chunk, count, {fired, fault});
        return fault;
    }

    /// Another integrator goes on from the present v and u.
    void set_params(const ParamTable& table) override
    {
        ParamColumns columns(table); // in the order in which they become less uniform
        const Column k2 = columns.number("k2");
        const Column k1 = columns.number("k1");
        const Column k0 = columns.number("k0");
        const Column v_ref = columns.number("v_ref");
        const Column u_leak = columns.number("u_leak");
        const Column V_th = columns.number("V_th");
        const Column V_min = columns.nullable("V_min", -std::numeric_limits<double>::infinity());
        const Column I_e = columns.number("I_e");
        params_.membrane.fill(size(), columns.uniform(), [&](std::size_t i) {
            return IzhikevichMembrane<double> {
                k2[i], k1[i], k0[i], v_ref[i], u_leak[i], V_th[i], V_min[i], I_e[i]};
        });
        const Column a = columns.number("a");
        const Column b = columns.number("b");
        params_.recovery.fill(size(), columns.uniform(), [&](std::size_t i) {
            return IzhikevichRecovery<double> {a[i], b[i]};
        });
        const Column c = columns.number("c");
        const Column d = columns.number("d");
        params_.reset.fill(size(), c.uniform() && d.uniform(), [&](std::size_t i) {
            return IzhikevichReset<double> {c[i], d[i]};
        });
        integrator_ = integrator_named(columns.choice("integrator"));
    }

    std::size_t constant_bytes() const override
    {
        return params_.membrane.bytes() + params_.recovery.bytes() + params_.reset.bytes();
    }

    double value(std::size_t recordable, std::size_t neuron) const override
    {
        return recordable == 0 ? v_[neuron] : u_[neuron];
    }

    double* state(std::string_view name, std::size_t neuron) override
    {
        return name == "V_m" ? &v_[neuron] : name == "U_m" ? &u_[neuron] : nullptr;
    }

    State copy_state() const override
    {
        State state {{v_, u_}, {streak_, clock_.places()}};
        for (std::size_t i = 0; i < size(); ++i) {
            state.counts[0][i] = streaks_[i / chunk_size].length(i % chunk_size, streak_[i]);
        }
        return state;
    }

    void restore(const State& state) override
    {
        v_ = state.reals[0];
        u_ = state.reals[1];
        streak_ = state.counts[0];
        clock_.restore(state.counts[1]);
        std::fill(streaks_.begin(), streaks_.end(), Streaks {});
        for (std::size_t i = 0; i < size(); ++i) {
            streaks_[i / chunk_size].restore(i % chunk_size, streak_[i]);
        }
    }

private:
    double h_; ///< dt [ms]
    Integrator integrator_ = Integrator::figure1;
    IzhikevichConstants params_;

    ChunkClock clock_;
    std::vector<double> v_; ///< [mV]
    std::vector<double> u_;
    std::vector<Streaks> streaks_; ///< by chunk
    std::vector<std::int32_t> streak_; ///< their lengths, where they are longer than a step
};

} // namespace

std::unique_ptr<Neurons> make_izhikevich(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<Izhikevich>(size, dt_ms, params, init);
}

} // namespace engine::models
