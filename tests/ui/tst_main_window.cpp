#include "tests/ui/frames.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/run_controls.hpp"
#include "ui/panels/speed_scale.hpp"
#include "ui/panels/status_strip.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/time_plot.hpp"
#include "ui/theme.hpp"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QToolButton>
#include <QtTest>

using engine::RunState;

/// The real window over the real engine and the shipped presets.
class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void picking_a_preset_shows_its_panels_and_runs();
    void a_network_has_raster_and_rate();
    void space_runs_and_pauses_and_presses_no_button();
    void keys_step_reset_and_change_the_speed();
    void a_change_acts_on_the_run_and_leaves_a_flag();
    void the_picture_carries_preset_and_seed();
    void themes_reach_plots_and_palette();
    void text_size_follows_the_keys();
    void help_shows_preset_and_model();
    void key_list_is_not_modal();
    void fits_a_small_screen();
    void docks_are_remembered_and_can_be_put_back();
    void docks_leave_the_plots_their_room();
    void the_right_column_of_a_neuron_has_two_groups_of_tabs();
    void a_dock_opened_from_the_menu_comes_to_the_front();
    void overload_is_said();
    void a_narrow_status_bar_keeps_what_matters();
    void every_control_has_an_accessible_name();

private:
    void openWindow();
    void open(const char* id);
    void resetLayout();
    QDockWidget* dock(const char* name) const;
    const engine::Status& status() const { return m_window->bridge().status(); }

    QTemporaryDir m_folder;
    std::unique_ptr<engine::config::PresetLibrary> m_library;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("spikescope"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_main_window"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    m_library = std::make_unique<engine::config::PresetLibrary>(
        QCoreApplication::applicationFilePath().toStdString(),
        m_folder.filePath(QStringLiteral("presets")).toStdString());
}

void TestMainWindow::init() { openWindow(); }

void TestMainWindow::openWindow()
{
    m_window = std::make_unique<ui::MainWindow>(*m_library);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->bridge().start();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    QSettings().clear();
}

void TestMainWindow::open(const char* id)
{
    QSignalSpy opened(&m_window->bridge(), &ui::EngineBridge::sessionChanged);
    QVERIFY(m_window->files().openPreset(QLatin1String(id)));
    QTRY_VERIFY_WITH_TIMEOUT(opened.count() > 0, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(status().t_ms > 0.0, 60000);
}

void TestMainWindow::picking_a_preset_shows_its_panels_and_runs()
{
    open("izh2003-rs");
    QCOMPARE(m_window->plots().panels().size(), std::size_t {4}); // V_m, u, I, stimuli
    QTRY_VERIFY(m_window->windowTitle().contains(QStringLiteral("Regular spiking")));
    const double t = status().t_ms;
    QTRY_VERIFY(status().t_ms != t);
    QTRY_VERIFY(m_window->statusStrip().text().contains(QStringLiteral("running")));
    QVERIFY(m_window->statusStrip().text().contains(QStringLiteral("dt 0.1 ms")));
    QVERIFY(m_window->statusStrip().text().contains(QStringLiteral("seed 1")));
}

void TestMainWindow::a_network_has_raster_and_rate()
{
    open("net-pymonnto");
    QVERIFY(m_window->plots().panels().size() >= 2);
    QCOMPARE(m_window->plots().panels()[0]->accessibleName(), QStringLiteral("Raster of spikes"));
}

void TestMainWindow::space_runs_and_pauses_and_presses_no_button()
{
    open("izh2003-rs");
    QTRY_COMPARE(status().state, RunState::running);
    QToolButton* reset = nullptr;
    for (QToolButton* button : m_window->findChildren<QToolButton*>()) {
        if (button->accessibleName() == QStringLiteral("Reset state")) {
            reset = button;
        }
    }
    QVERIFY(reset != nullptr);
    QSignalSpy pressed(reset, &QToolButton::pressed);
    reset->setFocus();
    QVERIFY(reset->hasFocus());
    QTest::keyClick(reset, Qt::Key_Space);
    QTRY_COMPARE(status().state, RunState::paused);
    QCOMPARE(pressed.count(), 0);
    QTRY_COMPARE(m_window->controls().runAction()->text(), QStringLiteral("Run"));
    QTest::keyClick(reset, Qt::Key_Space);
    QTRY_COMPARE(status().state, RunState::running);
    QCOMPARE(pressed.count(), 0);
}

void TestMainWindow::keys_step_reset_and_change_the_speed()
{
    open("izh2003-rs");
    QTest::keyClick(m_window.get(), Qt::Key_Period);
    QTRY_COMPARE(status().state, RunState::paused);
    QTest::qWait(60);
    const double t = status().t_ms;
    QTest::keyClick(m_window.get(), Qt::Key_Period);
    QTRY_COMPARE(status().t_ms, t + 0.1);
    const auto speed = status().speed;
    QTest::keyClick(m_window.get(), Qt::Key_BracketRight);
    QTRY_COMPARE(status().speed, ui::speedScale::faster(speed));
    QTRY_COMPARE(
        m_window->controls().speedSlider()->value(), ui::speedScale::position(status().speed));
    QTest::keyClick(m_window.get(), Qt::Key_BracketLeft);
    QTRY_COMPARE(status().speed, speed);
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QTRY_VERIFY(status().t_ms < t);
}

void TestMainWindow::a_change_acts_on_the_run_and_leaves_a_flag()
{
    open("izh2003-rs");
    m_window->bridge().post(
        engine::SetSpeed {0.01}); // the flag belongs to the sweep: it must not end meanwhile
    m_window->bridge().post(engine::ResetState {});
    m_window->bridge().post(engine::SetValues {{{"I", 14.0}}});
    QTRY_COMPARE(m_window->plots().flags().size(), std::size_t {1});
    QCOMPARE(m_window->plots().flags()[0].text(), QStringLiteral("I 10 → 14"));
    QCOMPARE(m_window->bridge().document()->value("I"), std::optional<engine::core::Value>(14.0));
}

void TestMainWindow::the_picture_carries_preset_and_seed()
{
    open("izh2003-rs");
    const QImage image = m_window->picture();
    QCOMPARE(image.size(), m_window->size() * m_window->devicePixelRatio());
    const QString file = m_folder.filePath(QStringLiteral("window.png"));
    QVERIFY(image.save(file));
    const auto text = ui::presetTextInPicture(file);
    QVERIFY(text.has_value());
    const auto read = engine::config::PresetDocument::parse(text->toStdString(), "picture", {});
    QVERIFY(read.document.has_value());
    QCOMPARE(read.document->info().id, std::string("izh2003-rs"));
    QCOMPARE(image.text(QStringLiteral("spikescope-seed")), QStringLiteral("1"));
}

void TestMainWindow::themes_reach_plots_and_palette()
{
    auto& theme = ui::Theme::instance();
    theme.setChoice(ui::ThemeChoice::dark);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 80);
    QCOMPARE(theme.colors().blue, QColor(0x56, 0xB4, 0xE9));
    theme.setChoice(ui::ThemeChoice::light);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 200);
    QCOMPARE(theme.colors().blue, QColor(0x00, 0x72, 0xB2));
}

void TestMainWindow::text_size_follows_the_keys()
{
    const int points = ui::Theme::instance().fontPoints();
    QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(ui::Theme::instance().fontPoints(), points + 1);
    QTest::keyClick(m_window.get(), Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(ui::Theme::instance().fontPoints(), points);
}

void TestMainWindow::help_shows_preset_and_model()
{
    open("izh2003-rs");
    const QString page = dock("help")->findChild<QTextBrowser*>()->toPlainText();
    const auto* model = m_window->bridge().document()->experiment().populations[0].model;
    QVERIFY(page.contains(QString::fromStdString(model->title)));
    QVERIFY(page.contains(QString::fromStdString(m_window->bridge().document()->info().expect)));
}

void TestMainWindow::key_list_is_not_modal()
{
    QTest::keyClick(m_window.get(), Qt::Key_Question);
    QTRY_VERIFY(m_window->findChild<QDialog*>() != nullptr);
    auto* list = m_window->findChild<QDialog*>();
    QVERIFY(!list->isModal());
    QVERIFY(list->findChild<QTextBrowser*>()->toPlainText().contains(QStringLiteral("Space")));
}

void TestMainWindow::fits_a_small_screen()
{
    open("izh2003-rs");
    const QSize least = m_window->minimumSizeHint();
    QVERIFY2(least.width() <= 780 && least.height() <= 480, // 1600 x 1000 at 200 %
        qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    QCOMPARE(m_window->size(), QSize(1280, 800));
}

void TestMainWindow::docks_are_remembered_and_can_be_put_back()
{
    open("izh2003-rs");
    QVERIFY(dock("parameters")->isVisible());
    dock("parameters")->close();
    m_window->close();
    openWindow();
    open("izh2003-rs");
    QVERIFY(!dock("parameters")->isVisible());
    resetLayout();
    QVERIFY(dock("parameters")->isVisible());
}

QDockWidget* TestMainWindow::dock(const char* name) const
{
    return m_window->findChild<QDockWidget*>(QLatin1String(name));
}

void TestMainWindow::resetLayout()
{
    for (QAction* action : m_window->findChildren<QAction*>()) {
        if (action->text() == QStringLiteral("&Reset layout")) {
            action->trigger();
        }
    }
}

void TestMainWindow::docks_leave_the_plots_their_room()
{
    for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(1920, 1080)}) {
        m_window->resize(size);
        for (const char* preset : {"izh2003-rs", "net-pymonnto"}) {
            open(preset);
            resetLayout();
            // A network's column stands below the plots where the window is small.
            const bool neuron = preset[0] == 'i';
            const bool column = neuron || size.width() >= 1440;
            const double share = neuron ? 0.48 : column ? 0.42 : 0.6;
            QVERIFY(dock("statistics")->isVisible());
            QTRY_VERIFY(m_window->plots().width() >= share * size.width());
            QVERIFY(m_window->plots().height() >= size.height() * (column ? 0.8 : 0.5));
            QCOMPARE(m_window->size(), size);
        }
    }
}

void TestMainWindow::the_right_column_of_a_neuron_has_two_groups_of_tabs()
{
    m_window->resize(1440, 900);
    open("izh2003-rs");
    resetLayout();
    QDockWidget* upper = dock("phase");
    QDockWidget* lower = dock("fi");
    QTRY_VERIFY(!upper->visibleRegion().isEmpty() && !lower->visibleRegion().isEmpty());
    QVERIFY(upper->x() > m_window->plots().geometry().right());
    QVERIFY(upper->geometry().bottom() < lower->y());
    QTRY_VERIFY(upper->height() > lower->height());
    QTRY_VERIFY2(lower->height() > upper->height() / 2,
        qPrintable(QStringLiteral("%1 and %2").arg(lower->height()).arg(upper->height())));
    QVERIFY(m_window->tabifiedDockWidgets(lower).contains(dock("statistics")));
    QVERIFY(!m_window->tabifiedDockWidgets(lower).contains(upper));
    QVERIFY(dock("statistics")->visibleRegion().isEmpty()); // behind the front tab
    // Titles keep their letters: what does not fit is scrolled to.
    const auto tabBars = m_window->findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(tabBars.size() >= 2);
    for (const QTabBar* tabs : tabBars) {
        QCOMPARE(tabs->elideMode(), Qt::ElideNone);
    }

    open("net-pymonnto");
    QVERIFY(upper->isHidden());
    open("izh2003-rs");
    QVERIFY(!upper->isHidden());
}

void TestMainWindow::a_dock_opened_from_the_menu_comes_to_the_front()
{
    open("izh2003-rs");
    QVERIFY(dock("editor")->isHidden());
    dock("editor")->toggleViewAction()->trigger();
    QTRY_VERIFY(!dock("editor")->visibleRegion().isEmpty());
    QVERIFY(m_window->tabifiedDockWidgets(dock("help")).contains(dock("editor")));
    QTest::keyClick(m_window.get(), Qt::Key_F1); // from behind: forward instead of away
    QTRY_VERIFY(!dock("help")->visibleRegion().isEmpty());
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    QTRY_VERIFY(dock("help")->isHidden());
}

void TestMainWindow::overload_is_said()
{
    engine::Status slow;
    slow.state = RunState::running;
    slow.speed = 10.0;
    slow.pace = 2.5;
    slow.capacity = 2.6;
    QCOMPARE(
        ui::paceText(slow), QStringLiteral("2.50x of 10x asked: the processor allows no more"));
    engine::Status fast = slow;
    fast.speed = 1.0;
    fast.pace = 1.0;
    fast.capacity = 3123.0;
    QCOMPARE(ui::paceText(fast), QStringLiteral("1.00x (CPU allows 3100x)"));
    fast.speed.reset();
    fast.pace = 1912.0;
    QCOMPARE(ui::paceText(fast), QStringLiteral("1900x, as fast as possible"));
}

void TestMainWindow::a_narrow_status_bar_keeps_what_matters()
{
    ui::EngineBridge bridge;
    ui::StatusStrip strip(bridge);
    strip.show();
    frames::Sweep sweep(frames::document(frames::network), 1, 0,
        [](std::size_t, engine::core::Step) { return 0.0; });
    engine::Frame frame = sweep.next(10);
    frame.status.speed = 1.0;
    frame.status.pace = 0.39;
    frame.status.capacity = 0.4;
    frame.status.synapses = 15625000;
    strip.resize(strip.fontMetrics().averageCharWidth() * 200, strip.height());
    bridge.deliver(frame);
    QTRY_VERIFY(strip.text().contains(QStringLiteral("hash")));
    QVERIFY(strip.text().contains(QStringLiteral(" synapses")));

    QVERIFY(strip.minimumSizeHint().width() < strip.fontMetrics().averageCharWidth() * 60);
    strip.resize(strip.fontMetrics().averageCharWidth() * 90, strip.height());
    QVERIFY(!strip.text().contains(QStringLiteral("hash")));
    QVERIFY(strip.text().contains(QStringLiteral("0.39x of 1.00x asked")));
    for (const QLabel* label : strip.findChildren<QLabel*>()) {
        QVERIFY2(!label->isVisible() || strip.rect().contains(label->geometry()),
            qPrintable(label->text()));
    }
}

void TestMainWindow::every_control_has_an_accessible_name()
{
    open("izh2003-rs");
    for (const QSlider* slider : m_window->findChildren<QSlider*>()) {
        QVERIFY(!slider->accessibleName().isEmpty());
    }
    for (const auto* panel : m_window->plots().panels()) {
        QVERIFY(!panel->accessibleName().isEmpty());
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
