// Neurons that are chosen and followed in the raster of a network, shared by all panels.

#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/raster_counts.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/divergence_panel.hpp"
#include "ui/plots/follow_panel.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QMenu>

#include <algorithm>

using engine::core::Step;
using ui::NeuronId;

namespace {

double rest(std::size_t /*column*/, Step /*step*/) { return -65.0; }

/// What the engine would record of a neuron.
std::shared_ptr<const engine::analysis::Followed> recordingOf(
    const engine::config::Experiment& experiment, NeuronId id, Step from, Step to, double V)
{
    engine::analysis::NeuronFollower follower(experiment, id.population, id.neuron);
    follower.begin(from);
    for (Step k = from + 1; k <= to; ++k) {
        follower.sample(0, k, std::vector<double> {V});
        follower.input(0, k, {0.3, -0.2, 0.1});
    }
    follower.done(to);
    return follower.followed();
}

} // namespace

class TestSelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void neurons_are_chosen_once_and_in_order();
    void targets_are_the_chosen_ones_else_the_followed_one();
    void a_click_on_a_spike_follows_its_neuron();
    void a_double_click_follows_nobody();
    void with_cursors_a_click_is_theirs();
    void a_box_chooses_the_rows_in_it();
    void a_box_knows_the_order_of_the_rows();
    void arrow_keys_go_from_row_to_row();
    void escape_lets_go();
    void neighbours_are_found_and_marked();
    void neurons_stand_by_connection();
    void another_network_forgets_the_selection();
    void a_followed_neuron_has_panels_of_its_own();
    void after_a_jump_the_recording_before_stands_behind();
    void a_branch_shows_what_the_original_had();
    void spikes_are_deleted_and_added_from_the_menu();

private:
    ui::RasterPanel& raster() { return *qobject_cast<ui::RasterPanel*>(m_area->panels().at(0)); }
    QPoint at(double t, NeuronId id)
    {
        return {qRound(raster().xAxis->coordToPixel(t)),
            qRound(raster().yAxis->coordToPixel(
                *raster().raster().rows().row(id.population, id.neuron) + 0.5))};
    }
    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers);
    ui::NeuronSelection& selection() { return *m_selection; }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::NeuronSelection> m_selection;
    std::unique_ptr<ui::FollowedNeuron> m_followed;
    std::unique_ptr<ui::PlotArea> m_area;
};

void TestSelection::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_selection = std::make_unique<ui::NeuronSelection>();
    m_followed = std::make_unique<ui::FollowedNeuron>(*m_bridge, *m_selection);
    m_area = std::make_unique<ui::PlotArea>(*m_bridge);
    m_area->setSelection(*m_followed);
    m_area->resize(900, 900);
    m_area->show();
}

void TestSelection::cleanup()
{
    m_area.reset();
    m_followed.reset();
    m_selection.reset();
    m_bridge.reset();
}

void TestSelection::drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(&raster(), Qt::LeftButton, modifiers, from);
    QMouseEvent move(
        QEvent::MouseMove, to, raster().mapToGlobal(to), Qt::NoButton, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(&raster(), &move);
    QTest::mouseRelease(&raster(), Qt::LeftButton, modifiers, to);
}

void TestSelection::neurons_are_chosen_once_and_in_order()
{
    QSignalSpy changes(m_selection.get(), &ui::NeuronSelection::chosenChanged);
    selection().choose({{1, 3}, {0, 7}, {1, 3}, {0, 2}});
    QVERIFY(selection().chosen() == (std::vector<NeuronId> {{0, 2}, {0, 7}, {1, 3}}));
    selection().choose({{0, 2}, {1, 3}, {0, 7}});
    QCOMPARE(changes.size(), 1); // the same
    selection().toggle({0, 7});
    selection().toggle({0, 5});
    QVERIFY(selection().chosen() == (std::vector<NeuronId> {{0, 2}, {0, 5}, {1, 3}}));
    QVERIFY(selection().isChosen({0, 5}));
    QVERIFY(!selection().isChosen({0, 7}));
    selection().add({{0, 1}, {0, 5}});
    QCOMPARE(selection().chosen().size(), std::size_t {4});
}

void TestSelection::targets_are_the_chosen_ones_else_the_followed_one()
{
    QVERIFY(selection().targets().empty());
    selection().follow(NeuronId {0, 9});
    QVERIFY(selection().targets() == (std::vector<NeuronId> {{0, 9}}));
    selection().choose({{1, 1}});
    QVERIFY(selection().targets() == (std::vector<NeuronId> {{1, 1}}));
}

void TestSelection::a_click_on_a_spike_follows_its_neuron()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(500, 0, 40);
    m_bridge->deliver(sweep.next(1800));
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, at(50.0, {0, 40}) + QPoint(2, 0));
    QVERIFY(selection().followed() == (NeuronId {0, 40}));
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, at(50.0, {0, 40}));
    QVERIFY(!selection().followed()); // once more lets go
    // Away from spikes the row counts.
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, at(120.0, {1, 11}));
    QVERIFY(selection().followed() == (NeuronId {1, 11}));
    // A drag is no click.
    drag(at(120.0, {0, 5}), at(120.0, {0, 5}) + QPoint(40, 0), {});
    QVERIFY(selection().followed() == (NeuronId {1, 11}));
}

void TestSelection::a_double_click_follows_nobody()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    selection().follow(NeuronId {1, 2});
    raster().yAxis->setRange(10.0, 30.0);
    const QPoint place(raster().axisRect()->center());
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(&raster(), Qt::LeftButton, {}, place);
    QVERIFY(selection().followed() == (NeuronId {1, 2}));
    QCOMPARE(raster().yAxis->range().lower, 0.0); // it fits the axis
}

void TestSelection::with_cursors_a_click_is_theirs()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    m_area->cursors().toggle();
    m_area->cursors().put(700);
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, at(120.0, {0, 11}));
    QVERIFY(!selection().followed());
    m_area->cursors().removeAll();
    QTest::mouseClick(&raster(), Qt::LeftButton, {}, at(120.0, {0, 11}));
    QVERIFY(selection().followed().has_value());
}

void TestSelection::a_box_chooses_the_rows_in_it()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    const double lower = raster().xAxis->range().lower;
    drag(at(50.0, {0, 30}), at(90.0, {0, 34}), Qt::ControlModifier);
    QCOMPARE(selection().chosen().size(), std::size_t {5});
    QVERIFY(selection().isChosen({0, 30}) && selection().isChosen({0, 34}));
    QCOMPARE(raster().xAxis->range().lower, lower); // it does not pan
    // Over the gap, added to what there is.
    drag(at(90.0, {1, 1}), at(50.0, {0, 78}), Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(selection().chosen().size(), std::size_t {9});
    QVERIFY(selection().isChosen({0, 79}) && selection().isChosen({1, 1}));
    // Without Shift it begins anew.
    drag(at(50.0, {0, 3}), at(90.0, {0, 4}), Qt::ControlModifier);
    QVERIFY(selection().chosen() == (std::vector<NeuronId> {{0, 3}, {0, 4}}));
    QTest::mouseClick(&raster(), Qt::LeftButton, Qt::ControlModifier, at(50.0, {0, 9}));
    QVERIFY(selection().chosen() == (std::vector<NeuronId> {{0, 3}, {0, 4}, {0, 9}}));
}

void TestSelection::a_box_knows_the_order_of_the_rows()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(300, 0, 62);
    sweep.spike(400, 0, 17);
    m_bridge->deliver(sweep.next(1800));
    raster().setOrder(ui::RasterPanel::Order::firstSpike);
    QVERIFY(raster().neuronsBetween(0.2, 1.9) == (std::vector<NeuronId> {{0, 62}, {0, 17}}));
    QVERIFY(raster().neuronsBetween(0.3, 0.4) == (std::vector<NeuronId> {{0, 62}}));
    QVERIFY(raster().neuronsBetween(-5.0, -0.1).empty());
}

void TestSelection::arrow_keys_go_from_row_to_row()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    QTest::keyClick(&raster(), Qt::Key_Up);
    QVERIFY(selection().followed() == (NeuronId {0, 0}));
    selection().follow(NeuronId {0, 78});
    QTest::keyClick(&raster(), Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(&raster(), Qt::Key_Up, Qt::ShiftModifier); // over the gap
    QVERIFY(selection().followed() == (NeuronId {1, 0}));
    QVERIFY(selection().chosen() == (std::vector<NeuronId> {{0, 78}, {0, 79}, {1, 0}}));
    QTest::keyClick(&raster(), Qt::Key_Down);
    QVERIFY(selection().followed() == (NeuronId {0, 79}));
}

void TestSelection::escape_lets_go()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(100));
    selection().follow(NeuronId {0, 1});
    selection().choose({{0, 2}});
    QTest::keyClick(&raster(), Qt::Key_Escape);
    QVERIFY(selection().chosen().empty());
    QVERIFY(selection().followed().has_value());
    QTest::keyClick(&raster(), Qt::Key_Escape);
    QVERIFY(!selection().followed());
}

void TestSelection::neighbours_are_found_and_marked()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    selection().follow(NeuronId {1, 4}); // I: from all E, to all E
    QTRY_VERIFY(m_followed->neighbours() != nullptr);
    QCOMPARE(m_followed->neighbours()->in.size(), std::size_t {80});
    QVERIFY(raster().spoken().contains(QStringLiteral("80 inputs")));
    QVERIFY(raster().spoken().contains(QStringLiteral("80 targets")));
    raster().replot(QCustomPlot::rpImmediateRefresh);
    const QImage image = raster().grab().toImage();
    const QRect area = raster().axisRect()->rect();
    const int y = at(0.0, {0, 40}).y();
    QCOMPARE(image.pixelColor(area.left() + 4, y), raster().colors().green);
    QCOMPARE(image.pixelColor(area.right() - 4, y), raster().colors().orange);
    const int other = at(0.0, {1, 15}).y(); // nobody of I
    QVERIFY(image.pixelColor(area.left() + 4, other) != raster().colors().green);
    QCOMPARE(image.pixelColor(area.left() + 4, at(0.0, {1, 4}).y()), raster().colors().neutral);
    selection().follow(std::nullopt);
    QVERIFY(!m_followed->neighbours());
    QVERIFY(!raster().spoken().contains(QStringLiteral("inputs")));
}

void TestSelection::neurons_stand_by_connection()
{
    std::string text = frames::network;
    const std::string rule = R"("all_to_all"})";
    text.replace(text.rfind(rule), rule.size(), R"("fixed_indegree", "indegree": 3})"); // I to E
    frames::Sweep sweep(frames::document(text.c_str()), 1, 0, rest);
    m_bridge->deliver(sweep.next(1800));
    selection().follow(NeuronId {0, 33});
    QTRY_VERIFY(m_followed->neighbours() != nullptr);
    raster().setOrder(ui::RasterPanel::Order::connection);
    const auto& rows = raster().raster().rows();
    QCOMPARE(*rows.row(0, 33), 0.0);
    double highest = 0.0;
    for (const NeuronId id : ui::sendersOf(*m_followed->neighbours())) {
        QCOMPARE(id.population, 1U);
        highest = std::max(highest, *rows.row(1, id.neuron) - rows.blocks()[1].first);
    }
    QVERIFY(highest < 3.0);
}

void TestSelection::another_network_forgets_the_selection()
{
    frames::Sweep one(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(one.next(100));
    selection().follow(NeuronId {1, 4});
    frames::Sweep again(frames::document(frames::network), 2, 0, rest);
    m_bridge->deliver(again.next(100));
    QVERIFY(selection().followed() == (NeuronId {1, 4})); // built anew, the same populations
    frames::Sweep other(frames::document(frames::neuron), 3, 0, rest);
    m_bridge->deliver(other.next(100));
    QVERIFY(!selection().followed());
}

void TestSelection::a_followed_neuron_has_panels_of_its_own()
{
    const auto document = frames::document(frames::network);
    frames::Sweep sweep(document, 1, 0, rest);
    m_bridge->deliver(sweep.next(1000));
    const std::size_t before = m_area->panels().size();
    engine::Frame frame = sweep.next(1500);
    frame.followed = recordingOf(document.experiment(), {1, 7}, 1000, 1500, -61.5);
    m_bridge->deliver(frame);
    QCOMPARE(m_area->panels().size(), before + 2);
    ui::FollowPanel& potential = *m_area->followPanels().at(0);
    QCOMPARE(potential.name(), QStringLiteral("Potential of I 7"));
    QTRY_VERIFY(!potential.graph(0)->data()->isEmpty());
    QCOMPARE(potential.graph(0)->data()->constBegin()->key, 100.1); // from there on
    QCOMPARE(potential.graph(0)->data()->constBegin()->value, -61.5);
    ui::FollowPanel& input = *m_area->followPanels().at(1);
    QTRY_COMPARE(input.graph(0)->data()->size(), 50);
    QVERIFY(std::abs(input.graph(0)->data()->at(3)->value - 3.0) < 1e-12); // 0.3 mV a step
    QVERIFY(std::abs(input.graph(1)->data()->at(3)->value + 2.0) < 1e-12);
    QCOMPARE(input.spec().axisTitle(), QStringLiteral("Input of I 7 [mV/ms]"));
    QVERIFY(QString::fromStdString(input.visibleCsv()).contains(QStringLiteral("I.7.excitatory")));
    // Another neuron, other panels; nobody, none.
    frame = sweep.next(1600);
    frame.followed = recordingOf(document.experiment(), {0, 3}, 1500, 1600, -60.0);
    m_bridge->deliver(frame);
    QCOMPARE(m_area->followPanels().at(0)->name(), QStringLiteral("Potential of E 3"));
    QCOMPARE(m_area->panels().size(), before + 2);
    m_bridge->deliver(sweep.next(1700));
    QCOMPARE(m_area->panels().size(), before);
}

void TestSelection::after_a_jump_the_recording_before_stands_behind()
{
    const auto document = frames::document(frames::network);
    frames::Sweep sweep(document, 1, 0, rest);
    engine::Frame frame = sweep.next(1500);
    frame.followed = recordingOf(document.experiment(), {0, 7}, 500, 1500, -61.5);
    m_bridge->deliver(frame);
    frames::Sweep branch(document, 1, 1, rest);
    frame = branch.next(1600);
    frame.followed = recordingOf(document.experiment(), {0, 7}, 1000, 1600, -55.0);
    m_bridge->deliver(frame);
    ui::FollowPanel& potential = *m_area->followPanels().at(0);
    QTRY_VERIFY(!potential.graph(0)->data()->isEmpty());
    QCOMPARE(potential.graph(0)->data()->constBegin()->value, -55.0);
    QTRY_VERIFY(!potential.previousGraph(0)->data()->isEmpty());
    QCOMPARE(potential.previousGraph(0)->data()->constBegin()->value, -61.5);
}

void TestSelection::a_branch_shows_what_the_original_had()
{
    const auto document = frames::document(frames::network);
    frames::Sweep sweep(document, 1, 0, rest);
    sweep.spike(500, 0, 10);
    sweep.spike(1000, 0, 40);
    sweep.spike(1100, 0, 60);
    const engine::Frame original = sweep.next(1500);
    m_bridge->deliver(original);
    QVERIFY(m_area->divergence() == nullptr);

    frames::Sweep branch(document, 1, 1, rest);
    branch.spike(500, 0, 10);
    branch.spike(1100, 0, 60);
    branch.spike(1205, 1, 3);
    engine::Frame frame = branch.next(1400);
    frame.branch = std::make_shared<engine::Branch>(
        engine::Branch {900, 0, document, document, original.history, 1500});
    m_bridge->deliver(frame);
    QVERIFY(m_area->divergence() != nullptr);
    // Only what the branch has not, and only after it left.
    QTRY_COMPARE(raster_counts::total(raster().raster().image()) > 0, true);
    const int dots = raster_counts::total(raster().raster().image());
    QTRY_VERIFY(raster_counts::total(raster().raster().ghosts()) > 0);
    QCOMPARE(3 * raster_counts::total(raster().raster().ghosts()), dots); // one of them to three
    const auto& divergence = m_area->divergence()->divergence();
    QTRY_COMPARE(divergence.done(), Step {1400});
    QCOMPARE(*divergence.first(), Step {1000});
    QCOMPARE(divergence.bins().at(9).differing, std::uint64_t {1}); // (99, 100] ms
    QCOMPARE(m_area->divergence()->shares()->data()->at(9)->value, 100.0);
    QCOMPARE(m_area->divergence()->shares()->data()->at(19)->value, 0.0); // the same spike
    QVERIFY(m_area->divergence()->spoken().contains(QStringLiteral("first at 100.0 ms")));
    // A new sweep has no original.
    frames::Sweep next(document, 1, 2, rest);
    m_bridge->deliver(next.next(100));
    QVERIFY(m_area->divergence() == nullptr);
    QCOMPARE(raster_counts::total(raster().raster().ghosts()), 0);
}

void TestSelection::spikes_are_deleted_and_added_from_the_menu()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(500, 0, 40);
    m_bridge->deliver(sweep.next(1800));
    QSignalSpy wanted(&raster(), &ui::RasterPanel::branchWanted);
    const auto choose = [&](const QPoint& place, const QString& text) {
        QTest::mouseClick(&raster(), Qt::RightButton, {}, place);
        QMenu menu;
        raster().fillMenu(menu);
        for (QAction* action : menu.actions()) {
            if (action->text().remove(QLatin1Char('&')) == text) {
                action->trigger();
                return true;
            }
        }
        return false;
    };
    QVERIFY(choose(at(50.0, {0, 40}), QStringLiteral("Delete the spike of E 40 at 50.0 ms")));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<Step>(), Step {500});
    const auto setting = wanted[0][1].value<engine::config::StateSetting>();
    QCOMPARE(setting.first, std::string("populations/E/state/40/V_m"));
    // Where there is none, one is added.
    const QPoint empty = at(120.0, {1, 11});
    const double t = raster().xAxis->pixelToCoord(empty.x());
    QVERIFY(choose(empty,
        QStringLiteral("Add a spike of I 11 at %1 ms")
            .arg(std::round(t * 10.0) / 10.0, 0, 'f', 1)));
    QCOMPARE(wanted[1][1].value<engine::config::StateSetting>().first,
        std::string("populations/I/state/11/V_m"));
}

QTEST_MAIN(TestSelection)
#include "tst_selection.moc"
