// One spike more or less, and how the run comes apart from the one that had it.

#include "engine/analysis/divergence.hpp"
#include "engine/config/spike_edit.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <algorithm>

using namespace engine;
using analysis::Divergence;
using recording::Spike;

namespace {

std::string joined(const std::string& source, const std::string& target)
{
    const bool excites = source == "E";
    return R"({"source": ")" + source + R"(", "target": ")" + target + R"(", "weight": )"
        + (excites ? "0.5" : "-2.5") + R"(, "delay": 1.5, "rule": {"rule": "fixed_indegree",)"
        + R"("indegree": )" + (excites ? "70" : "18") + "}}";
}

/// A network that fires irregularly: 700 E and 180 I neurons.
config::PresetDocument chaotic()
{
    const std::string params
        = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2})";
    return support::preset(R"({"dt": 0.1, "duration": 300, "seed": 3})",
        R"("populations": [{"name": "E", "size": 700, )" + params
            + R"(}, {"name": "I", "size": 180, )" + params + R"(}],
        "projections": [)"
            + joined("E", "E") + ", " + joined("E", "I") + ", " + joined("I", "E") + ", "
            + joined("I", "I") + R"(],
        "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": 20000, "weight": 0.1}],
        "record": {"traces": []})");
}

bool has(const std::vector<Spike>& spikes, const Spike& spike)
{
    return std::find(spikes.begin(), spikes.end(), spike) != spikes.end();
}

/// The run with this set before the step that ends at the stamp.
std::vector<Spike> run_with(const config::PresetDocument& document, core::Step stamp,
    const config::StateSetting& setting, int threads)
{
    Simulation simulation(document, {threads, std::size_t {1} << 28});
    simulation.advance(stamp - 1);
    if (!simulation.set(setting.first, setting.second).errors.empty()) {
        return {};
    }
    simulation.advance(simulation.end());
    return simulation.history()->spikes(0, simulation.end());
}

/// The first spike of a neuron of the population after the stamp, which is its only one nearby.
Spike spike_after(const std::vector<Spike>& spikes, std::uint32_t population, core::Step after)
{
    return *std::find_if(spikes.begin(), spikes.end(),
        [&](const Spike& spike) { return spike.population == population && spike.step > after; });
}

} // namespace

class TestSpikeEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_deleted_spike_is_missing_and_nothing_before_it();
    void an_added_spike_is_there();
    void models_fire_and_keep_silent_data();
    void models_fire_and_keep_silent();
    void a_live_run_deletes_a_spike_of_its_past();
    void differences_are_those_of_one_run_alone();
    void shares_of_bins();
};

void TestSpikeEdits::a_deleted_spike_is_missing_and_nothing_before_it()
{
    const config::PresetDocument document = chaotic();
    Simulation original(document, {});
    original.advance(original.end());
    const auto spikes = original.history()->spikes(0, original.end());
    const Spike deleted = spike_after(spikes, 0, 1000);
    const auto setting
        = config::without_spike(document.experiment(), deleted.population, deleted.neuron);
    QVERIFY(setting.has_value());
    const auto without = run_with(document, deleted.step, *setting, 1);
    QVERIFY(!has(without, deleted));
    const auto found = analysis::differences(spikes, without);
    QVERIFY(has(found.missing, deleted));
    QCOMPARE(std::min(found.missing.front().step, deleted.step), deleted.step);
    QVERIFY(found.added.empty() || found.added.front().step >= deleted.step);
    // One spike of half a million synaptic events: soon nothing is as it was (London 2010).
    QVERIFY(found.missing.size() > 100);
    for (const int threads : {2, 3, 4}) {
        QVERIFY(run_with(document, deleted.step, *setting, threads) == without);
    }
}

void TestSpikeEdits::an_added_spike_is_there()
{
    const config::PresetDocument document = chaotic();
    Simulation original(document, {});
    original.advance(original.end());
    const auto spikes = original.history()->spikes(0, original.end());
    // A neuron of I that has not fired for 5 ms.
    const core::Step stamp = 1500;
    std::uint32_t neuron = 0;
    const auto fired = [&](std::uint32_t n) {
        return std::any_of(spikes.begin(), spikes.end(), [&](const Spike& spike) {
            return spike.population == 1 && spike.neuron == n && spike.step > stamp - 50
                && spike.step <= stamp;
        });
    };
    while (fired(neuron)) {
        ++neuron;
    }
    const auto with = config::with_spike(document.experiment(), 1, neuron);
    const auto added = run_with(document, stamp, *with, 1);
    const auto found = analysis::differences(spikes, added);
    QVERIFY((found.added.front() == Spike {stamp, 1, neuron}));
    QVERIFY(found.missing.empty() || found.missing.front().step > stamp);
    for (const int threads : {2, 4}) {
        QVERIFY(run_with(document, stamp, *with, threads) == added);
    }
}

void TestSpikeEdits::models_fire_and_keep_silent_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<double>("current");
    QTest::newRow("LIF") << "iaf_psc_delta" << 400.0;
    QTest::newRow("Izhikevich") << "izhikevich" << 10.0;
    QTest::newRow("GLIF with conductances") << "glif_cond" << 400.0;
    QTest::newRow("GLIF with currents") << "glif_psc" << 400.0;
}

void TestSpikeEdits::models_fire_and_keep_silent()
{
    QFETCH(const QString, model);
    QFETCH(const double, current);
    const auto document = support::preset(R"({"dt": 0.1, "duration": 300})",
        R"("populations": [{"name": "n", "size": 2, "model": ")" + model.toStdString()
            + R"("}], "stimuli": [{"type": "dc", "target": "n", "amplitude": )"
            + std::to_string(current) + "}]");
    Simulation original(document, {});
    original.advance(original.end());
    const auto spikes = original.history()->spikes(0, original.end());
    QVERIFY(spikes.size() >= 4);
    const Spike first = spikes.front();
    const auto without = run_with(
        document, first.step, *config::without_spike(document.experiment(), 0, first.neuron), 1);
    QVERIFY(!has(without, first));
    const core::Step early = std::max<core::Step>(first.step / 2, 2);
    const auto with
        = run_with(document, early, *config::with_spike(document.experiment(), 0, 1), 1);
    QVERIFY((has(with, Spike {early, 0, 1})));
    QVERIFY((!has(with, Spike {early, 0, 0})));
}

void TestSpikeEdits::a_live_run_deletes_a_spike_of_its_past()
{
    test_support::Live live;
    const auto firing
        = test_support::preset(test_support::network_text(400.0, R"(, "at_end": "stop")"))
              .set("rate", 25000.0);
    live.post(Open {*firing.document, true});
    QVERIFY(live.wait_for_state(RunState::ended));
    const auto original = live.frame().history;
    const auto spikes = original->spikes(0, 4000);
    QVERIFY(!spikes.empty());
    const Spike deleted = *std::find_if(
        spikes.begin(), spikes.end(), [](const Spike& spike) { return spike.step > 1000; });
    const auto setting = config::without_spike(
        live.frame().document.experiment(), deleted.population, deleted.neuron);
    live.post(ContinueFrom {deleted.step - 1, std::nullopt, false});
    live.post(SetValues {{*setting}});
    QVERIFY(live.wait(
        [&](const Frame& frame) { return frame.branch && frame.status.state == RunState::ended; }));
    const auto branch = live.frame().history->spikes(0, 4000);
    QVERIFY(!has(branch, deleted));
    const auto found = analysis::differences(spikes, branch);
    QCOMPARE(found.missing.front().step, deleted.step);
    QVERIFY(live.frame().branch->history->spikes(0, 4000) == spikes); // the ghost
    const auto recording = live.simulation().present();
    QCOMPARE(test_support::csv(*recording), test_support::headless_csv(recording->as_run));
}

void TestSpikeEdits::differences_are_those_of_one_run_alone()
{
    const std::vector<Spike> original {{1, 0, 5}, {2, 0, 1}, {2, 0, 3}, {2, 1, 0}, {9, 0, 0}};
    const std::vector<Spike> branch {{1, 0, 5}, {2, 0, 2}, {2, 0, 3}, {3, 1, 0}, {9, 0, 0}};
    const auto found = analysis::differences(original, branch);
    QVERIFY(found.missing == (std::vector<Spike> {{2, 0, 1}, {2, 1, 0}}));
    QVERIFY(found.added == (std::vector<Spike> {{2, 0, 2}, {3, 1, 0}}));
    QVERIFY(analysis::differences(original, original).missing.empty());
}

void TestSpikeEdits::shares_of_bins()
{
    Divergence divergence(100, 10);
    const std::vector<Spike> one {{101, 0, 1}, {110, 0, 2}, {111, 0, 3}};
    const std::vector<Spike> other {{101, 0, 1}, {110, 0, 2}, {112, 0, 3}};
    // In two pieces, that end within a bin.
    const std::span a(one);
    const std::span b(other);
    divergence.add(a.first(2), b.first(2), 110);
    divergence.add(a.last(1), b.last(1), 115);
    QCOMPARE(divergence.bins().size(), std::size_t {2});
    QCOMPARE(divergence.bins()[0].all, std::uint64_t {4}); // stamps (100, 110]
    QCOMPARE(divergence.bins()[0].share(), 0.0);
    QCOMPARE(divergence.bins()[1].share(), 1.0);
    QCOMPARE(divergence.bins()[1].begin, core::Step {110});
    QCOMPARE(*divergence.first(), core::Step {111});
    QVERIFY(!divergence.reaches(0.5)); // of so few spikes nothing is said
    QCOMPARE(divergence.done(), core::Step {115});
    divergence.add({}, {}, 200);
    QCOMPARE(divergence.bins().size(), std::size_t {10});
    QCOMPARE(divergence.bins()[9].share(), 0.0); // nobody fires
    QVERIFY(!Divergence(0, 10).first());

    // 40 spikes a bin in each run; of the third bin on half of them differ, of the fifth on all.
    Divergence apart(0, 10);
    for (core::Step bin = 0; bin < 8; ++bin) {
        std::vector<Spike> left;
        std::vector<Spike> right;
        for (std::uint32_t neuron = 0; neuron < 40; ++neuron) {
            left.push_back({10 * bin + 5, 0, neuron});
            const bool moved = bin >= 4 || (bin >= 2 && neuron % 2 == 0);
            right.push_back({10 * bin + 5, moved ? 1U : 0U, neuron});
        }
        std::stable_sort(
            right.begin(), right.end(), [](const Spike& left_spike, const Spike& right_spike) {
                return left_spike.population < right_spike.population;
            });
        apart.add(left, right, 10 * (bin + 1));
    }
    QCOMPARE(*apart.first(), core::Step {25});
    QCOMPARE(apart.bins()[2].share(), 0.5);
    QCOMPARE(*apart.reaches(0.5), core::Step {20});
    QCOMPARE(*apart.reaches(0.9), core::Step {40});
}

QTEST_GUILESS_MAIN(TestSpikeEdits)
#include "tst_spike_edits.moc"
