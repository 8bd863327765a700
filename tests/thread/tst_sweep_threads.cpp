// Sweeps on threads of their own: the same cells for any number of them, readable at any time,
// stopped at any time.

#include "engine/sweep/sweep.hpp"
#include "engine/sweep/table.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <memory>

using namespace engine;
using sweep::Sweep;
using Urgency = Sweep::Urgency;

namespace {

sweep::Request request(double duration_ms, std::vector<double> rates)
{
    const auto document = support::preset(
        R"({"dt": 0.1, "duration": )" + std::to_string(duration_ms) + R"(, "seed": 3})", R"(
      "variables": {"rate": {"value": 9000}},
      "populations": [{"name": "n", "size": 10, "model": "iaf_psc_delta",
        "params": {"E_L": 0, "V_th": 20, "V_reset": 10}}],
      "stimuli": [{"type": "poisson", "target": "n", "rate": "rate", "weight": 0.2}])");
    return {document, {{"rate", std::move(rates)}},
        {{config::Quantity::rate, 0, {}, {}}, {config::Quantity::cv_isi, 0, {}, {}},
            {config::Quantity::v_max, 0, {}, {}}},
        sweep::TrainRequest {0, 3, 20.0}};
}

} // namespace

class TestSweepThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_are_the_same_for_any_threads()
    {
        const sweep::Request wanted = request(100.0, sweep::steps(0.0, 30000.0, 2000.0));
        std::string first;
        for (const int threads : {1, 2, 5, 40}) {
            const Sweep sweep(wanted, threads, Urgency::background);
            sweep.wait();
            QVERIFY(sweep.complete());
            QCOMPARE(sweep.fraction(), 1.0);
            std::string text = sweep::csv_text(wanted, sweep.cells());
            for (const sweep::Cell& cell : sweep.cells()) {
                text += core::value_text(cell.train.intervals_ms) + "\n";
            }
            first = first.empty() ? text : first;
            QCOMPARE(text, first);
        }
        QVERIFY(first.size() > 1000);
    }

    void a_growing_sweep_can_be_read()
    {
        const Sweep sweep(request(50.0, sweep::steps(0.0, 30000.0, 500.0)), 3, Urgency::background);
        std::size_t before = 0;
        double fraction = 0.0;
        while (!sweep.wait_for(std::chrono::milliseconds(1))) {
            const std::size_t promised = sweep.results();
            std::size_t done = 0;
            for (const sweep::Cell& cell : sweep.cells()) {
                done += cell.done ? 1U : 0U;
                QVERIFY(!cell.done || cell.measured.size() == 3 || !cell.error.empty());
            }
            QVERIFY(done >= promised && done >= before);
            before = done;
            fraction = std::max(fraction, sweep.fraction());
            QVERIFY(fraction <= 1.0);
        }
    }

    void a_sweep_that_is_not_wanted_stops()
    {
        // Each run alone would take longer than anybody waits.
        for (int i = 0; i < 3; ++i) {
            Sweep sweep(request(1e9, {1000.0, 2000.0, 3000.0}), 2, Urgency::background);
            QVERIFY(!sweep.wait_for(std::chrono::milliseconds(5)));
            if (i == 1) {
                sweep.cancel();
            }
            QCOMPARE(sweep.results(), std::size_t {0});
        }
    }
};

QTEST_GUILESS_MAIN(TestSweepThreads)
#include "tst_sweep_threads.moc"
