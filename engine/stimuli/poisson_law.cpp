#include "engine/stimuli/poisson_law.hpp"

#include "engine/core/numerics.hpp"

#include <algorithm>

namespace engine::stimuli {

PoissonLaw::PoissonLaw(double mean)
{
    // The tail P(X > n) is summed from its small end, so that it keeps its relative precision, and
    // the distribution is cut where less than one word in 2^64 would lie beyond.
    constexpr double words = 18446744073709551616.0; // 2^64
    std::vector<double> probability;
    double p = core::exp(-mean);
    for (int n = 0; n < 64 && (static_cast<double>(n) < mean || p * words > 0.01); ++n) {
        probability.push_back(p);
        p *= mean / (n + 1);
    }
    std::vector<double> tail(probability.size(), 0.0);
    for (std::size_t n = probability.size(); n-- > 1;) {
        tail[n - 1] = tail[n] + probability[n];
    }
    for (const double beyond : tail) {
        const double scaled = beyond * words;
        // Nothing beyond: every word but the very last is below.
        below_.push_back(scaled < 1.0 ? ~std::uint64_t {0}
                : scaled >= words     ? 0
                                  : ~std::uint64_t {0} - static_cast<std::uint64_t>(scaled) + 1);
    }
    below_.back() = ~std::uint64_t {0};
    for (std::size_t i = 0; i < guess_.size(); ++i) {
        const std::uint64_t first = static_cast<std::uint64_t>(i) << 52;
        const std::uint64_t last = first | ((std::uint64_t {1} << 52) - 1);
        const std::uint32_t low = walk(first, 0);
        guess_[i] = static_cast<std::uint8_t>(low == walk(last, 0) ? low : low + unsure);
    }
}

std::uint32_t PoissonLaw::walk(std::uint64_t word, std::uint32_t from) const
{
    const auto last = static_cast<std::uint32_t>(below_.size() - 1);
    while (from < last && word >= below_[from]) {
        ++from;
    }
    return from;
}

} // namespace engine::stimuli
