#pragma once

#include "engine/frame.hpp"

#include <QFrame>

#include <functional>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace ui {

/// One message with its buttons. A note that asks nothing closes by itself.
class MessageItem : public QFrame {
    Q_OBJECT

public:
    MessageItem(engine::core::Severity severity, const QString& text, const QString& details,
        QWidget* parent = nullptr);

    QString text() const;
    QString details() const { return m_details; }
    engine::core::Severity severity() const { return m_severity; }
    void setText(const QString& text);

    /// A button that does something and closes the message.
    QPushButton* addButton(const QString& text, std::function<void()> action);
    /// Shows how far work has come; 0 to 1.
    void setProgress(double fraction);
    bool hasProgress() const { return m_progress != nullptr; }

    /// Also by its own button; deletes the item.
    void dismiss();

Q_SIGNALS:
    void dismissed();

private:
    engine::core::Severity m_severity;
    QString m_details;
    QLabel* m_text;
    QProgressBar* m_progress = nullptr;
    QVBoxLayout* m_column;
    QWidget* m_buttons;
    QTimer* m_lifetime;
};

/// Messages under the tool bar, newest last, each closable, never modal. Empty, it takes no room.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// A notice of the engine. The same one again replaces the one that is there.
    MessageItem* showNotice(const engine::Notice& notice);
    MessageItem* showMessage(engine::core::Severity severity, const QString& text,
        const engine::core::Diagnostics& details = {});
    void clear();

    std::vector<MessageItem*> items() const;

private:
    QVBoxLayout* m_layout;
};

} // namespace ui
