#pragma once

#include "ui/connectivity/connection_pictures.hpp"
#include "ui/plots/small_plot.hpp"
#include "ui/selection/neuron_selection.hpp"

#include <QTimer>

#include <optional>

namespace ui {

/// Who is connected to whom: targets from top to bottom, sources from left to right, all
/// populations one after the other. The wheel zooms, a drag moves, a drag with the right button
/// zooms into a box, a double click shows all. A click follows the target, with Shift the source.
class ConnectionMap : public SmallPlot {
    Q_OBJECT

public:
    using Quantity = engine::analysis::PictureQuantity;

    explicit ConnectionMap(QWidget* parent = nullptr);

    /// Another network: everything in view.
    void begin(const ConnectionPictures::Experiment& experiment);
    /// Other values of the same one.
    void setPictures(
        const ConnectionPictures::Experiment& experiment, const ConnectionPictures& pictures);
    void setQuantity(Quantity quantity);
    Quantity quantity() const { return m_quantity; }
    /// Shows one projection alone; missing: all together.
    void setProjection(std::optional<std::size_t> projection);
    void setFollowed(std::optional<NeuronId> neuron);

    /// What is in view.
    ConnectionPictures::View view() const;
    void showAll();
    /// About a place, as far as single neurons.
    void zoom(double factor, const QPointF& position);
    void showNeurons(double firstSource, double endSource, double firstTarget, double endTarget);

    /// What stands at a place of the widget.
    QString textAt(const QPointF& position) const;
    QPointF pixelOf(double source, double target) const;
    QColor colorAt(const QPointF& position) const;

    void applyTheme(const PlotColors& colors) override;
    /// One row for each cell in view.
    std::string csv() const override;

Q_SIGNALS:
    void viewChanged();
    void neuronClicked(NeuronId neuron);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Layer {
        ConnectionPictures::Picture picture;
        std::vector<double> values;
    };
    void renewValues();
    double usualMaximum() const;
    void setView(QCPRange sources, QCPRange targets);
    double neurons() const { return m_starts.empty() ? 0.0 : m_starts.back(); }
    QCPColorGradient gradient() const;
    void paintCells(QCPPainter& painter) const;
    void paintLayer(QImage& image, const QRect& area, const Layer& layer,
        const std::vector<QRgb>& colors) const;
    std::vector<QRgb> colorsOf(const Layer& layer) const;
    void paintBorders(QCPPainter& painter) const;
    void paintMarks(QCPPainter& painter) const;
    /// Place of a neuron, and of the layer that shows it.
    std::optional<NeuronId> neuronAt(double coordinate) const;
    QString nameOf(std::uint32_t first, std::uint32_t end) const;
    const Layer* layerAt(std::uint32_t source, std::uint32_t target) const;
    QString synapsesText(std::uint32_t source, std::uint32_t target, const Layer& layer) const;

    ConnectionPictures::Experiment m_experiment;
    std::vector<std::uint32_t> m_starts;
    Layer m_whole;
    Layer m_part;
    Quantity m_quantity = Quantity::synapses;
    std::optional<std::size_t> m_projection;
    QCPRange m_range {0.0, 1.0}; ///< of the colours
    std::optional<NeuronId> m_followed;
    const PlotColors* m_colors; ///< those of an export while there is one
    QCPColorScale* m_scale;
    std::optional<QPoint> m_press;
    Qt::MouseButton m_button = Qt::NoButton;
    bool m_moved = false;
    QPoint m_last;
    QRect m_box; ///< that is being drawn
    QTimer m_tell;
};

} // namespace ui
