#include "ui/widgets/message_bar.hpp"

#include "ui/widgets/input_habits.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

using engine::core::Severity;

constexpr int noteLifetimeMs = 8000;
constexpr int mostItems = 4; ///< more than these push the oldest out
constexpr int detailLines = 6; ///< shown at once; the rest scrolls

QStyle::StandardPixmap iconFor(Severity severity)
{
    switch (severity) {
    case Severity::error:
        return QStyle::SP_MessageBoxCritical;
    case Severity::warning:
        return QStyle::SP_MessageBoxWarning;
    case Severity::note:
        break;
    }
    return QStyle::SP_MessageBoxInformation;
}

QString nameOf(Severity severity)
{
    switch (severity) {
    case Severity::error:
        return MessageItem::tr("Error");
    case Severity::warning:
        return MessageItem::tr("Warning");
    case Severity::note:
        break;
    }
    return MessageItem::tr("Note");
}

QPlainTextEdit* makeDetails(const QString& details, QWidget* parent)
{
    auto* view = new QPlainTextEdit(details, parent);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    view->setAccessibleName(MessageItem::tr("Details"));
    const int lines = std::min<int>(detailLines, static_cast<int>(details.count('\n')) + 2);
    view->setFixedHeight(lines * view->fontMetrics().lineSpacing() + 12);
    return view;
}

} // namespace

MessageItem::MessageItem(
    Severity severity, const QString& text, const QString& details, QWidget* parent)
    : QFrame(parent)
    , m_severity(severity)
    , m_details(details)
    , m_text(new QLabel(text, this))
    , m_column(new QVBoxLayout)
    , m_buttons(new QWidget(this))
    , m_lifetime(new QTimer(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    setAccessibleName(nameOf(severity) + ": " + text);

    auto* icon = new QLabel(this);
    const int size = fontMetrics().height() + 4;
    icon->setPixmap(style()->standardIcon(iconFor(severity)).pixmap(size));
    icon->setAccessibleName(nameOf(severity));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* close = new QToolButton(this);
    close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::StrongFocus);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close message"));
    pressWithReturn(close);
    connect(close, &QToolButton::clicked, this, &MessageItem::dismiss);

    auto* buttonRow = new QHBoxLayout(m_buttons);
    buttonRow->setContentsMargins(0, 0, 0, 0);
    m_buttons->hide();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 4, 4);
    row->addWidget(icon, 0, Qt::AlignTop);
    m_column->setSpacing(4);
    m_column->addWidget(m_text);
    if (!details.isEmpty()) {
        m_column->addWidget(makeDetails(details, this));
    }
    row->addLayout(m_column, 1);
    row->addWidget(m_buttons, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);

    m_lifetime->setSingleShot(true);
    connect(m_lifetime, &QTimer::timeout, this, &MessageItem::dismiss);
    if (severity == Severity::note) {
        m_lifetime->start(noteLifetimeMs);
    }
}

QString MessageItem::text() const { return m_text->text(); }

void MessageItem::setText(const QString& text)
{
    m_text->setText(text);
    setAccessibleName(nameOf(m_severity) + ": " + text);
}

QPushButton* MessageItem::addButton(const QString& text, std::function<void()> action)
{
    auto* button = new QPushButton(text, m_buttons);
    pressWithReturn(button);
    m_buttons->layout()->addWidget(button);
    m_buttons->show();
    connect(button, &QPushButton::clicked, this, [this, action = std::move(action)] {
        action();
        dismiss();
    });
    m_lifetime->stop();
    return button;
}

void MessageItem::setProgress(double fraction)
{
    if (m_progress == nullptr) {
        m_progress = new QProgressBar(this);
        m_progress->setRange(0, 100);
        m_progress->setAccessibleName(tr("Progress"));
        m_column->addWidget(m_progress);
        m_lifetime->stop();
    }
    m_progress->setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 100.0));
}

void MessageItem::dismiss()
{
    if (isHidden()) {
        return;
    }
    hide();
    Q_EMIT dismissed();
    deleteLater();
}

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAccessibleName(tr("Messages"));
}

MessageItem* MessageBar::showNotice(const engine::Notice& notice)
{
    return showMessage(notice.severity, QString::fromStdString(notice.text), notice.details);
}

MessageItem* MessageBar::showMessage(
    Severity severity, const QString& text, const engine::core::Diagnostics& details)
{
    const QString detailText = QString::fromStdString(engine::core::text(details)).trimmed();
    const auto present = items();
    for (MessageItem* item : present) {
        if (item->text() == text && item->details() == detailText) {
            return item;
        }
    }
    const auto oldest = std::find_if(present.begin(), present.end(),
        [](const MessageItem* item) { return !item->hasProgress(); });
    if (present.size() >= mostItems && oldest != present.end()) {
        (*oldest)->dismiss();
    }
    auto* item = new MessageItem(severity, text, detailText, this);
    m_layout->addWidget(item);
    return item;
}

void MessageBar::clear()
{
    for (MessageItem* item : items()) {
        item->dismiss();
    }
}

std::vector<MessageItem*> MessageBar::items() const
{
    std::vector<MessageItem*> found;
    for (int i = 0; i < m_layout->count(); ++i) {
        auto* item = qobject_cast<MessageItem*>(m_layout->itemAt(i)->widget());
        if (item != nullptr && !item->isHidden()) {
            found.push_back(item);
        }
    }
    return found;
}

} // namespace ui
