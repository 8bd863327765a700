#pragma once

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// The legend above a panel: one row of line samples, names and live values, with a note at the
/// right end. Values have a fixed width, so that nothing moves while they run.
class LegendStrip : public QCPLayerable {
public:
    struct Entry {
        QString name;
        QString unit;
        QPen pen;
        double value = 0.0;
        bool hasValue = false;
        bool block = false; ///< a filled sample instead of a line
    };

    explicit LegendStrip(QCustomPlot* plot);

    std::vector<Entry> entries;
    QString note; ///< "display 1:40, min-max"
    QColor textColor;
    QColor noteColor;

    /// "V_m -65.21 mV".
    static QString text(const Entry& entry);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    QRect clipRect() const override;
};

} // namespace ui
