#include "ui/theme.hpp"

#include <QApplication>
#include <QFont>
#include <QSettings>

#include <algorithm>

namespace ui {
namespace {

constexpr const char* choiceKey = "appearance/theme";
constexpr const char* fontKey = "appearance/fontPoints";

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

QPalette paletteOf(const QColor& window, const QColor& base, const QColor& button,
    const QColor& text, const QColor& faint, const QColor& highlight, const QColor& link)
{
    QPalette palette(button, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::ToolTipBase, base);
    for (const auto role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, faint);
    }
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, faint);
    palette.setColor(QPalette::Link, link);
    palette.setColor(QPalette::LinkVisited, link);
    return palette;
}

QPalette lightPalette()
{
    return paletteOf(QColor(0xf3f3f3), QColor(Qt::white), QColor(0xe9e9e9), QColor(0x1a1a1a),
        QColor(0x8a8a8a), QColor(0x0072B2), QColor(0x0072B2));
}

QPalette darkPalette()
{
    return paletteOf(QColor(0x2a2a2d), QColor(0x1d1d1f), QColor(0x3a3a3e), QColor(0xececec),
        QColor(0x848488), QColor(0x0072B2), QColor(0x56B4E9));
}

} // namespace

QColor PlotColors::cycle(std::size_t n) const
{
    const std::array colors {blue, orange, green, purple, yellow, red};
    return colors[n % colors.size()];
}

const PlotColors& plotColors(bool dark)
{
    static const PlotColors onLight {.background = QColor(Qt::white),
        .text = QColor(0x1a1a1a),
        .axis = QColor(0x5a5a5a),
        .grid = QColor(0xe4e4e4),
        .blue = QColor(0x0072B2),
        .orange = QColor(0xE69F00),
        .green = QColor(0x009E73),
        .red = QColor(0xD55E00),
        .purple = QColor(0xCC79A7),
        .yellow = QColor(0xE0C800),
        .cyan = QColor(0x2A9FD6),
        .neutral = QColor(Qt::black)};
    static const PlotColors onDark {.background = QColor(0x1d1d1f),
        .text = QColor(0xececec),
        .axis = QColor(0x9a9a9e),
        .grid = QColor(0x37373b),
        .blue = QColor(0x56B4E9),
        .orange = QColor(0xE69F00),
        .green = QColor(0x00B987),
        .red = QColor(0xF0713A),
        .purple = QColor(0xCC79A7),
        .yellow = QColor(0xF0E442),
        .cyan = QColor(0x8FD3FF),
        .neutral = QColor(Qt::white)};
    return dark ? onDark : onLight;
}

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
    : m_systemPalette(QApplication::palette())
{
    const QSettings settings;
    const int stored = settings.value(choiceKey, static_cast<int>(ThemeChoice::system)).toInt();
    m_choice = static_cast<ThemeChoice>(std::clamp(stored, 0, static_cast<int>(ThemeChoice::dark)));
    if (const int points = settings.value(fontKey).toInt(); points > 0) {
        setFontPoints(points);
    }
    apply();
}

bool Theme::dark() const
{
    return m_choice == ThemeChoice::dark
        || (m_choice == ThemeChoice::system && isDark(m_systemPalette));
}

void Theme::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    QSettings().setValue(choiceKey, static_cast<int>(choice));
    apply();
    Q_EMIT changed();
}

void Theme::apply() { QApplication::setPalette(dark() ? darkPalette() : lightPalette()); }

int Theme::fontPoints() const { return std::max(1, QApplication::font().pointSize()); }

void Theme::setFontPoints(int points)
{
    QFont font = QApplication::font();
    font.setPointSize(std::clamp(points, 6, 32));
    QApplication::setFont(font);
    QSettings().setValue(fontKey, font.pointSize());
    Q_EMIT changed();
}

} // namespace ui
