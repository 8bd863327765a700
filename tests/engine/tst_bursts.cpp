#include "engine/analysis/bursts.hpp"
#include "engine/analysis/oscillation.hpp"

#include <QTest>

#include <cmath>

using namespace engine::analysis;
using engine::core::Step;

namespace {

constexpr double dt_ms = 0.1;
constexpr double pi = 3.14159265358979323846;

/// offset + amplitude exp(-t / tau) cos(2 pi t / period), sampled at dt ... n dt.
std::vector<double> damped(double amplitude, double tau, double period, std::size_t n)
{
    std::vector<double> V;
    for (std::size_t i = 1; i <= n; ++i) {
        const double t = static_cast<double>(i) * dt_ms;
        V.push_back(-62.0 + amplitude * std::exp(-t / tau) * std::cos(2.0 * pi * t / period));
    }
    return V;
}

} // namespace

class TestBursts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runs_of_three_short_intervals_are_bursts()
    {
        const std::vector<Step> spikes {100, 130, 160, 400, 800, 830, 860, 890, 1500, 1510};
        const std::vector<Burst> found = find_bursts(spikes, dt_ms);
        const std::vector<Burst> wanted {{0, 3}, {4, 4}};
        QCOMPARE(found, wanted);
        QCOMPARE(spikes_per_burst(found).value(), 3.5);
    }

    void an_interval_of_exactly_15_ms_is_inside_a_burst()
    {
        QCOMPARE(find_bursts(std::vector<Step> {0, 150, 300}, dt_ms).size(), std::size_t {1});
        QVERIFY(find_bursts(std::vector<Step> {0, 150, 301}, dt_ms).empty());
        // The same times on a coarser grid.
        QCOMPARE(find_bursts(std::vector<Step> {0, 30, 60}, 0.5).size(), std::size_t {1});
    }

    void no_spikes_no_bursts()
    {
        QVERIFY(find_bursts({}, dt_ms).empty());
        QVERIFY(find_bursts(std::vector<Step> {7, 8}, dt_ms).empty());
        QVERIFY(!spikes_per_burst({}));
    }

    void a_damped_cosine_has_its_period_and_decay()
    {
        const double tau = 40.0;
        const double period = 56.48;
        const auto found = subthreshold_oscillation(damped(5.0, tau, period, 2500), dt_ms);
        QVERIFY(found.has_value());
        // Damping moves all extrema alike; only the grid is left.
        QVERIFY2(std::abs(found->period_ms - period) < dt_ms,
            qPrintable(QString::number(found->period_ms)));
        const double decay = std::exp(-period / tau);
        QVERIFY(std::abs(found->decay_ratio / decay - 1.0) < 0.01);
    }

    void a_steady_oscillation_does_not_decay()
    {
        const auto found = subthreshold_oscillation(damped(5.0, 1e12, 20.0, 1000), dt_ms);
        QVERIFY(std::abs(found->period_ms - 20.0) < 0.01);
        QVERIFY(std::abs(found->decay_ratio - 1.0) < 1e-3);
        QVERIFY(std::abs(found->amplitude - 10.0) < 0.01);
    }

    void less_than_two_cycles_are_missing()
    {
        // Extrema of the cosine at 10, 20, 30, 40 and (of 51 ms) 50 ms.
        QVERIFY(!subthreshold_oscillation(damped(5.0, 1e12, 20.0, 490), dt_ms));
        QVERIFY(subthreshold_oscillation(damped(5.0, 1e12, 20.0, 510), dt_ms));
        QVERIFY(!subthreshold_oscillation({}, dt_ms));
        QVERIFY(!subthreshold_oscillation(std::vector<double>(1000, -65.0), dt_ms));
    }

    void a_swing_below_the_least_is_no_extremum()
    {
        QVERIFY(!subthreshold_oscillation(damped(0.4e-3, 1e12, 20.0, 2000), dt_ms));
        QVERIFY(subthreshold_oscillation(damped(0.6e-3, 1e12, 20.0, 2000), dt_ms));
    }

    void extrema_alternate_and_lie_inside()
    {
        const std::vector<double> V {0.0, 1.0, 3.0, 2.0, 2.5, -1.0, 4.0, 4.0, 0.0};
        const std::vector<Extremum> e = find_extrema(V, 1.0);
        QCOMPARE(e.size(), std::size_t {3});
        QCOMPARE(e[0].sample, std::size_t {2}); // the dent of 0.5 after it is too small
        QCOMPARE(e[1].sample, std::size_t {5});
        QVERIFY(e[0].maximum && !e[1].maximum && e[2].maximum);
        QCOMPARE(e[2].value, 4.0);
    }
};

QTEST_APPLESS_MAIN(TestBursts)
#include "tst_bursts.moc"
