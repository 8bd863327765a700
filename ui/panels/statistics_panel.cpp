#include "ui/panels/statistics_panel.hpp"

#include "engine/checks/network_regime.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {
namespace {

using engine::analysis::NetworkStatistics;

bool sameWindow(const NetworkStatistics* x, const NetworkStatistics* y)
{
    return x != nullptr && y != nullptr && x->from_ms == y->from_ms && x->to_ms == y->to_ms;
}

SteadyTable::Rows oneRowForEachLine(const std::vector<StatisticLine>& lines)
{
    SteadyTable::Rows rows;
    for (const StatisticLine& line : lines) {
        auto& row = rows.emplace_back();
        row.push_back({line.name, line.tip, {}});
        for (const QString& value : line.values) {
            row.push_back({value, line.tip, {}, true});
        }
    }
    return rows;
}

SteadyTable::Rows oneColumnForEachLine(
    const std::vector<StatisticLine>& lines, const QStringList& names)
{
    SteadyTable::Rows rows;
    for (qsizetype i = 0; i < names.size(); ++i) {
        auto& row = rows.emplace_back();
        row.push_back({names[i], {}, {}});
        for (const StatisticLine& line : lines) {
            row.push_back({line.values[static_cast<std::size_t>(i)], line.tip, {}, true});
        }
    }
    return rows;
}

} // namespace

StatisticsPanel::StatisticsPanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_verdict(new QLabel(this))
    , m_theoryText(new QLabel(this))
    , m_span(new QLabel(this))
    , m_table(new SteadyTable(this))
    , m_theory([this](const TheoryAnswer& answer) { m_theoryText->setText(theoryText(answer)); })
{
    setAccessibleName(tr("Statistics"));
    m_verdict->setAccessibleName(tr("State of the network or firing pattern"));
    m_theoryText->setAccessibleName(tr("State by theory"));
    for (QLabel* label : {m_verdict, m_theoryText}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
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
    connect(&bridge, &EngineBridge::sweepChanged, this, [this] { m_regime.reset(); });
    connect(&bridge, &EngineBridge::documentChanged, this, [this] {
        m_theoryWanted = true;
        askTheory();
    });
    connect(&bridge, &EngineBridge::frameReady, this, &StatisticsPanel::take);
    connect(&Theme::instance(), &Theme::changed, m_table, &SteadyTable::forgetWidths);
}

void StatisticsPanel::beginSession(const engine::Frame& frame)
{
    const engine::config::Experiment& experiment = frame.document.experiment();
    m_namesRegime = engine::checks::has_excitation_and_inhibition(experiment);
    m_theoryText->setVisible(m_namesRegime);
    m_theoryText->clear();
    m_verdict->clear();
    m_regime.reset();
    m_statistics.reset();
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
    const bool news = frame.statistics && frame.statistics != m_statistics;
    if (news) {
        // Only another window is another opinion.
        if (m_namesRegime && !sameWindow(frame.statistics.get(), m_statistics.get())) {
            m_regime.update(engine::checks::regime_of(frame.statistics->network));
        }
        m_statistics = frame.statistics;
        showTable();
    }
    showVerdict(frame);
}

void StatisticsPanel::showVerdict(const engine::Frame& frame)
{
    QString verdict;
    if (m_namesRegime && m_statistics) {
        // A run that has ended will have no second window to agree with its last one.
        verdict = regimeText(frame.status.state == engine::RunState::ended
                ? engine::checks::regime_of(m_statistics->network)
                : m_regime.shown());
    } else if (!m_namesRegime && frame.checks && frame.checks->pattern) {
        verdict = patternText(*frame.checks->pattern);
    }
    if (!verdict.isEmpty() && verdict != m_verdict->text()) {
        m_verdict->setText(verdict);
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
    const std::vector<StatisticLine> lines = statisticLines(*m_statistics);
    std::vector<SteadyTable::Cell> titles {{QString(), {}, {}}};
    if (isWide()) {
        for (const StatisticLine& line : lines) {
            titles.push_back({line.shortName, line.tip, {}, true});
        }
        m_table->setCells(titles, oneColumnForEachLine(lines, m_columns));
    } else {
        for (const QString& name : m_columns) {
            titles.push_back({name, {}, {}, true});
        }
        m_table->setCells(titles, oneRowForEachLine(lines));
    }
}

void StatisticsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showTable();
}

void StatisticsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    askTheory();
}

void StatisticsPanel::askTheory()
{
    if (!m_theoryWanted || !m_namesRegime || !isVisible() || !m_bridge.document()) {
        return;
    }
    m_theoryWanted = false;
    m_theory.ask([experiment = m_bridge.document()->shared_experiment()](const std::stop_token&) {
        TheoryAnswer answer {engine::theory::brunel_shape(*experiment), {}};
        if (answer.shape.params) {
            answer.solutions = engine::theory::solve(*answer.shape.params);
        }
        return answer;
    });
}

QString StatisticsPanel::verdict() const { return m_verdict->text(); }

QString StatisticsPanel::theory() const { return m_theoryText->text(); }

QString StatisticsPanel::span() const { return m_span->text(); }

} // namespace ui
