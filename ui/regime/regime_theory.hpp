#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/theory/brunel_experiment.hpp"
#include "engine/theory/regions.hpp"
#include "ui/network_theory.hpp"
#include "ui/regime/regime_state.hpp"

#include <QPointF>
#include <QString>

#include <array>
#include <optional>
#include <string>
#include <vector>

// What theory says about the plane of a regime map. No widgets.

namespace ui {

/// A point of the diagram whose run a paper shows.
struct PublishedPoint {
    const char* name;
    double g;
    double eta;
    const char* state; ///< as the paper names it
};
/// The panels of Brunel 2000, Fig. 8.
inline constexpr std::array<PublishedPoint, 4> publishedPoints {{{"A", 3.0, 2.0, "SR"},
    {"B", 6.0, 4.0, "SI fast"}, {"C", 5.0, 2.0, "AI"}, {"D", 4.5, 0.9, "SI slow"}}};

/// Whether there is theory over a plane.
struct RegimeTheory {
    /// Of the network at any place of the plane; g and eta are 0. Missing where there is no theory
    /// over these axes, ...
    std::optional<engine::theory::BrunelParams> params;
    QString reason; ///< ... and why
};

/// Theory over the plane whose axes are these values of the preset: where they are the theory's g
/// and eta, and nothing else follows them. Some milliseconds. Pure; any thread.
RegimeTheory regimeTheory(
    const engine::config::PresetDocument& document, const std::string& x, const std::string& y);

/// A phase diagram, as far as it is known, ready to be drawn. Values at g_index * eta.points +
/// eta_index; NaN = not known or none.
struct RegimeDiagram {
    engine::theory::MapRequest request;
    int spacing = 0; ///< of the points whose stability is known; 0: nothing yet
    bool complete = false;
    std::vector<double> rate_Hz;
    std::vector<double> cv;
    std::vector<double> frequency_Hz; ///< of the mode that grows, or dies away slowest
    std::vector<double> state; ///< numbers of regimeStates()
    std::vector<engine::theory::Border> borders;
    std::vector<engine::theory::RegionPlace> places;

    const std::vector<double>& values(RegimeQuantity quantity) const;
    /// At the nearest point that is known; NaN where there is none.
    double valueAt(RegimeQuantity quantity, const QPointF& at) const;
};
/// Some milliseconds for a large map. Pure; any thread.
RegimeDiagram regimeDiagram(const engine::theory::Map& map);

/// "AI, 37.9 Hz, CV 0.68, damped 124 Hz"; state and rhythm where `complete` is of the same network
/// as `rates`.
QString regimeTheoryText(const TheoryAnswer& rates, const TheoryAnswer& complete);

} // namespace ui
