#include "engine/analysis/statistics_observer.hpp"
#include "engine/simulation.hpp"

#include "tests/support/live.hpp"
#include "tests/support/spike_trains.hpp"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace engine;
using analysis::NetworkStatistics;
using analysis::PopulationStatistics;
using analysis::RecentStatistics;
using analysis::WindowStatistics;

namespace {

/// 80 E + 20 I neurons that fire steadily.
config::PresetDocument network(double duration_ms)
{
    return *test_support::preset(test_support::network_text(duration_ms))
                .set("rate", 25000.0)
                .document;
}

NetworkStatistics run(const config::PresetDocument& document, core::Step batch, int threads,
    core::Step from, core::Step to)
{
    Simulation simulation(document, {threads, std::size_t {1} << 28});
    const auto window = std::make_shared<WindowStatistics>(document.experiment(), from, to);
    simulation.observe(window);
    while (simulation.now() < simulation.end()) {
        simulation.advance(batch);
    }
    return window->statistics();
}

bool same(const PopulationStatistics& a, const PopulationStatistics& b)
{
    return a.spikes == b.spikes && a.window_ms == b.window_ms && a.rate_Hz == b.rate_Hz
        && a.cv_isi == b.cv_isi && a.cv_isi_neurons == b.cv_isi_neurons && a.cv2 == b.cv2
        && a.lv == b.lv && a.fano_100ms == b.fano_100ms && a.fano_1ms == b.fano_1ms
        && a.synchrony == b.synchrony && a.correlation_5ms == b.correlation_5ms
        && a.peak_frequency_Hz == b.peak_frequency_Hz
        && a.distributions.intervals.counts() == b.distributions.intervals.counts()
        && a.spectrum.density == b.spectrum.density;
}

/// chi of the potentials of all 100 neurons from step 1000 on.
class Potentials : public analysis::Observer {
public:
    std::vector<config::TraceRequest> probes() const override
    {
        std::vector<config::TraceRequest> out {{0, {}, {"V_m"}, 1.0}, {1, {}, {"V_m"}, 1.0}};
        for (std::uint32_t n = 0; n < 80; ++n) {
            out[0].neurons.push_back(n);
        }
        for (std::uint32_t n = 0; n < 20; ++n) {
            out[1].neurons.push_back(n);
        }
        return out;
    }
    void begin(core::Step /*now*/) override { }
    void spikes(core::Step /*stamp*/, std::size_t /*population*/,
        std::span<const std::uint32_t> /*neurons*/) override
    {
    }
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override
    {
        std::copy(values.begin(), values.end(), row.begin() + (probe == 0 ? 0 : 80));
        if (probe == 1 && stamp > 1000) {
            chi.add(row);
        }
    }
    void done(core::Step /*now*/) override { }
    std::vector<double> row = std::vector<double>(100);
    analysis::SynchronyAccumulator chi {100};
};

} // namespace

class TestNetworkStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threads_and_batches_change_no_value()
    {
        const config::PresetDocument document = network(1500.0);
        const NetworkStatistics expected = run(document, 15000, 1, 2000, 14000);
        QVERIFY(expected.network.synchrony && expected.network.peak_frequency_Hz);
        QVERIFY(expected.network.fano_100ms && expected.network.correlation_5ms);
        QCOMPARE(expected.from_ms, 200.0);
        QCOMPARE(expected.to_ms, 1400.0);
        for (const core::Step batch : {1, 77, 1600}) {
            const NetworkStatistics found = run(document, batch, 3, 2000, 14000);
            QVERIFY(same(found.populations[0], expected.populations[0]));
            QVERIFY(same(found.populations[1], expected.populations[1]));
            QVERIFY(same(found.network, expected.network));
        }
    }

    /// All neurons together are what one population of them would be.
    void the_network_is_its_populations_pooled()
    {
        const config::PresetDocument document = network(1500.0);
        const core::Step end = 15000;
        Simulation simulation(document, {});
        const auto window = std::make_shared<WindowStatistics>(document.experiment(), 0, end);
        simulation.observe(window);
        simulation.advance(end);
        const NetworkStatistics found = window->statistics();

        analysis::PopulationAccumulator all(100, 0.1, 0, end);
        for (const recording::Spike& spike : simulation.history()->spikes(0, end)) {
            const std::uint32_t neuron = spike.neuron + 80 * spike.population;
            all.add_spikes(spike.step, {&neuron, 1});
        }
        all.advance(end);
        const PopulationStatistics expected = all.statistics();
        QCOMPARE(found.network.neurons, std::uint64_t {100});
        QCOMPARE(found.network.spikes, expected.spikes);
        QVERIFY(found.network.spikes > 1000);
        QCOMPARE(found.network.spikes, found.populations[0].spikes + found.populations[1].spikes);
        QCOMPARE(found.network.fano_1ms, expected.fano_1ms);
        QCOMPARE(found.network.correlation_5ms, expected.correlation_5ms);
        QCOMPARE(found.network.peak_over_floor, expected.peak_over_floor);
        QCOMPARE(found.network.distributions.intervals.counts(),
            expected.distributions.intervals.counts());
        QCOMPARE(found.network.cv_isi_neurons, expected.cv_isi_neurons);
        // Sums over the neurons in another order.
        QVERIFY(std::abs(*found.network.cv_isi - *expected.cv_isi) < 1e-13);
        QVERIFY(std::abs(*found.network.lv - *expected.lv) < 1e-13);
        QVERIFY(std::abs(*found.network.fano_100ms - *expected.fano_100ms) < 1e-13);
    }

    void chi_of_the_network_is_that_of_all_its_potentials()
    {
        const config::PresetDocument document = network(400.0);
        Simulation simulation(document, {});
        const auto window = std::make_shared<WindowStatistics>(document.experiment(), 1000, 4000);
        const auto potentials = std::make_shared<Potentials>();
        simulation.observe(window);
        simulation.observe(potentials);
        simulation.advance(4000);
        QVERIFY(std::abs(*window->statistics().network.synchrony - *potentials->chi.chi()) < 1e-12);
    }

    void a_window_that_is_joined_late_says_so()
    {
        const config::PresetDocument document = network(1000.0);
        Simulation simulation(document, {});
        simulation.advance(3000);
        const auto window = std::make_shared<WindowStatistics>(document.experiment(), 1000, 8000);
        simulation.observe(window);
        simulation.advance(7000);
        QCOMPARE(window->statistics().from_ms, 300.0);
        QCOMPARE(window->statistics().to_ms, 800.0);
        QCOMPARE(
            window->statistics().populations[0].spikes + window->statistics().populations[1].spikes,
            std::uint64_t {simulation.history()->spikes(3000, 8000).size()});
        // A restart begins the window anew, whole.
        simulation.restart();
        simulation.advance(10000);
        QCOMPARE(window->statistics().from_ms, 100.0);
        QVERIFY(same(window->statistics().network, run(document, 500, 1, 1000, 8000).network));
    }

    void recent_statistics_are_those_of_the_newest_complete_window()
    {
        const config::PresetDocument document = network(4000.0);
        Simulation simulation(document, {});
        const auto recent = std::make_shared<RecentStatistics>(document.experiment());
        QVERIFY(!recent->statistics());
        simulation.observe(recent);
        QVERIFY(!recent->statistics());
        const auto expect = [&](double from_ms, double to_ms) {
            const NetworkStatistics found = *recent->statistics();
            QCOMPARE(found.from_ms, from_ms);
            QCOMPARE(found.to_ms, to_ms);
            const core::TimeGrid grid(0.1);
            QVERIFY(same(found.network,
                run(document, 40000, 1, grid.steps(from_ms), grid.steps(to_ms)).network));
        };
        simulation.advance(7000);
        expect(0.0, 700.0);
        simulation.advance(13001);
        expect(0.0, 2000.0);
        simulation.advance(4998);
        expect(0.0, 2000.0);
        simulation.advance(1);
        expect(500.0, 2500.0);
        simulation.advance(15000);
        expect(2000.0, 4000.0);
        simulation.restart();
        QVERIFY(!recent->statistics());
        simulation.advance(100);
        expect(0.0, 10.0);
    }

    void of_large_populations_some_stand_for_all()
    {
        // 3000 Poisson trains of 40 Hz beside 500 regular ones of 20 Hz: CV 1 and 0.
        std::string text = test_support::network_text(100.0);
        config::PresetDocument document = *test_support::preset(text)
                                               .set("populations/E/size", 3000.0)
                                               .document->set("populations/I/size", 500.0)
                                               .document;
        RecentStatistics recent(document.experiment());
        recent.begin(0);
        std::vector<std::vector<core::Step>> trains;
        for (std::uint64_t n = 0; n < 3000; ++n) {
            trains.push_back(test_support::renewal_train(250.0, 0.0, 1, 20000, n + 1));
        }
        std::vector<std::uint32_t> all(500);
        std::iota(all.begin(), all.end(), 0U);
        for (const auto& [stamp, neurons] : test_support::raster(trains).stamps) {
            recent.spikes(stamp, 0, neurons);
        }
        for (core::Step stamp = 500; stamp <= 20000; stamp += 500) {
            recent.spikes(stamp, 1, all);
        }
        recent.done(20000);
        const NetworkStatistics found = *recent.statistics();
        QCOMPARE(found.populations[0].cv_isi_neurons, std::size_t {1000});
        QCOMPARE(found.populations[1].cv_isi_neurons, std::size_t {500});
        QCOMPARE(found.populations[1].cv_isi, std::optional(0.0));
        const double E = *found.populations[0].cv_isi;
        // The CV of n exponential intervals is 1 - 1.5 / n on average (delta method).
        QVERIFY(std::abs(E - (1.0 - 1.5 / 79.0)) < 0.015);
        QVERIFY(std::abs(*found.network.cv_isi - E * 3000.0 / 3500.0) < 1e-12);
        // Each of the 1000 trains stands for three in the histogram.
        const auto& histogram = found.network.distributions.intervals.counts();
        const double intervals = std::accumulate(histogram.begin(), histogram.end(), 0.0);
        QVERIFY(std::abs(intervals - (3000.0 * 79.0 + 500.0 * 39.0)) < 0.02 * intervals);
    }
};

QTEST_APPLESS_MAIN(TestNetworkStatistics)
#include "tst_network_statistics.moc"
