#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QString>

#include <array>

namespace ui {

/// Colours of the plots. The hues are those of Okabe & Ito (colour-blind safe); on dark ground the
/// lighter blue stands in for the darker one.
struct PlotColors {
    QColor background;
    QColor text;
    QColor axis;
    QColor grid;
    QColor blue;
    QColor orange;
    QColor green;
    QColor red;
    QColor purple;
    QColor yellow;
    QColor cyan;
    QColor neutral; ///< black on light ground, white on dark

    /// For the n-th of several equal things (neurons, populations); repeats after six.
    QColor cycle(std::size_t n) const;
};

const PlotColors& plotColors(bool dark);

enum class ThemeChoice { system, light, dark };

/// Palette of the application and colours of the plots; remembers the choice. One for the
/// application, in the window's thread. Qt 6.4 tells nothing about the system's scheme: it is read
/// off the palette that the platform gave.
class Theme : public QObject {
    Q_OBJECT

public:
    static Theme& instance();

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    bool dark() const;
    const PlotColors& colors() const { return plotColors(dark()); }

    /// Points of the application's font; kept between 6 and 32.
    int fontPoints() const;
    void setFontPoints(int points);

Q_SIGNALS:
    void changed();

private:
    Theme();
    void apply();

    ThemeChoice m_choice = ThemeChoice::system;
    QPalette m_systemPalette;
};

} // namespace ui
