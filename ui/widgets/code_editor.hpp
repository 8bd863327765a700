#pragma once

#include <QPlainTextEdit>

#include <vector>

namespace ui {

/// Plain text with line numbers, in which places can be underlined.
class CodeEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    struct Mark {
        int line = 0; ///< from 1
        int column = 0; ///< from 1; 0: the whole line
        bool isError = true; ///< else a warning
        QString message; ///< tool tip
    };

    explicit CodeEditor(QWidget* parent = nullptr);

    void setMarks(std::vector<Mark> marks);
    const std::vector<Mark>& marks() const { return m_marks; }

    /// Takes the cursor there and shows the line. Counted from 1; column 0 is the first one.
    void goTo(int line, int column);

    // For the area beside the text, which is a widget of its own.
    int numbersWidth() const;
    void paintNumbers(QPaintEvent* event, QWidget* area);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void showMarks();
    void arrangeNumbers();
    QTextCursor cursorFor(const Mark& mark) const;

    QWidget* m_numbers;
    std::vector<Mark> m_marks;
};

} // namespace ui
