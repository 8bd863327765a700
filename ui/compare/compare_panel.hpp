#pragma once

#include "ui/compare/compare_texts.hpp"
#include "ui/widgets/when_seen.hpp"

#include <QWidget>

class QAction;
class QBoxLayout;
class QComboBox;
class QLabel;
class QMenu;
class QUndoStack;

namespace ui {

class Comparison;
class NetworkTheory;
class SizeControl;
class SteadyTable;

/// What the comparison of two networks is steered with and what it says: how B is shown, what
/// differs, since when the runs differ, the size of A, and the statistics of both beside theory.
class ComparePanel : public QWidget {
    Q_OBJECT

public:
    ComparePanel(Comparison& comparison, const NetworkTheory& theory, QUndoStack& undo,
        QWidget* parent = nullptr);

    QAction* beginAction() const { return m_begin; }
    QAction* swapAction() const { return m_swap; }
    QAction* takeAction() const { return m_take; }
    QAction* endAction() const { return m_end; }
    void fillMenu(QMenu& menu);

    QComboBox& views() const { return *m_views; }
    SizeControl& size() const { return *m_size; }
    const SteadyTable& table() const { return *m_table; }
    QString differences() const;
    QString firstDifference() const;
    QString sizes() const; ///< rich text

Q_SIGNALS:
    void report(const QString& message, bool error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeActions();
    QWidget* makeControls();
    void showActive();
    void renew();

    Comparison& m_comparison;
    const NetworkTheory& m_theory;
    QAction* m_begin;
    QAction* m_swap;
    QAction* m_take;
    QAction* m_end;
    QWidget* m_content;
    QLabel* m_hint;
    QWidget* m_controls;
    QBoxLayout* m_body;
    QComboBox* m_views;
    QLabel* m_differences;
    QLabel* m_firstDifference;
    SizeControl* m_size;
    QLabel* m_sizes;
    SteadyTable* m_table;
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics; ///< of A
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_otherStatistics;
    WhenSeen m_seen;
};

} // namespace ui
