#pragma once

#include <complex>
#include <optional>
#include <vector>

namespace engine::theory {

// The Izhikevich neuron below its peak, under a constant current I:
//   dv/dt = k2 v^2 + k1 v + k0 - u + I,   du/dt = a (b (v - v_ref) - u_leak u)
// v in mV, t in ms; u and I dimensionless. All closed forms; finite parameters. Pure; any thread.
// Source: Izhikevich 2003, doi:10.1109/TNN.2003.820440; 2007, Dynamical Systems in Neuroscience,
// chapter 8.

struct IzhikevichParams {
    double a = 0.02; ///< [1/ms]
    double b = 0.2;
    double k2 = 0.04;
    double k1 = 5.0;
    double k0 = 140.0;
    double v_ref = 0.0; ///< [mV]
    double u_leak = 1.0;
};

/// u where dv/dt = 0.
double v_nullcline(double v, double I, const IzhikevichParams& params);
/// u where du/dt = 0; nothing without a leak of u, where the nullcline is the line v = v_ref.
std::optional<double> u_nullcline(double v, const IzhikevichParams& params);

enum class PointKind { stable_node, stable_focus, unstable_node, unstable_focus, saddle, marginal };

/// Where both derivatives vanish, with the eigenvalues of the linear equations there [1/ms], the
/// one with the larger real (or imaginary) part first.
struct FixedPoint {
    double v = 0.0;
    double u = 0.0;
    std::complex<double> first;
    std::complex<double> second;
    PointKind kind = PointKind::marginal;

    /// Period of the ringing around it [ms]; nothing for nodes and saddles.
    std::optional<double> ringing_period_ms() const;
};

/// By v: two, one or none. None where a or the slopes vanish so that whole lines are at rest.
std::vector<FixedPoint> fixed_points(double I, const IzhikevichParams& params);

/// A current at which the number or the stability of the fixed points changes, and the v at which
/// it happens.
struct Bifurcation {
    double I = 0.0;
    double v = 0.0;
};
/// Where both fixed points meet and vanish; nothing where they never do (k2 = 0, u_leak = 0).
std::optional<Bifurcation> saddle_node(const IzhikevichParams& params);
/// Where a pair of complex eigenvalues crosses the imaginary axis; nothing where none does: then
/// rest ends at the saddle-node (class 1).
std::optional<Bifurcation> hopf(const IzhikevichParams& params);

} // namespace engine::theory
