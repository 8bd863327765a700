#pragma once

#include <QColor>
#include <QImage>

/// A pixel has exactly this colour.
inline bool has_color(const QImage& image, const QColor& color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}
