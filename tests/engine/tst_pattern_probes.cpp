#include "tests/support/made_response.hpp"

#include "engine/core/random.hpp"

#include <QTest>

#include <cmath>

using engine::analysis::Pattern;
using tests::Made;
using tests::repeated;
using tests::step_ms;

// Responses made by hand to pulses, ramps and inhibition: each definition with what must not be
// taken for it.

namespace {

constexpr double pi = 3.14159265358979323846;

QString name(const Made& made) { return QString::fromStdString(made.pattern().name); }

} // namespace

class TestPatternProbes : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        // Nor is rest seen in a silence that is shorter than the pauses of the firing.
        QVERIFY(!Made(made).train(106.0, repeated({140}, 2)).pattern().is("bistability"));
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
            for (double t = 100.0; t < 390.0; t += step_ms) {
                phase += std::sqrt(r0_Hz * r0_Hz + 15.0 * (t - 100.0)) * step_ms / 1000.0;
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

QTEST_APPLESS_MAIN(TestPatternProbes)
#include "tst_pattern_probes.moc"
