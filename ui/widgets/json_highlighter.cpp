#include "ui/widgets/json_highlighter.hpp"

#include <QRegularExpression>

namespace ui {

namespace {

struct Colours {
    QRgb key;
    QRgb text;
    QRgb number;
    QRgb word;
};

// Okabe and Ito's colours, darkened or lightened for text contrast.
constexpr Colours onLight {0xff005a8e, 0xff00664a, 0xffa34700, 0xff8a3f72};
constexpr Colours onDark {0xff7cc4ee, 0xff5fd0ab, 0xfff0a35c, 0xffdfa3c8};

} // namespace

void JsonHighlighter::setDark(bool dark)
{
    if (dark != m_dark) {
        m_dark = dark;
        rehighlight();
    }
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    // A JSON text never spans lines, so every line stands for itself.
    static const QRegularExpression token(QStringLiteral(
        R"re(("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b)re"));
    const Colours& colours = m_dark ? onDark : onLight;
    for (auto match = token.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        if (found.capturedLength(1) > 0) {
            const bool isKey = found.capturedLength(2) > 0;
            setFormat(static_cast<int>(found.capturedStart(1)),
                static_cast<int>(found.capturedLength(1)),
                QColor::fromRgb(isKey ? colours.key : colours.text));
        } else {
            const int group = found.capturedLength(3) > 0 ? 3 : 4;
            setFormat(static_cast<int>(found.capturedStart(group)),
                static_cast<int>(found.capturedLength(group)),
                QColor::fromRgb(group == 3 ? colours.number : colours.word));
        }
    }
}

} // namespace ui
