#include "tests/support/live.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/documents/opened_preset.hpp"
#include "ui/events/event_timeline.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/value_box.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

using engine::config::Event;
using engine::config::PresetDocument;

namespace {

/// A panel over a running engine.
struct Session {
    explicit Session(const PresetDocument& document)
        : opened(bridge)
        , desk(bridge, undo)
        , panel(bridge, desk)
    {
        panel.resize(600, 400);
        panel.show();
        running = runPreset(bridge, document) && QTest::qWaitForWindowExposed(&panel)
            && QTest::qWaitFor([&] { return desk.document().has_value(); });
    }
    ~Session() { bridge.stop(); }

    /// The events that the engine has.
    std::vector<Event> events() const { return bridge.document()->experiment().events; }
    bool engineHas(const std::vector<Event>& wanted) const
    {
        return QTest::qWaitFor([&] { return events() == wanted; }, 10000);
    }
    void drag(const QPoint& from, const QPoint& to)
    {
        ui::EventTimeline& timeline = panel.timeline();
        QTest::mousePress(&timeline, Qt::LeftButton, {}, from);
        for (int part = 1; part <= 4; ++part) {
            const QPoint at = from + (to - from) * part / 4;
            QMouseEvent move(
                QEvent::MouseMove, at, timeline.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&timeline, &move);
        }
        QTest::mouseRelease(&timeline, Qt::LeftButton, {}, to);
    }
    void type(ui::ValueBox& box, const char* text)
    {
        box.setFocus();
        box.selectAll();
        QTest::keyClicks(&box, text);
        QTest::keyClick(&box, Qt::Key_Return);
    }

    ui::EngineBridge bridge;
    ui::OpenedPreset opened;
    QUndoStack undo;
    ui::StimulusDesk desk;
    ui::EventsPanel panel;
    bool running = false;
};

PresetDocument neuron(const std::vector<Event>& events = {})
{
    return test_support::preset(
        test_support::neuron_text(1000, R"(, "at_end": "repeat", "speed": 0.1)"))
        .with_events(events);
}

const Event early {300.0, "drive", 700.0};
const Event late {600.0, "drive", 200.0};

} // namespace

class TestEventsPanel : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void an_event_is_added_where_the_timeline_is_clicked_twice()
    {
        Session session(neuron());
        QVERIFY(session.running);
        ui::EventTimeline& timeline = session.panel.timeline();
        const QPoint at(qRound(timeline.pixelOf(500.0)), timeline.height() / 2 - 8);
        QTest::mouseDClick(&timeline, Qt::LeftButton, {}, at);
        QTRY_COMPARE(session.events().size(), std::size_t {1});
        const Event event = session.events().front();
        QVERIFY(std::abs(event.at_ms - 500.0) < 5.0);
        QCOMPARE(event.path, std::string("drive"));
        QCOMPARE(session.panel.list()->currentRow(), 0);
        session.undo.undo();
        QVERIFY(session.engineHas({}));
        session.undo.redo();
        QVERIFY(session.engineHas({event}));
    }

    void exact_values_are_typed()
    {
        Session session(neuron({early, late}));
        QVERIFY(session.running);
        session.panel.list()->setCurrentRow(1);
        QCOMPARE(session.panel.timeBox()->value(), engine::core::Value(600.0));
        session.type(*session.panel.valueBox(), "123.5");
        QVERIFY(session.engineHas({early, {600.0, "drive", 123.5}}));
        // Earlier than the other one: it stays the chosen one.
        session.type(*session.panel.timeBox(), "100");
        QVERIFY(session.engineHas({{100.0, "drive", 123.5}, early}));
        QCOMPARE(session.panel.list()->currentRow(), 0);
        QLineEdit* path = session.panel.pathBox()->lineEdit();
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, "populations/n/params/t_ref");
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_COMPARE(session.events().front().path, std::string("populations/n/params/t_ref"));
        QCOMPARE(session.events().front().value, engine::core::Value(2.0)); // what it is
    }

    void what_cannot_be_is_said_and_changes_nothing()
    {
        Session session(neuron({early}));
        QVERIFY(session.running);
        QLineEdit* path = session.panel.pathBox()->lineEdit();
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, "simulation/dt");
        QTest::keyClick(path, Qt::Key_Return);
        session.type(*session.panel.valueBox(), "0.05");
        QVERIFY2(session.panel.message().contains(QStringLiteral("rebuild")),
            qPrintable(session.panel.message()));
        session.undo.undo();
        QVERIFY(session.engineHas({early}));
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, "drivel");
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY(session.panel.message().contains(QStringLiteral("drivel")));
        QVERIFY(session.engineHas({early}));
    }

    void dragging_an_event_is_one_step_of_undo()
    {
        Session session(neuron({early, late}));
        QVERIFY(session.running);
        ui::EventTimeline& timeline = session.panel.timeline();
        const QPoint from = timeline.flagOf(0).center();
        // Past the other one.
        const int way = qRound(timeline.pixelOf(800.0) - timeline.pixelOf(300.0));
        session.drag(from, from + QPoint(way, 0));
        QTRY_COMPARE(session.events().back().value, engine::core::Value(700.0));
        QVERIFY(std::abs(session.events().back().at_ms - 800.0) < 5.0);
        QCOMPARE(session.events().front(), late);
        QCOMPARE(session.undo.count(), 1);
        QCOMPARE(session.panel.list()->currentRow(), 1);
        session.undo.undo();
        QVERIFY(session.engineHas({early, late}));
    }

    void edges_of_stimuli_are_dragged_too()
    {
        PresetDocument document = neuron({early});
        document = with(document, "stimuli/noise/stop", 500.0);
        Session session(document);
        QVERIFY(session.running);
        ui::EventTimeline& timeline = session.panel.timeline();
        const auto edge = std::find_if(
            timeline.edges().begin(), timeline.edges().end(), [](const ui::StimulusHandle& handle) {
                return handle.stimulus == 1 && handle.t_ms == 500.0;
            });
        QVERIFY(edge != timeline.edges().end());
        const QPoint from = timeline.pixelOf(*edge);
        session.drag(
            from, from + QPoint(qRound(timeline.pixelOf(700.0) - timeline.pixelOf(500.0)), 0));
        QTRY_VERIFY(
            std::abs(
                session.bridge.document()->experiment().stimuli[1].stop_ms.value_or(0.0) - 700.0)
            < 5.0);
        QCOMPARE(session.undo.count(), 1);
        QCOMPARE(session.events(), (std::vector<Event> {early}));
    }

    void keys_choose_move_and_remove()
    {
        Session session(neuron({early, late}));
        QVERIFY(session.running);
        ui::EventTimeline& timeline = session.panel.timeline();
        QTest::keyClick(&timeline, Qt::Key_Down);
        QCOMPARE(session.panel.list()->currentRow(), 1);
        QTest::keyClick(&timeline, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(session.engineHas({early, {600.1, "drive", 200.0}})); // a step of dt
        QTest::keyClick(&timeline, Qt::Key_Delete);
        QVERIFY(session.engineHas({early}));
        session.panel.removeButton()->click();
        QVERIFY(session.engineHas({}));
        QVERIFY(!session.panel.removeButton()->isEnabled());
        QVERIFY(!session.panel.valueBox()->isEnabled());
        session.panel.addButton()->click();
        QTRY_COMPARE(session.events().size(), std::size_t {1});
    }

    void the_wheel_widens_and_the_mouse_moves_the_view()
    {
        Session session(neuron({early}));
        QVERIFY(session.running);
        ui::EventTimeline& timeline = session.panel.timeline();
        const double shown = timeline.timeAt(timeline.width());
        const QPointF middle(timeline.width() / 2.0, timeline.height() / 2.0);
        const double under = timeline.timeAt(middle.x());
        QWheelEvent wheel(middle, timeline.mapToGlobal(middle), {}, {0, 240}, Qt::NoButton, {},
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(&timeline, &wheel);
        QVERIFY(timeline.timeAt(timeline.width()) < shown);
        QVERIFY(std::abs(timeline.timeAt(middle.x()) - under) < 1e-6);
        session.drag({500, timeline.height() - 3}, {450, timeline.height() - 3});
        QVERIFY(timeline.timeAt(middle.x()) > under);
        QTest::keyClick(&timeline, Qt::Key_Home);
        QCOMPARE(timeline.timeAt(timeline.width()), shown);
    }

    void an_event_that_acts_is_no_change_of_the_preset()
    {
        Session session(neuron());
        QVERIFY(session.running);
        const ui::OpenedPreset& opened = session.opened;
        QVERIFY(opened.working());
        session.panel.addButton()->click();
        const double soon = session.bridge.status().t_ms + 5.0;
        session.type(*session.panel.timeBox(), std::to_string(soon).c_str());
        session.type(*session.panel.valueBox(), "640");
        const auto drive = [](const std::optional<PresetDocument>& document) {
            return std::get<double>(*document->value("drive"));
        };
        QTRY_COMPARE_WITH_TIMEOUT(drive(session.bridge.document()), 640.0, 20000);
        QTRY_COMPARE(opened.working()->experiment().events.size(), std::size_t {1});
        QCOMPARE(drive(opened.working()), 500.0);
        // Taken away after it has acted: what it did is undone with the next sweep.
        session.panel.removeButton()->click();
        QTRY_VERIFY(opened.working()->experiment().events.empty());
        QCOMPARE(drive(opened.working()), 500.0);
        session.bridge.post(engine::ResetState {});
        QTRY_COMPARE(drive(session.bridge.document()), 500.0);
    }
};

QTEST_MAIN(TestEventsPanel)
#include "tst_events_panel.moc"
