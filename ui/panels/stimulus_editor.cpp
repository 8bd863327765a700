#include "ui/panels/stimulus_editor.hpp"

#include "ui/panels/stimulus_form.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/value_box.hpp"

#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace ui {

namespace {

using engine::config::PresetDocument;

constexpr int listLines = 4;

} // namespace

StimulusEditor::StimulusEditor(StimulusDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_list(new QListWidget(this))
    , m_add(new QToolButton(this))
    , m_duplicate(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_area(new QScrollArea(this))
{
    m_list->setAccessibleName(tr("Stimuli"));
    m_list->setMaximumHeight(listLines * (fontMetrics().height() + 6));
    auto* types = new QMenu(m_add);
    for (const engine::config::StimulusType& type : engine::config::stimulus_types()) {
        QAction* action
            = types->addAction(tr(type.title.c_str()), this, [this, type] { add(type); });
        action->setToolTip(tr(type.meaning.c_str()));
    }
    types->setToolTipsVisible(true);
    m_add->setText(tr("Add"));
    m_add->setMenu(types);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_duplicate->setText(tr("Duplicate"));
    m_remove->setText(tr("Remove"));
    auto* buttons = new QHBoxLayout;
    for (QToolButton* button : {m_add, m_duplicate, m_remove}) {
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(4);
    column->addWidget(m_list);
    column->addLayout(buttons);
    column->addWidget(m_area, 1);

    connect(m_list, &QListWidget::currentRowChanged, this, &StimulusEditor::showForm);
    connect(m_duplicate, &QToolButton::clicked, this, [this] {
        const int row = m_list->currentRow();
        m_desk.apply(
            [&](const PresetDocument& d) {
                return engine::config::duplicate_stimulus(d, static_cast<std::size_t>(row));
            },
            tr("Duplicate a stimulus"));
        m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        const int row = m_list->currentRow();
        m_desk.apply(
            [&](const PresetDocument& d) {
                return engine::config::remove_stimulus(d, static_cast<std::size_t>(row));
            },
            tr("Remove a stimulus"));
    });
    connect(&desk, &StimulusDesk::changed, this, &StimulusEditor::takeDocument);
    if (desk.document()) {
        takeDocument(*desk.document());
    }
}

QSize StimulusEditor::minimumSizeHint() const
{
    constexpr int chars = 30;
    constexpr int lines = 5;
    return {chars * fontMetrics().averageCharWidth(), lines * fontMetrics().lineSpacing()};
}

void StimulusEditor::add(const engine::config::StimulusType& type)
{
    if (!m_desk.document()) {
        return;
    }
    const double span = m_desk.document()->experiment().simulation.duration_ms.value_or(1000.0);
    constexpr double early = 0.4; // of what a person looks at
    m_desk.apply(
        [&](const PresetDocument& d) {
            return engine::config::add_stimulus(d, type.name, 0, early * span, span);
        },
        tr("Add %1").arg(tr(type.title.c_str())));
    m_list->setCurrentRow(m_list->count() - 1);
}

void StimulusEditor::choose(int stimulus)
{
    if (stimulus >= 0 && stimulus < m_list->count()) {
        m_list->setCurrentRow(stimulus);
    }
    m_list->setFocus();
}

void StimulusEditor::takeDocument(const PresetDocument& document)
{
    m_views = engine::config::stimulus_views(document);
    const int before = m_list->currentRow();
    {
        const QSignalBlocker quiet(m_list);
        while (m_list->count() > static_cast<int>(m_views.size())) {
            delete m_list->takeItem(m_list->count() - 1);
        }
        for (std::size_t i = 0; i < m_views.size(); ++i) {
            const QString text = QStringLiteral("%1: %2 to %3")
                                     .arg(QString::fromStdString(m_views[i].name()),
                                         tr(m_views[i].type->title.c_str()).toLower(),
                                         QString::fromStdString(m_views[i].target));
            const int row = static_cast<int>(i);
            if (row < m_list->count()) {
                m_list->item(row)->setText(text);
            } else {
                m_list->addItem(text);
            }
        }
        m_list->setCurrentRow(std::clamp(before, 0, std::max(0, m_list->count() - 1)));
    }
    m_duplicate->setEnabled(!m_views.empty());
    m_remove->setEnabled(!m_views.empty());
    showForm();
}

void StimulusEditor::showForm()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_views.size()) || !m_desk.document()) {
        m_form = nullptr;
        if (QWidget* old = m_area->takeWidget()) {
            old->deleteLater(); // it may be the one that asked for the change
        }
        return;
    }
    const engine::config::StimulusView& view = m_views[static_cast<std::size_t>(row)];
    if (m_form != nullptr && m_form->follow(*m_desk.document(), view)) {
        return;
    }
    if (QWidget* old = m_area->takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    m_form = new StimulusForm(m_desk, *m_desk.document(), view);
    m_area->setWidget(m_form);
}

} // namespace ui
