#pragma once

#include <QObject>

class QWidget;

namespace ui {

/// Takes files that are dropped on a window.
class FileDrop : public QObject {
    Q_OBJECT

public:
    explicit FileDrop(QWidget* window);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void dropped(const QString& file);
};

} // namespace ui
