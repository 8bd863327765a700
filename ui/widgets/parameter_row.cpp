#include "ui/widgets/parameter_row.hpp"

#include "ui/widgets/gesture.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/parameter_slider.hpp"
#include "ui/widgets/parameter_text.hpp"
#include "ui/widgets/value_box.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

namespace ui {

namespace {

using engine::core::Value;
using Kind = engine::config::Adjustable::Kind;

constexpr int stepGestureMs = 700; ///< key steps closer than this are one step of undo
constexpr int markWidth = 3;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

ParameterRow::ParameterRow(const Adjustable& adjustable, QWidget* parent)
    : QWidget(parent)
    , m_adjustable(adjustable)
{
    build();
    describe();
    showValue();
}

void ParameterRow::follow(const Adjustable& adjustable)
{
    m_adjustable = adjustable;
    if (m_wanted && (adjustable.value == *m_wanted || writtenValue(adjustable) == *m_wanted)) {
        m_wanted.reset();
    }
    showValue();
}

bool ParameterRow::waitsLongerThan(qint64 milliseconds) const
{
    const bool held = m_slider != nullptr && m_slider->isDragging();
    return m_wanted && !held && m_wantedAt.hasExpired(milliseconds);
}

void ParameterRow::giveUp()
{
    m_wanted.reset();
    showValue();
}

void ParameterRow::setReference(const std::optional<Adjustable>& reference)
{
    m_reference = reference;
    if (reference && m_slider != nullptr) {
        showTrack(*reference);
        showValue();
    }
    showMarks();
}

bool ParameterRow::isChanged() const
{
    return m_reference && !isSameSetting(m_adjustable, *m_reference);
}

void ParameterRow::setProblem(const QString& problem)
{
    m_problem = problem;
    showMarks();
}

QString ParameterRow::problem() const { return m_problem; }

bool ParameterRow::matches(const QString& text) const
{
    const auto contains = [&text](const std::string& where) {
        return QString::fromStdString(where).contains(text, Qt::CaseInsensitive);
    };
    return contains(m_adjustable.label) || contains(m_adjustable.path)
        || contains(m_adjustable.meaning) || contains(m_adjustable.group);
}

void ParameterRow::reset()
{
    if (isChanged() || m_wanted) {
        if (m_reference) {
            want(writtenValue(*m_reference), nextGesture());
        }
    }
}

bool ParameterRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_label && event->type() == QEvent::MouseButtonDblClick) {
        reset();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ParameterRow::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    if (isChanged()) {
        QPainter painter(this);
        painter.fillRect(0, 1, markWidth, height() - 2, palette().highlight());
    }
}

void ParameterRow::build()
{
    m_label = new QLabel(this);
    m_label->setTextFormat(Qt::PlainText);
    m_label->installEventFilter(this);
    m_note = new QLabel(this);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_reset = new QToolButton(this);
    m_reset->setText(QStringLiteral("\u21ba"));
    m_reset->setAutoRaise(true);
    QFont arrow = m_reset->font();
    arrow.setPointSizeF(arrow.pointSizeF() * 1.4);
    m_reset->setFont(arrow);
    m_reset->setFixedSize(QFontMetrics(font()).height() + 6, QFontMetrics(font()).height() + 6);
    m_reset->setFocusPolicy(Qt::StrongFocus);
    pressWithReturn(m_reset);
    connect(m_reset, &QToolButton::clicked, this, &ParameterRow::reset);

    switch (m_adjustable.kind) {
    case Kind::flag:
        buildFlag();
        break;
    case Kind::choice:
        buildChoice();
        break;
    case Kind::number:
        buildNumber();
        break;
    }
    m_label->setText(QString::fromStdString(m_adjustable.label)
        + (m_adjustable.live ? QString() : QStringLiteral(" \u27f3")));
    m_label->setBuddy(m_box != nullptr ? static_cast<QWidget*>(m_box) : m_choice);

    // Labels stand in a column; one that does not fit stands above its slider. Changed rows are
    // bold, and must not move then.
    const QFontMetrics metrics(bold(font()));
    const int column = metrics.horizontalAdvance(QStringLiteral("V_reset m"));
    const bool oneLine = metrics.horizontalAdvance(m_label->text()) <= column;
    if (oneLine) {
        m_label->setFixedWidth(column);
    } else {
        m_label->setWordWrap(true);
    }
    layOut(oneLine);
}

void ParameterRow::buildFlag()
{
    m_flag = new QCheckBox(this);
    pressWithReturn(m_flag);
    connect(
        m_flag, &QCheckBox::clicked, this, [this](bool checked) { want(checked, nextGesture()); });
}

void ParameterRow::buildChoice()
{
    m_choice = new QComboBox(this);
    guardWheel(m_choice);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& name : m_adjustable.choices) {
        m_choice->addItem(QString::fromStdString(name));
    }
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        want(m_adjustable.choices[static_cast<std::size_t>(index)], nextGesture());
    });
}

void ParameterRow::buildNumber()
{
    m_slider = new ParameterSlider(this);
    m_box = new ValueBox(this);
    showTrack(m_adjustable);
    m_box->setUnit(QString::fromStdString(m_adjustable.unit));
    m_box->setNullable(m_adjustable.nullable);
    connect(m_slider, &ParameterSlider::dragStarted, this, [this] { m_gesture = nextGesture(); });
    connect(m_slider, &ParameterSlider::numberMoved, this, [this](double number) {
        want(number, m_slider->isDragging() ? m_gesture : stepGesture());
    });
    connect(m_slider, &ParameterSlider::dragFinished, this, [this] {
        showValue();
        Q_EMIT gestureFinished();
    });
    connect(m_slider, &ParameterSlider::resetRequested, this, &ParameterRow::reset);
    connect(
        m_box, &ValueBox::stepped, this, [this](double number) { want(number, stepGesture()); });
    connect(m_box, &ValueBox::committed, this,
        [this](const Value& value) { want(value, nextGesture()); });
    if (m_adjustable.nullable) {
        m_present = new QCheckBox(this);
        pressWithReturn(m_present);
        connect(m_present, &QCheckBox::clicked, this, [this](bool present) {
            want(present ? Value(m_slider->number()) : Value(), nextGesture());
        });
    }
}

void ParameterRow::layOut(bool oneLine)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(markWidth + 5, 1, 2, 1);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(0);
    const int line = oneLine ? 0 : 1;
    if (m_flag != nullptr) {
        grid->addWidget(m_flag, 0, 0);
        grid->addWidget(m_label, 0, 1, 1, 3);
    } else {
        grid->addWidget(m_label, 0, 0, 1, oneLine ? 1 : 4);
        if (m_present != nullptr) {
            grid->addWidget(m_present, line, 1);
        }
    }
    if (m_choice != nullptr) {
        grid->addWidget(m_choice, line, oneLine ? 1 : 0, 1, oneLine ? 3 : 4);
    }
    if (m_slider != nullptr) {
        grid->addWidget(m_slider, line, oneLine ? 2 : 0, 1, oneLine ? 1 : 3);
        grid->addWidget(m_box, line, 3);
    }
    QSizePolicy keepsRoom = m_reset->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keepsRoom);
    grid->addWidget(m_reset, m_flag != nullptr ? 0 : line, 4);
    grid->addWidget(m_note, 2, 0, 1, 5);
    grid->setColumnStretch(2, 1);
    // From slider to box to reset, whatever the order of creation.
    QWidget* previous = nullptr;
    for (QWidget* widget : {static_cast<QWidget*>(m_flag), static_cast<QWidget*>(m_choice),
             static_cast<QWidget*>(m_present), static_cast<QWidget*>(m_slider),
             static_cast<QWidget*>(m_box), static_cast<QWidget*>(m_reset)}) {
        if (widget != nullptr && previous != nullptr) {
            setTabOrder(previous, widget);
        }
        previous = widget != nullptr ? widget : previous;
    }
}

void ParameterRow::describe()
{
    const QString help = parameterHelp(m_adjustable);
    const QString name = QString::fromStdString(m_adjustable.group) + ": "
        + QString::fromStdString(m_adjustable.label)
        + (m_adjustable.unit.empty()
                ? QString()
                : QStringLiteral(" [%1]").arg(QString::fromStdString(m_adjustable.unit)));
    setObjectName(QString::fromStdString(m_adjustable.path));
    for (QWidget* widget : {static_cast<QWidget*>(m_label), static_cast<QWidget*>(m_flag),
             static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_slider),
             static_cast<QWidget*>(m_box), static_cast<QWidget*>(m_present)}) {
        if (widget != nullptr) {
            widget->setToolTip(help);
            widget->setAccessibleName(name);
            widget->setAccessibleDescription(QString::fromStdString(m_adjustable.meaning));
        }
    }
    if (m_present != nullptr) {
        m_present->setAccessibleName(tr("%1: has a value").arg(name));
    }
    m_reset->setAccessibleName(tr("Reset %1").arg(name));
}

void ParameterRow::want(const Value& value, quint64 gesture)
{
    m_problem.clear();
    m_before = m_wanted.value_or(writtenValue(m_adjustable));
    m_wanted = value;
    m_wantedAt.start();
    showValue();
    Q_EMIT wanted(value, gesture);
}

quint64 ParameterRow::stepGesture()
{
    if (!m_steppedAt.isValid() || m_steppedAt.hasExpired(stepGestureMs)) {
        m_gesture = nextGesture();
    }
    m_steppedAt.start();
    return m_gesture;
}

Value ParameterRow::shownValue() const { return m_wanted.value_or(m_adjustable.value); }

void ParameterRow::showValue()
{
    const Value value = shownValue();
    if (m_flag != nullptr) {
        m_flag->setChecked(std::holds_alternative<bool>(value) && std::get<bool>(value));
    }
    if (m_choice != nullptr) {
        const auto* name = std::get_if<std::string>(&value);
        m_choice->setCurrentText(name != nullptr ? QString::fromStdString(*name) : QString());
    }
    if (m_slider != nullptr) {
        const auto* number = std::get_if<double>(&value);
        if (number != nullptr) {
            m_slider->setScale(m_slider->scale().including(*number));
            m_slider->setNumber(*number);
        }
        const bool present = !std::holds_alternative<std::monostate>(value);
        m_slider->setEnabled(present);
        m_box->setScale(m_slider->scale());
        m_box->setValue(value);
        if (m_present != nullptr) {
            const QSignalBlocker quiet(m_present);
            m_present->setChecked(present);
        }
    }
    showMarks();
}

/// The track is that of the opened preset, so that it does not move under the handle. Values
/// outside widen it.
void ParameterRow::showTrack(const Adjustable& opened)
{
    m_slider->setScale({opened.slider_min, opened.slider_max, opened.log_scale, opened.integer});
}

void ParameterRow::showMarks()
{
    const bool changed = isChanged();
    m_label->setFont(changed ? bold(font()) : font());
    m_reset->setVisible(changed);
    if (changed) {
        m_reset->setToolTip(
            tr("Back to %1 (also: double click on the label or handle)")
                .arg(QString::fromStdString(engine::core::value_text(writtenValue(*m_reference)))));
    }
    const QString note
        = m_problem.isEmpty() ? parameterNote(m_adjustable) : QStringLiteral("\u26a0 ") + m_problem;
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_note->setForegroundRole(
        m_problem.isEmpty() ? QPalette::PlaceholderText : QPalette::WindowText);
    QWidget::update();
}

} // namespace ui
