#pragma once

#include <QWidget>

class QLabel;
class QSplitter;

namespace ui {

class Comparison;
class PlotArea;

/// The plots of the window and, while two networks are compared, those of B: in panels of their own
/// beside, over the same time axis, or as ghosts in A's.
class CompareView : public QWidget {
    Q_OBJECT

public:
    CompareView(Comparison& comparison, PlotArea& plots, QWidget* parent = nullptr);

    /// nullptr while nothing is compared.
    PlotArea* other() const { return m_other; }
    /// What stands above the plots of B.
    QString title() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void begin();
    void end();
    void showView();
    void showGhosts();
    void tell();
    void alignPanels();
    void divide();

    Comparison& m_comparison;
    PlotArea& m_plots;
    QSplitter* m_splitter;
    QWidget* m_right;
    QLabel* m_titleA;
    QLabel* m_titleB;
    QWidget* m_foot; ///< as high as what A has below its panels
    PlotArea* m_other = nullptr;
};

} // namespace ui
