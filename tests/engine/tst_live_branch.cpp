// Going back to a recorded moment in a live run: what its frames, notices and log tell.

#include "engine/core/diagnostic.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <cmath>
#include <random>

using namespace engine;
using core::Step;
using test_support::csv;
using test_support::headless_csv;
using test_support::Live;
using test_support::network_text;
using test_support::neuron_text;
using test_support::number_at;
using test_support::preset;

namespace {

/// Does steps and waits until they are done.
bool step(Live& live, Step steps)
{
    const Step before = std::llround(live.frame().status.t_ms * 10.0);
    live.post(StepOnce {steps});
    return live.wait([&](const Frame& f) {
        return std::llround(f.status.t_ms * 10.0) == before + steps && !f.status.build_fraction;
    });
}

/// The run of the window's log, as `run` of the saved file repeats it.
std::string repeated(const Recording& recording)
{
    const config::SetResult cut
        = preset(recording.as_run.text())
              .set("simulation/duration", recording.grid.time_ms(recording.end));
    return headless_csv(cut.document.value());
}

} // namespace

class TestLiveBranch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void present_values_are_brought_along_where_asked_for()
    {
        Live live;
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(step(live, 300));
        live.set("drive", 555.0);
        QVERIFY(step(live, 300));
        live.post(ContinueFrom {200, {}, true});
        QVERIFY(live.wait([](const Frame& f) { return f.branch != nullptr; }));
        QCOMPARE(number_at(live.frame().document, "drive"), 555.0);
        QCOMPARE(live.frame().status.t_ms, 20.0);
        live.post(ContinueFrom {200});
        QVERIFY(live.wait([](const Frame& f) { return f.sweep == 2; }));
        // The branch before began with that change: it is part of the state of then.
        QCOMPARE(number_at(live.frame().document, "drive"), 555.0);
        QVERIFY(step(live, 1)); // which sees it
        live.post(ContinueFrom {199});
        QVERIFY(live.wait([](const Frame& f) { return f.sweep == 3; }));
        QCOMPARE(number_at(live.frame().document, "drive"), 500.0);
    }

    void what_was_dropped_is_refused()
    {
        LiveOptions options;
        options.history_bytes = 200000;
        Live live(options);
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(step(live, 60000));
        const double kept = live.frame().status.history_from_ms;
        QVERIFY(kept > 0.0);
        live.post(ContinueFrom {static_cast<Step>(std::llround(kept * 10.0)) - 1});
        QVERIFY(live.wait_for_notice(core::Severity::error));
        QVERIFY(live.notices().back().text.find("not kept any more") != std::string::npos);
        live.post(ContinueFrom {static_cast<Step>(std::llround(kept * 10.0)) + 100});
        QVERIFY(live.wait([](const Frame& f) { return f.branch != nullptr; }));
    }

    void another_budget_acts_on_this_run_and_on_the_next()
    {
        constexpr std::int64_t steps = 600000;
        Live live;
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(step(live, steps));
        QCOMPARE(live.frame().status.history_from_ms, 0.0);
        const Step end = live.frame().to;
        const auto kept = live.frame().history->rows(0, end - 10000, end);
        constexpr std::size_t budget = 3000000; // some segments
        live.post(SetHistoryBudget {budget});
        QVERIFY(live.wait([](const Frame& f) { return f.status.history_from_ms > 0.0; }));
        QVERIFY(live.frame().history->bytes() <= budget);
        QCOMPARE(live.frame().history->rows(0, end - 10000, end).values, kept.values);
        live.post(ResetState {});
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms == 0.0; }));
        QVERIFY(step(live, steps));
        QVERIFY(live.frame().status.history_from_ms > 0.0);
        live.post(NewSeed {7});
        QVERIFY(
            live.wait([](const Frame& f) { return f.status.seed == 7 && f.status.t_ms == 0.0; }));
        QVERIFY(step(live, steps));
        QVERIFY(live.frame().history->bytes() <= budget);
    }

    void frames_tell_the_branch_and_repeat_its_changes()
    {
        Live live;
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(step(live, 100));
        live.set("drive", 600.0);
        QVERIFY(step(live, 900));
        const auto original = live.frame().history;
        std::size_t changes = 0;
        live.on_frame = [&](const Frame& f) { changes += f.branch ? f.changes.size() : 0; };
        live.post(ContinueFrom {400});
        QVERIFY(live.wait([](const Frame& f) { return f.sweep == 1; }));
        const Frame& frame = live.frame();
        QVERIFY(frame.branch);
        QCOMPARE(frame.branch->at, Step {400});
        QCOMPARE(frame.branch->end, Step {1000});
        QVERIFY(frame.branch->history == original);
        QVERIFY(frame.history != original);
        QCOMPARE(frame.to, Step {400});
        QCOMPARE(frame.status.state, RunState::paused);
        QCOMPARE(changes, std::size_t {1});
        QVERIFY(!frame.status.build_fraction);
    }

    void a_sweep_that_is_over_can_be_continued_from()
    {
        // Slow enough that the second sweep has not come as far as the moment.
        Live live;
        live.open(neuron_text(60, R"(, "at_end": "repeat", "speed": 0.5)"));
        QVERIFY(live.wait([](const Frame& f) { return f.sweep == 1; }));
        live.post(Pause {});
        live.set("drive", 640.0); // no step of this sweep has seen it ...
        QVERIFY(live.wait([](const Frame& f) { return number_at(f.document, "drive") == 640.0; }));
        live.post(ContinueFrom {300, std::uint64_t {0}});
        QVERIFY(live.wait([](const Frame& f) { return f.branch != nullptr; }));
        QCOMPARE(live.frame().branch->end, Step {600});
        QCOMPARE(live.frame().status.t_ms, 30.0);
        QCOMPARE(number_at(live.frame().document, "drive"), 640.0); // ... so it comes along
        QVERIFY(csv(live.simulation().present().value())
            == repeated(live.simulation().present().value()));
    }

    void the_original_can_be_gone_back_to()
    {
        Live live;
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(step(live, 1000));
        const std::string original = csv(live.simulation().present().value());
        live.post(ContinueFrom {400});
        live.set("drive", 900.0); // stays behind, although no step has seen it
        live.post(ContinueFrom {1000, std::uint64_t {0}});
        QVERIFY(live.wait([](const Frame& f) { return f.sweep == 2; }));
        QVERIFY(csv(live.simulation().present().value()) == original);
    }

    void the_running_goes_on()
    {
        Live live;
        live.open(network_text(1e6));
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms > 60.0; }));
        live.post(ContinueFrom {300});
        QVERIFY(live.wait([](const Frame& f) { return f.branch && f.status.t_ms > 80.0; }));
        QCOMPARE(live.frame().status.state, RunState::running);
    }

    void commands_in_any_order_leave_a_run_that_can_be_repeated_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<QString>("simulation");
        for (const unsigned seed : {1U, 2U, 3U}) {
            QTest::addRow("goes on, %u", seed) << seed << R"(, "speed": "max")";
            QTest::addRow("repeats, %u", seed) << seed << R"(, "at_end": "repeat", "speed": 20)";
        }
    }

    void commands_in_any_order_leave_a_run_that_can_be_repeated()
    {
        QFETCH(unsigned, seed);
        QFETCH(QString, simulation);
        Live live;
        live.open(network_text(150, simulation.toStdString()));
        QVERIFY(live.wait_for_session());
        std::mt19937_64 random(seed);
        const auto pick = [&](double low, double high) {
            return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
        };
        int branches = 0;
        live.on_frame = [&](const Frame& f) { branches += f.branch ? 1 : 0; };
        for (int i = 0; i < 60; ++i) {
            const auto reached = static_cast<double>(live.frame().status.t_ms * 10.0);
            switch (random() % 8) {
            case 0:
                live.set("g", pick(2, 8));
                break;
            case 1:
                live.set("projections/EI/delay", std::round(pick(1, 60)) / 10);
                break;
            case 2:
                live.post(Pause {});
                break;
            case 3:
                live.post(StepOnce {static_cast<Step>(random() % 400)});
                break;
            case 4:
                live.post(Run {});
                break;
            case 5:
                live.post(ContinueFrom {static_cast<Step>(pick(0, 1.2 * reached)),
                    live.frame().sweep > 0 && random() % 2 == 0
                        ? std::optional(live.frame().sweep - 1)
                        : std::nullopt});
                break;
            default:
                live.post(
                    ContinueFrom {static_cast<Step>(pick(0, reached)), {}, random() % 4 == 0});
            }
            if (random() % 3 == 0) {
                while (live.simulation().take_frame()) { }
                QTest::qSleep(static_cast<int>(random() % 8));
                live.post(SetSpeed {20.0}); // something to hear of
                QVERIFY(live.wait([](const Frame&) { return true; }));
            }
        }
        live.post(CancelBuild {}); // whatever is under way
        live.post(Pause {});
        live.post(StepOnce {7});
        QVERIFY(live.wait_for_state(RunState::paused));
        QTRY_VERIFY(!live.simulation().take_frame());
        QVERIFY(branches > 0);
        QTRY_VERIFY(live.simulation().present().value().end > 0); // a run without a step is no run
        const Recording recording = live.simulation().present().value();
        QVERIFY(csv(recording) == repeated(recording));
    }
};

QTEST_APPLESS_MAIN(TestLiveBranch)
#include "tst_live_branch.moc"
