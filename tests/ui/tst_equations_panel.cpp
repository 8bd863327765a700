#include "engine/config/dependents.hpp"
#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/equations/equations_panel.hpp"
#include "ui/equations/equations_view.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"

#include <QComboBox>
#include <QUndoStack>
#include <QtTest>

#include <algorithm>

using engine::config::Dependents;
using engine::config::dependents;

namespace {

/// All pieces of text, from above to below and from left to right.
QString textOf(const ui::EquationsPage& page)
{
    QString out;
    for (const ui::Ink& ink : page.all.inks) {
        out += ink.text;
    }
    return out;
}

double constant(std::size_t, engine::core::Step) { return -61.5; }

} // namespace

class TestEquationsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_variable_is_followed_to_what_it_feeds()
    {
        const auto preset = frames::document(R"({"format": "spikescope-preset", "version": 1,
          "id": "v", "title": "V",
          "variables": {"tau": {"value": 20}, "J": {"value": 0.2}, "drive": {"value": 300},
                        "unused": {"value": 1}, "n": {"value": 1}},
          "simulation": {"dt": 0.1, "duration": 100},
          "populations": [
            {"name": "E", "size": "n", "model": "iaf_psc_delta",
             "params": {"tau_m": "tau", "C_m": "10 * tau"}},
            {"name": "I", "size": 1, "model": "iaf_psc_delta",
             "params": {"t_ref": "tau > 15 ? 2 : 1"}}],
          "projections": [{"source": "E", "target": "I", "rule": {"rule": "all_to_all"},
                           "weight": "J", "delay": 1.5}],
          "stimuli": [{"type": "dc", "target": "E", "amplitude": "drive"}]})");
        QCOMPARE(dependents(preset, "tau", 0).params, (std::set<std::string> {"C_m", "tau_m"}));
        QVERIFY(dependents(preset, "J", 0) == Dependents {});
        QVERIFY(dependents(preset, "J", 1).weight);
        QVERIFY(dependents(preset, "drive", 0).current);
        QVERIFY(!dependents(preset, "drive", 1).current);
        QVERIFY(dependents(preset, "unused", 0) == Dependents {});
        QVERIFY(dependents(preset, "n", 0) == Dependents {});
        QVERIFY(dependents(preset, "simulation/dt", 0).dt);
        QVERIFY(dependents(preset, "stimuli/0/amplitude", 0).current);
        QCOMPARE(dependents(preset, "populations/E/params/tau_m", 0).params,
            std::set<std::string> {"tau_m"});
        QVERIFY(dependents(preset, "populations/E/params/tau_m", 1) == Dependents {});
    }

    void symbols_numbers_and_present_values_are_shown()
    {
        ui::EngineBridge bridge;
        ui::EquationsPanel panel(bridge);
        panel.resize(400, 600);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        // V_m and I as they are recorded in turn.
        frames::Sweep sweep(frames::document(frames::neuron), 1, 0,
            [](std::size_t column, engine::core::Step) { return column == 0 ? -61.5 : 400.0; });
        bridge.deliver(sweep.next(10));
        const QString text = textOf(panel.view().page());
        QVERIFY2(text.contains(QStringLiteral("dVdt=\u2212V\u2212EL\u03c4m+I+IeCm")),
            qPrintable(text)); // (V - E_L) / tau_m without the parentheses of one line
        QVERIFY(text.contains(QStringLiteral("V+70mV10ms"))); // E_L = -70, tau_m = 10
        QVERIFY(text.contains(QStringLiteral("I+0pA250pF")));
        // -(-61.5 + 70) / 10 + 400 / 250
        QVERIFY2(text.contains(QStringLiteral("=0.750 mV/ms")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("V=\u221261.50 mV")));
        QVERIFY(text.contains(QStringLiteral("\u2265Vth=\u221250mV"))); // the preset's V_th
    }

    void an_equation_is_held_while_the_neuron_is_refractory()
    {
        ui::EngineBridge bridge;
        ui::EquationsPanel panel(bridge);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        frames::Sweep sweep(frames::document(frames::neuron), 1, 0, constant);
        sweep.spike(100, 0, 0);
        const auto deliver = [&](engine::core::Step to) {
            engine::Frame frame = sweep.next(to);
            frame.status.state = engine::RunState::paused; // shown at once
            bridge.deliver(frame);
            return textOf(panel.view().page()).contains(QStringLiteral("heldafterthespike"));
        };
        QVERIFY(!deliver(99));
        QVERIFY(deliver(110));
        QVERIFY(deliver(119));
        QVERIFY(!deliver(121)); // t_ref = 2 ms
    }

    void a_slider_marks_its_terms_and_they_fade()
    {
        ui::EngineBridge bridge;
        QUndoStack undo;
        ui::EquationsPanel panel(bridge);
        ui::ParameterPanel parameters(bridge, undo);
        connect(&parameters, &ui::ParameterPanel::attended, &panel, &ui::EquationsPanel::attend);
        parameters.show();
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        bridge.deliver(frames::Sweep(shippedPreset("izh2003-rs"), 1, 0, constant).next(1));
        ui::ParameterRow* row = parameters.row("populations/n/params/d");
        if (row == nullptr) { // driven by a variable of the preset
            row = parameters.rows().front();
        }
        const auto fed = dependents(*bridge.document(), row->path(), 0);
        QVERIFY(!fed.params.empty() || fed.current);
        const QString name = fed.params.empty() ? "I" : QString::fromStdString(*fed.params.begin());
        QCOMPARE(panel.view().attention(name), 0.0);
        QEnterEvent enter({1.0, 1.0}, {1.0, 1.0}, {1.0, 1.0});
        QApplication::sendEvent(row, &enter);
        QCOMPARE(panel.view().attention(name), 1.0);
        QTest::qWait(200);
        QCOMPARE(panel.view().attention(name), 1.0); // as long as it is pointed at
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(row, &leave);
        QTRY_COMPARE(panel.view().attention(name), 0.0);
    }

    void what_is_marked_comes_into_view()
    {
        ui::EngineBridge bridge;
        ui::EquationsPanel panel(bridge);
        panel.resize(330, 200);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        bridge.deliver(frames::Sweep(shippedPreset("izh2003-rs"), 1, 0, constant).next(1));
        const auto seen = [&] {
            const auto marked = panel.view().markedTerms();
            const QRect inView = panel.view().visibleRegion().boundingRect();
            return std::any_of(marked.begin(), marked.end(),
                [&](const QRect& rect) { return inView.intersects(rect); });
        };
        QTRY_VERIFY(panel.view().visibleRegion().boundingRect().height() < 250);
        panel.attend("populations/n/params/integrator"); // far below
        QTRY_VERIFY(seen());
        panel.attend("populations/n/params/k0"); // and back
        QTRY_VERIFY(seen());
        panel.attend({});
        QVERIFY(panel.view().markedTerms().isEmpty());
    }

    void a_click_on_a_symbol_leads_to_its_slider()
    {
        ui::EngineBridge bridge;
        QUndoStack undo;
        ui::EquationsPanel panel(bridge);
        ui::ParameterPanel parameters(bridge, undo);
        connect(
            &panel, &ui::EquationsPanel::parameterWanted, &parameters, &ui::ParameterPanel::reveal);
        panel.resize(500, 700);
        panel.show();
        parameters.show();
        parameters.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&parameters));
        bridge.deliver(frames::Sweep(frames::document(frames::neuron), 1, 0, constant).next(1));
        const auto& inks = panel.view().page().all.inks;
        const auto ink = std::find_if(inks.begin(), inks.end(),
            [](const ui::Ink& it) { return it.symbol == QStringLiteral("C_m"); });
        QVERIFY(ink != inks.end());
        const QPoint at(static_cast<int>(ink->at.x()) + 9, static_cast<int>(ink->at.y()) - 3);
        QCOMPARE(panel.view().symbolAt(at), QStringLiteral("C_m"));
        QTest::mouseClick(&panel.view(), Qt::LeftButton, {}, at);
        const ui::ParameterRow* row = parameters.row("populations/n/params/C_m");
        QVERIFY(row->slider()->hasFocus()); // C_m stands under "More"
        QVERIFY(row->isVisible());
    }

    void every_shipped_model_fits_its_width_data()
    {
        QTest::addColumn<QString>("id");
        for (const char* id : {"izh2003-rs", "izh2004-r", "lif-dc", "glif-lif-r-asc-a",
                 "glif-inh-positive", "brunel-ai-small"}) {
            QTest::addRow("%s", id) << id;
        }
    }
    void every_shipped_model_fits_its_width()
    {
        QFETCH(QString, id);
        ui::EngineBridge bridge;
        ui::EquationsPanel panel(bridge);
        panel.resize(330, 500); // the column at 1280 pixels
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        bridge.deliver(frames::Sweep(shippedPreset(id.toStdString()), 1, 0, constant).next(1));
        const ui::EquationsPage& page = panel.view().page();
        QVERIFY(page.all.inks.size() > 20);
        for (const ui::Ink& ink : page.all.inks) {
            const double right = ink.at.x() + QFontMetricsF(ink.font).horizontalAdvance(ink.text);
            QVERIFY2(right <= panel.view().width(), qPrintable(ink.text));
            QVERIFY(ink.at.y() > 0.0 && ink.at.y() < page.height);
        }
    }

    void a_network_has_a_choice_of_population()
    {
        ui::EngineBridge bridge;
        ui::EquationsPanel panel(bridge);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        bridge.deliver(frames::Sweep(frames::document(frames::network), 1, 0, constant).next(1));
        QCOMPARE(panel.choice().count(), 2);
        QVERIFY(panel.choice().isVisible());
        QVERIFY(panel.note().contains(QStringLiteral("neuron 0")));
        panel.choice().setCurrentIndex(1);
        Q_EMIT panel.choice().activated(1);
        QVERIFY(panel.note().contains(QStringLiteral("No trace"))); // I is not recorded
        panel.attend("g");
        QCOMPARE(panel.view().attention(QStringLiteral("w")), 0.0); // g scales what arrives at E
        panel.choice().setCurrentIndex(0);
        Q_EMIT panel.choice().activated(0);
        panel.attend("g");
        QCOMPARE(panel.view().attention(QStringLiteral("w")), 1.0);
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestEquationsPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_equations_panel.moc"
