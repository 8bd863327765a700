#pragma once

namespace engine::core {

// Elementary functions made of + - * / and sqrt alone, the same bits on every processor: the C
// library chooses fused variants at run time. Whatever reaches a state, a weight or a draw uses
// these. Errors are at most 1-2 units in the last place; special values as in the C library.

double exp(double x);
double expm1(double x);
double log(double x); ///< natural
double sin(double x);
double cos(double x);
double tanh(double x);
double pow(double x, double y);

} // namespace engine::core
