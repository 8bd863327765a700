#include "engine/theory/phase_plane.hpp"

#include "engine/models/spec.hpp"

#include <algorithm>
#include <cmath>

namespace engine::theory {

using models::ParamValues;
using models::spec::flag_of;
using models::spec::number_of;

namespace {

constexpr int curve_points = 200;

PhaseCurve vertical(PhaseCurveKind kind, double x, const PhaseBox& box)
{
    return {kind, {{x, box.low.y}, {x, box.high.y}}};
}

template <class F> PhaseCurve curve_over_x(PhaseCurveKind kind, const PhaseBox& box, const F& f)
{
    PhaseCurve curve {kind, {}};
    for (int i = 0; i <= curve_points; ++i) {
        const double x = box.low.x + (box.high.x - box.low.x) * i / curve_points;
        curve.points.push_back({x, f(x)});
    }
    return curve;
}

void include(PhaseBox& box, const PhaseXY& point)
{
    box.low = {std::min(box.low.x, point.x), std::min(box.low.y, point.y)};
    box.high = {std::max(box.high.x, point.x), std::max(box.high.y, point.y)};
}

} // namespace

std::optional<PhasePlane> PhasePlane::of(std::string_view model, const ParamValues& params)
{
    PhasePlane plane;
    if (model == "izhikevich") {
        plane.take_izhikevich(params);
    } else if (model == "iaf_psc_delta") {
        plane.take_lif(params);
    } else if (model == "glif_cond" || model == "glif_psc") {
        plane.take_glif(params, model == "glif_cond" ? "g_m" : "g");
    } else {
        return std::nullopt;
    }
    return plane;
}

void PhasePlane::take_izhikevich(const ParamValues& p)
{
    family_ = Family::izhikevich;
    axes_ = {"V_m", "U_m", "", "Recovery u"};
    izhikevich_ = {number_of(p, "a"), number_of(p, "b"), number_of(p, "k2"), number_of(p, "k1"),
        number_of(p, "k0"), number_of(p, "v_ref"), number_of(p, "u_leak")};
    c_ = number_of(p, "c");
    d_ = number_of(p, "d");
    V_peak_ = number_of(p, "V_th");
    I_e_ = number_of(p, "I_e");
}

void PhasePlane::take_lif(const ParamValues& p)
{
    family_ = Family::lif;
    axes_ = {"V_m", "", "mV/ms", "Slope dV/dt"};
    lif_ = {number_of(p, "tau_m"), number_of(p, "C_m"), number_of(p, "E_L"), number_of(p, "V_th"),
        number_of(p, "V_reset")};
    I_e_ = number_of(p, "I_e");
}

void PhasePlane::take_glif(const ParamValues& p, std::string_view conductance)
{
    family_ = Family::glif;
    axes_ = {"V_m", "threshold", "mV", "Threshold"};
    glif_.g = number_of(p, conductance);
    glif_.E_L = number_of(p, "E_L");
    glif_.V_th = number_of(p, "V_th");
    glif_.V_reset = number_of(p, "V_reset");
    glif_.spike_dependent = flag_of(p, "spike_dependent_threshold");
    glif_.spike_add = number_of(p, "th_spike_add");
    glif_.kept = std::exp(-number_of(p, "th_spike_decay") * number_of(p, "t_ref"));
    glif_.fraction = number_of(p, "voltage_reset_fraction");
    glif_.reset_add = number_of(p, "voltage_reset_add");
    glif_.slope = flag_of(p, "adapting_threshold")
        ? number_of(p, "th_voltage_index") / number_of(p, "th_voltage_decay")
        : 0.0;
}

double PhasePlane::slope(double V, double current) const
{
    return -(V - lif_.E_L) / lif_.tau_m + (current + I_e_) / lif_.C_m;
}

/// Where a spike at this threshold leads, as long as all of the threshold's rise is of spikes.
PhaseXY PhasePlane::after_spike(double threshold) const
{
    if (!glif_.spike_dependent) {
        return {glif_.V_reset, threshold};
    }
    return {glif_.E_L + glif_.fraction * (threshold - glif_.E_L) + glif_.reset_add,
        glif_.V_th + glif_.kept * (threshold - glif_.V_th) + glif_.spike_add};
}

std::vector<PhaseCurve> PhasePlane::izhikevich_curves(double current, const PhaseBox& box) const
{
    const double I = current + I_e_;
    std::vector<PhaseCurve> out;
    out.push_back(curve_over_x(PhaseCurveKind::v_nullcline, box,
        [&](double v) { return v_nullcline(v, I, izhikevich_); }));
    if (u_nullcline(0.0, izhikevich_)) {
        out.push_back(curve_over_x(PhaseCurveKind::y_nullcline, box,
            [&](double v) { return *u_nullcline(v, izhikevich_); }));
    } else {
        out.push_back(vertical(PhaseCurveKind::y_nullcline, izhikevich_.v_ref, box));
    }
    out.push_back(vertical(PhaseCurveKind::threshold, V_peak_, box));
    out.push_back(vertical(PhaseCurveKind::reset, c_, box));
    return out;
}

std::vector<PhaseCurve> PhasePlane::glif_curves(double current, const PhaseBox& box) const
{
    const auto diagonal = [](double x) { return x; };
    std::vector<PhaseCurve> out;
    out.push_back(vertical(PhaseCurveKind::v_nullcline, glif_.E_L + current / glif_.g, box));
    out.push_back(curve_over_x(PhaseCurveKind::y_nullcline, box,
        [&](double V) { return glif_.V_th + glif_.slope * (V - glif_.E_L); }));
    out.push_back(curve_over_x(PhaseCurveKind::threshold, box, diagonal));
    if (glif_.spike_dependent) {
        out.push_back({PhaseCurveKind::reset,
            {after_spike(std::min(box.low.y, glif_.V_th)), after_spike(box.high.y)}});
    } else {
        out.push_back(vertical(PhaseCurveKind::reset, glif_.V_reset, box));
    }
    return out;
}

std::vector<PhaseCurve> PhasePlane::curves(double current, const PhaseBox& box) const
{
    switch (family_) {
    case Family::izhikevich:
        return izhikevich_curves(current, box);
    case Family::glif:
        return glif_curves(current, box);
    case Family::lif:
        break;
    }
    return {{PhaseCurveKind::v_nullcline, {{box.low.x, 0.0}, {box.high.x, 0.0}}},
        {PhaseCurveKind::flow,
            {{box.low.x, slope(box.low.x, current)}, {box.high.x, slope(box.high.x, current)}}},
        vertical(PhaseCurveKind::threshold, lif_.V_th, box),
        vertical(PhaseCurveKind::reset, lif_.V_reset, box)};
}

std::vector<PhaseFixedPoint> PhasePlane::fixed_points(double current) const
{
    std::vector<PhaseFixedPoint> out;
    switch (family_) {
    case Family::izhikevich:
        for (const FixedPoint& point : theory::fixed_points(current + I_e_, izhikevich_)) {
            if (point.v < V_peak_) {
                out.push_back({{point.v, point.u}, point.kind});
            }
        }
        break;
    case Family::lif: {
        const double V = lif_.E_L + lif_.tau_m / lif_.C_m * (current + I_e_);
        if (V < lif_.V_th) {
            out.push_back({{V, 0.0}, PointKind::stable_node});
        }
        break;
    }
    case Family::glif: {
        const double V = glif_.E_L + current / glif_.g;
        const double threshold = glif_.V_th + glif_.slope * (V - glif_.E_L);
        if (V <= threshold) {
            out.push_back({{V, threshold}, PointKind::stable_node});
        }
        break;
    }
    }
    return out;
}

std::optional<PhaseXY> PhasePlane::motion(const PhaseXY& at, double current) const
{
    if (family_ != Family::izhikevich) {
        return std::nullopt;
    }
    const IzhikevichParams& p = izhikevich_;
    return PhaseXY {v_nullcline(at.x, current + I_e_, p) - at.y,
        p.a * (p.b * (at.x - p.v_ref) - p.u_leak * at.y)};
}

PhaseXY PhasePlane::peak(const PhaseXY& before, double current) const
{
    switch (family_) {
    case Family::izhikevich:
        return {std::max(V_peak_, before.x), before.y};
    case Family::lif:
        return {lif_.V_th, slope(lif_.V_th, current)};
    case Family::glif:
        break;
    }
    return {before.y, before.y};
}

PhaseBox PhasePlane::landmarks(double current) const
{
    PhaseBox box;
    switch (family_) {
    case Family::izhikevich: {
        // The lowest point of the nullcline is the gate that u opens and closes.
        const IzhikevichParams& p = izhikevich_;
        const double v = p.k2 > 0.0 ? std::clamp(-p.k1 / (2.0 * p.k2), c_ - 20.0, V_peak_) : c_;
        const PhaseXY gate {v, v_nullcline(v, current + I_e_, p)};
        box = {gate, gate};
        include(box, {c_, gate.y + std::max(d_, 0.0)});
        include(box, {V_peak_, gate.y});
        break;
    }
    case Family::lif:
        box.low = box.high = {lif_.V_th, 0.0};
        include(box, {lif_.V_th, slope(lif_.V_th, current)});
        for (const double V : {lif_.V_reset, lif_.E_L}) {
            include(box, {V, slope(V, current)});
        }
        break;
    case Family::glif:
        box.low = box.high = {glif_.E_L, glif_.V_th};
        include(box, {glif_.V_th, glif_.V_th});
        include(box, after_spike(glif_.V_th));
        break;
    }
    for (const PhaseFixedPoint& point : fixed_points(current)) {
        include(box, point.at);
    }
    return box;
}

} // namespace engine::theory
