#include "ui/widgets/nice_numbers.hpp"

#include <QString>

#include <cmath>

namespace ui {

double niceBelow(double x)
{
    const double decade = std::pow(10.0, std::floor(std::log10(x)));
    double best = decade;
    for (const double step : {2.0, 5.0}) {
        best = step * decade <= x * (1.0 + 1e-9) ? step * decade : best;
    }
    return best;
}

double toMultiple(double value, double quantum)
{
    return QString::number(std::round(value / quantum) * quantum, 'g', 12).toDouble();
}

} // namespace ui
