#pragma once

#include "engine/core/dispatch.hpp"

#include <cstddef>
#include <type_traits>

// The equations of the model izhikevich in its integration schemes, for one neuron.

namespace engine::models::izhikevich {

enum class Integrator { euler, net2003, figure1, pymonnto, rk4 };

// Constants in three drawers, because neurons often differ in some of them only: those of the
// networks of Izhikevich 2003 in a and b or in c and d.
template <class Number> struct IzhikevichMembrane {
    Number k2, k1, k0;
    Number v_ref, u_leak;
    Number V_th, V_min;
    Number I_e;
};
template <class Number> struct IzhikevichRecovery {
    Number a, b;
};
template <class Number> struct IzhikevichReset {
    Number c, d;
};

/// What one neuron is advanced with.
struct IzhikevichParams {
    IzhikevichMembrane<double> membrane;
    IzhikevichRecovery<double> recovery;
};

SPIKESCOPE_INLINE const IzhikevichMembrane<double>& row(
    const IzhikevichMembrane<double>& shared, std::size_t)
{
    return shared;
}
SPIKESCOPE_INLINE IzhikevichMembrane<double> row(
    const IzhikevichMembrane<const double*>& p, std::size_t i)
{
    return {p.k2[i], p.k1[i], p.k0[i], p.v_ref[i], p.u_leak[i], p.V_th[i], p.V_min[i], p.I_e[i]};
}
SPIKESCOPE_INLINE const IzhikevichRecovery<double>& row(
    const IzhikevichRecovery<double>& shared, std::size_t)
{
    return shared;
}
SPIKESCOPE_INLINE IzhikevichRecovery<double> row(
    const IzhikevichRecovery<const double*>& p, std::size_t i)
{
    return {p.a[i], p.b[i]};
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
SPIKESCOPE_INLINE double dv_dt(
    const IzhikevichMembrane<double>& p, double v, double u, const In& in)
{
    const double alone = p.k2 * v * v + p.k1 * v + p.k0 - u;
    if constexpr (std::is_same_v<In, Currents>) {
        return alone + in.I + p.I_e + in.pulse;
    }
    return alone + p.I_e;
}

SPIKESCOPE_INLINE double recovery(const IzhikevichParams& p, double v, double u) // du/dt / a
{
    return p.recovery.b * (v - p.membrane.v_ref) - p.membrane.u_leak * u;
}

/// One step of v and u with the jump that arrives at its end; no bound, no spike.
template <Integrator scheme, class In>
SPIKESCOPE_INLINE void integrate(
    const IzhikevichParams& p, double h, const In& in, double jump, double& v, double& u)
{
    const IzhikevichMembrane<double>& m = p.membrane;
    const double a = p.recovery.a;
    if constexpr (scheme == Integrator::euler) {
        const double v_old = v;
        v += h * dv_dt(m, v_old, u, in) + jump; // summed in NEST's order
        u += h * a * recovery(p, v_old, u);
        return;
    } else if constexpr (scheme == Integrator::net2003) {
        v += h * 0.5 * dv_dt(m, v, u, in);
        v += h * 0.5 * dv_dt(m, v, u, in);
        u += h * a * recovery(p, v, u);
    } else if constexpr (scheme == Integrator::rk4) {
        const double v1 = dv_dt(m, v, u, in);
        const double u1 = a * recovery(p, v, u);
        const double v2 = dv_dt(m, v + 0.5 * h * v1, u + 0.5 * h * u1, in);
        const double u2 = a * recovery(p, v + 0.5 * h * v1, u + 0.5 * h * u1);
        const double v3 = dv_dt(m, v + 0.5 * h * v2, u + 0.5 * h * u2, in);
        const double u3 = a * recovery(p, v + 0.5 * h * v2, u + 0.5 * h * u2);
        const double v4 = dv_dt(m, v + h * v3, u + h * u3, in);
        const double u4 = a * recovery(p, v + h * v3, u + h * u3);
        v += h / 6.0 * (v1 + 2.0 * v2 + 2.0 * v3 + v4);
        u += h / 6.0 * (u1 + 2.0 * u2 + 2.0 * u3 + u4);
    } else { // figure1, pymonnto
        v += h * dv_dt(m, v, u, in);
        u += h * a * recovery(p, v, u);
    }
    v += jump;
}

} // namespace engine::models::izhikevich
