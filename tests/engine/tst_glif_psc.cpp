#include "engine/models/glif_psc.hpp"
#include "tests/support/neuron_run.hpp"

#include <QTest>

#include <cmath>
#include <vector>

using tests::NeuronRun;

namespace {

using List = std::vector<double>;

NeuronRun::Changes level_5(NeuronRun::Changes changes = {})
{
    changes["spike_dependent_threshold"] = true;
    changes["after_spike_currents"] = true;
    changes["adapting_threshold"] = true;
    return changes;
}

/// The textbook propagators in extended precision; they cancel where the time constants meet.
engine::models::AlphaPropagators textbook(double h, double tau_m, double C_m, double tau_syn)
{
    const long double a = expl(-static_cast<long double>(h) / tau_m);
    const long double b = expl(-static_cast<long double>(h) / tau_syn);
    const long double beta
        = static_cast<long double>(tau_m) * tau_syn / (static_cast<long double>(tau_m) - tau_syn);
    return {static_cast<double>(beta / C_m * (beta * (a - b) - h * b)),
        static_cast<double>(beta / C_m * (a - b))};
}

bool close(double x, double y, double relative)
{
    return std::fabs(x - y) <= relative * std::fabs(y);
}

} // namespace

class TestGlifPsc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void propagators_agree_with_the_textbook_data();
    void propagators_agree_with_the_textbook();
    void propagators_are_smooth_where_the_time_constants_meet();
    void propagators_stay_finite_at_extremes();
    void event_of_weight_1_peaks_at_1_pA_after_tau_syn();
    void voltage_does_not_depend_on_dt();
    void interval_at_constant_current_is_that_of_theory();
    void after_spike_currents_act_at_once();
    void synaptic_current_is_shown_at_the_beginning_of_the_step();
    void restored_state_continues_with_the_same_bits();
};

void TestGlifPsc::propagators_agree_with_the_textbook_data()
{
    QTest::addColumn<double>("h");
    QTest::addColumn<double>("tau_m");
    QTest::addColumn<double>("tau_syn");
    for (const double h : {0.05, 1.0}) {
        for (const double tau_syn : {0.2, 2.0, 5.0, 8.0, 50.0}) {
            QTest::addRow("h = %g, tau_syn = %g", h, tau_syn) << h << 6.227 << tau_syn;
        }
    }
    QTest::addRow("slow synapse on a fast membrane") << 1.0 << 0.1 << 20.0;
    QTest::addRow("fast synapse on a slow membrane") << 1.0 << 50.0 << 0.05;
}

void TestGlifPsc::propagators_agree_with_the_textbook()
{
    QFETCH(double, h);
    QFETCH(double, tau_m);
    QFETCH(double, tau_syn);
    const auto ours = engine::models::alpha_propagators(h, tau_m, 58.72, tau_syn);
    const auto theirs = textbook(h, tau_m, 58.72, tau_syn);
    QVERIFY(close(ours.V_from_y, theirs.V_from_y, 1e-13));
    QVERIFY(close(ours.V_from_x, theirs.V_from_x, 1e-12));
}

void TestGlifPsc::propagators_are_smooth_where_the_time_constants_meet()
{
    const double h = 0.1;
    const double tau = 5.0;
    const auto limit = engine::models::alpha_propagators(h, tau, 1.0, tau);
    QVERIFY(close(limit.V_from_y, h * std::exp(-h / tau), 1e-15));
    QVERIFY(close(limit.V_from_x, h * h / 2.0 * std::exp(-h / tau), 1e-15));
    for (const double distance : {1e-3, 1e-6, 1e-9, 1e-12, 1e-14}) {
        for (const double sign : {-1.0, 1.0}) {
            const auto near
                = engine::models::alpha_propagators(h, tau, 1.0, tau * (1.0 + sign * distance));
            // The relative derivative is h / (2 tau) or less.
            QVERIFY(close(near.V_from_y, limit.V_from_y, 0.011 * distance + 1e-15));
            QVERIFY(close(near.V_from_x, limit.V_from_x, 0.015 * distance + 1e-15));
        }
    }
}

void TestGlifPsc::propagators_stay_finite_at_extremes()
{
    for (const double tau_m : {1e-6, 1.0, 1e6}) {
        for (const double tau_syn : {1e-6, 1.0, 1e6}) {
            const auto p = engine::models::alpha_propagators(1.0, tau_m, 1.0, tau_syn);
            QVERIFY(std::isfinite(p.V_from_x) && p.V_from_x >= 0.0);
            QVERIFY(std::isfinite(p.V_from_y) && p.V_from_y >= 0.0);
        }
    }
}

void TestGlifPsc::event_of_weight_1_peaks_at_1_pA_after_tau_syn()
{
    NeuronRun run("glif_psc", 0.05, {});
    run.step(0.0, {{1, 1.0}});
    run.steps(41); // I_syn shows the current at the beginning of a step
    QVERIFY(std::fabs(run.value("I_syn") - 1.0) < 1e-13);
    run.step();
    QVERIFY(run.value("I_syn") < 1.0);
}

void TestGlifPsc::voltage_does_not_depend_on_dt()
{
    double reference = 0.0;
    for (const double dt : {0.01, 0.1, 0.5, 2.0}) {
        NeuronRun run("glif_psc", dt, {{"V_th", 1e6}, {"tau_syn", List {2.0, 6.227}}});
        run.step(0.0, {{1, 500.0}, {2, -300.0}});
        run.steps(static_cast<int>(std::lround(8.0 / dt)));
        reference = dt == 0.01 ? run.value("V_m") : reference;
        QVERIFY(std::fabs(run.value("V_m") - reference) < 1e-10);
    }
    QVERIFY(std::fabs(reference + 78.85) > 1.0);
}

void TestGlifPsc::interval_at_constant_current_is_that_of_theory()
{
    NeuronRun run("glif_psc", 0.05, {});
    run.steps(2000, 400.0);
    const auto& spikes = run.spikes();
    const double tau_m = 58.72 / 9.43;
    const double asymptote = 400.0 / 9.43;
    const double crossing = tau_m * std::log(asymptote / (asymptote - (78.85 - 51.68)));
    const int expected = 75 + static_cast<int>(std::ceil(crossing / 0.05));
    QVERIFY(spikes.size() > 5);
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        QCOMPARE(spikes[i] - spikes[i - 1], expected);
    }
}

void TestGlifPsc::after_spike_currents_act_at_once()
{
    NeuronRun run(
        "glif_psc", 0.05, {{"after_spike_currents", true}, {"asc_init", List {50.0, 20.0}}});
    run.step();
    const auto mean = [](double x) { return (1.0 - std::exp(-x)) / x; };
    const double sum = 50.0 * mean(0.003 * 0.05) + 20.0 * mean(0.1 * 0.05);
    QVERIFY(std::fabs(run.value("ASCurrents_sum") - sum) < 1e-10);
    const double v = sum / 9.43 * (1.0 - std::exp(-9.43 / 58.72 * 0.05));
    QVERIFY(std::fabs(run.value("V_m") - (-78.85 + v)) < 1e-10);
}

void TestGlifPsc::synaptic_current_is_shown_at_the_beginning_of_the_step()
{
    NeuronRun run("glif_psc", 0.05, {});
    run.step(0.0, {{1, 10.0}});
    run.step();
    QCOMPARE(run.value("I_syn"), 0.0);
    run.step();
    const double x = 0.05 / 2.0;
    QVERIFY(std::fabs(run.value("I_syn") - 10.0 * x * std::exp(1.0 - x)) < 1e-13);
}

void TestGlifPsc::restored_state_continues_with_the_same_bits()
{
    NeuronRun run("glif_psc", 0.05, level_5());
    run.step(0.0, {{1, 100.0}});
    while (run.spikes().empty()) {
        run.step(500.0);
    }
    run.steps(3, 500.0);
    NeuronRun other("glif_psc", 0.05, level_5());
    other.neurons().restore(run.neurons().copy_state());
    run.steps(3000, 500.0);
    other.steps(3000, 500.0);
    QVERIFY(run.neurons().copy_state() == other.neurons().copy_state());
    QVERIFY(other.spikes().size() > 3);
}

QTEST_APPLESS_MAIN(TestGlifPsc)
#include "tst_glif_psc.moc"
