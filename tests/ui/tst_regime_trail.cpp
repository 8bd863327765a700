// The trail of a network in the regime map, from frames made by hand.

#include "tests/ui/frames.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/regime/regime_trail.hpp"

#include <QTest>

#include <cmath>

using engine::config::PresetDocument;
using ui::RegimeQuantity;
using ui::RegimeStop;

namespace {

/// Frames of a network made by hand, at places of the plane (g, rate).
const char* const planeText
    = R"({"format": "spikescope-preset", "version": 1, "id": "net", "title": "Net",
  "variables": {"g": {"value": 5, "min": 0, "max": 8}, "eta": {"value": 2, "min": 0, "max": 5}},
  "simulation": {"dt": 1, "duration": 1000},
  "populations": [{"name": "E", "size": 8, "model": "iaf_psc_delta"},
                  {"name": "I", "size": 2, "model": "iaf_psc_delta"}],
  "projections": [
    {"source": "E", "target": "I", "rule": {"rule": "all_to_all"}, "weight": "0.1 * eta", "delay": 1},
    {"source": "I", "target": "E", "rule": {"rule": "all_to_all"}, "weight": "-g * 0.1", "delay": 1}],
  "record": {"traces": [], "spikes": ["E", "I"]}})";

engine::Frame frameAt(double g, double eta, engine::core::Step from, engine::core::Step to)
{
    PresetDocument document = with(with(frames::document(planeText), "g", g), "eta", eta);
    frames::Sweep sweep(document, 1, 0, [](std::size_t, engine::core::Step) { return 0.0; });
    engine::Frame frame = sweep.next(1);
    frame.from = from;
    frame.to = to;
    return frame;
}

engine::AppliedChange changeOf(const char* path, engine::core::Step step)
{
    return {step, path, 0.0, 0.0, false};
}

} // namespace

class TestRegimeTrail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_trail_counts_rates_where_the_network_was();
    void a_trail_takes_statistics_of_its_own_place_alone();
    void a_trail_joins_what_cannot_be_told_apart();
};

void TestRegimeTrail::a_trail_counts_rates_where_the_network_was()
{
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    engine::Frame frame = frameAt(5.0, 2.0, 0, 50);
    for (int i = 1; i <= 20; ++i) {
        frame.spikes.push_back({i, 0, 0});
    }
    QVERIFY(trail.take(frame));
    QCOMPARE(trail.present()->at, QPointF(5.0, 2.0));
    QCOMPARE(trail.present()->rate_Hz, 20.0 / 10 / 0.050); // 10 neurons, 50 ms
    // A change in the middle of the next frame: spikes before it are no matter of the new place.
    engine::Frame moved = frameAt(6.0, 2.0, 50, 90);
    moved.changes.push_back(changeOf("g", 70));
    for (const engine::core::Step step : {55, 65, 70, 75, 80, 85}) {
        moved.spikes.push_back({step, 0, 1});
    }
    QVERIFY(trail.take(moved));
    QCOMPARE(trail.stops().size(), std::size_t {2});
    QCOMPARE(trail.stops()[0].rate_Hz, 20.0 / 10 / 0.050);
    QCOMPARE(trail.present()->rate_Hz, 3.0 / 10 / 0.020);
    QVERIFY(trail.present()->joined);
    // While it settles counts less than what follows.
    engine::Frame settling = frameAt(6.0, 2.0, 90, 190);
    trail.take(settling);
    engine::Frame settled = frameAt(6.0, 2.0, 190, 290);
    for (int i = 0; i < 50; ++i) {
        settled.spikes.push_back({191 + i, 0, 2});
    }
    trail.take(settled);
    QCOMPARE(trail.present()->rate_Hz, 50.0 / 10 / 0.1);
}

void TestRegimeTrail::a_trail_takes_statistics_of_its_own_place_alone()
{
    const auto statistics = [](double from, double to) {
        auto out = std::make_shared<engine::analysis::NetworkStatistics>();
        out->from_ms = from;
        out->to_ms = to;
        out->network.rate_Hz = 40.0;
        out->network.cv_isi = 0.6;
        out->network.synchrony = 0.2;
        out->network.peak_frequency_Hz = 120.0;
        out->network.window_ms = to - from;
        return out;
    };
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    engine::Frame frame = frameAt(5.0, 2.0, 0, 1000);
    frame.changes.push_back(changeOf("g", 900));
    frame.statistics = statistics(0.0, 1000.0);
    trail.take(frame);
    QVERIFY(trail.statistics() == nullptr);
    QVERIFY(!trail.present()->state);
    QVERIFY(std::isnan(trail.present()->cv));
    engine::Frame later = frameAt(5.0, 2.0, 1000, 1600);
    later.statistics = statistics(1000.0, 1600.0);
    trail.take(later);
    QCOMPARE(trail.present()->cv, 0.6);
    QCOMPARE(trail.present()->rate_Hz, 40.0);
    QVERIFY(!trail.present()->state); // one opinion
    later.statistics = statistics(1000.0, 1900.0);
    trail.take(later);
    QCOMPARE(trail.present()->state, ui::regimeStateNumber("AI"));
    // Another value, the same place: what was measured is no matter of it.
    engine::Frame other = frameAt(5.0, 2.0, 1900, 2000);
    other.changes.push_back(changeOf("D", 1950));
    other.statistics = statistics(1000.0, 2000.0);
    trail.take(other);
    QVERIFY(trail.statistics() == nullptr);
    QCOMPARE(trail.regime().kind, engine::analysis::Regime::Kind::undecided);
}

void TestRegimeTrail::a_trail_joins_what_cannot_be_told_apart()
{
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    trail.take(frameAt(5.0, 2.0, 0, 10));
    for (int i = 1; i <= 10; ++i) {
        engine::Frame frame = frameAt(5.0 + 0.001 * i, 2.0, 10 * i, 10 * i + 10);
        frame.changes.push_back(changeOf("g", 10 * i));
        trail.take(frame);
    }
    QCOMPARE(trail.stops().size(), std::size_t {1});
    QVERIFY(std::abs(trail.present()->at.x() - 5.01) < 1e-9);
    trail.interrupt();
    trail.take(frameAt(7.0, 2.0, 0, 10));
    QCOMPARE(trail.stops().size(), std::size_t {2});
    QVERIFY(!trail.present()->joined); // another run
}

QTEST_APPLESS_MAIN(TestRegimeTrail)
#include "tst_regime_trail.moc"
