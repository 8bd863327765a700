// What is done to chosen neurons while a network runs: currents and kicks act on them alone, are
// logged, and a saved run repeats them bit for bit.

#include "engine/config/neuron_stimulus.hpp"
#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace engine;
using config::NeuronCurrent;
using config::StimulusEdit;

namespace {

/// 700 E and 100 I neurons that fire.
config::PresetDocument network(const std::string& stimuli = {})
{
    const std::string params
        = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2})";
    return support::preset(R"({"dt": 0.1, "duration": 200, "seed": 3})",
        R"("populations": [{"name": "E", "size": 700, )" + params
            + R"(}, {"name": "I", "size": 100, )" + params + R"(}],
        "projections": [{"source": "E", "target": "E", "weight": 0.2, "delay": 1.5,
          "rule": {"rule": "fixed_indegree", "indegree": 40}},
          {"source": "I", "target": "E", "weight": -0.2, "delay": 1.5,
          "rule": {"rule": "fixed_indegree", "indegree": 20}}],
        "stimuli": [{"type": "poisson", "label": "drive", "target": ["E", "I"], "rate": 20000,
          "weight": 0.1})"
            + stimuli + R"(],
        "record": {"traces": [{"population": "E", "neurons": [5, 600], "variables": ["V_m", "I"]}]})");
}

std::vector<std::uint32_t> some(std::uint32_t first, std::uint32_t count)
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < count; ++i) {
        out.push_back(first + i);
    }
    return out;
}

void make(Simulation& simulation, const StimulusEdit& edit)
{
    QVERIFY2(edit.errors.empty(), core::text(edit.errors).c_str());
    for (const config::ValueChange& change : edit.changes) {
        const auto outcome = simulation.set(change.path, change.after);
        QVERIFY2(outcome.errors.empty(), core::text(outcome.errors).c_str());
        QVERIFY(outcome.rebuild.empty());
    }
}

std::size_t spikes_of(const Simulation& simulation, std::uint32_t first, std::uint32_t last,
    double from_ms, double to_ms)
{
    const auto spikes = simulation.history()->spikes(
        simulation.grid().steps(from_ms), simulation.grid().steps(to_ms));
    return static_cast<std::size_t>(
        std::count_if(spikes.begin(), spikes.end(), [&](const recording::Spike& spike) {
            return spike.population == 0 && spike.neuron >= first && spike.neuron <= last;
        }));
}

/// Everything that a person can do to some neurons, in one run.
void disturb(Simulation& simulation)
{
    simulation.advance(300);
    make(simulation,
        config::add_currents(simulation.document(),
            {{"pulse", 0, some(500, 60), 4.0, 31.0, 36.0}, {"pulse", 1, {3}, 4.0, 31.0, 36.0}},
            30.0));
    simulation.advance(300);
    std::vector<std::pair<std::string, core::Value>> kicks;
    for (const std::uint32_t neuron : some(20, 30)) {
        kicks.emplace_back("populations/E/jump/" + std::to_string(neuron) + "/V_m", 12.0);
    }
    QVERIFY(simulation.set_all(kicks).errors.empty());
    simulation.advance(200);
    const auto& population = simulation.document().experiment().populations[0];
    make(simulation,
        config::add_currents(simulation.document(),
            {{"silence", 0, some(100, 50), config::silencing_current(population), 80.0}}, 80.0));
    simulation.advance(600);
    make(simulation, config::remove_labelled(simulation.document(), "silence"));
    simulation.advance(simulation.end());
}

} // namespace

class TestNeuronStimulus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_pulse_acts_on_its_neurons_for_its_time();
    void silenced_neurons_do_not_fire_and_come_back();
    void kicked_neurons_jump_in_the_same_step();
    void a_saved_run_repeats_all_of_it_bit_for_bit();
    void what_has_ended_makes_room();
    void labels_stay_their_own();
    void taking_it_back_leaves_the_text_as_it_was();
    void models_without_a_leak_have_currents_too();
};

void TestNeuronStimulus::a_pulse_acts_on_its_neurons_for_its_time()
{
    Simulation simulation(network(), {});
    simulation.advance(500);
    // 4 pA at 20 mV/pA: 80 mV above rest, a spike every 4 ms or so.
    make(simulation,
        config::add_currents(
            simulation.document(), {{"pulse", 0, some(100, 100), 4.0, 50.0, 70.0}}, 50.0));
    simulation.advance(simulation.end());
    const auto during = spikes_of(simulation, 100, 199, 51.0, 70.0);
    const auto others = spikes_of(simulation, 300, 399, 51.0, 70.0);
    const QByteArray counts = QByteArray::number(static_cast<qulonglong>(during)) + " and "
        + QByteArray::number(static_cast<qulonglong>(others));
    QVERIFY2(during > 100 * 3 && 2 * during > 3 * others, counts.constData());
    // Afterwards they fire like the others.
    const auto after = spikes_of(simulation, 100, 199, 80.0, 180.0);
    const auto others_after = spikes_of(simulation, 300, 399, 80.0, 180.0);
    QVERIFY(4 * after < 5 * others_after);
}

void TestNeuronStimulus::silenced_neurons_do_not_fire_and_come_back()
{
    Simulation simulation(network(), {});
    simulation.advance(500);
    const auto& population = simulation.document().experiment().populations[0];
    make(simulation,
        config::add_currents(simulation.document(),
            {{"silence", 0, some(100, 100), config::silencing_current(population), 50.0, 90.0}},
            50.0));
    simulation.advance(simulation.end());
    QVERIFY(spikes_of(simulation, 100, 199, 0.0, 50.0) > 10);
    // V_m leaves the threshold at once: 10 mV/ms and more.
    QCOMPARE(spikes_of(simulation, 100, 199, 51.0, 90.0), std::size_t {0});
    QVERIFY(spikes_of(simulation, 200, 699, 51.0, 90.0) > 10);
    QVERIFY(spikes_of(simulation, 100, 199, 140.0, 200.0) > 5);
}

void TestNeuronStimulus::kicked_neurons_jump_in_the_same_step()
{
    const std::vector<std::uint32_t> kicked = some(40, 50);
    Simulation simulation(network(), {});
    simulation.advance(500);
    std::vector<std::pair<std::string, core::Value>> kicks;
    for (const std::uint32_t neuron : kicked) {
        // From anywhere above reset beyond the threshold.
        kicks.emplace_back("populations/E/jump/" + std::to_string(neuron) + "/V_m", 60.0);
    }
    QVERIFY(simulation.set_all(kicks).errors.empty());
    QCOMPARE(simulation.changes().size(), kicked.size());
    for (const AppliedChange& change : simulation.changes()) {
        QCOMPARE(change.step, core::Step {500});
    }
    simulation.advance(1);
    // All that are not refractory (2 ms of 10 ms and more) fire in that step.
    QVERIFY(spikes_of(simulation, 40, 89, 50.0, 50.1) > 30);
    QVERIFY(spikes_of(simulation, 100, 699, 50.0, 50.1) < 100);
}

void TestNeuronStimulus::a_saved_run_repeats_all_of_it_bit_for_bit()
{
    const config::PresetDocument document = network();
    Simulation first(document, {1, std::size_t {1} << 28});
    disturb(first);
    const auto spikes = first.history()->spikes(0, first.end());
    const auto rows = first.history()->rows(0, 0, first.end()).values;
    QVERIFY(spikes.size() > 1000);
    Simulation undisturbed(document, {});
    undisturbed.advance(undisturbed.end());
    QVERIFY(undisturbed.history()->spikes(0, first.end()) != spikes);
    // As a file, which `spikescope run` reads.
    const auto saved = config::PresetDocument::parse(first.as_run().text(), "saved", {});
    QVERIFY(saved.document.has_value());
    for (const int threads : {1, 2, 3, 4}) {
        Simulation again(document, {threads, std::size_t {1} << 28});
        disturb(again);
        QVERIFY(again.history()->spikes(0, again.end()) == spikes);
        Simulation repeated(*saved.document, {threads, std::size_t {1} << 28});
        repeated.advance(repeated.end());
        QVERIFY(repeated.history()->spikes(0, repeated.end()) == spikes);
        QVERIFY(repeated.history()->rows(0, 0, repeated.end()).values == rows);
    }
}

void TestNeuronStimulus::what_has_ended_makes_room()
{
    const config::PresetDocument document = network(
        R"(, {"type": "dc", "label": "pulses", "target": "E", "amplitude": 0, "stop": 1})");
    const StimulusEdit one
        = config::add_currents(document, {{"pulse", 0, {1, 2}, 3.0, 10.0, 15.0}}, 10.0);
    QCOMPARE(one.document->experiment().stimuli.size(), std::size_t {3});
    const StimulusEdit two
        = config::add_currents(*one.document, {{"pulse", 0, {1}, 3.0, 12.0, 17.0}}, 12.0);
    QCOMPARE(two.document->experiment().stimuli.size(), std::size_t {4}); // the first goes on
    const StimulusEdit three
        = config::add_currents(*two.document, {{"pulse", 1, {7}, 3.0, 16.0, 19.0}}, 16.0);
    const auto& stimuli = three.document->experiment().stimuli;
    QCOMPARE(stimuli.size(), std::size_t {4});
    QCOMPARE(stimuli[1].label, std::string("pulses")); // somebody else's
    QCOMPARE(stimuli[2].start_ms, 12.0);
    QVERIFY(stimuli[3].targets.front().neurons == std::vector<std::uint32_t> {7});
    QCOMPARE(stimuli[3].targets.front().population, std::size_t {1});
}

void TestNeuronStimulus::labels_stay_their_own()
{
    const StimulusEdit two = config::add_currents(
        network(), {{"silence", 0, {1}, -3.0, 10.0}, {"silence", 1, {1}, -3.0, 10.0}}, 10.0);
    const auto& stimuli = two.document->experiment().stimuli;
    QCOMPARE(stimuli[1].label, std::string("silence"));
    QCOMPARE(stimuli[2].label, std::string("silence 2"));
    QVERIFY(!stimuli[1].stop_ms);
    const StimulusEdit none = config::remove_labelled(*two.document, "silence");
    QCOMPARE(none.document->experiment().stimuli.size(), std::size_t {1});
    QVERIFY(config::remove_labelled(*none.document, "silence").changes.empty());
}

void TestNeuronStimulus::taking_it_back_leaves_the_text_as_it_was()
{
    const config::PresetDocument before = network();
    const StimulusEdit edit
        = config::add_currents(before, {{"pulse", 0, some(3, 40), 2.5, 10.0, 15.0}}, 10.0);
    QCOMPARE(edit.changes.size(), std::size_t {1});
    config::PresetDocument there
        = *before.set(edit.changes[0].path, edit.changes[0].after).document;
    QCOMPARE(there.text(), edit.document->text());
    there = *there.set(edit.changes[0].path, edit.changes[0].before).document;
    QCOMPARE(there.text(), before.text());
}

void TestNeuronStimulus::models_without_a_leak_have_currents_too()
{
    const auto document = support::preset(R"({"dt": 0.5, "duration": 400})",
        R"("populations": [{"name": "n", "size": 3, "model": "izhikevich"}],
        "stimuli": [{"type": "dc", "target": "n", "amplitude": 10}])");
    const auto& population = document.experiment().populations[0];
    QVERIFY(config::current_for(population) > 4.0); // rheobase of the regular spiking neuron
    Simulation simulation(document, {});
    simulation.advance(200);
    make(simulation,
        config::add_currents(document,
            {{"silence", 0, {1}, config::silencing_current(population), 100.0, 300.0}}, 100.0));
    simulation.advance(simulation.end());
    QVERIFY(spikes_of(simulation, 0, 0, 110.0, 300.0) > 2);
    QCOMPARE(spikes_of(simulation, 1, 1, 110.0, 300.0), std::size_t {0});
    QVERIFY(spikes_of(simulation, 1, 1, 300.0, 400.0) > 0);
    const auto rows = simulation.history()->rows(0, 0, simulation.now());
    QVERIFY(std::all_of(
        rows.values.begin(), rows.values.end(), [](double x) { return std::isfinite(x); }));
}

QTEST_GUILESS_MAIN(TestNeuronStimulus)
#include "tst_neuron_stimulus.moc"
