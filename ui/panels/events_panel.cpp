#include "ui/panels/events_panel.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/events/event_timeline.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/widgets/nice_numbers.hpp"
#include "ui/widgets/value_box.hpp"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace ui {

using engine::config::Event;
using engine::config::PresetDocument;

EventsPanel::EventsPanel(EngineBridge& bridge, StimulusDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_desk(desk)
    , m_timeline(new EventTimeline(this))
    , m_list(new QListWidget(this))
    , m_add(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_at(new ValueBox(this))
    , m_path(new QComboBox(this))
    , m_value(new ValueBox(this))
    , m_message(new QLabel(this))
{
    m_list->setAccessibleName(tr("Events"));
    m_add->setText(tr("Add"));
    m_add->setToolTip(tr("Another event behind where the run stands"));
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Take the chosen event away"));
    for (QToolButton* button : {m_add, m_remove}) {
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_message->setWordWrap(true);
    m_message->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->setSpacing(4);
    column->addWidget(m_timeline);
    column->addLayout(makeForm());
    column->addWidget(m_message);
    column->addWidget(m_list, 1);

    connect(m_list, &QListWidget::currentRowChanged, this, &EventsPanel::choose);
    connect(m_add, &QToolButton::clicked, this, [this] {
        // A round time a little ahead of the run.
        const double now = m_bridge.status().t_ms;
        const double view = m_timeline->timeAt(m_timeline->width()) - m_timeline->timeAt(0);
        const double step = niceBelow(std::max(view, 1.0) / 10.0);
        add(toMultiple(now + step, step));
    });
    connect(m_remove, &QToolButton::clicked, this, [this] { remove(m_list->currentRow()); });
    connectTimeline();
    connect(&desk, &StimulusDesk::changed, this, &EventsPanel::takeDocument);
    connect(&bridge, &EngineBridge::frameReady, this, [this](const engine::Frame& frame) {
        if (!m_timeline->visibleRegion().isEmpty()) {
            m_timeline->setNow(frame.status.t_ms);
        }
    });
    connect(&bridge, &EngineBridge::sessionChanged, this, [this] { m_timeline->showAll(); });
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { m_timeline->applyTheme(Theme::instance().colors()); });
    m_timeline->applyTheme(Theme::instance().colors());
    if (desk.document()) {
        takeDocument(*desk.document());
    }
    showForm();
}

QLayout* EventsPanel::makeForm()
{
    m_at->setUnit(tr("ms"));
    m_at->setScale(ValueScale(0.0, 1000.0, false, false));
    m_at->setAccessibleName(tr("Time of the event"));
    m_at->setToolTip(tr("Model time at which it acts, before the step that begins there"));
    m_path->setEditable(true);
    m_path->setInsertPolicy(QComboBox::NoInsert);
    m_path->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_path->setMinimumContentsLength(12);
    m_path->completer()->setFilterMode(Qt::MatchContains);
    m_path->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_path->setAccessibleName(tr("What the event sets"));
    m_path->setToolTip(tr("A variable, or a path such as populations/E/params/tau_m or "
                          "populations/E/jump/0/V_m"));
    m_value->setNullable(true);
    m_value->setAccessibleName(tr("Value that the event sets"));
    m_value->setToolTip(tr("A number, an expression or none"));
    const auto labelled = [this](QBoxLayout& row, const QString& text, QWidget* box, int share) {
        auto* label = new QLabel(text, this);
        label->setBuddy(box);
        row.addWidget(label);
        row.addWidget(box, share);
    };
    auto* where = new QHBoxLayout;
    labelled(*where, tr("A&t"), m_at, 0);
    labelled(*where, tr("&set"), m_path, 1);
    auto* what = new QHBoxLayout;
    labelled(*what, tr("t&o"), m_value, 0);
    what->addWidget(m_add);
    what->addWidget(m_remove);
    what->addStretch(1);
    m_form = new QBoxLayout(QBoxLayout::LeftToRight);
    m_form->addLayout(where, 1);
    m_form->addLayout(what);

    const auto setTime = [this](double at) { change([at](Event& event) { event.at_ms = at; }); };
    connect(m_at, &ValueBox::committed, this, [this, setTime](const engine::core::Value& value) {
        if (const double* at = std::get_if<double>(&value)) {
            setTime(*at);
        }
        showForm();
    });
    connect(m_at, &ValueBox::stepped, this, setTime);
    const auto setPath = [this] {
        const std::string path = m_path->currentText().trimmed().toStdString();
        change([&](Event& event) {
            if (event.path != path) {
                event.path = path;
                event.value = m_desk.document()->value(path).value_or(event.value);
            }
        });
    };
    connect(m_path, &QComboBox::activated, this, setPath);
    connect(m_path->lineEdit(), &QLineEdit::editingFinished, this, setPath);
    const auto setValue = [this](const engine::core::Value& value) {
        change([&](Event& event) { event.value = value; });
    };
    connect(m_value, &ValueBox::committed, this, setValue);
    connect(m_value, &ValueBox::stepped, this, setValue);
    return m_form;
}

void EventsPanel::connectTimeline()
{
    connect(m_timeline, &EventTimeline::chosen, m_list,
        [this](int event) { m_list->setCurrentRow(event); });
    connect(m_timeline, &EventTimeline::addWanted, this, &EventsPanel::add);
    connect(m_timeline, &EventTimeline::removeWanted, this, &EventsPanel::remove);
    connect(m_timeline, &EventTimeline::dragBegun, this, [this] {
        m_gesture = m_desk.newGesture();
        m_grabbed = events();
    });
    connect(m_timeline, &EventTimeline::dragLeft, this, [this] { m_desk.giveUp(m_gesture); });
    const auto move = [this](Event event, int index, double at_ms, quint64 gesture) {
        event.at_ms = at_ms;
        apply(
            [&](const PresetDocument& d) {
                return engine::config::change_event(d, static_cast<std::size_t>(index), event);
            },
            tr("Move an event"), event, gesture);
    };
    connect(m_timeline, &EventTimeline::eventDragged, this, [this, move](int index, double at_ms) {
        move(m_grabbed.at(static_cast<std::size_t>(index)), index, at_ms, m_gesture);
    });
    connect(m_timeline, &EventTimeline::eventMoved, this, [this, move](int index, double at_ms) {
        move(events().at(static_cast<std::size_t>(index)), index, at_ms, 0);
    });
    connect(m_timeline, &EventTimeline::edgeDragged, this, [this](const HandleMove& to) {
        m_desk.setNumbers(to.numbers, tr("Move a stimulus"), m_gesture);
    });
}

const std::vector<Event>& EventsPanel::events() const
{
    static const std::vector<Event> none;
    return m_desk.document() ? m_desk.document()->experiment().events : none;
}

QString EventsPanel::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

QSize EventsPanel::minimumSizeHint() const
{
    constexpr int chars = 30;
    constexpr int gaps = 16;
    return {chars * fontMetrics().averageCharWidth(),
        m_timeline->minimumSizeHint().height() + m_form->minimumSize().height() + gaps};
}

void EventsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr int oneLine = 80; // characters
    m_form->setDirection(width() < oneLine * fontMetrics().averageCharWidth()
            ? QBoxLayout::TopToBottom
            : QBoxLayout::LeftToRight);
    // The timeline tells the same: the list goes first where there is little room.
    const int room = height() - minimumSizeHint().height();
    constexpr int leastLines = 2;
    m_list->setVisible(room > leastLines * (fontMetrics().height() + 6));
}

void EventsPanel::takeDocument(const PresetDocument& document)
{
    m_timeline->setDocument(document);
    {
        const QSignalBlocker quiet(m_list);
        const int before = m_list->currentRow();
        const int count = static_cast<int>(events().size());
        while (m_list->count() > count) {
            delete m_list->takeItem(m_list->count() - 1);
        }
        while (m_list->count() < count) {
            m_list->addItem(QString());
        }
        for (int i = 0; i < count; ++i) {
            const Event& event = events().at(static_cast<std::size_t>(i));
            m_list->item(i)->setText(
                tr("%1 ms: %2").arg(event.at_ms, 0, 'g', 10).arg(eventText(event)));
            m_list->item(i)->setToolTip(QString::fromStdString(event.path));
        }
        m_list->setCurrentRow(std::min(std::max(before, 0), count - 1));
    }
    m_timeline->setCurrent(m_list->currentRow());
    m_remove->setEnabled(m_list->count() > 0);
    const QStringList before = [this] {
        QStringList texts;
        for (int i = 0; i < m_path->count(); ++i) {
            texts += m_path->itemText(i);
        }
        return texts;
    }();
    QStringList paths;
    for (const auto& row : engine::config::adjustables(document)) {
        if (row.live) {
            paths += QString::fromStdString(row.path);
        }
    }
    if (paths != before) {
        const QSignalBlocker quiet(m_path);
        m_path->clear();
        m_path->addItems(paths);
    }
    showForm();
}

void EventsPanel::choose(int event)
{
    m_timeline->setCurrent(event);
    showForm();
}

void EventsPanel::showForm()
{
    const int row = m_list->currentRow();
    const bool has = row >= 0 && row < static_cast<int>(events().size());
    for (QWidget* box : std::initializer_list<QWidget*> {m_at, m_path, m_value}) {
        box->setEnabled(has);
    }
    if (!has) {
        return;
    }
    const Event& event = events().at(static_cast<std::size_t>(row));
    m_at->setValue(event.at_ms);
    m_value->setValue(event.value);
    const QString path = QString::fromStdString(event.path);
    if (!m_path->lineEdit()->isModified() || !m_path->hasFocus()) {
        const QSignalBlocker quiet(m_path);
        m_path->setCurrentIndex(m_path->findText(path));
        m_path->setEditText(path);
    }
}

void EventsPanel::add(double at_ms)
{
    if (!m_desk.document()) {
        return;
    }
    const auto rows = engine::config::adjustables(*m_desk.document());
    const auto live = std::find_if(rows.begin(), rows.end(), [](const auto& row) {
        return row.live && row.kind == engine::config::Adjustable::Kind::number;
    });
    if (live == rows.end()) {
        return; // no model is without a number that can change
    }
    const Event event {at_ms, live->path, live->value};
    apply([&](const PresetDocument& d) { return engine::config::add_event(d, event); },
        tr("Add an event"), event);
}

void EventsPanel::remove(int index)
{
    if (index < 0 || index >= static_cast<int>(events().size())) {
        return;
    }
    const Event event = events().at(static_cast<std::size_t>(index));
    apply(
        [&](const PresetDocument& d) {
            return engine::config::remove_event(d, static_cast<std::size_t>(index));
        },
        tr("Remove an event"), event);
}

void EventsPanel::change(const std::function<void(Event&)>& edit)
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(events().size())) {
        return;
    }
    Event event = events().at(static_cast<std::size_t>(row));
    edit(event);
    apply(
        [&](const PresetDocument& d) {
            return engine::config::change_event(d, static_cast<std::size_t>(row), event);
        },
        tr("Change an event"), event);
}

void EventsPanel::apply(const Edit& edit, const QString& text, const Event& about, quint64 gesture)
{
    const QString refusal = m_desk.apply(edit, text, gesture);
    m_message->setText(refusal);
    m_message->setVisible(!refusal.isEmpty());
    if (!refusal.isEmpty()) {
        return; // what was typed stays to be mended
    }
    const auto found = std::find(events().begin(), events().end(), about);
    if (found != events().end()) {
        m_list->setCurrentRow(static_cast<int>(found - events().begin()));
    }
}

} // namespace ui
