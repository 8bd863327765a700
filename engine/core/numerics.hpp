#pragma once

namespace engine::core {

// Elementary functions made of + - * / alone, the same bits on every processor: the C library
// chooses fused variants at run time. Whatever reaches a state, a weight or a draw uses these.
// Errors are below 2 units in the last place (exp, log, sin, cos, expm1: below 1), also for
// denormal results; special values as in the C library, without errno. Pure; any thread.

double exp(double x);
double expm1(double x); ///< exp(x) - 1 without cancellation
double log(double x); ///< natural; NaN for x < 0, -inf for 0
/// Any finite argument [rad]: below 1.6e6 reduced with pi / 2 to 150 bits, above with as many of
/// the digits of 2 / pi as the argument needs. NaN for an infinite one.
double sin(double x);
double cos(double x); ///< as sin
double tanh(double x);
/// A negative base needs an integer exponent, else NaN; pow(x, 0) = pow(1, y) = 1.
double pow(double x, double y);

} // namespace engine::core
