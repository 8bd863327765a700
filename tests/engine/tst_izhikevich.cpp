#include "tests/support/neuron_run.hpp"

#include <QTest>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

using engine::models::InitTable;
using tests::NeuronRun;

namespace {

const std::vector<std::string> integrators {"euler", "net2003", "figure1", "pymonnto", "rk4"};

InitTable start_at(double v, double u)
{
    InitTable init;
    init.common["V_m"] = v;
    init.common["U_m"] = u;
    return init;
}

NeuronRun::Changes with_integrator(const std::string& name, NeuronRun::Changes changes = {})
{
    changes["integrator"] = name;
    return changes;
}

void integrator_rows()
{
    QTest::addColumn<QString>("integrator");
    for (const std::string& name : integrators) {
        QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
    }
}

/// Time of the first spike at a constant current of 10 from rest [ms].
double first_spike(const std::string& integrator, double dt)
{
    NeuronRun run("izhikevich", dt, with_integrator(integrator), start_at(-70.0, -14.0));
    while (run.spikes().empty()) {
        run.step(10.0);
    }
    return (run.spikes()[0] + 1) * dt;
}

/// v after 2 ms, far below the peak.
double v_after_2_ms(const std::string& integrator, double dt)
{
    NeuronRun run("izhikevich", dt, with_integrator(integrator), start_at(-70.0, -14.0));
    run.steps(static_cast<int>(std::lround(2.0 / dt)), 5.0);
    return run.value("V_m");
}

} // namespace

class TestIzhikevich : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_steps_by_hand_data();
    void two_steps_by_hand();
    void fixed_point_stays_data() { integrator_rows(); }
    void fixed_point_stays();
    void order_of_convergence_data();
    void order_of_convergence();
    void schemes_agree_in_the_limit_of_small_dt();
    void peak_itself_fires_or_not_as_the_scheme_says_data();
    void peak_itself_fires_or_not_as_the_scheme_says();
    void pymonnto_fires_in_the_step_after_the_crossing();
    void jump_at_port_0_is_its_weight_data() { integrator_rows(); }
    void jump_at_port_0_is_its_weight();
    void pulse_at_port_1_is_a_current_of_one_step_data() { integrator_rows(); }
    void pulse_at_port_1_is_a_current_of_one_step();
    void lower_bound_holds();
    void accommodation_needs_no_leak_of_u();
    void start_of_u_is_b_v();
    void neuron_that_fires_for_ever_is_a_fault_data() { integrator_rows(); }
    void neuron_that_fires_for_ever_is_a_fault();
    void two_hundred_spikes_in_a_row_are_no_fault();
    void value_that_is_not_finite_is_a_fault_data() { integrator_rows(); }
    void value_that_is_not_finite_is_a_fault();
    void drawn_parameters_equal_separate_neurons_data();
    void drawn_parameters_equal_separate_neurons();
    void restored_state_continues_with_the_same_bits_data() { integrator_rows(); }
    void restored_state_continues_with_the_same_bits();
    void restored_state_knows_how_long_neurons_have_spiked_without_a_pause();
};

// v = -60, u = -12, I = 10, a = 0.02, b = 0.2, dt = 0.5. f(v, u) = 0.04 v^2 + 5 v + 150 - u = 6 at
// the start; the second step follows by the same rule.
void TestIzhikevich::two_steps_by_hand_data()
{
    QTest::addColumn<QString>("integrator");
    QTest::addColumn<double>("v1");
    QTest::addColumn<double>("u1");
    QTest::addColumn<double>("v2");
    QTest::addColumn<double>("u2");
    // euler: v1 = -60 + 0.5 * 6 = -57, u1 = -12 + 0.01 (0.2 * -60 + 12) = -12;
    // f(-57, -12) = 129.96 - 285 + 150 + 12 = 6.96; v2 = -53.52, u2 = -12 + 0.01 (-11.4 + 12).
    QTest::addRow("euler") << "euler" << -57.0 << -12.0 << -53.52 << -11.994;
    // figure1: u1 = -12 + 0.01 (0.2 * -57 + 12) = -11.994; f = 129.96 - 285 + 150 + 11.994 = 6.954;
    // v2 = -57 + 3.477, u2 = -11.994 + 0.01 (0.2 * -53.523 + 11.994).
    QTest::addRow("figure1") << "figure1" << -57.0 << -11.994 << -53.523 << -11.981106;
    QTest::addRow("pymonnto") << "pymonnto" << -57.0 << -11.994 << -53.523 << -11.981106;
    // net2003: v = -60 + 0.25 * 6 = -58.5; f(-58.5, -12) = 136.89 - 292.5 + 150 + 12 = 6.39;
    // v1 = -58.5 + 1.5975 = -56.9025; u1 = -12 + 0.01 (-11.3805 + 12) = -11.993805.
    // f(-56.9025, u1) = 0.04 * 3237.89450625 - 284.5125 + 150 + 11.993805 = 6.99708525;
    // v = -55.1532286875; f(v, u1) = 0.04 * 3041.8786346396 - 275.7661434375 + 161.993805
    // = 7.9028069480; v2 = -55.1532286875 + 1.9757017370 = -53.1775269505;
    // u2 = -11.993805 + 0.01 (-10.6355053901 + 11.993805).
    QTest::addRow("net2003") << "net2003" << -56.9025 << -11.993805 << -53.1775269505
                             << -11.980222003901;
}

void TestIzhikevich::two_steps_by_hand()
{
    QFETCH(QString, integrator);
    QFETCH(double, v1);
    QFETCH(double, u1);
    QFETCH(double, v2);
    QFETCH(double, u2);
    NeuronRun run(
        "izhikevich", 0.5, with_integrator(integrator.toStdString()), start_at(-60.0, -12.0));
    run.step(10.0);
    QVERIFY(std::fabs(run.value("V_m") - v1) < 1e-9);
    QVERIFY(std::fabs(run.value("U_m") - u1) < 1e-9);
    run.step(10.0);
    QVERIFY(std::fabs(run.value("V_m") - v2) < 1e-9);
    QVERIFY(std::fabs(run.value("U_m") - u2) < 1e-9);
}

// Without input the rest of the default neuron is v = -70, u = -14.
void TestIzhikevich::fixed_point_stays()
{
    QFETCH(QString, integrator);
    NeuronRun run(
        "izhikevich", 0.25, with_integrator(integrator.toStdString()), start_at(-70.0, -14.0));
    run.steps(4000);
    QVERIFY(std::fabs(run.value("V_m") + 70.0) < 1e-9);
    QVERIFY(std::fabs(run.value("U_m") + 14.0) < 1e-9);
}

void TestIzhikevich::order_of_convergence_data()
{
    QTest::addColumn<QString>("integrator");
    QTest::addColumn<double>("order");
    for (const char* name : {"euler", "net2003", "figure1", "pymonnto"}) {
        QTest::addRow("%s", name) << name << 1.0;
    }
    QTest::addRow("rk4") << "rk4" << 4.0;
}

void TestIzhikevich::order_of_convergence()
{
    QFETCH(QString, integrator);
    QFETCH(double, order);
    const double exact = v_after_2_ms("rk4", 0.001);
    const double coarse = std::fabs(v_after_2_ms(integrator.toStdString(), 0.2) - exact);
    const double fine = std::fabs(v_after_2_ms(integrator.toStdString(), 0.05) - exact);
    QVERIFY(std::fabs(std::log2(coarse / fine) / 2.0 - order) < 0.3);
}

void TestIzhikevich::schemes_agree_in_the_limit_of_small_dt()
{
    const double exact = first_spike("rk4", 0.001);
    for (const std::string& name : integrators) {
        QVERIFY2(std::fabs(first_spike(name, 0.001) - exact) < 0.02, name.c_str());
    }
}

void TestIzhikevich::peak_itself_fires_or_not_as_the_scheme_says_data()
{
    QTest::addColumn<QString>("integrator");
    QTest::addColumn<bool>("fires");
    QTest::addRow("euler, v >= 30") << "euler" << true;
    QTest::addRow("net2003, v >= 30") << "net2003" << true;
    QTest::addRow("rk4, v >= 30") << "rk4" << true;
    QTest::addRow("figure1, v > 30") << "figure1" << false;
    QTest::addRow("pymonnto, v > 30") << "pymonnto" << false;
}

// With k2 = k1 = k0 = u = 0 nothing but the jump moves v.
void TestIzhikevich::peak_itself_fires_or_not_as_the_scheme_says()
{
    QFETCH(QString, integrator);
    QFETCH(bool, fires);
    const auto still = with_integrator(
        integrator.toStdString(), {{"k2", 0.0}, {"k1", 0.0}, {"k0", 0.0}, {"a", 0.0}});
    NeuronRun at_peak("izhikevich", 0.5, still, start_at(0.0, 0.0));
    at_peak.step(0.0, {{0, 30.0}});
    at_peak.step();
    QCOMPARE(!at_peak.spikes().empty(), fires);
    NeuronRun above("izhikevich", 0.5, still, start_at(0.0, 0.0));
    above.step(0.0, {{0, std::nextafter(30.0, 31.0)}});
    above.step();
    QCOMPARE(above.spikes().size(), std::size_t {1});
    QVERIFY(above.value("V_m") < 0.0);
}

void TestIzhikevich::pymonnto_fires_in_the_step_after_the_crossing()
{
    NeuronRun run("izhikevich", 0.5,
        with_integrator("pymonnto", {{"k2", 0.0}, {"k1", 0.0}, {"k0", 0.0}, {"a", 0.0}}),
        start_at(0.0, 0.0));
    run.step(0.0, {{0, 35.0}});
    QCOMPARE(run.value("V_m"), 35.0);
    QVERIFY(run.spikes().empty());
    run.step();
    QCOMPARE(run.spikes(), std::vector<int> {1});
    QCOMPARE(run.value("V_m"), -69.0); // reset to -65, then dv = dt (-u) with u = 8
    QCOMPARE(run.value("U_m"), 8.0);
}

void TestIzhikevich::jump_at_port_0_is_its_weight()
{
    QFETCH(QString, integrator);
    for (const double dt : {0.1, 1.0}) {
        NeuronRun run(
            "izhikevich", dt, with_integrator(integrator.toStdString()), start_at(-70.0, -14.0));
        run.step(0.0, {{0, 3.5}});
        QVERIFY(std::fabs(run.value("V_m") + 66.5) < 1e-12);
        QVERIFY(std::fabs(run.value("U_m") + 14.0) < 1e-12);
    }
}

void TestIzhikevich::pulse_at_port_1_is_a_current_of_one_step()
{
    QFETCH(QString, integrator);
    const auto changes = with_integrator(integrator.toStdString());
    NeuronRun pulse("izhikevich", 0.5, changes, start_at(-70.0, -14.0));
    NeuronRun current("izhikevich", 0.5, changes, start_at(-70.0, -14.0));
    pulse.step(0.0, {{1, 7.0}});
    current.step(7.0);
    QVERIFY(std::fabs(current.value("V_m") + 70.0) > 1.0);
    QCOMPARE(pulse.value("V_m"), current.value("V_m"));
    QCOMPARE(pulse.value("U_m"), current.value("U_m"));
}

void TestIzhikevich::lower_bound_holds()
{
    NeuronRun run("izhikevich", 0.5, {{"V_min", -75.0}}, start_at(-70.0, -14.0));
    run.step(0.0, {{0, -20.0}});
    QCOMPARE(run.value("V_m"), -75.0);
}

// du/dt = a b (v + 65): at v = -65 u does not move, and I = u keeps v there.
void TestIzhikevich::accommodation_needs_no_leak_of_u()
{
    NeuronRun run("izhikevich", 0.5,
        {{"v_ref", -65.0}, {"u_leak", 0.0}, {"b", 1.0}, {"k2", 0.0}, {"k1", 0.0}, {"k0", 0.0}},
        start_at(-65.0, -16.0));
    run.steps(50, -16.0);
    QCOMPARE(run.value("V_m"), -65.0);
    QCOMPARE(run.value("U_m"), -16.0);
    run.step(-14.0);
    QCOMPARE(run.value("V_m"), -64.0);
    QVERIFY(std::fabs(run.value("U_m") - (-16.0 + 0.5 * 0.02)) < 1e-14);
}

void TestIzhikevich::start_of_u_is_b_v()
{
    InitTable init;
    init.common["V_m"] = -60.0;
    NeuronRun run("izhikevich", 0.5, {{"b", 0.25}}, init);
    QCOMPARE(run.value("U_m"), -15.0);
    NeuronRun standard("izhikevich", 0.5, {});
    QCOMPARE(standard.value("V_m"), -65.0);
    QCOMPARE(standard.value("U_m"), -13.0);
}

void TestIzhikevich::neuron_that_fires_for_ever_is_a_fault()
{
    QFETCH(QString, integrator);
    NeuronRun run("izhikevich", 0.5, with_integrator(integrator.toStdString(), {{"d", -20.0}}));
    for (int k = 0; k < 1000 && run.fault().empty(); ++k) {
        run.step(100.0);
    }
    QCOMPARE(run.fault(), std::string("0: spiked in more than 200 consecutive steps"));
    QVERIFY(run.spikes().size() >= 201);
}

void TestIzhikevich::two_hundred_spikes_in_a_row_are_no_fault()
{
    NeuronRun run("izhikevich", 0.5,
        {{"k2", 0.0}, {"k1", 0.0}, {"k0", 0.0}, {"a", 0.0}, {"d", 0.0}}, start_at(0.0, 0.0));
    for (int burst = 0; burst < 2; ++burst) {
        for (int k = 0; k < 200; ++k) {
            run.step(0.0, {{0, 100.0}});
        }
        run.step();
    }
    QCOMPARE(run.spikes().size(), std::size_t {400});
    QCOMPARE(run.fault(), std::string());
    for (int k = 0; k < 201; ++k) {
        run.step(0.0, {{0, 100.0}});
    }
    QCOMPARE(run.fault(), std::string("0: spiked in more than 200 consecutive steps"));
}

void TestIzhikevich::value_that_is_not_finite_is_a_fault()
{
    QFETCH(QString, integrator);
    NeuronRun run("izhikevich", 0.5,
        with_integrator(integrator.toStdString(), {{"k2", 0.0}, {"k1", -1e200}}),
        start_at(-1e200, 0.0));
    run.step(-1e308);
    QCOMPARE(run.fault(), std::string("0: V_m or U_m is not finite"));
}

void TestIzhikevich::drawn_parameters_equal_separate_neurons_data()
{
    QTest::addColumn<QString>("integrator");
    QTest::addColumn<QStringList>("differ");
    for (const std::string& name : integrators) {
        for (const char* differ : {"c d", "a b", "d", "V_th c", "a c I_e", "k1 V_min b"}) {
            QTest::addRow("%s, %s differ", name.c_str(), differ)
                << QString::fromStdString(name) << QString(differ).split(' ');
        }
    }
}

void TestIzhikevich::drawn_parameters_equal_separate_neurons()
{
    QFETCH(QString, integrator);
    QFETCH(QStringList, differ);
    const std::map<std::string, std::pair<double, double>> ranges {{"a", {0.02, 0.1}},
        {"b", {0.2, 0.25}}, {"c", {-65.0, -50.0}}, {"d", {2.0, 8.0}}, {"V_th", {25.0, 30.0}},
        {"I_e", {0.0, 5.0}}, {"k1", {4.9, 5.0}}, {"V_min", {-70.0, -60.0}}};
    const std::size_t size = 600;
    const auto changes = with_integrator(integrator.toStdString());
    auto table = NeuronRun::table("izhikevich", changes);
    for (const QString& name : differ) {
        const auto [low, high] = ranges.at(name.toStdString());
        for (std::size_t i = 0; i < size; ++i) {
            const auto r = static_cast<double>(i) / size;
            table.per_neuron[name.toStdString()].push_back(low + (high - low) * r * r);
        }
    }
    NeuronRun together("izhikevich", 0.5, table, {}, size);
    together.steps(800, 10.0);
    for (const std::size_t i : {std::size_t {0}, std::size_t {300}, size - 1}) {
        auto own = changes;
        for (const QString& name : differ) {
            own[name.toStdString()] = table.per_neuron[name.toStdString()][i];
        }
        NeuronRun alone("izhikevich", 0.5, own);
        alone.steps(800, 10.0);
        QVERIFY(alone.spikes().size() > 4);
        QCOMPARE(together.spikes(i), alone.spikes());
        QCOMPARE(together.value("V_m", i), alone.value("V_m"));
        QCOMPARE(together.value("U_m", i), alone.value("U_m"));
    }
}

void TestIzhikevich::restored_state_continues_with_the_same_bits()
{
    QFETCH(QString, integrator);
    const auto changes = with_integrator(integrator.toStdString());
    NeuronRun run("izhikevich", 0.25, changes);
    run.steps(333, 12.0);
    NeuronRun other("izhikevich", 0.25, changes);
    other.neurons().restore(run.neurons().copy_state());
    run.steps(1000, 12.0);
    other.steps(1000, 12.0);
    QVERIFY(run.neurons().copy_state() == other.neurons().copy_state());
    QVERIFY(run.spikes().size() > other.spikes().size() && other.spikes().size() > 3);
}

void TestIzhikevich::restored_state_knows_how_long_neurons_have_spiked_without_a_pause()
{
    const NeuronRun::Changes changes {
        {"k2", 0.0}, {"k1", 0.0}, {"k0", 0.0}, {"a", 0.0}, {"d", 0.0}};
    for (const int before : {0, 1, 2, 150, 200}) {
        NeuronRun run("izhikevich", 0.5, changes, start_at(0.0, 0.0));
        for (int k = 0; k < before; ++k) {
            run.step(0.0, {{0, 100.0}});
        }
        NeuronRun other("izhikevich", 0.5, changes, start_at(0.0, 0.0));
        other.neurons().restore(run.neurons().copy_state());
        QVERIFY(run.neurons().copy_state() == other.neurons().copy_state());
        int further = 0;
        for (; further < 300 && other.fault().empty(); ++further) {
            other.step(0.0, {{0, 100.0}});
        }
        QCOMPARE(before + further, 201);
    }
}

QTEST_APPLESS_MAIN(TestIzhikevich)
#include "tst_izhikevich.moc"
