#pragma once

#include <QMenu>

namespace ui {

/// The presets that were opened or saved last.
class RecentMenu : public QMenu {
    Q_OBJECT

public:
    explicit RecentMenu(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& file);

private:
    void fill();
};

} // namespace ui
