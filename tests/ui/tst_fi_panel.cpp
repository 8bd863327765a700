#include "engine/sweep/sweep.hpp"
#include "engine/sweep/table.hpp"
#include "engine/theory/lif.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/fi_controls.hpp"
#include "ui/panels/fi_panel.hpp"
#include "ui/plots/sweep_map_plot.hpp"
#include "ui/plots/sweep_plot.hpp"

#include <QAction>
#include <QComboBox>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <cmath>

using engine::config::PresetDocument;
using ui::SweepChoice;
using ui::SweepProtocol;
using ui::SweepSubject;

namespace {

constexpr int patience = 240000; // sweeps give way to everything else on the machine

/// A window's parts around one running preset.
struct Session {
    explicit Session(const PresetDocument& document)
        : panel(bridge, undo)
    {
        panel.resize(420, 420);
        panel.show();
        running = runPreset(bridge, document) && QTest::qWaitForWindowExposed(&panel);
    }
    bool settled()
    {
        return QTest::qWaitFor([&] { return !panel.busy() && !panel.isStale(); }, patience);
    }
    double number(const std::string& path) const
    {
        return std::get<double>(*bridge.document()->value(path));
    }
    void choose(QComboBox& box, const char* path)
    {
        box.setCurrentIndex(box.findData(QString(path)));
        Q_EMIT box.activated(box.currentIndex());
    }
    void set(const std::string& path, double value)
    {
        bridge.post(engine::SetValues {{{path, value}}});
        QVERIFY(QTest::qWaitFor([&] { return number(path) == value; }, patience));
    }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::FiPanel panel;
    bool running = false;
};

} // namespace

class TestFiPanel : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void the_current_of_every_neuron_is_the_first_axis_data()
    {
        QTest::addColumn<QString>("id");
        const engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        for (const auto& entry : library.entries()) {
            QTest::addRow("%s", entry.info.id.c_str()) << QString::fromStdString(entry.info.id);
        }
    }
    void the_current_of_every_neuron_is_the_first_axis()
    {
        QFETCH(QString, id);
        const PresetDocument document = shippedPreset(id.toStdString());
        const bool neuron = SweepSubject::isNeuron(document);
        const SweepSubject subject(
            document, neuron ? SweepProtocol::constantCurrent : SweepProtocol::ownStimuli);
        QVERIFY(!subject.choices().empty());
        QStringList names;
        for (const SweepChoice& choice : subject.choices()) {
            QVERIFY2(!names.contains(choice.title() + choice.row.group.c_str()),
                qPrintable(choice.title()));
            names += choice.title() + choice.row.group.c_str();
            QVERIFY(choice.low < choice.high);
            QVERIFY(choice.low <= choice.now() && choice.now() <= choice.high);
            // What it sets exists in what is run and in the preset.
            QVERIFY(document.value(choice.row.path).has_value());
            engine::sweep::check(subject.request(choice, nullptr));
        }
        QCOMPARE(subject.choices().front().isCurrent, neuron);
        // Noise makes it fire anywhere; R adapts to any constant current, S and T are excited by
        // inhibition.
        const QStringList unusual {
            "lif-noise", "izh2004-r", "izh2004-s", "izh2004-t", "izh2004-t-robust"};
        if (neuron && !unusual.contains(id)) {
            // The range shows silence and firing.
            const auto request = subject.request(subject.choices().front(), nullptr);
            engine::core::Progress progress;
            const auto at = [&](std::size_t cell) {
                return engine::sweep::compute(request, cell, progress).train.rate_Hz;
            };
            QCOMPARE(at(0), 0.0);
            double most = 0.0;
            for (std::size_t cell = 20; cell < request.cells(); cell += 20) {
                most = std::max(most, at(cell));
            }
            QVERIFY2(most > 5.0, qPrintable(id));
        }
    }

    void a_curve_appears_with_theory_and_words()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        const ui::SweepCurve& curve = session.panel.plot().curve();
        QVERIFY(curve.points.size() > 90); // with the closer look at the onset
        QCOMPARE(curve.rheobase, std::optional(1.0));
        for (const ui::SweepPoint& point : curve.points) {
            const double expected
                = engine::theory::lif_rate_Hz(point.value, 1.0, {20.0, 20.0, 10.0, 2.0});
            // Up to one step of every interval.
            const double tolerance = 1e-4 * expected * expected + 1e-9;
            QVERIFY(point.rate_Hz <= expected + 1e-9 && point.rate_Hz >= expected - tolerance);
        }
        QVERIFY2(session.panel.words().contains("Rheobase 1 to 1.00"),
            qPrintable(session.panel.words()));
        QVERIFY(session.panel.words().contains("Now 1.2 pA: 36.9 Hz."));
        QVERIFY(session.panel.words().contains("Gain"));
    }

    void the_csv_is_what_the_command_line_writes()
    {
        Session session(shippedPreset("izh2003-rs"));
        session.choose(session.panel.controls().xBox(), "populations/n/params/d");
        QComboBox& protocol = session.panel.controls().protocolBox();
        protocol.setCurrentIndex(protocol.findData(static_cast<int>(SweepProtocol::ownStimuli)));
        Q_EMIT protocol.activated(protocol.currentIndex());
        QVERIFY(session.settled());
        const QStringList rows
            = QString::fromStdString(session.panel.csv()).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 82);
        const double d = rows.last().section(',', 0, 0).toDouble();
        const engine::sweep::Request same {shippedPreset("izh2003-rs"),
            {{"populations/n/params/d", {d}}},
            {{engine::config::Quantity::rate, 0, {}, {}},
                {engine::config::Quantity::first_spike, 0, {}, {}}}};
        engine::core::Progress progress;
        const auto cell = engine::sweep::compute(same, 0, progress);
        QCOMPARE(rows.last().section(',', 1, 1).toDouble(), *cell.measured[0].value);
        QCOMPARE(rows.last().section(',', 2, 2).toDouble(), *cell.measured[1].value);
        // And so is the curve.
        QCOMPARE(session.panel.plot().curve().points.back().rate_Hz, *cell.measured[0].value);
    }

    void the_working_point_is_dragged_along_the_curve_as_one_step()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        ui::SweepPlot& plot = session.panel.plot();
        const QPoint from = plot.workingPixel();
        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 5; ++i) {
            QTest::mouseMove(&plot, from + QPoint(12 * i, 0));
        }
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, from + QPoint(60, 0));
        QTRY_VERIFY_WITH_TIMEOUT(session.number("I") > 1.5, patience);
        QCOMPARE(session.undo.count(), 1);
        // The curve is the same one: nothing is computed, the point rides on it.
        QVERIFY(!session.panel.isStale());
        QVERIFY(session.panel.earlier().empty());
        QTRY_VERIFY_WITH_TIMEOUT(
            std::abs(plot.workingPixel().x() - (from.x() + 60)) <= 3, patience);
        session.undo.undo();
        QTRY_COMPARE_WITH_TIMEOUT(session.number("I"), 1.2, patience);
    }

    void arrow_keys_move_the_working_point()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        QTest::keyClick(&session.panel.plot(), Qt::Key_Right);
        QTRY_VERIFY_WITH_TIMEOUT(session.number("I") > 1.2, patience);
        QVERIFY(session.number("I") < 1.5);
    }

    void other_parameters_leave_earlier_curves_at_most_three()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        const double before = session.panel.plot().curve().points.back().rate_Hz;
        for (int i = 1; i <= 5; ++i) {
            session.set("populations/n/params/t_ref", 2.0 + i);
            QVERIFY(session.settled());
            QVERIFY(session.panel.plot().curve().points.back().rate_Hz < before);
            QCOMPARE(static_cast<int>(session.panel.earlier().size()), std::min(i, 3));
        }
        QVERIFY(session.panel.earlier()[0].points.back().rate_Hz
            < session.panel.earlier()[2].points.back().rate_Hz);
        // Another axis cannot be compared.
        session.choose(session.panel.controls().xBox(), "populations/n/params/tau_m");
        QVERIFY(session.settled());
        QVERIFY(session.panel.earlier().empty());
    }

    void a_hidden_panel_computes_nothing_and_catches_up()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        const double before = session.panel.plot().curve().points.back().rate_Hz;
        session.panel.hide();
        session.set("populations/n/params/t_ref", 6.0);
        QTest::qWait(400); // longer than it waits for idleness
        QVERIFY(!session.panel.busy());
        session.panel.show();
        QTRY_VERIFY_WITH_TIMEOUT(
            session.panel.plot().curve().points.back().rate_Hz < before - 10.0, patience);
    }

    void two_axes_make_a_map_of_rate_or_cv()
    {
        Session session(shippedPreset("izh2003-rs"));
        QVERIFY(session.running);
        session.choose(session.panel.controls().yBox(), "populations/n/params/d");
        QVERIFY(session.settled());
        QVERIFY(session.panel.map().isVisible());
        QCOMPARE(session.panel.csv().find("I,populations/n/params/d,rate_Hz"), std::size_t {0});
        const QPoint middle = session.panel.map().axisRect()->center();
        QVERIFY2(session.panel.map().textAt(middle).contains("Rate [Hz]"),
            qPrintable(session.panel.map().textAt(middle)));
        QComboBox& quantity = session.panel.controls().quantityBox();
        quantity.setCurrentIndex(1);
        Q_EMIT quantity.activated(1);
        QVERIFY(session.panel.map().textAt(middle).contains("CV"));
        QVERIFY(session.panel.words().contains("Now"));
    }

    void intervals_make_a_bifurcation_diagram()
    {
        Session session(shippedPreset("izh2003-ch"));
        QVERIFY(session.running && session.settled());
        session.panel.controls().intervalsAction().setChecked(true);
        session.panel.controls().latencyAction().setChecked(true);
        // Chattering: short intervals inside bursts and long ones between them.
        const auto& points = session.panel.plot().curve().points;
        const auto now = std::find_if(
            points.begin(), points.end(), [](const auto& point) { return point.value >= 10.0; });
        QVERIFY(now != points.end());
        const auto [low, high]
            = std::minmax_element(now->intervals_ms.begin(), now->intervals_ms.end());
        QVERIFY(*high > 3.0 * *low);
        QCOMPARE(session.panel.plot().axisRectCount(), 2);
        session.panel.controls().intervalsAction().setChecked(false);
        session.panel.controls().latencyAction().setChecked(false);
        QCOMPARE(session.panel.plot().axisRectCount(), 1);
        QCOMPARE(session.panel.plot().xAxis->label(), QString("Input current"));
    }

    void a_network_is_computed_on_demand_and_can_be_cancelled()
    {
        Session session(shippedPreset("brunel-ai-small"));
        QVERIFY(session.running);
        QTRY_VERIFY(session.panel.words().contains("press Compute"));
        QTest::qWait(400);
        QVERIFY(!session.panel.busy());
        QVERIFY(session.panel.controls().protocol() == SweepProtocol::ownStimuli);
        session.panel.controls().button().click();
        QVERIFY(session.panel.busy());
        session.panel.controls().button().click();
        QVERIFY(!session.panel.busy());
    }

    void another_preset_begins_anew()
    {
        Session session(shippedPreset("lif-dc"));
        QVERIFY(session.running && session.settled());
        QVERIFY(runPreset(session.bridge, shippedPreset("izh2003-rs")));
        QVERIFY(session.settled());
        QCOMPARE(session.panel.plot().curve().points.front().value, 0.0);
        QCOMPARE(session.panel.plot().curve().points.back().value, 30.0);
        QVERIFY(session.panel.earlier().empty());
        QVERIFY(session.panel.words().contains("Rest ends at 3.797 (theory)"));
    }
};

QTEST_MAIN(TestFiPanel)
#include "tst_fi_panel.moc"
