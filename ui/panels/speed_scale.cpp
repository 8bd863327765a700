#include "ui/panels/speed_scale.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ui::speedScale {
namespace {

constexpr double slowest = 0.01;
constexpr double fastest = 1000.0;

} // namespace

int position(std::optional<double> speed)
{
    if (!speed) {
        return last;
    }
    const double share = std::log(*speed / slowest) / std::log(fastest / slowest);
    return std::clamp(static_cast<int>(std::lround(share * (last - 1))), 0, last - 1);
}

std::optional<double> speed(int position)
{
    if (position >= last) {
        return std::nullopt;
    }
    const double exact
        = slowest * std::pow(fastest / slowest, static_cast<double>(position) / (last - 1));
    // Two digits: 0.1, not 0.09977.
    const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 1.0);
    return std::round(exact / unit) * unit;
}

const std::vector<double>& presets()
{
    static const std::vector<double> values {
        0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000};
    return values;
}

std::optional<double> faster(std::optional<double> speed)
{
    if (!speed) {
        return std::nullopt;
    }
    const auto next = std::find_if(
        presets().begin(), presets().end(), [&](double value) { return value > *speed * 1.001; });
    return next == presets().end() ? std::nullopt : std::optional(*next);
}

std::optional<double> slower(std::optional<double> speed)
{
    if (!speed) {
        return presets().back();
    }
    const auto next = std::find_if(
        presets().rbegin(), presets().rend(), [&](double value) { return value < *speed * 0.999; });
    return next == presets().rend() ? presets().front() : *next;
}

QString text(std::optional<double> speed)
{
    return speed ? QString::number(*speed, 'g', 3) + QLatin1Char('x')
                 : QCoreApplication::translate("ui::speedScale", "max");
}

} // namespace ui::speedScale
