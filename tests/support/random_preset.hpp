#pragma once

#include <cstdint>
#include <string>

namespace test_support {

/// Text of a valid preset made at random: any model, rule and stimulus, draws, expressions, keys of
/// one's own, unusual ways of writing numbers. The same seed gives the same text.
std::string random_preset(std::uint64_t seed);

} // namespace test_support
