#pragma once

#include "engine/frame.hpp"
#include "ui/panels/statistics_texts.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QWidget>

#include <memory>

class QLabel;

namespace ui {

class EngineBridge;
class SteadyTable;

/// Statistics of the newest window of the run; the state of a network by name with what theory says
/// of it, or the firing pattern of a single neuron, each with the numbers that decided.
class StatisticsPanel : public QWidget {
    Q_OBJECT

public:
    explicit StatisticsPanel(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Something is being computed that will be shown.
    bool busy() const { return m_theory.busy(); }

    const SteadyTable& table() const { return *m_table; }
    QString verdict() const; ///< rich text
    QString theory() const; ///< rich text
    QString span() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void beginSession(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void showVerdict(const engine::Frame& frame);
    void showTable();
    bool isWide() const;
    /// Computed while the panel can be seen only.
    void askTheory();

    EngineBridge& m_bridge;
    QLabel* m_verdict;
    QLabel* m_theoryText;
    QLabel* m_span;
    SteadyTable* m_table;

    bool m_namesRegime = false; ///< excitation and inhibition: else the pattern of a neuron
    QStringList m_columns; ///< names of the populations
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics;
    engine::analysis::RegimeTracker m_regime;
    bool m_theoryWanted = false; ///< values have changed since it was asked
    LatestResult<TheoryAnswer> m_theory;
};

} // namespace ui
