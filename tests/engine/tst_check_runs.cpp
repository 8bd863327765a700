// Checks of presets on real runs: the same report however it is run, and what is behind it.

#include "engine/checks/evaluator.hpp"
#include "engine/checks/network_regime.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/simulation.hpp"
#include "tests/support/check_report.hpp"

#include <QTest>

#include <random>

using namespace engine;
using checks::Evaluator;
using checks::Report;
using config::PresetDocument;
using core::Step;
using test_support::about;

namespace {

constexpr const char* all_of_many = R"(
    { "quantity": "rate", "population": "E", "from": 50, "min": 0 },
    { "quantity": "spike_count", "population": "I", "from": 50, "to": 150, "min": 0 },
    { "quantity": "first_spike", "population": "E", "min": 0 },
    { "quantity": "first_isi", "population": "E", "min": 0 },
    { "quantity": "last_isi", "population": "E", "neuron": 7, "min": 0 },
    { "quantity": "cv_isi", "population": "E", "from": 50, "min": 0 },
    { "quantity": "cv2", "population": "I", "min": 0 },
    { "quantity": "fano", "population": "E", "min": 0 },
    { "quantity": "burst_count", "population": "E", "min": 0 },
    { "quantity": "population_fluctuation", "population": "E", "min": 0 },
    { "quantity": "correlation", "population": "E", "from": 50, "min": 0 },
    { "quantity": "synchrony", "population": "E", "from": 50, "min": 0 },
    { "quantity": "peak_frequency", "population": "E", "min": 0 },
    { "quantity": "peak_over_floor", "population": "E", "min": 0 },
    { "quantity": "v_max", "population": "I", "neuron": 1, "from": 33.3, "min": 0 },
    { "quantity": "v_min", "population": "I", "min": 0 },
    { "quantity": "pattern", "population": "E", "neuron": 3, "equals": "tonic spiking" },
    { "quantity": "regime", "from": 50, "equals": "AI" })";

/// A small network that fires irregularly.
PresetDocument network(const std::string& checks)
{
    const config::LoadResult result
        = PresetDocument::parse(R"({ "format": "spikescope-preset", "version": 1, "id": "t",
        "title": "T", "simulation": { "dt": 0.1, "duration": 1200 }, "populations": [
        { "name": "E", "size": 80, "model": "iaf_psc_delta" },
        { "name": "I", "size": 20, "model": "iaf_psc_delta" }], "projections": [
        { "source": "E", "target": "E", "rule": { "rule": "fixed_indegree", "indegree": 8 },
          "weight": 0.5, "delay": 1.5 },
        { "source": "E", "target": "I", "rule": { "rule": "fixed_indegree", "indegree": 8 },
          "weight": 0.5, "delay": 1.5 },
        { "source": "I", "target": "E", "rule": { "rule": "fixed_indegree", "indegree": 2 },
          "weight": -2.5, "delay": 1.5 }], "stimuli": [
        { "type": "poisson", "target": ["E", "I"], "rate": 3000, "weight": 0.5 }],
        "checks": [)"
                + checks + "] }",
            "t", {});
    if (!result.document) {
        qFatal("%s", core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

} // namespace

class TestCheckRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neither_batches_nor_threads_change_a_report()
    {
        const PresetDocument document = network(all_of_many);
        const auto run = [&](int threads, Step batch) {
            SimulationOptions options;
            options.threads = threads;
            Simulation simulation(document, options);
            const auto evaluator = std::make_shared<Evaluator>(document.experiment());
            simulation.observe(evaluator);
            while (simulation.now() < simulation.end()) {
                simulation.advance(batch);
            }
            return evaluator->report();
        };
        const Report report = run(1, 12000);
        QVERIFY(report.complete());
        for (const checks::Result& result : report.results) {
            QVERIFY2(
                result.measured.value || !result.measured.name.empty(), qPrintable(about(report)));
        }
        QCOMPARE(about(run(3, 12000)), about(report));
        QCOMPARE(about(run(1, 7)), about(report));
        QCOMPARE(about(run(2, 1003)), about(report));
    }

    /// The newest sample of the current is told again where a change alters it.
    void changes_of_the_current_are_seen_alike_in_any_batches()
    {
        const config::LoadResult loaded
            = PresetDocument::parse(R"({ "format": "spikescope-preset", "version": 1, "id": "t",
            "title": "T", "variables": { "drive": { "value": 0 } },
            "simulation": { "dt": 0.1, "duration": 400 },
            "populations": [{ "name": "n", "size": 1, "model": "izhikevich" }],
            "stimuli": [{ "type": "dc", "target": "n", "amplitude": "drive" }],
            "events": [{ "at": 50, "set": "drive", "value": 10 },
                       { "at": 350, "set": "drive", "value": 0 }],
            "checks": [{ "quantity": "pattern", "population": "n", "equals": "tonic spiking" }] })",
                "t", {});
        QVERIFY(loaded.document);
        const auto run = [&](Step batch) {
            Simulation simulation(*loaded.document, {});
            const auto evaluator = std::make_shared<Evaluator>(loaded.document->experiment());
            simulation.observe(evaluator);
            while (simulation.now() < simulation.end()) {
                simulation.advance(batch);
            }
            return evaluator->report();
        };
        const Report report = run(4000);
        QVERIFY2(report.passed(), qPrintable(about(report)));
        QCOMPARE(about(run(1)), about(report));
        QCOMPARE(about(run(500)), about(report)); // a batch ends where the current changes
    }

    void a_running_network_is_judged_from_where_the_evaluator_joins()
    {
        const PresetDocument document = network(
            R"({ "quantity": "spike_count", "population": "E", "from": 50, "to": 250, "min": 1 })");
        Simulation simulation(document, {});
        simulation.advance(3003);
        const auto evaluator = std::make_shared<Evaluator>(document.experiment());
        simulation.observe(evaluator);
        simulation.advance(4000);
        std::size_t spikes = 0;
        for (const recording::Spike& spike : simulation.history()->spikes(3503, 5503)) {
            spikes += spike.population == 0 ? 1 : 0;
        }
        const Report report = evaluator->report();
        QVERIFY2(report.passed(), qPrintable(about(report)));
        QCOMPARE(report.results[0].measured.value, std::optional(static_cast<double>(spikes)));
        QCOMPARE(report.results[0].window_text(), std::string("350.3 to 550.3 ms"));
    }

    void a_restart_judges_the_new_run_alone()
    {
        const PresetDocument document = network(all_of_many);
        Simulation simulation(document, {});
        const auto evaluator = std::make_shared<Evaluator>(document.experiment());
        simulation.observe(evaluator);
        simulation.advance(simulation.end());
        const Report first = evaluator->report();
        simulation.restart();
        QVERIFY(!evaluator->report().results[0].measured.value);
        simulation.advance(simulation.end());
        QCOMPARE(about(evaluator->report()), about(first));
    }

    void bursts_as_they_come_are_those_of_the_whole_train()
    {
        std::mt19937 random(7);
        std::exponential_distribution<double> interval(0.02);
        std::vector<Step> train;
        constexpr double dt_ms = 0.1;
        checks::TrainEvents events(1, dt_ms);
        for (Step stamp = 1; train.size() < 2000;
             stamp += 1 + static_cast<Step>(10 * interval(random))) {
            train.push_back(stamp);
            events.add(stamp, 0);
        }
        const auto bursts = analysis::find_bursts(train, dt_ms);
        QVERIFY(bursts.size() > 20);
        QCOMPARE(events.bursts(), std::uint64_t {bursts.size()});
        QCOMPARE(events.spikes_per_burst(), analysis::spikes_per_burst(bursts));
    }

    void excitation_and_inhibition_are_seen_in_the_synapses()
    {
        const auto both = [](const std::string& model, const std::string& weights) {
            const config::LoadResult result = PresetDocument::parse(
                R"({ "format": "spikescope-preset", "version": 1, "id": "t", "title": "T",
                "simulation": { "dt": 0.1, "duration": 10 }, "populations": [
                { "name": "n", "size": 3, "model": ")"
                    + model + R"(" }], "projections": [)" + weights + "] }",
                "t", {});
            if (!result.document) {
                qFatal("%s", core::text(result.diagnostics).c_str());
            }
            return checks::has_excitation_and_inhibition(result.document->experiment());
        };
        const auto one = [](const std::string& weight, const char* port = "0") {
            return R"({ "source": "n", "target": "n", "rule": { "rule": "all_to_all" },
                "delay": 1, "weight": )"
                + weight + R"(, "port": )" + port + "}";
        };
        QVERIFY(both("iaf_psc_delta", one("0.1") + "," + one("-0.5")));
        QVERIFY(!both("iaf_psc_delta", one("0.1") + "," + one("0")));
        QVERIFY(both("izhikevich",
            one(R"({ "uniform": [0, 1], "scale": 0.5 })") + ","
                + one(R"({ "uniform": [0, 1], "scale": -1 })")));
        // Port 1 reverses at 0 mV, port 2 at -85 mV.
        QVERIFY(both("glif_cond", one("1", "1") + "," + one("2", "2")));
        QVERIFY(!both("glif_cond", one("1", "1") + "," + one("2", "1")));
        QVERIFY(both("iaf_psc_delta", R"({ "source": "n", "target": "n", "rule": {
            "rule": "explicit", "connections": [[0, 1, 2.5, 1], [1, 2, -3, 1]] } })"));
    }
};

QTEST_APPLESS_MAIN(TestCheckRuns)
#include "tst_check_runs.moc"
