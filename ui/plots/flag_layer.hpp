#pragma once

#include "ui/plots/change_flags.hpp"

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Draws the change flags and the marked moments on top of everything.
class FlagLayer : public QCPLayerable {
public:
    explicit FlagLayer(QCustomPlot* plot);

    const std::vector<ChangeFlag>* flags = nullptr; ///< owned by the caller
    bool withText = false;
    const ShownMoments* moments = nullptr; ///< likewise
    QColor color;
    QColor momentColor;
    QColor ground;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    QRect clipRect() const override;

    void draw(QCPPainter* painter) override;

private:
    void drawMoments(QCPPainter& painter) const;
};

} // namespace ui
