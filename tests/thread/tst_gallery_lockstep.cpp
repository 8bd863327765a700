#include "engine/config/gallery.hpp"
#include "engine/gallery/lockstep.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/shipped_run.hpp"

#include <QTest>

#include <cmath>

using engine::config::PresetDocument;
using engine::gallery::Frame;
using engine::gallery::Lockstep;
using engine::gallery::TileFrame;

namespace {

std::vector<PresetDocument> documents_of(const std::string& gallery)
{
    const std::filesystem::path file
        = std::filesystem::path(SPIKESCOPE_SOURCE_DIR) / "presets/galleries.json";
    engine::core::Diagnostics problems;
    std::vector<PresetDocument> out;
    for (const engine::config::Gallery& it : engine::config::read_galleries(file, problems)) {
        for (const std::string& id : it.presets) {
            if (it.id == gallery) {
                out.push_back(test_support::shipped(id));
            }
        }
    }
    return out;
}

bool wait_until(const Lockstep& lockstep, const std::function<bool(const Frame&)>& condition)
{
    return QTest::qWaitFor([&] { return condition(*lockstep.frame()); }, 60000);
}

bool all_complete(const Frame& frame)
{
    return !frame.tiles.empty()
        && std::all_of(frame.tiles.begin(), frame.tiles.end(),
            [](const TileFrame& tile) { return tile.present.complete(); });
}

std::vector<engine::recording::Spike> spikes_of(const engine::gallery::Sweep& sweep)
{
    return sweep.history->spikes(0, sweep.now);
}

PresetDocument neuron(const std::string& simulation, const std::string& params)
{
    return support::preset(simulation,
        R"("populations": [{"name": "n", "size": 1, "model": "izhikevich", "params": )" + params
            + "}]");
}

} // namespace

class TestGalleryLockstep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_tile_has_the_spikes_of_a_run_data();
    void every_tile_has_the_spikes_of_a_run();
    void every_published_type_gets_the_name_that_its_preset_promises();
    void tiles_stand_at_the_same_share_of_their_sweeps();
    void sweeps_repeat_and_keep_the_last_one_behind();
    void pausing_stops_and_going_back_repeats();
    void a_change_keeps_the_place_and_the_last_sweep();
    void a_fault_stops_one_tile_alone();
    void it_ends_at_once_however_long_a_sweep_is();
    void the_newest_gallery_wins();
};

void TestGalleryLockstep::every_tile_has_the_spikes_of_a_run_data()
{
    QTest::addColumn<QString>("gallery");
    for (const char* id : {"izh2003", "izh2004", "glif-ladder", "glif-cells"}) {
        QTest::newRow(id) << id;
    }
}

void TestGalleryLockstep::every_tile_has_the_spikes_of_a_run()
{
    QFETCH(QString, gallery);
    const std::vector<PresetDocument> documents = documents_of(gallery.toStdString());
    QVERIFY(!documents.empty());
    Lockstep lockstep;
    lockstep.set_sweep_s(0.2);
    lockstep.show(documents);
    QVERIFY(wait_until(lockstep, all_complete));
    const auto frame = lockstep.frame();
    QCOMPARE(frame->tiles.size(), documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
        QVERIFY(spikes_of(frame->tiles[i].present) == test_support::run(documents[i]).spikes);
    }
}

void TestGalleryLockstep::every_published_type_gets_the_name_that_its_preset_promises()
{
    const std::vector<PresetDocument> documents = documents_of("izh2004");
    Lockstep lockstep;
    lockstep.set_sweep_s(0.2);
    lockstep.show(documents);
    QVERIFY(wait_until(lockstep, all_complete));
    const auto frame = lockstep.frame();
    int named = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        for (const auto& check : documents[i].experiment().checks) {
            if (check.quantity == engine::config::Quantity::pattern) {
                QVERIFY(frame->tiles[i].pattern);
                QVERIFY2(frame->tiles[i].pattern->is(check.name),
                    frame->tiles[i].pattern->reason.c_str());
                ++named;
            }
        }
    }
    QVERIFY(named >= 18);
}

void TestGalleryLockstep::tiles_stand_at_the_same_share_of_their_sweeps()
{
    const std::vector<PresetDocument> documents = documents_of("izh2004"); // 50 to 400 ms
    Lockstep lockstep;
    lockstep.show(documents);
    for (const double share : {0.25, 0.5, 0.99, 0.1}) {
        lockstep.go_to(share);
        QVERIFY(wait_until(lockstep, [&](const Frame& frame) {
            return frame.fraction == share && frame.tiles.size() == documents.size();
        }));
        for (const TileFrame& tile : lockstep.frame()->tiles) {
            const double reached
                = static_cast<double>(tile.present.now) / static_cast<double>(tile.present.end);
            QVERIFY(
                std::abs(reached - share) <= 0.5 / static_cast<double>(tile.present.end) + 1e-12);
        }
        QVERIFY(!lockstep.frame()->running);
    }
}

void TestGalleryLockstep::sweeps_repeat_and_keep_the_last_one_behind()
{
    Lockstep lockstep;
    lockstep.set_sweep_s(0.05);
    lockstep.show({test_support::shipped("izh2003-ch")});
    QVERIFY(wait_until(
        lockstep, [](const Frame& f) { return !f.tiles.empty() && f.tiles[0].previous.history; }));
    const TileFrame first = lockstep.frame()->tiles[0];
    QVERIFY(first.previous.complete());
    QVERIFY(wait_until(lockstep,
        [&](const Frame& f) { return f.tiles[0].previous.history != first.previous.history; }));
    const TileFrame second = lockstep.frame()->tiles[0];
    QVERIFY(spikes_of(first.previous) == spikes_of(second.previous));
}

void TestGalleryLockstep::pausing_stops_and_going_back_repeats()
{
    Lockstep lockstep;
    lockstep.set_sweep_s(30.0);
    lockstep.show({test_support::shipped("izh2003-rs")});
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return f.fraction > 0.0; }));
    lockstep.pause();
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return !f.running; }));
    const double stands = lockstep.frame()->fraction;
    QTest::qWait(100);
    QCOMPARE(lockstep.frame()->fraction, stands);
    lockstep.restart();
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return f.fraction == 0.0; }));
    QCOMPARE(lockstep.frame()->tiles[0].present.now, engine::core::Step {0});
    lockstep.run();
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return f.running && f.fraction > 0.0; }));
}

void TestGalleryLockstep::a_change_keeps_the_place_and_the_last_sweep()
{
    const PresetDocument weak = test_support::shipped("izh2003-rs");
    const PresetDocument strong = *weak.set("I", 20.0).document;
    Lockstep lockstep;
    lockstep.show({weak});
    lockstep.go_to(1.0);
    QVERIFY(wait_until(lockstep, all_complete));
    QVERIFY(lockstep.frame()->tiles[0].pattern);
    lockstep.go_to(0.5);
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return f.fraction == 0.5; }));
    lockstep.change({strong});
    const auto changed = [](const Frame& f) { return !f.tiles[0].pattern; };
    QVERIFY(wait_until(lockstep, changed));
    const TileFrame tile = lockstep.frame()->tiles[0];
    QCOMPARE(lockstep.frame()->fraction, 0.5);
    QVERIFY(spikes_of(tile.present) == test_support::run(strong, 150.0).spikes);
    QVERIFY(spikes_of(tile.previous) == test_support::run(weak).spikes);
}

void TestGalleryLockstep::a_fault_stops_one_tile_alone()
{
    // Without a peak within reach v runs away.
    const auto runaway = neuron(R"({"dt": 0.1, "duration": 100})",
        R"({"V_th": 1e300, "I_e": 1000, "integrator": "euler"})");
    const auto sound = neuron(R"({"dt": 0.1, "duration": 100})", R"({"I_e": 10})");
    Lockstep lockstep;
    lockstep.set_sweep_s(0.05);
    lockstep.show({runaway, sound});
    QVERIFY(wait_until(lockstep,
        [](const Frame& f) { return f.tiles.size() == 2 && f.tiles[1].previous.complete(); }));
    const auto frame = lockstep.frame();
    QVERIFY(!frame->tiles[0].previous.history);
    QVERIFY(frame->tiles[1].fault.empty());
    lockstep.go_to(1.0);
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return !f.tiles[0].fault.empty(); }));
}

void TestGalleryLockstep::it_ends_at_once_however_long_a_sweep_is()
{
    Lockstep lockstep;
    lockstep.set_sweep_s(0.001);
    lockstep.show(
        {neuron(R"({"dt": 0.0001, "duration": 5000, "at_end": "repeat"})", R"({"I_e": 10})")});
    QTest::qWait(20); // fifty million steps have begun
}

void TestGalleryLockstep::the_newest_gallery_wins()
{
    Lockstep lockstep;
    for (int i = 0; i < 5; ++i) {
        lockstep.show(documents_of("izh2004"));
        lockstep.change(documents_of("izh2004"));
        lockstep.show({test_support::shipped("izh2003-fs")});
        lockstep.change({test_support::shipped("izh2003-lts")});
    }
    QVERIFY(wait_until(lockstep, [](const Frame& f) { return f.shown == 10; }));
    QCOMPARE(lockstep.frame()->tiles.size(), std::size_t {1});
    lockstep.go_to(1.0);
    QVERIFY(wait_until(lockstep, all_complete));
    QVERIFY(spikes_of(lockstep.frame()->tiles[0].present)
        == test_support::run(test_support::shipped("izh2003-lts")).spikes);
}

QTEST_GUILESS_MAIN(TestGalleryLockstep)
#include "tst_gallery_lockstep.moc"
