#include "ui/documents/file_drop.hpp"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace ui {

namespace {

/// The first local file that is dragged; empty where there is none.
QString draggedFile(const QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            return url.toLocalFile();
        }
    }
    return {};
}

} // namespace

FileDrop::FileDrop(QWidget* window)
    : QObject(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != parent()
        || (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)) {
        return QObject::eventFilter(watched, event);
    }
    auto* drop = static_cast<QDropEvent*>(event); // QDragEnterEvent derives from it
    const QString file = draggedFile(drop);
    if (file.isEmpty()) {
        return false;
    }
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop) {
        Q_EMIT dropped(file);
    }
    return true;
}

} // namespace ui
