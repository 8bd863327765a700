#include "ui/compare/pin_row.hpp"

#include "ui/compare/pins.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace ui {

PinRow::PinRow(const Pin& pin, QWidget* parent)
    : QWidget(parent)
    , m_style(pin.style)
    , m_shown(new QCheckBox(this))
    , m_line(new QLabel(this))
    , m_name(new QLineEdit(pin.name, this))
    , m_difference(new QLabel(this))
    , m_back(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    m_shown->setChecked(pin.shown);
    m_shown->setAccessibleName(tr("Show %1").arg(pin.name));
    m_shown->setToolTip(tr("Shows or hides its lines"));
    m_name->setAccessibleName(tr("Name of the pin"));
    m_name->setToolTip(tr("Recorded from %1 to %2 ms; type another name")
                           .arg(pin.run.grid.time_ms(pin.run.history->first_kept()))
                           .arg(pin.run.grid.time_ms(pin.run.now)));
    m_name->setCursorPosition(0);
    m_difference->setWordWrap(true);
    m_difference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_back->setText(tr("Back to this"));
    m_back->setAccessibleName(tr("Back to the parameters of %1").arg(pin.name));
    m_back->setToolTip(tr("Sets the parameters that it was run with; can be undone"));
    m_remove->setText(QStringLiteral("✕"));
    m_remove->setAccessibleName(tr("Remove %1").arg(pin.name));
    m_remove->setToolTip(tr("Removes the pin"));
    for (QToolButton* button : {m_back, m_remove}) {
        button->setFocusPolicy(Qt::TabFocus);
        pressWithReturn(button);
    }
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 2, 0, 6);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_shown, 0, 0);
    grid->addWidget(m_line, 0, 1);
    grid->addWidget(m_name, 0, 2);
    grid->addWidget(m_back, 0, 3);
    grid->addWidget(m_remove, 0, 4);
    grid->addWidget(m_difference, 1, 1, 1, 4);
    grid->setColumnStretch(2, 1);

    connect(m_shown, &QCheckBox::toggled, this, &PinRow::shownChanged);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (m_name->isModified() && !m_name->text().trimmed().isEmpty()) {
            m_name->setModified(false);
            Q_EMIT renamed(m_name->text().trimmed());
        }
    });
    connect(m_back, &QToolButton::clicked, this, &PinRow::backAsked);
    connect(m_remove, &QToolButton::clicked, this, &PinRow::removeAsked);
    connect(&Theme::instance(), &Theme::changed, this, &PinRow::applyTheme);
    applyTheme();
}

void PinRow::setDifference(const QString& text, const QString& all)
{
    m_difference->setText(text);
    m_difference->setToolTip(all);
}

QString PinRow::difference() const { return m_difference->text(); }

void PinRow::applyTheme()
{
    QPixmap sample(QSize(30, 12) * devicePixelRatioF());
    sample.setDevicePixelRatio(devicePixelRatioF());
    sample.fill(Theme::instance().colors().background);
    QPainter painter(&sample);
    painter.setPen(pinPen(m_style, Theme::instance().colors()));
    painter.drawLine(2, 6, 28, 6);
    m_line->setPixmap(sample);
}

} // namespace ui
