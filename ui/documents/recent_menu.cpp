#include "ui/documents/recent_menu.hpp"

#include "ui/documents/recent_files.hpp"

#include <QFileInfo>

namespace ui {

RecentMenu::RecentMenu(QWidget* parent)
    : QMenu(tr("Open &recent"), parent)
{
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::fill);
}

void RecentMenu::fill()
{
    clear();
    const QStringList files = recentFiles();
    for (const QString& file : files) {
        QAction* action = addAction(QFileInfo(file).fileName());
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT chosen(file); });
    }
    if (files.isEmpty()) {
        addAction(tr("None yet"))->setEnabled(false);
    } else {
        addSeparator();
        connect(addAction(tr("&Clear list")), &QAction::triggered, this, &clearRecentFiles);
    }
}

} // namespace ui
