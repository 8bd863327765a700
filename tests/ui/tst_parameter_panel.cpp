#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/widgets/group_box.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"
#include "ui/widgets/value_box.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <QUndoStack>

#include <cmath>

using engine::config::Adjustable;
using engine::core::Value;

namespace {

/// A window's parts around one running preset.
struct Session {
    explicit Session(const engine::config::PresetDocument& document)
        : panel(bridge, undo)
        , running(runPreset(bridge, document))
    {
    }

    double number(const std::string& path) const
    {
        const auto value = bridge.document()->value(path);
        return value && std::holds_alternative<double>(*value) ? std::get<double>(*value) : NAN;
    }

    ui::EngineBridge bridge;
    QUndoStack undo;
    ui::ParameterPanel panel;
    bool running;
};

void type(ui::ValueBox& box, const QString& text)
{
    auto* line = box.findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(&box, text); // the box has the focus for its line
    QTest::keyClick(&box, Qt::Key_Return);
}

/// The LIF neuron as fast as the processor allows, going on for ever.
engine::config::PresetDocument fastNeuron()
{
    return with(with(shippedPreset("lif-dc"), "simulation/at_end", std::string("continue")),
        "simulation/speed", std::string("max"));
}

} // namespace

class TestParameterPanel : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void rows_are_what_can_be_adjusted_data()
    {
        QTest::addColumn<QString>("id");
        const engine::config::PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        for (const auto& entry : library.entries()) {
            // Networks of full size take long to build; they have the rows of the small ones.
            if (library.open(entry.info.id).document->experiment().populations.front().size
                < 6000) {
                QTest::addRow("%s", entry.info.id.c_str()) << QString::fromStdString(entry.info.id);
            }
        }
    }

    void rows_are_what_can_be_adjusted()
    {
        QFETCH(QString, id);
        const auto document = shippedPreset(id.toStdString());
        const Session session(document);
        QVERIFY(session.running);
        const auto adjustables = engine::config::adjustables(document);
        const auto rows = session.panel.rows();
        QCOMPARE(rows.size(), adjustables.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i]->path(), adjustables[i].path);
            QCOMPARE(rows[i]->slider() != nullptr, adjustables[i].kind == Adjustable::Kind::number);
            QCOMPARE(rows[i]->flag() != nullptr, adjustables[i].kind == Adjustable::Kind::flag);
            QCOMPARE(rows[i]->choice() != nullptr, adjustables[i].kind == Adjustable::Kind::choice);
            if (const auto* number = std::get_if<double>(&adjustables[i].value)) {
                QCOMPARE(rows[i]->slider()->number(), *number);
            }
            QVERIFY(!rows[i]->isChanged());
        }
    }

    void moving_a_slider_changes_the_running_trace_and_is_logged()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        engine::core::Step lastSpike = 0;
        std::vector<engine::AppliedChange> changes;
        engine::core::Step now = 0;
        connect(
            &session.bridge, &ui::EngineBridge::frameReady, this, [&](const engine::Frame& frame) {
                changes.insert(changes.end(), frame.changes.begin(), frame.changes.end());
                lastSpike = frame.spikes.empty() ? lastSpike : frame.spikes.back().step;
                now = frame.to;
            });
        QTRY_VERIFY(lastSpike > 0);
        // Below 1 pA the asymptote stays below the threshold: 20 mV = 20 ms / 1 pF x 1 pA.
        ui::ParameterRow* row = session.panel.row("I");
        QVERIFY(row != nullptr);
        QTest::keyClick(row->slider(), Qt::Key_Home);
        QTRY_COMPARE(session.number("I"), 0.0);
        QTRY_COMPARE(changes.size(), 1U);
        QCOMPARE(changes.front().path, std::string("I"));
        QCOMPARE(std::get<double>(changes.front().before), 1.2);
        QCOMPARE(std::get<double>(changes.front().after), 0.0);
        const engine::core::Step changedAt = changes.front().step;
        QTRY_VERIFY(now > changedAt + 10000);
        QVERIFY(lastSpike <= changedAt + 1);
        const auto recording = session.bridge.recording();
        QVERIFY(recording);
        const auto& events = recording->as_run.experiment().events;
        QCOMPARE(events.size(), 1U);
        QCOMPARE(events.front().path, std::string("I"));
        QCOMPARE(events.front().at_ms, recording->grid.time_ms(changedAt));
    }

    void undo_and_redo_act_on_the_engine()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        ui::ParameterRow* row = session.panel.row("I");
        type(*row->box(), QStringLiteral("2.5"));
        QTRY_COMPARE(session.number("I"), 2.5);
        QVERIFY(row->isChanged());
        session.undo.undo();
        QTRY_COMPARE(session.number("I"), 1.2);
        QTRY_COMPARE(row->slider()->number(), 1.2);
        QVERIFY(!row->isChanged());
        session.undo.redo();
        QTRY_COMPARE(session.number("I"), 2.5);
    }

    void drag_acts_at_every_move_and_is_one_step_of_undo()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        session.panel.resize(340, 700);
        session.panel.show();
        ui::ParameterSlider* slider = session.panel.row("I")->slider();
        const int y = slider->height() / 2;
        QTest::mousePress(slider, Qt::LeftButton, {}, {slider->width() / 4, y});
        QTRY_COMPARE(session.number("I"), slider->number());
        QTest::mouseMove(slider, {slider->width() / 2, y});
        QTRY_COMPARE(session.number("I"), slider->number());
        const double middle = slider->number();
        QVERIFY(std::abs(middle - 2.0) < 0.3);
        QTest::mouseMove(slider, {slider->width() * 3 / 4, y});
        QVERIFY(slider->number() > middle);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() * 3 / 4, y});
        QTRY_COMPARE(session.number("I"), slider->number());
        QCOMPARE(session.undo.count(), 1);
        session.undo.undo();
        QTRY_COMPARE(session.number("I"), 1.2);
    }

    void typed_value_beyond_the_hard_limit_is_refused_with_the_reason()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        ui::ParameterRow* row = session.panel.row("populations/n/params/tau_m");
        QVERIFY(row != nullptr);
        type(*row->box(), QStringLiteral("-5"));
        QVERIFY2(row->problem().contains(QStringLiteral("-5")), qPrintable(row->problem()));
        QVERIFY2(row->problem().contains(QStringLiteral("> 0")), qPrintable(row->problem()));
        QCOMPARE(row->slider()->number(), 20.0);
        QCOMPARE(std::get<double>(row->box()->value()), 20.0);
        QCOMPARE(session.undo.count(), 0);
        type(*row->box(), QStringLiteral("500")); // beyond the track, not beyond the limit
        QTRY_COMPARE(session.number(row->path()), 500.0);
        QVERIFY(row->problem().isEmpty());
        QVERIFY(row->slider()->scale().maximum() >= 500.0);
    }

    void condition_between_parameters_is_said_in_the_row()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        ui::ParameterRow* row = session.panel.row("populations/n/params/V_reset");
        type(*row->box(), QStringLiteral("25")); // V_th is 20
        QVERIFY2(row->problem().contains(QStringLiteral("V_th")), qPrintable(row->problem()));
        QCOMPARE(row->slider()->number(), 10.0);
    }

    void choice_and_expression_reach_the_engine()
    {
        Session session(shippedPreset("izh2003-rs"));
        QVERIFY(session.running);
        ui::ParameterRow* integrator = session.panel.row("populations/n/params/integrator");
        QVERIFY(integrator != nullptr && integrator->choice() != nullptr);
        const int rk4 = integrator->choice()->findText(QStringLiteral("rk4"));
        integrator->choice()->setCurrentIndex(rk4);
        Q_EMIT integrator->choice()->activated(rk4);
        QTRY_COMPARE(std::get<std::string>(*session.bridge.document()->value(integrator->path())),
            std::string("rk4"));
        ui::ParameterRow* d = session.panel.row("populations/n/params/d");
        type(*d->box(), QStringLiteral("I / 2"));
        QTRY_COMPARE(session.number(d->path()), 5.0);
        QTRY_COMPARE(d->adjustable().expression, std::string("I / 2"));
    }

    void rows_stay_while_values_change()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        const auto before = session.panel.rows();
        type(*session.panel.row("I")->box(), QStringLiteral("2"));
        QTRY_COMPARE(session.number("I"), 2.0);
        QVERIFY(session.panel.rows() == before);
    }

    void reset_of_all_parameters_is_one_step_of_undo()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        type(*session.panel.row("I")->box(), QStringLiteral("2"));
        type(*session.panel.row("populations/n/params/t_ref")->box(), QStringLiteral("5"));
        QTRY_COMPARE(session.number("populations/n/params/t_ref"), 5.0);
        const int before = session.undo.count();
        session.panel.resetParameters();
        QTRY_COMPARE(session.number("populations/n/params/t_ref"), 2.0);
        QTRY_COMPARE(session.number("I"), 1.2);
        QCOMPARE(session.undo.count(), before + 1);
        session.undo.undo();
        QTRY_COMPARE(session.number("I"), 2.0);
        QTRY_COMPARE(session.number("populations/n/params/t_ref"), 5.0);
    }

    void rebuilding_row_acts_when_the_handle_is_let_go()
    {
        Session session(shippedPreset("net-pymonnto"));
        QVERIFY(session.running);
        session.panel.resize(340, 700);
        session.panel.show();
        ui::ParameterRow* rebuilding = nullptr;
        for (ui::ParameterRow* row : session.panel.rows()) {
            if (!row->adjustable().live && row->slider() != nullptr
                && row->adjustable().expression.empty()) {
                rebuilding = rebuilding == nullptr ? row : rebuilding;
            }
        }
        QVERIFY(rebuilding != nullptr);
        session.panel.searchField()->setText(QString::fromStdString(rebuilding->path()));
        const double before = session.number(rebuilding->path());
        ui::ParameterSlider* slider = rebuilding->slider();
        const int y = slider->height() / 2;
        QTest::mousePress(slider, Qt::LeftButton, {}, {slider->width() / 3, y});
        QTest::mouseMove(slider, {slider->width() / 2, y});
        QVERIFY(slider->number() != before);
        QCOMPARE(session.undo.count(), 0);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() / 2, y});
        QCOMPARE(session.undo.count(), 1);
        const double wanted = slider->number();
        QTRY_COMPARE_WITH_TIMEOUT(session.number(rebuilding->path()), wanted, 30000);
    }

    void search_leaves_the_rows_that_match()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        session.panel.show();
        session.panel.searchField()->setText(QStringLiteral("tau_m"));
        int visible = 0;
        for (const ui::ParameterRow* row : session.panel.rows()) {
            QCOMPARE(row->isVisible(), row->matches(QStringLiteral("tau_m")));
            visible += row->isVisible() ? 1 : 0;
        }
        QVERIFY(visible >= 1 && visible < static_cast<int>(session.panel.rows().size()));
    }

    void never_is_everything_hidden()
    {
        Session session(fastNeuron());
        QVERIFY(session.running);
        session.panel.show();
        int visible = 0;
        for (const ui::ParameterRow* row : session.panel.rows()) {
            QVERIFY(!row->adjustable().essential || row->isVisible());
            visible += row->isVisible() ? 1 : 0;
        }
        QVERIFY(visible > 0);
    }
};

QTEST_MAIN(TestParameterPanel)
#include "tst_parameter_panel.moc"
