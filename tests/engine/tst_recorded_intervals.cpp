#include "engine/analysis/population_statistics.hpp"
#include "engine/analysis/recorded_intervals.hpp"
#include "engine/analysis/spike_train.hpp"

#include <QtTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace engine;
using analysis::IntervalHistogram;

/// Intervals read from a history against those of the trains themselves.
class TestRecordedIntervals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void one_neuron_has_the_values_of_its_train();
    void a_population_has_the_values_of_the_summary();
    void a_window_holds_stamps_after_its_beginning_up_to_its_end();
    void what_is_no_longer_recorded_is_left_out();
    void pairs_tell_bursts_from_single_spikes();
    void wider_bins_keep_all_intervals();
    void automatic_bins_follow_the_spread_and_number();
    void stops_when_told();
};

namespace {

constexpr double dt_ms = 0.1;

/// Trains of `neurons` neurons of population 1, and one of population 0 that must not count.
struct Trains {
    std::shared_ptr<recording::History> history;
    std::vector<std::vector<core::Step>> stamps;
};

Trains random_trains(std::uint32_t neurons, core::Step steps, unsigned seed)
{
    Trains out {std::make_shared<recording::History>(
                    std::vector<recording::TraceGroup> {}, std::size_t {1} << 26),
        std::vector<std::vector<core::Step>>(neurons)};
    std::mt19937 random(seed);
    for (core::Step k = 1; k <= steps; ++k) {
        const std::uint32_t other = 0;
        if (k % 7 == 0) {
            out.history->append_spikes(k, 0, &other, 1);
        }
        std::vector<std::uint32_t> fired;
        for (std::uint32_t n = 0; n < neurons; ++n) {
            if (random() % 100 < 1) {
                fired.push_back(n);
                out.stamps[n].push_back(k);
            }
        }
        out.history->append_spikes(k, 1, fired.data(), fired.size());
    }
    out.history->publish(steps);
    return out;
}

std::uint64_t total(const std::vector<std::uint64_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
}

} // namespace

void TestRecordedIntervals::one_neuron_has_the_values_of_its_train()
{
    const Trains trains = random_trains(5, 20000, 1);
    const auto out
        = analysis::recorded_intervals({trains.history, dt_ms, 0, 20000, 1, 5, std::uint32_t {3}});
    QVERIFY(out);
    const auto& stamps = trains.stamps[3];
    QVERIFY(out->stamps == stamps);
    QCOMPARE(out->spikes, stamps.size());
    QCOMPARE(*out->rate_Hz, static_cast<double>(stamps.size()) / 2.0); // in 2 s
    QVERIFY(std::abs(*out->trains.cv.mean() - *analysis::isi_cv(stamps)) < 1e-12);
    QVERIFY(std::abs(*out->trains.cv2.mean() - *analysis::isi_cv2(stamps)) < 1e-12);
    QVERIFY(std::abs(*out->trains.lv.mean() - *analysis::isi_lv(stamps)) < 1e-12);
    QCOMPARE(total(out->trains.distributions.intervals.counts()), stamps.size() - 1);
}

void TestRecordedIntervals::a_population_has_the_values_of_the_summary()
{
    const Trains trains = random_trains(20, 20000, 2);
    const auto out
        = analysis::recorded_intervals({trains.history, dt_ms, 2000, 20000, 1, 20, std::nullopt});
    analysis::PopulationAccumulator summary(20, dt_ms, 2000, 20000);
    for (const auto& spike : trains.history->spikes(0, 20000)) {
        if (spike.population == 1) {
            summary.add_spikes(spike.step, std::span(&spike.neuron, 1));
        }
    }
    summary.advance(20000);
    const auto expected = summary.statistics();
    QCOMPARE(out->spikes, expected.spikes);
    QCOMPARE(*out->rate_Hz, *expected.rate_Hz);
    QCOMPARE(*out->trains.cv.mean(), *expected.cv_isi);
    QCOMPARE(out->trains.cv.neurons(), expected.cv_isi_neurons);
    QCOMPARE(*out->trains.cv2.mean(), *expected.cv2);
    QCOMPARE(*out->trains.lv.mean(), *expected.lv);
    QVERIFY(
        out->trains.distributions.intervals.counts() == expected.distributions.intervals.counts());
    QVERIFY(out->stamps.empty());
}

void TestRecordedIntervals::a_window_holds_stamps_after_its_beginning_up_to_its_end()
{
    auto history = std::make_shared<recording::History>(
        std::vector<recording::TraceGroup> {}, std::size_t {1} << 20);
    const std::uint32_t neuron = 0;
    for (const core::Step k : {100, 150, 230, 400}) {
        history->append_spikes(k, 0, &neuron, 1);
    }
    history->publish(500);
    const auto out = analysis::recorded_intervals({history, dt_ms, 100, 400, 0, 1, neuron});
    QVERIFY(out->stamps == (std::vector<core::Step> {150, 230, 400}));
    QCOMPARE(*out->rate_Hz, 100.0); // three in 30 ms
    const auto none = analysis::recorded_intervals({history, dt_ms, 400, 500, 0, 1, neuron});
    QVERIFY(none && none->spikes == 0 && !none->trains.cv.mean());
    const auto nothing = analysis::recorded_intervals({history, dt_ms, 0, 0, 0, 1, neuron});
    QVERIFY(nothing && !nothing->rate_Hz);
}

void TestRecordedIntervals::what_is_no_longer_recorded_is_left_out()
{
    auto history = std::make_shared<recording::History>(
        std::vector<recording::TraceGroup> {}, std::size_t {1} << 14);
    const std::uint32_t neuron = 0;
    for (core::Step k = 10; k <= 200000; k += 10) {
        history->append_spikes(k, 0, &neuron, 1);
        history->publish(k);
    }
    QVERIFY(history->first_kept() > 0);
    const auto out = analysis::recorded_intervals({history, dt_ms, 0, 200000, 0, 1, neuron});
    QCOMPARE(out->from, history->first_kept());
    QCOMPARE(*out->rate_Hz, 1000.0); // of the time that is left
}

void TestRecordedIntervals::pairs_tell_bursts_from_single_spikes()
{
    analysis::RecordedIntervals intervals;
    intervals.dt_ms = 1.0;
    intervals.stamps = {0, 100, 200, 205, 210, 310, 410};
    intervals.bursts = analysis::find_bursts(intervals.stamps, 1.0);
    const auto pairs = analysis::interval_pairs(intervals);
    QCOMPARE(pairs.size(), std::size_t {5});
    const std::vector<bool> in_burst {false, true, true, true, false};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        QCOMPARE(pairs[i].in_burst, in_burst[i]);
    }
    QCOMPARE(pairs[1].before_ms, 100.0);
    QCOMPARE(pairs[1].after_ms, 5.0);
    intervals.stamps = {0, 100};
    intervals.bursts.clear();
    QVERIFY(analysis::interval_pairs(intervals).empty());
}

void TestRecordedIntervals::wider_bins_keep_all_intervals()
{
    IntervalHistogram histogram;
    for (core::Step interval = 1; interval <= 1000; ++interval) {
        histogram.add(interval);
    }
    const auto wide = analysis::regrouped(histogram, dt_ms, 0.3);
    QVERIFY(std::abs(wide.width_ms - 0.3) < 1e-12);
    QCOMPARE(total(wide.counts), std::uint64_t {1000});
    QCOMPARE(wide.counts[0], std::uint64_t {2}); // of 1 and 2 steps: 3 is the next bin's
    QCOMPARE(wide.counts[1], std::uint64_t {3});
    const auto narrow = analysis::regrouped(histogram, dt_ms, 0.0);
    QVERIFY(narrow.counts == histogram.counts());
    // A long interval widens the histogram's own bins; the wanted width is met by multiples.
    histogram.add(100000);
    const double own_ms = dt_ms * static_cast<double>(histogram.width());
    const auto after = analysis::regrouped(histogram, dt_ms, 0.3);
    QVERIFY(after.width_ms >= own_ms);
    QCOMPARE(total(after.counts), std::uint64_t {1001});
}

void TestRecordedIntervals::automatic_bins_follow_the_spread_and_number()
{
    QCOMPARE(analysis::automatic_width_ms({}, dt_ms), dt_ms);
    IntervalHistogram tonic;
    for (int i = 0; i < 50; ++i) {
        tonic.add(200);
    }
    const double width = analysis::automatic_width_ms(tonic, dt_ms);
    QVERIFY(width >= dt_ms && width <= 2.0); // ten bins or more up to 20 ms
    std::mt19937 random(3);
    std::exponential_distribution<double> gaps(1.0 / 200.0);
    IntervalHistogram few;
    IntervalHistogram many;
    for (int i = 0; i < 100000; ++i) {
        const auto interval = 1 + static_cast<core::Step>(gaps(random));
        many.add(interval);
        if (i < 100) {
            few.add(interval);
        }
    }
    QVERIFY(analysis::automatic_width_ms(many, dt_ms) < analysis::automatic_width_ms(few, dt_ms));
}

void TestRecordedIntervals::stops_when_told()
{
    const Trains trains = random_trains(2, 5000, 4);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!analysis::recorded_intervals(
        {trains.history, dt_ms, 0, 5000, 1, 2, std::nullopt}, stop.get_token()));
}

QTEST_APPLESS_MAIN(TestRecordedIntervals)
#include "tst_recorded_intervals.moc"
