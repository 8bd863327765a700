// The live simulation under load from its neighbours, for ThreadSanitizer: the window's thread
// posts and takes frames as fast as it can while networks run, end, fail and are being built.

#include "engine/recording/csv.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <chrono>
#include <random>
#include <sstream>
#include <thread>

using namespace engine;
using test_support::Live;
using test_support::network_text;
using test_support::neuron_text;
using test_support::preset;

namespace {

using Clock = std::chrono::steady_clock;

LiveOptions with_threads(int threads)
{
    LiveOptions options;
    options.threads = threads;
    return options;
}

/// A network whose build takes long enough to be met.
std::string large_text()
{
    std::string text = network_text(100);
    text.replace(text.find("\"size\": 80"), 10, "\"size\": 20000");
    text.replace(text.find("\"K\": {\"value\": 10}"), 18, "\"K\": {\"value\": 500}");
    return text;
}

} // namespace

class TestLiveThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sliders_frames_and_exports_meet_a_running_network_data()
    {
        QTest::addColumn<int>("threads");
        QTest::addRow("one thread") << 1;
        QTest::addRow("three threads") << 3;
    }

    void sliders_frames_and_exports_meet_a_running_network()
    {
        QFETCH(int, threads);
        Live live(with_threads(threads));
        live.open(network_text(1e6, R"(, "speed": "max")"));
        QVERIFY(live.wait_for_session());
        std::mt19937_64 random(1);
        std::size_t spikes = 0;
        live.on_frame = [&](const Frame& frame) {
            spikes += frame.spikes.size();
            if (random() % 8 == 0) { // an export while the run goes on
                std::ostringstream out;
                recording::write_traces(
                    out, *frame.history, core::TimeGrid(0.1), frame.from, frame.to);
            }
        };
        const auto end = Clock::now() + std::chrono::milliseconds(1500);
        while (Clock::now() < end) {
            live.set("g", 3.0 + static_cast<double>(random() % 40) / 10.0);
            live.set("rate", 9000.0 + static_cast<double>(random() % 5000));
            if (random() % 16 == 0) {
                QVERIFY(live.simulation().present().has_value());
            }
            QVERIFY(live.wait([](const Frame&) { return true; }));
        }
        QVERIFY(spikes > 0);
        QVERIFY(live.notices().empty());
    }

    void short_sweeps_meet_the_frames()
    {
        Live live;
        live.open(neuron_text(20, R"(, "at_end": "repeat", "speed": "max")"));
        QVERIFY(live.wait([](const Frame& frame) { return frame.sweep > 300; }));
        const Recording recording = live.simulation().recording().value();
        QVERIFY(recording.complete);
        QCOMPARE(recording.end, core::Step {200});
    }

    void commands_of_every_kind_in_any_order()
    {
        Live live(with_threads(2));
        std::mt19937_64 random(7);
        live.open(network_text(50, R"(, "at_end": "repeat", "speed": "max")"));
        for (int i = 0; i < 300; ++i) {
            switch (random() % 12) {
            case 0:
                live.post(Run {});
                break;
            case 1:
                live.post(Pause {});
                break;
            case 2:
                live.post(StepOnce {static_cast<core::Step>(random() % 50)});
                break;
            case 3:
                live.post(ResetState {});
                break;
            case 4:
                live.post(ResetParameters {});
                break;
            case 5:
                live.post(NewSeed {random() % 1000});
                break;
            case 6:
                live.post(SetSpeed {random() % 2 == 0 ? std::optional(2.0) : std::nullopt});
                break;
            case 7:
                live.post(CancelBuild {});
                break;
            case 8:
            case 9:
                live.post(ContinueFrom {static_cast<core::Step>(random() % 500)});
                break;
            case 10:
                live.set("K", static_cast<double>(5 + random() % 20));
                break;
            default:
                live.set("g", static_cast<double>(random() % 10));
            }
            live.simulation().take_frame();
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
        }
        // Whatever came before, it still does what it is told.
        live.post(ResetParameters {});
        live.open(neuron_text(30, R"(, "at_end": "stop", "speed": "max")"));
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.status.state == RunState::ended && frame.status.neurons == 1;
        }));
    }

    void a_build_is_given_up_at_once()
    {
        Live live;
        live.open(neuron_text(1e6));
        QVERIFY(live.wait_for_session());
        live.open(large_text());
        QVERIFY(live.wait([](const Frame& f) { return f.status.build_fraction.has_value(); }));
        live.post(CancelBuild {});
        QVERIFY(live.wait_for_notice(core::Severity::note));
        QVERIFY(!live.frame().status.build_fraction);
        const double t = live.frame().status.t_ms;
        QVERIFY(live.wait([&](const Frame& frame) { return frame.status.t_ms > t; }));
        QCOMPARE(live.frame().session, std::uint64_t {1});
    }

    void it_ends_quickly_during_a_build()
    {
        const auto document = preset(large_text());
        for (int i = 0; i < 5; ++i) {
            LiveSimulation live;
            live.start();
            live.post(Open {document, true});
            std::this_thread::sleep_for(std::chrono::milliseconds(5 * i));
            const auto begin = Clock::now();
            live.stop();
            QVERIFY(Clock::now() - begin < std::chrono::seconds(5));
        }
    }

    void it_may_end_before_it_begins()
    {
        LiveSimulation never;
        LiveSimulation begun;
        begun.start();
        begun.stop();
        begun.stop();
        QVERIFY(!begun.recording());
    }
};

QTEST_APPLESS_MAIN(TestLiveThreads)
#include "tst_live_threads.moc"
