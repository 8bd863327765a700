#include "ui/regime/regime_theory.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ui {

namespace theory = engine::theory;
using engine::config::PresetDocument;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

QString text(const char* source) { return QCoreApplication::translate("ui::RegimeMap", source); }

bool isAlike(double one, double other)
{
    constexpr double rounding = 1e-9;
    return std::abs(one - other) <= rounding * (1.0 + std::abs(one) + std::abs(other));
}

bool areAlike(const theory::BrunelParams& one, const theory::BrunelParams& other)
{
    using Params = theory::BrunelParams;
    const auto members = {&Params::g, &Params::eta, &Params::J, &Params::C_E, &Params::gamma,
        &Params::tau_m, &Params::V_th, &Params::V_reset, &Params::t_ref, &Params::delay};
    return std::all_of(members.begin(), members.end(),
        [&](double Params::*member) { return isAlike(one.*member, other.*member); });
}

/// Whether a place of the plane is the theory's (g, eta) = (x, y) and nothing else is different.
bool isTheorysPlane(const PresetDocument& document, const theory::BrunelParams& params,
    const std::string& x, const std::string& y)
{
    for (const auto& [g, eta] : {std::pair(4.5, 1.5), std::pair(6.0, 3.0)}) {
        auto moved = document.set(x, g).document;
        moved = moved ? moved->set(y, eta).document : moved;
        const auto found = moved ? theory::brunel_shape(moved->experiment()).params : std::nullopt;
        theory::BrunelParams expected = params;
        expected.g = g;
        expected.eta = eta;
        if (!found || !areAlike(*found, expected)) {
            return false;
        }
    }
    return true;
}

double frequency(const theory::MapCell& cell)
{
    const auto& mode = cell.active.stability.mode;
    return cell.stability_known && mode && mode->f_Hz > 0.0 ? mode->f_Hz : missing;
}

} // namespace

RegimeTheory regimeTheory(
    const PresetDocument& document, const std::string& x, const std::string& y)
{
    RegimeTheory out;
    const theory::BrunelShape shape = theory::brunel_shape(document.experiment());
    if (!shape.params) {
        out.reason = QString::fromStdString(shape.reason);
        return out;
    }
    if (!isTheorysPlane(document, *shape.params, x, y)) {
        out.reason = text("it is drawn over g and eta only");
        return out;
    }
    out.params = shape.params;
    out.params->g = 0.0;
    out.params->eta = 0.0;
    return out;
}

const std::vector<double>& RegimeDiagram::values(RegimeQuantity quantity) const
{
    return valueOf(quantity, rate_Hz, cv, frequency_Hz, state);
}

double RegimeDiagram::valueAt(RegimeQuantity quantity, const QPointF& at) const
{
    const auto index = [](const theory::MapRange& range, double value) {
        const double span = range.high - range.low;
        const double i = span > 0.0 ? (value - range.low) / span * (range.points - 1) : 0.0;
        return std::clamp(static_cast<int>(std::lround(i)), 0, range.points - 1);
    };
    const auto& all = values(quantity);
    const auto place = static_cast<std::size_t>(
        index(request.g, at.x()) * request.eta.points + index(request.eta, at.y()));
    return place < all.size() ? all[place] : missing;
}

RegimeDiagram regimeDiagram(const theory::Map& map)
{
    const theory::MapPicture picture = map.picture();
    const theory::MapRequest& request = map.request();
    RegimeDiagram out;
    out.request = request;
    out.spacing = picture.spacing;
    out.complete = picture.complete;
    const int spacing = std::max(1, picture.spacing);
    const auto cellAt = [&](int i, int j) -> const theory::MapCell& {
        return picture.cells[static_cast<std::size_t>(j * request.g.points + i)];
    };
    // Where a point is not known its neighbour on the coarser lattice stands for it.
    const auto nearest = [spacing](int i, int points) {
        return std::min((i + spacing / 2) / spacing * spacing, (points - 1) / spacing * spacing);
    };
    for (int i = 0; i < request.g.points; ++i) {
        for (int j = 0; j < request.eta.points; ++j) {
            const theory::MapCell& own = cellAt(i, j);
            const theory::MapCell& coarse
                = cellAt(nearest(i, request.g.points), nearest(j, request.eta.points));
            const theory::MapCell& rated = own.rate_known ? own : coarse;
            const theory::MapCell& judged = own.stability_known ? own : coarse;
            const bool known = rated.rate_known && rated.states > 0;
            out.rate_Hz.push_back(known ? rated.active.rate_Hz : missing);
            out.cv.push_back(known ? rated.active.cv : missing);
            out.frequency_Hz.push_back(frequency(judged));
            const auto number = regimeStateNumber(theory::region_name(judged));
            out.state.push_back(number ? *number : missing);
        }
    }
    out.borders = theory::borders(request, picture);
    out.places = theory::region_places(request, picture);
    return out;
}

QString regimeTheoryText(const TheoryAnswer& rates, const TheoryAnswer& complete)
{
    const theory::Solution* active = rates.active();
    if (active == nullptr) {
        return rates.shape.params ? text("no stationary state")
            : rates.shape.reason.empty()
            ? QStringLiteral("…")
            : text("none (%1)").arg(QString::fromStdString(rates.shape.reason));
    }
    constexpr double slow_Hz = 10.0;
    QStringList parts {
        text("%1 Hz").arg(QString::number(active->rate_Hz, 'f', active->rate_Hz < slow_Hz ? 2 : 1)),
        text("CV %1").arg(QString::number(active->cv, 'f', 2))};
    if (complete.active() != nullptr && complete.shape.params == rates.shape.params) {
        active = complete.active();
        const auto name = theory::state_name(active->rate_Hz, active->cv, active->stability);
        parts.prepend(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        if (const auto& mode = active->stability.mode; mode && mode->f_Hz > 0.0) {
            parts += mode->growth_per_ms > 0.0 ? text("rhythm %1 Hz").arg(mode->f_Hz, 0, 'f', 0)
                                               : text("damped %1 Hz").arg(mode->f_Hz, 0, 'f', 0);
        }
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace ui
