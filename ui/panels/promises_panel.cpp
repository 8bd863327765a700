#include "ui/panels/promises_panel.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/promise_texts.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

namespace ui {
namespace {

QColor colorOf(PromiseMark mark)
{
    const PlotColors& colors = Theme::instance().colors();
    switch (mark) {
    case PromiseMark::met:
        return colors.green;
    case PromiseMark::notMet:
        return colors.red;
    case PromiseMark::notYet:
        break;
    }
    return colors.axis;
}

} // namespace

PromisesPanel::PromisesPanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_head(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_headline(new QLabel(this))
    , m_span(new QLabel(this))
    , m_changes(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_table(new SteadyTable(this))
{
    setAccessibleName(tr("Promises"));
    QFont strong = m_headline->font();
    strong.setBold(true);
    m_headline->setFont(strong);
    m_headline->setAccessibleName(tr("Promises met"));
    m_span->setAccessibleName(tr("What was measured"));
    m_span->setForegroundRole(QPalette::PlaceholderText);
    m_span->setWordWrap(true); // a long text must not take width from the plots
    m_changes->setAccessibleName(tr("What is changed"));
    m_changes->setWordWrap(true);
    m_changes->hide();
    m_progress->setAccessibleName(tr("Progress of the measurement"));
    m_progress->setTextVisible(false);
    constexpr int thin = 6;
    constexpr int wide = 120;
    m_progress->setFixedSize(wide, thin);
    m_table->setAccessibleName(tr("What the source promises and what this run shows"));

    m_head->addWidget(m_headline);
    m_head->addWidget(m_span, 1);
    m_head->addWidget(m_progress);
    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    column->addLayout(m_head);
    column->addWidget(m_changes);
    column->addWidget(m_table, 1);

    connect(&bridge, &EngineBridge::sessionChanged, this, [this] { m_table->forgetWidths(); });
    connect(&bridge, &EngineBridge::frameReady, this, &PromisesPanel::take);
    connect(&Theme::instance(), &Theme::changed, this, &PromisesPanel::showRowsAnew);
}

bool PromisesPanel::isNarrow() const
{
    constexpr int chars = 75; // of a row with its window
    return width() < chars * fontMetrics().averageCharWidth();
}

void PromisesPanel::showRowsAnew()
{
    if (m_shown && m_bridge.document()) {
        showRows(*m_shown, m_bridge.document()->experiment());
    }
}

void PromisesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    constexpr int chars = 100; // of one line
    m_head->setDirection(width() < chars * fontMetrics().averageCharWidth()
            ? QBoxLayout::TopToBottom
            : QBoxLayout::LeftToRight);
    showRowsAnew();
}

void PromisesPanel::take(const engine::Frame& frame)
{
    if (frame.checks && frame.checks != m_shown) {
        m_shown = frame.checks;
        showReport(*frame.checks, frame.document.experiment());
    }
}

void PromisesPanel::showReport(
    const engine::LiveReport& report, const engine::config::Experiment& experiment)
{
    const bool repeats = experiment.simulation.at_end != engine::config::AtEnd::go_on;
    const bool any = !report.report.results.empty();
    m_headline->setText(promiseHeadline(report));
    m_span->setText(any ? promiseSpan(report, repeats) : QString());
    m_changes->setText(any ? promiseChanges(report) : QString());
    m_changes->setVisible(!m_changes->text().isEmpty());
    m_table->setVisible(any);
    m_progress->setVisible(any);
    constexpr int whole = 1000;
    m_progress->setRange(0, whole);
    m_progress->setValue(report.needed_ms && *report.needed_ms > 0.0
            ? std::min(whole, qRound(whole * report.seen_ms / *report.needed_ms))
            : 0);
    showRows(report, experiment);
}

void PromisesPanel::showRows(
    const engine::LiveReport& report, const engine::config::Experiment& experiment)
{
    const QColor faint = palette().color(QPalette::PlaceholderText);
    const bool narrow = isNarrow(); // then the window is told by the tool tip
    SteadyTable::Rows rows;
    for (const PromiseRow& row : promiseRows(report, experiment)) {
        const QColor soFar = row.mark == PromiseMark::notYet ? faint : QColor();
        const QString tip = narrow ? row.window + QLatin1Char('\n') + row.tip : row.tip;
        const QString mark = narrow ? markText(row.mark).left(1) : markText(row.mark);
        auto& cells = rows.emplace_back();
        cells = {{mark, tip, colorOf(row.mark), false, true}, {row.quantity, tip, {}},
            {row.expected, tip, {}}, {row.measured, tip, soFar}};
        if (!narrow) {
            cells.push_back({row.window, tip, faint});
        }
    }
    std::vector<SteadyTable::Cell> titles {{QString(), {}, {}}, {tr("Quantity"), {}, {}},
        {narrow ? tr("Promised") : tr("The source promises"), {}, {}},
        {narrow ? tr("Shown") : tr("This run shows"), {}, {}}};
    if (!narrow) {
        titles.push_back({tr("Window"), {}, {}});
    }
    m_table->setCells(titles, rows);
}

QString PromisesPanel::headline() const { return m_headline->text(); }

QString PromisesPanel::span() const { return m_span->text(); }

QString PromisesPanel::changes() const { return m_changes->text(); }

} // namespace ui
