#include "ui/panels/statistics_panel.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/panels/verdict_label.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {
namespace {

using Cells = std::vector<SteadyTable::Cell>;

/// What stands beside one statistic: its values, theory and promise where there are any.
Cells cellsOf(const StatisticLine& line, bool theory, bool promises)
{
    Cells cells;
    for (const QString& value : line.values) {
        cells.push_back({value, line.tip, {}, true});
    }
    if (theory) {
        cells.push_back({line.theory, line.theoryTip, {}, true});
    }
    if (promises) {
        cells.push_back({line.promised, {}, {}, true});
    }
    return cells;
}

/// The table turned over: a row for each column.
SteadyTable::Rows transposed(const SteadyTable::Rows& rows)
{
    SteadyTable::Rows out(rows.empty() ? 0 : rows.front().size());
    for (const Cells& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            out[c].push_back(row[c]);
        }
    }
    return out;
}

} // namespace

StatisticsPanel::StatisticsPanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent)
    : QWidget(parent)
    , m_theory(theory)
    , m_verdict(new VerdictLabel(bridge, this))
    , m_theoryText(new QLabel(this))
    , m_span(new QLabel(this))
    , m_table(new SteadyTable(this))
{
    setAccessibleName(tr("Statistics"));
    m_theoryText->setAccessibleName(tr("State by theory"));
    m_theoryText->setWordWrap(true);
    m_theoryText->setTextFormat(Qt::RichText);
    m_theoryText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_span->setAccessibleName(tr("Window of the statistics"));
    m_span->setForegroundRole(QPalette::PlaceholderText);
    m_table->setAccessibleName(tr("Statistics of the populations"));

    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    auto* head = new QHBoxLayout;
    head->addWidget(m_verdict, 1);
    head->addWidget(m_span, 0, Qt::AlignTop);
    column->addLayout(head);
    column->addWidget(m_theoryText);
    column->addWidget(m_table, 1);

    connect(&bridge, &EngineBridge::sessionChanged, this, &StatisticsPanel::beginSession);
    connect(&theory, &NetworkTheory::completeChanged, this, &StatisticsPanel::showTheory);
    connect(&bridge, &EngineBridge::frameReady, this, &StatisticsPanel::take);
    connect(&Theme::instance(), &Theme::changed, m_table, &SteadyTable::forgetWidths);
}

void StatisticsPanel::beginSession(const engine::Frame& frame)
{
    const engine::config::Experiment& experiment = frame.document.experiment();
    m_theoryText->setVisible(m_verdict->namesRegime());
    m_theoryText->clear();
    m_statistics.reset();
    m_checks.reset();
    m_columns.clear();
    for (const auto& population : experiment.populations) {
        m_columns += QString::fromStdString(population.name);
    }
    if (m_columns.size() > 1) {
        m_columns += tr("all");
    }
    m_table->forgetWidths();
}

void StatisticsPanel::take(const engine::Frame& frame)
{
    if (frame.checks) {
        m_checks = frame.checks;
    }
    if (frame.statistics && frame.statistics != m_statistics) {
        m_statistics = frame.statistics;
        showTable();
    }
}

bool StatisticsPanel::isWide() const
{
    constexpr int chars = 128; // of a row with all statistics
    return width() >= chars * fontMetrics().averageCharWidth();
}

void StatisticsPanel::showTable()
{
    if (!m_statistics) {
        return;
    }
    m_span->setText(tr("Measured %1").arg(spanText(m_statistics->from_ms, m_statistics->to_ms)));
    const std::vector<StatisticLine> shown = lines();
    const bool theory = hasTheory(shown);
    const bool promises = hasPromises(shown);
    Cells titles {{QString(), {}, {}}};
    for (const QString& name : m_columns) {
        titles.push_back({name, {}, {}, true});
    }
    if (theory) {
        titles.push_back({tr("theory"), tr("Mean-field theory (Brunel 2000)"), {}, true});
    }
    if (promises) {
        titles.push_back({tr("source"), tr("What the source of the preset promises"), {}, true});
    }
    const bool wide = isWide();
    SteadyTable::Rows rows;
    for (const StatisticLine& line : shown) {
        Cells& row = rows.emplace_back();
        row.push_back({wide ? line.shortName : line.name, line.tip, {}, wide});
        const Cells cells = cellsOf(line, theory, promises);
        row.insert(row.end(), cells.begin(), cells.end());
    }
    if (wide) {
        for (SteadyTable::Cell& title : titles) {
            title.number = false; // they become the first column
        }
        rows.insert(rows.begin(), titles);
        rows = transposed(rows);
        titles = rows.front();
        rows.erase(rows.begin());
    }
    m_table->setCells(titles, rows);
}

std::vector<StatisticLine> StatisticsPanel::lines() const
{
    std::vector<StatisticLine> out = statisticLines(*m_statistics);
    if (m_verdict->namesRegime()) {
        addTheory(out, m_theory.complete());
    }
    if (m_checks) {
        addPromises(out, m_checks->report);
    }
    return out;
}

void StatisticsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showTable();
}

void StatisticsPanel::showTheory()
{
    const TheoryAnswer& answer = m_theory.complete();
    const bool known = answer.shape.params || !answer.shape.reason.empty();
    m_theoryText->setText(known ? theoryText(answer) : QString());
    showTable();
}

QString StatisticsPanel::verdict() const { return m_verdict->text(); }

QString StatisticsPanel::theory() const { return m_theoryText->text(); }

QString StatisticsPanel::span() const { return m_span->text(); }

} // namespace ui
