#include "ui/panels/parameter_panel.hpp"

#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/widgets/group_box.hpp"
#include "ui/widgets/parameter_row.hpp"
#include "ui/widgets/parameter_slider.hpp"
#include "ui/widgets/parameter_text.hpp"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

using engine::config::Adjustable;
using engine::core::Value;

constexpr int staleCheckMs = 200;
constexpr int patienceMs = 600; ///< the engine answers within a frame or two

/// Whether the same row can show both.
bool isSameShape(const Adjustable& one, const Adjustable& other)
{
    return one.path == other.path && one.label == other.label && one.meaning == other.meaning
        && one.unit == other.unit && one.kind == other.kind && one.group == other.group
        && one.essential == other.essential && one.live == other.live
        && one.integer == other.integer && one.nullable == other.nullable
        && one.choices == other.choices;
}

/// Whether rows of the same shape look the same.
bool showsSame(const Adjustable& one, const Adjustable& other)
{
    return one.value == other.value && one.default_value == other.default_value
        && one.expression == other.expression && one.spread == other.spread
        && one.slider_min == other.slider_min && one.slider_max == other.slider_max
        && one.log_scale == other.log_scale && one.limits.min == other.limits.min
        && one.limits.max == other.limits.max;
}

} // namespace

ParameterPanel::ParameterPanel(EngineBridge& bridge, QUndoStack& undo, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_undo(undo)
    , m_search(new QLineEdit(this))
    , m_nothing(new QLabel(tr("No parameter matches."), this))
    , m_area(new QScrollArea(this))
{
    m_search->setPlaceholderText(tr("Search parameters"));
    m_search->setAccessibleName(tr("Search parameters"));
    m_search->setClearButtonEnabled(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_area->setAccessibleName(tr("Parameters"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_nothing);
    layout->addWidget(m_area, 1);

    m_stale.setInterval(staleCheckMs);
    connect(&m_stale, &QTimer::timeout, this, &ParameterPanel::giveUpStale);
    connect(m_search, &QLineEdit::textChanged, this, &ParameterPanel::filter);
    connect(&bridge, &EngineBridge::documentChanged, this, &ParameterPanel::showDocument);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        const auto at = std::find_if(m_order.begin(), m_order.end(),
            [now](const ParameterRow* row) { return now != nullptr && row->isAncestorOf(now); });
        m_focused = at == m_order.end() ? nullptr : *at;
        attend();
    });
    if (bridge.document()) {
        showDocument(*bridge.document());
    }
}

ParameterPanel::~ParameterPanel()
{
    disconnect(qApp, nullptr, this, nullptr); // the focus leaves rows that are taken down
}

void ParameterPanel::setReference(const engine::config::PresetDocument& reference)
{
    m_reference = reference;
    m_referenceRows.clear();
    for (const Adjustable& adjustable : engine::config::adjustables(reference)) {
        m_referenceRows.emplace(adjustable.path, adjustable);
    }
    compareWithReference();
}

void ParameterPanel::resetParameters()
{
    if (!m_reference || !m_bridge.document()) {
        return;
    }
    std::vector<SetValuesCommand::Change> changes;
    // Stimuli as a whole: some may have come or gone.
    const Value stimuli = m_bridge.document()->value("stimuli").value_or(Value {});
    const Value opened = m_reference->value("stimuli").value_or(Value {});
    if (stimuli != opened) {
        changes.push_back({"stimuli", stimuli, opened});
    }
    for (const ParameterRow* row : m_order) {
        const auto found = m_referenceRows.find(row->path());
        const bool inStimuli = row->path().compare(0, 8, "stimuli/") == 0;
        if (!inStimuli && found != m_referenceRows.end() && row->isChanged()) {
            changes.push_back(
                {row->path(), writtenValue(row->adjustable()), writtenValue(found->second)});
        }
    }
    if (!changes.empty()) {
        m_undo.push(new SetValuesCommand(m_bridge, std::move(changes), tr("Reset parameters")));
    }
}

std::vector<ParameterRow*> ParameterPanel::rows() const { return m_order; }

ParameterRow* ParameterPanel::row(const std::string& path) const
{
    const auto found = m_rows.find(path);
    return found == m_rows.end() ? nullptr : found->second;
}

void ParameterPanel::showDocument(const engine::config::PresetDocument& document)
{
    auto adjustables = engine::config::adjustables(document);
    if (!std::equal(
            adjustables.begin(), adjustables.end(), m_shape.begin(), m_shape.end(), isSameShape)) {
        rebuild(adjustables);
    } else {
        for (std::size_t i = 0; i < adjustables.size(); ++i) {
            // A slider moves few of them, and showing one costs more than comparing all.
            if (!showsSame(adjustables[i], m_shape[i]) || m_order[i]->isWaiting()) {
                m_order[i]->follow(adjustables[i]);
            }
        }
        m_shape = std::move(adjustables);
    }
    if (!m_reference) {
        setReference(document);
    }
}

void ParameterPanel::rebuild(const std::vector<Adjustable>& adjustables)
{
    for (const GroupBox* group : m_groups) {
        m_folds.insert(group->title(), {group->isExpanded(), group->isMoreShown()});
    }
    m_hovered = m_focused = nullptr;
    m_rows.clear();
    m_order.clear();
    m_groups.clear();
    m_held.clear();
    m_shape = adjustables;

    // The scroll area deletes the old rows with their widget.
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 4, 4);
    layout->setSpacing(4);
    std::map<std::string, GroupBox*> byTitle;
    for (const Adjustable& adjustable : adjustables) {
        GroupBox*& group = byTitle[adjustable.group];
        if (group == nullptr) {
            group = new GroupBox(QString::fromStdString(adjustable.group), content);
            layout->addWidget(group);
            m_groups.push_back(group);
        }
        group->addRow(makeRow(adjustable), adjustable.essential);
    }
    layout->addStretch(1);
    for (GroupBox* group : m_groups) {
        const auto fold = m_folds.constFind(group->title());
        if (fold != m_folds.constEnd()) {
            group->setExpanded(fold->first);
            group->setMoreShown(fold->second);
        }
    }
    m_area->setWidget(content);
    compareWithReference();
    filter();
}

ParameterRow* ParameterPanel::makeRow(const Adjustable& adjustable)
{
    auto* row = new ParameterRow(adjustable);
    m_rows.emplace(adjustable.path, row);
    m_order.push_back(row);
    row->installEventFilter(this);
    connect(row, &ParameterRow::wanted, this,
        [this, row](const Value& value, quint64 gesture) { wanted(*row, value, gesture); });
    connect(row, &ParameterRow::gestureFinished, this, [this, row] {
        const auto held = m_held.find(row);
        if (held != m_held.end()) {
            const auto [value, gesture] = held->second;
            m_held.erase(held);
            push(*row, value, gesture);
        }
    });
    return row;
}

bool ParameterPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        auto* row = qobject_cast<ParameterRow*>(watched);
        m_hovered = event->type() == QEvent::Enter ? row : nullptr;
        attend();
    }
    return QWidget::eventFilter(watched, event);
}

void ParameterPanel::attend()
{
    const ParameterRow* row = m_hovered != nullptr ? m_hovered : m_focused;
    Q_EMIT attended(row == nullptr ? std::string() : row->path());
}

void ParameterPanel::reveal(const std::string& path)
{
    ParameterRow* wanted = row(path);
    if (wanted == nullptr) {
        return;
    }
    m_search->clear();
    for (GroupBox* group : m_groups) {
        if (group->title() == QString::fromStdString(wanted->adjustable().group)) {
            group->setExpanded(true);
            group->setMoreShown(group->isMoreShown() || !wanted->adjustable().essential);
        }
    }
    if (wanted->slider() != nullptr) {
        wanted->slider()->setFocus();
    }
    m_area->ensureWidgetVisible(wanted);
}

void ParameterPanel::compareWithReference()
{
    for (ParameterRow* row : m_order) {
        const auto found = m_referenceRows.find(row->path());
        row->setReference(
            found == m_referenceRows.end() ? std::nullopt : std::optional(found->second));
    }
}

void ParameterPanel::filter()
{
    const QString text = m_search->text().trimmed();
    std::map<QString, int> matches;
    int all = 0;
    for (ParameterRow* row : m_order) {
        const bool match = text.isEmpty() || row->matches(text);
        row->setVisible(match);
        const int one = match ? 1 : 0;
        matches[QString::fromStdString(row->adjustable().group)] += one;
        all += one;
    }
    for (GroupBox* group : m_groups) {
        group->setSearching(!text.isEmpty(), matches[group->title()]);
    }
    m_nothing->setVisible(all == 0 && !text.isEmpty());
}

void ParameterPanel::wanted(ParameterRow& row, const Value& value, quint64 gesture)
{
    if (!m_bridge.document()) {
        return row.giveUp();
    }
    Q_EMIT attended(row.path());
    for (ParameterRow* other : m_order) {
        if (other != &row && !other->problem().isEmpty()) {
            other->setProblem({});
        }
    }
    const auto set = m_bridge.document()->set(row.path(), value);
    const QString reason = set.document ? QString() : refusalText(set.diagnostics);
    row.setProblem(reason);
    if (!reason.isEmpty()) {
        m_held.erase(&row);
        return row.giveUp();
    }
    // A network is built once, when the handle is let go, not at every move.
    if (!row.adjustable().live && row.slider() != nullptr && row.slider()->isDragging()) {
        m_held.insert_or_assign(&row, std::pair(value, gesture));
        return;
    }
    push(row, value, gesture);
}

void ParameterPanel::push(const ParameterRow& row, const Value& value, quint64 gesture)
{
    m_undo.push(new SetValuesCommand(m_bridge, {{row.path(), row.valueBefore(), value}},
        QString::fromStdString(row.adjustable().label), gesture));
    m_stale.start();
}

/// A wanted value that the engine has neither accepted nor begun to build was not taken.
void ParameterPanel::giveUpStale()
{
    if (m_bridge.status().build_fraction) {
        return;
    }
    bool waiting = false;
    for (ParameterRow* row : m_order) {
        if (row->waitsLongerThan(patienceMs)) {
            row->giveUp();
        }
        waiting = waiting || row->isWaiting();
    }
    if (!waiting) {
        m_stale.stop();
    }
}

} // namespace ui
