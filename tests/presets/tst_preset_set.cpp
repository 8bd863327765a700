// Changing single values of a preset: paths, what is written, what is refused, what needs a
// rebuild.

#include "engine/config/preset_document.hpp"

#include <QTest>

#include <chrono>

using namespace engine;
using config::PresetDocument;

namespace {

const char* const preset = R"({
  "format": "spikescope-preset",
  "version": 1,
  "id": "test",
  "title": "Test",
  "x-note": { "kept": [1.50, -0.0, 123456789012345678901234567890] },
  "variables": { "g": { "value": 5, "min": 0, "max": 10 }, "E": { "value": 1 } },
  "simulation": { "dt": 0.1, "duration": null },
  "populations": [
    {
      "name": "E",
      "size": 4,
      "model": "iaf_psc_delta",
      "params": { "C_m": { "uniform": [200, 300], "scale": 1 }, "tau_m": "2 * g", "t_ref": 2 }
    },
    { "name": "G", "size": 1, "model": "glif_cond" }
  ],
  "projections": [
    {
      "label": "EE",
      "source": "E",
      "target": "E",
      "rule": { "rule": "fixed_indegree", "indegree": 2 },
      "weight": "-g * 0.1",
      "delay": { "uniform": [1, 2] }
    }
  ],
  "stimuli": [
    { "type": "dc", "target": "E", "amplitude": 1 },
    { "label": "in", "type": "spike_train", "target": "E", "times": [1, 2, 3], "weights": 0.5 }
  ]
}
)";

PresetDocument document()
{
    const config::LoadResult result = PresetDocument::parse(preset, "p.json", {});
    if (!result.document) {
        qFatal("%s", core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

QString messages(const core::Diagnostics& diagnostics)
{
    return QString::fromStdString(core::text(diagnostics)).trimmed();
}

PresetDocument changed(const PresetDocument& before, const char* path, const core::Value& value)
{
    const config::SetResult result = before.set(path, value);
    if (!result.document) {
        qFatal("%s", core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

} // namespace

class TestPresetSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_text_is_kept_to_the_letter() { QCOMPARE(document().text(), std::string(preset)); }

    void a_variable_changes_what_is_made_from_it()
    {
        const PresetDocument after = changed(document(), "g", 7.0);
        QCOMPARE(std::get<double>(*after.experiment().projections[0].weight), -(7.0 * 0.1));
        QCOMPARE(std::get<double>(after.experiment().populations[0].params.at("tau_m")), 14.0);
        QCOMPARE(std::get<double>(*document().value("g")), 5.0);
        std::string expected = preset;
        expected.replace(expected.find("\"value\": 5"), 10, "\"value\": 7");
        QCOMPARE(after.text(), expected);
    }

    void a_bare_name_is_a_variable_even_where_a_population_has_it_too()
    {
        QCOMPARE(std::get<double>(*changed(document(), "E", 3.0).value("E")), 3.0);
    }

    void paths_name_every_kind_of_value_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        const auto row = [](const char* path, double before, double after) {
            QTest::addRow("%s", path) << path << before << after;
        };
        row("populations/E/size", 4, 10);
        row("populations/0/size", 4, 10);
        row("populations/E/params/t_ref", 2, 3);
        row("populations/E/params/tau_m", 10, 12.5);
        row("populations/E/params/V_th", -55, -50); // not in the file: the default
        row("populations/E/params/C_m/scale", 1, 1.5);
        row("populations/E/params/C_m/uniform/0", 200, 100);
        row("populations/G/params/tau_syn/1", 2, 5);
        row("projections/EE/weight", -0.5, -0.25);
        row("projections/0/rule/indegree", 2, 3);
        row("projections/EE/delay/scale", 1, 2);
        row("stimuli/0/amplitude", 1, 400);
        row("stimuli/0/start", 0, 50);
        row("stimuli/in/times/2", 3, 7);
        row("stimuli/in/weights", 0.5, 0.75);
        row("simulation/dt", 0.1, 0.05);
        row("simulation/seed", 1, 42);
        row("simulation/speed", 1, 0.5);
        row("variables/g", 5, 6);
        row("record/warmup", 0, 20);
    }

    void paths_name_every_kind_of_value()
    {
        QFETCH(QString, path);
        QFETCH(double, before);
        QFETCH(double, after);
        const std::string name = path.toStdString();
        const PresetDocument original = document();
        QCOMPARE(original.value(name), std::optional<core::Value>(before));
        const PresetDocument result = changed(original, name.c_str(), after);
        QCOMPARE(result.value(name), std::optional<core::Value>(after));
        const config::LoadResult again = PresetDocument::parse(result.text(), "p.json", {});
        QVERIFY(again.document);
        QCOMPARE(again.document->experiment() == result.experiment(), true);
        QCOMPARE(again.document->text(), result.text());
    }

    void a_new_key_takes_its_place_in_the_order_of_the_format()
    {
        const std::string text = changed(document(), "simulation/seed", 9.0).text();
        QVERIFY(text.find(R"("simulation": { "dt": 0.1, "duration": null, "seed": 9 })")
            != std::string::npos);
        const std::string stimulus = changed(document(), "stimuli/0/port", 0.0).text();
        QVERIFY(
            stimulus.find(R"("target": "E", "amplitude": 1, "port": 0 })") != std::string::npos);
        const std::string params = changed(document(), "populations/E/params/E_L", -70.0).text();
        QVERIFY(params.find("\"E_L\": -70,\n        \"t_ref\": 2") != std::string::npos);
    }

    void a_number_replaces_a_draw()
    {
        const PresetDocument after = changed(document(), "populations/E/params/C_m", 250.0);
        QVERIFY(after.experiment().populations[0].drawn.empty());
        QCOMPARE(std::get<double>(after.experiment().populations[0].params.at("C_m")), 250.0);
    }

    void errors_name_the_path_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* assignment, const char* message) {
            QTest::addRow("%s", assignment) << assignment << message;
        };
        row("h=1", "h: no variable \"h\" in the preset; expected a variable (g, E) or a path");
        row("population/E/size=3",
            "population/E/size: no section \"population\" in the preset; paths begin with "
            "variables, simulation, populations, projections, stimuli, record (did you mean "
            "populations?)");
        row("populations/F/size=3",
            "populations/F/size: no \"F\" among the populations; expected one of E, G");
        row("populations/E=3",
            "populations/E: names a whole entry of populations; expected a value in it, such as "
            "populations/E/size");
        row("populations/E/params/taum=3",
            "populations/E/params/taum: unknown parameter \"taum\" of iaf_psc_delta; expected one "
            "of tau_m, C_m, E_L, I_e, V_th, V_reset, t_ref, V_min, refractory_input (did you mean "
            "tau_m?)");
        row("populations/E/params/tau_m=-5", "populations/E/params/tau_m: is -5; must be > 0");
        row("populations/E/params/tau_m=2 * h",
            "populations/E/params/tau_m: in the expression \"2 * h\", character 5: unknown name "
            "\"h\"; expected one of g, E, pi, e");
        row("populations/E/params/t_ref/scale=2",
            "populations/E/params/t_ref/scale: \"t_ref\" is 2 and has no \"scale\"; only a drawn "
            "value has a scale");
        row("populations/E/size=0",
            "populations/E/size: is 0; must be a whole number from 1 to 2147483647");
        row("stimuli/in/times/3=5",
            "stimuli/in/times/3: there is no item \"3\"; items are counted from 0 to 2");
        row("g=abc", "g: is the text \"abc\"; must be a number");
        row("simulation/dt=0", "simulation/dt: is 0; must be between 1e-06 and 1000");
        row("g", "\"g\" sets nothing; expected NAME=VALUE");
        row("=4", "\"=4\" sets nothing; expected NAME=VALUE");
    }

    void errors_name_the_path()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        const config::SetResult result = document().set_text(path.toStdString());
        QVERIFY(!result.document);
        QCOMPARE(messages(result.diagnostics), message);
    }

    void a_value_that_is_not_finite_is_refused()
    {
        const config::SetResult result
            = document().set("g", std::numeric_limits<double>::infinity());
        QVERIFY(!result.document);
        QCOMPARE(
            messages(result.diagnostics), QString("g: is not finite; must be a finite number"));
    }

    void assignments_are_json_or_expressions()
    {
        const PresetDocument original = document();
        const auto value = [&](const char* assignment, const char* path) {
            const config::SetResult result = original.set_text(assignment);
            return result.document ? result.document->value(path) : std::nullopt;
        };
        QCOMPARE(value("g = 4.5", "g"), std::optional<core::Value>(4.5));
        QCOMPARE(value("g=9/2", "g"), std::optional<core::Value>(4.5));
        QCOMPARE(value("projections/EE/weight=-g/10", "projections/EE/weight"),
            std::optional<core::Value>(-0.5));
        QCOMPARE(value("simulation/speed=max", "simulation/speed"),
            std::optional<core::Value>(std::string("max")));
        QCOMPARE(value("populations/E/params/refractory_input=true",
                     "populations/E/params/refractory_input"),
            std::optional<core::Value>(true));
        QCOMPARE(value("stimuli/in/times=[4, 5]", "stimuli/in/times"),
            std::optional<core::Value>(std::vector<double> {4.0, 5.0}));
        QCOMPARE(value("populations/E/params/V_min=-90", "populations/E/params/V_min"),
            std::optional<core::Value>(-90.0));
        const config::SetResult draw
            = original.set_text(R"(populations/E/params/t_ref={"uniform": [1, 2]})");
        QVERIFY(draw.document);
        QCOMPARE(draw.document->experiment().populations[0].drawn.count("t_ref"), std::size_t {1});
    }

    void what_needs_a_rebuild_says_so_data()
    {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* assignment, const char* reason) {
            QTest::addRow("%s", assignment) << assignment << reason;
        };
        row("g=6", "");
        row("populations/E/params/t_ref=3", "");
        row("populations/E/params/C_m/scale=2", "");
        row("populations/E/params/C_m/uniform/0=100", "");
        row("populations/E/init/V_m=-60", "");
        row("projections/EE/weight=1", "");
        row("projections/EE/delay/scale=2", "");
        row("stimuli/0/amplitude=2", "");
        row("stimuli/0/stop=50", "");
        row("stimuli/in/times=[5]", "");
        row("simulation/duration=100", "");
        row("simulation/speed=2", "");
        row("simulation/at_end=stop", "");
        row("record/warmup=5", "");
        row("simulation/dt=0.05", "dt changes");
        row("simulation/seed=2", "seed changes");
        row("populations/E/size=5", "size of E changes");
        row("populations/G/model=glif_psc", "model of G changes");
        row("populations/G/params/tau_syn=[1]", "");
        row("projections/EE/rule/indegree=3", "indegree changes");
        row("projections/EE/rule={\"rule\": \"all_to_all\"}", "rule changes");
        row("projections/EE/delay=1", "distribution of delays changes");
        row("projections/EE/delay/uniform/1=3", "distribution of delays changes");
        row("projections/EE/weight={\"normal\": [1, 1]}", "distribution of weights changes");
        row("stimuli/0/target=G", "");
        row("stimuli/0/label=step", "");
        row("stimuli/0={\"type\": \"poisson\", \"target\": \"E\", \"rate\": 5, \"weight\": 1}", "");
        row("stimuli=[]", "");
        row("record/spikes=[\"E\"]", "recordings change");
    }

    void what_needs_a_rebuild_says_so()
    {
        QFETCH(QString, assignment);
        QFETCH(QString, reason);
        const PresetDocument before = document();
        config::SetResult after = before.set_text(assignment.toStdString());
        if (assignment.startsWith("populations/G/params/tau_syn")) {
            // Ports come with both lists: alone it breaks their equal length.
            QVERIFY(!after.document);
            return;
        }
        QVERIFY2(after.document, qPrintable(messages(after.diagnostics)));
        QCOMPARE(QString::fromStdString(
                     config::rebuild_reason(before.experiment(), after.document->experiment())),
            reason);
    }

    void whole_stimuli_are_set_and_told_as_json_and_kept_to_the_letter()
    {
        const PresetDocument original = document();
        const std::string one
            = R"({ "type": "dc", "target": "E", "amplitude": "2 * g", "x-mine": 1.50 })";
        const PresetDocument after = changed(original, "stimuli/0", one);
        QCOMPARE(std::get<config::Dc>(after.experiment().stimuli[0].source).amplitude, 10.0);
        QVERIFY(after.text().find("    " + one + ",\n") != std::string::npos);
        QCOMPARE(changed(original, "stimuli/0", *after.value("stimuli/0")).text(), after.text());
        QCOMPARE(changed(after, "stimuli/0", *original.value("stimuli/0")).text(), original.text());
        const PresetDocument none = changed(after, "stimuli", std::string("[]"));
        QCOMPARE(none.experiment().stimuli.size(), std::size_t {0});
        QCOMPARE(changed(none, "stimuli", *original.value("stimuli")).text(), original.text());
        // A file without stimuli is one without them again.
        const PresetDocument without = changed(original, "stimuli", core::Value {});
        QVERIFY(without.text().find("stimuli") == std::string::npos);
        QVERIFY(std::holds_alternative<std::monostate>(without.value("stimuli").value_or(1.0)));
        QCOMPARE(changed(without, "stimuli", *original.value("stimuli")).text(), original.text());
    }

    void what_is_wrong_in_a_whole_stimulus_is_named_under_its_path()
    {
        const config::SetResult unknown = document().set("stimuli/0",
            std::string(R"({ "type": "dc", "target": "E", "amplitude": 1, "rate": 3 })"));
        QVERIFY(!unknown.document);
        QCOMPARE(messages(unknown.diagnostics),
            QString("stimuli/0/rate: unknown key \"rate\"; expected one of label, type, target, "
                    "amplitude, start, stop, delay, port"));
        const config::SetResult broken = document().set("stimuli/0", std::string("{ \"type\": "));
        QVERIFY(!broken.document);
        QVERIFY2(messages(broken.diagnostics).startsWith("stimuli/0: "),
            qPrintable(messages(broken.diagnostics)));
        QVERIFY(!document().set("stimuli/0", core::Value {}).document);
        QVERIFY(!document().set("stimuli", std::string("3")).document);
    }

    void events_may_set_whole_stimuli()
    {
        const std::string one = R"({ "type": "dc", "target": "E", "amplitude": 3 })";
        const PresetDocument after = document().with_events({{20.0, "stimuli/0", one},
            {30.0, "stimuli", "[" + one + "]"}, {40.0, "stimuli/0/amplitude", 4.0}});
        QVERIFY(after.text().find(R"("value": { "type": "dc", "target": "E", "amplitude": 3 } })")
            != std::string::npos);
        const config::LoadResult again = PresetDocument::parse(after.text(), "p.json", {});
        QVERIFY2(again.document, qPrintable(messages(again.diagnostics)));
        QCOMPARE(again.document->text(), after.text());
        QVERIFY(again.document->experiment() == after.experiment());
    }

    void events_replace_the_presets_own_in_order_of_time()
    {
        const PresetDocument before = document();
        const PresetDocument after = before.with_events({{20.0, "g", core::Value {3.0}},
            {10.0, "populations/E/params/t_ref", core::Value {4.0}}});
        QCOMPARE(after.experiment().events.size(), std::size_t {2});
        QCOMPARE(after.experiment().events[0].path, std::string("populations/E/params/t_ref"));
        const config::LoadResult again = PresetDocument::parse(after.text(), "p.json", {});
        QVERIFY2(again.document, qPrintable(messages(again.diagnostics)));
        QVERIFY(again.document->experiment() == after.experiment());
        QCOMPARE(after.with_events({}).text(), before.text());
    }

    void texts_for_people_are_written_where_they_belong()
    {
        config::PresetInfo info = document().info();
        info.family = "Mine";
        info.tags = {"a", "b"};
        const PresetDocument after = document().with_info(info);
        QVERIFY(after.text().find("  \"family\": \"Mine\",\n  \"tags\": "
                                  "[\"a\", \"b\"],\n  \"variables\"")
            != std::string::npos);
        QCOMPARE(PresetDocument::parse(after.text(), "p.json", {}).document->info().family,
            std::string("Mine"));
    }

    void every_default_written_out_means_the_same()
    {
        const PresetDocument original = document();
        const config::LoadResult filled
            = PresetDocument::parse(original.filled_text(), "filled", {});
        QVERIFY2(filled.document, qPrintable(messages(filled.diagnostics)));
        QVERIFY(filled.document->experiment() == original.experiment());
        for (const char* key : {"\"speed\": 1", "\"at_end\": \"continue\"", "\"V_min\": null",
                 "\"scale\": 1", "\"allow_autapses\": true", "\"warmup\": 0", "\"interval\": 0.1",
                 "\"stop\": null"}) {
            QVERIFY2(original.filled_text().find(key) != std::string::npos, key);
        }
    }

    void a_start_for_every_model_is_valid()
    {
        for (const models::ModelDescription* model : models::Registry::instance().all()) {
            const PresetDocument start = PresetDocument::for_model(*model);
            QCOMPARE(start.experiment().populations.size(), std::size_t {1});
            QCOMPARE(start.experiment().populations[0].model, model);
            QVERIFY(!start.experiment().record.traces[0].variables.empty());
        }
    }

    void a_slider_move_takes_well_under_a_millisecond()
    {
        PresetDocument d = document();
        const auto begin = std::chrono::steady_clock::now();
        constexpr int moves = 200;
        for (int i = 0; i < moves; ++i) {
            d = changed(d, "g", 1.0 + 0.01 * i);
        }
        const std::chrono::duration<double, std::milli> taken
            = std::chrono::steady_clock::now() - begin;
        // Ten times what an idle machine needs in a debug build with sanitizers.
        QVERIFY2(taken.count() / moves < 10.0, qPrintable(QString::number(taken.count() / moves)));
    }
};

QTEST_APPLESS_MAIN(TestPresetSet)
#include "tst_preset_set.moc"
