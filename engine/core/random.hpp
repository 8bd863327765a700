#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace engine::core {

/// What a random number is for; part of its key, so that streams never meet.
enum class Purpose : std::uint32_t {
    population_random = 1, ///< named random numbers of a population
    parameter, ///< drawn parameters
    initial_state, ///< drawn initial values
    connectivity, ///< sources and targets of a projection
    weight, ///< drawn weights
    delay, ///< drawn delays
    poisson, ///< Poisson stimulus
    noise, ///< noise current
};

/// Hash of a name, the same on every machine (FNV-1a, finalised).
std::uint64_t hash_name(std::string_view name);

inline constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL; ///< 2^64 / golden ratio, odd

/// Finaliser of splitmix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195): a bijection in
/// which every bit of the input reaches every bit of the output. For numbers and vectors of them.
template <class Word> [[gnu::always_inline]] constexpr void mix_in_place(Word& x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    x = x ^ (x >> 31);
}

/// mix(key + i * golden_gamma) for i = 1, 2, ... is the sequence that splitmix64 makes of `key`,
/// any place of it at once.
constexpr std::uint64_t mix(std::uint64_t x)
{
    mix_in_place(x);
    return x;
}

/// A name as part of keys, hashed once where keys are made often.
class HashedName {
public:
    HashedName() // NOLINT(modernize-use-equals-default): the empty name has a hash too
        : HashedName(std::string_view())
    {
    }
    HashedName(std::string_view name) // NOLINT(google-explicit-constructor): stands for the name
        : hash_(hash_name(name))
    {
    }
    HashedName(const std::string& name) // NOLINT(google-explicit-constructor)
        : HashedName(std::string_view(name))
    {
    }
    HashedName(const char* name) // NOLINT(google-explicit-constructor)
        : HashedName(std::string_view(name))
    {
    }
    std::uint64_t hash() const { return hash_; }

private:
    std::uint64_t hash_;
};

/// Identity of a family of random numbers: (seed, purpose, name of the population, label or place).
/// A value; any thread.
class StreamKey {
public:
    StreamKey(std::uint64_t seed, Purpose purpose, HashedName population, HashedName label = {});

    /// Key of one member: a neuron, a fixed block of neurons, a step, or a pair of these.
    std::uint64_t member(std::uint64_t first, std::uint64_t second = 0) const;

private:
    std::uint64_t base_;
};

/// Sequential generator (xoshiro256++, Blackman & Vigna 2019, doi:10.1145/3460772) started from a
/// member key.
class Random {
public:
    explicit Random(std::uint64_t member_key);

    std::uint64_t next();
    /// In [0, 1), 53 bits.
    double uniform() { return uniform(next()); }
    /// Standard normal by inversion of one word, |x| < 8.2; the same on every processor.
    double normal() { return normal(next()); }
    /// Mean 1, by inversion of one word.
    double exponential() { return exponential(next()); }
    /// Uniform in [0, n), n >= 1, without bias; one word, rarely more.
    std::uint64_t below(std::uint64_t n);
    /// For those who go on with several streams at once.
    std::span<const std::uint64_t, 4> state() const { return s_; }

    // What is made of a word.
    static double uniform(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; }
    static double normal(std::uint64_t word);
    static double exponential(std::uint64_t word);

private:
    std::uint64_t s_[4];
};

} // namespace engine::core
