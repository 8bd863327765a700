#pragma once

#include <QToolButton>
#include <QWidget>

class QVBoxLayout;

namespace ui {

/// Group of rows under a heading that folds them away. Secondary rows stand under "More (n)".
class GroupBox : public QWidget {
    Q_OBJECT

public:
    explicit GroupBox(const QString& title, QWidget* parent = nullptr);

    /// Takes the row over; it follows those added before.
    void addRow(QWidget* row, bool essential);

    const QString& title() const { return m_title; }
    bool isExpanded() const { return m_header->isChecked(); }
    void setExpanded(bool expanded);
    bool isMoreShown() const { return m_more->isChecked(); }
    void setMoreShown(bool shown);

    /// While a search is on, rows show or hide themselves: everything is unfolded, and the group
    /// hides where none of its rows matches.
    void setSearching(bool searching, int matches);

private:
    void arrange();

    QString m_title;
    QToolButton* m_header;
    QToolButton* m_more;
    QWidget* m_essential;
    QWidget* m_secondary;
    int m_essentialCount = 0;
    int m_secondaryCount = 0;
    bool m_searching = false;
};

} // namespace ui
