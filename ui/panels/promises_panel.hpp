#pragma once

#include "engine/frame.hpp"

#include <QWidget>

#include <memory>

class QBoxLayout;
class QLabel;
class QProgressBar;

namespace ui {

class EngineBridge;
class SteadyTable;

/// What the source of the preset promises beside what the present run shows.
class PromisesPanel : public QWidget {
    Q_OBJECT

public:
    explicit PromisesPanel(EngineBridge& bridge, QWidget* parent = nullptr);

    void showReport(const engine::LiveReport& report, const engine::config::Experiment& experiment);

    const SteadyTable& table() const { return *m_table; }
    QString headline() const;
    QString span() const;
    QString changes() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void take(const engine::Frame& frame);
    bool isNarrow() const;
    void showRowsAnew();
    void showRows(const engine::LiveReport& report, const engine::config::Experiment& experiment);

    EngineBridge& m_bridge;
    QBoxLayout* m_head; ///< one below the other where there is no room for one line
    QLabel* m_headline;
    QLabel* m_span;
    QLabel* m_changes;
    QProgressBar* m_progress;
    SteadyTable* m_table;
    std::shared_ptr<const engine::LiveReport> m_shown;
};

} // namespace ui
