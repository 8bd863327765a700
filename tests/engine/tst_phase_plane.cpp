#include "engine/theory/phase_plane.hpp"

#include "engine/simulation.hpp"
#include "tests/support/live.hpp"
#include "tests/support/neuron_run.hpp"

#include <QTest>

#include <cmath>
#include <string>

using namespace engine;
using theory::PhaseBox;
using theory::PhaseCurveKind;
using theory::PhasePlane;
using theory::PhaseXY;
using theory::PointKind;

namespace {

PhasePlane plane(const std::string& model, const tests::NeuronRun::Changes& changes = {})
{
    return *PhasePlane::of(model, tests::NeuronRun::table(model, changes).common);
}

const theory::PhaseCurve& curve(const std::vector<theory::PhaseCurve>& curves, PhaseCurveKind kind)
{
    for (const auto& one : curves) {
        if (one.kind == kind) {
            return one;
        }
    }
    qFatal("no such curve");
}

constexpr PhaseBox box {{-90.0, -30.0}, {40.0, 20.0}};

} // namespace

class TestPhasePlane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_moves_along_an_axis_on_its_nullcline();
    void fixed_points_lie_on_both_nullclines();
    void the_neuron_moves_as_the_field_says();
    void type_R_has_an_upright_nullcline();
    void the_slope_of_lif_is_that_of_a_run();
    void lif_rests_below_its_rheobase_only();
    void glif_is_reset_to_where_the_curve_says_data();
    void glif_is_reset_to_where_the_curve_says();
    void the_threshold_of_glif_5_comes_to_rest_on_its_nullcline();
    void landmarks_hold_what_matters();
    void other_models_have_none();
};

void TestPhasePlane::nothing_moves_along_an_axis_on_its_nullcline()
{
    const PhasePlane rs = plane("izhikevich", {{"I_e", 3.0}});
    const auto curves = rs.curves(7.0, box);
    for (const PhaseXY& at : curve(curves, PhaseCurveKind::v_nullcline).points) {
        QVERIFY(std::abs(rs.motion(at, 7.0)->x) < 1e-9);
        QVERIFY(rs.motion({at.x, at.y - 1.0}, 7.0)->x > 0.0); // below it v rises
    }
    for (const PhaseXY& at : curve(curves, PhaseCurveKind::y_nullcline).points) {
        QVERIFY(std::abs(rs.motion(at, 7.0)->y) < 1e-9);
    }
    QCOMPARE(curve(curves, PhaseCurveKind::reset).points.front().x, -65.0);
    QCOMPARE(curve(curves, PhaseCurveKind::threshold).points.front().x, 30.0);
}

void TestPhasePlane::fixed_points_lie_on_both_nullclines()
{
    const PhasePlane rs = plane("izhikevich");
    const auto points = rs.fixed_points(0.0);
    QCOMPARE(points.size(), std::size_t {2});
    QVERIFY(std::abs(points[0].at.x + 70.0) < 1e-9);
    QVERIFY(std::abs(points[1].at.x + 50.0) < 1e-9);
    QCOMPARE(points[0].kind, PointKind::stable_node);
    QCOMPARE(points[1].kind, PointKind::saddle);
    for (const auto& point : points) {
        QVERIFY(std::abs(rs.motion(point.at, 0.0)->x) < 1e-9);
        QVERIFY(std::abs(rs.motion(point.at, 0.0)->y) < 1e-9);
    }
    QVERIFY(rs.fixed_points(10.0).empty()); // above the saddle-node at 4
    QCOMPARE(rs.fixed_points(3.9)[0].kind, PointKind::unstable_focus); // above the Hopf at 3.7975
}

void TestPhasePlane::the_neuron_moves_as_the_field_says()
{
    const PhasePlane rs = plane("izhikevich");
    tests::NeuronRun run("izhikevich", 0.001, {{"integrator", std::string("euler")}},
        {{{"V_m", -62.0}, {"U_m", -9.0}}, {}, {}});
    for (int i = 0; i < 5; ++i) {
        const PhaseXY before {run.value("V_m"), run.value("U_m")};
        run.step(6.0);
        const PhaseXY motion = *rs.motion(before, 6.0);
        QVERIFY(std::abs((run.value("V_m") - before.x) / 0.001 - motion.x) < 1e-6);
        QVERIFY(std::abs((run.value("U_m") - before.y) / 0.001 - motion.y) < 1e-6);
    }
}

void TestPhasePlane::type_R_has_an_upright_nullcline()
{
    const PhasePlane type = plane("izhikevich", {{"v_ref", -65.0}, {"u_leak", 0.0}, {"b", 1.0}});
    const auto curves = type.curves(0.0, box);
    for (const PhaseXY& at : curve(curves, PhaseCurveKind::y_nullcline).points) {
        QCOMPARE(at.x, -65.0);
        QVERIFY(std::abs(type.motion(at, 0.0)->y) < 1e-12);
    }
    QCOMPARE(type.fixed_points(0.0).size(), std::size_t {1});
}

void TestPhasePlane::the_slope_of_lif_is_that_of_a_run()
{
    const PhasePlane lif = plane("iaf_psc_delta", {{"I_e", 50.0}});
    tests::NeuronRun run("iaf_psc_delta", 0.001, {{"I_e", 50.0}}, {{{"V_m", -62.0}}, {}, {}});
    run.step(200.0);
    QVERIFY(std::abs((run.value("V_m") + 62.0) / 0.001 - lif.slope(-62.0, 200.0)) < 1e-3);
    const auto flow = curve(lif.curves(200.0, box), PhaseCurveKind::flow).points;
    QCOMPARE(flow.front().y, lif.slope(-90.0, 200.0));
}

void TestPhasePlane::lif_rests_below_its_rheobase_only()
{
    const PhasePlane lif = plane("iaf_psc_delta"); // rheobase: 15 mV * 250 pF / 10 ms
    QCOMPARE(lif.fixed_points(374.0).size(), std::size_t {1});
    QVERIFY(lif.fixed_points(376.0).empty());
    QVERIFY(std::abs(lif.slope(lif.fixed_points(100.0)[0].at.x, 100.0)) < 1e-12);
}

void TestPhasePlane::glif_is_reset_to_where_the_curve_says_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("spikeDependent");
    for (const char* model : {"glif_cond", "glif_psc"}) {
        QTest::addRow("%s level 1", model) << QString(model) << false;
        QTest::addRow("%s level 2", model) << QString(model) << true;
    }
}

void TestPhasePlane::glif_is_reset_to_where_the_curve_says()
{
    QFETCH(QString, model);
    QFETCH(bool, spikeDependent);
    const tests::NeuronRun::Changes level {{"spike_dependent_threshold", spikeDependent}};
    const PhasePlane glif = plane(model.toStdString(), level);
    tests::NeuronRun run(model.toStdString(), 0.001, level);
    for (int i = 0; i < 60000; ++i) {
        const std::size_t spikes = run.spikes().size();
        const double threshold = run.value("threshold");
        run.step(400.0);
        if (run.spikes().size() == spikes) {
            continue;
        }
        const auto reset = curve(glif.curves(400.0, box), PhaseCurveKind::reset).points;
        // Where the curve, which is straight, stands at the neuron's threshold after the spike.
        const double y = run.value("threshold");
        const double part = (y - reset[0].y) / (reset[1].y - reset[0].y);
        const double x = reset[0].x + part * (reset[1].x - reset[0].x);
        QVERIFY2(std::abs(run.value("V_m") - x) < 0.01,
            qPrintable(QStringLiteral("%1 instead of %2 at threshold %3")
                           .arg(run.value("V_m"))
                           .arg(x)
                           .arg(threshold)));
    }
    QVERIFY(run.spikes().size() > 3);
}

void TestPhasePlane::the_threshold_of_glif_5_comes_to_rest_on_its_nullcline()
{
    const tests::NeuronRun::Changes level {{"spike_dependent_threshold", true},
        {"after_spike_currents", true}, {"adapting_threshold", true}};
    const PhasePlane glif = plane("glif_psc", level);
    tests::NeuronRun run("glif_psc", 0.1, level);
    run.steps(5000, 200.0);
    QVERIFY(run.spikes().empty());
    const auto points = glif.fixed_points(200.0);
    QCOMPARE(points.size(), std::size_t {1});
    QVERIFY(std::abs(points[0].at.x - run.value("V_m")) < 1e-6);
    QVERIFY(std::abs(points[0].at.y - run.value("threshold")) < 1e-3);
}

void TestPhasePlane::landmarks_hold_what_matters()
{
    for (const char* model : {"izhikevich", "iaf_psc_delta", "glif_cond", "glif_psc"}) {
        const PhasePlane one = plane(model);
        for (const double I : {-20.0, 0.0, 5.0, 500.0}) {
            const PhaseBox around = one.landmarks(I);
            QVERIFY(around.low.x < around.high.x && around.low.y <= around.high.y);
            for (const auto& point : one.fixed_points(I)) {
                QVERIFY(point.at.x >= around.low.x && point.at.x <= around.high.x);
                QVERIFY(point.at.y >= around.low.y && point.at.y <= around.high.y);
            }
            for (const auto& line : one.curves(I, around)) {
                for (const PhaseXY& at : line.points) {
                    QVERIFY(std::isfinite(at.x) && std::isfinite(at.y));
                }
            }
        }
    }
}

void TestPhasePlane::other_models_have_none()
{
    QVERIFY(!PhasePlane::of("hh_psc_alpha", {}).has_value());
}

QTEST_APPLESS_MAIN(TestPhasePlane)
#include "tst_phase_plane.moc"
