#pragma once

#include "engine/theory/regions.hpp"
#include "ui/plots/painted_layer.hpp"
#include "ui/plots/sweep_map_plot.hpp"
#include "ui/regime/regime_state.hpp"
#include "ui/regime/regime_trail.hpp"
#include "ui/widgets/value_scale.hpp"

#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace ui {

/// The plane of two parameters with theory as shading and lines, measured tiles, and the network's
/// way through it. A click or Enter says where the network is wanted, a drag leads it there.
class RegimePlot : public SweepMapPlot {
    Q_OBJECT

public:
    struct Axis {
        QString title;
        ValueScale scale;
    };
    /// A place with a name that can be jumped to.
    struct Mark {
        QPointF at;
        QString name;
    };
    struct Tiles {
        std::vector<double> x; ///< ascending
        std::vector<double> y;
        std::vector<double> values; ///< x slowest; NaN = not known

        friend bool operator==(const Tiles&, const Tiles&) = default;
    };

    explicit RegimePlot(QWidget* parent = nullptr);

    void setAxes(const Axis& x, const Axis& y);
    void setCoding(RegimeQuantity quantity, bool logarithmic);
    RegimeQuantity quantity() const { return m_quantity; }
    /// Shading of columns x rows points over the whole plane, x slowest; NaN = none. Nothing at
    /// all: empty.
    void setField(int columns, int rows, std::vector<double> values);
    /// `old`: of other values than hold now.
    void setTiles(Tiles tiles, bool old);
    /// Lines and names of regions; `balance`: where excitation and inhibition cancel.
    void setRegions(std::vector<engine::theory::Border> borders,
        std::vector<engine::theory::RegionPlace> places, std::optional<double> balance);
    void setMarks(std::vector<Mark> marks);
    /// What moves while the network runs; drawn without the rest.
    void setTrail(const std::vector<RegimeStop>& stops, const QString& verdict);
    /// Text of the tool tip at a place of the plane.
    void setDescription(std::function<QString(const QPointF&)> describe);

    /// Where keys would send the network; missing while no key has moved it.
    const std::optional<QPointF>& cursor() const { return m_cursor; }
    QPoint pixelOf(const QPointF& at) const;
    /// The value range of the colours.
    QCPRange colorRange() const { return m_range; }
    QColor colorOf(double value) const;

    void applyTheme(const PlotColors& colors) override;
    QString textAt(const QPoint& position) const override;

Q_SIGNALS:
    /// A new gesture: what is wanted from now on is one change.
    void gestureStarted();
    void placeWanted(const QPointF& at);

protected:
    QCPColorGradient gradient() const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QPointF placeAt(const QPoint& position) const;
    std::optional<QPointF> markNear(const QPoint& position) const;
    void want(const QPointF& at);
    void setCursorPlace(const std::optional<QPointF>& at);
    void showField();
    void paintBelow(QCPPainter& painter);
    void paintTiles(QCPPainter& painter) const;
    void paintRegions(QCPPainter& painter) const;
    void paintMarks(QCPPainter& painter) const;
    void paintAbove(QCPPainter& painter);
    void paintTrail(QCPPainter& painter) const;
    void paintPresent(QCPPainter& painter) const;
    QPointF toPixel(const QPointF& at) const;

    Axis m_x;
    Axis m_y;
    RegimeQuantity m_quantity = RegimeQuantity::rate;
    bool m_logarithmic = false;
    QCPRange m_range {0.0, 1.0};
    int m_columns = 0;
    int m_rows = 0;
    std::vector<double> m_field;
    Tiles m_tiles;
    bool m_tilesOld = false;
    std::vector<engine::theory::Border> m_borders;
    std::vector<engine::theory::RegionPlace> m_places;
    std::optional<double> m_balance;
    std::vector<Mark> m_marks;
    std::vector<RegimeStop> m_stops;
    QString m_verdict;
    std::function<QString(const QPointF&)> m_describe;
    std::optional<QPointF> m_cursor;
    std::optional<QPointF> m_wanted; ///< not told yet
    bool m_dragging = false;
    QTimer m_tell;
};

} // namespace ui
