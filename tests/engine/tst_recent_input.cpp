// What a sample of a population receives: against a Poisson process, whose moments are known, and
// against mean-field theory in an asynchronous irregular network.

#include "engine/analysis/recent_input.hpp"
#include "engine/simulation.hpp"
#include "engine/theory/brunel_experiment.hpp"
#include "engine/theory/input_parts.hpp"
#include "tests/support/live.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace engine;
using analysis::InputStatistics;
using analysis::RecentInput;

namespace {

/// Neurons that nobody but a Poisson stimulus of 8 kHz drives; far from the threshold.
config::PresetDocument driven()
{
    return support::preset(R"({"dt": 0.1, "duration": 5000, "seed": 3})",
        R"("populations": [{"name": "E", "size": 40, "model": "iaf_psc_delta",
          "params": {"tau_m": 20, "C_m": 1, "E_L": 3, "V_th": 90, "V_reset": 10, "t_ref": 2}, "init": {"V_m": 3}}],
        "stimuli": [{"type": "poisson", "target": "E", "rate": 8000, "weight": 0.25}],
        "record": {"spikes": ["E"]})");
}

std::optional<InputStatistics> observed(
    const config::PresetDocument& document, core::Step steps, int threads)
{
    SimulationOptions options;
    options.threads = threads;
    Simulation simulation(document, options);
    auto input = std::make_shared<RecentInput>(document.experiment());
    simulation.observe(input);
    simulation.advance(steps);
    return input->statistics();
}

bool close(double found, double expected, double share)
{
    return std::abs(found - expected) <= share * std::abs(expected);
}

} // namespace

class TestRecentInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_poisson_drive_has_its_mean_and_variance();
    void potentials_are_those_of_the_free_membrane();
    void an_AI_network_agrees_with_theory();
    void watching_changes_no_bit_and_no_thread_matters();
    void before_half_a_second_there_is_nothing();
    void a_model_without_a_membrane_says_so();
    void a_live_run_watches_while_it_is_wanted();
};

void TestRecentInput::a_poisson_drive_has_its_mean_and_variance()
{
    const auto found = observed(driven(), 50000, 1);
    QVERIFY(found.has_value());
    // 100 ms to settle, then half seconds from 0.1 s on: the last complete ends at 4.6 s.
    QCOMPARE(found->from_ms, 2600.0);
    QCOMPARE(found->to_ms, 4600.0);
    const auto& received = found->populations.at(0);
    QCOMPARE(received.neurons, std::size_t {10});
    // weight x rate x tau = 0.25 x 8 x 20 = 40 mV, and sqrt(0.25^2 x 8 x 20 / 2). Taken after the
    // arrivals of a step, the mean is larger by dt / (2 tau) = 0.25 %. Ten neurons, 2 s and a
    // correlation time of 20 ms: 1000 independent samples, so 2 % for the deviation; five of these.
    QVERIFY2(close(received.external.mean, 40.1, 5.0 * 2.236 / 40.0 / std::sqrt(500.0)),
        qPrintable(QString::number(received.external.mean)));
    QVERIFY2(close(received.external.sd, std::sqrt(0.0625 * 160.0 / 2.0), 0.11),
        qPrintable(QString::number(received.external.sd)));
    QCOMPARE(received.excitatory.mean, 0.0);
    QCOMPARE(received.inhibitory.sd, 0.0);
    QCOMPARE(received.total.mean, received.external.mean);
}

void TestRecentInput::potentials_are_those_of_the_free_membrane()
{
    const auto found = observed(driven(), 50000, 1);
    const auto& received = found->populations.at(0);
    QCOMPARE(found->membranes.at(0).tau_ms, 20.0);
    QCOMPARE(found->membranes.at(0).rest, 3.0);
    QCOMPARE(*found->membranes.at(0).V_th, 90.0);
    // No spike resets them: rest + external input. 40 neurons (all there are), every ms of 2 s.
    QCOMPARE(received.V_m_samples, std::uint64_t {40 * 2000});
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t b = 0; b < received.V_m.counts.size(); ++b) {
        const double V = analysis::PotentialHistogram::lower
            + analysis::PotentialHistogram::width * (static_cast<double>(b) + 0.5);
        sum += static_cast<double>(received.V_m.counts[b]) * V;
        squares += static_cast<double>(received.V_m.counts[b]) * V * V;
    }
    const auto n = static_cast<double>(received.V_m_samples);
    const double mean = sum / n;
    QVERIFY2(close(mean, 43.1, 0.01), qPrintable(QString::number(mean)));
    QVERIFY(close(std::sqrt(squares / n - mean * mean), 2.236, 0.06));
}

void TestRecentInput::an_AI_network_agrees_with_theory()
{
    const auto document = test_support::shipped("brunel-ai-small");
    const auto found = observed(document, 21500, 0);
    QVERIFY(found.has_value());
    const auto shape = theory::brunel_shape(document.experiment());
    const double rate = theory::self_consistent_rates(*shape.params).back();
    const auto parts = theory::input_parts(rate, *shape.params);
    for (const auto& received : found->populations) {
        const QByteArray values = QStringLiteral("E %1 %2, I %3 %4, ext %5 %6, sum %7 %8")
                                      .arg(received.excitatory.mean)
                                      .arg(received.excitatory.sd)
                                      .arg(received.inhibitory.mean)
                                      .arg(received.inhibitory.sd)
                                      .arg(received.external.mean)
                                      .arg(received.external.sd)
                                      .arg(received.total.mean)
                                      .arg(received.total.sd)
                                      .toUtf8();
        // Means: 3 % of each part (the rate's tolerance); the sum is a small difference of large
        // numbers, so within 3 % of the excitatory part.
        QVERIFY2(close(received.excitatory.mean, parts.excitatory.mu, 0.03), values);
        QVERIFY2(close(received.inhibitory.mean, parts.inhibitory.mu, 0.03), values);
        QVERIFY2(close(received.external.mean, parts.external.mu, 0.03), values);
        QVERIFY2(
            std::abs(received.total.mean - parts.total.mu) < 0.03 * parts.excitatory.mu, values);
        // The drive is independent: 15 %. Theory takes the trains for Poisson processes. In AI they
        // are more regular, with a Fano factor of 0.22 (science: F, panel C), so that the variance
        // of the sum lies between theory's and that with recurrent parts scaled by it.
        const auto variance
            = [](const theory::Input& input) { return input.sigma * input.sigma / 2.0; };
        constexpr double fano = 0.22;
        const double recurrent = variance(parts.excitatory) + variance(parts.inhibitory);
        const double least = std::sqrt(variance(parts.external) + fano * recurrent);
        const double per_sd = std::sqrt(2.0);
        QVERIFY2(close(received.external.sd, parts.external.sigma / per_sd, 0.15), values);
        QVERIFY2(received.total.sd > least, values);
        QVERIFY2(received.total.sd < parts.total.sigma / per_sd, values);
        // The population's rate fluctuates, and both recurrent parts with it; in the sum it
        // cancels.
        QVERIFY2(received.excitatory.sd > parts.excitatory.sigma / per_sd, values);
        QVERIFY2(received.inhibitory.sd > 0.9 * parts.inhibitory.sigma / per_sd, values);
    }
}

void TestRecentInput::watching_changes_no_bit_and_no_thread_matters()
{
    const auto document = test_support::shipped("brunel-ai-small");
    constexpr core::Step steps = 7000;
    Simulation plain(document, {});
    plain.advance(steps);
    const auto one = observed(document, steps, 1);
    const auto two = observed(document, steps, 2);
    QVERIFY(one && two);
    QCOMPARE(one->populations[0].total.mean, two->populations[0].total.mean);
    QCOMPARE(one->populations[1].total.sd, two->populations[1].total.sd);
    QCOMPARE(one->populations[0].V_m.counts, two->populations[0].V_m.counts);
    Simulation watched(document, {});
    watched.observe(std::make_shared<RecentInput>(document.experiment()));
    watched.advance(steps);
    QCOMPARE(watched.spike_counts(), plain.spike_counts());
    QVERIFY(watched.history()->spikes(0, steps) == plain.history()->spikes(0, steps));
}

void TestRecentInput::before_half_a_second_there_is_nothing()
{
    QVERIFY(!observed(driven(), 5900, 1)); // 100 ms to settle and 490 ms
    const auto first = observed(driven(), 6000, 1);
    QVERIFY(first.has_value());
    QCOMPARE(first->from_ms, 100.0);
    QCOMPARE(first->to_ms, 600.0);
}

void TestRecentInput::a_model_without_a_membrane_says_so()
{
    const auto document = test_support::shipped("net-izh2003");
    const auto membrane = analysis::membrane_of(document.experiment().populations.front());
    QVERIFY(!membrane.of_model);
    QCOMPARE(membrane.tau_ms, 20.0);
    QVERIFY(!membrane.V_th);
    const auto found = observed(document, 1500, 1); // dt is 1 ms
    QVERIFY(found.has_value());
    QVERIFY(found->populations.front().excitatory.mean > 0.0);
    QVERIFY(found->populations.front().inhibitory.mean < 0.0);
}

void TestRecentInput::a_live_run_watches_while_it_is_wanted()
{
    LiveSimulation live;
    live.start();
    live.post(Open {driven(), true});
    live.post(SetSpeed {std::nullopt});
    live.post(WatchInput {true});
    std::shared_ptr<const InputStatistics> input;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto frame = live.take_frame();
            input = frame && frame->input ? frame->input : input;
            return input != nullptr;
        }(),
        60000);
    QVERIFY(close(input->populations.at(0).external.mean, 40.1, 0.05));
    live.post(ResetState {});
    live.post(WatchInput {false});
    bool letGo = false; // a frame is taken once only
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto frame = live.take_frame();
            letGo = letGo || (frame && !frame->input && frame->statistics);
            return letGo;
        }(),
        60000);
    live.stop();
}

QTEST_GUILESS_MAIN(TestRecentInput)
#include "tst_recent_input.moc"
