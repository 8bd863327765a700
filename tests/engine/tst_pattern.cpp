#include "tests/support/made_response.hpp"

#include "engine/core/random.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using engine::analysis::classify_pattern;
using engine::analysis::Episode;
using engine::analysis::Pattern;
using engine::analysis::Protocol;
using engine::core::Step;
using tests::Made;
using tests::repeated;
using tests::step_ms;

// Responses made by hand: how a stimulus is read, and firing under lasting drive.

namespace {

QString name(const Made& made) { return QString::fromStdString(made.pattern().name); }

/// A step of current from 50 ms to the end.
Made step(double duration_ms = 500.0)
{
    Made made(duration_ms);
    made.current(50.0, duration_ms, 10.0);
    return made;
}

} // namespace

class TestPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_protocol_is_read_from_its_samples()
    {
        const Protocol p = Made(400.0)
                               .current(50.0, 60.0, 3.0)
                               .current(100.0, 105.0, -2.0)
                               .current(200.0, 300.0, [](double t) { return 0.05 * t; })
                               .protocol();
        QCOMPARE(p.baseline, 0.0);
        QCOMPARE(p.episodes.size(), std::size_t {3});
        QCOMPARE(p.episodes[0].begin, Step {500});
        QCOMPARE(p.episodes[0].end, Step {600});
        QVERIFY(p.episodes[0].up && !p.episodes[1].up && p.episodes[2].up);
        QVERIFY(p.episodes[2].shape == Episode::Shape::ramp);
        QCOMPARE(p.episodes[2].end, Step {3000});
        QCOMPARE(p.rest_until(0), Step {1000});
        QCOMPARE(p.rest_until(2), Step {4000});
    }

    void the_baseline_is_where_the_current_returns_to()
    {
        const auto baseline = [](const Made& made) { return made.protocol().baseline; };
        QCOMPARE(baseline(Made(300.0).current(0.0, 300.0, 80.0).current(50.0, 250.0, -5.0)), 80.0);
        QCOMPARE(baseline(Made(300.0).current(0.0, 60.0, -25.0)), 0.0);
        QCOMPARE(baseline(Made(300.0).current(0.0, 300.0, 1.2)), 0.0); // a drive that never ends
        QCOMPARE(baseline(Made(300.0).current(0.0, 300.0, 5.0).current(100.0, 300.0, 9.0)), 5.0);
    }

    void a_current_that_always_changes_fluctuates()
    {
        engine::core::Random random(1);
        const Protocol p
            = Made(100.0).current(0.0, 100.0, [&](double) { return random.normal(); }).protocol();
        QCOMPARE(p.episodes.size(), std::size_t {1});
        QVERIFY(p.episodes[0].shape == Episode::Shape::fluctuating);
    }

    void nothing_is_silent()
    {
        QCOMPARE(name(Made(100.0)), QString("silent"));
        QCOMPARE(name(step()), QString("silent"));
        QCOMPARE(QString::fromStdString(classify_pattern({}).name), QString("silent"));
    }

    void regular_firing_is_tonic_at_any_rate()
    {
        for (const double isi : {3.0, 8.0, 15.0, 40.0, 100.0}) {
            const Made made = step().train(55.0, repeated({isi}, static_cast<int>(440.0 / isi)));
            QCOMPARE(name(made), QString("tonic spiking"));
            QVERIFY(made.pattern().also.empty());
        }
    }

    void spikes_alone_are_enough_for_firing_that_lasts()
    {
        std::vector<Step> spikes;
        for (Step stamp = 100; stamp < 5000; stamp += 250) {
            spikes.push_back(stamp);
        }
        QCOMPARE(classify_pattern({step_ms, spikes, {}, {}}).name, std::string("tonic spiking"));
    }

    void anything_gets_a_name_and_a_reason()
    {
        engine::core::Random random(7);
        const auto below = [&](double n) { return static_cast<std::size_t>(random.uniform() * n); };
        for (int i = 0; i < 2000; ++i) {
            std::vector<double> V(below(400.0));
            std::vector<double> I(below(3.0) == 0 ? 0 : below(400.0));
            std::vector<Step> spikes;
            for (double& v : V) {
                v = -65.0 + random.normal();
            }
            for (std::size_t k = 0; k < I.size();) {
                const double level = static_cast<double>(below(3.0)) - 1.0;
                const double slope = below(3.0) == 0 ? 0.01 : 0.0;
                const std::size_t end = std::min(I.size(), k + 1 + below(120.0));
                for (double x = level; k < end; ++k, x += slope) {
                    I[k] = x;
                }
            }
            for (Step stamp = 1 + static_cast<Step>(below(100.0)); stamp < 450 && below(9.0) > 0;) {
                spikes.push_back(stamp);
                stamp += 1 + static_cast<Step>(below(60.0));
            }
            const Pattern pattern = classify_pattern({step_ms, spikes, V, I});
            QVERIFY(!pattern.name.empty() && !pattern.reason.empty());
            QVERIFY((pattern.name == "silent") <= spikes.empty());
            QVERIFY(pattern.reason.find("nan") == std::string::npos);
            QVERIFY(pattern.reason.find("inf") == std::string::npos);
        }
    }

    void the_reason_gives_the_numbers()
    {
        const Pattern p
            = Made(100.0).current(10.0, 100.0, 14.0).train(13.3, {4, 14.5, 27.8, 27.5}).pattern();
        QCOMPARE(QString::fromStdString(p.reason),
            QString(
                "5 spikes during 90 ms of drive; the last two intervals 27.8 and 27.5 ms differ "
                "by 1.08 %"));
    }

    void a_first_short_interval_does_not_make_a_burst_or_adaptation()
    {
        QCOMPARE(
            name(step().train(53.8, {18.1, 45.3, 45.2, 45.2, 45.2, 45.2, 45.2, 45.2, 45.2, 45.2})),
            QString("tonic spiking"));
    }

    void growing_intervals_are_adaptation()
    {
        const Made made = step().train(53.0, {3, 4, 6, 10, 14, 14, 14, 14, 14, 14});
        QVERIFY(made.pattern().name != "spike frequency adaptation"); // it stops at 150 ms
        std::vector<double> intervals {3, 4, 6, 10};
        const std::vector<double> steady = repeated({14}, 29);
        intervals.insert(intervals.end(), steady.begin(), steady.end());
        const Pattern p = step().train(53.0, intervals).pattern();
        QCOMPARE(p.name, std::string("spike frequency adaptation"));
        QVERIFY(p.is("tonic spiking"));
        QVERIFY(!p.is("tonic bursting"));
    }

    void bursts_that_go_on_are_tonic_bursting()
    {
        QCOMPARE(name(step().train(55.0, repeated({2, 3, 5, 45}, 8))), QString("tonic bursting"));
        // Groups that are not set apart by a pause are none.
        QCOMPARE(name(step().train(55.0, repeated({11, 13, 16}, 11))), QString("tonic spiking"));
        // Pairs are no bursts.
        QCOMPARE(name(step().train(55.0, repeated({6, 30}, 12))), QString("undecided"));
    }

    void a_burst_and_single_spikes_are_mixed_mode()
    {
        QCOMPARE(name(step().train(55.0, {2.5, 4, 40, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32})),
            QString("mixed mode"));
        // Without the deeper pause after the burst the train adapts.
        QCOMPARE(
            name(step().train(55.0, {2, 3, 5, 23, 30, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32})),
            QString("spike frequency adaptation"));
    }

    void firing_at_the_onset_alone_is_phasic()
    {
        const auto recovering = [](double t) { return -62.0 - 12.0 * std::exp(-t / 40.0); };
        QCOMPARE(name(step().spikes({60.0}).voltage(60.0, 500.0, recovering)),
            QString("phasic spiking"));
        QCOMPARE(name(step().train(60.0, {3, 4, 5, 8}).voltage(80.0, 500.0, recovering)),
            QString("phasic bursting"));
    }

    void one_spike_and_a_voltage_that_still_rises_is_undecided()
    {
        const auto rising = [](double t) { return -75.0 + 0.1 * t; };
        QCOMPARE(
            name(step(170.0).spikes({60.0}).voltage(60.0, 170.0, rising)), QString("undecided"));
        // Nor does a short step tell.
        QCOMPARE(name(step(80.0).spikes({60.0})), QString("undecided"));
    }

    void random_firing_is_irregular_and_not_bursting()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            engine::core::Random random(seed);
            std::vector<double> times {5.0};
            while (times.back() < 950.0) {
                times.push_back(times.back() + 2.0 + 25.0 * random.exponential());
            }
            const Pattern p = Made(1000.0).spikes(times).pattern_without_current();
            QCOMPARE(p.name, std::string("irregular spiking"));
            QVERIFY(p.also.empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestPattern)
#include "tst_pattern.moc"
