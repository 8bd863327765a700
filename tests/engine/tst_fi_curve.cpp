// What theory says of f-I curves, in terms of the current that is varied, against measured ones;
// and what is said of a measured curve.

#include "engine/sweep/curve_facts.hpp"
#include "engine/sweep/sweep.hpp"
#include "engine/theory/fi_curve.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <cmath>
#include <limits>

using namespace engine;
using config::PresetDocument;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

PresetDocument with(PresetDocument document, const char* path, const core::Value& value)
{
    return document.set(path, value).document.value();
}

/// Steady rates under these currents.
std::vector<double> measured(
    const config::ConstantCurrent& examined, const std::vector<double>& values)
{
    const sweep::Request request {with(examined.document, "simulation/duration", 2000.0),
        {{examined.path, values}}, {}, sweep::TrainRequest {0, 0, 1000.0}};
    std::vector<double> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        core::Progress progress;
        out.push_back(sweep::compute(request, i, progress).train.rate_Hz);
    }
    return out;
}

} // namespace

class TestFiCurve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closed_forms_are_what_is_measured_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addRow("LIF") << "lif-dc"
                             << "" << 0.0;
        QTest::addRow("LIF at another rest") << "lif-dc"
                                             << "populations/n/params/E_L" << -3.0;
        QTest::addRow("beside a constant current") << "lif-dc"
                                                   << "populations/n/params/I_e" << 0.4;
        QTest::addRow("GLIF level 1") << "glif-lif"
                                      << "" << 0.0;
        QTest::addRow("GLIF with another reset") << "glif-lif"
                                                 << "populations/n/params/V_reset" << -65.0;
    }
    void closed_forms_are_what_is_measured()
    {
        QFETCH(QString, id);
        QFETCH(QString, path);
        QFETCH(double, value);
        PresetDocument preset = test_support::shipped(id.toStdString());
        if (!path.isEmpty()) {
            preset = with(preset, path.toUtf8().constData(), value);
        }
        const auto examined = config::with_constant_current(preset);
        const theory::FiTheory theory = theory::fi_theory(examined);
        QVERIFY(theory.rheobase && theory.rate_Hz && !theory.rest_ends);
        const double unit = std::abs(*theory.rheobase);
        const std::vector<double> values {*theory.rheobase - 0.01 * unit,
            *theory.rheobase + 0.01 * unit, *theory.rheobase + 0.5 * unit,
            *theory.rheobase + 2.0 * unit};
        const std::vector<double> rates = measured(examined, values);
        QCOMPARE(rates[0], 0.0);
        QCOMPARE(theory.rate_Hz(values[0]), 0.0);
        const double dt = preset.experiment().simulation.dt_ms;
        for (std::size_t i = 1; i < values.size(); ++i) {
            // Threshold and refractory time end with a step.
            const double late = 1000.0 / rates[i] - 1000.0 / theory.rate_Hz(values[i]);
            QVERIFY2(late > -dt && late < 2.0 * dt, qPrintable(QString::number(late)));
        }
    }

    void rest_of_the_Izhikevich_neuron_ends_where_theory_says_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addRow("saddle-node") << "izh2003-rs";
        QTest::addRow("class 1") << "izh2004-g";
        QTest::addRow("resonator") << "izh2003-rz";
    }
    void rest_of_the_Izhikevich_neuron_ends_where_theory_says()
    {
        QFETCH(QString, id);
        const auto examined
            = config::with_constant_current(test_support::shipped(id.toStdString()));
        const theory::FiTheory theory = theory::fi_theory(examined);
        QVERIFY(theory.rheobase && theory.rest_ends && !theory.rate_Hz);
        QVERIFY(measured(examined, {*theory.rheobase + 0.5}).front() > 0.0);
        // Far below there is rest, whatever the beginning.
        QCOMPARE(measured(examined, {*theory.rheobase - 5.0}).front(), 0.0);
    }

    void theory_is_silent_where_it_does_not_apply()
    {
        for (const char* id : {"lif-noise", "brunel-ai-small"}) {
            const auto examined = config::with_constant_current(test_support::shipped(id));
            const theory::FiTheory theory = theory::fi_theory(examined);
            QVERIFY(!theory.rheobase && !theory.rate_Hz);
        }
        const auto noisy = config::with_constant_current(test_support::shipped("lif-noise"));
        QCOMPARE(theory::rheobase_alone(noisy), std::optional(1.0)); // V_th C_m / tau_m
        const auto examined = config::with_constant_current(test_support::shipped("glif-lif-asc"));
        const theory::FiTheory theory = theory::fi_theory(examined);
        QVERIFY(theory.rheobase && !theory.rate_Hz);
    }

    void a_curve_is_told_in_numbers()
    {
        const std::vector<double> values {0, 1, 2, 3, 4, 5};
        const sweep::CurveFacts facts
            = sweep::facts_of(values, std::vector<double> {0, missing, 0, 10, 13, 16});
        QCOMPARE(facts.silent_up_to, std::optional(2.0));
        QCOMPARE(facts.fires_from, std::optional(3.0));
        QCOMPARE(facts.highest_Hz, std::optional(16.0));
        QCOMPARE(facts.gain, std::optional(3.0));
        QCOMPARE(sweep::values_at_onset(facts, 3), (std::vector<double> {2.25, 2.5, 2.75}));

        const sweep::CurveFacts silent = sweep::facts_of(values, std::vector<double>(6, 0.0));
        QVERIFY(!silent.fires_from && !silent.gain);
        QCOMPARE(silent.silent_up_to, std::optional(5.0));
        QVERIFY(sweep::values_at_onset(silent, 3).empty());

        const sweep::CurveFacts always = sweep::facts_of(values, std::vector<double>(6, 7.0));
        QVERIFY(!always.silent_up_to);
        QCOMPARE(always.gain, std::optional(0.0));
        QVERIFY(sweep::values_at_onset(always, 3).empty());
        QVERIFY(!sweep::facts_of({}, {}).highest_Hz);
    }

    void the_gain_of_a_block_of_depolarisation_counts_what_fires()
    {
        const std::vector<double> values {0, 1, 2, 3};
        const sweep::CurveFacts facts = sweep::facts_of(values, std::vector<double> {0, 20, 40, 0});
        QCOMPARE(facts.gain, std::optional(20.0));
        QCOMPARE(facts.fires_from, std::optional(1.0));
        QCOMPARE(facts.silent_up_to, std::optional(0.0));
    }
};

QTEST_GUILESS_MAIN(TestFiCurve)
#include "tst_fi_curve.moc"
