// The grid of neurons: its colours are the values that the engine tells, and neurons are chosen
// and followed in it as in the raster.

#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/grid/neuron_grid.hpp"
#include "ui/grid/neuron_grid_panel.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QComboBox>
#include <QPainter>

#include <cmath>
#include <limits>

using engine::analysis::NeuronStates;
using ui::NeuronId;

namespace {

double rest(std::size_t /*column*/, engine::core::Step /*step*/) { return -65.0; }

/// 80 E from `lower` to `upper`, 20 I at `lower`.
std::shared_ptr<const NeuronStates> ramp(
    double lower, double upper, const std::string& variable = "V_m", const char* unit = "mV")
{
    NeuronStates states {100, variable, {{unit, {}}, {unit, {}}}};
    for (int n = 0; n < 80; ++n) {
        states.populations[0].values.push_back(lower + (upper - lower) * n / 79.0);
    }
    states.populations[1].values.assign(20, lower);
    return std::make_shared<const NeuronStates>(std::move(states));
}

} // namespace

class TestNeuronGrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void choices_are_what_the_models_have();
    void a_pixel_has_the_colour_of_its_neuron();
    void the_range_follows_slowly();
    void a_potential_ends_at_the_threshold();
    void a_spike_fades();
    void a_population_without_the_variable_says_so();
    void a_click_follows_and_lets_go();
    void a_box_chooses_and_a_click_adds();
    void keys_move_the_followed_neuron();
    void what_is_chosen_elsewhere_is_marked();
    void neighbours_are_marked();
    void what_is_shown_can_be_saved();
    void the_engine_tells_while_it_is_seen();

private:
    ui::NeuronGrid& grid() { return m_panel->grid(); }
    QPoint at(NeuronId id)
    {
        return grid().grids().cellOf(id).center().toPoint() + ui::NeuronGrid::inset();
    }
    QColor pixel(NeuronId id) { return grid().grab().toImage().pixelColor(at(id)); }
    void drag(NeuronId from, NeuronId to, Qt::KeyboardModifiers modifiers);
    /// 80 E and 20 I, with other texts in place of parts of it.
    void open(const std::string& from = {}, const std::string& to = {});
    void tell(std::shared_ptr<const NeuronStates> states);

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::NeuronSelection> m_selection;
    std::unique_ptr<ui::FollowedNeuron> m_followed;
    std::unique_ptr<ui::NeuronGridPanel> m_panel;
    std::unique_ptr<frames::Sweep> m_sweep;
    std::uint64_t m_session = 0;
    engine::core::Step m_to = 0;
};

void TestNeuronGrid::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_selection = std::make_unique<ui::NeuronSelection>();
    m_followed = std::make_unique<ui::FollowedNeuron>(*m_bridge, *m_selection);
    m_panel = std::make_unique<ui::NeuronGridPanel>(*m_bridge, *m_followed, QList<QAction*>());
    m_panel->resize(360, 320);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_to = 0;
}

void TestNeuronGrid::cleanup()
{
    m_panel.reset();
    m_followed.reset();
    m_selection.reset();
    m_bridge.reset();
}

void TestNeuronGrid::open(const std::string& from, const std::string& to)
{
    std::string text = frames::network;
    for (auto place = text.find(from); !from.empty() && place != std::string::npos;
         place = text.find(from, place + to.size())) {
        text.replace(place, from.size(), to);
    }
    m_sweep = std::make_unique<frames::Sweep>(frames::document(text.c_str()), ++m_session, 0, rest);
    m_bridge->deliver(m_sweep->next(m_to = 1));
}

void TestNeuronGrid::tell(std::shared_ptr<const NeuronStates> states)
{
    engine::Frame frame = m_sweep->next(++m_to);
    frame.states = std::move(states);
    m_bridge->deliver(frame);
}

void TestNeuronGrid::drag(NeuronId from, NeuronId to, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(&grid(), Qt::LeftButton, modifiers, at(from));
    QMouseEvent move(QEvent::MouseMove, at(to), grid().mapToGlobal(at(to)), Qt::NoButton,
        Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(&grid(), &move);
    QTest::mouseRelease(&grid(), Qt::LeftButton, modifiers, at(to));
}

void TestNeuronGrid::choices_are_what_the_models_have()
{
    open();
    const auto choices = [this] {
        QStringList names;
        for (int i = 0; i < m_panel->variables().count(); ++i) {
            names += m_panel->variables().itemData(i).toString();
        }
        return names;
    };
    QCOMPARE(choices(), (QStringList {"V_m", "I", "since_spike"}));
    m_panel->variables().setCurrentIndex(2);
    open("iaf_psc_delta", "izhikevich");
    QCOMPARE(choices(), (QStringList {"V_m", "U_m", "I", "since_spike"}));
    QCOMPARE(m_panel->variables().currentData().toString(), QStringLiteral("since_spike")); // kept
}

void TestNeuronGrid::a_pixel_has_the_colour_of_its_neuron()
{
    open("iaf_psc_delta", "izhikevich");
    tell(ramp(-80.0, -50.0));
    const auto& scale = grid().scale();
    QCOMPARE(scale.range().lower, -80.0);
    QCOMPARE(scale.range().upper, -50.0);
    for (const std::uint32_t n : {0U, 17U, 44U, 79U}) {
        const QColor expected(scale.color(-80.0 + 30.0 * n / 79.0));
        QCOMPARE(pixel({0, n}), expected);
        QCOMPARE(grid().colorOf({0, n}), expected);
    }
    QCOMPARE(pixel({1, 5}), QColor(scale.colorAt(0.0)));
    // The colours of the scale: dark violet to yellow.
    QCOMPARE(QColor(scale.colorAt(0.0)), QColor(0x44, 0x01, 0x54));
    QCOMPARE(QColor(scale.colorAt(1.0)), QColor(0xfd, 0xe7, 0x25));
    QCOMPARE(grid().textOf({0, 79}), QStringLiteral("E 79: V_m -50.0 mV"));
}

void TestNeuronGrid::the_range_follows_slowly()
{
    open("iaf_psc_delta", "izhikevich");
    ui::GridScale scale;
    const auto& experiment = m_bridge->document()->experiment();
    scale.begin(experiment, "V_m");
    scale.take(*ramp(-90.0, 30.0), 0.0);
    const double wide = scale.range().size();
    scale.take(*ramp(-70.0, -60.0), 0.02);
    QVERIFY(scale.range().size() > 0.9 * wide);
    for (int i = 0; i < 1000; ++i) {
        scale.take(*ramp(-70.0, -60.0), 0.02);
    }
    QVERIFY(scale.range().size() < 20.0);
    QVERIFY(scale.range().lower <= -68.0 && scale.range().upper >= -62.0);
    QVERIFY(!scale.take(*ramp(-70.0, -60.0), 0.02)); // at rest it stays
    // A few spikes are no part of it.
    auto spiking = *ramp(-70.0, -60.0);
    for (int n = 0; n < 8; ++n) {
        spiking.populations[0].values[static_cast<std::size_t>(9 * n)] = 120.0;
    }
    scale.begin(experiment, "V_m");
    scale.take(spiking, 0.0);
    QVERIFY(scale.range().upper < -40.0);
    // All the same is a range as well.
    scale.begin(experiment, "V_m");
    scale.take(*ramp(-65.0, -65.0), 0.0);
    QVERIFY(scale.range().size() > 0.0);
    QVERIFY(scale.range().lower < -65.0 && scale.range().upper > -65.0);
}

void TestNeuronGrid::a_potential_ends_at_the_threshold()
{
    open(); // V_th = -55
    tell(ramp(-70.0, -62.0));
    QCOMPARE(grid().scale().range().upper, -55.0);
    QVERIFY(grid().scale().range().lower <= -68.0);
}

void TestNeuronGrid::a_spike_fades()
{
    open();
    m_panel->variables().setCurrentIndex(2);
    NeuronStates states {200, "since_spike", {{"ms", std::vector<double>(80, 500.0)}, {"ms", {}}}};
    states.populations[0].values[3] = 0.0;
    states.populations[0].values[4] = 10.0;
    states.populations[0].values[5] = std::numeric_limits<double>::quiet_NaN();
    states.populations[1].values.assign(20, 500.0);
    tell(std::make_shared<const NeuronStates>(states));
    QVERIFY(grid().colorOf({0, 3}).lightness() > grid().colorOf({0, 4}).lightness());
    QVERIFY(grid().colorOf({0, 4}).lightness() > grid().colorOf({0, 6}).lightness());
    QCOMPARE(grid().colorOf({0, 5}), grid().colorOf({0, 6}));
    QCOMPARE(grid().textOf({0, 4}), QStringLiteral("E 4: spiked 10.0 ms ago"));
    QCOMPARE(grid().textOf({0, 5}), QStringLiteral("E 5: no spike yet"));
}

void TestNeuronGrid::a_population_without_the_variable_says_so()
{
    open();
    auto states = *ramp(-70.0, -60.0);
    states.populations[1].values.clear();
    tell(std::make_shared<const NeuronStates>(states));
    QCOMPARE(grid().colorOf({1, 3}), QColor(ui::Theme::instance().colors().grid.rgb()));
    QCOMPARE(grid().textOf({1, 3}), QStringLiteral("I 3"));
}

void TestNeuronGrid::a_click_follows_and_lets_go()
{
    open();
    tell(ramp(-70.0, -60.0));
    QTest::mouseClick(&grid(), Qt::LeftButton, {}, at({0, 43}));
    QVERIFY(m_selection->followed() == (NeuronId {0, 43}));
    QTest::mouseClick(&grid(), Qt::LeftButton, {}, at({1, 7}));
    QVERIFY(m_selection->followed() == (NeuronId {1, 7}));
    drag({0, 3}, {0, 30}, {}); // no click
    QVERIFY(m_selection->followed() == (NeuronId {1, 7}));
    QTest::mouseClick(&grid(), Qt::LeftButton, {}, at({1, 7}));
    QVERIFY(!m_selection->followed());
}

void TestNeuronGrid::a_box_chooses_and_a_click_adds()
{
    open();
    tell(ramp(-70.0, -60.0));
    const auto columns = static_cast<std::uint32_t>(grid().grids().blocks()[0].columns);
    drag({0, 1}, {0, columns + 2}, Qt::ControlModifier);
    QVERIFY(m_selection->chosen()
        == (std::vector<NeuronId> {{0, 1}, {0, 2}, {0, columns + 1}, {0, columns + 2}}));
    drag({1, 2}, {1, 3}, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_selection->chosen().size(), std::size_t {6});
    QTest::mouseClick(&grid(), Qt::LeftButton, Qt::ControlModifier, at({0, 60}));
    QVERIFY(m_selection->isChosen({0, 60}));
    QTest::mouseClick(&grid(), Qt::LeftButton, Qt::ControlModifier, at({0, 60}));
    QVERIFY(!m_selection->isChosen({0, 60}));
    QTest::keyClick(&grid(), Qt::Key_Escape);
    QVERIFY(m_selection->chosen().empty());
}

void TestNeuronGrid::keys_move_the_followed_neuron()
{
    open();
    QTest::keyClick(&grid(), Qt::Key_Right);
    QVERIFY(m_selection->followed() == (NeuronId {0, 0}));
    QTest::keyClick(&grid(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(m_selection->followed() == (NeuronId {0, 1}));
    QVERIFY(m_selection->chosen() == (std::vector<NeuronId> {{0, 0}, {0, 1}}));
    QTest::keyClick(&grid(), Qt::Key_Down);
    const auto columns = static_cast<std::uint32_t>(grid().grids().blocks()[0].columns);
    QVERIFY(m_selection->followed() == (NeuronId {0, columns + 1}));
    QTest::keyClick(&grid(), Qt::Key_End);
    QVERIFY(m_selection->followed() == (NeuronId {0, 79}));
    QTest::keyClick(&grid(), Qt::Key_Right);
    QVERIFY(m_selection->followed() == (NeuronId {1, 0}));
}

void TestNeuronGrid::what_is_chosen_elsewhere_is_marked()
{
    open();
    tell(ramp(-70.0, -60.0));
    const QImage before = grid().grab().toImage();
    m_selection->follow(NeuronId {0, 50});
    const QImage followed = grid().grab().toImage();
    const QRect cell = grid().grids().cellOf({0, 50}).toRect().translated(ui::NeuronGrid::inset());
    QCOMPARE(followed.pixelColor(cell.left() - 2, cell.center().y()), QColor(Qt::white));
    QCOMPARE(followed.pixelColor(cell.center()), before.pixelColor(cell.center()));
    m_selection->follow(std::nullopt);
    QCOMPARE(grid().grab().toImage(), before);
    m_selection->choose({{1, 6}, {1, 7}});
    const QImage chosen = grid().grab().toImage();
    const QRect one = grid().grids().cellOf({1, 6}).toRect().translated(ui::NeuronGrid::inset());
    QCOMPARE(chosen.pixelColor(one.left(), one.center().y()), QColor(Qt::white));
    QCOMPARE(chosen.pixelColor(one.right(), one.center().y()),
        before.pixelColor(one.right(), one.center().y())); // both in one frame
}

void TestNeuronGrid::neighbours_are_marked()
{
    open();
    tell(ramp(-70.0, -60.0));
    m_selection->follow(NeuronId {1, 4}); // I: from all E, to all E
    QTRY_VERIFY_WITH_TIMEOUT(m_followed->neighbours() != nullptr, 60000);
    const QImage image = grid().grab().toImage();
    const QRect cell = grid().grids().cellOf({0, 40}).toRect().translated(ui::NeuronGrid::inset());
    QCOMPARE(image.pixelColor(cell.left(), cell.center().y()), ui::plotColors(true).green);
    QCOMPARE(
        image.pixelColor(cell.right(), cell.center().y()), ui::Theme::instance().colors().orange);
    const QRect other = grid().grids().cellOf({1, 15}).toRect().translated(ui::NeuronGrid::inset());
    QCOMPARE(image.pixelColor(other.left(), other.center().y()), grid().colorOf({1, 15}));
}

void TestNeuronGrid::what_is_shown_can_be_saved()
{
    open();
    tell(ramp(-70.0, -60.0));
    const QStringList lines = QString::fromStdString(grid().csv()).split(QLatin1Char('\n'));
    QCOMPARE(lines.front(), QStringLiteral("population,neuron,V_m_mV"));
    QCOMPARE(lines.size(), 1 + 100 + 1);
    QCOMPARE(lines[1], QStringLiteral("E,0,-70"));
    QCOMPARE(lines[81], QStringLiteral("I,0,-70"));
    QImage image(grid().size(), QImage::Format_RGB32);
    QPainter painter(&image);
    grid().paintForExport(painter, grid().size());
    painter.end();
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
    QCOMPARE(image.pixelColor(at({0, 30})), grid().colorOf({0, 30}));
}

void TestNeuronGrid::the_engine_tells_while_it_is_seen()
{
    constexpr int patience = 60000;
    QVERIFY(runPreset(*m_bridge, frames::document(frames::network)));
    QTRY_VERIFY_WITH_TIMEOUT(grid().scale().range().upper == -55.0, patience);
    QVERIFY(grid().textOf({0, 3}).endsWith(QStringLiteral(" mV")));
    // In a pause another variable shows at once.
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE_WITH_TIMEOUT(m_bridge->status().state, engine::RunState::paused, patience);
    m_panel->variables().setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(grid().textOf({0, 3}).contains(QStringLiteral("pA")), patience);
    // Nobody looks: nothing is told.
    bool told = true;
    connect(m_bridge.get(), &ui::EngineBridge::frameReady, this,
        [&](const engine::Frame& frame) { told = frame.states != nullptr; });
    m_panel->hide();
    m_bridge->post(engine::Run {});
    QTRY_VERIFY_WITH_TIMEOUT(!told, patience);
    m_panel->show();
    QTRY_VERIFY_WITH_TIMEOUT(told, patience);
    m_bridge->stop();
}

QTEST_MAIN(TestNeuronGrid)
#include "tst_neuron_grid.moc"
