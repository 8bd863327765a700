#include "engine/analysis/statistics_observer.hpp"
#include "engine/simulation.hpp"

#include "tests/support/live.hpp"

#include <QTest>

#include <map>
#include <optional>

using namespace engine;

namespace {

/// Keeps everything that it is told.
class Witness : public analysis::Observer {
public:
    explicit Witness(std::vector<config::TraceRequest> wanted = {})
        : wanted_(std::move(wanted))
        , rows(wanted_.size())
    {
    }
    std::vector<config::TraceRequest> probes() const override { return wanted_; }
    void begin(core::Step now) override
    {
        begun.push_back(now);
        spiked.clear();
        for (auto& probe : rows) {
            probe.clear();
        }
    }
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override
    {
        for (const std::uint32_t neuron : neurons) {
            spiked.push_back({stamp, static_cast<std::uint32_t>(population), neuron});
        }
    }
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override
    {
        rows[probe][stamp].assign(values.begin(), values.end());
    }
    void amend(std::size_t probe, core::Step stamp, std::span<const double> values) override
    {
        rows[probe].at(stamp).assign(values.begin(), values.end());
    }
    void done(core::Step now) override { told = now; }

private:
    std::vector<config::TraceRequest> wanted_;

public:
    std::vector<core::Step> begun;
    std::vector<recording::Spike> spiked;
    std::vector<std::map<core::Step, std::vector<double>>> rows; ///< of each probe
    core::Step told = -1;
};

/// 80 E + 20 I neurons; two traces and the spikes of the listed populations are recorded.
config::PresetDocument network(const std::string& recorded_spikes)
{
    std::string text = test_support::network_text(300.0);
    const std::string key = R"("record": {)";
    text.insert(text.find(key) + key.size(), R"("spikes": )" + recorded_spikes + ", ");
    return *test_support::preset(text).set("rate", 25000.0).document; // it fires steadily
}

std::vector<double> history_values(const Simulation& simulation)
{
    std::vector<double> out;
    for (std::size_t g = 0; g < simulation.history()->groups().size(); ++g) {
        const auto rows = simulation.history()->rows(g, 0, simulation.now());
        out.insert(out.end(), rows.values.begin(), rows.values.end());
    }
    return out;
}

} // namespace

class TestObserver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void all_spikes_are_told_whatever_is_recorded()
    {
        Simulation recorded(network(R"(["E", "I"])"), {});
        recorded.advance(recorded.end());
        const auto expected = recorded.history()->spikes(0, recorded.end());
        QVERIFY(expected.size() > 100);

        const auto witness = std::make_shared<Witness>();
        Simulation observed(network("[]"), {});
        observed.observe(witness);
        observed.advance(observed.end());
        QVERIFY(observed.history()->spikes(0, observed.end()).empty());
        QVERIFY(witness->spiked == expected);
        QCOMPARE(witness->told, observed.end());
    }

    void observing_changes_no_bit_of_the_run()
    {
        const config::PresetDocument document = network(R"(["E", "I"])");
        Simulation alone(document, {});
        alone.advance(alone.end());
        for (const int threads : {1, 3}) {
            Simulation observed(document, {threads, std::size_t {1} << 28});
            observed.observe(std::make_shared<analysis::RecentStatistics>(document.experiment()));
            observed.observe(std::make_shared<Witness>(std::vector<config::TraceRequest> {
                {0, {3, 7}, {"V_m", "I"}, 0.1}, {1, {0}, {"V_m"}, 0.7}}));
            observed.advance(observed.end());
            QVERIFY(observed.history()->spikes(0, observed.end())
                == alone.history()->spikes(0, alone.end()));
            QVERIFY(history_values(observed) == history_values(alone));
        }
    }

    void samples_are_those_that_a_recording_would_hold()
    {
        // The same neuron is recorded by the preset and wanted by an observer; the drive changes
        // on the way, so that `I` of a sample is known only later.
        const config::PresetDocument document = test_support::preset(test_support::neuron_text(60));
        const auto& experiment = document.experiment();
        const auto witness = std::make_shared<Witness>(std::vector<config::TraceRequest> {
            {0, {0}, {"I", "nothing of this name", "V_m"}, experiment.simulation.dt_ms}});
        Simulation simulation(document, {});
        simulation.observe(witness);
        simulation.advance(250);
        QVERIFY(simulation.set("drive", 123.0).errors.empty());
        simulation.advance(simulation.end());

        const recording::TraceGroup& group = simulation.history()->groups().front();
        const auto column = [&](const std::string& variable) {
            const auto found = std::find_if(group.columns.begin(), group.columns.end(),
                [&](const recording::TraceColumn& c) { return c.variable == variable; });
            return static_cast<std::size_t>(found - group.columns.begin());
        };
        const recording::TraceRows rows = simulation.history()->rows(0, 0, simulation.end());
        QCOMPARE(witness->rows[0].size(), rows.steps.size());
        for (std::size_t r = 0; r < rows.steps.size(); ++r) {
            const auto& sample = witness->rows[0].at(rows.steps[r]);
            QCOMPARE(sample.size(), std::size_t {2});
            const double* row = rows.values.data() + r * group.columns.size();
            QVERIFY(sample[0] == row[column("I")]);
            QVERIFY(sample[1] == row[column("V_m")]);
        }
    }

    void an_observer_may_come_late_and_go()
    {
        Simulation simulation(network(R"(["E", "I"])"), {});
        const auto witness
            = std::make_shared<Witness>(std::vector<config::TraceRequest> {{0, {5}, {"V_m"}, 1.0}});
        simulation.advance(1000);
        simulation.observe(witness);
        simulation.advance(1000);
        simulation.unobserve(*witness);
        simulation.advance(1000);
        QCOMPARE(witness->begun, std::vector<core::Step> {1000});
        QVERIFY(witness->spiked == simulation.history()->spikes(1000, 2000));
        QCOMPARE(witness->told, core::Step {2000});
        QCOMPARE(witness->rows[0].size(), std::size_t {100});
        QCOMPARE(witness->rows[0].begin()->first, core::Step {1010});
    }

    void restart_and_restore_begin_anew()
    {
        Simulation simulation(network(R"(["E", "I"])"), {});
        const auto witness = std::make_shared<Witness>();
        simulation.observe(witness);
        simulation.advance(500);
        const auto state = simulation.copy_state();
        simulation.advance(1500);
        const auto spikes = witness->spiked;
        simulation.restore(*state);
        simulation.advance(1500);
        QVERIFY(witness->spiked == simulation.history()->spikes(500, 2000));
        simulation.restart();
        simulation.advance(2000);
        QVERIFY(witness->spiked == spikes);
        const std::vector<core::Step> begun {0, 500, 0};
        QCOMPARE(witness->begun, begun);
    }
};

QTEST_APPLESS_MAIN(TestObserver)
#include "tst_observer.moc"
