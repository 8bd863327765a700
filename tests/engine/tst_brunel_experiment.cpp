// Which experiments the theory of Brunel's network applies to.

#include "engine/theory/brunel_experiment.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace engine;
using config::Experiment;
using theory::brunel_shape;
using theory::BrunelParams;

namespace {

Experiment brunel() { return test_support::shipped("brunel-ai-small").experiment(); }

bool close(double x, double y) { return std::abs(x - y) <= 1e-9 * std::abs(y); }

} // namespace

class TestBrunelExperiment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shipped_regimes_have_the_parameters_of_the_paper_data()
    {
        QTest::addColumn<double>("g");
        QTest::addColumn<double>("eta");
        QTest::addRow("brunel-sr") << 3.0 << 2.0;
        QTest::addRow("brunel-si-fast") << 6.0 << 4.0;
        QTest::addRow("brunel-ai") << 5.0 << 2.0;
        QTest::addRow("brunel-si-slow") << 4.5 << 0.9;
    }

    void shipped_regimes_have_the_parameters_of_the_paper()
    {
        QFETCH(double, g);
        QFETCH(double, eta);
        const auto shape
            = brunel_shape(test_support::shipped(QTest::currentDataTag()).experiment());
        QVERIFY2(shape.params, shape.reason.c_str());
        QVERIFY(close(shape.params->g, g));
        QVERIFY(close(shape.params->eta, eta));
        BrunelParams paper; // Fig. 8
        paper.g = shape.params->g;
        paper.eta = shape.params->eta;
        QVERIFY(*shape.params == paper);
    }

    void names_order_and_an_offset_do_not_matter()
    {
        const BrunelParams expected = *brunel_shape(brunel()).params;
        Experiment experiment = brunel();
        std::swap(experiment.populations[0], experiment.populations[1]);
        for (config::Projection& projection : experiment.projections) {
            projection.source = 1 - projection.source;
            projection.target = 1 - projection.target;
        }
        for (config::Population& population : experiment.populations) {
            population.name = "x" + population.name;
            for (const char* potential : {"E_L", "V_th", "V_reset"}) {
                core::Value& value = population.params[potential];
                value = std::get<double>(value) - 70.0;
            }
        }
        const auto shape = brunel_shape(experiment);
        QVERIFY2(shape.params, shape.reason.c_str());
        QVERIFY(close(shape.params->V_th, expected.V_th));
        QVERIFY(close(shape.params->V_reset, expected.V_reset));
        QVERIFY(close(shape.params->eta, expected.eta));
        QVERIFY(close(shape.params->g, expected.g));
    }

    void a_constant_current_shifts_the_thresholds()
    {
        Experiment experiment = brunel();
        for (config::Population& population : experiment.populations) {
            population.params["I_e"] = 0.1; // 0.1 pA x 20 ms / 1 pF = 2 mV
        }
        const auto shape = brunel_shape(experiment);
        QVERIFY(shape.params);
        QVERIFY(close(shape.params->V_th, 18.0));
        QVERIFY(close(shape.params->V_reset, 8.0));
        QVERIFY(close(shape.params->eta, 2.0 * 20.0 / 18.0)); // the same input, nearer threshold
    }

    void what_is_no_such_network_says_why_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addRow("one neuron") << "izh2003-rs";
        QTest::addRow("other neurons") << "net-izh2003";
        QTest::addRow("one population") << "net-pymonnto";
    }

    void what_is_no_such_network_says_why()
    {
        QFETCH(QString, id);
        const auto shape = brunel_shape(test_support::shipped(id.toStdString()).experiment());
        QVERIFY(!shape.params);
        QVERIFY(!shape.reason.empty());
    }

    void a_part_that_does_not_fit_says_why()
    {
        const auto reason = [](auto&& change) {
            Experiment experiment = brunel();
            change(experiment);
            const auto shape = brunel_shape(experiment);
            return shape.params ? std::string() : shape.reason;
        };
        QCOMPARE(reason([](Experiment& e) { e.projections[0].delay_ms = 2.0; }),
            std::string("the delays differ"));
        QCOMPARE(reason([](Experiment& e) { e.projections[0].weight = 0.2; }),
            std::string("the populations get different input"));
        QCOMPARE(reason([](Experiment& e) { e.populations[1].params["tau_m"] = 10.0; }),
            std::string("the populations differ"));
        QCOMPARE(reason([](Experiment& e) { e.projections[1].rule = config::AllToAll {}; }),
            std::string("it needs fixed in-degrees"));
        QCOMPARE(reason([](Experiment& e) {
            std::get<config::Poisson>(e.stimuli[0].source).shared = true;
        }),
            std::string("the Poisson input is shared"));
        QCOMPARE(reason([](Experiment& e) { e.stimuli[0].targets.pop_back(); }),
            std::string("the populations get different input"));
        QCOMPARE(reason([](Experiment& e) { e.stimuli[0].start_ms = 100.0; }),
            std::string("the input begins or ends during the run"));
        QCOMPARE(reason([](Experiment& e) {
            e.stimuli.emplace_back().source = config::Dc {5.0};
            e.stimuli.back().targets = {{0, {}, true}};
        }),
            std::string("there is input that is not Poisson"));
    }

    void a_pulse_disturbs_the_network_that_theory_is_about()
    {
        const BrunelParams expected = *brunel_shape(brunel()).params;
        Experiment experiment = brunel();
        config::Stimulus pulse;
        pulse.source = config::Dc {5.0};
        pulse.start_ms = 100.0;
        pulse.stop_ms = 105.0;
        pulse.targets = {{0, {3, 4}, false}};
        experiment.stimuli.push_back(pulse);
        const auto shape = brunel_shape(experiment);
        QVERIFY2(shape.params, shape.reason.c_str());
        QVERIFY(*shape.params == expected);
    }
};

QTEST_GUILESS_MAIN(TestBrunelExperiment)
#include "tst_brunel_experiment.moc"
