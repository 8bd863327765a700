#include "tests/support/neuron_run.hpp"

#include <QTest>

#include <cmath>

using engine::models::InitTable;
using tests::NeuronRun;

namespace {

/// The neuron of Brunel's network with I as its asymptote: 1 pA moves it by 20 mV.
const NeuronRun::Changes brunel {
    {"tau_m", 20.0}, {"C_m", 1.0}, {"E_L", 0.0}, {"V_th", 20.0}, {"V_reset", 10.0}, {"t_ref", 2.0}};

NeuronRun::Changes with(NeuronRun::Changes changes, const NeuronRun::Changes& more)
{
    for (const auto& [name, value] : more) {
        changes[name] = value;
    }
    return changes;
}

InitTable start_at(double V_m)
{
    InitTable init;
    init.common["V_m"] = V_m;
    return init;
}

} // namespace

class TestIafPscDelta : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decay_is_exponential_for_any_dt_data();
    void decay_is_exponential_for_any_dt();
    void constant_current_approaches_its_asymptote();
    void interval_at_constant_current_is_that_of_theory_data();
    void interval_at_constant_current_is_that_of_theory();
    void reaching_the_threshold_exactly_fires();
    void voltage_is_held_for_the_refractory_period();
    void input_is_lost_while_refractory();
    void refractory_input_is_discounted_and_released();
    void lower_bound_holds_after_the_jump();
    void resting_potential_does_not_move_by_itself();
    void voltage_that_has_decayed_is_zero_not_denormal();
    void lower_V_reset_than_V_th_is_required();
    void drawn_parameters_equal_separate_neurons();
    void restored_state_continues_with_the_same_bits();
    void shorter_t_ref_ends_refractoriness();
    void voltage_that_is_not_finite_is_a_fault();
};

void TestIafPscDelta::decay_is_exponential_for_any_dt_data()
{
    QTest::addColumn<double>("dt");
    for (const double dt : {0.01, 0.1, 1.0, 10.0}) {
        QTest::addRow("dt = %g ms", dt) << dt;
    }
}

void TestIafPscDelta::decay_is_exponential_for_any_dt()
{
    QFETCH(double, dt);
    NeuronRun run("iaf_psc_delta", dt, {}, start_at(-60.0));
    run.steps(static_cast<int>(std::lround(20.0 / dt)));
    QVERIFY(std::fabs(run.value("V_m") - (-70.0 + 10.0 * std::exp(-2.0))) < 1e-11);
}

void TestIafPscDelta::constant_current_approaches_its_asymptote()
{
    NeuronRun run("iaf_psc_delta", 0.1, with(brunel, {{"I_e", 0.3}}));
    run.steps(100, 0.5);
    QVERIFY(std::fabs(run.value("V_m") - 16.0 * (1.0 - std::exp(-0.5))) < 1e-11);
    run.steps(20000, 0.5);
    QVERIFY(std::fabs(run.value("V_m") - 16.0) < 1e-11);
    QVERIFY(run.spikes().empty());
}

void TestIafPscDelta::interval_at_constant_current_is_that_of_theory_data()
{
    QTest::addColumn<double>("asymptote");
    QTest::addColumn<double>("dt");
    for (const double dt : {0.05, 0.1, 0.5}) {
        for (const double asymptote : {20.5, 24.0, 40.0, 200.0}) {
            QTest::addRow("%g mV, dt = %g ms", asymptote, dt) << asymptote << dt;
        }
    }
}

void TestIafPscDelta::interval_at_constant_current_is_that_of_theory()
{
    QFETCH(double, asymptote);
    QFETCH(double, dt);
    NeuronRun run("iaf_psc_delta", dt, brunel);
    run.steps(static_cast<int>(std::lround(1000.0 / dt)), asymptote / 20.0);
    const auto& spikes = run.spikes();
    QVERIFY(spikes.size() > 5);
    // From V_reset the threshold is crossed within a step, refractoriness ends on the grid.
    const double crossing = 20.0 * std::log((asymptote - 10.0) / (asymptote - 20.0));
    const int expected = static_cast<int>(std::round(2.0 / dt) + std::ceil(crossing / dt - 1e-9));
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        QCOMPARE(spikes[i] - spikes[i - 1], expected);
    }
}

void TestIafPscDelta::reaching_the_threshold_exactly_fires()
{
    NeuronRun run("iaf_psc_delta", 0.1, brunel);
    run.step(0.0, {{0, 20.0}});
    QCOMPARE(run.spikes(), std::vector<int> {0});
    QCOMPARE(run.value("V_m"), 10.0);
    NeuronRun below("iaf_psc_delta", 0.1, brunel);
    below.step(0.0, {{0, std::nextafter(20.0, 0.0)}});
    QVERIFY(below.spikes().empty());
}

void TestIafPscDelta::voltage_is_held_for_the_refractory_period()
{
    NeuronRun run("iaf_psc_delta", 0.1, brunel);
    run.step(0.0, {{0, 25.0}});
    for (int k = 0; k < 20; ++k) {
        run.step(1.0);
        QCOMPARE(run.value("V_m"), 10.0);
    }
    run.step(1.0);
    QVERIFY(std::fabs(run.value("V_m") - (20.0 - 10.0 * std::exp(-0.1 / 20.0))) < 1e-12);
}

void TestIafPscDelta::input_is_lost_while_refractory()
{
    NeuronRun run("iaf_psc_delta", 0.1, brunel);
    run.step(0.0, {{0, 25.0}});
    for (int k = 0; k < 20; ++k) {
        run.step(0.0, {{0, 3.0}});
    }
    run.step();
    QVERIFY(std::fabs(run.value("V_m") - 10.0 * std::exp(-0.1 / 20.0)) < 1e-12);
}

void TestIafPscDelta::refractory_input_is_discounted_and_released()
{
    NeuronRun run("iaf_psc_delta", 0.1, with(brunel, {{"refractory_input", true}}));
    run.step(0.0, {{0, 25.0}}); // held in steps 1 ... 20
    run.steps(4);
    run.step(0.0, {{0, 3.0}}); // step 5: 16 steps of refractoriness are left, this one included
    run.steps(14);
    run.step(0.0, {{0, -1.0}}); // step 20, the last one
    QCOMPARE(run.value("V_m"), 10.0);
    run.step(0.0, {{0, 0.25}});
    const double decay = std::exp(-0.1 / 20.0);
    const double expected = 10.0 * decay + 0.25 + 3.0 * std::pow(decay, 16) - decay;
    QVERIFY(std::fabs(run.value("V_m") - expected) < 1e-12);
    run.step();
    QVERIFY(std::fabs(run.value("V_m") - expected * decay) < 1e-12);
}

void TestIafPscDelta::lower_bound_holds_after_the_jump()
{
    NeuronRun run("iaf_psc_delta", 0.1, with(brunel, {{"V_min", -5.0}}));
    run.step(0.0, {{0, -12.0}});
    QCOMPARE(run.value("V_m"), -5.0);
    run.step();
    QVERIFY(std::fabs(run.value("V_m") + 5.0 * std::exp(-0.1 / 20.0)) < 1e-12);
}

void TestIafPscDelta::resting_potential_does_not_move_by_itself()
{
    NeuronRun run("iaf_psc_delta", 0.1, {{"E_L", -70.3}});
    run.steps(1000);
    QCOMPARE(run.value("V_m"), -70.3);
}

void TestIafPscDelta::voltage_that_has_decayed_is_zero_not_denormal()
{
    NeuronRun run("iaf_psc_delta", 1.0, brunel, start_at(10.0));
    run.steps(9000); // 10 mV exp(-450) is 4e-195 mV
    QVERIFY(run.value("V_m") > 1e-200);
    NeuronRun other("iaf_psc_delta", 1.0, brunel);
    other.steps(17); // states are put back at any step
    other.neurons().restore(run.neurons().copy_state());
    for (int k = 0; k < 500; ++k) {
        run.step();
        other.step();
        QVERIFY(run.value("V_m") == other.value("V_m"));
        QVERIFY(run.value("V_m") == 0.0 || run.value("V_m") > 1e-220);
    }
    QVERIFY(run.value("V_m") == 0.0);
}

void TestIafPscDelta::lower_V_reset_than_V_th_is_required()
{
    const auto* model = engine::models::Registry::instance().find("iaf_psc_delta");
    auto values = model->defaults();
    QVERIFY(model->check(values).empty());
    values["V_reset"] = -55.0;
    const auto violations = model->check(values);
    QCOMPARE(violations.size(), std::size_t {1});
    QCOMPARE(violations[0].param, std::string("V_reset"));
    QVERIFY(!violations[0].warning);
}

void TestIafPscDelta::drawn_parameters_equal_separate_neurons()
{
    const std::size_t size = 700; // more than a chunk
    auto table = NeuronRun::table("iaf_psc_delta", brunel);
    InitTable init;
    for (std::size_t i = 0; i < size; ++i) {
        const auto x = static_cast<double>(i) / size;
        table.per_neuron["tau_m"].push_back(10.0 + 20.0 * x);
        table.per_neuron["V_th"].push_back(18.0 + 4.0 * x);
        table.per_neuron["t_ref"].push_back(1.0 + 3.0 * x);
        init.per_neuron["V_m"].push_back(15.0 * x);
    }
    NeuronRun together("iaf_psc_delta", 0.1, table, init, size);
    together.steps(2000, 2.5);
    for (const std::size_t i : {std::size_t {0}, std::size_t {333}, std::size_t {512}, size - 1}) {
        NeuronRun alone("iaf_psc_delta", 0.1,
            with(brunel,
                {{"tau_m", table.per_neuron["tau_m"][i]}, {"V_th", table.per_neuron["V_th"][i]},
                    {"t_ref", table.per_neuron["t_ref"][i]}}),
            start_at(init.per_neuron["V_m"][i]));
        alone.steps(2000, 2.5);
        QVERIFY(!alone.spikes().empty());
        QCOMPARE(together.spikes(i), alone.spikes());
        QCOMPARE(together.value("V_m", i), alone.value("V_m"));
    }
}

void TestIafPscDelta::restored_state_continues_with_the_same_bits()
{
    const auto changes = with(brunel, {{"refractory_input", true}});
    NeuronRun run("iaf_psc_delta", 0.1, changes);
    run.steps(180, 1.5);
    run.step(1.5, {{0, 12.0}}); // fires
    run.step(1.5, {{0, 2.0}}); // collected
    const auto state = run.neurons().copy_state();
    NeuronRun other("iaf_psc_delta", 0.1, changes);
    other.neurons().restore(state);
    for (int k = 0; k < 500; ++k) {
        run.step(1.5);
        other.step(1.5);
        QCOMPARE(other.value("V_m"), run.value("V_m"));
    }
    QVERIFY(run.neurons().copy_state() == other.neurons().copy_state());
}

void TestIafPscDelta::shorter_t_ref_ends_refractoriness()
{
    NeuronRun run("iaf_psc_delta", 0.1, brunel);
    run.step(0.0, {{0, 25.0}});
    run.set("t_ref", 0.3);
    run.steps(3, 1.0);
    QCOMPARE(run.value("V_m"), 10.0);
    run.step(1.0);
    QVERIFY(run.value("V_m") > 10.0);
}

void TestIafPscDelta::voltage_that_is_not_finite_is_a_fault()
{
    for (const double V : {-1.7e308, 1.7e308}) {
        NeuronRun run("iaf_psc_delta", 0.1, brunel, start_at(V));
        run.step(0.0, {{0, V}});
        QCOMPARE(run.fault(), std::string("0: V_m is not finite"));
    }
}

QTEST_APPLESS_MAIN(TestIafPscDelta)
#include "tst_iaf_psc_delta.moc"
