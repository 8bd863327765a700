#include "engine/models/iaf_psc_delta.hpp"

#include "engine/core/numerics.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/models/chunk_clock.hpp"
#include "engine/models/constants.hpp"
#include "engine/models/groups.hpp"
#include "engine/models/iaf_psc_delta_chunk.hpp"
#include "engine/models/param_columns.hpp"
#include "engine/models/step_input.hpp"

#include <algorithm>

namespace engine::models {

namespace {

using Chunk = IafPscDeltaChunk;

/// Advances the neurons [begin, begin + n), which get `released` in addition to their input.
/// Returns 0 where all of them lie between -max and V_th. `simple`: E_L = 0, no V_min.
template <bool simple, bool with_current, bool with_release, class Number>
SPIKESCOPE_INLINE std::uint64_t integrate(const IafPscDeltaPropagators<Number>& p,
    double* __restrict V, const double* held_until, double step, const double* current,
    const double* arrivals, const double* released, std::size_t begin, std::size_t n)
{
    std::uint64_t outside = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        double next = at(p.drive, i);
        if constexpr (with_current) {
            next = at(p.Q, i) * (current[i] + at(p.I_e, i));
        }
        const double v = simple ? V[i] : V[i] - at(p.E_L, i);
        next = next + at(p.P, i) * v + arrivals[i];
        if constexpr (with_release) {
            next = next + released[k];
        }
        if constexpr (!simple) {
            next = next + at(p.E_L, i);
            next = next < at(p.V_min, i) ? at(p.V_min, i) : next;
        }
        const double now = held_until[i] > step ? V[i] : next;
        V[i] = now;
        outside |= outside_bits(now, at(p.V_th, i));
    }
    return outside;
}

/// The first step after refractoriness takes what was collected.
SPIKESCOPE_INLINE void release(const double* held_until, double step, double* __restrict buffer,
    double* __restrict released, std::size_t begin, std::size_t n)
{
    for (std::size_t k = 0; k < n; ++k) {
        const double collected = buffer[begin + k];
        const bool held = held_until[begin + k] > step;
        released[k] = held ? 0.0 : collected;
        buffer[begin + k] = held ? collected : 0.0;
    }
}

/// Refractory steps for which the decay of collected input is tabulated.
constexpr double most_kept = 1000.0;

class IafPscDelta final : public Neurons {
public:
    IafPscDelta(std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
        : grid_(dt_ms)
        , clock_(size)
        , V_m_(size)
        , held_until_(size, 0.0)
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
        std::vector<std::uint32_t>& fired) override;

    std::size_t most_counted() const override
    {
#if defined(__x86_64__)
        return wide() ? most_counted_avx512 : 0;
#else
        return 0;
#endif
    }

    /// Compiled for several instruction sets.
    SPIKESCOPE_INLINE void advance_chunk(
        const Chunk& chunk, std::size_t count, const SpikeEvents& events)
    {
        if (ChunkClock::flushes(chunk.step)) {
            flush(chunk.V, count);
        }
        if (propagators_.uniform()) {
            const IafPscDeltaPropagators<double> shared = propagators_.shared();
            advance_with(shared, chunk, count, events);
        } else {
            advance_with(propagators_.from(chunk.first), chunk, count, events);
        }
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
        refractory_input_ = columns.flag("refractory_input");
        simple_ = true;
        propagators_.fill(size(), columns.uniform(), [&](std::size_t i) {
            IafPscDeltaPropagators<double> p {};
            p.dt_over_tau = grid_.dt_ms() / tau_m[i];
            p.P = core::exp(-p.dt_over_tau);
            p.Q = tau_m[i] / C_m[i] * -core::expm1(-p.dt_over_tau);
            p.I_e = I_e[i] + 0.0; // no -0, by which sums would differ in the sign of 0
            p.drive = p.Q * p.I_e + 0.0;
            p.E_L = E_L[i] + 0.0;
            p.V_th = V_th[i];
            p.V_reset = V_reset[i];
            p.V_min = V_min[i];
            p.refractory_steps = static_cast<double>(grid_.steps(t_ref[i]));
            simple_ = simple_ && p.E_L == 0.0 && std::isinf(p.V_min);
            return p;
        });
        for (std::size_t i = 0; i < size(); ++i) {
            held_until_[i]
                = std::min(held_until_[i], clock_.now(i) + propagators_[i].refractory_steps);
        }
        kept_.clear();
        if (!refractory_input_) {
            std::fill(buffer_.begin(), buffer_.end(), 0.0);
        } else if (propagators_.uniform()) {
            const IafPscDeltaPropagators<double>& p = propagators_.shared();
            const double steps = std::min(p.refractory_steps, most_kept);
            for (double r = 0.0; r <= steps; ++r) {
                kept_.push_back(core::exp(-r * p.dt_over_tau));
            }
        }
    }

    std::size_t constant_bytes() const override { return propagators_.bytes(); }

    double value(std::size_t, std::size_t neuron) const override { return V_m_[neuron]; }

    double* state(std::string_view name, std::size_t neuron) override
    {
        return name == "V_m" ? &V_m_[neuron] : nullptr;
    }

    State copy_state() const override
    {
        return {{V_m_, buffer_}, {clock_.steps_left(held_until_), clock_.places()}};
    }

    void restore(const State& state) override
    {
        V_m_ = state.reals[0];
        buffer_ = state.reals[1];
        clock_.restore(state.counts[1]);
        held_until_ = clock_.until(state.counts[0]);
    }

private:
    /// `p` counts from the chunk's first neuron.
    template <class Number>
    SPIKESCOPE_INLINE void advance_with(const IafPscDeltaPropagators<Number>& p, const Chunk& chunk,
        std::size_t count, const SpikeEvents& events)
    {
        std::array<std::uint64_t, chunk_size / scan_block> outside {};
        if (refractory_input_) {
            integrate_groups<false, true, true>(p, chunk, count, outside.data());
        } else if (simple_ && chunk.current == nullptr) {
            integrate_groups<true, false, false>(p, chunk, count, outside.data());
        } else if (chunk.current == nullptr) {
            integrate_groups<false, false, false>(p, chunk, count, outside.data());
        } else {
            integrate_groups<false, true, false>(p, chunk, count, outside.data());
        }
        for (std::size_t begin = 0; begin < count; begin += scan_block) {
            if (outside[begin / scan_block] != 0) {
                const std::size_t n = std::min(scan_block, count - begin);
                spike(p, chunk, begin,
                    bits_where(n,
                        [&](std::size_t k) {
                            return !inside(chunk.V[begin + k], at(p.V_th, begin + k));
                        }),
                    events);
            }
        }
    }

    /// Whether integrate_avx512() can be used.
    bool wide() const
    {
        return core::instructions() == core::Instructions::avx512 && propagators_.uniform()
            && !refractory_input_;
    }
#if defined(__x86_64__)
    void advance_wide(const Chunk& chunk, std::size_t count, const SpikeEvents& events)
    {
        if (ChunkClock::flushes(chunk.step)) {
            flush(chunk.V, count);
        }
        const IafPscDeltaPropagators<double>& p = propagators_.shared();
        const ChunkBits outside = integrate_avx512(p, chunk, count, simple_);
        for (std::size_t word = 0; word < outside.size(); ++word) {
            spike(p, chunk, word * 64, outside[word], events);
        }
    }
#endif

    template <bool simple, bool with_current, bool with_release, class Number>
    SPIKESCOPE_INLINE void integrate_groups(const IafPscDeltaPropagators<Number>& p,
        const Chunk& chunk, std::size_t count, std::uint64_t* outside) const
    {
        for_groups(count, [&](std::size_t begin, std::size_t n) SPIKESCOPE_INLINE_LAMBDA {
            outside[begin / scan_block]
                |= integrate_group<simple, with_current, with_release>(p, chunk, begin, n);
        });
    }

    template <bool simple, bool with_current, bool with_release, class Number>
    SPIKESCOPE_INLINE std::uint64_t integrate_group(const IafPscDeltaPropagators<Number>& p,
        const Chunk& chunk, std::size_t begin, std::size_t n) const
    {
        std::array<double, scan_block> released;
        if constexpr (with_release) {
            release(chunk.held_until, chunk.step, chunk.buffer, released.data(), begin, n);
            collect(p, chunk, begin, n);
        }
        return integrate<simple, with_current, with_release>(p, chunk.V, chunk.held_until,
            chunk.step, chunk.current, chunk.arrivals, released.data(), begin, n);
    }

    /// Held neurons keep what arrives, as if it decayed until their refractoriness ends.
    template <class Number>
    SPIKESCOPE_INLINE void collect(const IafPscDeltaPropagators<Number>& p, const Chunk& chunk,
        std::size_t begin, std::size_t n) const
    {
        const auto held = bits_where(n, [&](std::size_t k) {
            return (chunk.held_until[begin + k] > chunk.step) & (chunk.arrivals[begin + k] != 0.0);
        });
        for_bits(held, [&](std::size_t k) {
            const std::size_t i = begin + k;
            const double left = chunk.held_until[i] - chunk.step;
            const auto steps = static_cast<std::size_t>(left);
            const double kept
                = steps < kept_.size() ? kept_[steps] : core::exp(-left * at(p.dt_over_tau, i));
            chunk.buffer[i] += chunk.arrivals[i] * kept;
        });
    }

    /// Resets those neurons from `begin` on that have reached V_th.
    template <class Number>
    SPIKESCOPE_INLINE static void spike(const IafPscDeltaPropagators<Number>& p, const Chunk& chunk,
        std::size_t begin, std::uint64_t outside, const SpikeEvents& events)
    {
        for_bits(outside, [&](std::size_t k) {
            const std::size_t i = begin + k;
            if (!finite(chunk.V[i])) {
                events.fault
                    = events.fault ? events.fault : Fault {chunk.first + i, "V_m is not finite"};
                return;
            }
            chunk.V[i] = at(p.V_reset, i);
            chunk.held_until[i] = chunk.step + 1.0 + at(p.refractory_steps, i);
            events.fired.push_back(static_cast<std::uint32_t>(chunk.first + i));
        });
    }

    core::TimeGrid grid_;
    bool refractory_input_ = false;
    bool simple_ = false; ///< all E_L are 0 and there is no V_min
    Constants<IafPscDeltaPropagators> propagators_;
    std::vector<double> kept_; ///< fraction of an input kept at the end of r refractory steps

    ChunkClock clock_;
    std::vector<double> V_m_; ///< [mV]
    std::vector<double> held_until_; ///< step of the clock at which refractoriness ends
    std::vector<double> buffer_; ///< input collected while refractory [mV]
};

SPIKESCOPE_INLINE void step_body(
    IafPscDelta& neurons, const Chunk& chunk, std::size_t count, const SpikeEvents& events)
{
    neurons.advance_chunk(chunk, count, events);
}
SPIKESCOPE_TWINS(void, step,
    (IafPscDelta & neurons, const Chunk& chunk, std::size_t count, const SpikeEvents& events),
    (neurons, chunk, count, events))

std::optional<Fault> IafPscDelta::advance(
    std::size_t first, std::size_t count, const StepInput& input, std::vector<std::uint32_t>& fired)
{
    const Chunk chunk {first, clock_.begin_step(first), V_m_.data() + first,
        held_until_.data() + first, buffer_.data() + first,
        refractory_input_ ? current_of(input) : input.current, arrivals_of(input, 0),
        input.counted};
    std::optional<Fault> fault;
#if defined(__x86_64__)
    if (wide()) {
        advance_wide(chunk, count, {fired, fault});
        return fault;
    }
#endif
    step(*this, chunk, count, {fired, fault});
    return fault;
}

} // namespace

std::unique_ptr<Neurons> make_iaf_psc_delta(
    std::size_t size, double dt_ms, const ParamTable& params, const InitTable& init)
{
    return std::make_unique<IafPscDelta>(size, dt_ms, params, init);
}

} // namespace engine::models
