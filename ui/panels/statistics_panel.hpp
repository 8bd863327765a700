#pragma once

#include "engine/frame.hpp"
#include "ui/panels/statistics_texts.hpp"

#include <QWidget>

#include <memory>

class QLabel;

namespace ui {

class EngineBridge;
class SteadyTable;
class VerdictLabel;

/// Statistics of the newest window of the run, each beside the value of theory and what the source
/// promises; the state of a network by name with what theory says of it, or the firing pattern of a
/// single neuron, each with the numbers that decided.
class StatisticsPanel : public QWidget {
    Q_OBJECT

public:
    StatisticsPanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent = nullptr);

    const SteadyTable& table() const { return *m_table; }
    QString verdict() const; ///< rich text
    QString theory() const; ///< rich text
    QString span() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void beginSession(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void showTable();
    bool isWide() const;
    void showTheory();
    std::vector<StatisticLine> lines() const;

    const NetworkTheory& m_theory;
    VerdictLabel* m_verdict;
    QLabel* m_theoryText;
    QLabel* m_span;
    SteadyTable* m_table;

    QStringList m_columns; ///< names of the populations
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics;
    std::shared_ptr<const engine::LiveReport> m_checks;
};

} // namespace ui
