#include "ui/widgets/transport_icons.hpp"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace ui {
namespace {

constexpr double side = 16.0; ///< all shapes are given in a square of this size

QPolygonF triangle(double left, double right)
{
    return QPolygonF({{left, 3.0}, {left, 13.0}, {right, 8.0}});
}

/// Three quarters of a turn back, with its head.
void drawTurn(QPainter& painter)
{
    painter.drawArc(QRectF(3.5, 3.5, 9.0, 9.0), 180 * 16, 290 * 16);
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(QPolygonF({{0.8, 8.4}, {6.2, 8.4}, {3.5, 4.4}}));
}

/// A pin that stands in the ground.
void drawPin(QPainter& painter)
{
    painter.drawLine(QPointF(8.0, 9.0), QPointF(8.0, 14.5));
    painter.drawLine(QPointF(4.0, 9.0), QPointF(12.0, 9.0));
    painter.setBrush(painter.pen().color());
    painter.drawPolygon(QPolygonF({{6.0, 2.0}, {10.0, 2.0}, {9.5, 8.0}, {6.5, 8.0}}));
}

/// A line that goes on and one that leaves it.
void drawBranch(QPainter& painter)
{
    painter.drawLine(QPointF(1.5, 11.0), QPointF(14.5, 11.0));
    QPainterPath path(QPointF(5.0, 11.0));
    path.cubicTo(8.0, 11.0, 7.0, 4.5, 10.5, 4.5);
    painter.drawPath(path);
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(QPolygonF({{10.0, 1.0}, {15.0, 4.5}, {10.0, 8.0}}));
}

/// Half a turn to the left, with its head.
void drawBack(QPainter& painter)
{
    QPainterPath path(QPointF(4.0, 6.0));
    path.lineTo(10.0, 6.0);
    path.cubicTo(14.5, 6.0, 14.5, 12.5, 10.0, 12.5);
    path.lineTo(6.0, 12.5);
    painter.drawPath(path);
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(QPolygonF({{1.5, 6.0}, {6.0, 2.5}, {6.0, 9.5}}));
}

void drawDie(QPainter& painter)
{
    painter.drawRoundedRect(QRectF(2.5, 2.5, 11.0, 11.0), 2.0, 2.0);
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    for (const QPointF dot : {QPointF(5.5, 5.5), QPointF(8.0, 8.0), QPointF(10.5, 10.5)}) {
        painter.drawEllipse(dot, 1.1, 1.1);
    }
}

void drawFilled(QPainter& painter, TransportIcon what)
{
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    if (what == TransportIcon::run) {
        painter.drawPolygon(triangle(4.0, 13.0));
    } else if (what == TransportIcon::pause) {
        painter.drawRect(QRectF(4.0, 3.0, 3.0, 10.0));
        painter.drawRect(QRectF(9.0, 3.0, 3.0, 10.0));
    } else if (what == TransportIcon::step) {
        painter.drawPolygon(triangle(3.0, 10.0));
        painter.drawRect(QRectF(11.0, 3.0, 2.0, 10.0));
    } else {
        painter.drawPolygon(triangle(13.0, 6.0));
        painter.drawRect(QRectF(3.0, 3.0, 2.0, 10.0));
    }
}

class Engine : public QIconEngine {
public:
    explicit Engine(TransportIcon what)
        : m_what(what)
    {
    }

    QIconEngine* clone() const override { return new Engine(m_what); }

    void paint(
        QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const QColor color = QGuiApplication::palette().color(group, QPalette::ButtonText);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / side, rect.height() / side);
        painter->setPen(QPen(color, 1.6));
        painter->setBrush(Qt::NoBrush);
        switch (m_what) {
        case TransportIcon::reset:
            drawTurn(*painter);
            break;
        case TransportIcon::seed:
            drawDie(*painter);
            break;
        case TransportIcon::redo:
            painter->translate(side, 0.0);
            painter->scale(-1.0, 1.0);
            drawBack(*painter);
            break;
        case TransportIcon::undo:
            drawBack(*painter);
            break;
        case TransportIcon::pin:
            drawPin(*painter);
            break;
        case TransportIcon::branch:
            drawBranch(*painter);
            break;
        default:
            drawFilled(*painter, m_what);
            break;
        }
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }

private:
    TransportIcon m_what;
};

} // namespace

QIcon transportIcon(TransportIcon what) { return QIcon(new Engine(what)); }

} // namespace ui
