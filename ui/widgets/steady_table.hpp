#pragma once

#include <QTableWidget>

#include <vector>

namespace ui {

/// A table of texts that are renewed while somebody looks: cells are changed in place and columns
/// only grow, so that nothing flickers or jumps.
class SteadyTable : public QTableWidget {
    Q_OBJECT

public:
    struct Cell {
        QString text;
        QString tip;
        QColor color; ///< invalid: the palette's
        bool number = false; ///< aligned to the right
        bool strong = false;
    };
    using Rows = std::vector<std::vector<Cell>>;

    explicit SteadyTable(QWidget* parent = nullptr);

    /// Shows these; as many cells in each row as there are titles.
    void setCells(const std::vector<Cell>& titles, const Rows& rows);
    /// Columns may become narrower again (another preset, another font).
    void forgetWidths();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void setShape(int rows, int columns);
    void showCell(QTableWidgetItem& item, const Cell& cell) const;
    void widen(int column, const Cell& cell, bool title);
};

} // namespace ui
