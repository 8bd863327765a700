// The shape of a stimulus is what the simulation records: current by current and spike by spike.

#include "engine/analysis/stimulus_shape.hpp"

#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <cmath>

using namespace engine;

namespace {

/// Two populations, the second larger than a chunk; one stimulus; the current of neuron 600 of the
/// second is recorded, and its potential, which jumps by every weight that arrives.
config::PresetDocument preset(const std::string& stimulus)
{
    return support::preset(R"({"dt": 0.1, "duration": 100, "seed": 7})",
        R"("populations": [{"name": "a", "size": 1, "model": "izhikevich"},
          {"name": "b", "size": 700, "model": "iaf_psc_delta",
           "params": {"tau_m": 1e9, "C_m": 1e9, "E_L": 0, "V_th": 1e9, "V_reset": 0, "t_ref": 1},
           "init": {"V_m": 0}}],
        "stimuli": [)"
            + stimulus
            + R"(], "record": {"traces": [{"population": "b", "neurons": [600], "variables": ["V_m", "I"]}]})");
}

/// Value of the shape in step k.
double at(const std::vector<analysis::ShapePoint>& points, core::Step k)
{
    double value = std::nan("");
    for (const auto& point : points) {
        if (point.step <= k) {
            value = point.value;
        }
    }
    return value;
}

constexpr analysis::StimulusSite site {0, 1, 600};

} // namespace

class TestStimulusShape : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_current_is_that_of_the_run_in_every_step_data()
    {
        QTest::addColumn<QString>("stimulus");
        const auto row = [](const char* name, const char* fields) {
            QTest::addRow("%s", name)
                << QString(R"({"target": "b", "label": "s", %1})").arg(fields);
        };
        row("dc", R"("type": "dc", "amplitude": 3, "start": 10, "stop": 60, "delay": 1)");
        row("steps", R"("type": "step_current", "times": [5, 5.1, 50], "amplitudes": [1, 2, -3])");
        row("ramp", R"("type": "ramp", "from": 1, "to": 5, "start": 20, "stop": 80)");
        row("slope", R"("type": "ramp", "slope": 0.5, "start": 20)");
        row("pulses",
            R"("type": "pulses", "times": [5, 7, 50], "width": 2, "amplitude": [1, 2, 3])");
        row("sine", R"("type": "ac", "amplitude": 2, "frequency": 25, "phase": 30, "stop": 90)");
        row("noise", R"("type": "noise", "mean": 1, "std": 2, "interval": 0.5, "start": 3)");
        row("shared", R"("type": "noise", "low": 1, "high": 2, "shared": true)");
    }

    void a_current_is_that_of_the_run_in_every_step()
    {
        QFETCH(QString, stimulus);
        const auto document = preset(stimulus.toStdString());
        Simulation simulation(document, {});
        simulation.advance(simulation.end());
        const auto rows = simulation.history()->rows(0, 0, 1000);
        const auto points = analysis::current_shape(document.experiment(), site, 0, 1000, 1);
        for (std::size_t i = 0; i + 1 < rows.steps.size(); ++i) {
            // The sample with stamp k has the current of step k.
            QCOMPARE(at(points, rows.steps[i]), rows.values[2 * i + 1]);
        }
        const auto none = analysis::spike_shape(document.experiment(), site, 0, 1000, 1);
        QVERIFY(none && none->empty());

        // Coarser: no value of a bucket lies outside of what is shown for it.
        constexpr core::Step bucket = 16;
        const auto coarse = analysis::current_shape(document.experiment(), site, 40, 1000, bucket);
        QVERIFY(coarse.size() <= points.size());
        for (core::Step k = 48; k < 1000; ++k) {
            const core::Step first = k - k % bucket;
            double low = at(coarse, first - 1);
            double high = low;
            bool any = false;
            for (const auto& point : coarse) {
                if (point.step >= first && point.step < first + bucket) {
                    low = any || point.step == first
                        ? std::min(any ? low : point.value, point.value)
                        : std::min(low, point.value);
                    high = any || point.step == first
                        ? std::max(any ? high : point.value, point.value)
                        : std::max(high, point.value);
                    any = true;
                }
            }
            const double value = at(points, k);
            QVERIFY2(value >= low && value <= high, qPrintable(QString("step %1").arg(k)));
        }
    }

    void an_edge_is_kept_to_the_step_however_coarse()
    {
        const auto document = preset(
            R"({"type": "dc", "target": "b", "amplitude": 3, "start": 12.3, "stop": 45.6})");
        const std::vector<analysis::ShapePoint> expected {{0, 0.0}, {123, 3.0}, {456, 0.0}};
        QVERIFY(analysis::current_shape(document.experiment(), site, 0, 1000, 100) == expected);
    }

    void spikes_are_those_that_arrive_data()
    {
        QTest::addColumn<QString>("stimulus");
        QTest::newRow("train")
            << R"({"type": "spike_train", "target": "b", "times": [1, 50, 50, 99.9],
            "weights": [1, 2, 3, 4], "delay": 0.5})";
        QTest::newRow("poisson")
            << R"({"type": "poisson", "target": "b", "rate": 2000, "weight": 2, "start": 20})";
    }

    void spikes_are_those_that_arrive()
    {
        QFETCH(QString, stimulus);
        const auto document = preset(stimulus.toStdString());
        Simulation simulation(document, {});
        simulation.advance(simulation.end());
        const auto rows = simulation.history()->rows(0, 0, 1000);
        const auto spikes = *analysis::spike_shape(document.experiment(), site, 0, 1000, 1);
        QVERIFY(spikes.size() >= 2);
        std::size_t next = 0;
        double before = 0.0;
        for (std::size_t i = 0; i < rows.steps.size(); ++i) {
            const double jump = rows.values[2 * i] - before;
            before = rows.values[2 * i];
            const bool here = next < spikes.size() && spikes[next].stamp == rows.steps[i];
            QVERIFY(std::abs(jump - (here ? spikes[next].weight : 0.0)) < 1e-5);
            next += here ? 1 : 0;
        }
        QCOMPARE(next, spikes.size());
        QVERIFY(analysis::current_shape(document.experiment(), site, 0, 1000, 1).empty());

        double sum = 0.0;
        const auto coarse = analysis::spike_shape(document.experiment(), site, 0, 1000, 50);
        for (const auto& spike : *coarse) {
            sum += spike.weight;
        }
        QVERIFY(std::abs(sum - before) < 1e-4);
    }

    void what_would_take_long_is_not_done()
    {
        const auto document
            = preset(R"({"type": "poisson", "target": "b", "rate": 2000, "weight": 2})");
        QVERIFY(!analysis::spike_shape(
            document.experiment(), site, 0, analysis::most_spike_steps + 1, 1000));
    }
};

QTEST_APPLESS_MAIN(TestStimulusShape)
#include "tst_stimulus_shape.moc"
