#include "ui/plots/plot_looks.hpp"

#include <qcustomplot.h>

#include <array>
#include <cmath>

namespace ui {

void dressAxis(QCPAxis& axis, const PlotColors& colors, const QFont& font)
{
    axis.setBasePen(QPen(colors.axis, 1));
    axis.setTickPen(QPen(colors.axis, 1));
    axis.setSubTickPen(QPen(colors.axis, 1));
    axis.setTickLabelColor(colors.text);
    axis.setLabelColor(colors.text);
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.setLabelPadding(2);
    axis.setTickLabelPadding(3);
    axis.grid()->setPen(QPen(colors.grid, 1, Qt::SolidLine));
    axis.grid()->setZeroLinePen(QPen(colors.grid, 1, Qt::SolidLine));
}

QCPColorGradient viridis()
{
    constexpr std::array<QRgb, 9> steps {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
        0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        gradient.setColorStopAt(
            static_cast<double>(i) / static_cast<double>(steps.size() - 1), QColor(steps.at(i)));
    }
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    return gradient;
}

QSharedPointer<QCPAxisTicker> logTicker(double lower, double upper)
{
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    constexpr double most_labels = 2.5; // decades with all three
    const bool all = std::log10(upper / lower) < most_labels;
    for (double decade = std::pow(10.0, std::floor(std::log10(lower))); decade < upper;
         decade *= 10.0) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (all || factor == 1.0) {
                ticker->addTick(factor * decade, QString::number(factor * decade));
            }
        }
    }
    return ticker;
}

} // namespace ui
