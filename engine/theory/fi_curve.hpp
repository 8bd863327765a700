#pragma once

#include "engine/config/constant_current.hpp"

#include <functional>
#include <optional>

namespace engine::theory {

/// What theory says of the f-I curve of a neuron, in values of the current that is varied.
struct FiTheory {
    /// Current above which it fires; of the Izhikevich neuron: above which there is no rest (a
    /// sudden current may make it fire below that).
    std::optional<double> rheobase;
    bool rest_ends = false; ///< it is such a limit of rest, not a rheobase
    std::function<double(double value)> rate_Hz; ///< empty where there is no closed form
};

/// For the first population of `examined` without noise and without input from others:
///   iaf_psc_delta and GLIF without R, ASC and A: 1 / (t_ref + tau ln((mu - V_reset)/(mu - V_th))),
///   all GLIF levels: the rheobase, Izhikevich: the saddle-node or Hopf bifurcation of rest.
/// Pure; any thread.
FiTheory fi_theory(const config::ConstantCurrent& examined);

/// The rheobase (or limit of rest) that the neuron would have without noise and other input: where
/// a curve is worth looking at. Pure; any thread.
std::optional<double> rheobase_alone(const config::ConstantCurrent& examined);

} // namespace engine::theory
