#pragma once

#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <string>

namespace ui {

/// A small plot in a dock, without a view of its own: it always shows all of its data.
class SmallPlot : public QCustomPlot {
    Q_OBJECT

public:
    explicit SmallPlot(QWidget* parent = nullptr);

    virtual void applyTheme(const PlotColors& colors);
    virtual std::string csv() const = 0;
    void paintForExport(QPainter& painter, QSize size);

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace ui
