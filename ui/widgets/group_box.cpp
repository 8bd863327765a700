#include "ui/widgets/group_box.hpp"

#include "ui/widgets/input_habits.hpp"

#include <QVBoxLayout>

namespace ui {

namespace {

QWidget* makeColumn(QWidget* parent)
{
    auto* column = new QWidget(parent);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    return column;
}

QToolButton* makeFold(QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    pressWithReturn(button);
    return button;
}

} // namespace

GroupBox::GroupBox(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_header(makeFold(this))
    , m_more(makeFold(this))
    , m_essential(makeColumn(this))
    , m_secondary(makeColumn(this))
{
    QFont bold = m_header->font();
    bold.setBold(true);
    m_header->setFont(bold);
    m_header->setText(title);
    m_header->setChecked(true);
    m_header->setAccessibleName(tr("Group %1").arg(title));
    m_header->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_header->setToolTip(title);
    m_more->setAccessibleName(tr("More of %1").arg(title));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_essential);
    layout->addWidget(m_more);
    layout->addWidget(m_secondary);
    connect(m_header, &QToolButton::toggled, this, &GroupBox::arrange);
    connect(m_more, &QToolButton::toggled, this, &GroupBox::arrange);
    arrange();
}

void GroupBox::addRow(QWidget* row, bool essential)
{
    (essential ? m_essential : m_secondary)->layout()->addWidget(row);
    ++(essential ? m_essentialCount : m_secondaryCount);
    arrange();
}

void GroupBox::setExpanded(bool expanded) { m_header->setChecked(expanded); }

void GroupBox::setMoreShown(bool shown) { m_more->setChecked(shown); }

void GroupBox::setSearching(bool searching, int matches)
{
    m_searching = searching;
    setVisible(!searching || matches > 0);
    arrange();
}

void GroupBox::arrange()
{
    const bool open = m_searching || m_header->isChecked();
    // A group in which nothing is essential shows all its rows: it must not look empty.
    const bool hasMore = m_secondaryCount > 0 && m_essentialCount > 0;
    m_header->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_essential->setVisible(open && m_essentialCount > 0);
    m_more->setVisible(open && hasMore && !m_searching);
    m_more->setText(m_more->isChecked() ? tr("Less") : tr("More (%1)").arg(m_secondaryCount));
    m_more->setArrowType(m_more->isChecked() ? Qt::UpArrow : Qt::RightArrow);
    m_secondary->setVisible(
        open && m_secondaryCount > 0 && (!hasMore || m_searching || m_more->isChecked()));
}

} // namespace ui
