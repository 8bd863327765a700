#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ui {

/// A sample as plots hold it.
struct PlotPoint {
    double t = 0.0; ///< [ms]
    double value = 0.0;
    friend bool operator==(const PlotPoint&, const PlotPoint&) = default;
};

/// Steps that one bucket of a thinned display takes so that a column of pixels holds at least two
/// of them; 1 where there are so few samples that each is shown. `interval` is the steps between
/// samples. A power of two times `interval`: buckets stay where they are while a view is scrolled
/// or resized a little.
engine::core::Step bucketSteps(
    engine::core::Step visibleSteps, engine::core::Step interval, int pixelColumns);

/// Thins a stream of samples: of each bucket of time it keeps the smallest and the largest, in
/// their order and at their own times. Buckets lie at multiples of `bucket` steps, so that the same
/// samples give the same points wherever a view begins. With a bucket no longer than the sampling
/// interval every sample passes. NaN passes as a gap.
class MinMaxStream {
public:
    explicit MinMaxStream(engine::core::Step bucket = 1)
        : m_bucket(bucket < 1 ? 1 : bucket)
    {
    }

    /// Appends to `out` what is complete by now.
    void add(engine::core::Step stamp, double t, double value, std::vector<PlotPoint>& out);
    /// The points of the bucket that has begun (not part of the stream yet).
    void pending(std::vector<PlotPoint>& out) const;

    engine::core::Step bucket() const { return m_bucket; }

private:
    engine::core::Step m_bucket;
    std::optional<engine::core::Step> m_current; ///< index of the bucket that is being filled
    PlotPoint m_min;
    PlotPoint m_max;
};

} // namespace ui
