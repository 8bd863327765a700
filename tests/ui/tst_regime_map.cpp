#include "engine/differences.hpp"
#include "engine/sweep/sweep.hpp"
#include "engine/theory/boundaries.hpp"
#include "tests/support/program_files.hpp"
#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/regime/regime_controls.hpp"
#include "ui/regime/regime_panel.hpp"
#include "ui/regime/regime_plot.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QProcess>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <cmath>

using engine::config::PresetDocument;
using ui::RegimeQuantity;
using ui::RegimeStop;

namespace {

constexpr int mapPoints = 33;
constexpr int patience = 240000; // maps and sweeps give way to everything else on the machine

/// Brunel's network of few neurons and inputs: the theory's shape, runs in no time.
PresetDocument tinyBrunel()
{
    PresetDocument document = shippedPreset("brunel-ai-small");
    for (const auto& [path, value] : {std::pair("N_E", 400.0), {"C_E", 40.0}, {"J", 0.5}}) {
        document = with(document, path, value);
    }
    return document;
}

struct Session {
    explicit Session(const PresetDocument& document, int points = mapPoints)
        : theory(bridge)
        , panel(bridge, undo, theory)
    {
        panel.resize(520, 560);
        panel.show();
        panel.setReference(document);
        panel.setMapPoints(points);
        running = QTest::qWaitForWindowExposed(&panel) && runPreset(bridge, document);
    }
    /// At least a first picture of it.
    bool hasDiagram(bool complete = false)
    {
        const bool there = QTest::qWaitFor(
            [&] { return panel.diagram() && (panel.diagram()->complete || !complete); }, patience);
        panel.plot().replot(); // pixels of the axes are those of what is shown
        return there;
    }
    double number(const std::string& path) const
    {
        return std::get<double>(*bridge.document()->value(path));
    }
    bool isAt(double g, double eta)
    {
        return QTest::qWaitFor(
            [&] {
                return std::abs(number("g") - g) < 1e-9 && std::abs(number("eta") - eta) < 1e-9;
            },
            patience);
    }
    void choose(QComboBox& box, const QVariant& data)
    {
        box.setCurrentIndex(box.findData(data));
        Q_EMIT box.activated(box.currentIndex());
    }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::NetworkTheory theory;
    ui::RegimePanel panel;
    bool running = false;
};

/// Frames of a network made by hand, at places of the plane (g, rate).
const char* const planeText
    = R"({"format": "spikescope-preset", "version": 1, "id": "net", "title": "Net",
  "variables": {"g": {"value": 5, "min": 0, "max": 8}, "eta": {"value": 2, "min": 0, "max": 5}},
  "simulation": {"dt": 1, "duration": 1000},
  "populations": [{"name": "E", "size": 8, "model": "iaf_psc_delta"},
                  {"name": "I", "size": 2, "model": "iaf_psc_delta"}],
  "projections": [
    {"source": "E", "target": "I", "rule": {"rule": "all_to_all"}, "weight": "0.1 * eta", "delay": 1},
    {"source": "I", "target": "E", "rule": {"rule": "all_to_all"}, "weight": "-g * 0.1", "delay": 1}],
  "record": {"traces": [], "spikes": ["E", "I"]}})";

engine::Frame frameAt(double g, double eta, engine::core::Step from, engine::core::Step to)
{
    PresetDocument document = with(with(frames::document(planeText), "g", g), "eta", eta);
    frames::Sweep sweep(document, 1, 0, [](std::size_t, engine::core::Step) { return 0.0; });
    engine::Frame frame = sweep.next(1);
    frame.from = from;
    frame.to = to;
    return frame;
}

engine::AppliedChange changeOf(const char* path, engine::core::Step step)
{
    return {step, path, 0.0, 0.0, false};
}

} // namespace

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
    void a_trail_counts_rates_where_the_network_was();
    void a_trail_takes_statistics_of_its_own_place_alone();
    void a_trail_joins_what_cannot_be_told_apart();
    void smaller_networks_keep_what_a_neuron_gets();
    void tiles_are_cells_of_the_sweep();
    void the_csv_is_what_the_command_line_prints();
    void tiles_are_cancelled_and_keep_what_is_known();
    void tiles_of_other_values_are_said_to_be_old();
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
    Session session(tinyBrunel());
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
    Session session(tinyBrunel());
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
    Session session(tinyBrunel());
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
    Session session(tinyBrunel());
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
    Session session(tinyBrunel());
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
    Session session(tinyBrunel());
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
    Session session(document, few);
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

void TestRegimeMap::a_trail_counts_rates_where_the_network_was()
{
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    engine::Frame frame = frameAt(5.0, 2.0, 0, 50);
    for (int i = 1; i <= 20; ++i) {
        frame.spikes.push_back({i, 0, 0});
    }
    QVERIFY(trail.take(frame));
    QCOMPARE(trail.present()->at, QPointF(5.0, 2.0));
    QCOMPARE(trail.present()->rate_Hz, 20.0 / 10 / 0.050); // 10 neurons, 50 ms
    // A change in the middle of the next frame: spikes before it are no matter of the new place.
    engine::Frame moved = frameAt(6.0, 2.0, 50, 90);
    moved.changes.push_back(changeOf("g", 70));
    for (const engine::core::Step step : {55, 65, 70, 75, 80, 85}) {
        moved.spikes.push_back({step, 0, 1});
    }
    QVERIFY(trail.take(moved));
    QCOMPARE(trail.stops().size(), std::size_t {2});
    QCOMPARE(trail.stops()[0].rate_Hz, 20.0 / 10 / 0.050);
    QCOMPARE(trail.present()->rate_Hz, 3.0 / 10 / 0.020);
    QVERIFY(trail.present()->joined);
    // While it settles counts less than what follows.
    engine::Frame settling = frameAt(6.0, 2.0, 90, 190);
    trail.take(settling);
    engine::Frame settled = frameAt(6.0, 2.0, 190, 290);
    for (int i = 0; i < 50; ++i) {
        settled.spikes.push_back({191 + i, 0, 2});
    }
    trail.take(settled);
    QCOMPARE(trail.present()->rate_Hz, 50.0 / 10 / 0.1);
}

void TestRegimeMap::a_trail_takes_statistics_of_its_own_place_alone()
{
    const auto statistics = [](double from, double to) {
        auto out = std::make_shared<engine::analysis::NetworkStatistics>();
        out->from_ms = from;
        out->to_ms = to;
        out->network.rate_Hz = 40.0;
        out->network.cv_isi = 0.6;
        out->network.synchrony = 0.2;
        out->network.peak_frequency_Hz = 120.0;
        out->network.window_ms = to - from;
        return out;
    };
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    engine::Frame frame = frameAt(5.0, 2.0, 0, 1000);
    frame.changes.push_back(changeOf("g", 900));
    frame.statistics = statistics(0.0, 1000.0);
    trail.take(frame);
    QVERIFY(trail.statistics() == nullptr);
    QVERIFY(!trail.present()->state);
    QVERIFY(std::isnan(trail.present()->cv));
    engine::Frame later = frameAt(5.0, 2.0, 1000, 1600);
    later.statistics = statistics(1000.0, 1600.0);
    trail.take(later);
    QCOMPARE(trail.present()->cv, 0.6);
    QCOMPARE(trail.present()->rate_Hz, 40.0);
    QVERIFY(!trail.present()->state); // one opinion
    later.statistics = statistics(1000.0, 1900.0);
    trail.take(later);
    QCOMPARE(trail.present()->state, ui::regimeStateNumber("AI"));
    // Another value, the same place: what was measured is no matter of it.
    engine::Frame other = frameAt(5.0, 2.0, 1900, 2000);
    other.changes.push_back(changeOf("D", 1950));
    other.statistics = statistics(1000.0, 2000.0);
    trail.take(other);
    QVERIFY(trail.statistics() == nullptr);
    QCOMPARE(trail.regime().kind, engine::analysis::Regime::Kind::undecided);
}

void TestRegimeMap::a_trail_joins_what_cannot_be_told_apart()
{
    ui::RegimeTrail trail;
    trail.begin("g", "eta", {0.05, 0.02});
    trail.take(frameAt(5.0, 2.0, 0, 10));
    for (int i = 1; i <= 10; ++i) {
        engine::Frame frame = frameAt(5.0 + 0.001 * i, 2.0, 10 * i, 10 * i + 10);
        frame.changes.push_back(changeOf("g", 10 * i));
        trail.take(frame);
    }
    QCOMPARE(trail.stops().size(), std::size_t {1});
    QVERIFY(std::abs(trail.present()->at.x() - 5.01) < 1e-9);
    trail.interrupt();
    trail.take(frameAt(7.0, 2.0, 0, 10));
    QCOMPARE(trail.stops().size(), std::size_t {2});
    QVERIFY(!trail.present()->joined); // another run
}

void TestRegimeMap::smaller_networks_keep_what_a_neuron_gets()
{
    const PresetDocument whole = shippedPreset("brunel-ai");
    const auto sizes = ui::networkSizes(whole);
    QCOMPARE(sizes.size(), std::size_t {3});
    QCOMPARE(sizes[0].neurons, std::size_t {12500});
    QVERIFY(sizes[0].changes.empty());
    QCOMPARE(sizes[1].neurons, std::size_t {6250});
    QCOMPARE(sizes[1].changes, (std::vector<std::pair<std::string, double>> {{"N_E", 5000.0}}));
    QCOMPARE(sizes[2].neurons, std::size_t {3125});
    // The half is the network of the preset of tutorial size.
    const PresetDocument half = with(whole, "N_E", 5000.0);
    const auto small = shippedPreset("brunel-ai-small").experiment();
    for (std::size_t p = 0; p < small.populations.size(); ++p) {
        QCOMPARE(half.experiment().populations[p].size, small.populations[p].size);
    }
    for (std::size_t p = 0; p < small.projections.size(); ++p) {
        QVERIFY(half.experiment().projections[p].rule == small.projections[p].rule);
        QVERIFY(half.experiment().projections[p].weight == small.projections[p].weight);
        QVERIFY(half.experiment().projections[p].delay_ms == small.projections[p].delay_ms);
    }
    // Numbers that are no fixed in-degrees fall with the size: nothing smaller is offered.
    QCOMPARE(ui::networkSizes(shippedPreset("net-izh2003")).size(), std::size_t {1});
}

void TestRegimeMap::tiles_are_cells_of_the_sweep()
{
    const PresetDocument document = tinyBrunel();
    const ui::SweepSubject subject(document, ui::SweepProtocol::ownStimuli);
    ui::SweepChoice g = *subject.find("g");
    ui::SweepChoice eta = *subject.find("eta");
    eta.high = 4.0;
    ui::TileQuestion question {ui::networkSizes(document)[0], 3, 800.0};
    const auto request = ui::tileRequest(document, g, eta, question);
    QCOMPARE(request.axes[0].values, (std::vector<double> {0.0, 4.0, 8.0}));
    QCOMPARE(request.axes[1].values, (std::vector<double> {0.0, 2.0, 4.0}));
    engine::core::Progress progress;
    std::vector<engine::sweep::Cell> cells(9);
    cells[4] = engine::sweep::compute(request, 4, progress);
    const auto at
        = [&](RegimeQuantity quantity) { return ui::tileValues(request, cells, quantity); };
    QCOMPARE(at(RegimeQuantity::rate)[4], cells[4].measured[0].value.value());
    QCOMPARE(at(RegimeQuantity::cv)[4], cells[4].measured[1].value.value());
    QCOMPARE(at(RegimeQuantity::frequency)[4], cells[4].measured[2].value.value());
    QCOMPARE(at(RegimeQuantity::state)[4],
        double(ui::regimeStateNumber(cells[4].measured[3].name).value()));
    QVERIFY(std::isnan(at(RegimeQuantity::rate)[0])); // not done
}

void TestRegimeMap::the_csv_is_what_the_command_line_prints()
{
    Session session(with(tinyBrunel(), "D", 2.0));
    session.panel.setReference(shippedPreset("brunel-ai-small"));
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().durationBox().setValue(100.0);
    session.panel.controls().sizeBox().setCurrentIndex(1);
    session.panel.controls().button().click();
    QVERIFY(session.panel.busy());
    QVERIFY(QTest::qWaitFor([&] { return !session.panel.busy(); }, patience));
    const QString csv = QString::fromStdString(session.panel.csv());
    QCOMPARE(csv.count('\n'), 82);
    const QString command = session.panel.command();
    QVERIFY2(command.startsWith("spikescope sweep brunel-ai-small "), qPrintable(command));
    QVERIFY(command.contains("--set 'N_E=200'") && command.contains("--set 'D=2'"));
    QVERIFY(command.contains("--over g=0:8:1 --over eta=0:4:0.5"));
    QStringList arguments = QProcess::splitCommand(QString(command).remove('\''));
    arguments.removeFirst();
    const auto printed = test_support::spikescope(arguments + QStringList {"--quiet"});
    QCOMPARE(printed.status, 0);
    QCOMPARE(QString(printed.out), csv);
}

void TestRegimeMap::tiles_are_cancelled_and_keep_what_is_known()
{
    Session session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().gridBox().setCurrentIndex(2);
    session.panel.controls().durationBox().setValue(2000.0);
    session.panel.controls().button().click();
    const auto lines = [&] {
        return QString::fromStdString(session.panel.csv())
            .split('\n')
            .filter(QRegularExpression("^[^,]+,[^,]+,[0-9]"))
            .size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(lines() >= 2, patience);
    QElapsedTimer clock;
    clock.start();
    session.panel.controls().button().click();
    QVERIFY(clock.elapsed() < 200);
    QCOMPARE(session.panel.controls().button().text(), QString("Measure"));
    const auto known = lines();
    QVERIFY(known >= 2 && known < 33 * 33);
    QTest::qWait(200);
    QCOMPARE(lines(), known);
}

void TestRegimeMap::tiles_of_other_values_are_said_to_be_old()
{
    Session session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().durationBox().setValue(100.0);
    session.panel.controls().button().click();
    QVERIFY(QTest::qWaitFor([&] { return !session.panel.busy(); }, patience));
    QVERIFY(!session.panel.notes().contains("Grey"));
    // Moving in the plane is no other question ...
    Q_EMIT session.panel.controls().placeChosen(0);
    QVERIFY(session.isAt(3.0, 2.0));
    QVERIFY(!session.panel.notes().contains("Grey"));
    // ... another delay is, until it is taken back.
    session.bridge.post(engine::SetValues {{{"D", 2.5}}});
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.notes().contains("Grey"), patience);
    session.bridge.post(engine::SetValues {{{"D", 1.5}}});
    QTRY_VERIFY_WITH_TIMEOUT(!session.panel.notes().contains("Grey"), patience);
}

void TestRegimeMap::any_two_numbers_of_a_neuron_make_a_map()
{
    Session session(shippedPreset("izh2003-rs"));
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
    Session session(tinyBrunel());
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
