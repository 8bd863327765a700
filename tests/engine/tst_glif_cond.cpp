// Conductances of glif_cond and the voltage that they make.

#include "tests/support/glif_level.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using engine::core::Value;
using engine::models::InitTable;
using test_support::glif_level;
using tests::NeuronRun;

namespace {

using List = std::vector<double>;

/// Voltage 5 ms after events of 20 nS and 10 nS at both ports, threshold out of reach.
double voltage_after_events(double dt, double scale = 1.0)
{
    NeuronRun run("glif_cond", dt,
        {{"V_th", 1e6}, {"tau_syn", List {1.0, 2.0}}, {"E_rev", List {0.0, -85.0}}});
    run.step(0.0, {{1, 20.0 * scale}, {2, 10.0 * scale}});
    run.steps(static_cast<int>(std::lround(5.0 / dt)));
    return run.value("V_m");
}

/// The same by the trapezoidal rule on the exact conductances, extrapolated: an own solution.
double exact_voltage_after_events(double scale)
{
    const auto solve = [scale](int n) {
        const double h = 5.0 / n;
        const auto g = [scale](double t, double weight, double tau) {
            return scale * weight * t / tau * std::exp(1.0 - t / tau);
        };
        double v = 0.0;
        for (int k = 0; k < n; ++k) {
            const auto open = [&](double t) { return 9.43 + g(t, 20.0, 1.0) + g(t, 10.0, 2.0); };
            const auto drive = [&](double t) {
                return g(t, 20.0, 1.0) * 78.85 + g(t, 10.0, 2.0) * (-85.0 + 78.85);
            };
            const double a = h / 2.0 / 58.72;
            v = (v * (1.0 - a * open(k * h)) + a * (drive(k * h) + drive((k + 1) * h)))
                / (1.0 + a * open((k + 1) * h));
        }
        return v;
    };
    const double coarse = solve(100000);
    const double fine = solve(200000);
    return -78.85 + fine + (fine - coarse) / 3.0;
}

} // namespace

class TestGlifCond : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void event_of_weight_1_peaks_at_1_nS_after_tau_syn();
    void conductance_is_exact_for_any_dt_data();
    void conductance_is_exact_for_any_dt();
    void voltage_converges_with_order_4();
    void coarse_steps_stay_accurate_data();
    void coarse_steps_stay_accurate();
    void enormous_conductance_pulls_to_its_reversal_potential();
    void negative_weight_makes_a_negative_conductance();
    void conductances_never_become_denormal();
    void conditions_name_the_parameter_data();
    void conditions_name_the_parameter();
    void ports_and_conductances_follow_tau_syn();
    void drawn_parameters_equal_separate_neurons();
    void restored_state_continues_with_the_same_bits();
};

void TestGlifCond::event_of_weight_1_peaks_at_1_nS_after_tau_syn()
{
    NeuronRun run("glif_cond", 0.05, {});
    run.step(0.0, {{1, 1.0}, {2, 1.0}});
    QCOMPARE(run.value("g_1"), 0.0);
    double largest_1 = 0.0;
    double largest_2 = 0.0;
    for (int k = 1; k <= 100; ++k) {
        run.step();
        largest_1 = std::max(largest_1, run.value("g_1"));
        largest_2 = std::max(largest_2, run.value("g_2"));
        if (k == 4) {
            QVERIFY(std::fabs(run.value("g_1") - 1.0) < 1e-14);
        }
        if (k == 40) {
            QVERIFY(std::fabs(run.value("g_2") - 1.0) < 1e-13);
        }
    }
    QVERIFY(largest_1 <= 1.0 + 1e-14 && largest_2 <= 1.0 + 1e-13);
}

void TestGlifCond::conductance_is_exact_for_any_dt_data()
{
    QTest::addColumn<double>("dt");
    for (const double dt : {0.01, 0.05, 0.5, 2.0}) {
        QTest::addRow("dt = %g ms", dt) << dt;
    }
}

void TestGlifCond::conductance_is_exact_for_any_dt()
{
    QFETCH(double, dt);
    NeuronRun run("glif_cond", dt, {{"V_th", 1e6}});
    run.step(0.0, {{2, 3.0}});
    run.steps(static_cast<int>(std::lround(6.0 / dt)));
    QVERIFY(std::fabs(run.value("g_2") - 3.0 * 3.0 * std::exp(-2.0)) < 1e-12);
}

void TestGlifCond::voltage_converges_with_order_4()
{
    // Steps so short that none of them is divided.
    const double exact = exact_voltage_after_events(1.0);
    const double coarse = std::fabs(voltage_after_events(0.25) - exact);
    const double fine = std::fabs(voltage_after_events(0.125) - exact);
    QVERIFY2(std::fabs(std::log2(coarse / fine) - 4.0) < 0.5,
        qPrintable(QString("%1 %2").arg(coarse).arg(fine)));
}

void TestGlifCond::coarse_steps_stay_accurate_data()
{
    QTest::addColumn<double>("dt");
    QTest::addColumn<double>("scale");
    for (const double dt : {0.05, 0.1, 0.5, 1.0, 5.0}) {
        for (const double scale : {1.0, 50.0, 2000.0}) {
            QTest::addRow("dt = %g ms, events of %g nS", dt, 20.0 * scale) << dt << scale;
        }
    }
}

void TestGlifCond::coarse_steps_stay_accurate()
{
    QFETCH(double, dt);
    QFETCH(double, scale);
    const double error
        = std::fabs(voltage_after_events(dt, scale) - exact_voltage_after_events(scale));
    // 40 uS over 5 ms is where the parts of a step reach their limit.
    const double tolerance = dt > 4.0 && scale > 1000.0 ? 5e-3 : 5e-4;
    QVERIFY2(error < tolerance, qPrintable(QString::number(error)));
}

void TestGlifCond::enormous_conductance_pulls_to_its_reversal_potential()
{
    NeuronRun run("glif_cond", 0.1, {{"V_th", 1e6}});
    run.step(0.0, {{1, 1e9}});
    run.step();
    QVERIFY(std::fabs(run.value("V_m")) < 1e-3);
    QCOMPARE(run.fault(), std::string());
}

void TestGlifCond::negative_weight_makes_a_negative_conductance()
{
    NeuronRun run("glif_cond", 0.05, {});
    run.step(0.0, {{2, -20.0}});
    run.steps(40);
    QVERIFY(std::fabs(run.value("g_2") + 20.0) < 1e-12);
    QVERIFY(run.value("V_m") > -78.85 + 1.0);
}

void TestGlifCond::conductances_never_become_denormal()
{
    NeuronRun run("glif_cond", 0.05, {});
    run.step(0.0, {{1, 1.0}});
    for (int k = 0; k < 4000; ++k) {
        run.step();
        QVERIFY(run.value("g_1") == 0.0 || run.value("g_1") >= 1e-300);
    }
    QCOMPARE(run.value("g_1"), 0.0);
}

void TestGlifCond::conditions_name_the_parameter_data()
{
    QTest::addColumn<QString>("param");
    QTest::addColumn<Value>("value");
    QTest::addColumn<int>("from_level");
    QTest::addColumn<bool>("warning");
    QTest::addRow("V_reset at V_th") << "V_reset" << Value(-51.68) << 1 << false;
    QTest::addRow("no decay of Theta_s") << "th_spike_decay" << Value(0.0) << 2 << false;
    QTest::addRow("negative fraction") << "voltage_reset_fraction" << Value(-0.1) << 2 << false;
    QTest::addRow("reset above threshold") << "voltage_reset_add" << Value(25.0) << 2 << true;
    QTest::addRow("list too long") << "asc_amps" << Value(List {1.0, 2.0, 3.0}) << 3 << false;
    QTest::addRow("no decay of a current") << "asc_decay" << Value(List {0.1, 0.0}) << 3 << false;
    QTest::addRow("fraction kept below 0") << "asc_r" << Value(List {0.1, -0.1}) << 3 << false;
    QTest::addRow("no decay of Theta_v") << "th_voltage_decay" << Value(0.0) << 5 << false;
    QTest::addRow("equal rates") << "th_voltage_decay" << Value(9.43 / 58.72) << 5 << true;
    QTest::addRow("too few E_rev") << "E_rev" << Value(List {0.0}) << 1 << false;
}

void TestGlifCond::conditions_name_the_parameter()
{
    QFETCH(QString, param);
    QFETCH(Value, value);
    QFETCH(int, from_level);
    QFETCH(bool, warning);
    const auto* model = engine::models::Registry::instance().find("glif_cond");
    const std::string name = param.toStdString();
    const auto violations = model->check(
        NeuronRun::table("glif_cond", glif_level(from_level, {{name, value}})).common);
    QCOMPARE(violations.size(), std::size_t {1});
    QCOMPARE(violations[0].param, name);
    QCOMPARE(violations[0].warning, warning);
    if (from_level > 1) { // without the mechanism its parameters do not matter
        QVERIFY(model->check(NeuronRun::table("glif_cond", glif_level(1, {{name, value}})).common)
                    .empty());
    }
}

void TestGlifCond::ports_and_conductances_follow_tau_syn()
{
    const auto* model = engine::models::Registry::instance().find("glif_cond");
    const auto values = NeuronRun::table(
        "glif_cond", {{"tau_syn", List {1.0, 2.0, 3.0}}, {"E_rev", List {0.0, -85.0, -60.0}}})
                            .common;
    const auto ports = model->ports(values);
    QCOMPARE(ports.size(), std::size_t {4});
    QVERIFY(ports[0].current && !ports[0].spikes);
    QVERIFY(ports[3].spikes && !ports[3].current && ports[3].number == 3);
    QCOMPARE(model->default_spike_port(values), 1);
    QCOMPARE(model->recordables(values)[4].name, std::string("g_3"));
    NeuronRun run("glif_cond", 0.05,
        {{"tau_syn", List {1.0, 2.0, 3.0}}, {"E_rev", List {0.0, -85.0, -60.0}}});
    run.step(0.0, {{3, 2.0}});
    run.steps(60);
    QVERIFY(std::fabs(run.value("g_3") - 2.0) < 1e-12);
    QCOMPARE(run.value("g_1"), 0.0);
}

void TestGlifCond::drawn_parameters_equal_separate_neurons()
{
    const std::size_t size = 40;
    const auto changes = glif_level(5);
    auto table = NeuronRun::table("glif_cond", changes);
    for (std::size_t i = 0; i < size; ++i) {
        const auto x = static_cast<double>(i) / size;
        table.per_neuron["C_m"].push_back(50.0 + 20.0 * x);
        table.per_neuron["t_ref"].push_back(2.0 + 3.0 * x);
        table.per_neuron["V_th"].push_back(-52.0 + x);
    }
    NeuronRun together("glif_cond", 0.05, table, {}, size);
    together.step(0.0, {{1, 10.0}, {2, 5.0}});
    together.steps(4000, 500.0);
    for (const std::size_t i : {std::size_t {0}, std::size_t {17}, size - 1}) {
        auto own = changes;
        for (const char* name : {"C_m", "t_ref", "V_th"}) {
            own[name] = table.per_neuron[name][i];
        }
        NeuronRun alone("glif_cond", 0.05, own);
        alone.step(0.0, {{1, 10.0}, {2, 5.0}});
        alone.steps(4000, 500.0);
        QVERIFY(alone.spikes().size() > 4);
        QCOMPARE(together.spikes(i), alone.spikes());
        for (const char* name : {"V_m", "threshold", "ASCurrents_sum", "g_2"}) {
            QCOMPARE(together.value(name, i), alone.value(name));
        }
    }
}

void TestGlifCond::restored_state_continues_with_the_same_bits()
{
    NeuronRun run("glif_cond", 0.05, glif_level(5));
    run.step(0.0, {{1, 10.0}, {2, 5.0}});
    while (run.spikes().empty()) {
        run.step(500.0);
    }
    run.steps(3, 500.0);
    NeuronRun other("glif_cond", 0.05, glif_level(5));
    other.neurons().restore(run.neurons().copy_state());
    run.steps(3000, 500.0);
    other.steps(3000, 500.0);
    QVERIFY(run.neurons().copy_state() == other.neurons().copy_state());
    QVERIFY(other.spikes().size() > 3);
}

QTEST_APPLESS_MAIN(TestGlifCond)
#include "tst_glif_cond.moc"
