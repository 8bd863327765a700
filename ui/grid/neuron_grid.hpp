#pragma once

#include "engine/analysis/neuron_states.hpp"
#include "engine/config/experiment.hpp"
#include "ui/grid/grid_layout.hpp"
#include "ui/grid/grid_scale.hpp"
#include "ui/theme.hpp"

#include <QElapsedTimer>
#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QRubberBand;

namespace ui {

class FollowedNeuron;

/// The populations of a network as grids of neurons, coloured by a variable. Neurons are chosen and
/// followed here as in the raster.
class NeuronGrid : public QWidget {
    Q_OBJECT

public:
    explicit NeuronGrid(QWidget* parent = nullptr);

    /// Another network, or the same one with other values.
    void begin(std::shared_ptr<const engine::config::Experiment> experiment);
    /// Another variable: a recordable or engine::analysis::since_spike; what was shown goes.
    void setVariable(const std::string& variable);
    void take(std::shared_ptr<const engine::analysis::NeuronStates> states);
    /// For its lifetime.
    void setSelection(FollowedNeuron& followed);
    void applyTheme(const PlotColors& colors);

    static constexpr int margin = 4; ///< pixels around what is painted

    const GridLayout& grids() const { return m_layout; }
    /// Where the layout begins in the widget.
    static QPoint inset();
    std::optional<NeuronId> neuronAt(const QPoint& position) const
    {
        return m_layout.neuronAt(position - inset());
    }
    const GridScale& scale() const { return m_scale; }
    /// Colour that a neuron has.
    QColor colorOf(NeuronId id) const;
    /// "E 431: V_m -61.3 mV".
    QString textOf(NeuronId id) const;
    /// With the white palette.
    void paintForExport(QPainter& painter, QSize size) const;
    /// What is shown: population, neuron and value.
    std::string csv() const;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const std::vector<double>& valuesOf(std::size_t population) const;
    QString variableText() const;
    QString unit() const;
    QString titleOf(std::size_t population) const;
    int line() const; ///< height of a line of text
    QSize room(QSize whole) const; ///< for the grids, above the scale
    std::vector<std::size_t> sizes() const;
    void arrange();
    void color();
    void forgetMarks();
    void hover(std::optional<NeuronId> neuron);
    QRect hoverRect() const;
    QRect titleRect(std::size_t population) const;
    void paintBlocks(QPainter& painter, const QRegion& dirty, const PlotColors& colors) const;
    void paintScale(QPainter& painter, QSize whole, const PlotColors& colors) const;
    void paintHover(QPainter& painter) const;

    std::shared_ptr<const engine::config::Experiment> m_experiment;
    std::string m_variable;
    std::shared_ptr<const engine::analysis::NeuronStates> m_states;
    FollowedNeuron* m_followed = nullptr;
    const PlotColors* m_colors;
    GridLayout m_layout;
    GridScale m_scale;
    std::vector<QImage> m_images; ///< by population, a pixel for each neuron
    QPixmap m_marks; ///< over the grids; null: to be drawn anew
    QElapsedTimer m_sinceStates;
    QRubberBand* m_choosing; ///< a box of neurons
    QPoint m_pressed;
    bool m_clicking = false; ///< a press that may become a click
    std::optional<NeuronId> m_hovered;
};

} // namespace ui
