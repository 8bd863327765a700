#pragma once

namespace ui {

/// The track of a slider: positions 0 to 1 stand for values between two ends, linearly or
/// logarithmically. Values that come from positions and steps are rounded to few digits, so that
/// a person reads 0.02 and not 0.020017.
class ValueScale {
public:
    ValueScale() = default;
    /// `minimum` < `maximum`, else the track is one unit long. A logarithmic track needs a positive
    /// minimum, else it is linear.
    ValueScale(double minimum, double maximum, bool logarithmic, bool integer);

    double minimum() const { return m_minimum; }
    double maximum() const { return m_maximum; }
    bool isLogarithmic() const { return m_logarithmic; }

    /// 0 to 1; values outside the track stand at its ends.
    double position(double value) const;
    double value(double position) const;

    /// `steps` steps on from `value`; always another value unless `steps` is 0. May leave the
    /// track.
    double stepped(double value, int steps) const;

    double clamped(double value) const;
    /// The track, longer where `value` lies outside.
    ValueScale including(double value) const;

    friend bool operator==(const ValueScale&, const ValueScale&) = default;

private:
    double rounded(double value) const;
    double quantum(double value) const;

    double m_minimum = 0.0;
    double m_maximum = 1.0;
    bool m_logarithmic = false;
    bool m_integer = false;
};

} // namespace ui
