#pragma once

#include "ui/plots/raster_image.hpp"

namespace raster_counts {

/// All spikes that the image holds.
inline int total(const ui::RasterImage& image)
{
    int sum = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            sum += image.countAt(x, y);
        }
    }
    return sum;
}

} // namespace raster_counts
