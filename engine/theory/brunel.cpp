#include "engine/theory/brunel.hpp"

#include "engine/core/value.hpp"

#include <cmath>
#include <string>

namespace engine::theory {

namespace {

class Checks {
public:
    void require(bool met, const char* name, double value, const std::string& expected)
    {
        if (std::isfinite(value) && met) {
            return;
        }
        core::Diagnostic diagnostic;
        diagnostic.pointer = name;
        diagnostic.found = "is " + core::number_text(value);
        diagnostic.expected = std::isfinite(value) ? "must be " + expected : "must be finite";
        found_.push_back(diagnostic);
    }
    core::Diagnostics take() { return std::move(found_); }

private:
    core::Diagnostics found_;
};

} // namespace

core::Diagnostics check(const BrunelParams& p)
{
    Checks checks;
    checks.require(p.g >= 0.0, "g", p.g, ">= 0");
    checks.require(p.eta >= 0.0, "eta", p.eta, ">= 0");
    checks.require(p.J > 0.0, "J", p.J, "> 0 mV");
    checks.require(p.C_E > 0.0, "C_E", p.C_E, "> 0");
    checks.require(p.gamma >= 0.0, "gamma", p.gamma, ">= 0");
    checks.require(p.tau_m > 0.0, "tau_m", p.tau_m, "> 0 ms");
    checks.require(p.V_th > 0.0, "V_th", p.V_th, "> 0 mV, the resting potential");
    checks.require(p.V_reset < p.V_th, "V_reset", p.V_reset,
        "< V_th, which is " + core::number_text(p.V_th) + " mV");
    checks.require(p.t_ref >= 0.0, "t_ref", p.t_ref, ">= 0 ms");
    checks.require(p.delay >= 0.0, "delay", p.delay, ">= 0 ms");
    return checks.take();
}

Coupling coupling(const BrunelParams& p)
{
    const double input = p.C_E * p.J * p.tau_m;
    return {input * (1.0 - p.g * p.gamma), input * p.J * (1.0 + p.g * p.g * p.gamma)};
}

Input input_at(double rate, const BrunelParams& p)
{
    const Coupling c = coupling(p);
    // C_E J tau_m nu_ext = eta V_th by the definition of eta.
    const double mu = p.eta * p.V_th + rate * c.mu;
    const double sigma2 = p.J * p.eta * p.V_th + rate * c.sigma2;
    return {mu, std::sqrt(sigma2)};
}

} // namespace engine::theory
