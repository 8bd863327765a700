#pragma once

#include <QColor>
#include <QWidget>

namespace ui {

/// A place of a plot that can be taken hold of: by the mouse (drag, Escape gives up), by the keys
/// (Tab comes here, arrows and page keys step). It tells what is wanted and moves nothing itself.
class DragHandle : public QWidget {
    Q_OBJECT

public:
    enum class Axis { time, value, both };

    explicit DragHandle(QWidget* parent);

    /// Where it is taken hold of, and along what.
    void place(const QRect& area, Axis axis, const QColor& color);
    bool isDragging() const { return m_pressed; }

    // At least this many pixels can be hit.
    static constexpr int leastHit = 9;

Q_SIGNALS:
    void grabbed();
    /// Way of the mouse since it was pressed; `fine` with Shift.
    void dragged(const QPoint& way, bool fine);
    void dropped();
    void givenUp();
    /// Key steps: to the right and upwards; `fine` with Shift.
    void stepped(int right, int up, bool fine);
    void removeAsked();
    void menuAsked(const QPoint& globalPosition);
    /// The mouse came over it, or the focus, or they left.
    void highlighted(bool on);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void tellHighlight();

    Axis m_axis = Axis::time;
    QColor m_color;
    QPoint m_pressedAt; ///< on the screen
    bool m_pressed = false;
    bool m_over = false;
};

} // namespace ui
