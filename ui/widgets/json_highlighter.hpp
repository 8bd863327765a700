#pragma once

#include <QSyntaxHighlighter>

namespace ui {

/// Colours of JSON: keys, texts, numbers and words, readable on light and dark ground.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    /// Chooses the colours for this ground and paints again.
    void setDark(bool dark);

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_dark = false;
};

} // namespace ui
