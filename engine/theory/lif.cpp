#include "engine/theory/lif.hpp"

#include <cmath>

namespace engine::theory {

double noiseless_rate(double mu, const LifParams& lif)
{
    if (!(mu > lif.V_th)) {
        return std::isnan(mu) ? mu : 0.0;
    }
    const double climb = std::log1p((lif.V_th - lif.V_reset) / (mu - lif.V_th));
    return 1.0 / (lif.t_ref + lif.tau_m * climb);
}

double lif_rate_Hz(double I, double C_m, const LifParams& lif)
{
    constexpr double ms_per_s = 1000.0;
    return ms_per_s * noiseless_rate(I * lif.tau_m / C_m, lif);
}

double lif_rheobase(double C_m, const LifParams& lif) { return lif.V_th * C_m / lif.tau_m; }

} // namespace engine::theory
