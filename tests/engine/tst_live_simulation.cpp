#include "engine/core/diagnostic.hpp"
#include "engine/simulation.hpp"
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
using test_support::preset;

namespace {

const std::string stops = R"(, "at_end": "stop", "speed": "max")";
const std::string repeats = R"(, "at_end": "repeat", "speed": "max")";

double value(const config::PresetDocument& document, const std::string& path)
{
    return std::get<double>(document.value(path).value());
}

} // namespace

class TestLiveSimulation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pace_changes_nothing_data()
    {
        QTest::addColumn<QString>("speed");
        QTest::addRow("as fast as possible") << R"("max")";
        QTest::addRow("5 x real time") << "5";
        QTest::addRow("half real time") << "0.5";
    }

    void pace_changes_nothing()
    {
        QFETCH(QString, speed);
        const std::string text
            = network_text(150, R"(, "at_end": "stop", "speed": )" + speed.toStdString());
        Live live;
        live.open(text);
        QVERIFY(live.wait_for_state(RunState::ended));
        const Recording recording = live.simulation().recording().value();
        QCOMPARE(recording.end, Step {1500});
        QVERIFY(recording.complete);
        QVERIFY(csv(recording) == headless_csv(preset(text)));
    }

    void single_steps_change_nothing()
    {
        const std::string text = network_text(30, stops);
        Live live;
        live.open(text, false);
        QVERIFY(live.wait_for_session());
        QCOMPARE(live.frame().status.state, RunState::paused);
        std::mt19937_64 random(4);
        Step done = 0;
        while (done < 300) {
            const auto steps = std::min<Step>(1 + static_cast<Step>(random() % 20), 300 - done);
            done += steps;
            live.post(StepOnce {steps});
            QVERIFY(live.wait([&](const Frame& f) {
                return f.status.t_ms == core::TimeGrid(0.1).time_ms(done);
            }));
            QVERIFY(live.frame().status.state == (done < 300 ? RunState::paused : RunState::ended));
        }
        QVERIFY(csv(live.simulation().recording().value()) == headless_csv(preset(text)));
    }

    void frames_together_are_the_history()
    {
        const std::string text = network_text(400, R"(, "at_end": "stop", "speed": 10)");
        Live live;
        live.simulation().set_display_ms(1e6);
        std::vector<std::vector<Step>> steps(2);
        std::vector<double> values;
        std::vector<recording::Spike> spikes;
        Step last = 0;
        bool gap = false;
        live.on_frame = [&](const Frame& frame) {
            gap = gap || frame.skipped || (frame.to > 0 && frame.from != last);
            last = frame.to;
            for (std::size_t g = 0; g < frame.traces.size(); ++g) {
                const recording::TraceRows& rows = frame.traces[g];
                steps[g].insert(steps[g].end(), rows.steps.begin(), rows.steps.end());
                if (g == 0) {
                    values.insert(values.end(), rows.values.begin(), rows.values.end());
                }
            }
            spikes.insert(spikes.end(), frame.spikes.begin(), frame.spikes.end());
        };
        live.open(text);
        QVERIFY(live.wait_for_state(RunState::ended));
        QVERIFY(!gap);
        QCOMPARE(last, Step {4000});
        const auto history = live.frame().history;
        for (std::size_t g = 0; g < 2; ++g) {
            QVERIFY(steps[g] == history->rows(g, 0, 4000).steps);
        }
        QVERIFY(values == history->rows(0, 0, 4000).values);
        QVERIFY(spikes == history->spikes(0, 4000));
    }

    void a_frame_holds_no_more_than_a_display_shows()
    {
        Live live;
        live.simulation().set_display_ms(50);
        live.open(neuron_text(5000, stops), false);
        QVERIFY(live.wait_for_session());
        live.post(StepOnce {20000});
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms == 2000.0; }));
        // However many frames it took: none is longer, and a gap is told.
        Live other;
        other.simulation().set_display_ms(50);
        Step last = 0;
        bool wrong = false;
        other.on_frame = [&](const Frame& frame) {
            wrong = wrong || frame.to - frame.from > 500
                || frame.skipped != (frame.from > last && frame.to > 0);
            last = frame.to;
        };
        other.open(neuron_text(20000, stops));
        QVERIFY(other.wait_for_state(RunState::ended));
        QVERIFY(!wrong);
    }

    void nothing_new_gives_no_frame()
    {
        Live live;
        QVERIFY(!live.simulation().take_frame());
        live.open(neuron_text(100), false);
        QVERIFY(live.wait_for_session());
        while (live.simulation().take_frame()) { }
        QTest::qSleep(30);
        QVERIFY(!live.simulation().take_frame());
    }

    void the_run_is_never_ahead_of_the_clock()
    {
        Live live;
        live.open(neuron_text(1000));
        QVERIFY(live.wait_for_session());
        const auto begin = std::chrono::steady_clock::now();
        const double t0 = live.frame().status.t_ms;
        while (live.frame().status.t_ms < 300.0) {
            QVERIFY(live.wait([](const Frame&) { return true; }));
            const std::chrono::duration<double, std::milli> wall
                = std::chrono::steady_clock::now() - begin;
            QVERIFY(live.frame().status.t_ms - t0 <= wall.count() + 20.0);
        }
        QVERIFY(live.frame().status.capacity > 0.0);
    }

    void a_session_with_moved_sliders_is_repeated_by_a_headless_run_data()
    {
        QTest::addColumn<QString>("speed");
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {1U, 2U, 3U}) {
            QTest::addRow("real time, %u", seed) << "1" << seed;
            QTest::addRow("as fast as possible, %u", seed) << R"("max")" << seed;
        }
    }

    void a_session_with_moved_sliders_is_repeated_by_a_headless_run()
    {
        QFETCH(QString, speed);
        QFETCH(unsigned, seed);
        Live live;
        live.open(network_text(1e6, R"(, "speed": )" + speed.toStdString()));
        QVERIFY(live.wait_for_session());
        std::mt19937_64 random(seed);
        const auto pick = [&](double low, double high) {
            return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
        };
        for (int i = 0; i < 40; ++i) {
            switch (random() % 5) {
            case 0:
                live.set("g", pick(2, 8));
                break;
            case 1:
                live.set("rate", pick(8000, 20000));
                break;
            case 2:
                live.set("populations/E/params/tau_m", pick(10, 30));
                break;
            case 3:
                live.set("projections/EI/delay", std::round(pick(1, 60)) / 10);
                break;
            default:
                live.post(SetValues {{{"populations/E/params/V_reset", pick(-75, -60)},
                    {"projections/EI/weight", pick(0.0, 0.4)}}});
            }
            const double t = live.frame().status.t_ms;
            const double wait_ms = pick(0, 4);
            QVERIFY(live.wait([&](const Frame& f) { return f.status.t_ms > t + wait_ms; }));
        }
        live.post(Pause {});
        QVERIFY(live.wait_for_state(RunState::paused));
        QVERIFY(live.notices().empty());
        const Recording recording = live.simulation().recording().value();
        QVERIFY(recording.end > 0);
        QVERIFY(recording.as_run.experiment().events.size() > 20);
        // Through the text of the file, as `save run` and `run --duration` do.
        const config::SetResult cut
            = preset(recording.as_run.text())
                  .set("simulation/duration", recording.grid.time_ms(recording.end));
        QVERIFY(csv(recording) == headless_csv(cut.document.value()));
    }

    void a_change_is_logged_with_its_step_and_told()
    {
        Live live;
        live.open(neuron_text(1000), false);
        QVERIFY(live.wait_for_session());
        live.post(StepOnce {123});
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms == 12.3; }));
        live.set("drive", 650.0);
        QVERIFY(live.wait([](const Frame& f) { return value(f.document, "drive") == 650.0; }));
        QCOMPARE(live.changes().size(), std::size_t {1});
        const AppliedChange& change = live.changes().front();
        QCOMPARE(change.step, Step {123});
        QCOMPARE(change.path, std::string("drive"));
        QCOMPARE(std::get<double>(change.before), 500.0);
        QCOMPARE(std::get<double>(change.after), 650.0);
        QVERIFY(!change.from_preset);
        // Made in the pause, it shows in the current of the newest sample, here and there.
        const Recording recording = live.simulation().present().value();
        const config::SetResult cut
            = recording.as_run.set("simulation/duration", recording.grid.time_ms(recording.end));
        QVERIFY(csv(recording) == headless_csv(cut.document.value()));
    }

    void a_wrong_value_is_answered_and_changes_nothing()
    {
        Live live;
        live.open(neuron_text(1000), false);
        QVERIFY(live.wait_for_session());
        live.post(SetValues {{{"drive", 1.0}, {"populations/n/params/tau_m", -1.0}}});
        QVERIFY(live.wait_for_notice(core::Severity::error));
        QVERIFY(core::has_errors(live.notices().front().details));
        QCOMPARE(value(live.frame().document, "drive"), 500.0);
        QVERIFY(live.changes().empty());
    }

    void continue_goes_on_past_the_duration()
    {
        Live live;
        live.open(neuron_text(100, R"(, "speed": "max")"));
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms > 250.0; }));
        live.post(Pause {});
        QVERIFY(live.wait_for_state(RunState::paused));
        const Recording recording = live.simulation().recording().value();
        // What is saved lasts as long as what was recorded.
        QVERIFY(csv(recording) == headless_csv(recording.as_run));
    }

    void repeat_keeps_the_last_complete_sweep()
    {
        const std::string text = neuron_text(80, repeats);
        Live live;
        live.open(text);
        QVERIFY(live.wait([](const Frame& f) { return f.sweep >= 3; }));
        live.set("drive", 620.0);
        QVERIFY(live.wait([](const Frame& f) { return value(f.document, "drive") == 620.0; }));
        const std::uint64_t sweep = live.frame().sweep;
        QVERIFY(live.wait([&](const Frame& f) { return f.sweep > sweep + 1; }));
        const Recording recording = live.simulation().recording().value();
        QVERIFY(recording.complete);
        QCOMPARE(recording.end, Step {800});
        const config::SetResult changed = preset(text).set("drive", 620.0);
        QVERIFY(csv(recording) == headless_csv(*changed.document));
    }

    void every_sweep_is_shown_to_its_end()
    {
        Live live;
        live.simulation().set_display_ms(1e6);
        live.open(neuron_text(60, R"(, "at_end": "repeat", "speed": 3)"));
        std::uint64_t sweep = 0;
        Step to = 0;
        bool cut = false;
        live.on_frame = [&](const Frame& frame) {
            if (frame.sweep != sweep) {
                cut = cut || to != 600 || frame.from != 0;
                sweep = frame.sweep;
            }
            to = frame.to;
        };
        QVERIFY(live.wait([](const Frame& f) { return f.sweep >= 5; }));
        QVERIFY(!cut);
    }

    void reset_goes_back_to_the_start_with_present_parameters()
    {
        Live live;
        live.open(network_text(200, stops));
        QVERIFY(live.wait_for_state(RunState::ended));
        live.set("g", 3.0);
        bool ended_early = false;
        live.on_frame = [&](const Frame& f) {
            ended_early = ended_early
                || (f.status.state == RunState::ended && f.status.t_ms < f.status.duration_ms);
        };
        for (std::uint64_t sweep = 1; sweep <= 20; ++sweep) {
            live.post(ResetState {});
            QVERIFY(live.wait([&](const Frame& f) {
                return f.sweep == sweep && f.status.state == RunState::ended;
            }));
            QVERIFY(!ended_early);
        }
        const Recording recording = live.simulation().recording().value();
        const config::SetResult changed = preset(network_text(200, stops)).set("g", 3.0);
        QVERIFY(csv(recording) == headless_csv(*changed.document));
    }

    void reset_parameters_brings_back_what_was_opened()
    {
        Live live;
        live.open(network_text(1000), false);
        QVERIFY(live.wait_for_session());
        const std::string opened = live.frame().document.text();
        const std::uint64_t hash = live.frame().status.state_hash;
        live.set("projections/IE/weight", -0.7); // replaces an expression
        live.set("populations/E/params/tau_m", 17.0);
        QVERIFY(live.wait([&](const Frame& f) {
            return value(f.document, "populations/E/params/tau_m") == 17.0;
        }));
        QVERIFY(live.frame().status.state_hash != hash);
        live.post(ResetParameters {});
        QVERIFY(live.wait([&](const Frame& f) {
            return value(f.document, "populations/E/params/tau_m") != 17.0;
        }));
        live.set("g", 4.0); // the expression is back
        QVERIFY(live.wait([](const Frame& f) {
            return std::abs(value(f.document, "projections/IE/weight") + 0.8) < 1e-12;
        }));
        QCOMPARE(live.frame().session, std::uint64_t {1});
        live.post(ResetParameters {});
        QVERIFY(live.wait([](const Frame& f) { return value(f.document, "g") == 5.0; }));
        QCOMPARE(live.frame().document.experiment().projections,
            preset(opened).experiment().projections);
    }

    void a_new_seed_is_another_network()
    {
        Live live;
        live.open(network_text(50, stops));
        QVERIFY(live.wait_for_state(RunState::ended));
        live.post(NewSeed {99});
        QVERIFY(live.wait(
            [](const Frame& f) { return f.session == 2 && f.status.state == RunState::ended; }));
        QCOMPARE(live.frame().status.seed, std::uint64_t {99});
        config::SetResult other = preset(network_text(50, stops)).set("simulation/seed", 99.0);
        QVERIFY(csv(live.simulation().recording().value()) == headless_csv(*other.document));
    }

    void a_rebuild_takes_over_later_changes_and_keeps_the_state()
    {
        Live live;
        live.open(network_text(1e6));
        QVERIFY(live.wait_for_session());
        live.set("K", 20.0);
        live.set("g", 3.5);
        QVERIFY(live.wait([](const Frame& f) { return f.session == 2; }));
        QVERIFY(live.wait([](const Frame& f) { return value(f.document, "g") == 3.5; }));
        QCOMPARE(value(live.frame().document, "K"), 20.0);
        QCOMPARE(live.frame().status.state, RunState::running);
        live.post(Pause {});
        live.set("K", 30.0);
        QVERIFY(live.wait([](const Frame& f) { return f.session == 3; }));
        QCOMPARE(live.frame().status.state, RunState::paused);
        QCOMPARE(live.frame().status.t_ms, 0.0);
        QCOMPARE(live.frame().status.synapses, std::uint64_t {80 * 30 + 20 * 10 + 80 * 5});
    }

    void the_newest_preset_wins()
    {
        Live live;
        live.open(network_text(100, stops));
        live.open(neuron_text(100, stops));
        live.open(neuron_text(70, stops));
        QVERIFY(live.wait([](const Frame& f) {
            return f.status.state == RunState::ended && f.status.t_ms == 70.0;
        }));
        QCOMPARE(live.frame().status.neurons, std::uint64_t {1});
    }

    void a_failed_build_leaves_the_session_alone()
    {
        Live live;
        live.open(network_text(1e6));
        QVERIFY(live.wait_for_session());
        const std::uint64_t session = live.frame().session;
        // 1e12 drawn weights are more than any memory, which only the build can tell.
        std::string impossible = network_text(100);
        for (const std::string part : {R"("size": 80)", R"("value": 10})"}) {
            const std::size_t number = impossible.find(part) + part.find(' ') + 1;
            impossible.replace(number, 2, "1000000");
        }
        live.open(impossible);
        QVERIFY(live.wait_for_notice(core::Severity::error));
        const std::string& notice = live.notices().back().text;
        QVERIFY2(notice.find(" of memory, ") != std::string::npos, notice.c_str());
        const double t = live.frame().status.t_ms;
        QVERIFY(live.wait([&](const Frame& f) { return f.status.t_ms > t; }));
        QCOMPARE(live.frame().session, session);
        QVERIFY(!live.frame().status.build_fraction);
    }

    void a_neuron_that_runs_away_is_told_and_a_reset_recovers()
    {
        Live live;
        live.open(R"({"format": "spikescope-preset", "version": 1, "id": "run", "title": "Run away",
            "simulation": {"dt": 1, "duration": 1000, "speed": "max"},
            "variables": {"drive": {"value": 10}},
            "populations": [{"name": "n", "size": 1, "model": "izhikevich"}],
            "stimuli": [{"type": "dc", "target": "n", "amplitude": "drive", "label": "s"}]})");
        QVERIFY(live.wait([](const Frame& f) { return f.status.t_ms > 100.0; }));
        live.set("drive", 1e9);
        QVERIFY(live.wait_for_state(RunState::failed));
        QVERIFY(!live.notices().empty());
        QCOMPARE(live.notices().back().severity, core::Severity::error);
        live.set("drive", 10.0);
        live.post(ResetState {});
        QVERIFY(live.wait([](const Frame& f) {
            return f.status.state == RunState::running && f.status.t_ms > 100.0;
        }));
    }

    void what_was_recorded_stays_readable_after_the_end()
    {
        Live live;
        live.open(neuron_text(40, stops));
        QVERIFY(live.wait_for_state(RunState::ended));
        live.simulation().stop();
        QVERIFY(csv(live.simulation().present().value())
            == headless_csv(preset(neuron_text(40, stops))));
    }
};

QTEST_APPLESS_MAIN(TestLiveSimulation)
#include "tst_live_simulation.moc"
