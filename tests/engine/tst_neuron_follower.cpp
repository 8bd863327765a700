// A neuron that is looked at while a run goes on: its recording is what the preset would have
// recorded, its input what its sources send, and the run is the same bit for bit.

#include "engine/analysis/neighbours.hpp"
#include "engine/analysis/neuron_follower.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <cmath>

using namespace engine;
using analysis::Followed;
using analysis::NeuronFollower;

namespace {

/// 700 E + 100 I neurons that fire by a Poisson drive, with this rule, weights and delay.
config::PresetDocument firing(const std::string& joined, const std::string& record)
{
    const std::string params
        = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2})";
    return support::preset(R"({"dt": 0.1, "duration": 150, "seed": 3})",
        R"("variables": {"J": {"value": 0.2}},
        "populations": [{"name": "E", "size": 700, )"
            + params + R"(}, {"name": "I", "size": 100, )" + params + R"(}],
        "projections": [
          {"source": "E", "target": "E", )"
            + joined + R"(, "weight": "J"},
          {"source": "I", "target": "E", )"
            + joined + R"(, "weight": "-J"}],
        "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": 20000, "weight": 0.1}],
        "record": )"
            + record);
}

const std::string indegree = R"("rule": {"rule": "fixed_indegree", "indegree": 40}, "delay": 1.5)";
const std::string listed
    = R"("rule": {"rule": "fixed_outdegree", "outdegree": 9}, "delay": {"uniform": [1, 3]})";

std::vector<double> row_values(const recording::History& history, std::size_t group)
{
    return history.rows(group, 0, history.published()).values;
}

} // namespace

class TestNeuronFollower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_records_what_the_preset_would_have_recorded();
    void following_changes_no_bit_of_the_run();
    void input_is_what_the_sources_send_data();
    void input_is_what_the_sources_send();
    void drive_from_outside_is_told_apart();
    void after_a_jump_a_new_recording_begins();
    void a_live_run_follows_and_lets_go();
};

void TestNeuronFollower::it_records_what_the_preset_would_have_recorded()
{
    const auto recorded = firing(
        indegree, R"({"traces": [{"population": "E", "neurons": [613], "variables": ["V_m"]}]})");
    Simulation expected(recorded, {});
    expected.advance(expected.end());
    const auto plain = firing(indegree, R"({"traces": []})");
    for (const int threads : {1, 2, 4}) {
        Simulation simulation(plain, {threads, std::size_t {1} << 28});
        simulation.advance(333);
        const auto follower = std::make_shared<NeuronFollower>(plain.experiment(), 0, 613);
        simulation.observe(follower); // in the middle of the run
        simulation.advance(simulation.end());
        const auto& history = *follower->followed()->history;
        QCOMPARE(history.first_kept(), core::Step {333});
        const auto rows = history.rows(Followed::states, 0, simulation.now());
        const auto same = expected.history()->rows(0, 333, expected.now());
        QVERIFY(rows.steps == same.steps);
        QVERIFY(rows.values == same.values);
        std::vector<recording::Spike> spikes;
        for (const auto& spike : expected.history()->spikes(333, expected.now())) {
            if (spike.population == 0 && spike.neuron == 613) {
                spikes.push_back(spike);
            }
        }
        QVERIFY(spikes.size() > 1);
        QVERIFY(history.spikes(0, simulation.now()) == spikes);
    }
}

void TestNeuronFollower::following_changes_no_bit_of_the_run()
{
    for (const std::string& joined : {indegree, listed}) {
        const auto document = firing(joined,
            R"({"traces": [{"population": "E", "neurons": [0, 600], "variables": ["V_m", "I"]}]})");
        Simulation alone(document, {});
        alone.advance(alone.end());
        for (const int threads : {1, 2, 3, 4}) {
            Simulation followed(document, {threads, std::size_t {1} << 28});
            followed.advance(200);
            const auto follower = std::make_shared<NeuronFollower>(document.experiment(), 0, 99);
            followed.observe(follower);
            followed.advance(400);
            followed.unobserve(*follower);
            followed.observe(std::make_shared<NeuronFollower>(document.experiment(), 1, 7));
            followed.advance(followed.end());
            QVERIFY(alone.history()->spikes(0, alone.end()).size() > 500);
            QVERIFY(followed.history()->spikes(0, followed.end())
                == alone.history()->spikes(0, alone.end()));
            QVERIFY(row_values(*followed.history(), 0) == row_values(*alone.history(), 0));
        }
    }
}

void TestNeuronFollower::input_is_what_the_sources_send_data()
{
    QTest::addColumn<QString>("joined");
    QTest::newRow("counts") << QString::fromStdString(indegree);
    QTest::newRow("individual delays") << QString::fromStdString(listed);
}

/// The number of spikes that sources have sent until long before the end, times weights.
void TestNeuronFollower::input_is_what_the_sources_send()
{
    QFETCH(const QString, joined);
    const auto document = firing(joined.toStdString(), R"({"traces": []})");
    constexpr std::uint32_t neuron = 640;
    Simulation simulation(document, {});
    const auto follower = std::make_shared<NeuronFollower>(document.experiment(), 0, neuron);
    simulation.observe(follower);
    simulation.advance(simulation.end());
    const auto rows = follower->followed()->history->rows(Followed::inputs, 0, simulation.now());
    QCOMPARE(rows.steps.size(), std::size_t {150});
    QCOMPARE(rows.steps.front(), core::Step {10}); // sums over a millisecond
    double excitatory = 0.0;
    double inhibitory = 0.0;
    for (std::size_t i = 0; i < rows.steps.size(); ++i) {
        excitatory += rows.values[3 * i];
        inhibitory += rows.values[3 * i + 1];
        QVERIFY(rows.values[3 * i] >= 0.0);
        QVERIFY(rows.values[3 * i + 1] <= 0.0);
    }
    // Spikes up to 1 ms before the end have surely not all arrived; those up to 3 ms have.
    const auto sent = [&](std::size_t population, core::Step until) {
        double sum = 0.0;
        const auto in = analysis::neighbours_of(document.experiment(), 0, neuron).in;
        for (const auto& spike : simulation.history()->spikes(0, until)) {
            for (const auto& from : in) {
                if (spike.population == population && from.population == population
                    && from.neuron == spike.neuron) {
                    sum += from.weight;
                }
            }
        }
        return sum;
    };
    constexpr double rounding = 1e-9;
    QVERIFY(excitatory > 5.0);
    QVERIFY(excitatory >= sent(0, 1470) - rounding);
    QVERIFY(excitatory <= sent(0, 1490) + rounding);
    QVERIFY(inhibitory < -1.0);
    QVERIFY(inhibitory <= sent(1, 1470) + rounding);
    QVERIFY(inhibitory >= sent(1, 1490) - rounding);
}

void TestNeuronFollower::drive_from_outside_is_told_apart()
{
    const auto document = firing(indegree, R"({"traces": []})");
    Simulation simulation(document, {});
    const auto follower = std::make_shared<NeuronFollower>(document.experiment(), 1, 3);
    simulation.observe(follower); // of I, to which nobody projects
    simulation.advance(simulation.end());
    const auto& history = *follower->followed()->history;
    const auto rows = history.rows(Followed::inputs, 0, simulation.now());
    double external = 0.0;
    for (std::size_t i = 0; i < rows.steps.size(); ++i) {
        QCOMPARE(rows.values[3 * i], 0.0);
        QCOMPARE(rows.values[3 * i + 1], 0.0);
        external += rows.values[3 * i + 2];
    }
    // 20 spikes of 0.1 mV in a millisecond: 2 mV/ms, in 150 ms 300 mV with an sd of 5.5 mV.
    QVERIFY(std::abs(external - 300.0) < 6.0 * 5.5);
    QCOMPARE(history.groups()[Followed::inputs].columns[2].unit, std::string("mV/ms"));
}

void TestNeuronFollower::after_a_jump_a_new_recording_begins()
{
    const auto document = firing(indegree, R"({"traces": []})");
    Simulation simulation(document, {});
    simulation.advance(100);
    const auto follower = std::make_shared<NeuronFollower>(document.experiment(), 0, 1);
    simulation.observe(follower);
    const auto state = simulation.copy_state();
    simulation.advance(300);
    const auto before = follower->followed();
    simulation.restore(*state);
    QVERIFY(follower->followed() != before);
    QCOMPARE(before->history->published(), core::Step {400}); // who holds it keeps it
    simulation.advance(300);
    const auto after = follower->followed();
    QCOMPARE(after->history->first_kept(), core::Step {100});
    QVERIFY(row_values(*after->history, Followed::states)
        == row_values(*before->history, Followed::states));
    simulation.restart();
    QCOMPARE(follower->followed()->history->published(), core::Step {0});
}

void TestNeuronFollower::a_live_run_follows_and_lets_go()
{
    test_support::Live live;
    live.open(test_support::network_text(400.0, R"(, "at_end": "stop")"));
    QVERIFY(live.wait_for_session());
    live.post(Follow {Follow::Neuron {0, 77}});
    QVERIFY(live.wait([](const Frame& frame) {
        return frame.followed && frame.followed->history->published() > 0;
    }));
    QCOMPARE(live.frame().followed->neuron, 77U);
    live.post(Follow {Follow::Neuron {5, 0}});
    QVERIFY(live.wait_for_notice(core::Severity::error));
    QVERIFY(live.wait([](const Frame& frame) { return !frame.followed; }));
    live.post(Follow {Follow::Neuron {1, 2}});
    QVERIFY(live.wait(
        [](const Frame& frame) { return frame.followed && frame.followed->population == 1; }));
    QVERIFY(live.wait_for_state(RunState::ended));
    const auto recording = live.simulation().recording();
    QVERIFY(recording.has_value());
    // The run is that of the command line.
    QCOMPARE(test_support::csv(*recording), test_support::headless_csv(recording->as_run));
    live.post(Follow {});
    QVERIFY(live.wait([](const Frame& frame) { return !frame.followed; }));
}

QTEST_GUILESS_MAIN(TestNeuronFollower)
#include "tst_neuron_follower.moc"
