// Stimuli edited where they are drawn and as exact values: what is dragged acts on the running
// neuron, is one step of undo, and is what the saved preset says.

#include "tests/support/preset_text.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/stimulus_editor.hpp"
#include "ui/panels/stimulus_form.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/stimulus_panel.hpp"
#include "ui/stimuli/drag_handle.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/value_box.hpp"

#include <QtWidgets>

#include <QtTest>

using engine::config::PresetDocument;

namespace {

PresetDocument neuron(const std::string& stimuli, const std::string& at_end = "repeat")
{
    return support::preset(
        R"({"dt": 0.1, "duration": 200, "speed": 1, "at_end": ")" + at_end + "\"}",
        R"("variables": {"I": {"value": 10}}, "populations": [{"name": "n", "size": 1, "model": "izhikevich"}],
           "stimuli": )"
            + stimuli);
}

const char* const everyType = R"([
    {"type": "dc", "label": "dc", "target": "n", "amplitude": "I", "start": 20, "stop": 120, "delay": 1},
    {"type": "step_current", "label": "steps", "target": "n", "times": [30, 60, 90], "amplitudes": [2, 4, 1]},
    {"type": "ramp", "label": "ramp", "target": "n", "to": 5, "start": 20, "stop": 120},
    {"type": "ramp", "label": "slope", "target": "n", "slope": 0.1, "start": 20},
    {"type": "pulses", "label": "pulses", "target": "n", "times": [30, 60], "width": 5, "amplitude": [3, 6]},
    {"type": "ac", "label": "ac", "target": "n", "amplitude": 2, "frequency": 20, "phase": 30, "offset": 1},
    {"type": "noise", "label": "noise", "target": "n", "mean": 1, "std": 2},
    {"type": "noise", "label": "uniform", "target": "n", "low": -1, "high": 2, "stop": 150},
    {"type": "poisson", "label": "poisson", "target": "n", "rate": 100, "weight": 2, "start": 10},
    {"type": "spike_train", "label": "train", "target": "n", "times": [60, 20], "weights": [1, 2]}])";

/// A plot area with its desk over a running engine.
struct Window {
    explicit Window(const PresetDocument& document)
        : desk(bridge, undo)
        , editor(desk)
        , area(bridge)
    {
        area.setStimulusDesk(&desk);
        area.resize(900, 700);
        area.show();
        running = runPreset(bridge, document);
        if (running) {
            running = QTest::qWaitFor(
                [&] { return area.stimuli() != nullptr && handleIsShown(); }, 10000);
        }
    }
    ~Window() { bridge.stop(); }

    bool handleIsShown() const
    {
        const QStringList ids = area.stimuli()->handleIds();
        return std::any_of(ids.begin(), ids.end(),
            [&](const QString& id) { return area.stimuli()->handle(id)->isVisible(); });
    }
    ui::DragHandle* handle(const char* id) const
    {
        return area.stimuli()->handle(QString::fromLatin1(id));
    }
    double number(const std::string& path) const
    {
        return std::get<double>(bridge.document()->value(path).value_or(0.0));
    }
    std::string text() const { return bridge.document()->text(); }
    void drag(const char* id, QPoint way) const
    {
        ui::DragHandle* at = handle(id);
        const QPoint from = at->mapToGlobal(at->rect().center());
        QTest::mousePress(at, Qt::LeftButton, {}, at->rect().center());
        for (int part = 1; part <= 4; ++part) {
            ui::DragHandle* now = handle(id);
            const QPoint to = from + way * part / 4;
            QMouseEvent move(
                QEvent::MouseMove, now->mapFromGlobal(to), to, Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(now, &move);
        }
        QTest::mouseRelease(handle(id), Qt::LeftButton, {}, {});
    }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::StimulusDesk desk;
    ui::StimulusEditor editor;
    ui::PlotArea area;
    bool running = false;
};

void type(ui::ValueBox& box, const char* text)
{
    box.setFocus();
    box.selectAll();
    QTest::keyClicks(&box, text);
    QTest::keyClick(&box, Qt::Key_Return);
}

} // namespace

class TestStimulusEditing : public QObject {
    Q_OBJECT

private:
    IsolatedSettings m_settings;

private Q_SLOTS:
    void a_handle_says_where_it_is_and_moving_it_there_changes_nothing()
    {
        const PresetDocument document = neuron(everyType);
        const ui::HandleView view {0.0, 200.0};
        int handles = 0;
        for (const auto& stimulus : engine::config::stimulus_views(document)) {
            for (const ui::StimulusHandle& handle : ui::stimulusHandles(document, stimulus, view)) {
                ++handles;
                const QByteArray id = handle.id.toUtf8();
                QVERIFY2(handle.setTime || handle.setValue, id);
                const auto verify = [&](const ui::HandleMove& move) {
                    const auto edit = engine::config::set_numbers(document, move.numbers);
                    QVERIFY2(edit.document, id);
                    const auto& was = document.experiment().stimuli[stimulus.index];
                    const auto& is = edit.document->experiment().stimuli[stimulus.index];
                    const bool ends = handle.id.endsWith(QStringLiteral("/stop")) && !was.stop_ms;
                    QVERIFY2(was == is || ends, id);
                    QVERIFY2(!move.label.isEmpty(), id);
                };
                if (handle.setTime) {
                    const double at = handle.shape == ui::StimulusHandle::Shape::level
                        ? 0.5 * (handle.t_ms + handle.end_ms)
                        : handle.t_ms;
                    verify(handle.setTime(at));
                }
                if (handle.setValue) {
                    verify(handle.setValue(handle.value));
                }
            }
        }
        QVERIFY(handles > 30);
    }

    void a_handle_keeps_to_the_grid_and_to_its_neighbours_wherever_it_is_moved()
    {
        const PresetDocument document = neuron(everyType);
        const ui::HandleView view {0.0, 200.0};
        for (const auto& stimulus : engine::config::stimulus_views(document)) {
            for (const ui::StimulusHandle& handle : ui::stimulusHandles(document, stimulus, view)) {
                for (const double t : {-50.0, 0.0, 0.04, 33.333, 59.99, 95.0, 1e6}) {
                    if (!handle.setTime) {
                        continue;
                    }
                    const auto edit
                        = engine::config::set_numbers(document, handle.setTime(t).numbers);
                    QVERIFY2(edit.document,
                        qPrintable(handle.id + QLatin1Char(' ') + QString::number(t)
                            + QLatin1Char(' ')
                            + QString::fromStdString(engine::core::text(edit.errors))));
                    QVERIFY2(edit.document->warnings().empty(), qPrintable(handle.id));
                }
            }
        }
    }

    void dragging_an_amplitude_acts_on_the_run_and_is_one_step_of_undo()
    {
        Window window(shippedPreset("izh2003-rs"));
        QVERIFY(window.running);
        const std::string before = window.text();
        window.drag("0/amplitude", {0, -30});
        QTRY_VERIFY(window.number("I") > 10.0); // the variable that it is
        QCOMPARE(window.undo.count(), 1);
        QTRY_COMPARE(window.text(), window.desk.document()->text()); // the last move has arrived
        const std::string after = window.text();
        window.undo.undo();
        QTRY_COMPARE(window.text(), before);
        window.undo.redo();
        QTRY_COMPARE(window.text(), after);
    }

    void dragging_an_edge_keeps_to_the_grid()
    {
        Window window(shippedPreset("izh2003-rs"));
        QVERIFY(window.running);
        window.drag("0/start", {40, 7});
        QTRY_VERIFY(window.number("stimuli/step/start") > 30.1);
        const engine::core::TimeGrid grid(0.1);
        QVERIFY(grid.on_grid(window.number("stimuli/step/start")));
        QVERIFY(window.bridge.document()->warnings().empty());
        QCOMPARE(window.undo.count(), 1);
    }

    void a_drag_that_is_given_up_leaves_nothing()
    {
        Window window(neuron(everyType));
        QVERIFY(window.running);
        const std::string before = window.text();
        ui::DragHandle* handle = window.handle("0/stop");
        const QPoint from = handle->mapToGlobal(handle->rect().center());
        QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
        const QPoint to = from + QPoint(30, 0);
        QMouseEvent move(
            QEvent::MouseMove, handle->mapFromGlobal(to), to, Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(handle, &move);
        QTRY_VERIFY(window.number("stimuli/dc/stop") > 120.0);
        QVERIFY(window.area.stimuli()->moveText().contains(QStringLiteral("ms")));
        QTest::keyClick(handle, Qt::Key_Escape);
        QTRY_COMPARE(window.text(), before);
        QCOMPARE(window.undo.count(), 0);
    }

    void handles_are_reached_and_moved_by_keys()
    {
        Window window(neuron(everyType));
        QVERIFY(window.running);
        for (const QString& id : window.area.stimuli()->handleIds()) {
            const ui::DragHandle* handle = window.area.stimuli()->handle(id);
            QVERIFY(handle->focusPolicy() & Qt::TabFocus);
            QVERIFY(!handle->accessibleName().isEmpty());
            QVERIFY(!handle->isVisible() || std::max(handle->width(), handle->height()) >= 8);
        }
        ui::DragHandle* onset = window.handle("4/times/0");
        onset->setFocus();
        QTest::keyClick(onset, Qt::Key_Right);
        QTest::keyClick(onset, Qt::Key_Right, Qt::ShiftModifier);
        QTRY_VERIFY(window.number("stimuli/pulses/times/0") > 30.1);
        QCOMPARE(window.undo.count(), 1); // keys that follow each other
        QTest::keyClick(window.handle("4/amplitude/1"), Qt::Key_Up);
        QTRY_VERIFY(window.number("stimuli/pulses/amplitude/1") > 6.0);
        QTest::keyClick(window.handle("4/times/0"), Qt::Key_Delete);
        QTRY_COMPARE(window.number("stimuli/pulses/times/0"), 60.0);
        QCOMPARE(window.undo.count(), 3);
        while (window.undo.canUndo()) {
            window.undo.undo();
        }
        QTRY_COMPARE(window.number("stimuli/pulses/times/0"), 30.0);
    }

    void what_is_added_while_it_runs_goes_on_without_a_new_session()
    {
        Window window(neuron("[]", "continue"));
        window.running = runPreset(window.bridge, neuron("[]", "continue"));
        QVERIFY(window.running);
        int sessions = 0;
        connect(&window.bridge, &ui::EngineBridge::sessionChanged, this, [&] { ++sessions; });
        QTRY_VERIFY(window.bridge.status().t_ms > 20.0);
        const QString refused = window.desk.apply(
            [](const PresetDocument& d) {
                return engine::config::add_stimulus(d, "dc", 0, 0.0, 1e7);
            },
            QStringLiteral("Add"));
        QCOMPARE(refused, QString());
        QTRY_COMPARE(window.bridge.document()->experiment().stimuli.size(), std::size_t {1});
        QTRY_VERIFY(window.area.stimuli()->handleIds().contains(QStringLiteral("0/amplitude")));
        const auto recording = window.bridge.recording();
        QVERIFY(recording);
        QCOMPARE(recording->as_run.experiment().events.size(), std::size_t {1});
        window.undo.undo();
        QTRY_COMPARE(window.bridge.document()->experiment().stimuli.size(), std::size_t {0});
        QCOMPARE(sessions, 0);
    }

    void exact_values_are_typed_and_what_is_wrong_is_said_at_the_field()
    {
        Window window(neuron(everyType));
        QVERIFY(window.running);
        QCOMPARE(window.editor.list()->count(), 10);
        window.editor.resize(360, 600);
        window.editor.show();
        window.editor.choose(4);
        const std::string width = "stimuli/pulses/width";
        type(*window.editor.form()->box(width), "7.5");
        QTRY_COMPARE(window.number(width), 7.5);
        type(*window.editor.form()->box(width), "40");
        QVERIFY2(window.editor.form()->problem(width).contains(QStringLiteral("must not overlap")),
            qPrintable(window.editor.form()->problem(width)));
        QCOMPARE(std::get<double>(window.editor.form()->box(width)->value()), 7.5);
        QCOMPARE(window.number(width), 7.5);
        type(*window.editor.form()->box(width), "I / 4");
        QTRY_COMPARE(window.number(width), 2.5);
        QCOMPARE(window.editor.form()->problem(width), QString());
        window.editor.choose(0);
        type(*window.editor.form()->box("stimuli/dc/stop"), "none");
        QTRY_VERIFY(!window.bridge.document()->experiment().stimuli[0].stop_ms);
    }

    void stimuli_are_added_duplicated_turned_and_removed_in_the_list()
    {
        Window window(neuron(everyType));
        QVERIFY(window.running);
        const std::string before = window.text();
        for (QAction* action : window.editor.addButton()->menu()->actions()) {
            action->trigger();
        }
        QCOMPARE(window.editor.list()->count(), 18);
        QCOMPARE(window.editor.list()->currentRow(), 17);
        QTest::mouseClick(window.editor.duplicateButton(), Qt::LeftButton);
        QCOMPARE(window.editor.list()->count(), 19);
        QTest::mouseClick(window.editor.removeButton(), Qt::LeftButton);
        QComboBox* types = window.editor.form()->typeField();
        types->setCurrentIndex(types->findData(QStringLiteral("ac")));
        Q_EMIT types->activated(types->currentIndex());
        QTRY_COMPARE(window.bridge.document()->experiment().stimuli.size(), std::size_t {18});
        QTRY_VERIFY(std::holds_alternative<engine::config::Ac>(
            window.bridge.document()->experiment().stimuli.back().source));
        while (window.undo.canUndo()) {
            window.undo.undo();
        }
        QTRY_COMPARE(window.text(), before);
    }

    void the_strip_can_be_hidden_and_the_panel_above_gets_the_time()
    {
        Window window(shippedPreset("izh2003-rs"));
        QVERIFY(window.running);
        const auto labels
            = [&](std::size_t i) { return window.area.panels().at(i)->xAxis->tickLabels(); };
        QVERIFY(labels(3) && !labels(2));
        window.area.stimuliAction()->setChecked(false);
        QVERIFY(!window.area.stimuli()->isVisible());
        QVERIFY(labels(2));
        window.area.stimuliAction()->setChecked(true);
        QVERIFY(window.area.stimuli()->isVisible());
        QVERIFY(labels(3) && !labels(2));
    }

    void a_network_has_no_strip()
    {
        Window window(shippedPreset("izh2003-rs"));
        QVERIFY(window.running);
        QVERIFY(runPreset(window.bridge, shippedPreset("net-pymonnto")));
        QVERIFY(window.area.stimuli() == nullptr);
    }
};

QTEST_MAIN(TestStimulusEditing)
#include "tst_stimulus_editing.moc"
