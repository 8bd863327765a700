#include "ui/grid/grid_scale.hpp"

#include "engine/analysis/recent_input.hpp"
#include "ui/plots/plot_looks.hpp"
#include "ui/widgets/nice_numbers.hpp"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>
#include <vector>

namespace ui {

using engine::analysis::NeuronStates;

namespace {

constexpr double fade_ms = 20.0;
constexpr double cut = 0.01; // share of the values beyond each end
constexpr double mostQuartiles = 2.0; // beyond the middle half: spikes are no part of the range
constexpr double adapting_s = 1.0;

/// The threshold of all populations where they have the same.
std::optional<double> commonThreshold(const engine::config::Experiment& experiment)
{
    std::optional<double> common;
    for (const auto& population : experiment.populations) {
        const auto V_th = engine::analysis::membrane_of(population).V_th;
        if (!V_th || (common && *common != *V_th)) {
            return std::nullopt;
        }
        common = V_th;
    }
    return common;
}

/// The highest threshold, or peak at which spikes are cut; infinite where a model has none.
double highestThreshold(const engine::config::Experiment& experiment)
{
    double highest = -std::numeric_limits<double>::infinity();
    for (const auto& population : experiment.populations) {
        const auto found = population.params.find("V_th");
        const auto* V_th = found == population.params.end() || population.drawn.contains("V_th")
            ? nullptr
            : std::get_if<double>(&found->second);
        if (V_th == nullptr) {
            return std::numeric_limits<double>::infinity();
        }
        highest = std::max(highest, *V_th);
    }
    return highest;
}

/// Where most of the values are; nothing where there are none.
std::optional<ValueRange> mostOf(const NeuronStates& states)
{
    constexpr std::size_t enough = 2000; // of each population
    std::vector<double> values;
    for (const auto& population : states.populations) {
        const std::size_t stride = 1 + population.values.size() / enough;
        for (std::size_t i = 0; i < population.values.size(); i += stride) {
            if (std::isfinite(population.values[i])) {
                values.push_back(population.values[i]);
            }
        }
    }
    if (values.empty()) {
        return std::nullopt;
    }
    const auto quantile = [&values](double share) {
        const auto place = values.begin()
            + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    const double lower = quantile(cut);
    const double upper = quantile(1.0 - cut);
    const double quarter = quantile(0.25);
    const double three = quantile(0.75);
    const double reach = mostQuartiles * (three - quarter);
    return reach > 0.0
        ? ValueRange {std::max(lower, quarter - reach), std::min(upper, three + reach)}
        : ValueRange {lower, upper};
}

} // namespace

GridScale::GridScale()
{
    QCPColorGradient gradient = viridis();
    gradient.setLevelCount(static_cast<int>(m_colors.size()));
    for (std::size_t i = 0; i < m_colors.size(); ++i) {
        m_colors[i] = gradient.color(
            static_cast<double>(i), QCPRange(0.0, static_cast<double>(m_colors.size() - 1)));
    }
}

void GridScale::begin(const engine::config::Experiment& experiment, const std::string& variable)
{
    m_fades = variable == engine::analysis::since_spike;
    m_fits = false;
    m_upper = variable == "V_m" ? commonThreshold(experiment) : std::nullopt;
    m_highest = variable == "V_m" ? highestThreshold(experiment)
                                  : std::numeric_limits<double>::infinity();
    m_shown = m_fades ? ValueRange {0.0, fade_ms} : ValueRange {0.0, 1.0};
    m_decimals = 1;
    m_range = {};
}

bool GridScale::take(const NeuronStates& states, double elapsed_s)
{
    if (m_fades) {
        return false;
    }
    auto wanted = mostOf(states);
    if (!wanted) {
        return false;
    }
    wanted->upper = std::max(wanted->lower, std::min(wanted->upper, m_highest));
    if (m_upper) {
        wanted->upper = *m_upper;
        wanted->lower = std::min(wanted->lower, *m_upper);
    }
    if (!(wanted->size() > 1e-9 * std::max(std::abs(wanted->lower), std::abs(wanted->upper)))) {
        wanted = padded(*wanted, 0.0); // all the same
    }
    const double share = m_fits ? 1.0 - std::exp(-elapsed_s / adapting_s) : 1.0;
    m_range.lower += share * (wanted->lower - m_range.lower);
    m_range.upper += share * (wanted->upper - m_range.upper);
    constexpr double steps = 10.0;
    const double step = niceBelow(m_range.size() / steps);
    const auto stands = [step](double shown, double value) {
        return std::abs(shown - value) < 1.5 * step; // round numbers that do not flicker
    };
    if (m_fits && stands(m_shown.lower, m_range.lower) && stands(m_shown.upper, m_range.upper)) {
        return false;
    }
    m_fits = true;
    m_decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
    const ValueRange before = m_shown;
    m_shown = {toMultiple(std::floor(m_range.lower / step + 1e-9) * step, step),
        toMultiple(std::ceil(m_range.upper / step - 1e-9) * step, step)};
    return !(before == m_shown);
}

QRgb GridScale::colorAt(double share) const
{
    const double place = (m_fades ? 1.0 - share : share) * static_cast<double>(m_colors.size());
    return m_colors[static_cast<std::size_t>(
        std::clamp(place, 0.0, static_cast<double>(m_colors.size() - 1)))];
}

QRgb GridScale::color(double value) const
{
    if (std::isnan(value)) {
        return m_fades ? m_colors.front() : m_nothing;
    }
    return colorAt((value - m_shown.lower) / m_shown.size());
}

} // namespace ui
