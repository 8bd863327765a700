#include "ui/widgets/message_bar.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"
#include "ui/widgets/value_box.hpp"
#include "ui/widgets/value_scale.hpp"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using engine::config::Adjustable;
using engine::core::Value;
using ui::ParameterSlider;
using ui::ValueScale;

namespace {

Adjustable timeConstant()
{
    Adjustable a;
    a.path = "populations/n/params/tau_m";
    a.label = "tau_m";
    a.meaning = "Membrane time constant";
    a.unit = "ms";
    a.group = "Membrane";
    a.value = 10.0;
    a.default_value = 10.0;
    a.limits.min = engine::models::Bound {0.0, false};
    a.slider_min = 1.0;
    a.slider_max = 100.0;
    return a;
}

QPoint handleOf(QSlider& slider)
{
    QStyleOptionSlider option;
    option.initFrom(&slider);
    option.minimum = slider.minimum();
    option.maximum = slider.maximum();
    option.sliderPosition = slider.sliderPosition();
    option.sliderValue = slider.value();
    option.orientation = Qt::Horizontal;
    option.subControls = QStyle::SC_All;
    return slider.style()
        ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
        .center();
}

void turnWheel(QWidget& widget)
{
    const QPointF at(widget.rect().center());
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
        Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class TestParameterWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void position_and_value_are_inverse_data()
    {
        QTest::addColumn<double>("minimum");
        QTest::addColumn<double>("maximum");
        QTest::addColumn<bool>("logarithmic");
        QTest::addRow("linear around zero") << -90.0 << 40.0 << false;
        QTest::addRow("small linear") << 0.0 << 0.1 << false;
        QTest::addRow("logarithmic over five decades") << 0.01 << 1000.0 << true;
    }

    void position_and_value_are_inverse()
    {
        QFETCH(double, minimum);
        QFETCH(double, maximum);
        QFETCH(bool, logarithmic);
        const ValueScale scale(minimum, maximum, logarithmic, false);
        QCOMPARE(scale.value(0.0), minimum);
        QCOMPARE(scale.value(1.0), maximum);
        for (double p = 0.0; p <= 1.0; p += 0.01) {
            const double value = scale.value(p);
            QVERIFY(value >= minimum && value <= maximum);
            // Values are rounded: a 500th of the track, or three digits.
            QVERIFY(std::abs(scale.position(value) - p) < 1.0 / 400.0);
        }
    }

    void logarithmic_middle_is_the_geometric_mean()
    {
        QCOMPARE(ValueScale(0.1, 10.0, true, false).value(0.5), 1.0);
    }

    void values_have_few_digits()
    {
        const ValueScale scale(0.0, 10.0, false, false);
        for (double p = 0.0; p <= 1.0; p += 0.001) {
            const std::string text = engine::core::number_text(scale.value(p));
            QVERIFY2(text.size() <= 4, text.c_str()); // 9.99
        }
    }

    void steps_up_and_down_lead_back_data()
    {
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<bool>("integer");
        QTest::addRow("linear") << false << false;
        QTest::addRow("logarithmic") << true << false;
        QTest::addRow("whole numbers") << false << true;
        QTest::addRow("whole numbers, logarithmic") << true << true;
    }

    void steps_up_and_down_lead_back()
    {
        QFETCH(bool, logarithmic);
        QFETCH(bool, integer);
        const ValueScale scale(1.0, 1000.0, logarithmic, integer);
        double value = 100.0;
        for (int i = 0; i < 5; ++i) {
            const double up = scale.stepped(value, 1);
            QVERIFY(up > value);
            const double back = scale.stepped(up, -1);
            QVERIFY(back < up);
            QVERIFY(std::abs(back - value) <= 0.011 * value);
            QVERIFY(!integer || up == std::round(up));
            value = up;
        }
        QCOMPARE(scale.stepped(value, 0), value);
    }

    void ten_linear_steps_are_one_page()
    {
        const ValueScale scale(0.0, 10.0, false, false);
        double value = 3.0;
        for (int i = 0; i < 10; ++i) {
            value = scale.stepped(value, 1);
        }
        QCOMPARE(value, scale.stepped(3.0, 10));
    }

    void click_on_the_track_takes_the_handle_there()
    {
        ParameterSlider slider;
        slider.resize(300, 24);
        slider.setScale({0.0, 10.0, false, false});
        slider.setNumber(0.0);
        const QSignalSpy moved(&slider, &ParameterSlider::numberMoved);
        QTest::mouseClick(&slider, Qt::LeftButton, {}, {150, 12});
        QCOMPARE(moved.count(), 1);
        QVERIFY(std::abs(slider.number() - 5.0) < 0.1);
    }

    void drag_says_where_it_begins_and_ends()
    {
        ParameterSlider slider;
        slider.resize(300, 24);
        slider.setScale({0.0, 10.0, false, false});
        slider.setNumber(2.0);
        const QSignalSpy started(&slider, &ParameterSlider::dragStarted);
        const QSignalSpy ended(&slider, &ParameterSlider::dragFinished);
        const QSignalSpy moved(&slider, &ParameterSlider::numberMoved);
        const QPoint from = handleOf(slider);
        QTest::mousePress(&slider, Qt::LeftButton, {}, from);
        QVERIFY(slider.isDragging());
        for (int x = 10; x <= 100; x += 10) {
            QTest::mouseMove(&slider, from + QPoint(x, 0));
        }
        slider.setNumber(0.0); // what the engine says meanwhile does not tear the handle away
        QVERIFY(slider.sliderPosition() > slider.maximum() / 3);
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, from + QPoint(100, 0));
        QCOMPARE(started.count(), 1);
        QCOMPARE(ended.count(), 1);
        QVERIFY(moved.count() >= 5);
    }

    void keys_go_one_step_and_ten()
    {
        ParameterSlider slider;
        slider.setScale({0.0, 10.0, false, false});
        slider.setNumber(5.0);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(slider.number(), 5.1);
        QTest::keyClick(&slider, Qt::Key_PageUp);
        QCOMPARE(slider.number(), 6.1);
        QTest::keyClick(&slider, Qt::Key_Home);
        QCOMPARE(slider.number(), 0.0);
        QTest::keyClick(&slider, Qt::Key_Left);
        QCOMPARE(slider.number(), 0.0);
        QTest::keyClick(&slider, Qt::Key_End);
        QCOMPARE(slider.number(), 10.0);
    }

    void wheel_acts_only_with_the_focus()
    {
        QWidget window;
        ParameterSlider slider(&window);
        QLineEdit other(&window);
        slider.setScale({0.0, 10.0, false, false});
        slider.setNumber(5.0);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        other.setFocus();
        QTRY_VERIFY(other.hasFocus());
        turnWheel(slider);
        QCOMPARE(slider.number(), 5.0);
        slider.setFocus();
        turnWheel(slider);
        QCOMPARE(slider.number(), 5.1);
    }

    void box_takes_numbers_with_unit_point_or_comma_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("number");
        QTest::addRow("plain") << "12.5" << 12.5;
        QTest::addRow("with unit") << "12.5 ms" << 12.5;
        QTest::addRow("comma") << "12,5" << 12.5;
        QTest::addRow("exponent") << "1e-3" << 0.001;
    }

    void box_takes_numbers_with_unit_point_or_comma()
    {
        QFETCH(QString, typed);
        QFETCH(double, number);
        ui::ValueBox box;
        box.setUnit(QStringLiteral("ms"));
        box.setValue(3.0);
        QSignalSpy committed(&box, &ui::ValueBox::committed);
        type(box, typed);
        QCOMPARE(committed.count(), 1);
        QCOMPARE(std::get<double>(committed.front().front().value<Value>()), number);
    }

    void box_takes_expressions_and_none()
    {
        ui::ValueBox box;
        box.setNullable(true);
        box.setValue(3.0);
        QSignalSpy committed(&box, &ui::ValueBox::committed);
        type(box, QStringLiteral("-g * J"));
        QCOMPARE(
            std::get<std::string>(committed.back().front().value<Value>()), std::string("-g * J"));
        type(box, QStringLiteral("none"));
        QVERIFY(std::holds_alternative<std::monostate>(committed.back().front().value<Value>()));
    }

    void what_is_being_typed_is_not_overwritten()
    {
        ui::ValueBox box;
        box.setValue(3.0);
        auto* line = box.findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(&box, QStringLiteral("77"));
        box.setValue(4.0);
        QCOMPARE(line->text(), QStringLiteral("77"));
        QTest::keyClick(&box, Qt::Key_Escape);
        QCOMPARE(line->text(), QStringLiteral("4"));
    }

    void reset_arrow_shows_only_where_the_value_differs()
    {
        Adjustable now = timeConstant();
        ui::ParameterRow row(now);
        row.setReference(now);
        row.show();
        QVERIFY(!row.resetButton()->isVisible());
        now.value = 12.0;
        row.follow(now);
        QVERIFY(row.resetButton()->isVisible());
        QVERIFY(row.isChanged());
        QSignalSpy wanted(&row, &ui::ParameterRow::wanted);
        row.resetButton()->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(std::get<double>(wanted.front().front().value<Value>()), 10.0);
    }

    void double_click_on_the_label_goes_back()
    {
        Adjustable now = timeConstant();
        ui::ParameterRow row(now);
        row.setReference(now);
        now.value = 12.0;
        row.follow(now);
        QSignalSpy wanted(&row, &ui::ParameterRow::wanted);
        QTest::mouseDClick(row.findChild<QLabel*>(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(std::get<double>(wanted.front().front().value<Value>()), 10.0);
    }

    void typed_value_outside_the_track_widens_it()
    {
        ui::ParameterRow row(timeConstant());
        type(*row.box(), QStringLiteral("250"));
        QCOMPARE(row.slider()->scale().maximum(), 250.0);
        QCOMPARE(row.slider()->number(), 250.0);
    }

    void row_keeps_a_wanted_value_until_the_engine_answers()
    {
        Adjustable now = timeConstant();
        ui::ParameterRow row(now);
        type(*row.box(), QStringLiteral("25"));
        row.follow(now); // a frame from before
        QCOMPARE(row.slider()->number(), 25.0);
        QVERIFY(row.isWaiting());
        now.value = 25.0;
        row.follow(now);
        QVERIFY(!row.isWaiting());
        now.value = 30.0;
        row.follow(now);
        QCOMPARE(row.slider()->number(), 30.0);
    }

    void none_is_a_check_box_away()
    {
        Adjustable bound = timeConstant();
        bound.nullable = true;
        bound.value = std::monostate {};
        ui::ParameterRow row(bound);
        QVERIFY(!row.slider()->isEnabled());
        auto* present = row.findChild<QCheckBox*>();
        QVERIFY(present != nullptr && !present->isChecked());
        QSignalSpy wanted(&row, &ui::ParameterRow::wanted);
        present->click();
        QVERIFY(std::holds_alternative<double>(wanted.front().front().value<Value>()));
        QVERIFY(row.slider()->isEnabled());
    }

    void driven_row_names_its_expression()
    {
        Adjustable driven = timeConstant();
        driven.expression = "2 * tau";
        const ui::ParameterRow row(driven);
        QVERIFY(noteOf(row).contains(QStringLiteral("2 * tau")));
    }

    void rebuilding_row_says_so()
    {
        Adjustable size = timeConstant();
        size.live = false;
        const ui::ParameterRow row(size);
        QVERIFY(row.findChild<QLabel*>()->toolTip().contains(QStringLiteral("anew")));
    }

    void every_control_has_an_accessible_name()
    {
        Adjustable bound = timeConstant();
        bound.nullable = true;
        const ui::ParameterRow row(bound);
        for (const QWidget* widget : row.findChildren<QWidget*>()) {
            if (widget->focusPolicy() != Qt::NoFocus && widget->parentWidget() == &row) {
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            }
        }
    }

    void messages_stack_close_and_do_not_repeat()
    {
        ui::MessageBar bar;
        const engine::Notice notice {engine::core::Severity::error, "A neuron ran away", {}};
        bar.showNotice(notice);
        bar.showNotice(notice);
        QCOMPARE(bar.items().size(), 1U);
        auto* other
            = bar.showMessage(engine::core::Severity::warning, QStringLiteral("Something else"));
        QCOMPARE(bar.items().size(), 2U);
        bool pressed = false;
        other->addButton(QStringLiteral("Do it"), [&pressed] { pressed = true; })->click();
        QVERIFY(pressed);
        QCOMPARE(bar.items().size(), 1U);
        bar.items().front()->dismiss();
        QVERIFY(bar.items().empty());
    }

    void running_work_is_not_pushed_out_by_messages()
    {
        ui::MessageBar bar;
        auto* work = bar.showMessage(engine::core::Severity::note, QStringLiteral("Writing"));
        work->setProgress(0.3);
        for (int i = 0; i < 10; ++i) {
            bar.showMessage(engine::core::Severity::error, QString::number(i));
        }
        QVERIFY(!work->isHidden());
        QVERIFY(bar.items().size() <= 5U);
    }

private:
    static void type(ui::ValueBox& box, const QString& text)
    {
        auto* line = box.findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(&box, text); // the box has the focus for its line
        QTest::keyClick(&box, Qt::Key_Return);
    }

    static QString noteOf(const QWidget& row)
    {
        QString all;
        for (const auto* label : row.findChildren<QLabel*>()) {
            all += label->text() + '\n';
        }
        return all;
    }
};

QTEST_MAIN(TestParameterWidgets)
#include "tst_parameter_widgets.moc"
