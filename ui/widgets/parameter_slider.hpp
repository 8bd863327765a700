#pragma once

#include "ui/widgets/value_scale.hpp"

#include <QColor>
#include <QSlider>

#include <vector>

namespace ui {

/// Slider for a real or whole number on a linear or logarithmic track. A click on the track takes
/// the handle there; arrow keys go one step, PgUp and PgDn ten, Home and End to the ends.
class ParameterSlider : public QSlider {
    Q_OBJECT

public:
    explicit ParameterSlider(QWidget* parent = nullptr);

    void setScale(const ValueScale& scale);
    const ValueScale& scale() const { return m_scale; }

    /// Shows a value without a signal.
    void setNumber(double number);
    double number() const { return m_number; }

    /// A thin strip of these colours along the track, from its low to its high end; none takes it
    /// away.
    void setScent(const std::vector<QColor>& colors);
    const std::vector<QColor>& scent() const { return m_scent; }

    /// Whether the mouse holds the handle.
    bool isDragging() const { return isSliderDown(); }

Q_SIGNALS:
    /// A person has moved the slider.
    void numberMoved(double number);
    void dragStarted();
    void dragFinished();
    void resetRequested();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// Where the middle of the handle can be.
    QRect track() const;
    bool onHandle(const QPoint& point) const;
    int trackValueAt(const QPoint& point) const;
    void moveTo(double number);
    void showNumber();

    ValueScale m_scale;
    std::vector<QColor> m_scent;
    double m_number = 0.0;
};

} // namespace ui
