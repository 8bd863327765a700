#pragma once

#include "engine/config/constant_current.hpp"
#include "engine/sweep/cell.hpp"
#include "ui/plots/sweep_curve.hpp"

#include <QString>

#include <optional>
#include <string>
#include <vector>

// What the f-I panel can be asked, and what the answer of the engine means. No widgets.

namespace ui {

/// What the neuron gets in each run.
enum class SweepProtocol {
    constantCurrent, ///< one constant current in the place of its stimuli, for 2 s
    ownStimuli, ///< the preset as it is: what `spikescope sweep` runs
};

/// A number that a sweep can run over.
struct SweepChoice {
    engine::config::Adjustable row; ///< in the preset: present value, unit, what sets it
    std::string path; ///< in the document that is run
    double low = 0.0;
    double high = 1.0;
    bool isCurrent = false; ///< of the f-I curve
    QString name; ///< unique among the choices

    QString title() const; ///< with the unit
    double now() const; ///< present value
};

/// A preset and the ways to examine it.
class SweepSubject {
public:
    SweepSubject(const engine::config::PresetDocument& preset, SweepProtocol protocol);

    /// A single neuron or few that do not know of each other: what has an f-I curve.
    static bool isNeuron(const engine::config::PresetDocument& preset);

    SweepProtocol protocol() const { return m_protocol; }
    /// The current first where there is one.
    const std::vector<SweepChoice>& choices() const { return m_choices; }
    const SweepChoice* find(const std::string& path) const;

    /// Runs over one axis, or over two for a map.
    engine::sweep::Request request(const SweepChoice& x, const SweepChoice* y) const;
    /// Runs over these values only: a closer look.
    engine::sweep::Request request(const SweepChoice& x, std::vector<double> values) const;
    /// Equal where the answers are: what is varied is not compared.
    std::string key(const SweepChoice& x, const SweepChoice* y) const;

    /// Which numbers are varied, over what range and how.
    std::string axes(const SweepChoice& x, const SweepChoice* y) const;

    /// Theory over the axis.
    void addTheory(const SweepChoice& x, SweepCurve& curve) const;

private:
    engine::sweep::Request without(const SweepChoice& x, const SweepChoice* y) const;
    void addParameters(const std::vector<engine::config::Adjustable>& rows);

    SweepProtocol m_protocol;
    std::optional<engine::config::ConstantCurrent> m_examined;
    engine::config::PresetDocument m_document; ///< what is run
    std::vector<SweepChoice> m_choices;
};

/// Points of those cells that are known and did not fail, by value.
std::vector<SweepPoint> pointsOf(const engine::sweep::Request& request,
    const std::vector<engine::sweep::Cell>& cells, SweepProtocol protocol);

/// Values between silence and the first spikes, for a closer look; none where there is no onset.
std::vector<double> onsetOf(const SweepCurve& curve, int count);

enum class MapQuantity { rate, cv };
/// One number for each cell; NaN where there is none.
std::vector<double> mapOf(const engine::sweep::Request& request,
    const std::vector<engine::sweep::Cell>& cells, SweepProtocol protocol, MapQuantity quantity);

/// Rheobase, gain and the working point in words.
QString curveWords(const SweepChoice& x, const SweepCurve& curve);
/// How much of a map is known, and the working point.
QString mapWords(
    const SweepChoice& x, const SweepChoice& y, const std::vector<engine::sweep::Cell>& cells);

} // namespace ui
