#pragma once

#include "engine/analysis/neuron_states.hpp"
#include "engine/config/experiment.hpp"
#include "ui/plots/value_range.hpp"

#include <QColor>
#include <QString>

#include <array>
#include <optional>

namespace ui {

/// Colours of a variable of neurons. A spike is bright and fades over 20 ms; a potential ends at
/// the threshold where all neurons have the same, and never above the highest one; else the range
/// is that of most values, without spikes, and follows them within a second or so: a colour means
/// the same from one moment to the next.
class GridScale {
public:
    GridScale();

    /// Another variable, or another network: the next values fit the range at once.
    void begin(const engine::config::Experiment& experiment, const std::string& variable);
    /// Newer values, `elapsed_s` of wall time after the last; true where colours mean something
    /// else now.
    bool take(const engine::analysis::NeuronStates& states, double elapsed_s);

    /// Between its ends, which are round numbers.
    const ValueRange& range() const { return m_shown; }
    QRgb color(double value) const; ///< `nothing` for NaN
    QRgb colorAt(double share) const; ///< of the bar from 0 to 1
    QRgb nothing() const { return m_nothing; }
    void setNothing(QRgb color) { m_nothing = color; }
    int decimals() const { return m_decimals; } ///< of the ends

private:
    std::array<QRgb, 256> m_colors {};
    QRgb m_nothing = 0;
    bool m_fades = false; ///< the time since a spike
    bool m_fits = false; ///< nothing has been shown yet
    std::optional<double> m_upper; ///< known
    double m_highest = 0.0; ///< beyond it is only the peak of a spike
    ValueRange m_range; ///< moves slowly
    ValueRange m_shown; ///< the same in round numbers
    int m_decimals = 1;
};

} // namespace ui
