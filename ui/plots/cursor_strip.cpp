#include "ui/plots/cursor_strip.hpp"

#include "ui/plots/cursor_table.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int pace_ms = 100;

}

CursorStrip::CursorStrip(TimeCursors& cursors, QWidget* parent)
    : QWidget(parent)
    , m_cursors(cursors)
    , m_summary(new QLabel(this))
    , m_snap(new QCheckBox(tr("Snap to &spikes"), this))
    , m_table(new SteadyTable(this))
    , m_measuring(
          [this](const Answer& answer) {
              m_answer = answer;
              showTable();
          },
          0)
{
    setAccessibleName(tr("Values at the cursors"));
    m_summary->setAccessibleName(tr("Between the cursors"));
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_snap->setToolTip(tr("Cursors stand on the nearest spike of the traced neurons; Ctrl while "
                          "the mouse moves does the opposite"));
    m_table->setAccessibleName(tr("Values at the cursors"));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* copy = new QToolButton(this);
    copy->setText(tr("Cop&y"));
    copy->setToolTip(tr("Copy the table as text"));
    copy->setFocusPolicy(Qt::TabFocus);
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("×"));
    close->setAccessibleName(tr("Remove the cursors"));
    close->setToolTip(tr("Remove the cursors (C)"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);

    auto* head = new QHBoxLayout;
    head->addWidget(m_summary, 1);
    head->addWidget(m_snap, 0, Qt::AlignTop);
    head->addWidget(copy, 0, Qt::AlignTop);
    head->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 2, 4, 2);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_table);

    m_pace.setSingleShot(true);
    m_pace.setInterval(pace_ms);
    connect(&m_pace, &QTimer::timeout, this, &CursorStrip::renew);
    connect(&cursors, &TimeCursors::changed, this, &CursorStrip::cursorsChanged);
    connect(&cursors, &TimeCursors::snapsChanged, m_snap, &QCheckBox::setChecked);
    connect(m_snap, &QCheckBox::toggled, &cursors, &TimeCursors::setSnaps);
    connect(copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(close, &QToolButton::clicked, &cursors, &TimeCursors::removeAll);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_table->forgetWidths();
        cursorsChanged();
    });
    hide();
}

QString CursorStrip::summary() const { return m_summary->text(); }

void CursorStrip::cursorsChanged()
{
    const bool any = m_cursors.count() > 0;
    if (!any) {
        m_pace.stop();
        m_measuring.forget();
        m_answer = {};
        hide();
        return;
    }
    if (isHidden()) {
        m_table->forgetWidths();
        showTable();
        show();
    }
    m_changed = true;
    if (!m_pace.isActive()) {
        renew();
    }
}

void CursorStrip::renew()
{
    if (!std::exchange(m_changed, false) || m_cursors.count() == 0) {
        return;
    }
    m_pace.start();
    showTable();
    if (m_cursors.count() < 2 || m_cursors.shownRun() == nullptr) {
        return;
    }
    SpanQuestion asked = question();
    if (asked == m_answer.first) {
        return;
    }
    if (m_measuring.busy()) {
        m_changed = true; // a long span: look again after it
        return;
    }
    m_measuring.ask([asked = std::move(asked)](const std::stop_token& stop) {
        return Answer {asked, measureSpan(asked, stop)};
    });
}

std::vector<TrainPlace> CursorStrip::trains() const
{
    const ShownRun& run = *m_cursors.shownRun();
    std::vector<TrainPlace> places;
    for (const std::size_t population : run.experiment->record.spikes) {
        const std::uint64_t size = run.experiment->populations[population].size;
        if (size > 1) {
            places.push_back({static_cast<std::uint32_t>(population), std::nullopt, size});
        }
    }
    for (const auto& [population, neuron] : m_cursors.markedNeurons()) {
        const auto& recorded = run.experiment->record.spikes;
        if (std::find(recorded.begin(), recorded.end(), population) != recorded.end()) {
            places.push_back({population, neuron, 1});
        }
    }
    return places;
}

QStringList CursorStrip::trainNames() const
{
    QStringList names;
    for (const TrainPlace& place : trains()) {
        const auto& population = m_cursors.shownRun()->experiment->populations[place.population];
        names += QString::fromStdString(population.name);
        if (place.neuron && population.size > 1) {
            names.back() += QStringLiteral(" %1").arg(*place.neuron);
        }
    }
    return names;
}

SpanQuestion CursorStrip::question() const
{
    const ShownRun& run = *m_cursors.shownRun();
    const auto [from, to] = std::minmax({*m_cursors.at(0), *m_cursors.at(1)});
    SpanQuestion asked {.history = run.history,
        .grid = run.grid,
        .from = from,
        .to = to,
        .traces = {},
        .trains = trains()};
    for (const CursorReading& reading : m_cursors.readings(0)) {
        if (reading.place) {
            asked.traces.push_back(*reading.place);
        }
    }
    return asked;
}

void CursorStrip::showTable()
{
    const ShownRun* run = m_cursors.shownRun();
    if (run == nullptr || m_cursors.count() == 0) {
        return;
    }
    CursorTable::Input input;
    for (std::size_t c = 0; c < m_cursors.count(); ++c) {
        input.times.push_back(m_cursors.timeText(*m_cursors.at(c)));
        input.readings.push_back(m_cursors.readings(c));
    }
    if (m_cursors.count() == 2) {
        input.difference_ms
            = run->grid.time_ms(*m_cursors.at(1)) - run->grid.time_ms(*m_cursors.at(0));
        for (const QString& name : trainNames()) {
            input.trains.push_back(name);
        }
        // What was measured for where the cursors were a moment ago is not shown.
        if (question() == m_answer.first) {
            input.span = m_answer.second;
        }
    }
    input.previousSweep = m_cursors.showsPrevious();
    const CursorTable table(input);
    std::vector<SteadyTable::Cell> titles;
    for (const QString& title : table.titles) {
        titles.push_back({title, {}, {}, true});
    }
    SteadyTable::Rows rows;
    for (const QStringList& texts : table.rows) {
        auto& row = rows.emplace_back();
        for (const QString& text : texts) {
            row.push_back({text, {}, {}, true});
        }
        row.front().strong = true;
    }
    m_table->setCells(titles, rows);
    fitHeight();
    m_summary->setText(table.summary);
    m_text = table.text();
    setAccessibleDescription(table.spoken());
}

void CursorStrip::fitHeight()
{
    int height = m_table->sizeHint().height();
    const QScrollBar* bar = m_table->horizontalScrollBar();
    height += bar->isVisible() ? bar->sizeHint().height() : 0;
    if (m_table->height() != height) {
        m_table->setFixedHeight(height);
    }
}

} // namespace ui
