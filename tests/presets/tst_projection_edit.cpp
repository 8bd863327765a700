// Changes of projections as people make them: weight, delay and rule.

#include "engine/config/projection_edit.hpp"
#include "engine/differences.hpp"
#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

using namespace engine;
using config::PresetDocument;
using config::ProjectionView;
using config::StimulusEdit;

namespace {

PresetDocument document()
{
    return support::preset(R"({"dt": 0.1, "duration": 20, "seed": 7})",
        R"json("variables": {"J": {"value": 0.5}, "g": {"value": 4}},
        "populations": [{"name": "E", "size": 200, "model": "iaf_psc_delta"},
                        {"name": "I", "size": 50, "model": "iaf_psc_delta"}],
        "projections": [
          {"label": "EI", "source": "E", "target": "I", "x-why": "because",
           "rule": {"rule": "fixed_indegree", "indegree": "round(20 * J)", "x-a": 1},
           "weight": "J", "delay": 1.5
},
          {"source": "I", "target": "E", "rule": {"rule": "pairwise_bernoulli", "p": 0.1},
           "weight": {"uniform": [0, 1], "scale": "-g * J"}, "delay": 1.5},
          {"source": "E", "target": "E", "rule": {"rule": "explicit", "connections":
            [[0, 1, 0.25, 1], [2, 1, 3, 1]]}}])json");
}

QString refusal(const StimulusEdit& edit)
{
    return QString::fromStdString(core::text(edit.errors));
}

/// What undo does.
PresetDocument undone(const StimulusEdit& edit)
{
    PresetDocument out = *edit.document;
    for (auto change = edit.changes.rbegin(); change != edit.changes.rend(); ++change) {
        out = *out.set(change->path, change->before).document;
    }
    return out;
}

} // namespace

class TestProjectionEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_is_shown_as_it_is_written()
    {
        const ProjectionView EI = config::projection_view(document(), 0);
        QCOMPARE(EI.path, std::string("projections/EI"));
        QCOMPARE(EI.rule->name, std::string("fixed_indegree"));
        QCOMPARE(EI.number, std::string("round(20 * J)"));
        QCOMPARE(EI.weight, std::string("J"));
        QCOMPARE(EI.delay, std::string("1.5"));
        const ProjectionView IE = config::projection_view(document(), 1);
        QCOMPARE(IE.weight, std::string(R"({ "uniform": [0, 1], "scale": "-g * J" })"));
        QVERIFY(config::projection_view(document(), 2).rule == nullptr);
    }

    void values_are_set_and_taken_back_data()
    {
        QTest::addColumn<int>("projection");
        QTest::addColumn<std::string>("key");
        QTest::addColumn<std::string>("typed");
        QTest::addColumn<double>("weight");
        QTest::addColumn<bool>("rebuilds");
        const auto row = [](const char* name, int projection, const char* key, const char* typed,
                             double weight, bool rebuilds) {
            QTest::newRow(name) << projection << std::string(key) << std::string(typed) << weight
                                << rebuilds;
        };
        row("a number for an expression", 0, "weight", " 0.7 ", 0.7, false);
        row("another expression", 0, "weight", "-g * J / 2", -1.0, false);
        row("a delay", 0, "delay", "2 * J + 1", 0.5, false);
        row("a draw for a number", 0, "weight", R"({"uniform": [0, 2], "scale": 3})", 3.0, true);
        row("a number for a draw", 1, "weight", "-0.5", -0.5, true);
        row("another scale", 1, "weight", R"({"uniform": [0, 1], "scale": "-g"})", -4.0, false);
        row("drawn delays", 0, "delay", R"({"uniform": [1, 2]})", 0.5, true);
    }
    void values_are_set_and_taken_back()
    {
        QFETCH(const int, projection);
        QFETCH(const std::string, key);
        QFETCH(const std::string, typed);
        QFETCH(const double, weight);
        QFETCH(const bool, rebuilds);
        const PresetDocument before = document();
        const auto index = static_cast<std::size_t>(projection);
        const StimulusEdit edit = config::set_projection_value(before, index, key, typed);
        QVERIFY2(edit.document, qPrintable(refusal(edit)));
        const config::Projection& changed = edit.document->experiment().projections[index];
        const auto& value = *changed.weight;
        const auto* draw = std::get_if<config::Draw>(&value);
        QCOMPARE(draw != nullptr ? draw->scale : std::get<double>(value), weight);
        QCOMPARE(!config::rebuild_reason(before.experiment(), edit.document->experiment()).empty(),
            rebuilds);
        // Applied as the engine does it, one after the other, and taken back.
        PresetDocument set = before;
        for (const config::ValueChange& change : edit.changes) {
            set = *set.set(change.path, change.after).document;
        }
        QCOMPARE(set.text(), edit.document->text());
        QCOMPARE(undone(edit).text(), before.text());
    }

    void rules_are_chosen_and_taken_back()
    {
        const PresetDocument before = document();
        for (const config::RuleType& type : config::rule_types()) {
            const bool possible = type.name != "one_to_one"; // 200 onto 50
            const StimulusEdit edit = config::set_rule(before, 0,
                {type.name, config::suggested_number(before, 0, type), true, type.multapses});
            QVERIFY2(edit.document.has_value() == possible, qPrintable(refusal(edit)));
            if (!possible) {
                QVERIFY(refusal(edit).contains(QStringLiteral("populations of equal size")));
                continue;
            }
            const config::Projection& now = edit.document->experiment().projections[0];
            QVERIFY(config::type_of(now.rule) == &type);
            QCOMPARE(now.key, std::string("EI"));
            QCOMPARE(undone(edit).text(), before.text());
            const std::string text = edit.document->text();
            QVERIFY(text.find("\"x-a\"") != std::string::npos);
            QVERIFY(text.find("\"x-why\"") != std::string::npos);
            if (!type.key.empty()) { // as many synapses as before, but for chance
                const double synapses
                    = static_cast<double>(Simulation(*edit.document, {}).synapses());
                const double others = static_cast<double>(Simulation(before, {}).synapses());
                QVERIFY(std::abs(synapses - others) < 5.0 * std::sqrt(500.0));
            }
        }
    }

    void the_number_of_a_rule_is_one_value()
    {
        const StimulusEdit edit
            = config::set_rule(document(), 0, {"fixed_indegree", "12", true, true});
        QCOMPARE(edit.changes.size(), std::size_t {1});
        QVERIFY(edit.changes[0]
            == (config::ValueChange {
                "projections/EI/rule/indegree", std::string("round(20 * J)"), 12.0}));
        const StimulusEdit without
            = config::set_rule(document(), 0, {"fixed_indegree", "12", true, false});
        QVERIFY(!without.document->experiment().projections[0].allow_multapses);
        const StimulusEdit same
            = config::set_rule(document(), 0, {"fixed_indegree", "round(20 * J)", true, true});
        QVERIFY(same.changes.empty() && same.errors.empty());
    }

    void what_is_wrong_is_said_data()
    {
        QTest::addColumn<std::string>("key");
        QTest::addColumn<std::string>("typed");
        QTest::addColumn<QString>("said");
        const auto row
            = [](const char* name, const char* key, const char* typed, const char* said) {
                  QTest::newRow(name) << std::string(key) << std::string(typed) << QString(said);
              };
        row("empty", "weight", " ", "is empty");
        row("unknown name", "weight", "-gg * J", "gg");
        row("no JSON", "weight", "{uniform: [0, 1]}", "expected a draw");
        row("no law", "weight", R"({"even": [0, 1]})", "even");
        row("no delay", "delay", "0", "> 0");
        row("less than a step", "delay", "0.01", "at least dt");
        row("no number", "rule", "many", "many");
        row("no fraction", "rule", "2.5", "2.5");
        row("too many", "rule", "-3", "-3");
    }
    void what_is_wrong_is_said()
    {
        QFETCH(const std::string, key);
        QFETCH(const std::string, typed);
        QFETCH(const QString, said);
        const StimulusEdit edit = key == "rule"
            ? config::set_rule(document(), 0, {"fixed_indegree", typed, true, true})
            : config::set_projection_value(document(), 0, key, typed);
        QVERIFY(!edit.document && edit.changes.empty());
        QVERIFY2(refusal(edit).contains(said), qPrintable(refusal(edit)));
    }

    void lists_stay_as_they_are()
    {
        const PresetDocument before = document();
        QVERIFY(!config::set_projection_value(before, 2, "weight", "2").document);
        QVERIFY(refusal(config::set_rule(before, 2, {"all_to_all", "", true, true}))
                    .contains(QStringLiteral("list of connections")));
        QVERIFY(!config::set_rule(before, 7, {"all_to_all", "", true, true}).document);
    }

    void another_rule_is_a_difference_that_can_be_taken_back()
    {
        const PresetDocument before = document();
        const StimulusEdit edit = config::set_rule(before, 1, {"all_to_all", "", true, true});
        const auto differences = engine::differences(*edit.document, before);
        QCOMPARE(differences.size(), std::size_t {1});
        QCOMPARE(differences[0].path, std::string("projections/1"));
        const auto restored = edit.document->set(differences[0].path, differences[0].preset);
        QVERIFY(restored.document->experiment() == before.experiment());
    }

    /// A weight changes while it runs; the log repeats it bit for bit.
    void a_whole_projection_is_an_event_of_the_run()
    {
        Simulation simulation(document(), {});
        simulation.advance(50);
        const StimulusEdit edit = config::set_projection_value(
            document(), 1, "weight", R"({"uniform": [0, 1], "scale": "-2 * g"})");
        QCOMPARE(edit.changes.size(), std::size_t {1});
        QVERIFY(simulation.set(edit.changes[0].path, edit.changes[0].after).errors.empty());
        simulation.advance(50);
        const PresetDocument as_run = simulation.as_run();
        QCOMPARE(as_run.experiment().events.size(), std::size_t {1});
        const auto read = PresetDocument::parse(as_run.text(), "again", {});
        QVERIFY2(read.document, core::text(read.diagnostics).c_str());
        QVERIFY(read.document->experiment().events == as_run.experiment().events);
    }
};

QTEST_GUILESS_MAIN(TestProjectionEdit)
#include "tst_projection_edit.moc"
