#pragma once

#include "engine/core/value.hpp"
#include "ui/widgets/value_scale.hpp"

#include <QAbstractSpinBox>

namespace ui {

/// Box for one number with its unit, in which an expression or "none" may be typed too. Point
/// decimal in every locale, shortest text. It knows no limits: whoever receives `committed` says
/// what is wrong.
class ValueBox : public QAbstractSpinBox {
    Q_OBJECT

public:
    explicit ValueBox(QWidget* parent = nullptr);

    void setUnit(const QString& unit);
    /// Step sizes for the arrow keys.
    void setScale(const ValueScale& scale) { m_scale = scale; }
    /// Whether "none" and an empty box mean no value.
    void setNullable(bool nullable) { m_nullable = nullable; }

    /// Shows a value without a signal; what is being typed stays until it is committed or given up.
    void setValue(const engine::core::Value& value);
    const engine::core::Value& value() const { return m_value; }
    /// Whether a person has typed something that is not committed yet.
    bool isEditing() const { return m_editing; }

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// Typed and confirmed: a number, an expression (text), or nothing.
    void committed(const engine::core::Value& value);
    /// One or more key or wheel steps.
    void stepped(double number);

protected:
    StepEnabled stepEnabled() const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void commit();
    void showValue();
    engine::core::Value typedValue() const;

    QString m_unit;
    ValueScale m_scale;
    bool m_nullable = false;
    bool m_editing = false;
    engine::core::Value m_value = 0.0;
};

} // namespace ui
