#include "engine/analysis/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace engine::analysis {

namespace {

constexpr double ms_per_s = 1000.0;

} // namespace

WelchAccumulator::WelchAccumulator(std::size_t segment, double interval_ms)
    : sampling_Hz_(ms_per_s / interval_ms)
    , segment_(segment)
{
}

void WelchAccumulator::add(double sample)
{
    samples_.push_back(sample);
    if (samples_.size() == segment_) {
        if (!transform_) {
            prepare();
        }
        evaluate();
        samples_.erase(
            samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(segment_ / 2));
    }
}

void WelchAccumulator::prepare()
{
    transform_.emplace(segment_);
    power_.assign(segment_ / 2 + 1, 0.0);
    window_.resize(segment_);
    for (std::size_t i = 0; i < segment_; ++i) {
        const double phase
            = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(segment_);
        window_[i] = 0.5 - 0.5 * std::cos(phase);
        window_power_ += window_[i] * window_[i];
    }
}

void WelchAccumulator::evaluate()
{
    const double mean = std::accumulate(samples_.begin(), samples_.end(), 0.0)
        / static_cast<double>(samples_.size());
    const std::span<double> input = transform_->input();
    for (std::size_t i = 0; i < samples_.size(); ++i) {
        input[i] = (samples_[i] - mean) * window_[i];
    }
    const auto transformed = transform_->transform();
    for (std::size_t k = 0; k < power_.size(); ++k) {
        power_[k] += std::norm(transformed[k]);
    }
    ++segments_;
}

Spectrum WelchAccumulator::spectrum() const
{
    Spectrum out;
    out.step_Hz = sampling_Hz_ / static_cast<double>(segment_);
    if (segments_ == 0) {
        return out;
    }
    const double scale = 1.0 / (sampling_Hz_ * window_power_ * static_cast<double>(segments_));
    for (const double power : power_) {
        out.density.push_back(2.0 * scale * power);
    }
    // Frequency 0 and the highest one stand for themselves, the others for two each.
    out.density.front() /= 2.0;
    out.density.back() /= 2.0;
    return out;
}

std::optional<SpectralPeak> spectral_peak(const Spectrum& spectrum, double above_Hz)
{
    const std::vector<double>& density = spectrum.density;
    const auto above = std::min(
        static_cast<std::size_t>(std::floor(above_Hz / spectrum.step_Hz)) + 1, density.size());
    const auto first = density.begin() + static_cast<std::ptrdiff_t>(above);
    const auto highest = std::max_element(first, density.end());
    constexpr double rounding = 1e-20; // squares of amplitudes: 1e-10 of what lies below
    if (highest == density.end() || *highest <= 0.0
        || (above > 0 && *highest < rounding * *std::max_element(density.begin(), first))) {
        return std::nullopt;
    }
    const auto at = static_cast<std::size_t>(highest - density.begin());
    double offset = 0.0;
    if (at > 0 && at + 1 < density.size() && density[at - 1] > 0.0 && density[at + 1] > 0.0) {
        const double left = std::log(density[at - 1] / density[at]);
        const double right = std::log(density[at + 1] / density[at]);
        if (left <= 0.0 && right <= 0.0 && left + right < 0.0) {
            offset = 0.5 * (left - right) / (left + right);
        }
    }
    return SpectralPeak {(static_cast<double>(at) + offset) * spectrum.step_Hz, *highest};
}

} // namespace engine::analysis
