#include "ui/widgets/parameter_slider.hpp"

#include "ui/widgets/input_habits.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QWheelEvent>

#include <cmath>

namespace ui {

namespace {

// Finer than any screen, so that the position of the handle follows the mouse.
constexpr int trackLength = 10000;
constexpr int pageSteps = 10;
constexpr int scentHeight = 3;
constexpr int wheelNotch = 120; // QWheelEvent: eighths of a degree, 15 degrees a notch

} // namespace

ParameterSlider::ParameterSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
{
    setRange(0, trackLength);
    setMinimumWidth(40);
    guardWheel(this);
    connect(this, &QSlider::sliderPressed, this, &ParameterSlider::dragStarted);
    connect(this, &QSlider::sliderReleased, this, [this] {
        showNumber();
        Q_EMIT dragFinished();
    });
    connect(this, &QSlider::sliderMoved, this, [this](int track) {
        const double number = m_scale.value(static_cast<double>(track) / trackLength);
        if (number != m_number) {
            m_number = number;
            Q_EMIT numberMoved(number);
        }
    });
}

void ParameterSlider::setScale(const ValueScale& scale)
{
    m_scale = scale;
    showNumber();
}

void ParameterSlider::setNumber(double number)
{
    m_number = number;
    showNumber();
}

void ParameterSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !onHandle(event->position().toPoint())) {
        // The handle comes to the mouse, and the press below then takes hold of it.
        const int track = trackValueAt(event->position().toPoint());
        const QSignalBlocker quiet(this);
        setValue(track);
        QSlider::mousePressEvent(event);
        blockSignals(false);
        if (isSliderDown()) {
            Q_EMIT dragStarted();
            Q_EMIT sliderMoved(track);
        }
        return;
    }
    QSlider::mousePressEvent(event);
}

void ParameterSlider::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && onHandle(event->position().toPoint())) {
        Q_EMIT resetRequested();
        event->accept();
        return;
    }
    mousePressEvent(event);
}

void ParameterSlider::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
        return moveTo(m_scale.stepped(m_number, 1));
    case Qt::Key_Left:
    case Qt::Key_Down:
        return moveTo(m_scale.stepped(m_number, -1));
    case Qt::Key_PageUp:
        return moveTo(m_scale.stepped(m_number, pageSteps));
    case Qt::Key_PageDown:
        return moveTo(m_scale.stepped(m_number, -pageSteps));
    case Qt::Key_Home:
        return moveTo(m_scale.minimum());
    case Qt::Key_End:
        return moveTo(m_scale.maximum());
    default:
        event->ignore();
    }
}

void ParameterSlider::wheelEvent(QWheelEvent* event)
{
    const int delta
        = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (delta == 0) {
        return event->ignore();
    }
    const int notches = std::abs(delta) < wheelNotch ? (delta > 0 ? 1 : -1) : delta / wheelNotch;
    moveTo(m_scale.stepped(m_number, notches));
    event->accept();
}

bool ParameterSlider::onHandle(const QPoint& point) const
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    return style()
        ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this)
        .contains(point);
}

QRect ParameterSlider::track() const
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove
        = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    const QRect handle
        = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    return {groove.x() + handle.width() / 2, groove.y(), groove.width() - handle.width(),
        groove.height()};
}

int ParameterSlider::trackValueAt(const QPoint& point) const
{
    return QStyle::sliderValueFromPosition(minimum(), maximum(), point.x() - track().x(),
        track().width(), layoutDirection() == Qt::RightToLeft);
}

void ParameterSlider::setScent(const std::vector<QColor>& colors)
{
    if (colors != m_scent) {
        m_scent = colors;
        update();
    }
}

void ParameterSlider::paintEvent(QPaintEvent* event)
{
    QSlider::paintEvent(event);
    if (m_scent.empty()) {
        return;
    }
    const QRect along = track();
    QPainter painter(this);
    const double width = static_cast<double>(along.width()) / static_cast<double>(m_scent.size());
    for (std::size_t i = 0; i < m_scent.size(); ++i) {
        const int left = along.x() + static_cast<int>(std::lround(static_cast<double>(i) * width));
        const int right
            = along.x() + static_cast<int>(std::lround(static_cast<double>(i + 1) * width));
        painter.fillRect(left, height() - scentHeight, right - left, scentHeight, m_scent[i]);
    }
}

void ParameterSlider::moveTo(double number)
{
    // From outside the track towards it every step counts, but no key leads farther out.
    const double reached = m_scale.clamped(number);
    if (reached == m_number) {
        return;
    }
    m_number = reached;
    showNumber();
    Q_EMIT numberMoved(reached);
}

void ParameterSlider::showNumber()
{
    if (isSliderDown()) {
        return;
    }
    const QSignalBlocker quiet(this);
    setValue(static_cast<int>(std::lround(m_scale.position(m_number) * trackLength)));
}

} // namespace ui
