#include "engine/simulation.hpp"
#include "tests/support/shipped_run.hpp"
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

/// A sweep of a whole preset, as a tile is told of it.
engine::gallery::Sweep sweepOf(engine::Simulation& simulation, engine::core::Step steps)
{
    simulation.advance(steps);
    return {simulation.history(), simulation.now(), simulation.end()};
}

bool contains(const QImage& image, const QColor& color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class TestGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void columns_are_as_wanted_where_there_is_room_data();
    void columns_are_as_wanted_where_there_is_room();
    void keys_lead_through_the_grid_and_stop_at_its_edge();
    void scale_bars_are_round_and_fit();
    void a_trace_read_in_pieces_is_the_one_read_at_once();
    void a_thinned_trace_keeps_the_extremes();
    void strokes_begin_where_the_potential_was();
    void a_picture_shows_strokes_threshold_and_stimulus();
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

void TestGallery::columns_are_as_wanted_where_there_is_room_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QSize>("room");
    QTest::addColumn<int>("columns");
    QTest::newRow("as in the figure") << 20 << 4 << QSize(1400, 800) << 4;
    QTest::newRow("narrow") << 20 << 4 << QSize(500, 800) << 2;
    QTest::newRow("narrower than a tile") << 20 << 4 << QSize(100, 800) << 1;
    QTest::newRow("as fits, wide") << 8 << 0 << QSize(1600, 400) << 4;
    QTest::newRow("as fits, square") << 8 << 0 << QSize(1200, 1200) << 2;
    QTest::newRow("one tile") << 1 << 0 << QSize(1600, 800) << 1;
    QTest::newRow("more than tiles") << 3 << 6 << QSize(1600, 800) << 3;
    QTest::newRow("no room at all") << 8 << 0 << QSize(0, 0) << 1;
}

void TestGallery::columns_are_as_wanted_where_there_is_room()
{
    QFETCH(int, count);
    QFETCH(int, wanted);
    QFETCH(QSize, room);
    QTEST(ui::gridColumns(count, wanted, room, 200), "columns");
}

void TestGallery::keys_lead_through_the_grid_and_stop_at_its_edge()
{
    // 8 tiles in rows of 3: 0 1 2 / 3 4 5 / 6 7
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Left), 3);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Right), 5);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Up), 1);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Down), 7);
    QCOMPARE(ui::movedIndex(5, 8, 3, Qt::Key_Down), 5); // nothing below
    QCOMPARE(ui::movedIndex(0, 8, 3, Qt::Key_Left), 0);
    QCOMPARE(ui::movedIndex(7, 8, 3, Qt::Key_Right), 7);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Home), 0);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_End), 7);
}

void TestGallery::scale_bars_are_round_and_fit()
{
    for (double most = 0.013; most < 5e4; most *= 1.37) {
        const double bar = ui::scaleBar(most);
        QVERIFY(bar <= most && bar > 0.39 * most);
        const double digits = bar / std::pow(10.0, std::floor(std::log10(bar) + 1e-9));
        QVERIFY(std::abs(digits - 1) < 1e-9 || std::abs(digits - 2) < 1e-9
            || std::abs(digits - 5) < 1e-9);
    }
    QCOMPARE(ui::scaleBar(0.0), 1.0);
}

void TestGallery::a_trace_read_in_pieces_is_the_one_read_at_once()
{
    const PresetDocument document = test_support::shipped("glif-lif-r").with_default_record();
    engine::Simulation simulation(document, {});
    ui::SweepTrace pieces;
    while (simulation.now() < simulation.end()) {
        pieces.update(sweepOf(simulation, 777), simulation.grid(), 120);
    }
    ui::SweepTrace whole;
    whole.update(sweepOf(simulation, 0), simulation.grid(), 120);
    QVERIFY(whole.complete());
    QVERIFY(pieces.V_m().drawn() == whole.V_m().drawn());
    QVERIFY(pieces.threshold().drawn() == whole.threshold().drawn());
    QVERIFY(pieces.current().drawn() == whole.current().drawn());
    QCOMPARE(pieces.spikes().size(), whole.spikes().size());
    for (std::size_t i = 0; i < whole.spikes().size(); ++i) {
        QCOMPARE(pieces.spikes()[i].from, whole.spikes()[i].from);
    }
}

void TestGallery::a_thinned_trace_keeps_the_extremes()
{
    const PresetDocument document = test_support::shipped("izh2003-fs").with_default_record();
    engine::Simulation simulation(document, {});
    const engine::gallery::Sweep sweep = sweepOf(simulation, simulation.end());
    ui::SweepTrace trace;
    trace.update(sweep, simulation.grid(), 40);
    const std::vector<ui::PlotPoint> points = trace.V_m().drawn();
    QVERIFY(points.size() < 1000); // of 3000 samples
    ui::Extent drawn;
    for (const ui::PlotPoint& point : points) {
        drawn.include(point.value);
    }
    QCOMPARE(drawn.lower, trace.voltages().lower);
    QCOMPARE(drawn.upper, trace.voltages().upper);
    // Another width: read anew, with the same extremes.
    trace.update(sweep, simulation.grid(), 4000);
    QVERIFY(trace.V_m().drawn().size() > 2000);
    QCOMPARE(drawn.upper, trace.voltages().upper);
}

void TestGallery::strokes_begin_where_the_potential_was()
{
    const PresetDocument document = test_support::shipped("glif-lif").with_default_record();
    engine::Simulation simulation(document, {});
    ui::SweepTrace trace;
    trace.update(sweepOf(simulation, simulation.end()), simulation.grid(), 500);
    QCOMPARE(trace.spikes().size(), test_support::run(document).spikes.size());
    for (const ui::SweepTrace::Spike& spike : trace.spikes()) {
        // Just below the threshold of -51.68 mV, and not at the reset of -78.85 mV.
        QVERIFY(spike.from > -60.0 && spike.from <= -51.68);
    }
}

void TestGallery::a_picture_shows_strokes_threshold_and_stimulus()
{
    const PresetDocument document = test_support::shipped("glif-lif").with_default_record();
    engine::Simulation simulation(document, {});
    ui::TilePicture picture;
    picture.title = QStringLiteral("LIF");
    picture.present.update(sweepOf(simulation, simulation.end()), simulation.grid(), 300);
    picture.voltages = ui::voltageAxis(picture.voltageExtent());
    for (const bool dark : {false, true}) {
        const ui::PlotColors& colors = ui::plotColors(dark);
        QImage image(360, 180, QImage::Format_RGB32);
        QPainter painter(&image);
        ui::paintTile(painter, image.rect(), picture, colors, QFont());
        painter.end();
        QVERIFY(contains(image, colors.blue));
        QVERIFY(contains(image, colors.green));
        QVERIFY(contains(image, colors.red)); // marks of spikes
        QCOMPARE(image.pixelColor(1, 1), colors.background);
    }
    // Strokes rise above the data.
    QVERIFY(picture.voltages.upper > picture.voltageExtent().upper + 5.0);
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
    QVERIFY(contains(image, ui::plotColors(false).blue));
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
