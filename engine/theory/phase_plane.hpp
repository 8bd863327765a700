#pragma once

#include "engine/models/description.hpp"
#include "engine/theory/izhikevich.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The phase plane of one neuron under the current that acts now: what a window draws under the
// trajectory. Pure functions of values; any thread.
//   izhikevich     v across, u up
//   iaf_psc_delta  V across, dV/dt up: one variable, so the neuron moves on a line
//   glif_*         V across, threshold up; synapses left out

namespace engine::theory {

/// Recordables that are the coordinates; `y` is empty where it is the slope dV/dt.
struct PhaseAxes {
    std::string x = "V_m";
    std::string y;
    std::string y_unit;
    std::string y_title;
};

enum class PhaseCurveKind {
    v_nullcline, ///< where dV/dt = 0
    y_nullcline, ///< where the other variable rests
    threshold, ///< reached: a spike
    reset, ///< where the neuron is after a spike
    flow, ///< dV/dt over V
};

struct PhaseXY {
    double x = 0.0;
    double y = 0.0;
};

struct PhaseCurve {
    PhaseCurveKind kind = PhaseCurveKind::flow;
    std::vector<PhaseXY> points;
};

struct PhaseFixedPoint {
    PhaseXY at;
    PointKind kind = PointKind::marginal;
};

struct PhaseBox {
    PhaseXY low;
    PhaseXY high;
};

/// Of one neuron with one set of parameters, all of the model's; `params` valid.
class PhasePlane {
public:
    /// Nothing for models without a phase plane.
    static std::optional<PhasePlane> of(std::string_view model, const models::ParamValues& params);

    const PhaseAxes& axes() const { return axes_; }
    /// The other coordinate where it is the slope.
    double slope(double V, double current) const;
    /// Curves through the box. `current` is that of stimuli and after-spike currents.
    std::vector<PhaseCurve> curves(double current, const PhaseBox& box) const;
    std::vector<PhaseFixedPoint> fixed_points(double current) const;
    /// Direction of motion, in units of the axes per ms; nothing where a second variable is not
    /// known from the plane alone.
    std::optional<PhaseXY> motion(const PhaseXY& at, double current) const;
    /// Where the stroke of a spike ends that began at `before`.
    PhaseXY peak(const PhaseXY& before, double current) const;
    /// What has to be in view: resting, reset, threshold.
    PhaseBox landmarks(double current) const;

private:
    enum class Family { izhikevich, lif, glif };
    struct Lif {
        double tau_m = 10.0;
        double C_m = 250.0;
        double E_L = -70.0;
        double V_th = -55.0;
        double V_reset = -70.0;
    };
    struct Glif {
        double g = 9.43;
        double E_L = -78.85;
        double V_th = -51.68;
        double V_reset = -78.85;
        bool spike_dependent = false;
        double spike_add = 0.37;
        double kept = 1.0; ///< of Theta_s over t_ref
        double fraction = 0.2;
        double reset_add = 18.51;
        double slope = 0.0; ///< of the resting threshold over V; 0 without A
    };
    void take_izhikevich(const models::ParamValues& params);
    void take_lif(const models::ParamValues& params);
    void take_glif(const models::ParamValues& params, std::string_view conductance);
    PhaseXY after_spike(double threshold) const;
    std::vector<PhaseCurve> izhikevich_curves(double current, const PhaseBox& box) const;
    std::vector<PhaseCurve> glif_curves(double current, const PhaseBox& box) const;

    Family family_ = Family::lif;
    PhaseAxes axes_;
    double I_e_ = 0.0;
    IzhikevichParams izhikevich_;
    double c_ = -65.0; ///< of izhikevich
    double d_ = 8.0;
    double V_peak_ = 30.0;
    Lif lif_;
    Glif glif_;
};

} // namespace engine::theory
