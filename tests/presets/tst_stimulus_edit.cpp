// Changes of stimuli as people make them: what is written, what stays to the letter, what is taken
// back, what is refused.

#include "engine/config/stimulus_edit.hpp"
#include "engine/config/stimulus_view.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace engine;
using config::PresetDocument;
using config::StimulusEdit;

namespace {

const char* const preset = R"({
  "format": "spikescope-preset",
  "version": 1,
  "id": "test",
  "title": "Test",
  "variables": { "I": { "value": 10 }, "w": { "value": 2 } },
  "simulation": { "dt": 0.1, "duration": 300 },
  "populations": [
    { "name": "n", "size": 3, "model": "izhikevich" },
    { "name": "g", "size": 1, "model": "glif_cond" },
    { "name": "l", "size": 1, "model": "iaf_psc_delta" }
  ],
  "stimuli": [
    { "type": "dc", "label": "step", "target": "n", "amplitude": "I", "start": 30.1 },
    { "type": "pulses", "target": "n", "times": [10, "20 + w", 50.50], "width": 2, "amplitude": 7 },
    { "type": "step_current", "label": "levels", "x-mine": [1.0], "target": "n", "times": [5, 9], "amplitudes": ["2 * I", 0] },
    { "type": "spike_train", "label": "train", "target": "g", "times": [30, 10], "weights": [1, "w"] }
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

/// The changes do what the edit says, and taken back they leave the text as it was.
void verify(const PresetDocument& before, const StimulusEdit& edit)
{
    QVERIFY2(edit.errors.empty(), core::text(edit.errors).c_str());
    PresetDocument forth = before;
    for (const config::ValueChange& change : edit.changes) {
        const auto set = forth.set(change.path, change.after);
        QVERIFY2(set.document, core::text(set.diagnostics).c_str());
        forth = *set.document;
    }
    QCOMPARE(forth.text(), edit.document->text());
    const auto again = PresetDocument::parse(forth.text(), "p.json", {});
    QVERIFY2(again.document, core::text(again.diagnostics).c_str());
    QVERIFY(again.document->experiment() == forth.experiment());
    for (auto change = edit.changes.rbegin(); change != edit.changes.rend(); ++change) {
        forth = *forth.set(change->path, change->before).document;
    }
    QCOMPARE(forth.text(), before.text());
}

template <class T> T source(const StimulusEdit& edit, std::size_t index)
{
    return std::get<T>(edit.document->experiment().stimuli.at(index).source);
}

QString messages(const StimulusEdit& edit)
{
    return QString::fromStdString(core::text(edit.errors)).trimmed();
}

} // namespace

class TestStimulusEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_number_that_is_a_variables_changes_the_variable()
    {
        const auto edit = config::set_numbers(document(), {{"stimuli/step/amplitude", 12.5}});
        verify(document(), edit);
        QCOMPARE(edit.changes.size(), std::size_t {1});
        QCOMPARE(edit.changes[0].path, std::string("I"));
        QVERIFY(edit.notes.empty());
        QCOMPARE(source<config::Dc>(edit, 0).amplitude, 12.5);
        QCOMPARE(source<config::StepCurrent>(edit, 2).amplitudes[0], 25.0); // made from it too
    }

    void another_expression_is_replaced_and_that_is_said()
    {
        const auto edit = config::set_numbers(document(), {{"stimuli/levels/amplitudes/0", 3.0}});
        verify(document(), edit);
        QCOMPARE(edit.notes, (std::vector<std::string> {"\"2 * I\" is replaced by a number"}));
        QCOMPARE(std::get<std::string>(edit.changes[0].before), std::string("2 * I"));
        QCOMPARE(std::get<double>(*edit.document->value("I")), 10.0);
    }

    void one_time_of_a_list_changes_alone()
    {
        const auto edit = config::set_numbers(document(), {{"stimuli/1/times/0", 12.0}});
        verify(document(), edit);
        QVERIFY(edit.document->text().find("[12, \"20 + w\", 50.50]") != std::string::npos);
    }

    void several_numbers_need_to_be_valid_in_the_end_only()
    {
        // Moved one by one, the first would run into the second.
        const auto edit = config::set_numbers(
            document(), {{"stimuli/levels/times/0", 20.0}, {"stimuli/levels/times/1", 25.0}});
        verify(document(), edit);
        QCOMPARE(source<config::StepCurrent>(edit, 2).times_ms, (std::vector<double> {20.0, 25.0}));
        QVERIFY(edit.document->text().find("\"x-mine\": [1.0]") != std::string::npos);
    }

    void what_the_file_leaves_out_is_left_out_again()
    {
        const auto edit = config::set_numbers(document(), {{"stimuli/step/stop", 90.0}});
        verify(document(), edit);
        QCOMPARE(edit.document->experiment().stimuli[0].stop_ms, std::optional<double>(90.0));
    }

    void what_is_wrong_is_said_and_nothing_changes_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("message");
        QTest::newRow("order")
            << "stimuli/levels/times/1" << 4.0
            << "stimuli/levels/times/1: is 4; times must ascend; the one before is 5";
        QTest::newRow("overlap")
            << "stimuli/1/times/0" << 21.0
            << "/stimuli/1/times/1: is 22, when the pulse of 21 ms has not ended; "
               "pulses must not overlap";
        QTest::newRow("range") << "stimuli/1/width" << -1.0
                               << "stimuli/1/width: is -1; must be > 0 and <= 1e+12";
        QTest::newRow("path")
            << "stimuli/9/width" << 1.0
            << "stimuli/9/width: no \"9\" among the stimuli; expected one of step, 1, "
               "levels, train";
    }

    void what_is_wrong_is_said_and_nothing_changes()
    {
        QFETCH(QString, path);
        QFETCH(double, value);
        QFETCH(QString, message);
        const auto edit = config::set_numbers(document(), {{path.toStdString(), value}});
        QVERIFY(edit.changes.empty());
        QVERIFY(!edit.document);
        QCOMPARE(messages(edit), message);
    }

    void values_are_typed_as_numbers_expressions_or_none()
    {
        verify(document(), config::set_value(document(), "stimuli/1/width", std::string("w / 4")));
        verify(document(), config::set_value(document(), "stimuli/step/stop", core::Value {}));
        verify(document(), config::set_value(document(), "stimuli/1/baseline", 1.0));
        QVERIFY(
            !config::set_value(document(), "stimuli/1/width", std::string("w /")).errors.empty());
    }

    void every_type_can_be_added_to_every_model_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("population");
        for (const config::StimulusType& type : config::stimulus_types()) {
            for (int population = 0; population < 3; ++population) {
                QTest::addRow("%s to %d", type.name.c_str(), population)
                    << QString::fromStdString(type.name) << population;
            }
        }
    }

    void every_type_can_be_added_to_every_model()
    {
        QFETCH(QString, type);
        QFETCH(int, population);
        const auto edit = config::add_stimulus(
            document(), type.toStdString(), static_cast<std::size_t>(population), 120.04, 300.0);
        verify(document(), edit);
        const config::Experiment& experiment = edit.document->experiment();
        QCOMPARE(experiment.stimuli.size(), std::size_t {5});
        const config::Stimulus& added = experiment.stimuli.back();
        QCOMPARE(added.targets.front().population, static_cast<std::size_t>(population));
        QVERIFY(!added.label.empty());
        QCOMPARE(config::type_of(added.source).name, type.toStdString());
        QVERIFY(edit.document->warnings().empty()); // on the grid
        // Turned into any other type and back it stays valid and keeps its label.
        for (const config::StimulusType& other : config::stimulus_types()) {
            const auto turned = config::change_type(*edit.document, 4, other.name, 300.0);
            verify(*edit.document, turned);
            const config::Stimulus& now = turned.document->experiment().stimuli[4];
            QCOMPARE(config::type_of(now.source).name, other.name);
            QCOMPARE(now.label, added.label);
        }
    }

    void what_is_added_suits_the_model_and_what_is_there()
    {
        // As large as what acts on the population, else what a leaky membrane needs.
        const auto like = config::add_stimulus(document(), "pulses", 0, 100.0, 300.0);
        QCOMPARE(source<config::Pulses>(like, 4).amplitudes, (std::vector<double> {20.0}));
        const auto leaky = config::add_stimulus(document(), "dc", 2, 100.0, 300.0);
        const auto params = document().experiment().populations[2].params;
        const auto value = [&](const char* name) { return std::get<double>(params.at(name)); };
        const double rheobase = value("C_m") / value("tau_m") * (value("V_th") - value("E_L"));
        const double amplitude = source<config::Dc>(leaky, 4).amplitude;
        QVERIFY(amplitude > rheobase && amplitude < 3.0 * rheobase);
    }

    void labels_stay_unique()
    {
        auto edit = config::duplicate_stimulus(document(), 0);
        verify(document(), edit);
        QCOMPARE(edit.document->experiment().stimuli[1].label, std::string("step 2"));
        edit = config::duplicate_stimulus(*edit.document, 1);
        QCOMPARE(edit.document->experiment().stimuli[2].label, std::string("step 3"));
        QCOMPARE(edit.document->experiment().stimuli[3].label, std::string("")); // others stay
        verify(document(), config::set_label(document(), 0, "7"));
        verify(document(), config::set_label(document(), 2, ""));
    }

    void removing_takes_one_away()
    {
        const auto edit = config::remove_stimulus(document(), 1);
        verify(document(), edit);
        QCOMPARE(edit.document->experiment().stimuli.size(), std::size_t {3});
        QVERIFY(!config::remove_stimulus(document(), 4).errors.empty());
        PresetDocument none = document();
        while (!none.experiment().stimuli.empty()) {
            none = *config::remove_stimulus(none, 0).document;
        }
        verify(none, config::add_stimulus(none, "dc", 0, 10.0, 300.0));
    }

    void times_come_and_go_with_their_values()
    {
        auto edit = config::insert_time(document(), 1, 30.0);
        verify(document(), edit);
        QCOMPARE(
            source<config::Pulses>(edit, 1).times_ms, (std::vector<double> {10, 22, 30, 50.5}));
        QVERIFY(edit.document->text().find("[10, \"20 + w\", 30, 50.50]") != std::string::npos);
        edit = config::insert_time(document(), 2, 7.0); // after a step that is not 0: 0
        verify(document(), edit);
        QCOMPARE(source<config::StepCurrent>(edit, 2).amplitudes, (std::vector<double> {20, 0, 0}));
        edit = config::insert_time(document(), 2, 12.0); // after 0: the largest
        QCOMPARE(
            source<config::StepCurrent>(edit, 2).amplitudes, (std::vector<double> {20, 0, 20}));
        edit = config::insert_time(document(), 3, 20.0);
        verify(document(), edit);
        edit = config::remove_time(document(), 3, 0);
        verify(document(), edit);
        QCOMPARE(source<config::SpikeTrain>(edit, 3).common->times_ms, (std::vector<double> {10}));
        QCOMPARE(source<config::SpikeTrain>(edit, 3).common->weights, (std::vector<double> {2}));
        QVERIFY(!config::insert_time(document(), 1, 11.0).errors.empty()); // overlaps
        QVERIFY(!config::insert_time(document(), 0, 11.0).errors.empty()); // no times
        QVERIFY(!config::remove_time(document(), 2, 2).errors.empty());
    }

    void one_value_becomes_one_for_each_and_back()
    {
        const auto each = config::set_one_for_each(document(), 1, "amplitude", true);
        verify(document(), each);
        QVERIFY(each.document->text().find("[7, 7, 7]") != std::string::npos);
        const auto one = config::set_one_for_each(*each.document, 1, "amplitude", false);
        QCOMPARE(one.document->text(), document().text());
        QVERIFY(!config::set_one_for_each(document(), 2, "amplitudes", false).errors.empty());
    }

    void a_target_is_a_whole_population()
    {
        const auto edit = config::set_target(document(), 0, 2);
        verify(document(), edit);
        QCOMPARE(
            edit.document->experiment().stimuli[0].targets.front().population, std::size_t {2});
    }

    void the_view_tells_every_value_with_its_unit_and_path()
    {
        const auto views = config::stimulus_views(document());
        QCOMPARE(views.size(), std::size_t {4});
        QCOMPARE(views[0].path, std::string("stimuli/step"));
        QCOMPARE(views[0].row("amplitude")->cells[0].expression, std::string("I"));
        QCOMPARE(views[0].row("amplitude")->cells[0].value, std::optional<double>(10.0));
        QVERIFY(!views[0].row("stop")->cells[0].value);
        QCOMPARE(views[1].row("times")->cells[1].path, std::string("stimuli/1/times/1"));
        QCOMPARE(views[1].row("times")->cells[1].value, std::optional<double>(22.0));
        QCOMPARE(views[1].row("amplitude")->is_list, false);
        QCOMPARE(views[3].row("weights")->unit, std::string("nS"));
        for (const auto& view : views) {
            for (const auto& row : view.rows) {
                for (const auto& cell : row.cells) {
                    const auto value = document().value(cell.path);
                    QCOMPARE(cell.value,
                        value && std::holds_alternative<double>(*value)
                            ? std::optional(std::get<double>(*value))
                            : std::nullopt);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestStimulusEdit)
#include "tst_stimulus_edit.moc"
