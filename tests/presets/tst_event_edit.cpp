// Changes of the events of a preset: one at a time, in the order of their times.

#include "engine/config/event_edit.hpp"
#include "engine/config/whole_values.hpp"
#include "tests/support/live.hpp"

#include <QTest>

using namespace engine;
using config::Event;
using config::PresetDocument;
using config::StimulusEdit;

namespace {

PresetDocument document()
{
    const std::string events = R"(, "at_end": "stop"},
      "events": [{"at": 30, "set": "drive", "value": 3, "x-why": "late"},
                 {"at": 10, "set": "populations/n/params/tau_m", "value": "drive / 50"},
                 {"at": 30, "set": "drive", "value": 4}], "x-last": {"a": 1)";
    return test_support::preset(test_support::neuron_text(100, events));
}

std::vector<double> times(const PresetDocument& of)
{
    std::vector<double> out;
    for (const Event& event : of.experiment().events) {
        out.push_back(event.at_ms);
    }
    return out;
}

QString refusal(const StimulusEdit& edit)
{
    return QString::fromStdString(core::text(edit.errors));
}

} // namespace

class TestEventEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_event_is_added_at_its_time()
    {
        const StimulusEdit edit = config::add_event(document(), {20.0, "drive", 7.5});
        QVERIFY2(edit.document, qPrintable(refusal(edit)));
        QCOMPARE(times(*edit.document), (std::vector<double> {10, 20, 30, 30}));
        QCOMPARE(edit.document->experiment().events[1], (Event {20.0, "drive", 7.5}));
        QCOMPARE(edit.changes.size(), std::size_t {1});
        QCOMPARE(edit.changes[0].path, std::string(config::events_path));
        // The change alone makes the same document, and the way back the old one.
        const auto there = document().set("events", edit.changes[0].after);
        QCOMPARE(there.document->text(), edit.document->text());
        const auto back = edit.document->set("events", edit.changes[0].before);
        QCOMPARE(back.document->text(), document().text());
    }

    void the_first_event_and_the_last_come_and_go()
    {
        PresetDocument none = document();
        for (int left = 2; left >= 0; --left) {
            none = *config::remove_event(none, 0).document;
            QCOMPARE(none.experiment().events.size(), static_cast<std::size_t>(left));
        }
        QVERIFY(none.text().find("\"events\"") == std::string::npos);
        const StimulusEdit one = config::add_event(none, {5.0, "drive", 1.0});
        QCOMPARE(times(*one.document), (std::vector<double> {5}));
        QCOMPARE(one.document->set("events", one.changes[0].before).document->text(), none.text());
    }

    void a_changed_event_keeps_what_is_its_own()
    {
        // Counted by time: the one of the file's first place is the second.
        const StimulusEdit edit = config::change_event(document(), 1, {60.0, "drive", 9.0});
        QVERIFY2(edit.document, qPrintable(refusal(edit)));
        QCOMPARE(times(*edit.document), (std::vector<double> {10, 30, 60}));
        QVERIFY(edit.document->text().find(
                    R"({ "at": 60, "set": "drive", "value": 9, "x-why": "late" })")
            != std::string::npos);
        QVERIFY(edit.document->text().find("\"drive / 50\"") != std::string::npos);
        // As it is: nothing to be done.
        const Event same = document().experiment().events[2];
        const StimulusEdit nothing = config::change_event(document(), 2, same);
        QVERIFY(nothing.document);
        QCOMPARE(nothing.document->experiment().events, document().experiment().events);
    }

    void a_stimulus_can_change_as_a_whole()
    {
        const std::string dc = R"({ "type": "dc", "target": "n", "amplitude": 3 })";
        const StimulusEdit edit = config::add_event(document(), {50.0, "stimuli", "[" + dc + "]"});
        QVERIFY2(edit.document, qPrintable(refusal(edit)));
        QVERIFY(edit.document->text().find("\"value\": [") != std::string::npos);
    }

    void what_cannot_be_is_refused_with_its_reason_data()
    {
        QTest::addColumn<double>("at");
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("reason");
        QTest::newRow("before the run") << -1.0 << "drive" << 1.0 << "must be";
        QTest::newRow("no time") << std::nan("") << "drive" << 1.0 << "not finite";
        QTest::newRow("no value") << 1.0 << "drive" << HUGE_VAL << "not finite";
        QTest::newRow("no such variable") << 1.0 << "drivel" << 1.0 << "did you mean";
        QTest::newRow("out of limits")
            << 1.0 << "populations/n/params/tau_m" << -1.0 << "must be > 0";
        QTest::newRow("needs another network") << 1.0 << "simulation/dt" << 0.05 << "rebuild";
        QTest::newRow("events of events") << 1.0 << "events" << 1.0 << "names the events";
    }

    void what_cannot_be_is_refused_with_its_reason()
    {
        QFETCH(double, at);
        QFETCH(QString, path);
        QFETCH(double, value);
        QFETCH(QString, reason);
        const Event event {at, path.toStdString(), value};
        for (const StimulusEdit& edit :
            {config::add_event(document(), event), config::change_event(document(), 0, event)}) {
            QVERIFY(!edit.document);
            QVERIFY(edit.changes.empty());
            QVERIFY2(refusal(edit).contains(reason), qPrintable(refusal(edit)));
        }
    }

    void there_is_nothing_behind_the_last_one()
    {
        QVERIFY(!config::remove_event(document(), 3).document);
        QVERIFY(!config::change_event(document(), 3, {1.0, "drive", 1.0}).document);
    }
};

QTEST_APPLESS_MAIN(TestEventEdit)
#include "tst_event_edit.moc"
