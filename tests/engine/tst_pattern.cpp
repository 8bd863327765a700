#include "engine/analysis/pattern.hpp"
#include "engine/analysis/pattern_protocol.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using engine::analysis::classify_pattern;
using engine::analysis::Episode;
using engine::analysis::Pattern;
using engine::analysis::Protocol;
using engine::analysis::read_protocol;
using engine::core::Step;

// Responses made by hand: each definition with what must not be taken for it.

namespace {

constexpr double dt_ms = 0.1;
constexpr double pi = 3.14159265358979323846;

/// A recording that is built up; V rests at -65 mV.
class Made {
public:
    explicit Made(double duration_ms)
        : V_(steps(duration_ms), -65.0)
        , I_(steps(duration_ms), 0.0)
    {
    }

    /// Adds a current in every step that begins in [from, to).
    Made& current(double from_ms, double to_ms, double amplitude)
    {
        return current(from_ms, to_ms, [&](double) { return amplitude; });
    }
    Made& current(double from_ms, double to_ms, const std::function<double(double)>& at)
    {
        for (std::size_t i = 0; i < I_.size(); ++i) { // sample i belongs to the step i + 1
            const double t = static_cast<double>(i + 1) * dt_ms;
            if (t > from_ms - dt_ms / 2 && t < to_ms - dt_ms / 2) {
                I_[i] += at(t - from_ms);
            }
        }
        return *this;
    }
    Made& voltage(double from_ms, double to_ms, const std::function<double(double)>& at)
    {
        for (std::size_t i = steps(from_ms); i < steps(to_ms); ++i) {
            V_[i] = at(static_cast<double>(i + 1) * dt_ms - from_ms);
        }
        return *this;
    }
    Made& spikes(const std::vector<double>& times_ms)
    {
        for (const double t : times_ms) {
            spikes_.push_back(static_cast<Step>(std::lround(t / dt_ms)));
        }
        return *this;
    }
    /// Spikes from `first_ms` on with these intervals.
    Made& train(double first_ms, const std::vector<double>& intervals_ms)
    {
        std::vector<double> times {first_ms};
        for (const double interval : intervals_ms) {
            times.push_back(times.back() + interval);
        }
        return spikes(times);
    }

    Pattern pattern() const { return classify_pattern({dt_ms, spikes_, V_, I_}); }
    Pattern pattern_without_current() const { return classify_pattern({dt_ms, spikes_, V_, {}}); }
    Protocol protocol() const { return read_protocol(I_, static_cast<Step>(V_.size())); }

private:
    static std::size_t steps(double ms)
    {
        return static_cast<std::size_t>(std::lround(ms / dt_ms));
    }
    std::vector<double> V_;
    std::vector<double> I_;
    std::vector<Step> spikes_;
};

QString name(const Made& made) { return QString::fromStdString(made.pattern().name); }

std::vector<double> repeated(std::vector<double> intervals, int times)
{
    std::vector<double> out;
    for (int i = 0; i < times; ++i) {
        out.insert(out.end(), intervals.begin(), intervals.end());
    }
    return out;
}

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
        QCOMPARE(classify_pattern({dt_ms, spikes, {}, {}}).name, std::string("tonic spiking"));
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
            const Pattern pattern = classify_pattern({dt_ms, spikes, V, I});
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
        QCOMPARE(name(step().train(55.0, repeated({6, 30}, 12))), QString("tonic spiking"));
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

    void a_spike_long_after_a_pulse_has_latency()
    {
        Made made(100.0);
        made.current(10.0, 13.0, 7.0);
        QCOMPARE(name(Made(made).spikes({20.0})), QString("spike latency"));
        QCOMPARE(name(Made(made).spikes({14.0})), QString("undecided"));
    }

    void ringing_is_told_from_noise_and_from_a_single_swing()
    {
        const auto ring = [](double period, double tau) {
            return [=](double t) {
                return -62.0 + 3.0 * std::exp(-t / tau) * std::cos(2.0 * pi * t / period);
            };
        };
        Made made(300.0);
        made.current(20.0, 25.0, 2.0).spikes({26.0});
        const Pattern p = Made(made).voltage(26.0, 300.0, ring(56.0, 40.0)).pattern();
        QCOMPARE(p.name, std::string("subthreshold oscillations"));
        QVERIFY(p.is("resonator"));
        QCOMPARE(name(Made(made).voltage(26.0, 300.0, ring(260.0, 40.0))), QString("undecided"));
        engine::core::Random random(1);
        const auto noise = [&](double) { return -62.0 + random.normal(); };
        QCOMPARE(name(Made(made).voltage(26.0, 300.0, noise)), QString("undecided"));
    }

    void a_hump_after_the_spike_is_a_depolarizing_after_potential()
    {
        Made made(100.0);
        made.current(10.0, 12.0, 20.0).spikes({11.5});
        const auto hump = [](double t) {
            return t < 3.0 ? -60.0 + 3.0 * t : -70.0 + 19.0 * std::exp(-(t - 3.0) / 4.0);
        };
        QCOMPARE(
            name(Made(made).voltage(11.4, 100.0, hump)), QString("depolarizing after-potential"));
        const auto after_hyperpolarization
            = [](double t) { return -65.0 - t * std::exp(-t / 9.0); };
        QCOMPARE(
            name(Made(made).voltage(11.4, 100.0, after_hyperpolarization)), QString("undecided"));
    }

    void doublets_tell_resonators_from_integrators()
    {
        Made made(400.0);
        for (const double t : {40.0, 60.0, 280.0, 320.0}) {
            made.current(t, t + 4.0, 0.65);
        }
        QCOMPARE(name(Made(made).spikes({330.0})), QString("resonator"));
        QCOMPARE(name(Made(made).spikes({70.0})), QString("integrator"));
        // Where both fire, or a first pulse alone, no interval is preferred.
        QCOMPARE(name(Made(made).spikes({70.0, 330.0})), QString("undecided"));
        QCOMPARE(name(Made(made).spikes({42.0, 330.0})), QString("undecided"));
    }

    void a_resonator_fails_at_shorter_and_at_longer_intervals()
    {
        Made made(900.0);
        for (const double t : {40.0, 60.0, 280.0, 320.0, 600.0, 660.0}) {
            made.current(t, t + 4.0, 0.65);
        }
        QCOMPARE(name(made.spikes({330.0})), QString("resonator"));
    }

    void the_same_pulse_after_inhibition_shows_threshold_variability()
    {
        Made made(150.0);
        made.current(10.0, 15.0, 1.0).current(70.0, 75.0, -6.0).current(80.0, 85.0, 1.0);
        QCOMPARE(name(Made(made).spikes({93.0})), QString("threshold variability"));
        QCOMPARE(name(Made(made).spikes({14.0, 84.0})), QString("undecided"));
        QCOMPARE(name(Made(made).spikes({14.0})), QString("undecided"));
        // A stronger second pulse proves nothing.
        Made stronger(150.0);
        stronger.current(10.0, 15.0, 1.0).current(70.0, 75.0, -6.0).current(80.0, 85.0, 1.5);
        QCOMPARE(name(stronger.spikes({93.0})), QString("undecided"));
    }

    void a_pulse_that_switches_lasting_firing_on_shows_bistability()
    {
        Made made(400.0);
        made.current(0.0, 400.0, 0.24).current(100.0, 105.0, 1.0);
        QCOMPARE(name(Made(made).train(108.0, repeated({41}, 7))), QString("bistability"));
        // A burst that ends by itself is an answer to the pulse.
        QVERIFY(!Made(made).train(108.0, {5, 6, 8}).pattern().is("bistability"));
        // So does one that the recording cuts off.
        Made cut(140.0);
        cut.current(0.0, 140.0, 0.24).current(100.0, 105.0, 1.0);
        QVERIFY(!cut.train(120.0, {6, 6, 6}).pattern().is("bistability"));
        // Firing before the pulse was there anyway.
        QVERIFY(!Made(made).train(60.0, repeated({41}, 8)).pattern().is("bistability"));
    }

    void spikes_after_inhibition_are_a_rebound()
    {
        Made made(200.0);
        made.current(20.0, 25.0, -15.0);
        QCOMPARE(name(Made(made).spikes({68.0})), QString("rebound spike"));
        QCOMPARE(name(Made(made).train(68.0, {3, 3, 4, 6})), QString("rebound burst"));
        QVERIFY(!Made(made).spikes({10.0, 68.0}).pattern().is("rebound spike"));
        QVERIFY(!Made(made).train(40.0, repeated({15}, 10)).pattern().is("rebound burst"));
    }

    void spikes_during_inhibition_are_induced_by_it()
    {
        Made made(350.0);
        made.current(0.0, 350.0, 80.0).current(50.0, 250.0, -5.0);
        QCOMPARE(name(Made(made).spikes({95, 166, 236})), QString("inhibition-induced spiking"));
        QCOMPARE(name(Made(made).train(87, {2, 2, 3, 88, 2, 2, 3})),
            QString("inhibition-induced bursting"));
        // Firing that goes on regardless is not induced.
        QCOMPARE(name(Made(made).train(10, repeated({30}, 11))), QString("tonic spiking"));
    }

    void a_slow_ramp_that_fails_where_a_fast_one_fires_shows_accommodation()
    {
        const auto ramps = [](double fast_slope) {
            return Made(400.0)
                .current(0.0, 200.0, [](double t) { return t / 25.0; })
                .current(300.0, 312.0, [=](double t) { return fast_slope * t; });
        };
        QCOMPARE(name(ramps(0.32).spikes({311.0})), QString("accommodation"));
        QCOMPARE(name(ramps(0.32).spikes({150.0, 311.0})), QString("undecided"));
        // A fast ramp that goes higher proves nothing.
        QCOMPARE(name(ramps(1.0).spikes({311.0})), QString("undecided"));
    }

    void firing_on_a_ramp_begins_slowly_or_abruptly()
    {
        // rate = sqrt(r0^2 + slope (I - I0)), a spike whenever its integral has grown by one: from
        // 5 Hz on, or from 25 or 50 Hz on (a slow and a fast resonator).
        const auto on_ramp = [](double r0_Hz) {
            std::vector<double> times {100.0};
            double phase = 0.0;
            for (double t = 100.0; t < 390.0; t += dt_ms) {
                phase += std::sqrt(r0_Hz * r0_Hz + 15.0 * (t - 100.0)) * dt_ms / 1000.0;
                if (phase >= 1.0) {
                    phase -= 1.0;
                    times.push_back(t);
                }
            }
            return Made(400.0)
                .current(30.0, 400.0, [](double t) { return 0.05 * t; })
                .spikes(times);
        };
        QCOMPARE(name(on_ramp(5.0)), QString("class 1 excitable"));
        QCOMPARE(name(on_ramp(25.0)), QString("class 2 excitable"));
        QCOMPARE(name(on_ramp(50.0)), QString("class 2 excitable"));
    }
};

QTEST_APPLESS_MAIN(TestPattern)
#include "tst_pattern.moc"
