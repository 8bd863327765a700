#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/intervals_panel.hpp"
#include "ui/plots/interval_chart.hpp"
#include "ui/plots/interval_plots.hpp"

#include "engine/analysis/spike_train.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QTabBar>

#include <numeric>

using engine::core::Step;

/// Frames made by hand are delivered to the panel; what it shows is compared with their spikes.
class TestIntervalsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void shows_the_intervals_of_a_neuron();
    void a_window_of_the_last_second_leaves_out_what_was_before();
    void the_last_complete_sweep_stays_while_the_next_one_runs();
    void bursts_are_told_from_single_spikes();
    void neurons_together_have_a_histogram();
    void one_neuron_of_a_network_is_chosen_by_its_number();
    void bins_are_chosen_by_hand();
    void hidden_panels_do_not_count();
    void numbers_are_those_of_the_summary();
    void data_leaves_as_csv();
    void shows_one_plot_where_there_is_no_room();

private:
    std::uint64_t intervalsShown() const
    {
        const auto& counts = m_panel->histogram().shown().counts;
        return std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
    }
    void chooseTrain(const QString& text)
    {
        m_panel->trains().setCurrentIndex(m_panel->trains().findText(text));
    }
    void chooseWindow(const QString& text)
    {
        m_panel->windows().setCurrentIndex(m_panel->windows().findText(text));
    }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::IntervalsPanel> m_panel;
};

namespace {

double nothing(std::size_t, Step) { return 0.0; }

void fire(frames::Sweep& sweep, std::initializer_list<Step> stamps)
{
    for (const Step stamp : stamps) {
        sweep.spike(stamp, 0, 0);
    }
}

/// The same with another end of the sweep and more time.
const char* const endless
    = R"({"format": "spikescope-preset", "version": 1, "id": "e", "title": "E",
  "simulation": {"dt": 0.1, "duration": null},
  "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta"}],
  "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m"]}]}})";

} // namespace

void TestIntervalsPanel::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_panel = std::make_unique<ui::IntervalsPanel>(*m_bridge);
    m_panel->resize(600, 500);
    m_panel->show();
}

void TestIntervalsPanel::cleanup()
{
    m_panel.reset();
    m_bridge.reset();
}

void TestIntervalsPanel::shows_the_intervals_of_a_neuron()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    fire(sweep, {100, 300, 600, 800});
    m_bridge->deliver(sweep.next(1000));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {3});
    QVERIFY(m_panel->numbers().contains(QStringLiteral("40 Hz"))); // 4 in 100 ms
    QVERIFY(m_panel->numbers().contains(QStringLiteral("0 to 100 ms of the present sweep")));
    QVERIFY(m_panel->numbers().contains(QStringLiteral("mean interval 23.33 ms")));
    const auto& pairs = m_panel->returnMap().shown();
    QCOMPARE(pairs.size(), std::size_t {2});
    QCOMPARE(pairs[0].before_ms, 20.0);
    QCOMPARE(pairs[0].after_ms, 30.0);
    const auto rate = m_panel->rate().graph()->data();
    QCOMPARE(rate->size(), 3);
    QCOMPARE(rate->at(0)->key, 30.0);
    QCOMPARE(rate->at(0)->value, 50.0); // 20 ms
}

void TestIntervalsPanel::a_window_of_the_last_second_leaves_out_what_was_before()
{
    frames::Sweep sweep(frames::document(endless), 1, 0, nothing);
    fire(sweep, {1000, 4000, 10500, 12000, 14000});
    m_bridge->deliver(sweep.next(15000));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {4}); // the last 5 s
    chooseWindow(QStringLiteral("Last 1 s"));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {2});
    QVERIFY(m_panel->numbers().contains(QStringLiteral("0.5 to 1.5 s")));
}

void TestIntervalsPanel::the_last_complete_sweep_stays_while_the_next_one_runs()
{
    auto document = with(shippedPreset("izh2003-rs"), "simulation/speed", std::string("max"));
    QVERIFY(runPreset(*m_bridge, document));
    QCOMPARE(m_panel->windows().currentText(), QStringLiteral("Last complete sweep"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_panel->numbers().contains(QStringLiteral("of the last complete sweep")), 20000);
    // The preset promises seven spikes in its sweep of 300 ms.
    QVERIFY(m_panel->numbers().contains(QStringLiteral("7 spikes, 0 to 300 ms")));
    QCOMPARE(m_panel->returnMap().shown().size(), std::size_t {5});
}

void TestIntervalsPanel::bursts_are_told_from_single_spikes()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    fire(sweep, {100, 300, 320, 340, 360, 700, 900});
    m_bridge->deliver(sweep.next(1000));
    QTRY_COMPARE(m_panel->returnMap().shown().size(), std::size_t {5});
    const std::vector<bool> inBurst {true, true, true, true, false};
    for (std::size_t i = 0; i < inBurst.size(); ++i) {
        QCOMPARE(m_panel->returnMap().shown()[i].in_burst, inBurst[i]);
    }
    QVERIFY(m_panel->returnMap().logarithmic()); // 2 ms and 34 ms
    QVERIFY(m_panel->numbers().contains(QStringLiteral("1 burst of 4 spikes")));
}

void TestIntervalsPanel::neurons_together_have_a_histogram()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, nothing);
    for (const Step stamp : {100, 200, 300}) {
        for (std::uint32_t neuron = 0; neuron < 5; ++neuron) {
            sweep.spike(stamp, 0, neuron);
        }
    }
    m_bridge->deliver(sweep.next(1000));
    QCOMPARE(m_panel->trains().currentText(), QStringLiteral("E, all 80"));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {10}); // of each neuron by itself
    QVERIFY(m_panel->numbers().contains(QStringLiteral("means of 5 neurons")));
    QVERIFY(m_panel->histogram().isVisible());
    QVERIFY(!m_panel->returnMap().isVisible());
    chooseTrain(QStringLiteral("I, all 20"));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {0});
}

void TestIntervalsPanel::one_neuron_of_a_network_is_chosen_by_its_number()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, nothing);
    for (const Step stamp : {100, 250, 300}) {
        sweep.spike(stamp, 0, 7);
    }
    m_bridge->deliver(sweep.next(1000));
    chooseTrain(QStringLiteral("E, one neuron"));
    auto* number = m_panel->findChild<QSpinBox*>();
    QVERIFY(number->isVisible());
    QCOMPARE(number->maximum(), 79);
    number->setValue(7);
    QTRY_COMPARE(m_panel->returnMap().shown().size(), std::size_t {1});
    QVERIFY(m_panel->returnMap().isVisible());
}

void TestIntervalsPanel::bins_are_chosen_by_hand()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    fire(sweep, {100, 300, 600, 800});
    m_bridge->deliver(sweep.next(1000));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {3});
    m_panel->bins().setValue(25.0);
    QCOMPARE(m_panel->histogram().shown().width_ms, 25.0);
    QCOMPARE(m_panel->histogram().shown().counts, (std::vector<std::uint64_t> {2, 1}));
    m_panel->bins().setValue(0.0); // automatic again
    QVERIFY(m_panel->histogram().shown().width_ms < 5.0);
}

void TestIntervalsPanel::hidden_panels_do_not_count()
{
    m_panel->hide();
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    fire(sweep, {100, 300, 600});
    m_bridge->deliver(sweep.next(1000));
    QVERIFY(!m_panel->busy());
    QTest::qWait(500); // longer than the pace
    QVERIFY(!m_panel->busy());
    QCOMPARE(intervalsShown(), std::uint64_t {0});
    m_panel->show();
    QTRY_COMPARE(intervalsShown(), std::uint64_t {2});
}

void TestIntervalsPanel::numbers_are_those_of_the_summary()
{
    const std::vector<Step> stamps {100, 220, 470, 610, 930};
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    for (const Step stamp : stamps) {
        sweep.spike(stamp, 0, 0);
    }
    m_bridge->deliver(sweep.next(1000));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {4});
    for (const auto& value : {engine::analysis::isi_cv(stamps), engine::analysis::isi_cv2(stamps),
             engine::analysis::isi_lv(stamps)}) {
        QVERIFY2(m_panel->numbers().contains(QString::number(*value, 'g', 4)),
            qPrintable(m_panel->numbers()));
    }
}

void TestIntervalsPanel::data_leaves_as_csv()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    fire(sweep, {100, 300, 600});
    m_bridge->deliver(sweep.next(1000));
    QTRY_COMPARE(intervalsShown(), std::uint64_t {2});
    m_panel->bins().setValue(20.0);
    QCOMPARE(m_panel->histogram().csv(),
        std::string("interval_from_ms,interval_to_ms,count\n0,20,0\n20,40,2\n"));
    QCOMPARE(m_panel->returnMap().csv(), std::string("before_ms,after_ms,in_burst\n20,30,0\n"));
    QVERIFY(m_panel->rate().csv().rfind("time_ms,rate_Hz\n30,50\n", 0) == 0);
}

void TestIntervalsPanel::shows_one_plot_where_there_is_no_room()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, nothing);
    m_bridge->deliver(sweep.next(100));
    QVERIFY(m_panel->histogram().isVisible() && m_panel->returnMap().isVisible()
        && m_panel->rate().isVisible());
    m_panel->resize(300, 260);
    auto* tabs = m_panel->findChild<QTabBar*>();
    QVERIFY(tabs->isVisible());
    for (int i = 0; i < tabs->count(); ++i) {
        tabs->setCurrentIndex(i);
        QCOMPARE(m_panel->histogram().isVisible(), i == 0);
        QCOMPARE(m_panel->returnMap().isVisible(), i == 1);
        QCOMPARE(m_panel->rate().isVisible(), i == 2);
        // It has all the width that there is.
        const QWidget* const plots[]
            = {&m_panel->histogram(), &m_panel->returnMap(), &m_panel->rate()};
        QTRY_VERIFY(plots[i]->width() > m_panel->width() - 20);
    }
}

QTEST_MAIN(TestIntervalsPanel)
#include "tst_intervals_panel.moc"
