#include "ui/gallery/tile_widget.hpp"

#include "ui/gallery/tile_texts.hpp"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui {

TileWidget::TileWidget(
    const engine::config::PresetDocument& document, const QString& letter, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
{
    const QString title = QString::fromStdString(document.info().title);
    m_picture.title = letter.isEmpty() ? title : letter + QStringLiteral("  ") + title;
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::ClickFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setDocument(document);
}

void TileWidget::setDocument(const engine::config::PresetDocument& document)
{
    m_document = document;
    m_picture.currentUnit = tileCurrentUnit(document.experiment());
    setToolTip(tileHelp(document));
    describe();
}

void TileWidget::take(const engine::gallery::TileFrame& frame)
{
    m_frame = frame;
    readTraces();
    const QString verdict = tileVerdict(frame);
    if (verdict != m_picture.verdict) {
        m_picture.verdict = verdict;
        m_picture.fault = !frame.fault.empty();
        describe();
    }
    update();
}

void TileWidget::readTraces()
{
    const int columns = traceColumns(width(), font());
    m_picture.present.update(m_frame.present, m_frame.grid, columns);
    m_picture.previous.update(m_frame.previous, m_frame.grid, columns);
}

void TileWidget::setVoltageAxis(const ValueRange& range) { m_picture.voltages = range; }

engine::gallery::Sweep TileWidget::complete() const
{
    return m_frame.present.complete() || !m_frame.previous.history ? m_frame.present
                                                                   : m_frame.previous;
}

QString TileWidget::details() const { return tileDetails(m_document, m_frame); }

void TileWidget::setCurrent(bool current)
{
    m_current = current;
    // Tab leads to the current tile, arrows to the others.
    setFocusPolicy(current ? Qt::StrongFocus : Qt::ClickFocus);
    update();
}

QSize TileWidget::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.averageCharWidth() * 26, metrics.lineSpacing() * 6};
}

void TileWidget::describe()
{
    setAccessibleName(m_picture.title);
    setAccessibleDescription(m_picture.verdict);
}

void TileWidget::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintTile(painter, rect(), m_picture, Theme::instance().colors(), font());
    if (m_current || m_hovered) {
        const bool focused = m_current && hasFocus();
        painter.setPen(
            QPen(m_current ? palette().color(QPalette::Highlight) : Theme::instance().colors().axis,
                focused ? 3 : 1));
        const int inset = focused ? 1 : 0;
        painter.drawRect(rect().adjusted(inset, inset, -inset - 1, -inset - 1));
    }
}

void TileWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) {
        Q_EMIT opened();
    }
}

void TileWidget::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened();
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        Q_EMIT moveWanted(event->key());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TileWidget::focusInEvent(QFocusEvent* event)
{
    Q_EMIT chosen();
    QWidget::focusInEvent(event);
}

void TileWidget::enterEvent(QEnterEvent* /*event*/)
{
    m_hovered = true;
    Q_EMIT chosen();
    update();
}

void TileWidget::leaveEvent(QEvent* /*event*/)
{
    m_hovered = false;
    update();
}

void TileWidget::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT chosen();
    Q_EMIT menuWanted(event->globalPos());
}

void TileWidget::resizeEvent(QResizeEvent* event)
{
    readTraces();
    QWidget::resizeEvent(event);
}

} // namespace ui
