#pragma once

#include "ui/connectivity/bar_plot.hpp"
#include "ui/connectivity/connection_data.hpp"
#include "ui/selection/neuron_selection.hpp"

#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;

namespace ui {

/// In- and out-degrees, weights and delays of one projection or of all, beside what theory says.
class ConnectionHistograms : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionHistograms(QWidget* parent = nullptr);

    /// `projection` missing: all together. Nothing is shown of what is not counted yet.
    void show(const engine::config::Experiment& experiment,
        const std::vector<ConnectionData::Counts>& counts, std::optional<std::size_t> projection,
        std::optional<NeuronId> followed);

    BarPlot& inDegrees() const { return *m_in; }
    BarPlot& outDegrees() const { return *m_out; }
    BarPlot& weights() const { return *m_weights; }
    BarPlot& delays() const { return *m_delays; }
    QList<BarPlot*> plots() const { return {m_in, m_out, m_weights, m_delays}; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showDegrees(const engine::config::Experiment& experiment,
        const std::vector<ConnectionData::Counts>& counts, std::optional<std::size_t> projection,
        std::optional<NeuronId> followed);
    void arrange();

    BarPlot* m_in;
    BarPlot* m_out;
    BarPlot* m_weights;
    BarPlot* m_delays;
    QGridLayout* m_grid;
};

} // namespace ui
