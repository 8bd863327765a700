#include "engine/theory/glif.hpp"

#include <cmath>
#include <limits>

namespace engine::theory {

// With p = g_m / C_m and d = th_voltage_decay - p the distance of voltage and threshold grows like
// exp(-p t) (1 - index (1 - exp(-d t)) / d): its maximum is where the bracket vanishes.

double glif_rheobase_time(const GlifParams& params)
{
    const double d = params.th_voltage_decay - params.g_m / params.C_m;
    const double index = params.th_voltage_index;
    if (!params.adapting_threshold || index <= 0.0 || index <= d) {
        return std::numeric_limits<double>::infinity();
    }
    return d == 0.0 ? 1.0 / index : -std::log1p(-d / index) / d;
}

double glif_rheobase(const GlifParams& params)
{
    const double fixed = params.g_m * (params.V_th - params.E_L);
    if (!params.adapting_threshold) {
        return fixed;
    }
    const double rho = params.th_voltage_index / params.th_voltage_decay;
    const double followed
        = -rho * std::expm1(-params.th_voltage_decay * glif_rheobase_time(params));
    return fixed / (1.0 - followed);
}

} // namespace engine::theory
