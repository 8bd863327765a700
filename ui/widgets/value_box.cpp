#include "ui/widgets/value_box.hpp"

#include "ui/widgets/input_habits.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QStyleOptionSpinBox>

namespace ui {

namespace {

const QString noneText = QStringLiteral("none");

} // namespace

ValueBox::ValueBox(QWidget* parent)
    : QAbstractSpinBox(parent)
{
    setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setAccelerated(false);
    guardWheel(this);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { m_editing = true; });
    connect(this, &QAbstractSpinBox::editingFinished, this, &ValueBox::commit);
    showValue();
}

void ValueBox::setUnit(const QString& unit)
{
    m_unit = unit;
    showValue();
    updateGeometry();
}

void ValueBox::setValue(const engine::core::Value& value)
{
    m_value = value;
    if (!isEditing()) {
        showValue();
    }
}

void ValueBox::stepBy(int steps)
{
    const auto* number = std::get_if<double>(&m_value);
    if (number == nullptr) {
        return;
    }
    const double next = m_scale.stepped(*number, steps);
    m_value = next;
    showValue();
    Q_EMIT stepped(next);
}

QSize ValueBox::sizeHint() const
{
    // Room for seven characters and the unit; longer numbers scroll.
    ensurePolished();
    const QString widest
        = QStringLiteral("-0.0000") + (m_unit.isEmpty() ? QString() : ' ' + m_unit);
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    const QSize contents(
        fontMetrics().horizontalAdvance(widest) + 6, lineEdit()->sizeHint().height());
    return style()->sizeFromContents(QStyle::CT_SpinBox, &option, contents, this);
}

QAbstractSpinBox::StepEnabled ValueBox::stepEnabled() const
{
    return std::holds_alternative<double>(m_value) ? StepUpEnabled | StepDownEnabled
                                                   : StepEnabled(StepNone);
}

void ValueBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isEditing()) {
        showValue();
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void ValueBox::commit()
{
    if (!isEditing()) {
        return;
    }
    m_editing = false;
    const auto typed = typedValue();
    if (typed == m_value) {
        showValue();
        return;
    }
    Q_EMIT committed(typed);
}

void ValueBox::showValue()
{
    QString text = noneText;
    if (!std::holds_alternative<std::monostate>(m_value)) {
        const auto* words = std::get_if<std::string>(&m_value);
        text
            = QString::fromStdString(words != nullptr ? *words : engine::core::value_text(m_value));
        if (!m_unit.isEmpty()) {
            text += ' ' + m_unit;
        }
    }
    lineEdit()->setText(text);
    lineEdit()->setCursorPosition(0);
    m_editing = false;
}

engine::core::Value ValueBox::typedValue() const
{
    QString text = lineEdit()->text().trimmed();
    if (!m_unit.isEmpty() && text.endsWith(m_unit)) {
        text = text.chopped(m_unit.size()).trimmed();
    }
    if (m_nullable && (text.isEmpty() || text.compare(noneText, Qt::CaseInsensitive) == 0)) {
        return std::monostate {};
    }
    // A decimal comma is taken for a point.
    bool isNumber = false;
    const double number = QLocale::c().toDouble(QString(text).replace(',', '.'), &isNumber);
    if (isNumber) {
        return number;
    }
    return text.toStdString();
}

} // namespace ui
