#include "engine/theory/boundaries.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/regime_session.hpp"
#include "ui/regime/regime_controls.hpp"
#include "ui/regime/regime_plot.hpp"

#include <QComboBox>
#include <QTest>
#include <QToolButton>

#include <cmath>

using engine::config::PresetDocument;
using ui::RegimeQuantity;

class TestRegimeMap : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void published_points_are_those_of_the_presets();
    void the_diagram_is_that_of_single_networks();
    void axes_that_are_not_the_theorys_have_no_diagram();
    void a_click_sends_the_network_there_as_one_step();
    void a_drag_leads_the_network_and_is_one_step();
    void a_click_near_a_published_point_goes_to_it();
    void keys_move_a_cross_and_enter_jumps();
    void another_delay_draws_other_borders();
    void any_two_numbers_of_a_neuron_make_a_map();
    void an_axis_widens_for_a_value_outside();
};

void TestRegimeMap::published_points_are_those_of_the_presets()
{
    const std::array<const char*, 4> ids {
        "brunel-sr", "brunel-si-fast", "brunel-ai", "brunel-si-slow"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const PresetDocument preset = shippedPreset(ids.at(i));
        const ui::PublishedPoint& point = ui::publishedPoints.at(i);
        QCOMPARE(std::get<double>(*preset.value("g")), point.g);
        QCOMPARE(std::get<double>(*preset.value("eta")), point.eta);
        const auto& checks = preset.experiment().checks;
        QVERIFY(std::any_of(checks.begin(), checks.end(),
            [&](const auto& check) { return check.name == point.state; }));
        engine::theory::BrunelParams params;
        params.g = point.g;
        params.eta = point.eta;
        const auto state = engine::theory::active_state(params);
        QCOMPARE(engine::theory::state_name(state->rate_Hz, state->cv, state->stability),
            std::string_view(point.state));
    }
}

void TestRegimeMap::the_diagram_is_that_of_single_networks()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram(true));
    const ui::RegimeDiagram& diagram = *session.panel.diagram();
    QCOMPARE(diagram.request.g, (engine::theory::MapRange {0.0, 8.0, mapPoints}));
    QCOMPARE(diagram.request.eta, (engine::theory::MapRange {0.0, 4.0, mapPoints}));
    QCOMPARE(diagram.request.params.C_E, 40.0);
    QCOMPARE(diagram.request.params.J, 0.5);
    for (const auto& [i, j] : {std::pair(12, 16), {20, 16}, {24, 32}, {18, 7}, {5, 25}}) {
        engine::theory::BrunelParams params = diagram.request.params;
        params.g = 8.0 * i / (mapPoints - 1);
        params.eta = 4.0 * j / (mapPoints - 1);
        const auto state = engine::theory::active_state(params);
        QVERIFY(state.has_value());
        const QPointF at(params.g, params.eta);
        QCOMPARE(diagram.valueAt(RegimeQuantity::rate, at), state->rate_Hz);
        QCOMPARE(diagram.valueAt(RegimeQuantity::cv, at), state->cv);
        const auto number = ui::regimeStateNumber(
            engine::theory::state_name(state->rate_Hz, state->cv, state->stability));
        QCOMPARE(diagram.valueAt(RegimeQuantity::state, at), double(number.value()));
        if (state->stability.mode) {
            QCOMPARE(diagram.valueAt(RegimeQuantity::frequency, at), state->stability.mode->f_Hz);
        }
    }
    // And the line of words has the same numbers.
    engine::theory::BrunelParams params = diagram.request.params;
    params.g = 5.0;
    params.eta = 2.0;
    const auto state = engine::theory::active_state(params);
    const QString rate
        = QString::number(state->rate_Hz, 'f', 1) + " Hz, CV " + QString::number(state->cv, 'f', 2);
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.words().contains(rate), patience);
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.words().contains("Measured: "), patience);
}

void TestRegimeMap::axes_that_are_not_the_theorys_have_no_diagram()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    session.choose(session.panel.controls().yBox(), "D");
    QTRY_VERIFY_WITH_TIMEOUT(!session.panel.computesTheory(), patience);
    QVERIFY(!session.panel.diagram());
    QVERIFY(session.panel.controls().placesButton().isHidden());
    // The theory at the place itself stays.
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.words().contains("Theory: "), patience);
    const auto other = ui::regimeTheory(shippedPreset("net-pymonnto"), "g", "eta");
    QVERIFY(!other.params && !other.reason.isEmpty());
    const auto swapped = ui::regimeTheory(tinyBrunel(), "eta", "g");
    QVERIFY(!swapped.params && !swapped.reason.isEmpty());
}

void TestRegimeMap::a_click_sends_the_network_there_as_one_step()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    ui::RegimePlot& plot = session.panel.plot();
    QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.pixelOf({6.5, 3.1}));
    QTRY_VERIFY_WITH_TIMEOUT(session.number("g") != 5.0, patience);
    QVERIFY(std::abs(session.number("g") - 6.5) < 0.05);
    QVERIFY(std::abs(session.number("eta") - 3.1) < 0.05);
    QCOMPARE(session.undo.count(), 1);
    session.undo.undo();
    QVERIFY(session.isAt(5.0, 2.0));
    session.undo.redo();
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(session.number("g") - 6.5) < 0.05, patience);
    // The log of the run has both changes, so that it can be repeated.
    QTRY_VERIFY_WITH_TIMEOUT(
        session.bridge.recording()->as_run.experiment().events.size() >= 6, patience);
}

void TestRegimeMap::a_drag_leads_the_network_and_is_one_step()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    ui::RegimePlot& plot = session.panel.plot();
    std::vector<double> told;
    QObject::connect(&plot, &ui::RegimePlot::placeWanted, &plot,
        [&](const QPointF& at) { told.push_back(at.x()); });
    const QPoint from = plot.pixelOf({5.0, 2.5});
    const QPoint to = plot.pixelOf({7.0, 2.5});
    QTest::mousePress(&plot, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 40; ++i) {
        QTest::mouseMove(&plot, from + (to - from) * i / 40);
        if (i % 10 == 0) {
            QTest::qWait(50);
        }
    }
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, to);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(session.number("g") - 7.0) < 0.05, patience);
    // It glided, and not every movement of the mouse was a change.
    QVERIFY(told.size() >= 3 && told.size() < 40);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(session.undo.count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.trail().stops().size() >= 3, patience);
    session.undo.undo();
    QVERIFY(session.isAt(5.0, 2.0));
    // What comes next is another step.
    QTest::mouseClick(&plot, Qt::LeftButton, {}, from);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, to);
    QCOMPARE(session.undo.count(), 2);
}

void TestRegimeMap::a_click_near_a_published_point_goes_to_it()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    ui::RegimePlot& plot = session.panel.plot();
    QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.pixelOf({4.5, 0.9}) + QPoint(4, -3));
    QVERIFY(session.isAt(4.5, 0.9));
    Q_EMIT session.panel.controls().placeChosen(1);
    QVERIFY(session.isAt(6.0, 4.0));
    session.undo.undo();
    QVERIFY(session.isAt(4.5, 0.9));
}

void TestRegimeMap::keys_move_a_cross_and_enter_jumps()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.trail().present() != nullptr, patience);
    ui::RegimePlot& plot = session.panel.plot();
    plot.setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(!session.panel.words().isEmpty(), patience);
    QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Up);
    QVERIFY(plot.cursor().has_value());
    const QPointF cursor = *plot.cursor();
    QVERIFY(cursor.x() > 5.0 && cursor.x() < 6.0 && cursor.y() > 2.0 && cursor.y() < 3.0);
    QTest::qWait(50);
    QCOMPARE(session.number("g"), 5.0); // nothing has happened yet
    QTest::keyClick(&plot, Qt::Key_Return);
    QVERIFY(session.isAt(cursor.x(), cursor.y()));
    QVERIFY(!plot.cursor());
    QCOMPARE(session.undo.count(), 1);
    QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Escape);
    QVERIFY(!plot.cursor());
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(session.undo.count(), 1);
}

void TestRegimeMap::another_delay_draws_other_borders()
{
    PresetDocument document = tinyBrunel();
    document = with(with(document, "C_E", 390.0), "J", 0.1);
    constexpr int few = 17;
    RegimeSession session(document, few);
    session.bridge.post(engine::Pause {});
    QVERIFY(session.running && session.hasDiagram(true));
    const auto lowest = [&] {
        double eta = 10.0;
        for (const auto& border : session.panel.diagram()->borders) {
            if (border.one == "AI" && border.other == "SI fast") {
                eta = std::min(eta, border.to.eta);
            }
        }
        return eta;
    };
    const double before = lowest();
    session.bridge.post(engine::SetValues {{{"D", 3.0}}});
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.diagram()
            && session.panel.diagram()->request.params.delay == 3.0
            && session.panel.diagram()->complete,
        patience);
    QVERIFY(!session.panel.plot().isStale());
    QVERIFY(lowest() < before - 0.1);
}

void TestRegimeMap::any_two_numbers_of_a_neuron_make_a_map()
{
    RegimeSession session(shippedPreset("izh2003-rs"));
    QVERIFY(session.running);
    session.choose(session.panel.controls().xBox(), "I");
    session.choose(session.panel.controls().yBox(), "populations/n/params/d");
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.trail().present() != nullptr, patience);
    QCOMPARE(session.panel.trail().present()->at, QPointF(10.0, 8.0));
    session.panel.controls().button().click();
    QVERIFY(QTest::qWaitFor([&] { return !session.panel.busy(); }, patience));
    const QStringList rows
        = QString::fromStdString(session.panel.csv()).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 82);
    QVERIFY(rows.last().section(',', 2, 2).toDouble() > 5.0);
    // The same number on both axes is no map, and says so.
    session.choose(session.panel.controls().yBox(), "I");
    QVERIFY(session.panel.notes().contains("two different"));
}

void TestRegimeMap::an_axis_widens_for_a_value_outside()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    QCOMPARE(session.panel.diagram()->request.eta.high, 4.0);
    session.bridge.post(engine::SetValues {{{"eta", 4.5}}});
    QTRY_VERIFY_WITH_TIMEOUT(
        session.panel.diagram() && session.panel.diagram()->request.eta.high == 5.0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.trail().present() != nullptr
            && session.panel.trail().present()->at == QPointF(5.0, 4.5),
        patience);
}

QTEST_MAIN(TestRegimeMap)
#include "tst_regime_map.moc"
