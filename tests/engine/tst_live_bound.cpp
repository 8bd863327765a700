// A live run that follows another one: it never goes beyond the bound that it is told.

#include "engine/live_simulation.hpp"
#include "tests/support/live.hpp"

#include <QtTest>

using namespace engine;
using test_support::Live;

namespace {

LiveOptions beside()
{
    LiveOptions options;
    options.beside = true;
    return options;
}

} // namespace

class TestLiveBound : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_stands_at_its_bound_and_goes_on_when_that_moves();
    void what_it_does_are_the_bits_of_the_command_line();
    void a_lower_bound_takes_nothing_back_and_a_reset_starts_below_it();
    void a_repeating_run_begins_no_sweep_of_its_own_at_the_bound();
    void without_a_bound_it_runs_freely();
};

void TestLiveBound::it_stands_at_its_bound_and_goes_on_when_that_moves()
{
    Live live(beside());
    double bound = 0.0;
    bool ahead = false;
    live.on_frame = [&](const Frame& frame) { ahead = ahead || frame.status.t_ms > bound + 1e-9; };
    live.post(Bound {bound});
    live.open(test_support::network_text(200.0, R"(, "speed": "max")"));
    QVERIFY(live.wait_for_session());
    for (const double next : {0.1, 7.35, 60.0, 60.04, 123.4}) {
        bound = next;
        live.post(Bound {bound});
        const double reached = 0.1 * std::floor(bound / 0.1 + 1e-6);
        QVERIFY(live.wait(
            [&](const Frame& frame) { return std::abs(frame.status.t_ms - reached) < 1e-9; }));
        QCOMPARE(live.frame().status.state, RunState::running);
        // What it reaches in the time to come is no more.
        QTest::qWait(30);
        live.simulation().take_frame();
        QVERIFY(!ahead);
    }
}

void TestLiveBound::what_it_does_are_the_bits_of_the_command_line()
{
    const std::string text
        = test_support::network_text(150.0, R"(, "at_end": "stop", "speed": "max")");
    Live live(beside());
    live.post(Bound {0.0});
    live.open(text);
    QVERIFY(live.wait_for_session());
    for (double bound = 1.7; bound < 160.0; bound += 13.7) {
        live.post(Bound {bound});
        QTest::qWait(2);
    }
    live.post(Bound {150.0});
    QVERIFY(live.wait_for_state(RunState::ended));
    QCOMPARE(QString::fromStdString(test_support::csv(*live.simulation().present())),
        QString::fromStdString(test_support::headless_csv(test_support::preset(text))));
}

void TestLiveBound::a_lower_bound_takes_nothing_back_and_a_reset_starts_below_it()
{
    Live live;
    live.post(Bound {80.0});
    live.open(test_support::network_text(200.0, R"(, "speed": "max")"));
    QVERIFY(live.wait([](const Frame& frame) { return frame.status.t_ms > 79.95; }));
    live.post(Bound {20.0});
    QTest::qWait(30);
    QCOMPARE(live.simulation().present()->end, core::Step {800});
    live.post(ResetState {});
    QVERIFY(live.wait([](const Frame& frame) {
        return frame.sweep == 1 && std::abs(frame.status.t_ms - 20.0) < 1e-9;
    }));
    QTest::qWait(30);
    QCOMPARE(live.simulation().present()->end, core::Step {200});
}

void TestLiveBound::a_repeating_run_begins_no_sweep_of_its_own_at_the_bound()
{
    Live live;
    live.post(Bound {50.0});
    live.open(test_support::network_text(50.0, R"(, "at_end": "repeat", "speed": "max")"));
    QVERIFY(live.wait([](const Frame& frame) { return frame.status.t_ms > 49.95; }));
    QTest::qWait(50);
    live.simulation().take_frame();
    QCOMPARE(live.simulation().present()->end, core::Step {500});
}

void TestLiveBound::without_a_bound_it_runs_freely()
{
    Live live;
    live.post(Bound {10.0});
    live.open(test_support::network_text(100.0, R"(, "at_end": "stop", "speed": "max")"));
    QVERIFY(live.wait([](const Frame& frame) { return frame.status.t_ms > 9.95; }));
    live.post(Bound {});
    QVERIFY(live.wait_for_state(RunState::ended));
}

QTEST_GUILESS_MAIN(TestLiveBound)
#include "tst_live_bound.moc"
