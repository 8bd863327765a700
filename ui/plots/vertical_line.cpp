#include "ui/plots/vertical_line.hpp"

namespace ui {

QCPItemStraightLine* verticalLine(QCustomPlot* plot, QCPAxis* x, QCPAxis* y)
{
    auto* line = new QCPItemStraightLine(plot);
    for (QCPItemPosition* end : {line->point1, line->point2}) {
        end->setAxes(x, y);
        end->setTypeX(QCPItemPosition::ptPlotCoords);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        end->setAxisRect(x->axisRect());
    }
    line->setClipAxisRect(x->axisRect());
    line->setVisible(false);
    return line;
}

void placeLine(QCPItemStraightLine& line, std::optional<double> x)
{
    line.setVisible(x.has_value());
    line.point1->setCoords(x.value_or(0.0), 0.0);
    line.point2->setCoords(x.value_or(0.0), 1.0);
}

} // namespace ui
