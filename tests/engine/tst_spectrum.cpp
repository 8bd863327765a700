#include "engine/analysis/fft.hpp"
#include "engine/analysis/population_rate.hpp"
#include "engine/analysis/spectrum.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace engine::analysis;
using engine::core::Step;

namespace {

constexpr std::size_t segment = 1024;
constexpr double interval_ms = 0.5;

/// Welch's estimate of `samples` values of a function of time [s].
template <class Signal> Spectrum spectrum_of(std::size_t samples, Signal&& signal)
{
    WelchAccumulator welch(segment, interval_ms);
    for (std::size_t i = 0; i < samples; ++i) {
        welch.add(signal(static_cast<double>(i) * interval_ms / 1000.0));
    }
    return welch.spectrum();
}

double power(const Spectrum& spectrum)
{
    return std::accumulate(spectrum.density.begin(), spectrum.density.end(), 0.0)
        * spectrum.step_Hz;
}

} // namespace

class TestSpectrum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_transform_is_its_sum_for_any_length()
    {
        for (const std::size_t n : {1U, 2U, 7U, 12U, 852U}) {
            engine::core::Random random(n);
            RealTransform transform(n);
            std::vector<double> x;
            for (double& value : transform.input()) {
                value = random.normal();
                x.push_back(value);
            }
            const auto found = transform.transform();
            QCOMPARE(found.size(), n / 2 + 1);
            for (std::size_t k = 0; k < found.size(); ++k) {
                std::complex<double> sum = 0.0;
                for (std::size_t j = 0; j < n; ++j) {
                    const double turns = static_cast<double>(j * k % n) / static_cast<double>(n);
                    sum += std::polar(x[j], -2.0 * std::numbers::pi * turns);
                }
                QVERIFY(std::abs(found[k] - sum) < 1e-12 * static_cast<double>(n));
            }
            QVERIFY(std::equal(x.begin(), x.end(), transform.input().begin()));
        }
    }

    void there_is_no_spectrum_before_a_segment_is_complete()
    {
        QVERIFY(spectrum_of(segment - 1, [](double) { return 1.0; }).density.empty());
        QCOMPARE(spectrum_of(segment, [](double) { return 1.0; }).density.size(), segment / 2 + 1);
        QVERIFY(!spectral_peak(Spectrum {}));
    }

    void segments_overlap_by_half()
    {
        WelchAccumulator welch(8, 1.0);
        for (std::size_t i = 1; i <= 20; ++i) {
            welch.add(static_cast<double>(i % 3));
            QCOMPARE(welch.segments(), i < 8 ? std::size_t {0} : (i - 8) / 4 + 1);
        }
    }

    void a_constant_has_no_peak_and_no_power()
    {
        const Spectrum spectrum = spectrum_of(4 * segment, [](double) { return 37.3; });
        QVERIFY(power(spectrum) < 1e-20);
        QVERIFY(!spectral_peak(spectrum));
        QVERIFY(!spectral_peak(spectrum_of(segment, [](double) { return 0.0; })));
    }

    void the_power_of_a_sine_is_half_its_squared_amplitude()
    {
        const Spectrum spectrum = spectrum_of(segment * 8,
            [](double t_s) { return 10.0 + 3.0 * std::sin(2.0 * std::numbers::pi * 125.0 * t_s); });
        // 125 Hz is a point of the grid, where leakage adds nothing.
        QVERIFY(std::abs(power(spectrum) - 4.5) < 1e-10);
    }

    void the_peak_lies_between_the_points_of_the_grid()
    {
        for (const double frequency_Hz : {21.6, 60.3, 183.9, 666.67}) {
            const auto peak = spectral_peak(spectrum_of(segment * 4,
                [=](double t_s) { return std::sin(2.0 * std::numbers::pi * frequency_Hz * t_s); }));
            // The grid is 1.95 Hz apart; the parabola through the logarithms of a Hann window's
            // main lobe is right within 2 % of that.
            QVERIFY(peak && std::abs(peak->frequency_Hz - frequency_Hz) < 0.04);
        }
    }

    void what_lies_below_5_Hz_is_no_peak()
    {
        const auto peak = spectral_peak(spectrum_of(segment * 8, [](double t_s) {
            return 100.0 * std::sin(2.0 * std::numbers::pi * 1.953125 * t_s)
                + std::sin(2.0 * std::numbers::pi * 40.0 * t_s);
        }));
        QVERIFY(peak && std::abs(peak->frequency_Hz - 40.0) < 0.2);
    }

    void white_noise_is_flat_at_twice_its_variance_over_the_sampling_rate()
    {
        engine::core::Random random(7);
        constexpr std::size_t segments = 400;
        const Spectrum spectrum
            = spectrum_of(segment * segments / 2, [&](double) { return 5.0 * random.normal(); });
        const double expected = 2.0 * 25.0 / 2000.0;
        // A point has a relative error of about 1.06 / sqrt(segments) (Welch 1967); the average of
        // 32 points, of which every second is independent, 4 times less.
        const double tolerance = 5.0 * 1.06 / std::sqrt(static_cast<double>(segments)) / 4.0;
        for (std::size_t first = 16; first + 32 < spectrum.density.size(); first += 32) {
            const auto begin = spectrum.density.begin() + static_cast<std::ptrdiff_t>(first);
            const double mean = std::accumulate(begin, begin + 32, 0.0) / 32.0;
            QVERIFY(std::abs(mean / expected - 1.0) < tolerance);
        }
    }

    void the_population_rate_counts_spikes_after_from_up_to_to()
    {
        // Bins (10, 20], (20, 30]; (30, 35] is not whole. 4 neurons, 10 steps of 0.1 ms: 250 Hz.
        const std::vector<Step> stamps {10, 11, 20, 20, 21, 30, 31};
        const std::vector<double> expected {750.0, 500.0};
        QCOMPARE(population_rate_Hz(stamps, 4, 10, 35, 10, 0.1), expected);
        QVERIFY(population_rate_Hz({}, 4, 10, 10, 10, 0.1).empty());
    }

    void smoothing_keeps_a_constant_and_turns_a_spike_into_a_gaussian()
    {
        for (const double value : smoothed(std::vector<double>(20, 3.5), 3.0)) {
            QVERIFY(std::abs(value - 3.5) < 1e-14);
        }
        std::vector<double> spike(101, 0.0);
        spike[50] = 1.0;
        const std::vector<double> found = smoothed(spike, 3.0);
        for (std::size_t i = 38; i <= 62; ++i) {
            const double x = (static_cast<double>(i) - 50.0) / 3.0;
            const double density
                = std::exp(-0.5 * x * x) / (3.0 * std::sqrt(2.0 * std::numbers::pi));
            QVERIFY(std::abs(found[i] - density) < 1e-4 * density + 1e-5 * 0.13);
        }
        QCOMPARE(smoothed(spike, 0.0), spike);
        QVERIFY(smoothed({}, 2.0).empty());
    }
};

QTEST_APPLESS_MAIN(TestSpectrum)
#include "tst_spectrum.moc"
