#include "engine/theory/glif.hpp"
#include "engine/theory/izhikevich.hpp"
#include "engine/theory/lif.hpp"
#include "tests/support/neuron_run.hpp"
#include "tests/support/random_choice.hpp"

#include <QTest>

#include <cmath>
#include <limits>

using namespace engine::theory;
using tests::NeuronRun;

Q_DECLARE_METATYPE(engine::theory::IzhikevichParams)

namespace {

IzhikevichParams izhikevich(double a, double b, double k1 = 5.0, double k0 = 140.0)
{
    IzhikevichParams params;
    params.a = a;
    params.b = b;
    params.k1 = k1;
    params.k0 = k0;
    return params;
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Whether a step of 500 ms makes a GLIF neuron of the engine fire.
bool fires(const NeuronRun::Changes& level, double I)
{
    constexpr double dt_ms = 0.05;
    NeuronRun run("glif_cond", dt_ms, level);
    run.steps(10000, I);
    return !run.spikes().empty();
}

double simulated_rheobase(const NeuronRun::Changes& level)
{
    double silent = 200.0;
    double firing = 400.0;
    while (firing - silent > 0.01) {
        const double middle = 0.5 * (silent + firing);
        (fires(level, middle) ? firing : silent) = middle;
    }
    return 0.5 * (silent + firing);
}

} // namespace

class TestTheoryNeurons : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void izhikevich_points_are_those_of_the_table_data();
    void izhikevich_points_are_those_of_the_table();
    void izhikevich_points_are_at_rest();
    void izhikevich_bifurcations_change_the_points();
    void izhikevich_without_leak_rests_at_its_reference();
    void izhikevich_ringing_is_seen_in_the_simulation();
    void lif_intervals_are_those_of_the_simulation();
    void glif_rheobase_is_that_of_the_simulation();
    void glif_rheobase_has_its_limits();
};

void TestTheoryNeurons::izhikevich_points_are_those_of_the_table_data()
{
    QTest::addColumn<IzhikevichParams>("params");
    QTest::addColumn<double>("rest");
    QTest::addColumn<double>("threshold");
    QTest::addColumn<double>("I_H");
    QTest::addColumn<double>("v_H");
    QTest::addColumn<double>("I_SN");
    QTest::addColumn<double>("v_SN");
    QTest::addColumn<double>("period");
    const auto row
        = [](const char* name, const IzhikevichParams& params, double rest, double threshold,
              double I_H, double v_H, double I_SN, double v_SN, double period) {
              QTest::addRow("%s", name)
                  << params << rest << threshold << I_H << v_H << I_SN << v_SN << period;
          };
    row("RS IB CH", izhikevich(0.02, 0.2), -70, -50, 3.7975, -62.25, 4.0, -60, none);
    row("LTS TC", izhikevich(0.02, 0.25), -64.414, -54.336, 0.685, -62.25, 1.0156, -59.375, 263);
    row("M N O", izhikevich(0.03, 0.25), -64.414, -54.336, 0.713, -62.125, 1.0156, -59.375, 103);
    row("J", izhikevich(0.05, 0.26), -62.5, -56, 0.1469, -61.875, 0.4225, -59.25, 56.48);
    row("K P RZ", izhikevich(0.1, 0.26), -62.5, -56, 0.2625, -61.25, 0.4225, -59.25, 40.99);
    row("H", izhikevich(0.2, 0.26), -62.5, -56, 0.4, -60, 0.4225, -59.25, 30.7);
    row("G L", izhikevich(0.02, -0.1, 4.1, 108), -60, -45, none, none, 2.25, -52.5, none);
}

void TestTheoryNeurons::izhikevich_points_are_those_of_the_table()
{
    QFETCH(IzhikevichParams, params);
    QFETCH(double, rest);
    QFETCH(double, threshold);
    QFETCH(double, I_H);
    QFETCH(double, v_H);
    QFETCH(double, I_SN);
    QFETCH(double, v_SN);
    QFETCH(double, period);
    const auto points = fixed_points(0.0, params);
    QCOMPARE(points.size(), std::size_t {2});
    QVERIFY(std::fabs(points[0].v - rest) < 5e-4);
    QVERIFY(std::fabs(points[1].v - threshold) < 5e-4);
    QCOMPARE(points[1].kind, PointKind::saddle);
    QCOMPARE(points[0].kind, std::isnan(period) ? PointKind::stable_node : PointKind::stable_focus);
    QCOMPARE(points[0].ringing_period_ms().has_value(), !std::isnan(period));
    if (!std::isnan(period)) {
        QVERIFY(std::fabs(*points[0].ringing_period_ms() / period - 1.0) < 2e-3);
    }
    const auto sn = saddle_node(params);
    QVERIFY(sn && std::fabs(sn->I - I_SN) < 5e-5 && std::fabs(sn->v - v_SN) < 5e-4);
    const auto h = hopf(params);
    QCOMPARE(h.has_value(), !std::isnan(I_H));
    if (h) {
        QVERIFY(std::fabs(h->I - I_H) < 5e-4 && std::fabs(h->v - v_H) < 5e-4);
    }
}

void TestTheoryNeurons::izhikevich_points_are_at_rest()
{
    test_support::RandomChoice choice(3);
    for (int i = 0; i < 200; ++i) {
        IzhikevichParams p = izhikevich(choice.between(-0.1, 0.5), choice.between(-1.0, 1.5));
        p.u_leak = choice.once_in(5) ? 0.0 : choice.between(0.2, 2.0);
        p.v_ref = choice.between(-80.0, 10.0);
        const double I = choice.between(-20.0, 20.0);
        for (const FixedPoint& point : fixed_points(I, p)) {
            const double dv = p.k2 * point.v * point.v + p.k1 * point.v + p.k0 - point.u + I;
            const double du = p.a * (p.b * (point.v - p.v_ref) - p.u_leak * point.u);
            QVERIFY(std::fabs(dv) < 1e-9 && std::fabs(du) < 1e-9);
            const double slope = 2.0 * p.k2 * point.v + p.k1;
            const std::complex<double> sum = point.first + point.second;
            const std::complex<double> product = point.first * point.second;
            QVERIFY(std::abs(sum - (slope - p.a * p.u_leak)) < 1e-12);
            QVERIFY(std::abs(product - p.a * (p.b - slope * p.u_leak)) < 1e-12);
        }
    }
}

void TestTheoryNeurons::izhikevich_bifurcations_change_the_points()
{
    for (const auto& p : {izhikevich(0.02, 0.2), izhikevich(0.1, 0.26), izhikevich(0.02, 0.25)}) {
        const auto sn = saddle_node(p);
        QCOMPARE(fixed_points(sn->I - 1e-6, p).size(), std::size_t {2});
        QVERIFY(fixed_points(sn->I + 1e-6, p).empty());
        const auto h = hopf(p);
        QVERIFY(h->I < sn->I);
        QCOMPARE(fixed_points(h->I - 1e-4, p)[0].kind, PointKind::stable_focus);
        QCOMPARE(fixed_points(h->I + 1e-4, p)[0].kind, PointKind::unstable_focus);
    }
    QVERIFY(!saddle_node({0.02, 0.2, 0.0, 5.0, 140.0, 0.0, 1.0}));
    QCOMPARE(fixed_points(0.0, {0.02, 0.2, 0.0, 5.0, 140.0, 0.0, 1.0}).size(), std::size_t {1});
    QVERIFY(fixed_points(0.0, {0.0, 0.2, 0.04, 5.0, 140.0, 0.0, 1.0}).empty());
}

void TestTheoryNeurons::izhikevich_without_leak_rests_at_its_reference()
{
    const IzhikevichParams r {0.02, 1.0, 0.04, 5.0, 140.0, -65.0, 0.0}; // type R of 2004
    QVERIFY(!u_nullcline(-60.0, r) && !saddle_node(r) && !hopf(r));
    const auto points = fixed_points(0.0, r);
    QCOMPARE(points.size(), std::size_t {1});
    QCOMPARE(points[0].v, -65.0);
    QCOMPARE(points[0].u, -16.0); // the initial u of the published script
    QCOMPARE(points[0].kind, PointKind::stable_focus);
    QCOMPARE(v_nullcline(-65.0, 3.0, r), -13.0);
}

void TestTheoryNeurons::izhikevich_ringing_is_seen_in_the_simulation()
{
    // A small push away from rest: v crosses rest upwards once in every period.
    const IzhikevichParams p = izhikevich(0.1, 0.26);
    const FixedPoint rest = fixed_points(0.0, p)[0];
    engine::models::InitTable start;
    start.common["V_m"] = rest.v + 1e-4;
    start.common["U_m"] = rest.u;
    NeuronRun run(
        "izhikevich", 0.01, {{"a", p.a}, {"b", p.b}, {"integrator", std::string("rk4")}}, start);
    std::vector<int> crossings;
    double before = run.value("V_m");
    for (int k = 1; k < 20000 && crossings.size() < 3; ++k) {
        run.steps(1);
        const double now = run.value("V_m");
        if (before < rest.v && now >= rest.v) {
            crossings.push_back(k);
        }
        before = now;
    }
    QCOMPARE(crossings.size(), std::size_t {3});
    const double period = 0.01 * (crossings[2] - crossings[1]);
    QVERIFY(std::fabs(period / *rest.ringing_period_ms() - 1.0) < 2e-3);
}

void TestTheoryNeurons::lif_intervals_are_those_of_the_simulation()
{
    constexpr double dt_ms = 0.1;
    const LifParams lif {20.0, 20.0, 10.0, 2.0};
    for (const double I : {1.01, 1.2, 1.5, 3.0, 10.0}) {
        NeuronRun run("iaf_psc_delta", dt_ms,
            {{"tau_m", 20.0}, {"C_m", 1.0}, {"E_L", 0.0}, {"V_th", 20.0}, {"V_reset", 10.0},
                {"t_ref", 2.0}});
        run.steps(4000, I);
        const auto& spikes = run.spikes();
        QVERIFY(spikes.size() >= 3);
        const double interval = dt_ms * (spikes[2] - spikes[1]);
        const double exact = 1000.0 / lif_rate_Hz(I, 1.0, lif);
        // On the grid: the next step after the threshold, at the earliest one after refractoriness.
        QVERIFY2(interval > exact - 1e-9 && interval <= exact + 2.0 * dt_ms,
            qPrintable(QString("I %1: %2, theory %3").arg(I).arg(interval).arg(exact)));
    }
}

void TestTheoryNeurons::glif_rheobase_is_that_of_the_simulation()
{
    const NeuronRun::Changes level1 {};
    const NeuronRun::Changes level4 {
        {"spike_dependent_threshold", true}, {"after_spike_currents", true}};
    NeuronRun::Changes level5 = level4;
    level5["adapting_threshold"] = true;
    GlifParams p;
    QVERIFY(std::fabs(glif_rheobase(p) - 256.2) < 0.05);
    QVERIFY(std::fabs(glif_rheobase(p) - simulated_rheobase(level1)) < 0.02);
    QVERIFY(std::fabs(glif_rheobase(p) - simulated_rheobase(level4)) < 0.02);
    p.adapting_threshold = true;
    QVERIFY(std::fabs(glif_rheobase(p) - 270.8) < 0.05);
    QVERIFY(std::fabs(glif_rheobase(p) - simulated_rheobase(level5)) < 0.02);
    for (const double decay : {0.02, p.g_m / p.C_m - 0.004, 0.4}) { // slow, nearly equal, fast
        p.th_voltage_decay = decay;
        level5["th_voltage_decay"] = decay;
        const double simulated = simulated_rheobase(level5);
        QVERIFY2(std::fabs(glif_rheobase(p) - simulated) < 0.05,
            qPrintable(QString("%1: %2, %3").arg(decay).arg(glif_rheobase(p)).arg(simulated)));
    }
}

void TestTheoryNeurons::glif_rheobase_has_its_limits()
{
    GlifParams p;
    QVERIFY(std::isinf(glif_rheobase_time(p)));
    const double fixed = glif_rheobase(p);
    p.adapting_threshold = true;
    p.th_voltage_index = 0.0;
    QCOMPARE(glif_rheobase(p), fixed);
    p.th_voltage_index = 0.005;
    p.th_voltage_decay = p.g_m / p.C_m; // the limit of equal rates
    const double equal = glif_rheobase(p);
    p.th_voltage_decay *= 1.0 + 1e-9;
    QVERIFY(std::fabs(glif_rheobase(p) / equal - 1.0) < 1e-9);
    p.th_voltage_decay = 10.0; // follows at once: only the end counts
    p.th_voltage_index = 5.0;
    QVERIFY(std::fabs(glif_rheobase(p) / (2.0 * fixed) - 1.0) < 1e-12);
    p.th_voltage_index = 20.0; // would outrun the voltage, but lags behind at first
    QVERIFY(std::isfinite(glif_rheobase_time(p)) && glif_rheobase(p) > 2.0 * fixed);
    QVERIFY(std::isfinite(glif_rheobase(p)));
}

QTEST_APPLESS_MAIN(TestTheoryNeurons)
#include "tst_theory_neurons.moc"
