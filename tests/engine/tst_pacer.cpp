#include "engine/runner/meter.hpp"
#include "engine/runner/pacer.hpp"

#include <QTest>

#include <cmath>

using engine::core::Step;
using engine::runner::Meter;
using engine::runner::Pacer;
using namespace std::chrono_literals;

class TestPacer : public QObject {
    Q_OBJECT

private:
    static constexpr Pacer::Time begin {1000s};

private Q_SLOTS:
    void due_steps_follow_the_wall_clock_without_drift_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<double>("dt_ms");
        QTest::addRow("real time") << 1.0 << 0.1;
        QTest::addRow("slow") << 0.01 << 0.1;
        QTest::addRow("5 x, dt = 1 ms") << 5.0 << 1.0;
        QTest::addRow("dt is no binary fraction") << 3.0 << 0.3;
    }

    void due_steps_follow_the_wall_clock_without_drift()
    {
        QFETCH(double, speed);
        QFETCH(double, dt_ms);
        Pacer pacer;
        pacer.set_dt(dt_ms);
        pacer.set_speed(speed);
        pacer.anchor(begin, 17);
        for (const auto hours : {0h, 1h, 100h}) {
            const auto wall = hours + 123ms;
            const double model_ms = speed * static_cast<double>((wall).count());
            const double off = static_cast<double>(pacer.due(begin + wall) - 17) - model_ms / dt_ms;
            QVERIFY2(off > -1.001 && off < 0.001, qPrintable(QString::number(off)));
        }
    }

    void a_step_is_due_when_it_is_said_to_be()
    {
        Pacer pacer;
        pacer.set_speed(0.7);
        pacer.anchor(begin, 5);
        for (Step step = 5; step < 2000; ++step) {
            const Step due = pacer.due(pacer.when(step) + 1us);
            QCOMPARE(due, step);
            QCOMPARE(pacer.due(pacer.when(step) - 1us), step - 1);
        }
    }

    void sweeps_follow_each_other_without_a_gap()
    {
        Pacer pacer;
        pacer.set_dt(1.0);
        pacer.set_speed(1.0);
        pacer.anchor(begin, 0);
        pacer.begin_sweep(250); // noticed whenever: the schedule alone counts
        QCOMPARE(pacer.due(begin + 250ms + 10us), Step {0});
        QCOMPARE(pacer.due(begin + 300ms + 10us), Step {50});
    }

    void small_lags_are_made_up_for_and_large_ones_forgiven()
    {
        Pacer pacer;
        pacer.set_dt(1.0);
        pacer.set_speed(1.0);
        pacer.anchor(begin, 0);
        pacer.forgive(begin + 50ms, 0);
        QCOMPARE(pacer.due(begin + 50ms + 10us), Step {50});
        pacer.forgive(begin + 10s, 60);
        QCOMPARE(pacer.due(begin + 10s + 10us), Step {60});
    }

    void the_slowest_speed_gives_a_time_that_exists()
    {
        Pacer pacer;
        pacer.set_speed(1e-300);
        pacer.anchor(begin, 0);
        QVERIFY(pacer.when(1) > begin + 24h);
        QCOMPARE(pacer.steps_in(1ms), Step {1});
    }

    void pace_is_model_time_over_wall_time_of_the_last_half_second()
    {
        Meter meter;
        meter.reset(begin);
        Pacer::Time now = begin;
        for (int i = 0; i < 1000; ++i) { // a second at 0.1 x ...
            now += 1ms;
            meter.add(now, 0.1, 0.5e-3);
        }
        for (int i = 0; i < 1000; ++i) { // ... and one at 2 x, a quarter of the time at work
            now += 1ms;
            meter.add(now, 2.0, 0.25e-3);
        }
        QVERIFY(std::abs(meter.pace(now) - 2.0) < 0.02);
        QVERIFY(std::abs(meter.capacity() - 8.0) < 0.08);
        meter.reset(now);
        QCOMPARE(meter.pace(now + 100ms), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestPacer)
#include "tst_pacer.moc"
