#include "engine/simulation.hpp"
#include "tests/support/shipped_run.hpp"
#include "tests/ui/image_colors.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/gallery/gallery_actions.hpp"
#include "ui/gallery/gallery_controls.hpp"
#include "ui/gallery/gallery_export.hpp"
#include "ui/gallery/gallery_window.hpp"
#include "ui/gallery/tile_grid.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/preset_browser.hpp"
#include "ui/widgets/parameter_row.hpp"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>

#include <cmath>
#include <fstream>
#include <set>

using engine::config::PresetDocument;
using engine::config::PresetLibrary;

namespace {

std::string ownFolder(const IsolatedSettings& settings)
{
    return settings.path(QStringLiteral("presets")).toStdString();
}

} // namespace

class TestGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void settings_are_remembered_by_gallery();
    void the_eight_types_are_one_key_away_and_live();
    void all_twenty_tiles_name_what_they_do();
    void the_ladder_has_one_stimulus_which_can_be_edited();
    void scaled_currents_act_on_the_sweep_that_is_shown();
    void opening_a_tile_hands_it_over();
    void a_tile_with_a_changed_stimulus_opens_as_it_is_shown();
    void keys_move_pause_and_come_back();
    void the_live_run_gives_way();
    void a_family_of_the_list_is_a_gallery();
    void own_presets_are_a_gallery_and_networks_stay_out();
    void files_hold_what_is_shown();
    void every_control_has_a_name_and_a_tool_tip();

private:
    /// Opens a gallery and waits until all tiles have been told of.
    ui::GalleryWindow* opened(ui::GalleryWindow& window, const char* id, int tiles);
    static bool finishSweep(ui::GalleryWindow& window);

    IsolatedSettings m_settings;
};

ui::GalleryWindow* TestGallery::opened(ui::GalleryWindow& window, const char* id, int tiles)
{
    window.resize(1280, 800);
    window.open(QLatin1String(id));
    const auto ready = [&] {
        return window.frame() && window.grid().tiles().size() == static_cast<std::size_t>(tiles)
            && window.frame()->tiles.size() == static_cast<std::size_t>(tiles);
    };
    return QTest::qWaitFor(ready, 60000) ? &window : nullptr;
}

bool TestGallery::finishSweep(ui::GalleryWindow& window)
{
    window.controls().setSweep_s(0.3);
    const auto named = [&] {
        const auto frame = window.frame();
        return frame && std::all_of(frame->tiles.begin(), frame->tiles.end(), [](const auto& tile) {
            return tile.pattern && (tile.present.complete() || tile.previous.complete());
        });
    };
    return QTest::qWaitFor(named, 60000);
}

void TestGallery::settings_are_remembered_by_gallery()
{
    engine::config::Gallery ladder;
    ladder.id = "ladder";
    ladder.shared = true;
    engine::config::Gallery other;
    other.id = "family:A/B";
    ui::GallerySettings settings = ui::GallerySettings::of(ladder);
    QVERIFY(settings.sameStimulus);
    settings = {.sweep_s = 8.0,
        .currents = 1.5,
        .sameStimulus = false,
        .step = {300.0, 20.0, 100.0, 200.0},
        .commonAxis = false,
        .columns = 3};
    settings.remember(ladder);
    QVERIFY(ui::GallerySettings::remembered(ladder) == settings);
    QVERIFY(ui::GallerySettings::remembered(other) == ui::GallerySettings::of(other));
    // What somebody wrote into the file by hand does no harm.
    QSettings().setValue(QStringLiteral("gallery/ladder/sweep_s"), QStringLiteral("nan"));
    QSettings().setValue(QStringLiteral("gallery/ladder/width_ms"), -5.0);
    QCOMPARE(ui::GallerySettings::remembered(ladder).sweep_s, 4.0);
    QCOMPARE(ui::GallerySettings::remembered(ladder).step.width_ms, ladder.step.width_ms);
}

void TestGallery::the_eight_types_are_one_key_away_and_live()
{
    PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::MainWindow main(library);
    main.show();
    QVERIFY(QTest::qWaitForWindowActive(&main));
    main.bridge().start();
    QTest::keyClick(&main, Qt::Key_G, Qt::ControlModifier);
    ui::GalleryWindow* gallery = main.galleries().window();
    QVERIFY(gallery != nullptr && gallery->isVisible());
    QTRY_VERIFY(gallery->frame() && gallery->frame()->tiles.size() == 8);
    QTRY_VERIFY(gallery->frame()->fraction > 0.0);
    QCOMPARE(gallery->grid().columns(), 4);
    QStringList ids;
    for (const ui::TileWidget* tile : gallery->grid().tiles()) {
        ids += QString::fromStdString(tile->document().info().id).section('-', 1);
    }
    // The order of the published figure.
    QCOMPARE(ids.join(' '), QStringLiteral("rs ib ch fs tc tc-rebound rz lts"));
}

void TestGallery::all_twenty_tiles_name_what_they_do()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2004", 20) != nullptr);
    QVERIFY(finishSweep(window));
    QTRY_COMPARE(
        window.grid().tiles()[9]->picture().verdict, QStringLiteral("subthreshold oscillations"));
    QCOMPARE(window.grid().tiles()[0]->picture().title, QStringLiteral("A  Tonic spiking"));
    for (const ui::TileWidget* tile : window.grid().tiles()) {
        QVERIFY(tile->picture().verdict.size() > 1);
        QCOMPARE(tile->accessibleDescription(), tile->picture().verdict);
    }
}

void TestGallery::the_ladder_has_one_stimulus_which_can_be_edited()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "glif-ladder", 5) != nullptr);
    QVERIFY(window.controls().sameStimulus()->isChecked());
    const auto amplitudes = [&] {
        std::set<double> out;
        for (const ui::TileWidget* tile : window.grid().tiles()) {
            const auto& stimuli = tile->document().experiment().stimuli;
            const auto* dc = std::get_if<engine::config::Dc>(&stimuli.front().source);
            out.insert(stimuli.size() == 1 && dc != nullptr ? dc->amplitude : NAN);
        }
        return out;
    };
    QTRY_COMPARE(amplitudes(), std::set<double> {400.0});
    Q_EMIT window.controls().row("amplitude")->wanted(600.0, 0);
    QTRY_COMPARE(amplitudes(), std::set<double> {600.0});
    // 600 pA instead of 400 pA: every level fires more.
    window.controls().setSweep_s(0.3);
    for (const ui::TileWidget* tile : window.grid().tiles()) {
        const PresetDocument shown = tile->document();
        const auto wanted = test_support::run(shown).spikes;
        const auto finished = [&] {
            const engine::gallery::Sweep sweep = tile->complete();
            return sweep.complete() && sweep.history->spikes(0, sweep.end) == wanted;
        };
        QTRY_VERIFY(finished());
        const PresetDocument weaker = *shown.set("stimuli/step/amplitude", 400.0).document;
        QVERIFY(wanted.size() > test_support::run(weaker).spikes.size());
    }
    // Back to what the presets themselves give.
    QTest::keyClick(window.controls().sameStimulus(), Qt::Key_Return);
    QTRY_COMPARE(window.grid().tiles()[0]->document().experiment().stimuli.size(), std::size_t {4});
}

void TestGallery::scaled_currents_act_on_the_sweep_that_is_shown()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2003", 8) != nullptr);
    window.runAction()->trigger(); // pause
    QTRY_VERIFY(!window.frame()->running);
    const double fraction = window.frame()->fraction;
    Q_EMIT window.controls().row("currents")->wanted(0.0, 0);
    QTRY_COMPARE(window.grid().tiles()[0]->document().experiment().stimuli[0].source,
        (engine::config::Source(engine::config::Dc {0.0})));
    QTRY_VERIFY(window.frame()->fraction == fraction);
    window.runAction()->trigger();
    QVERIFY(finishSweep(window));
    QTRY_COMPARE(window.grid().tiles()[0]->picture().verdict, QStringLiteral("silent"));
}

void TestGallery::opening_a_tile_hands_it_over()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2003", 8) != nullptr);
    const QSignalSpy chosen(&window, &ui::GalleryWindow::presetChosen);
    QTest::mouseClick(window.grid().tiles()[2], Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().toString(), QStringLiteral("izh2003-ch"));
    QVERIFY(!window.isVisible());
}

void TestGallery::a_tile_with_a_changed_stimulus_opens_as_it_is_shown()
{
    PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::MainWindow main(library);
    main.show();
    main.bridge().start();
    main.galleries().open(QStringLiteral("glif-ladder"));
    ui::GalleryWindow& gallery = *main.galleries().window();
    QVERIFY(opened(gallery, "glif-ladder", 5) != nullptr);
    QTRY_COMPARE(
        gallery.grid().tiles()[1]->document().experiment().stimuli.size(), std::size_t {1});
    QTest::keyClick(gallery.grid().tiles()[1], Qt::Key_Return);
    QTRY_VERIFY(main.bridge().document()
        && main.bridge().document()->info().title == "LIF-R (GLIF level 2), current step");
    QCOMPARE(main.bridge().document()->experiment().stimuli.size(), std::size_t {1});
    QTRY_COMPARE(main.bridge().status().state, engine::RunState::running);
}

void TestGallery::keys_move_pause_and_come_back()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2003", 8) != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_VERIFY(window.grid().tiles()[0]->hasFocus());
    QTest::keyClick(window.grid().tiles()[0], Qt::Key_Right);
    QTest::keyClick(window.grid().tiles()[1], Qt::Key_Down);
    QCOMPARE(window.grid().current(), 5);
    QVERIFY(window.grid().tiles()[5]->hasFocus());
    QTest::keyClick(&window, Qt::Key_Space);
    QTRY_VERIFY(!window.frame()->running);
    const double stands = window.frame()->fraction;
    QTest::keyClick(&window, Qt::Key_Period);
    QTRY_VERIFY(window.frame()->fraction > stands || stands == 1.0);
    QTest::keyClick(&window, Qt::Key_R);
    QTRY_COMPARE(window.frame()->fraction, 0.0);
    QTest::keyClick(&window, Qt::Key_BracketLeft);
    QCOMPARE(window.controls().settings().sweep_s, 8.0);
    QTest::keyClick(&window, Qt::Key_BracketRight);
    QCOMPARE(window.controls().settings().sweep_s, 4.0);
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
    QVERIFY(!window.frame()); // nothing runs behind
}

void TestGallery::the_live_run_gives_way()
{
    PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::MainWindow main(library);
    main.show();
    main.bridge().start();
    QVERIFY(main.files().openPreset(QStringLiteral("izh2003-rs")));
    QTRY_COMPARE(main.bridge().status().state, engine::RunState::running);
    main.galleries().open(QStringLiteral("izh2004"));
    QTRY_COMPARE(main.bridge().status().state, engine::RunState::paused);
    main.galleries().window()->close();
    QTRY_COMPARE(main.bridge().status().state, engine::RunState::running);
    // One that a person has paused stays so.
    main.bridge().post(engine::Pause {});
    QTRY_COMPARE(main.bridge().status().state, engine::RunState::paused);
    main.galleries().open({});
    main.galleries().window()->close();
    QTest::qWait(100);
    QCOMPARE(main.bridge().status().state, engine::RunState::paused);
}

void TestGallery::a_family_of_the_list_is_a_gallery()
{
    PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::MainWindow main(library);
    main.show();
    QTreeWidget* tree = main.presets().tree();
    QTreeWidgetItem* heading = tree->findItems(QStringLiteral("GLIF"), Qt::MatchExactly).front();
    tree->scrollToItem(heading);
    const QPoint place = tree->visualItemRect(heading).center();
    Q_EMIT tree->customContextMenuRequested(place);
    QMenu* menu = main.presets().findChild<QMenu*>();
    QVERIFY(menu != nullptr);
    menu->actions().front()->trigger();
    ui::GalleryWindow* gallery = main.galleries().window();
    QVERIFY(gallery != nullptr);
    QTRY_COMPARE(gallery->grid().tiles().size(), std::size_t {10});
    QCOMPARE(gallery->chooser()->currentText(), QStringLiteral("GLIF"));
}

void TestGallery::own_presets_are_a_gallery_and_networks_stay_out()
{
    const std::filesystem::path own(ownFolder(m_settings));
    std::filesystem::create_directories(own);
    for (const char* id : {"izh2003-rs", "izh2003-ch", "net-izh2003"}) {
        std::ofstream(own / (std::string(id) + ".json")) << test_support::shipped(id).text();
    }
    const PresetLibrary library(SPIKESCOPE_PROGRAM, own);
    const ui::LoadedGallery loaded = ui::loadGallery(library, engine::config::own_gallery_id);
    QCOMPARE(loaded.presets.size(), std::size_t {2});
    QCOMPARE(loaded.networks, 1);
    QCOMPARE(loaded.keys.size(), loaded.presets.size());
    QVERIFY(library.open(loaded.keys.front()).document.has_value());
    // A name that is gone leads to the first one.
    QCOMPARE(ui::loadGallery(library, "mine:gone").gallery.id, std::string("izh2003"));
    std::filesystem::remove_all(own);
}

void TestGallery::files_hold_what_is_shown()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2003", 8) != nullptr);
    QVERIFY(finishSweep(window));
    QTRY_VERIFY(window.grid().tiles()[7]->complete().history != nullptr);
    std::size_t spikes = 0;
    for (const ui::TileWidget* tile : window.grid().tiles()) {
        spikes += test_support::run(tile->document()).spikes.size();
    }
    const QString table = QString::fromStdString(ui::gallerySpikesCsv(window.grid()));
    QCOMPARE(table.count('\n'), static_cast<qsizetype>(spikes + 1));
    QVERIFY(table.contains(QStringLiteral("\nizh2003-rs,33.8\n")));
    const QString traces = QString::fromStdString(ui::tileCsv(*window.grid().tiles()[0]));
    QVERIFY(traces.startsWith(QStringLiteral("time_ms,n.0.V_m_mV,")));
    QCOMPARE(traces.count('\n'), qsizetype {3001}); // 300 ms of 0.1 ms
    const QImage image = ui::galleryImage(window.grid(), 1.0);
    QCOMPARE(image.size(), window.grid().widget()->size());
    QVERIFY(has_color(image, ui::plotColors(false).blue));
    const QString file = m_settings.path(QStringLiteral("tile.png"));
    QVERIFY(ui::saveImage(file, image, ui::tileTag(*window.grid().tiles()[0])).isEmpty());
    QVERIFY(ui::presetTextInPicture(file).has_value());
}

void TestGallery::every_control_has_a_name_and_a_tool_tip()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, ownFolder(m_settings));
    ui::GalleryWindow window(library, nullptr);
    QVERIFY(opened(window, "izh2003", 8) != nullptr);
    for (const ui::TileWidget* tile : window.grid().tiles()) {
        QVERIFY(!tile->accessibleName().isEmpty());
        for (const char* parameter : {"a&nbsp;", "b&nbsp;", "c&nbsp;", "d&nbsp;"}) {
            QVERIFY(tile->toolTip().contains(QLatin1String(parameter)));
        }
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
            button->metaObject()->className());
    }
    QVERIFY(!window.chooser()->accessibleName().isEmpty());
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
