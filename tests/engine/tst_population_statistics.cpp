#include "engine/analysis/population_statistics.hpp"
#include "engine/analysis/spike_train.hpp"

#include "tests/support/spike_trains.hpp"

#include <QTest>

#include <cmath>

// Against the laws that made the trains. Tolerances are five standard errors of the estimates.

using namespace engine::analysis;
using engine::core::Step;
using test_support::raster;
using test_support::renewal_train;

namespace {

constexpr double dt_ms = 0.1;
using Trains = std::vector<std::vector<Step>>;

PopulationStatistics statistics_of(const Trains& trains, Step from, Step to)
{
    PopulationAccumulator accumulator(trains.size(), dt_ms, from, to);
    for (const auto& [stamp, neurons] : raster(trains).stamps) {
        accumulator.add_spikes(stamp, neurons);
    }
    accumulator.advance(to);
    return accumulator.statistics();
}

/// Independent trains of one law.
Trains renewal_trains(std::size_t neurons, double mean, double dead, int order, Step end)
{
    Trains trains;
    for (std::size_t n = 0; n < neurons; ++n) {
        trains.push_back(renewal_train(mean, dead, order, end, 1000 * n + 17));
    }
    return trains;
}

bool near(std::optional<double> value, double expected, double tolerance)
{
    if (!value || !(std::abs(*value - expected) <= tolerance)) {
        qWarning("%.6g is not %.6g +- %.2g", value.value_or(std::nan("")), expected, tolerance);
        return false;
    }
    return true;
}

} // namespace

class TestPopulationStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void renewal_trains_have_the_moments_of_their_law_data()
    {
        QTest::addColumn<int>("order");
        QTest::addRow("Poisson") << 1;
        QTest::addRow("gamma, order 2") << 2;
        QTest::addRow("gamma, order 4") << 4;
        QTest::addRow("gamma, order 9") << 9;
    }
    void renewal_trains_have_the_moments_of_their_law()
    {
        QFETCH(int, order);
        const auto k = static_cast<double>(order);
        // Mean interval 500 steps, so that rounding to steps does not matter; 400 of each neuron.
        constexpr std::size_t neurons = 100;
        constexpr double mean = 500.0;
        constexpr Step to = 200000;
        const PopulationStatistics found
            = statistics_of(renewal_trains(neurons, mean, 0.0, order, to), 0, to);
        const auto n = static_cast<double>(found.spikes);
        QVERIFY(near(found.rate_Hz, 20.0, 5.0 * 20.0 / std::sqrt(k * n)));
        // CV = 1 / sqrt(k), LV = 3 / (2 k + 1) (Shinomoto et al. 2003). The CV of m intervals is
        // biased by less than 1 / m.
        const double cv = 1.0 / std::sqrt(k);
        QVERIFY(near(found.cv_isi, cv, cv * (5.0 / std::sqrt(n) + 1.0 / 390.0)));
        QVERIFY(near(found.lv, 3.0 / (2.0 * k + 1.0), 5.0 * 1.3 / std::sqrt(n)));
        QCOMPARE(found.cv_isi_neurons, neurons);
        // Each neuron has its place in the distributions; their means are those of the neurons.
        const auto mean_of = [](const IntervalHistogram& histogram) {
            double sum = 0.0;
            double all = 0.0;
            for (std::size_t b = 0; b < histogram.counts().size(); ++b) {
                const auto count = static_cast<double>(histogram.counts()[b]);
                sum += count * (static_cast<double>(b) + 0.5);
                all += count;
            }
            return std::pair(all, sum / all * static_cast<double>(histogram.width()));
        };
        const auto [with_cv, mean_cv] = mean_of(found.distributions.cvs);
        QCOMPARE(with_cv, static_cast<double>(neurons));
        QVERIFY(near(mean_cv * TrainDistributions::cv_unit, *found.cv_isi, 1e-3));
        const auto [counted, mean_count] = mean_of(found.distributions.counts);
        QCOMPARE(counted, static_cast<double>(neurons));
        QVERIFY(near(mean_count - 0.5, n / static_cast<double>(neurons), 1e-9));
        if (order == 1) {
            QVERIFY(near(found.cv2, 1.0, 5.0 * 0.82 / std::sqrt(n)));
            // 200 windows of each neuron, 2 spikes in each: the variance of the sample variance of
            // a Poisson number is (mean + 2 mean^2) / windows.
            const double error = std::sqrt((2.0 + 2.0 * 4.0) / (200.0 * neurons)) / 2.0;
            QVERIFY(near(found.fano_100ms, 1.0, 5.0 * error));
            // 20000 bins of 1 ms with 2 spikes each.
            const double bins_error = std::sqrt((2.0 + 2.0 * 4.0) / 20000.0) / 2.0;
            QVERIFY(near(found.fano_1ms, 1.0, 5.0 * bins_error));
            QVERIFY(near(found.fluctuation_1ms, 1.0 / std::sqrt(2.0), 5.0 * bins_error));
            QVERIFY(near(found.fluctuation_5ms, 1.0 / std::sqrt(10.0), 0.02));
        }
    }

    void a_poisson_population_has_a_flat_spectrum_at_twice_rate_over_neurons()
    {
        constexpr std::size_t neurons = 50;
        constexpr Step to = 1024 * 5 * 200;
        const PopulationStatistics found
            = statistics_of(renewal_trains(neurons, 250.0, 0.0, 1, to), 0, to);
        const double floor = 2.0 * *found.rate_Hz / static_cast<double>(neurons);
        // 399 segments; averages over 64 points, of which every second is independent.
        const double tolerance = 5.0 * 1.06 / std::sqrt(399.0) / std::sqrt(32.0);
        for (std::size_t first = 4; first + 64 < found.spectrum.density.size(); first += 64) {
            double mean = 0.0;
            for (std::size_t i = 0; i < 64; ++i) {
                mean += found.spectrum.density[first + i] / 64.0;
            }
            QVERIFY(near(mean / floor, 1.0, tolerance));
        }
        // The highest of 510 points that are off by 5 % at random.
        QVERIFY(found.peak_frequency_Hz);
        QVERIFY(*found.peak_over_floor > 1.0 && *found.peak_over_floor < 1.4);
    }

    void a_dead_time_lowers_the_cv()
    {
        // CV = 1 - rate x dead time.
        constexpr Step to = 400000;
        const PopulationStatistics found
            = statistics_of(renewal_trains(50, 300.0, 200.0, 1, to), 0, to);
        const double error = 5.0 / std::sqrt(static_cast<double>(found.spikes)) + 1.0 / 790.0;
        QVERIFY(near(found.cv_isi, 0.6, 0.6 * error));
    }

    void regular_trains_have_nothing_but_a_rate()
    {
        Trains trains(3);
        for (Step stamp = 40; stamp <= 30000; stamp += 100) {
            trains[0].push_back(stamp);
            trains[1].push_back(stamp + 25);
            trains[2].push_back(stamp + 50);
        }
        const PopulationStatistics found = statistics_of(trains, 0, 30000);
        QCOMPARE(found.cv_isi, std::optional(0.0));
        QCOMPARE(found.cv2, std::optional(0.0));
        QCOMPARE(found.lv, std::optional(0.0));
        QCOMPARE(found.fano_100ms, std::optional(0.0)); // 10 spikes in every window
        QCOMPARE(found.rate_Hz, std::optional(100.0));
        QCOMPARE(found.distributions.intervals.counts().size(), std::size_t {101});
        QCOMPARE(found.distributions.intervals.counts()[100], std::uint64_t {3 * 299});
        QCOMPARE(found.distributions.intervals.width(), Step {1});
        // Spikes 10 ms apart: harmonics of 100 Hz.
        QVERIFY(std::abs(std::remainder(*found.peak_frequency_Hz, 100.0)) < 0.1);
    }

    void what_does_not_exist_is_missing()
    {
        PopulationAccumulator nothing(5, dt_ms, 0, 20000);
        QVERIFY(!nothing.statistics().rate_Hz);
        nothing.advance(20000);
        const PopulationStatistics silent = nothing.statistics();
        QCOMPARE(silent.rate_Hz, std::optional(0.0));
        for (const auto& value : {silent.cv_isi, silent.cv2, silent.lv, silent.fano_100ms,
                 silent.fano_1ms, silent.fluctuation_1ms, silent.fluctuation_5ms, silent.synchrony,
                 silent.correlation_5ms, silent.peak_frequency_Hz, silent.peak_over_floor}) {
            QVERIFY(!value);
        }
        QVERIFY(silent.distributions.intervals.counts().empty());
        QVERIFY(silent.distributions.cvs.counts().empty());
        QCOMPARE(silent.distributions.counts.counts(), (std::vector<std::uint64_t> {5}));
        // Nine windows of 100 ms, no segment of 512 ms, two spikes of each neuron, one neuron.
        const PopulationStatistics brief = statistics_of({{100, 300}}, 0, 5000);
        QVERIFY(!brief.fano_100ms && brief.spectrum.density.empty() && !brief.peak_frequency_Hz);
        QVERIFY(!brief.cv_isi && !brief.correlation_5ms);
        QCOMPARE(brief.cv_isi_neurons, std::size_t {0});
        QVERIFY(brief.fano_1ms && brief.fluctuation_5ms);
        QVERIFY(!statistics_of({{5000}}, 0, 9999).fano_100ms);
        QVERIFY(statistics_of({{5000}}, 0, 10000).fano_100ms);
    }

    void a_step_longer_than_the_bins_leaves_out_their_statistics()
    {
        PopulationAccumulator accumulator(2, 2.0, 0, 1000);
        for (Step stamp = 1; stamp <= 1000; stamp += 3) {
            accumulator.add_spikes(stamp, std::vector<std::uint32_t> {0});
        }
        accumulator.advance(1000);
        const PopulationStatistics found = accumulator.statistics();
        QVERIFY(!found.fano_1ms && !found.fluctuation_1ms && found.fluctuation_5ms);
        QCOMPARE(found.spectrum.step_Hz, 500.0 / 256.0);
    }

    void spikes_outside_the_window_do_not_count()
    {
        const Step from = 30000;
        const Step to = 70000;
        Trains trains = renewal_trains(4, 200.0, 0.0, 2, 100000);
        const PopulationStatistics all = statistics_of(trains, from, to);
        for (auto& train : trains) {
            std::erase_if(train, [&](Step stamp) { return stamp <= from || stamp > to; });
        }
        const PopulationStatistics inside = statistics_of(trains, from, to);
        QCOMPARE(all.spikes, inside.spikes);
        QCOMPARE(all.cv_isi, inside.cv_isi);
        QCOMPARE(all.fano_100ms, inside.fano_100ms);
        QCOMPARE(all.correlation_5ms, inside.correlation_5ms);
        QVERIFY(all.spectrum.density == inside.spectrum.density);
        // Streaming against two passes over each train.
        double cv = 0.0;
        double cv2 = 0.0;
        double lv = 0.0;
        for (const auto& train : trains) {
            cv += *isi_cv(train) / 4.0;
            cv2 += *isi_cv2(train) / 4.0;
            lv += *isi_lv(train) / 4.0;
        }
        QVERIFY(near(all.cv_isi, cv, 1e-13));
        QVERIFY(near(all.cv2, cv2, 1e-13));
        QVERIFY(near(all.lv, lv, 1e-13));
    }

    void the_time_up_to_which_is_told_ends_the_window()
    {
        PopulationAccumulator accumulator(1, dt_ms, 0, 1000000);
        const std::vector<std::uint32_t> neuron {0};
        for (Step stamp = 100; stamp <= 15500; stamp += 100) {
            accumulator.add_spikes(stamp, neuron);
        }
        accumulator.advance(15500);
        const PopulationStatistics found = accumulator.statistics();
        QCOMPARE(found.window_ms, 1550.0);
        QCOMPARE(found.rate_Hz, std::optional(155.0 / 1.55));
        QCOMPARE(found.fano_100ms, std::optional(0.0)); // the half window at the end is left out
    }

    void intervals_of_any_length_find_a_place_in_the_histogram()
    {
        IntervalHistogram histogram;
        histogram.add(0);
        histogram.add(4095);
        QCOMPARE(histogram.width(), Step {1});
        histogram.add(100000);
        QCOMPARE(histogram.width(), Step {32});
        QCOMPARE(histogram.counts().size(), std::size_t {100000 / 32 + 1});
        QCOMPARE(histogram.counts()[0], std::uint64_t {1});
        QCOMPARE(histogram.counts()[4095 / 32], std::uint64_t {1});
        QCOMPARE(histogram.counts().back(), std::uint64_t {1});
        IntervalHistogram joined;
        joined.add(70);
        joined.join(histogram, 3.0);
        QCOMPARE(joined.width(), Step {32});
        QCOMPARE(joined.counts()[2], std::uint64_t {1});
        QCOMPARE(joined.counts()[4095 / 32], std::uint64_t {3});
    }

    void chosen_neurons_are_evenly_spaced()
    {
        const std::vector<std::uint32_t> expected {0, 2, 5, 7};
        QCOMPARE(evenly_chosen(10, 4), expected);
        QCOMPARE(evenly_chosen(3, 4).size(), std::size_t {3});
        const Choice second(5, {1, 6, 8, 30}, 5); // neurons 5 to 9 of a network
        QCOMPARE(second.chosen(), std::size_t {2});
        QCOMPARE(second.slot(1), std::uint32_t {1});
        QCOMPARE(second.slot(3), std::uint32_t {2});
        QCOMPARE(second.slot(0), Choice::none);
    }

    void chi_is_1_for_equal_and_1_over_sqrt_n_for_independent_potentials()
    {
        constexpr std::size_t neurons = 200;
        constexpr int samples = 4000;
        engine::core::Random random(3);
        SynchronyAccumulator equal(neurons);
        SynchronyAccumulator independent(neurons);
        SynchronyAccumulator shared(neurons); // a third of the variance is common
        std::vector<double> V_m(neurons);
        for (int s = 0; s < samples; ++s) {
            const double common = random.normal();
            std::fill(V_m.begin(), V_m.end(), -60.0 + common);
            equal.add(V_m);
            for (double& v : V_m) {
                v = -60.0 + random.normal();
            }
            independent.add(V_m);
            for (double& v : V_m) {
                v += common / std::sqrt(2.0);
            }
            shared.add(V_m);
        }
        QVERIFY(near(equal.chi(), 1.0, 1e-12));
        // The standard deviation of `samples` normal numbers is off by 1 / sqrt(2 samples).
        const double error = 5.0 / std::sqrt(2.0 * samples);
        QVERIFY(near(independent.chi(), 1.0 / std::sqrt(200.0), error / std::sqrt(200.0)));
        const double expected = std::sqrt((0.5 + 1.0 / 200.0) / 1.5);
        QVERIFY(near(shared.chi(), expected, expected * error));
        SynchronyAccumulator one(1);
        one.add(std::vector<double> {1.0});
        one.add(std::vector<double> {2.0});
        QVERIFY(!one.chi());
    }

    void trains_with_a_shared_source_are_correlated_by_its_part()
    {
        // Each neuron takes its own train of 15 Hz and a common one of 5 Hz: the covariance of
        // counts is the common rate, the variance the whole one.
        constexpr std::size_t neurons = 30;
        constexpr Step to = 4000000;
        Trains trains = renewal_trains(neurons, 1e4 / 15.0, 0.0, 1, to);
        const std::vector<Step> common = renewal_train(1e4 / 5.0, 0.0, 1, to, 5);
        for (auto& train : trains) {
            train.insert(train.end(), common.begin(), common.end());
            std::sort(train.begin(), train.end());
            train.erase(std::unique(train.begin(), train.end()), train.end());
        }
        const std::optional<double> correlation = statistics_of(trains, 0, to).correlation_5ms;
        // The common part's count has 2000 spikes: its share varies by 1 / sqrt(2000); other parts
        // of the error are averaged over pairs.
        QVERIFY(near(correlation, 0.25, 5.0 * 0.25 * 0.75 / std::sqrt(2000.0)));
        const auto independent
            = statistics_of(renewal_trains(neurons, 500.0, 0.0, 1, to), 0, to).correlation_5ms;
        // 435 pairs of 80000 bins each.
        QVERIFY(near(independent, 0.0, 5.0 / std::sqrt(80000.0 * 435.0)));
    }

    void equal_trains_have_correlation_1()
    {
        const std::vector<Step> train = renewal_train(300.0, 0.0, 1, 50000, 9);
        const Trains trains {train, {}, train, train};
        QVERIFY(near(statistics_of(trains, 0, 50000).correlation_5ms, 1.0, 1e-12));
    }

    void a_long_run_has_the_correlation_of_its_counts()
    {
        // More bins than are kept, so that they are added up on the way; nine trains of three
        // sources, one of them silent for long.
        constexpr Step to = 200000;
        Trains sources = renewal_trains(3, 400.0, 0.0, 1, to);
        std::erase_if(sources[2], [](Step stamp) { return stamp < 150000; });
        Trains trains;
        std::vector<std::vector<double>> counts;
        for (std::size_t n = 0; n < 9; ++n) {
            std::vector<Step> train = renewal_train(900.0, 0.0, 1, to, n + 50);
            train.insert(train.end(), sources[n % 3].begin(), sources[n % 3].end());
            std::sort(train.begin(), train.end());
            train.erase(std::unique(train.begin(), train.end()), train.end());
            std::vector<double>& count = counts.emplace_back(to / 50, 0.0);
            for (const Step stamp : train) {
                count[static_cast<std::size_t>((stamp - 1) / 50)] += 1.0;
            }
            trains.push_back(std::move(train));
        }
        double sum = 0.0;
        for (std::size_t a = 0; a < 9; ++a) {
            for (std::size_t b = a + 1; b < 9; ++b) {
                double moments[5] = {};
                for (std::size_t i = 0; i < counts[a].size(); ++i) {
                    const double x = counts[a][i];
                    const double y = counts[b][i];
                    const double terms[5] = {x, y, x * x, y * y, x * y};
                    for (std::size_t m = 0; m < 5; ++m) {
                        moments[m] += terms[m] / static_cast<double>(counts[a].size());
                    }
                }
                sum += (moments[4] - moments[0] * moments[1])
                    / std::sqrt((moments[2] - moments[0] * moments[0])
                        * (moments[3] - moments[1] * moments[1]));
            }
        }
        QVERIFY(near(statistics_of(trains, 0, to).correlation_5ms, sum / 36.0, 1e-12));
    }

    void any_division_into_calls_gives_the_same_values()
    {
        const Trains trains = renewal_trains(300, 400.0, 20.0, 1, 60000);
        const test_support::Raster spikes = raster(trains);
        const PopulationStatistics whole = statistics_of(trains, 1000, 60000);
        engine::core::Random random(11);
        PopulationAccumulator divided(trains.size(), dt_ms, 1000, 60000);
        Step told = 0;
        for (const auto& [stamp, neurons] : spikes.stamps) {
            const auto gap = static_cast<std::uint64_t>(stamp - told);
            if (gap > 0 && random.below(3) == 0) {
                divided.advance(told += static_cast<Step>(random.below(gap)));
            }
            const auto cut = static_cast<std::ptrdiff_t>(random.below(neurons.size() + 1));
            divided.add_spikes(stamp, {neurons.begin(), neurons.begin() + cut});
            divided.add_spikes(stamp, {neurons.begin() + cut, neurons.end()});
        }
        divided.advance(60000);
        const PopulationStatistics found = divided.statistics();
        QCOMPARE(found.spikes, whole.spikes);
        QVERIFY(found.cv_isi == whole.cv_isi && found.cv2 == whole.cv2 && found.lv == whole.lv);
        QVERIFY(found.fano_100ms == whole.fano_100ms && found.fano_1ms == whole.fano_1ms);
        QVERIFY(found.fluctuation_1ms == whole.fluctuation_1ms);
        QVERIFY(found.fluctuation_5ms == whole.fluctuation_5ms);
        QVERIFY(found.correlation_5ms == whole.correlation_5ms);
        QVERIFY(found.peak_frequency_Hz == whole.peak_frequency_Hz);
        QVERIFY(found.spectrum.density == whole.spectrum.density);
        QVERIFY(found.distributions.intervals.counts() == whole.distributions.intervals.counts());
    }
};

QTEST_APPLESS_MAIN(TestPopulationStatistics)
#include "tst_population_statistics.moc"
