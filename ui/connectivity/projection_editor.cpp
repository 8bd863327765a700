#include "ui/connectivity/projection_editor.hpp"

#include "engine/analysis/connections.hpp"
#include "ui/connectivity/projection_texts.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace ui {

namespace {

using engine::config::PresetDocument;
using engine::config::RuleType;

/// Whether the text is more than a number: an expression or a draw.
bool isNumber(const std::string& text)
{
    bool number = false;
    QString::fromStdString(text).trimmed().toDouble(&number);
    return number;
}

QLabel* noteIn(QWidget* parent)
{
    auto* note = new QLabel(parent);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    return note;
}

void say(QLabel& note, const QString& text, bool problem)
{
    QFont font = note.font();
    font.setBold(problem);
    note.setFont(font);
    note.setText(text);
    note.setVisible(!text.isEmpty());
}

} // namespace

ProjectionEditor::ProjectionEditor(StimulusDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_rule(new QComboBox(this))
    , m_number(new QLineEdit(this))
    , m_autapses(new QCheckBox(tr("onto itself"), this))
    , m_multapses(new QCheckBox(tr("several per pair"), this))
    , m_ruleNote(noteIn(this))
{
    auto* grid = new QGridLayout(this);
    constexpr int margin = 4;
    grid->setContentsMargins(margin, margin, margin, margin);
    constexpr int gap = 3;
    grid->setVerticalSpacing(gap);
    grid->setColumnStretch(1, 1);

    for (const RuleType& type : engine::config::rule_types()) {
        m_rule->addItem(tr(type.title.c_str()), QString::fromStdString(type.name));
    }
    m_rule->setAccessibleName(tr("Rule"));
    guardWheel(m_rule);
    constexpr int chars = 8;
    m_number->setMinimumWidth(chars * fontMetrics().averageCharWidth());
    m_autapses->setToolTip(tr("Whether a neuron may have synapses from itself (autapses)"));
    m_multapses->setToolTip(
        tr("Whether a source and a target may be joined by several synapses (multapses)"));
    auto* ruleLabel = new QLabel(tr("Rule"), this);
    ruleLabel->setBuddy(m_rule);
    auto* ruleRow = new QHBoxLayout;
    ruleRow->addWidget(m_rule, 2);
    ruleRow->addWidget(m_number, 1);
    grid->addWidget(ruleLabel, 0, 0);
    grid->addLayout(ruleRow, 0, 1, 1, 2);
    auto* flags = new QHBoxLayout;
    flags->addWidget(m_autapses);
    flags->addWidget(m_multapses);
    flags->addStretch();
    grid->addLayout(flags, 1, 1, 1, 2);
    grid->addWidget(m_ruleNote, 2, 1, 1, 2);
    m_weight = addLine(tr("Weight"), m_weightNote);
    m_delay = addLine(tr("Delay"), m_delayNote);
    grid->setRowStretch(grid->rowCount(), 1);

    connect(m_rule, &QComboBox::activated, this, [this] {
        const std::string name = m_rule->currentData().toString().toStdString();
        const auto& document = m_desk.document();
        for (const RuleType& type : engine::config::rule_types()) {
            if (type.name == name && document && m_projection) {
                wantRule(name, engine::config::suggested_number(*document, *m_projection, type));
            }
        }
    });
    const auto sameRule = [this] {
        if (m_view.rule != nullptr) {
            wantRule(m_view.rule->name, m_number->text().toStdString());
        }
    };
    connect(m_number, &QLineEdit::editingFinished, this, [this, sameRule] {
        if (m_number->text().toStdString() != m_view.number) {
            sameRule();
        }
    });
    connect(m_autapses, &QCheckBox::clicked, this, sameRule);
    connect(m_multapses, &QCheckBox::clicked, this, sameRule);
    connect(m_weight, &QLineEdit::editingFinished, this,
        [this] { wantValue(*m_weight, *m_weightNote, "weight"); });
    connect(m_delay, &QLineEdit::editingFinished, this,
        [this] { wantValue(*m_delay, *m_delayNote, "delay"); });
    m_number->installEventFilter(this);
    connect(&desk, &StimulusDesk::changed, this, &ProjectionEditor::follow);
    hide();
}

QLineEdit* ProjectionEditor::addLine(const QString& name, QLabel*& note)
{
    auto* grid = static_cast<QGridLayout*>(layout());
    auto* field = new QLineEdit(this);
    field->setAccessibleName(name);
    field->setToolTip(tr("A number, an expression such as -g * J, or a draw such as "
                         "{\"uniform\": [0, 1], \"scale\": \"J\"}"));
    field->installEventFilter(this);
    auto* label = new QLabel(name, this);
    label->setBuddy(field);
    note = noteIn(this);
    const int row = grid->rowCount();
    grid->addWidget(label, row, 0);
    grid->addWidget(field, row, 1, 1, 2);
    grid->addWidget(note, row + 1, 1, 1, 2);
    return field;
}

/// Esc brings back what the network has.
bool ProjectionEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        giveUp();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ProjectionEditor::giveUp()
{
    m_refused = nullptr;
    m_view = {};
    follow();
}

void ProjectionEditor::setProjection(std::optional<std::size_t> projection)
{
    if (projection != m_projection) {
        m_projection = projection;
        giveUp();
    }
}

void ProjectionEditor::follow()
{
    const auto& document = m_desk.document();
    const bool there
        = document && m_projection && *m_projection < document->experiment().projections.size();
    setVisible(there);
    if (!there) {
        return;
    }
    const auto view = engine::config::projection_view(*document, *m_projection);
    if (view == m_view) {
        showNotes();
        return;
    }
    // What is being typed, or cannot be set, stays until it is corrected or given up.
    const auto put = [this](QLineEdit& field, const std::string& before, const std::string& now) {
        if (before != now || (&field != m_refused && !field.isModified())) {
            field.setText(QString::fromStdString(now));
        }
    };
    put(*m_weight, m_view.weight, view.weight);
    put(*m_delay, m_view.delay, view.delay);
    put(*m_number, m_view.number, view.number);
    m_view = view;
    const bool list = view.rule == nullptr;
    const QSignalBlocker quiet(m_rule);
    m_rule->setCurrentIndex(list ? -1 : m_rule->findData(QString::fromStdString(view.rule->name)));
    m_rule->setPlaceholderText(tr("List of connections"));
    m_number->setVisible(!list && !view.rule->key.empty());
    if (!list) {
        m_number->setAccessibleName(QString::fromStdString(view.rule->key));
        m_number->setToolTip(tr("%1: %2").arg(
            QString::fromStdString(view.rule->key), tr(view.rule->meaning.c_str())));
    }
    const auto& projection = document->experiment().projections[*m_projection];
    m_autapses->setChecked(view.autapses);
    m_autapses->setVisible(!list && projection.source == projection.target);
    m_multapses->setChecked(view.multapses);
    m_multapses->setVisible(!list && view.rule->multapses);
    for (QWidget* field : std::initializer_list<QWidget*> {m_rule, m_weight, m_delay}) {
        field->setEnabled(!list);
    }
    showNotes();
}

void ProjectionEditor::showNotes()
{
    const auto& experiment = m_desk.document()->experiment();
    const auto& projection = experiment.projections[*m_projection];
    const auto note = [this](QLabel& label, const QWidget* field, const QString& text) {
        if (field != m_refused) {
            say(label, text, false);
        }
    };
    if (m_view.rule == nullptr) {
        note(*m_ruleNote, m_rule, tr("The list brings weights and delays: change it in the file"));
        note(*m_weightNote, m_weight, {});
        note(*m_delayNote, m_delay, {});
        return;
    }
    const QWidget* ruleField = m_refused == m_number ? static_cast<QWidget*>(m_number) : m_rule;
    const QString rebuilds = tr("a change builds the network anew");
    note(*m_ruleNote, ruleField,
        m_view.number.empty() || isNumber(m_view.number)
            ? rebuilds
            : tr("= %1; %2").arg(ruleText(projection), rebuilds));
    const auto valueNote = [&](const engine::config::Distributed& value, const std::string& written,
                               const QString& text) {
        if (!std::holds_alternative<double>(value)) {
            return tr("drawn for each synapse; another draw builds the network anew");
        }
        const QString acts = tr("acts at once");
        return isNumber(written) ? tr("%1; %2").arg(text, acts) : tr("= %1; %2").arg(text, acts);
    };
    QString weight = valueNote(
        *projection.weight, m_view.weight, weightText(experiment, *m_projection, nullptr));
    if (const auto* draw = std::get_if<engine::config::Draw>(&*projection.weight)) {
        weight = tr("drawn for each synapse, times %1: this acts at once, another draw builds the "
                    "network anew")
                     .arg(shortNumber(draw->scale));
    }
    note(*m_weightNote, m_weight, weight);
    note(*m_delayNote, m_delay,
        valueNote(
            *projection.delay_ms, m_view.delay, delayText(experiment, *m_projection, nullptr)));
}

void ProjectionEditor::want(const Edit& edit, const QString& what, QWidget& field, QLabel& note)
{
    if (!m_projection || !m_desk.document()) {
        return;
    }
    const std::size_t projection = *m_projection;
    const QString name = projectionName(m_desk.document()->experiment(), projection);
    m_refused = nullptr;
    const QString problem
        = m_desk.apply([&](const PresetDocument& document) { return edit(document, projection); },
            QStringLiteral("%1 %2").arg(what, name));
    if (problem.isEmpty()) {
        follow();
    } else {
        refuse(field, note, problem);
    }
}

void ProjectionEditor::refuse(QWidget& field, QLabel& note, const QString& problem)
{
    m_refused = &field;
    say(note, problem, true);
    // A choice that is not possible leaves what was chosen before.
    const QSignalBlocker quiet(m_rule);
    m_rule->setCurrentIndex(
        m_view.rule == nullptr ? -1 : m_rule->findData(QString::fromStdString(m_view.rule->name)));
    m_autapses->setChecked(m_view.autapses);
    m_multapses->setChecked(m_view.multapses);
}

void ProjectionEditor::wantValue(QLineEdit& field, QLabel& note, const char* key)
{
    const std::string text = field.text().toStdString();
    const std::string& before = std::string_view(key) == "weight" ? m_view.weight : m_view.delay;
    field.setModified(false);
    if (text == before) {
        if (m_refused == &field) {
            m_refused = nullptr;
            showNotes();
        }
        return;
    }
    want(
        [&](const PresetDocument& document, std::size_t projection) {
            return engine::config::set_projection_value(document, projection, key, text);
        },
        std::string_view(key) == "weight" ? tr("Weight of") : tr("Delay of"), field, note);
}

void ProjectionEditor::wantRule(const std::string& name, const std::string& number)
{
    m_number->setModified(false);
    const bool sameRule = m_view.rule != nullptr && m_view.rule->name == name;
    const engine::config::RuleWanted wanted {
        name, number, m_autapses->isChecked(), m_multapses->isChecked()};
    want(
        [&](const PresetDocument& document, std::size_t projection) {
            return engine::config::set_rule(document, projection, wanted);
        },
        tr("Rule of"), sameRule ? static_cast<QWidget&>(*m_number) : *m_rule, *m_ruleNote);
}

QString ProjectionEditor::ruleNote() const { return m_ruleNote->text(); }

QString ProjectionEditor::weightNote() const { return m_weightNote->text(); }

QString ProjectionEditor::delayNote() const { return m_delayNote->text(); }

} // namespace ui
