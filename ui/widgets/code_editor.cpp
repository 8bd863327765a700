#include "ui/widgets/code_editor.hpp"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int margin = 6;

// Vermillion and orange of Okabe and Ito; the wavy line tells errors from warnings by its message.
QColor markColour(bool isError)
{
    return isError ? QColor(0xD5, 0x5E, 0x00) : QColor(0xE6, 0x9F, 0x00);
}

class NumberArea : public QWidget {
public:
    explicit NumberArea(CodeEditor* editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintNumbers(event, this); }

private:
    CodeEditor* m_editor;
};

} // namespace

CodeEditor::CodeEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_numbers(new NumberArea(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::arrangeNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int scrolled) {
        if (scrolled != 0) {
            m_numbers->scroll(0, scrolled);
        } else {
            m_numbers->update(0, area.y(), m_numbers->width(), area.height());
        }
    });
    arrangeNumbers();
}

void CodeEditor::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    showMarks();
}

void CodeEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(std::max(line, 1) - 1);
    if (!block.isValid()) {
        return;
    }
    QTextCursor cursor(block);
    cursor.movePosition(
        QTextCursor::Right, QTextCursor::MoveAnchor, std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
}

int CodeEditor::numbersWidth() const
{
    const auto digits = QString::number(std::max(blockCount(), 100)).size();
    return 2 * margin + fontMetrics().horizontalAdvance('9') * static_cast<int>(digits);
}

void CodeEditor::paintNumbers(QPaintEvent* event, QWidget* area)
{
    QPainter painter(area);
    painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    for (; block.isValid() && top <= event->rect().bottom(); block = block.next()) {
        const int line = block.blockNumber() + 1;
        const auto mark = std::find_if(m_marks.begin(), m_marks.end(),
            [line](const Mark& candidate) { return candidate.line == line; });
        painter.setPen(mark == m_marks.end() ? palette().color(QPalette::PlaceholderText)
                                             : markColour(mark->isError));
        const qreal height = blockBoundingRect(block).height();
        painter.drawText(QRectF(0, top, area->width() - margin, height),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
        top += height;
    }
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    arrangeNumbers();
}

void CodeEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrangeNumbers();
    }
}

bool CodeEditor::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = cursorForPosition(help->pos()).blockNumber() + 1;
        QStringList messages;
        for (const Mark& mark : m_marks) {
            if (mark.line == line) {
                messages += mark.message;
            }
        }
        if (messages.isEmpty()) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(help->globalPos(), messages.join('\n'), this);
        }
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const Mark& mark : m_marks) {
        if (mark.line < 1 || mark.line > blockCount()) {
            continue;
        }
        QTextEdit::ExtraSelection selection;
        selection.cursor = cursorFor(mark);
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(markColour(mark.isError));
        selections += selection;
    }
    setExtraSelections(selections);
    m_numbers->update();
}

void CodeEditor::arrangeNumbers()
{
    setViewportMargins(numbersWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numbersWidth(), area.height());
}

/// From the column to the end of the token or line; a whole line without its indentation.
QTextCursor CodeEditor::cursorFor(const Mark& mark) const
{
    const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
    const QString text = block.text();
    const auto length = static_cast<int>(text.size());
    int from = std::clamp(mark.column - 1, 0, length);
    int to = length;
    if (mark.column == 0) {
        while (from < length && text[from].isSpace()) {
            ++from;
        }
    } else if (from >= length) {
        from = std::max(0, length - 1); // at the end of the line: something to see
    } else if (text[from] == '"') {
        const auto closing = text.indexOf('"', from + 1);
        to = closing < 0 ? length : static_cast<int>(closing) + 1;
    } else {
        const QString ends = QStringLiteral(",]}");
        to = from + 1;
        while (to < length && !ends.contains(text[to])) {
            ++to;
        }
    }
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + from);
    cursor.setPosition(block.position() + std::max(to, from), QTextCursor::KeepAnchor);
    return cursor;
}

} // namespace ui
