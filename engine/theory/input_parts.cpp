#include "engine/theory/input_parts.hpp"

#include "engine/theory/siegert.hpp"

#include <algorithm>
#include <cmath>

namespace engine::theory {

InputParts input_parts(double rate, const BrunelParams& params)
{
    const auto part = [&](double synapses, double weight, double source_rate) -> Input {
        const double arrivals = synapses * source_rate * params.tau_m; // in a time constant
        return {weight * arrivals, std::abs(weight) * std::sqrt(arrivals)};
    };
    const double external_rate = params.eta * params.V_th / (params.J * params.C_E * params.tau_m);
    return {part(params.C_E, params.J, rate),
        part(params.gamma * params.C_E, -params.g * params.J, rate),
        part(params.C_E, params.J, external_rate), input_at(rate, params)};
}

std::vector<double> potential_density(
    const Input& input, const LifParams& lif, std::span<const double> V_m)
{
    if (!(input.sigma > 0.0) || V_m.empty()) {
        return {};
    }
    // tau_m J = -(V - mu) p - sigma^2 / 2 dp/dV with the flux J = rate between reset and threshold,
    // 0 below; p = 0 at the threshold. The step is exact for a constant drift.
    const double rate = siegert_rate(input.mu, input.sigma, lif);
    const double diffusion = input.sigma * input.sigma / (2.0 * lif.tau_m);
    std::vector<double> density(V_m.size(), 0.0);
    constexpr double finest = 400.0; // steps in a sigma
    const double step = input.sigma / finest;
    double V = lif.V_th;
    double p = 0.0;
    const auto down_to = [&](double target) {
        while (V > target) {
            double next = std::max(target, V - step);
            if (V > lif.V_reset && next < lif.V_reset) {
                next = lif.V_reset;
            }
            const double delta = V - next;
            const double alpha = ((V + next) / 2.0 - input.mu) / (lif.tau_m * diffusion);
            const double flux = V > lif.V_reset ? rate : 0.0;
            const double growth = std::exp(alpha * delta);
            const double spread = std::abs(alpha * delta) < 1e-9 ? delta : (growth - 1.0) / alpha;
            p = p * growth + flux / diffusion * spread;
            V = next;
        }
    };
    for (std::size_t i = V_m.size(); i-- > 0;) {
        if (V_m[i] < lif.V_th) {
            down_to(V_m[i]);
            density[i] = p;
        }
    }
    return density;
}

} // namespace engine::theory
