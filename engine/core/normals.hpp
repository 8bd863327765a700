#pragma once

#include <cstddef>
#include <cstdint>

namespace engine::core {

struct NormalLaw {
    double mean = 0.0;
    double sd = 1.0;
};

/// numbers[0 .. n): mean + sd * x, x the standard normal numbers of the block that `key` names
/// (StreamKey::member). A number depends on (key, its place) alone; the same bits on every
/// processor; any thread.
///
/// Box & Muller 1958, doi:10.1214/aoms/1177706645: points r cos(phi), r sin(phi), each the numbers
/// of two places 4 apart, with r^2 = -2 ln u. u = (w + 1/2) 2^-64 of a 64-bit word w, so that the
/// tail is that of the law far beyond 8 and |x| < 9.5; 54 bits for phi. r^2 and the point are right
/// to 2e-15 (absolute below 1, relative above), made of + - * / sqrt alone. The words are the
/// sequence that splitmix64 makes of `key`: from its beginning for radii, from its middle for
/// angles.
void normals(std::uint64_t key, const NormalLaw& law, std::size_t n, double* numbers);

/// The same for numbers uniform in [0, 1), 53 bits.
void uniforms(std::uint64_t key, std::size_t n, double* numbers);

} // namespace engine::core
