#pragma once

#include "engine/core/diagnostic.hpp"
#include "engine/core/progress.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

namespace engine::network {

/// How much of a network has been built. SAFETY: atomics; any thread.
class BuildProgress {
public:
    /// `synapses`: about how many there will be. Nobody is told, nobody can cancel where `progress`
    /// is nullptr.
    explicit BuildProgress(core::Progress* progress = nullptr, double synapses = 0.0)
        : progress_(progress)
        , synapses_(std::max(synapses, 1.0))
    {
    }
    /// So many more have been built. Throws core::Cancelled.
    void add(double synapses)
    {
        if (progress_ == nullptr) {
            return;
        }
        double before = built_.load(std::memory_order_relaxed);
        while (
            !built_.compare_exchange_weak(before, before + synapses, std::memory_order_relaxed)) { }
        // Threads may come out of turn here; the display does not mind.
        progress_->set_fraction(std::min(1.0, (before + synapses) / synapses_));
        if (progress_->cancelled()) {
            throw core::Cancelled();
        }
    }

private:
    core::Progress* progress_;
    double synapses_;
    std::atomic<double> built_ = 0.0;
};

/// What one thread does of it, told now and then.
class PassProgress {
public:
    /// A synapse counts as `share` of one, because it is handled several times.
    PassProgress(BuildProgress& progress, double share)
        : progress_(progress)
        , share_(share)
    {
    }
    void add(std::size_t synapses)
    {
        constexpr std::size_t often = 65536; // synapses: less than a millisecond
        untold_ += synapses;
        if (untold_ >= often) {
            tell();
        }
    }
    void tell() { progress_.add(share_ * static_cast<double>(std::exchange(untold_, 0))); }

private:
    BuildProgress& progress_;
    double share_;
    std::size_t untold_ = 0;
};

} // namespace engine::network
