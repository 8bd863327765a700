#include "engine/analysis/spike_train.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <cmath>
#include <numeric>

using engine::analysis::isi_cv;
using engine::analysis::isi_cv2;
using engine::analysis::isi_lv;
using engine::analysis::mean_rate_Hz;
using engine::core::Step;

namespace {

std::vector<Step> train(const std::vector<Step>& intervals)
{
    std::vector<Step> out {7};
    for (const Step interval : intervals) {
        out.push_back(out.back() + interval);
    }
    return out;
}

/// Renewal process: exponential intervals after a dead time [steps].
std::vector<Step> poisson_train(std::size_t spikes, double mean, double dead, std::uint64_t seed)
{
    engine::core::Random random(seed);
    std::vector<Step> out;
    double t = 0.0;
    for (std::size_t i = 0; i < spikes; ++i) {
        t += dead + mean * random.exponential();
        out.push_back(static_cast<Step>(t));
    }
    return out;
}

} // namespace

class TestSpikeTrain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void intervals_are_the_differences()
    {
        const std::vector<Step> wanted {3, 1, 12, 5};
        QCOMPARE(engine::analysis::intervals(train(wanted)), wanted);
        QVERIFY(engine::analysis::intervals({}).empty());
    }

    void a_regular_train_has_cv_0() { QCOMPARE(isi_cv(train({25, 25, 25, 25})).value(), 0.0); }

    void two_alternating_intervals_have_the_closed_form()
    {
        // Mean (a + b) / 2, population standard deviation |a - b| / 2.
        const Step a = 10;
        const Step b = 30;
        const double cv = isi_cv(train({a, b, a, b, a, b})).value();
        QVERIFY(std::abs(cv - 20.0 / 40.0) < 1e-14);
        QVERIFY(std::abs(*isi_cv2(train({a, b, a, b, a, b})) - 1.0) < 1e-14); // 2 (b - a) / (b + a)
        QVERIFY(std::abs(*isi_lv(train({a, b, a, b, a, b})) - 0.75) < 1e-14); // 3 / 4
        QCOMPARE(isi_cv2(train({a, a, a})).value(), 0.0);
        QCOMPARE(isi_lv(train({a, a, a})).value(), 0.0);
    }

    void fewer_than_three_spikes_have_no_cv()
    {
        QVERIFY(!isi_cv({}));
        QVERIFY(!isi_cv(train({})));
        QVERIFY(!isi_cv(train({4})));
        QVERIFY(!isi_cv2(train({4})));
        QVERIFY(!isi_lv(train({4})));
        QVERIFY(isi_cv(train({4, 4})));
    }

    void a_poisson_train_has_cv_1_and_a_dead_time_lowers_it()
    {
        // The standard error of the CV of n exponential intervals is about 1 / sqrt(n).
        constexpr std::size_t n = 100000;
        const double tolerance = 5.0 / std::sqrt(static_cast<double>(n));
        constexpr double mean = 1e5;
        QVERIFY(std::abs(*isi_cv(poisson_train(n, mean, 0.0, 1)) - 1.0) < tolerance);
        // CV = 1 - rate x dead time.
        const double dead = 0.5 * mean;
        const double expected = 1.0 - dead / (mean + dead);
        QVERIFY(std::abs(*isi_cv(poisson_train(n, mean, dead, 2)) - expected) < tolerance);
    }

    void a_poisson_train_has_cv2_1_and_lv_1()
    {
        // (I' - I) / (I' + I) is uniform in (-1, 1): variance 1/3 of CV2's terms 2 |x|, 4/5 of
        // LV's terms 3 x^2; neighbouring terms are correlated, which at most doubles it.
        constexpr std::size_t n = 100000;
        const std::vector<Step> spikes = poisson_train(n, 1e6, 0.0, 3);
        const double standard_error = std::sqrt(2.0 / static_cast<double>(n));
        QVERIFY(std::abs(*isi_cv2(spikes) - 1.0) < 5.0 * std::sqrt(1.0 / 3.0) * standard_error);
        QVERIFY(std::abs(*isi_lv(spikes) - 1.0) < 5.0 * std::sqrt(0.8) * standard_error);
    }

    void streaming_agrees_with_two_passes_far_from_zero()
    {
        // Late stamps, small spread: where a sum of squares would cancel.
        const std::vector<Step> late {1000000000000, 1000000001000, 1000000002001, 1000000003003};
        const double mean = 1001.0;
        const double sd = std::sqrt((1.0 + 0.0 + 1.0) / 3.0);
        QVERIFY(std::abs(*isi_cv(late) - sd / mean) < 1e-14);
    }

    void rate_is_spikes_per_neuron_and_second()
    {
        QCOMPARE(mean_rate_Hz(500, 10, 2000.0).value(), 25.0);
        QVERIFY(!mean_rate_Hz(0, 10, 0.0));
        QVERIFY(!mean_rate_Hz(0, 0, 100.0));
    }
};

QTEST_APPLESS_MAIN(TestSpikeTrain)
#include "tst_spike_train.moc"
