#include "ui/widgets/steady_table.hpp"

#include <QEvent>
#include <QHeaderView>

#include <algorithm>

namespace ui {

SteadyTable::SteadyTable(QWidget* parent)
    : QTableWidget(parent)
{
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    forgetWidths();
}

void SteadyTable::forgetWidths()
{
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    for (int column = 0; column < columnCount(); ++column) {
        setColumnWidth(column, 1);
    }
}

void SteadyTable::setShape(int rows, int columns)
{
    if (rows == rowCount() && columns == columnCount()) {
        return;
    }
    setRowCount(rows);
    setColumnCount(columns);
    for (int column = 0; column < columns; ++column) {
        if (!horizontalHeaderItem(column)) {
            setHorizontalHeaderItem(column, new QTableWidgetItem);
        }
        for (int row = 0; row < rows; ++row) {
            if (!item(row, column)) {
                setItem(row, column, new QTableWidgetItem);
            }
        }
    }
    forgetWidths();
    updateGeometry();
}

void SteadyTable::showCell(QTableWidgetItem& item, const Cell& cell) const
{
    if (item.text() != cell.text) {
        item.setText(cell.text);
    }
    if (item.toolTip() != cell.tip) {
        item.setToolTip(cell.tip);
    }
    const QBrush brush = cell.color.isValid() ? QBrush(cell.color) : QBrush();
    if (item.foreground() != brush) {
        item.setForeground(brush);
    }
    const Qt::Alignment alignment
        = Qt::AlignVCenter | (cell.number ? Qt::AlignRight : Qt::AlignLeft);
    if (item.textAlignment() != static_cast<int>(alignment)) {
        item.setTextAlignment(alignment);
    }
    if (item.font().bold() != cell.strong) {
        QFont strong = font();
        strong.setBold(cell.strong);
        item.setFont(strong);
    }
}

void SteadyTable::widen(int column, const Cell& cell, bool title)
{
    constexpr int margins = 14;
    QFont bold = font();
    bold.setBold(cell.strong);
    const QFontMetrics metrics(title ? horizontalHeader()->font() : bold);
    const int needed = metrics.horizontalAdvance(cell.text) + margins;
    if (columnWidth(column) < needed) {
        setColumnWidth(column, needed);
    }
}

void SteadyTable::setCells(const std::vector<Cell>& titles, const Rows& rows)
{
    // The last column is empty: it takes the width that is left, and numbers stay where they are.
    setShape(static_cast<int>(rows.size()), static_cast<int>(titles.size()) + 1);
    showCell(*horizontalHeaderItem(columnCount() - 1), {});
    for (int row = 0; row < rowCount(); ++row) {
        showCell(*item(row, columnCount() - 1), {});
    }
    for (int column = 0; column + 1 < columnCount(); ++column) {
        const auto place = static_cast<std::size_t>(column);
        showCell(*horizontalHeaderItem(column), titles[place]);
        widen(column, titles[place], true);
        for (int row = 0; row < rowCount(); ++row) {
            const Cell& cell = rows[static_cast<std::size_t>(row)][place];
            showCell(*item(row, column), cell);
            widen(column, cell, false);
        }
    }
}

QSize SteadyTable::sizeHint() const
{
    const int height = horizontalHeader()->sizeHint().height() + verticalHeader()->length();
    return {horizontalHeader()->length(), height + 2 * frameWidth()};
}

QSize SteadyTable::minimumSizeHint() const
{
    return {20 * fontMetrics().averageCharWidth(), 3 * verticalHeader()->defaultSectionSize()};
}

void SteadyTable::changeEvent(QEvent* event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        forgetWidths();
    }
}

} // namespace ui
