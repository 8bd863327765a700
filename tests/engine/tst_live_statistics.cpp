#include "engine/analysis/statistics_observer.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"

#include <QTest>

using namespace engine;
using test_support::Live;
using test_support::network_text;

namespace {

std::shared_ptr<const analysis::NetworkStatistics> headless(
    const config::PresetDocument& document, core::Step from, core::Step to)
{
    Simulation simulation(document, {});
    const auto window
        = std::make_shared<analysis::WindowStatistics>(document.experiment(), from, to);
    simulation.observe(window);
    simulation.advance(to);
    return std::make_shared<analysis::NetworkStatistics>(window->statistics());
}

} // namespace

class TestLiveStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void at_the_end_they_are_those_of_the_last_window()
    {
        const std::string text = network_text(3200, R"(, "at_end": "stop", "speed": "max")");
        Live live;
        live.open(text);
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.status.state == RunState::ended && frame.statistics
                && frame.statistics->to_ms >= 3000.0;
        }));
        const analysis::NetworkStatistics& found = *live.frame().statistics;
        QCOMPARE(found.from_ms, 1000.0);
        QCOMPARE(found.to_ms, 3000.0);
        const auto expected = headless(test_support::preset(text), 10000, 30000);
        QCOMPARE(found.network.spikes, expected->network.spikes);
        QCOMPARE(found.network.synchrony, expected->network.synchrony);
        QCOMPARE(found.populations[0].cv_isi, expected->populations[0].cv_isi);
        QCOMPARE(found.populations[1].fano_1ms, expected->populations[1].fano_1ms);
    }

    void a_pause_shows_the_statistics_of_what_was_run()
    {
        Live live;
        live.open(network_text(5000, R"(, "at_end": "stop")"), false);
        QVERIFY(live.wait_for_session());
        QVERIFY(!live.frame().statistics);
        live.post(StepOnce {700});
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.statistics && frame.statistics->to_ms == 70.0;
        }));
        QCOMPARE(live.frame().statistics->from_ms, 0.0);
    }

    void after_a_change_they_are_of_the_changed_network_alone()
    {
        // As fast as the command line: a change in the middle, told within a second of model time.
        const auto document = test_support::preset(network_text(10000, ""));
        Simulation simulation(document, {});
        const auto recent = std::make_shared<analysis::RecentStatistics>(document.experiment());
        const auto expected
            = std::make_shared<analysis::WindowStatistics>(document.experiment(), 33230, 38230);
        simulation.observe(recent);
        simulation.observe(expected);
        simulation.advance(31230);
        QCOMPARE(recent->statistics()->to_ms, 3000.0);
        QVERIFY(!core::has_errors(simulation.set("g", 2.0).errors));
        recent->values_changed(simulation.now());
        simulation.advance(6990);
        // Too little is known of the new network: the windows go on as always.
        QCOMPARE(recent->statistics()->to_ms, 3500.0);
        simulation.advance(10);
        auto found = recent->statistics();
        QCOMPARE(found->from_ms, 3323.0);
        QCOMPARE(found->to_ms, 3823.0);
        QCOMPARE(found->network.spikes, expected->statistics().network.spikes);
        QCOMPARE(found->network.synchrony, expected->statistics().network.synchrony);
        QCOMPARE(found->populations[0].cv_isi, expected->statistics().populations[0].cv_isi);
        // It grows until it is as long as others, and windows follow it again.
        simulation.advance(10000);
        QCOMPARE(recent->statistics()->from_ms, 3323.0);
        QCOMPARE(recent->statistics()->to_ms, 4823.0);
        simulation.advance(10000);
        found = recent->statistics();
        QCOMPARE(found->from_ms, 3500.0);
        QCOMPARE(found->to_ms, 5500.0);
    }

    void while_values_go_on_changing_the_windows_go_on()
    {
        const auto document = test_support::preset(network_text(10000, ""));
        Simulation simulation(document, {});
        const auto recent = std::make_shared<analysis::RecentStatistics>(document.experiment());
        simulation.observe(recent);
        for (int i = 0; i < 100; ++i) {
            simulation.advance(500);
            recent->values_changed(simulation.now());
        }
        QCOMPARE(recent->statistics()->from_ms, 3000.0);
        QCOMPARE(recent->statistics()->to_ms, 5000.0);
        simulation.advance(7000);
        QCOMPARE(recent->statistics()->from_ms, 5200.0);
        QCOMPARE(recent->statistics()->to_ms, 5700.0);
    }

    void the_live_run_begins_a_new_window_at_a_change()
    {
        Live live;
        live.open(network_text(60000, R"(, "at_end": "stop")"), false);
        QVERIFY(live.wait_for_session());
        live.post(StepOnce {25000});
        QVERIFY(live.wait([](const Frame& frame) { return frame.status.t_ms == 2500.0; }));
        live.set("g", 2.0);
        live.post(StepOnce {8000});
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.statistics && frame.statistics->from_ms == 2700.0
                && frame.statistics->to_ms == 3300.0;
        }));
    }

    void a_restart_and_another_network_begin_anew()
    {
        Live live;
        live.open(network_text(2000, R"(, "at_end": "stop", "speed": "max")"));
        const auto whole = [](const Frame& frame) {
            return frame.status.state == RunState::ended && frame.statistics
                && frame.statistics->to_ms == 2000.0;
        };
        QVERIFY(live.wait(whole));
        live.post(Pause {});
        live.post(ResetState {});
        QVERIFY(live.wait([](const Frame& frame) { return frame.sweep == 1; }));
        QVERIFY(!live.frame().statistics);
        live.post(StepOnce {10});
        QVERIFY(live.wait(
            [](const Frame& frame) { return frame.statistics && frame.statistics->to_ms == 1.0; }));
        live.set("K", 5.0); // needs another network
        QVERIFY(live.wait([](const Frame& frame) { return frame.session == 2; }));
        QVERIFY(!live.frame().statistics);
    }
};

QTEST_APPLESS_MAIN(TestLiveStatistics)
#include "tst_live_statistics.moc"
