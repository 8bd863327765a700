#include "ui/widgets/value_scale.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

// A track has at least this many values that a drag can reach, and a tenth of them in key steps.
constexpr double linearValues = 500.0;
constexpr double significantDigits = 3.0;

double powerOfTen(double exponent) { return std::pow(10.0, exponent); }

/// Nearest multiple of 10^exponent; the division keeps 0.3 from becoming 0.30000000000000004.
double roundedTo(double value, double exponent)
{
    return exponent < 0 ? std::round(value * powerOfTen(-exponent)) / powerOfTen(-exponent)
                        : std::round(value / powerOfTen(exponent)) * powerOfTen(exponent);
}

} // namespace

ValueScale::ValueScale(double minimum, double maximum, bool logarithmic, bool integer)
    : m_minimum(minimum)
    , m_maximum(maximum > minimum ? maximum : minimum + 1.0)
    , m_logarithmic(logarithmic && minimum > 0.0)
    , m_integer(integer)
{
}

double ValueScale::position(double value) const
{
    const double x = clamped(value);
    if (m_logarithmic) {
        return std::log(x / m_minimum) / std::log(m_maximum / m_minimum);
    }
    return (x - m_minimum) / (m_maximum - m_minimum);
}

double ValueScale::value(double position) const
{
    const double p = std::clamp(position, 0.0, 1.0);
    if (p == 0.0 || p == 1.0) {
        return p == 0.0 ? m_minimum : m_maximum;
    }
    const double raw = m_logarithmic ? m_minimum * std::pow(m_maximum / m_minimum, p)
                                     : m_minimum + p * (m_maximum - m_minimum);
    return clamped(rounded(raw));
}

double ValueScale::stepped(double value, int steps) const
{
    if (steps == 0) {
        return value;
    }
    double result = value;
    if (m_logarithmic && value > 0.0) {
        // 40 steps make a decade.
        result = value * std::pow(10.0, steps / 40.0);
        const double least = powerOfTen(quantum(value));
        if (std::abs(result - value) < least) {
            result = value + std::copysign(least, steps);
        }
    } else {
        result = value + 10.0 * steps * powerOfTen(quantum(value)) / (m_integer ? 10.0 : 1.0);
    }
    result = rounded(result);
    return m_logarithmic && result <= 0.0 ? value : result;
}

double ValueScale::clamped(double value) const { return std::clamp(value, m_minimum, m_maximum); }

ValueScale ValueScale::including(double value) const
{
    if (!std::isfinite(value) || (m_logarithmic && value <= 0.0)) {
        return *this;
    }
    return {std::min(m_minimum, value), std::max(m_maximum, value), m_logarithmic, m_integer};
}

double ValueScale::rounded(double value) const { return roundedTo(value, quantum(value)); }

/// Exponent of ten of the smallest difference that values of the track make.
double ValueScale::quantum(double value) const
{
    double exponent = 0.0;
    if (m_logarithmic && value > 0.0) {
        exponent = std::floor(std::log10(value)) - (significantDigits - 1.0);
    } else {
        exponent = std::floor(std::log10((m_maximum - m_minimum) / linearValues));
    }
    return m_integer ? std::max(exponent, 0.0) : exponent;
}

} // namespace ui
