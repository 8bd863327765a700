#include "ui/panels/preset_editor.hpp"

#include "ui/widgets/code_editor.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/json_highlighter.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStyle>
#include <QTextBlock>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <string>
#include <utility>

namespace ui {

namespace {

using engine::core::Diagnostic;
using engine::core::Severity;

constexpr int checkDelayMs = 250;
constexpr int followDelayMs = 200;
constexpr qsizetype largestText = 4 * 1024 * 1024; ///< more is no text to edit by hand
constexpr int lineRole = Qt::UserRole;
constexpr int columnRole = Qt::UserRole + 1;

/// What stands in the list: the place first, without the file, which is this text.
QString listText(const Diagnostic& diagnostic)
{
    Diagnostic local = diagnostic;
    local.file.clear();
    local.line = 0;
    local.column = 0;
    const QString text = QString::fromStdString(local.text());
    return diagnostic.line > 0 ? PresetEditor::tr("Line %1: %2").arg(diagnostic.line).arg(text)
                               : text;
}

} // namespace

PresetEditor::PresetEditor(QWidget* parent)
    : QWidget(parent)
    , m_editor(new CodeEditor)
    , m_highlighter(new JsonHighlighter(m_editor->document()))
    , m_problems(new QListWidget)
    , m_state(new QLabel(this))
    , m_apply(new QPushButton(tr("&Apply"), this))
    , m_revert(new QPushButton(tr("Re&vert"), this))
{
    m_editor->setAccessibleName(tr("Text of the preset"));
    m_problems->setAccessibleName(tr("Errors and warnings"));
    m_problems->setWordWrap(true);
    m_problems->setIconSize(QSize(fontMetrics().height(), fontMetrics().height()));
    m_problems->hide();
    m_state->setWordWrap(true);
    m_apply->setToolTip(tr("Run this preset (Ctrl+Return)"));
    m_apply->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_revert->setToolTip(tr("Back to the preset that is running"));
    pressWithReturn(m_apply);
    pressWithReturn(m_revert);

    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_editor);
    parts->addWidget(m_problems);
    parts->setStretchFactor(0, 4);
    parts->setStretchFactor(1, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_state, 1);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_apply);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);

    m_delay.setSingleShot(true);
    m_delay.setInterval(checkDelayMs);
    m_follow.setSingleShot(true);
    m_follow.setInterval(followDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &PresetEditor::startCheck);
    connect(&m_follow, &QTimer::timeout, this, &PresetEditor::showText);
    connect(&m_check, &QFutureWatcherBase::finished, this, &PresetEditor::finishCheck);
    connect(m_editor->document(), &QTextDocument::contentsChange, this, [this] {
        // Also said when only the colours change; the revision counts edits alone.
        if (m_editor->document()->revision() != m_textRevision) {
            m_textRevision = m_editor->document()->revision();
            textEdited();
        }
    });
    connect(m_problems, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
        m_editor->goTo(item->data(lineRole).toInt(), item->data(columnRole).toInt());
    });
    connect(m_problems, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        m_editor->goTo(item->data(lineRole).toInt(), item->data(columnRole).toInt());
    });
    connect(m_apply, &QPushButton::clicked, this, &PresetEditor::apply);
    connect(m_revert, &QPushButton::clicked, this, &PresetEditor::revert);
    showColours();
    showState();
}

PresetEditor::~PresetEditor() { m_check.waitForFinished(); }

void PresetEditor::setDocument(const engine::config::PresetDocument& document)
{
    const bool first = !m_document;
    m_document = document;
    if (first) {
        showText();
    } else if (!isEdited() && isVisible() && !m_follow.isActive()) {
        m_follow.start();
    }
}

void PresetEditor::open(
    const engine::config::PresetDocument& document, const QString& key, const QString& folder)
{
    m_folder = folder;
    if (key == m_key) {
        return; // the same again, or its text applied: what is being edited stays
    }
    if (isEdited()) {
        m_drafts.insert(m_key, m_editor->toPlainText());
    }
    m_key = key;
    m_document = document;
    m_follow.stop();
    m_editor->document()->setModified(false);
    showText();
    if (const QString draft = m_drafts.take(key); !draft.isEmpty() && !m_tooLarge) {
        m_editor->setPlainText(draft);
        m_editor->document()->setModified(true);
        m_textRevision = m_editor->document()->revision();
        textEdited();
    }
}

bool PresetEditor::isEdited() const { return m_editor->document()->isModified(); }

void PresetEditor::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!isEdited()) {
        showText();
    }
}

void PresetEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showColours();
    }
}

void PresetEditor::showColours()
{
    m_highlighter->setDark(palette().color(QPalette::Base).lightness() < 128);
}

/// Shows the preset that is open; the cursor and the scroll position stay where they are.
void PresetEditor::showText()
{
    if (!m_document || isEdited()) {
        return;
    }
    const QString text = QString::fromStdString(m_document->text());
    m_tooLarge = text.size() > largestText;
    m_editor->setReadOnly(m_tooLarge);
    const QString shown
        = m_tooLarge ? tr("This preset has %1 characters: edit its file.").arg(text.size()) : text;
    if (m_editor->toPlainText() != shown) {
        const QTextCursor cursor = m_editor->textCursor();
        const int line = cursor.blockNumber();
        const int column = cursor.positionInBlock();
        const int top = m_editor->verticalScrollBar()->value();
        m_editor->setPlainText(shown);
        m_textRevision = m_editor->document()->revision();
        const QTextBlock block = m_editor->document()->findBlockByNumber(line);
        if (block.isValid()) {
            QTextCursor back(block);
            back.setPosition(block.position() + std::min(column, block.length() - 1));
            m_editor->setTextCursor(back);
        }
        m_editor->verticalScrollBar()->setValue(top);
    }
    m_editor->document()->setModified(false);
    m_delay.stop();
    m_valid = *m_document;
    m_diagnostics = m_document->warnings();
    m_checkedRevision = ++m_revision;
    listProblems();
    showState();
}

void PresetEditor::textEdited()
{
    ++m_revision;
    m_valid.reset();
    m_delay.start();
    showState();
}

void PresetEditor::startCheck()
{
    if (m_check.isRunning()) {
        return; // finishCheck() begins anew where the text has changed meanwhile
    }
    // File references may be large, so the check does not run in the window's thread.
    m_check.setFuture(QtConcurrent::run(
        [text = m_editor->toPlainText().toStdString(), folder = m_folder.toStdString(),
            name = tr("this preset").toStdString(), revision = m_revision] {
            auto check = std::make_shared<Check>();
            check->revision = revision;
            check->result = engine::config::PresetDocument::parse(text, name, folder);
            return std::shared_ptr<const Check>(std::move(check));
        }));
}

void PresetEditor::finishCheck()
{
    const auto check = m_check.result();
    if (check->revision != m_revision) {
        if (m_checkedRevision != m_revision && !m_delay.isActive()) {
            startCheck();
        }
        return;
    }
    m_checkedRevision = m_revision;
    m_valid = check->result.document;
    m_diagnostics = check->result.diagnostics;
    listProblems();
    showState();
    Q_EMIT checked();
}

void PresetEditor::listProblems()
{
    std::vector<CodeEditor::Mark> marks;
    m_problems->clear();
    for (const Diagnostic& diagnostic : m_diagnostics) {
        const QString text = listText(diagnostic);
        auto* item = new QListWidgetItem(text, m_problems);
        item->setIcon(style()->standardIcon(diagnostic.severity == Severity::error
                ? QStyle::SP_MessageBoxCritical
                : QStyle::SP_MessageBoxWarning));
        item->setData(lineRole, diagnostic.line);
        item->setData(columnRole, diagnostic.column);
        if (diagnostic.line > 0) {
            marks.push_back(
                {diagnostic.line, diagnostic.column, diagnostic.severity == Severity::error, text});
        }
    }
    m_problems->setVisible(m_problems->count() > 0);
    m_editor->setMarks(std::move(marks));
}

void PresetEditor::showState()
{
    const auto errors = std::count_if(m_diagnostics.begin(), m_diagnostics.end(),
        [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
    if (!isEdited()) {
        m_state->setText(m_document ? tr("The preset that is running") : QString());
    } else if (m_checkedRevision != m_revision) {
        m_state->setText(tr("Checking \u2026"));
    } else if (errors > 0) {
        m_state->setText(errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    } else {
        m_state->setText(tr("Valid: Apply runs it"));
    }
    m_apply->setEnabled(isEdited() && m_valid.has_value());
    m_revert->setEnabled(isEdited());
}

void PresetEditor::apply()
{
    if (m_valid) {
        const engine::config::PresetDocument document = *m_valid;
        m_editor->document()->setModified(false);
        m_document = document;
        showState();
        Q_EMIT applied(document);
    }
}

void PresetEditor::revert()
{
    m_editor->document()->setModified(false);
    showText();
}

} // namespace ui
