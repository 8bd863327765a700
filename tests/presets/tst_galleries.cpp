#include "engine/config/gallery.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/shipped_run.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace engine::config;
namespace fs = std::filesystem;

namespace {

std::vector<Gallery> read_text(
    const std::string& text, engine::core::Diagnostics& problems, const QTemporaryDir& folder)
{
    const fs::path file = fs::path(folder.path().toStdString()) / "galleries.json";
    std::ofstream(file) << text;
    return read_galleries(file, problems);
}

const Gallery* find(const std::vector<Gallery>& galleries, const std::string& id)
{
    for (const Gallery& gallery : galleries) {
        if (gallery.id == id) {
            return &gallery;
        }
    }
    return nullptr;
}

PresetDocument changed(const SetResult& result)
{
    if (!result.document) {
        throw engine::core::InputError(result.diagnostics);
    }
    return *result.document;
}

} // namespace

class TestGalleries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shipped_galleries_name_presets_that_fit();
    void families_and_own_folders_are_galleries();
    void wrong_files_say_where_data();
    void wrong_files_say_where();
    void networks_do_not_fit();
    void a_step_is_the_whole_stimulus_data();
    void a_step_is_the_whole_stimulus();
    void a_step_leaves_no_slider_that_moves_nothing();
    void scaled_currents_are_those_of_larger_variables();
    void scaling_reaches_every_kind_of_current();
};

void TestGalleries::shipped_galleries_name_presets_that_fit()
{
    const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
    engine::core::Diagnostics problems;
    const std::vector<Gallery> all = galleries(library, problems);
    QVERIFY2(problems.empty(), engine::core::text(problems).c_str());
    QCOMPARE(find(all, "izh2003")->presets.size(), std::size_t {8});
    QCOMPARE(find(all, "izh2004")->presets.size(), std::size_t {20});
    QCOMPARE(find(all, "glif-ladder")->presets.size(), std::size_t {5});
    for (const char* id : {"izh2003", "izh2004", "glif-ladder", "glif-cells"}) {
        const Gallery* gallery = find(all, id);
        QVERIFY(gallery != nullptr);
        for (const std::string& preset : gallery->presets) {
            QVERIFY2(fits_panel(test_support::shipped(preset).experiment()), preset.c_str());
        }
    }
}

void TestGalleries::families_and_own_folders_are_galleries()
{
    const QTemporaryDir folder;
    const fs::path own(folder.path().toStdString());
    fs::create_directories(own / "lesson");
    for (const char* name : {"one.json", "lesson/two.json", "lesson/three.json"}) {
        std::ofstream(own / name) << test_support::shipped("izh2003-rs").text();
    }
    engine::core::Diagnostics problems;
    const std::vector<Gallery> all = galleries(PresetLibrary(SPIKESCOPE_PROGRAM, own), problems);
    QVERIFY(find(all, family_gallery_id("GLIF")) != nullptr);
    QCOMPARE(find(all, own_gallery_id)->presets.size(), std::size_t {3});
    QCOMPARE(find(all, "mine:lesson")->presets.size(), std::size_t {2});
    QVERIFY(find(all, family_gallery_id("NESTML")) == nullptr); // one preset is no gallery
}

void TestGalleries::wrong_files_say_where_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<int>("left"); // galleries that can be used
    const QString head
        = QStringLiteral(R"({"format": "spikescope-galleries", "version": 1, "galleries": )");
    const QString good = QStringLiteral(R"({"id": "a", "title": "A", "presets": ["lif-dc"]})");
    QTest::newRow("syntax") << "{"
                            << "" << 0;
    QTest::newRow("another format") << R"({"format": "x", "version": 1, "galleries": []})"
                                    << "/format" << 0;
    QTest::newRow("nothing") << "{}"
                             << "" << 0;
    QTest::newRow("a later version")
        << R"({"format": "spikescope-galleries", "version": 2, "galleries": []})"
        << "/version" << 0;
    QTest::newRow("presets missing") << head + "[" + good + R"(, {"id": "b", "title": "B"}]})"
                                     << "/galleries/1" << 1;
    QTest::newRow("no preset") << head + R"([{"id": "b", "title": "B", "presets": []}, )" + good
            + "]}"
                               << "/galleries/0/presets" << 1;
    QTest::newRow("unknown key") << head + R"([{"id": "b", "title": "B", "preset": ["x"]}]})"
                                 << "/galleries/0/preset" << 0;
    QTest::newRow("a step without length")
        << head + R"([{"id": "b", "title": "B", "presets": ["x"], "step": {"width": 0}}]})"
        << "/galleries/0/step/width" << 0;
    QTest::newRow("columns") << head
            + R"([{"id": "b", "title": "B", "presets": ["x"], "columns": 1.5}]})"
                             << "/galleries/0/columns" << 0;
}

void TestGalleries::wrong_files_say_where()
{
    QFETCH(QString, text);
    QFETCH(QString, pointer);
    QFETCH(int, left);
    const QTemporaryDir folder;
    engine::core::Diagnostics problems;
    const std::vector<Gallery> read = read_text(text.toStdString(), problems, folder);
    QCOMPARE(static_cast<int>(read.size()), left);
    QVERIFY(engine::core::has_errors(problems));
    const bool told = std::any_of(problems.begin(), problems.end(),
        [&](const auto& problem) { return problem.pointer == pointer.toStdString(); });
    QVERIFY2(told, engine::core::text(problems).c_str());
}

void TestGalleries::networks_do_not_fit()
{
    QVERIFY(!fits_panel(test_support::shipped("net-izh2003").experiment()));
    QVERIFY(fits_panel(test_support::shipped("lif-noise").experiment()));
}

void TestGalleries::a_step_is_the_whole_stimulus_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"izh2003-tc-rebound", "izh2004-r", "glif-lif-r-asc-a", "lif-noise"}) {
        QTest::newRow(id) << id;
    }
}

void TestGalleries::a_step_is_the_whole_stimulus()
{
    QFETCH(QString, id);
    const PresetDocument given = test_support::shipped(id.toStdString());
    const CurrentStep step {
        .amplitude = 7.0, .onset_ms = 20.0, .width_ms = 30.0, .duration_ms = 80.0};
    const PresetDocument document = changed(with_current_step(given, step));
    const Experiment& experiment = document.experiment();
    QCOMPARE(experiment.stimuli.size(), std::size_t {1});
    const Stimulus& stimulus = experiment.stimuli.front();
    QCOMPARE(std::get<Dc>(stimulus.source).amplitude, 7.0);
    QCOMPARE(stimulus.start_ms, 20.0);
    QCOMPARE(*stimulus.stop_ms, 50.0);
    QCOMPARE(*experiment.simulation.duration_ms, 80.0);
    QVERIFY(experiment.checks.empty());
    QVERIFY(experiment.populations == given.experiment().populations);
    // Another amplitude is another value of the same document.
    const PresetDocument stronger
        = changed(with_current_step(given, {9.0, step.onset_ms, step.width_ms, step.duration_ms}));
    QVERIFY(
        stronger.experiment() == changed(document.set("stimuli/step/amplitude", 9.0)).experiment());
}

void TestGalleries::a_step_leaves_no_slider_that_moves_nothing()
{
    // Of the resonator's variables a, b, c, d stand in the parameters, the others in the pulses.
    const PresetDocument document
        = changed(with_current_step(test_support::shipped("izh2004-k"), {}));
    for (const char* kept : {"a", "b", "c", "d"}) {
        QVERIFY(document.value(kept));
    }
    for (const char* gone : {"I", "gap1", "gap2"}) {
        QVERIFY(!document.value(gone));
    }
}

void TestGalleries::scaled_currents_are_those_of_larger_variables()
{
    const PresetDocument given = test_support::shipped("izh2003-rs"); // one dc of I = 10
    const PresetDocument scaled = changed(with_scaled_currents(given, 1.5));
    const PresetDocument larger = changed(given.set("I", 15.0));
    QVERIFY(scaled.experiment().stimuli == larger.experiment().stimuli);
    QVERIFY(test_support::run(scaled).spikes == test_support::run(larger).spikes);
    QVERIFY(changed(with_scaled_currents(given, 1.0)).text() == given.text());
    // Still driven by its variable.
    const PresetDocument both = changed(scaled.set("I", 20.0));
    QCOMPARE(std::get<Dc>(both.experiment().stimuli.front().source).amplitude, 30.0);
}

void TestGalleries::scaling_reaches_every_kind_of_current()
{
    const PresetDocument given = support::preset(R"({"dt": 0.1, "duration": 50})",
        R"("populations": [{"name": "n", "size": 1, "model": "izhikevich"}], "stimuli": [
            {"type": "dc", "target": "n", "amplitude": 1},
            {"type": "step_current", "target": "n", "times": [1, 2], "amplitudes": [1, "2 * 3"]},
            {"type": "ramp", "target": "n", "from": 1, "to": 2, "stop": 40},
            {"type": "ramp", "target": "n", "slope": 0.5},
            {"type": "pulses", "target": "n", "times": [5], "width": 2, "amplitude": 4, "baseline": 1},
            {"type": "ac", "target": "n", "offset": 1, "amplitude": 2, "frequency": 50},
            {"type": "noise", "target": "n", "mean": 1, "std": 2},
            {"type": "poisson", "target": "n", "rate": 100, "weight": 1}])");
    const PresetDocument document = changed(with_scaled_currents(given, 2.0));
    const auto& stimuli = document.experiment().stimuli;
    QCOMPARE(std::get<Dc>(stimuli[0].source).amplitude, 2.0);
    QCOMPARE(
        std::get<StepCurrent>(stimuli[1].source).amplitudes, (std::vector<double> {2.0, 12.0}));
    QCOMPARE(std::get<Ramp>(stimuli[2].source).from, 2.0);
    QCOMPARE(*std::get<Ramp>(stimuli[2].source).to, 4.0);
    QCOMPARE(*std::get<Ramp>(stimuli[3].source).slope, 1.0);
    QCOMPARE(std::get<Pulses>(stimuli[4].source).amplitudes, (std::vector<double> {8.0}));
    QCOMPARE(std::get<Pulses>(stimuli[4].source).baseline, 2.0);
    QCOMPARE(std::get<Ac>(stimuli[5].source).offset, 2.0);
    QCOMPARE(std::get<Ac>(stimuli[5].source).amplitude, 4.0);
    QCOMPARE(std::get<Noise>(stimuli[6].source).a, 2.0);
    QCOMPARE(std::get<Noise>(stimuli[6].source).b, 4.0);
    QVERIFY(stimuli[7] == given.experiment().stimuli[7]); // spikes are no current
}

QTEST_GUILESS_MAIN(TestGalleries)
#include "tst_galleries.moc"
