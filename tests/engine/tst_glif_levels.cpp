// Threshold, reset, after-spike currents and adaptation of the five GLIF levels, against closed
// forms.

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

using List = std::vector<double>;

class TestGlifLevels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void interval_at_400_pA_is_10_15_ms();
    void rheobase_is_g_m_times_the_distance_to_threshold();
    void threshold_must_be_exceeded();
    void spike_threshold_jumps_and_decays();
    void reset_of_level_2_uses_the_voltage_before_the_step();
    void after_spike_currents_add_up();
    void initial_after_spike_currents_act_from_the_second_step();
    void adapting_threshold_follows_a_constant_voltage();
    void adapting_threshold_has_no_gap_at_equal_rates();
    void everything_but_conductances_is_frozen_while_refractory();
    void what_has_decayed_is_zero_not_denormal();
    void only_the_five_levels_exist();
    void state_variables_depend_on_the_level();
};

void TestGlifLevels::interval_at_400_pA_is_10_15_ms()
{
    NeuronRun run("glif_cond", 0.05, glif_level(1));
    run.steps(2000, 400.0);
    const auto& spikes = run.spikes();
    // 3.75 + tau_m log(...) = 10.121 ms, the crossing rounded up to the grid.
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        QCOMPARE(spikes[i] - spikes[i - 1], 203);
    }
    QCOMPARE(spikes.size(), std::size_t {10});
}

void TestGlifLevels::rheobase_is_g_m_times_the_distance_to_threshold()
{
    const double rheobase = 9.43 * (78.85 - 51.68);
    NeuronRun below("glif_cond", 0.05, glif_level(1));
    below.steps(10000, rheobase * 0.9999);
    QVERIFY(below.spikes().empty());
    NeuronRun above("glif_cond", 0.05, glif_level(1));
    above.steps(10000, rheobase * 1.0001);
    QVERIFY(!above.spikes().empty());
}

void TestGlifLevels::threshold_must_be_exceeded()
{
    InitTable init;
    init.common["V_m"] = 0.0;
    // Without leak and input V stays exactly where it is.
    const NeuronRun::Changes still {
        {"E_L", 0.0}, {"V_th", 0.0}, {"V_reset", -10.0}, {"tau_syn", List {}}, {"E_rev", List {}}};
    NeuronRun at("glif_cond", 0.05, still, init);
    at.step();
    QVERIFY(at.spikes().empty());
    NeuronRun above("glif_cond", 0.05, still, init);
    above.step(1e-9);
    QCOMPARE(above.spikes().size(), std::size_t {1});
}

void TestGlifLevels::spike_threshold_jumps_and_decays()
{
    NeuronRun run("glif_cond", 0.05, glif_level(2));
    while (run.spikes().empty()) {
        run.step(500.0);
    }
    QVERIFY(std::fabs(run.value("threshold_spike") - 0.37) < 1e-14);
    QVERIFY(std::fabs(run.value("threshold") - (-51.68 + 0.37)) < 1e-12);
    run.steps(75); // refractory: the decay of t_ref comes at the next spike
    QVERIFY(std::fabs(run.value("threshold_spike") - 0.37) < 1e-14);
    run.steps(2000);
    QVERIFY(std::fabs(run.value("threshold_spike") - 0.37 * std::exp(-0.009 * 100.0)) < 1e-12);
}

void TestGlifLevels::reset_of_level_2_uses_the_voltage_before_the_step()
{
    NeuronRun run("glif_cond", 0.05, glif_level(2));
    double before = run.value("V_m");
    for (;;) {
        run.step(500.0);
        if (!run.spikes().empty()) {
            break;
        }
        before = run.value("V_m");
    }
    QVERIFY(std::fabs(run.value("V_m") - (-78.85 + 0.2 * (before + 78.85) + 18.51)) < 1e-12);
}

void TestGlifLevels::after_spike_currents_add_up()
{
    NeuronRun run("glif_cond", 0.05,
        glif_level(3,
            {{"asc_amps", List {-10.0, 30.0}}, {"asc_r", List {0.5, 1.0}},
                {"asc_decay", List {0.01, 0.1}}}));
    while (run.spikes().size() < 2) {
        run.step(600.0);
    }
    const double interval = (run.spikes()[1] - run.spikes()[0]) * 0.05;
    // t_ref of the decay is applied at the spike, so each current has decayed over the interval.
    const double first = -10.0 + 0.5 * -10.0 * std::exp(-0.01 * interval);
    const double second = 30.0 + 30.0 * std::exp(-0.1 * interval);
    run.steps(76); // the first step after refractoriness shows the mean over that step
    const auto mean = [](double rate) { return (1.0 - std::exp(-rate * 0.05)) / (rate * 0.05); };
    const double expected = first * mean(0.01) + second * mean(0.1);
    QVERIFY(std::fabs(run.value("ASCurrents_sum") - expected) < 1e-10);
}

void TestGlifLevels::initial_after_spike_currents_act_from_the_second_step()
{
    InitTable init;
    init.lists["ASCurrents"] = {50.0, 20.0};
    for (const bool state : {false, true}) {
        NeuronRun run("glif_cond", 0.05,
            glif_level(3, {{"asc_init", state ? List {1.0, 2.0} : List {50.0, 20.0}}}),
            state ? init : InitTable {});
        run.step();
        QCOMPARE(run.value("V_m"), -78.85);
        const auto mean = [](double x) { return (1.0 - std::exp(-x)) / x; };
        const double sum = 50.0 * mean(0.003 * 0.05) + 20.0 * mean(0.1 * 0.05);
        QVERIFY(std::fabs(run.value("ASCurrents_sum") - sum) < 1e-10);
        run.step();
        const double v = sum / 9.43 * (1.0 - std::exp(-9.43 / 58.72 * 0.05));
        QVERIFY(std::fabs(run.value("V_m") - (-78.85 + v)) < 1e-9);
    }
}

// At V = E_L + beta for good, Theta_v approaches a_v beta / b_v with the rate b_v.
void TestGlifLevels::adapting_threshold_follows_a_constant_voltage()
{
    InitTable init;
    init.common["V_m"] = -58.85;
    NeuronRun run("glif_cond", 0.05, glif_level(5), init);
    run.steps(200, 9.43 * 20.0);
    const double expected = 0.005 * 20.0 / 0.09 * (1.0 - std::exp(-0.09 * 10.0));
    QVERIFY(std::fabs(run.value("V_m") + 58.85) < 1e-9);
    QVERIFY(std::fabs(run.value("threshold_voltage") - expected) < 1e-9);
}

void TestGlifLevels::adapting_threshold_has_no_gap_at_equal_rates()
{
    InitTable init;
    init.common["V_m"] = -60.0;
    const double rate = 9.43 / 58.72;
    NeuronRun at("glif_cond", 0.05, glif_level(5, {{"th_voltage_decay", rate}}), init);
    NeuronRun beside(
        "glif_cond", 0.05, glif_level(5, {{"th_voltage_decay", rate * (1.0 + 1e-9)}}), init);
    at.steps(200);
    beside.steps(200);
    QVERIFY(at.value("threshold_voltage") > 0.1);
    QVERIFY(std::fabs(at.value("threshold_voltage") - beside.value("threshold_voltage")) < 1e-8);
    // d/dt Theta = a v - m Theta with v = v_0 exp(-m t): Theta = a v_0 t exp(-m t).
    const double expected = 0.005 * 18.85 * 10.0 * std::exp(-rate * 10.0);
    QVERIFY(std::fabs(at.value("threshold_voltage") - expected) < 1e-9);
}

void TestGlifLevels::everything_but_conductances_is_frozen_while_refractory()
{
    NeuronRun run("glif_cond", 0.05, glif_level(5));
    while (run.spikes().empty()) {
        run.step(500.0);
    }
    const auto frozen = [&run] {
        return List {run.value("V_m"), run.value("threshold"), run.value("threshold_spike"),
            run.value("threshold_voltage"), run.value("ASCurrents_sum")};
    };
    const List at_spike = frozen();
    run.step(500.0, {{1, 5.0}});
    run.step(500.0);
    QVERIFY(run.value("g_1") > 0.0);
    run.steps(73, 500.0);
    QVERIFY(frozen() == at_spike);
    run.step(500.0);
    QVERIFY(run.value("V_m") != at_spike[0]);
}

void TestGlifLevels::what_has_decayed_is_zero_not_denormal()
{
    for (const char* model : {"glif_cond", "glif_psc"}) {
        InitTable init;
        init.common["V_m"] = 5.0;
        init.common["threshold_spike"] = 1.0;
        init.common["threshold_voltage"] = 1.0;
        init.lists["ASCurrents"] = {10.0, -20.0};
        NeuronRun run(model, 1.0,
            glif_level(5,
                {{"E_L", 0.0}, {"V_th", 50.0}, {"V_reset", 0.0}, {"th_spike_decay", 1.0},
                    {"th_voltage_index", 0.0}, {"th_voltage_decay", 1.0},
                    {"asc_decay", List {1.0, 2.0}}}),
            init);
        run.steps(64);
        QVERIFY(run.value("threshold_spike") > 0.0 && run.value("ASCurrents_sum") != 0.0);
        run.steps(6000);
        for (const char* variable :
            {"V_m", "threshold_spike", "threshold_voltage", "ASCurrents_sum"}) {
            QVERIFY2(run.value(variable) == 0.0, variable);
        }
    }
}

void TestGlifLevels::only_the_five_levels_exist()
{
    const auto* model = engine::models::Registry::instance().find("glif_cond");
    for (int bits = 0; bits < 8; ++bits) {
        auto values = model->defaults();
        const bool R = (bits & 1) != 0;
        const bool ASC = (bits & 2) != 0;
        const bool A = (bits & 4) != 0;
        values["spike_dependent_threshold"] = R;
        values["after_spike_currents"] = ASC;
        values["adapting_threshold"] = A;
        QCOMPARE(model->check(values).empty(), !A || (R && ASC));
    }
}

void TestGlifLevels::state_variables_depend_on_the_level()
{
    const auto* model = engine::models::Registry::instance().find("glif_cond");
    const std::vector<std::size_t> expected {1, 2, 2, 3, 4};
    for (int number = 1; number <= 5; ++number) {
        const auto states = model->states(NeuronRun::table("glif_cond", glif_level(number)).common);
        QCOMPARE(states.size(), expected[static_cast<std::size_t>(number - 1)]);
    }
}

QTEST_APPLESS_MAIN(TestGlifLevels)
#include "tst_glif_levels.moc"
