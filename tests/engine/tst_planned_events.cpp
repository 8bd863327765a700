// Events that are planned, moved and taken away while the network runs.

#include "engine/config/event_edit.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <cmath>

using namespace engine;
using config::Event;
using config::PresetDocument;
using core::Step;
using test_support::csv;
using test_support::headless_csv;
using test_support::Live;
using test_support::neuron_text;
using test_support::number_at;
using test_support::preset;

namespace {

constexpr double duration_ms = 60.0;

PresetDocument with(std::vector<Event> events)
{
    return preset(neuron_text(duration_ms)).with_events(events);
}

/// The JSON text of these events.
core::Value text_of(const std::vector<Event>& events)
{
    return with(events).value("events").value_or(core::Value {});
}

Recording recorded(const Simulation& simulation)
{
    return {simulation.as_run(), simulation.history(), simulation.grid(), simulation.now(), true};
}

void plan(Simulation& simulation, const std::vector<Event>& events)
{
    const auto outcome = simulation.set("events", text_of(events));
    QVERIFY2(!core::has_errors(outcome.errors), core::text(outcome.errors).c_str());
    QCOMPARE(outcome.rebuild, std::string());
}

} // namespace

class TestPlannedEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_planned_event_acts_as_one_of_the_file_does()
    {
        const std::vector<Event> events {{20.0, "drive", 700.0}, {40.0, "drive", 300.0}};
        Simulation simulation(with({}), {1});
        simulation.advance(150);
        plan(simulation, events);
        QVERIFY(simulation.changes().size() == 1); // of the plan; nothing has acted yet
        simulation.advance(100);
        QCOMPARE(number_at(simulation.document(), "drive"), 700.0);
        simulation.advance(1000);
        QCOMPARE(simulation.now(), simulation.end());
        QVERIFY(csv(recorded(simulation)) == headless_csv(with(events)));
        QVERIFY(headless_csv(simulation.as_run()) == headless_csv(with(events)));
        QVERIFY(simulation.as_run().text().find("\"set\": \"events\"") == std::string::npos);
    }

    void what_has_acted_stays_and_the_next_sweep_has_the_new_list()
    {
        Simulation simulation(with({{10.0, "drive", 700.0}, {30.0, "drive", 100.0}}), {1});
        simulation.advance(200);
        plan(simulation, {{5.0, "drive", 900.0}, {25.0, "drive", 400.0}});
        QCOMPARE(number_at(simulation.document(), "drive"), 700.0);
        simulation.advance(600);
        const auto acted = with({{10.0, "drive", 700.0}, {25.0, "drive", 400.0}});
        QVERIFY(csv(recorded(simulation)) == headless_csv(acted));
        simulation.restart();
        simulation.advance(600);
        const auto next = with({{5.0, "drive", 900.0}, {25.0, "drive", 400.0}});
        QVERIFY(csv(recorded(simulation)) == headless_csv(next));
    }

    void an_event_of_now_acts_once()
    {
        const Event now {20.0, "populations/n/jump/0/V_m", 3.0};
        Simulation simulation(with({}), {1});
        simulation.advance(200);
        plan(simulation, {now});
        simulation.advance(100);
        Simulation other(with({now}), {1});
        other.advance(300);
        QVERIFY(csv(recorded(simulation)) == csv(recorded(other)));
        // It has acted: another one of the same moment comes too late for nothing but itself.
        simulation.restart();
        simulation.advance(200);
        plan(simulation, {now, {20.0, "drive", 800.0}});
        simulation.advance(100);
        Simulation both(with({now, {20.0, "drive", 800.0}}), {1});
        both.advance(300);
        QVERIFY(csv(recorded(simulation)) == csv(recorded(both)));
    }

    void events_can_be_taken_away_before_they_act()
    {
        Simulation simulation(with({{30.0, "drive", 900.0}}), {1});
        simulation.advance(299);
        plan(simulation, {});
        simulation.advance(600);
        QVERIFY(csv(recorded(simulation)) == headless_csv(with({})));
        QVERIFY(simulation.as_run().experiment().events.empty());
    }

    void a_change_beside_a_plan_is_a_change()
    {
        Simulation simulation(with({}), {1});
        simulation.advance(100);
        const auto outcome
            = simulation.set_all({{"drive", 650.0}, {"events", text_of({{20.0, "drive", 200.0}})}});
        QVERIFY(!core::has_errors(outcome.errors));
        simulation.advance(600);
        const auto same = with({{10.0, "drive", 650.0}, {20.0, "drive", 200.0}});
        QVERIFY(csv(recorded(simulation)) == headless_csv(same));
    }

    void a_wrong_list_changes_nothing()
    {
        Simulation simulation(with({{30.0, "drive", 900.0}}), {1});
        simulation.advance(100);
        const std::string wrong = R"([{"at": 20, "set": "simulation/dt", "value": 0.05}])";
        QVERIFY(core::has_errors(simulation.set("events", wrong).errors));
        QVERIFY(core::has_errors(simulation.set("events", std::string("[")).errors));
        simulation.advance(600);
        QVERIFY(csv(recorded(simulation)) == headless_csv(with({{30.0, "drive", 900.0}})));
    }

    void a_branch_keeps_the_plan()
    {
        Live live;
        live.open(neuron_text(1e6), false);
        QVERIFY(live.wait_for_session());
        const auto at = [&live](Step step) {
            return live.wait(
                [&](const Frame& f) { return std::llround(f.status.t_ms * 10.0) == step; });
        };
        live.post(StepOnce {300});
        QVERIFY(at(300));
        live.set("events", text_of({{15.0, "drive", 100.0}, {25.0, "drive", 640.0}}));
        live.post(StepOnce {100});
        QVERIFY(at(400));
        QCOMPARE(number_at(live.frame().document, "drive"), 500.0); // both times were over
        live.post(ContinueFrom {200});
        QVERIFY(live.wait([](const Frame& f) { return f.branch != nullptr; }));
        live.post(StepOnce {100});
        QVERIFY(at(300));
        QCOMPARE(number_at(live.frame().document, "drive"), 640.0);
        const Recording recording = live.simulation().present().value();
        const auto same = preset(neuron_text(30.0)).with_events({{25.0, "drive", 640.0}});
        QVERIFY(csv(recording) == headless_csv(same));
    }
};

QTEST_APPLESS_MAIN(TestPlannedEvents)
#include "tst_planned_events.moc"
