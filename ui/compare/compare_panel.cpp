#include "ui/compare/compare_panel.hpp"

#include "ui/compare/comparison.hpp"
#include "ui/compare/size_control.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/choice_box.hpp"
#include "ui/theme.hpp"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr std::size_t namedSettings = 6;

QLabel* wrapped(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setAccessibleName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void setTextOf(QLabel& label, const QString& text)
{
    if (text != label.text()) {
        label.setText(text);
    }
    label.setVisible(!text.isEmpty());
}

ComparedNetwork networkOf(const EngineBridge& bridge, const NetworkTheory& theory,
    std::shared_ptr<const engine::analysis::NetworkStatistics> statistics)
{
    return {.experiment = bridge.document()->shared_experiment(),
        .statistics = std::move(statistics),
        .theory = &theory.complete(),
        .neurons = static_cast<double>(bridge.status().neurons),
        .synapses = static_cast<double>(bridge.status().synapses)};
}

} // namespace

ComparePanel::ComparePanel(
    Comparison& comparison, const NetworkTheory& theory, QUndoStack& undo, QWidget* parent)
    : QWidget(parent)
    , m_comparison(comparison)
    , m_theory(theory)
    , m_begin(new QAction(tr("Compare with this &network"), this))
    , m_swap(new QAction(tr("&Swap A and B"), this))
    , m_take(new QAction(tr("&Take A's values into B"), this))
    , m_end(new QAction(tr("&End comparison"), this))
    , m_content(new QWidget(this))
    , m_hint(wrapped(this, tr("How to compare")))
    , m_controls(nullptr)
    , m_body(nullptr)
    , m_views(makeChoiceBox(this, tr("How B is shown"),
          tr("B in panels of its own beside A's, or in grey in A's panels")))
    , m_differences(wrapped(this, tr("What differs")))
    , m_firstDifference(wrapped(this, tr("First difference")))
    , m_size(new SizeControl(comparison, undo, this))
    , m_sizes(wrapped(this, tr("Sizes and inputs of B and A")))
    , m_table(new SteadyTable(this))
    , m_seen(*m_content, [this] { renew(); }) // this itself is covered by what scrolls
{
    setAccessibleName(tr("Compare"));
    m_hint->setText(tr("Shift+P holds the present network as B beside the one that you go on "
                       "changing, A, with the same seed and the same model time. Both begin anew "
                       "together, so that every difference comes from what you change."));
    m_table->setAccessibleName(tr("Statistics of A and B"));
    m_sizes->setTextFormat(Qt::RichText);
    m_views->addItem(tr("B beside A"), static_cast<int>(Comparison::View::beside));
    m_views->addItem(tr("B as ghost in A"), static_cast<int>(Comparison::View::ghost));
    m_views->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    makeActions();

    m_body = new QBoxLayout(QBoxLayout::TopToBottom, m_content);
    constexpr int margin = 4;
    m_body->setContentsMargins(margin, margin, margin, margin);
    m_controls = makeControls();
    m_body->addWidget(m_controls, 1);
    m_body->addWidget(m_table, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);

    connect(m_views, &QComboBox::currentIndexChanged, this, [this] {
        m_comparison.setView(static_cast<Comparison::View>(m_views->currentData().toInt()));
    });
    connect(&comparison, &Comparison::begun, this, &ComparePanel::showActive);
    connect(&comparison, &Comparison::ended, this, &ComparePanel::showActive);
    connect(&comparison, &Comparison::restarted, this, [this] {
        m_otherStatistics.reset();
        m_seen.changed();
    });
    connect(&comparison, &Comparison::progressed, this, [this] { m_seen.changed(); });
    connect(
        &comparison.first(), &EngineBridge::frameReady, this, [this](const engine::Frame& frame) {
            m_statistics = frame.statistics;
            if (m_comparison.active()) {
                m_seen.changed();
            }
        });
    connect(m_size, &SizeControl::report, this, &ComparePanel::report);
    connect(&Theme::instance(), &Theme::changed, m_table, &SteadyTable::forgetWidths);
    showActive();
}

void ComparePanel::makeActions()
{
    m_begin->setShortcut(QKeySequence(QStringLiteral("Shift+P")));
    m_begin->setToolTip(tr("Hold the present network as B beside the live one (Shift+P)"));
    m_begin->setStatusTip(tr("Hold the present network beside the live one, same seed"));
    m_swap->setToolTip(tr("A gets the values of B and the other way round; both begin anew"));
    m_take->setToolTip(tr("B becomes what A is now; both begin anew"));
    m_end->setToolTip(tr("Ends the run of B"));
    connect(m_begin, &QAction::triggered, &m_comparison, &Comparison::begin);
    connect(m_swap, &QAction::triggered, &m_comparison, &Comparison::swap);
    connect(m_take, &QAction::triggered, &m_comparison, &Comparison::takeValues);
    connect(m_end, &QAction::triggered, &m_comparison, &Comparison::end);
}

QWidget* ComparePanel::makeControls()
{
    auto* controls = new QWidget(this);
    auto* column = new QVBoxLayout(controls);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_hint);
    const auto addRow = [&](std::initializer_list<QAction*> actions, QWidget* first) {
        auto* row = new QHBoxLayout;
        if (first != nullptr) {
            row->addWidget(first);
        }
        for (QAction* action : actions) {
            auto* button = new QToolButton(controls);
            button->setDefaultAction(action);
            row->addWidget(button);
        }
        row->addStretch(1);
        column->addLayout(row);
    };
    addRow({m_begin}, nullptr);
    addRow({m_end}, m_views);
    addRow({m_swap, m_take}, nullptr);
    for (QWidget* widget :
        std::initializer_list<QWidget*> {m_differences, m_firstDifference, m_size, m_sizes}) {
        column->addWidget(widget);
    }
    column->addStretch(1);
    return controls;
}

void ComparePanel::fillMenu(QMenu& menu) { menu.addActions({m_begin, m_swap, m_take, m_end}); }

void ComparePanel::showActive()
{
    const bool active = m_comparison.active();
    m_begin->setEnabled(!active);
    for (QAction* action : {m_swap, m_take, m_end}) {
        action->setEnabled(active);
    }
    m_hint->setVisible(!active);
    for (QToolButton* button : m_controls->findChildren<QToolButton*>()) {
        button->setVisible(active == (button->defaultAction() != m_begin));
    }
    for (QWidget* widget : std::initializer_list<QWidget*> {
             m_views, m_differences, m_firstDifference, m_size, m_sizes, m_table}) {
        widget->setVisible(active);
    }
    m_otherStatistics.reset();
    if (active) {
        connect(&m_comparison.other(), &EngineBridge::frameReady, this,
            [this](const engine::Frame& frame) { m_otherStatistics = frame.statistics; });
        m_table->setCells({}, {});
    }
    m_seen.changed();
}

void ComparePanel::renew()
{
    if (!m_comparison.active()) {
        return;
    }
    if (!m_comparison.running() || !m_comparison.first().document()) {
        setTextOf(*m_differences, tr("The network of B is being built."));
        return;
    }
    const ComparedNetwork a = networkOf(m_comparison.first(), m_theory, m_statistics);
    const ComparedNetwork b
        = networkOf(m_comparison.other(), m_comparison.otherTheory(), m_otherStatistics);
    setTextOf(*m_differences, comparedValuesText(m_comparison.differences(), namedSettings));
    setTextOf(*m_firstDifference, firstDifferenceText(m_comparison));
    setTextOf(*m_sizes, sizeText(a, b));
    m_size->showSize(a.neurons / b.neurons);
    const ComparedTable table = comparedTable(a, b);
    m_table->setCells(table.titles, table.rows);
}

QString ComparePanel::differences() const { return m_differences->text(); }

QString ComparePanel::firstDifference() const { return m_firstDifference->text(); }

QString ComparePanel::sizes() const { return m_sizes->text(); }

void ComparePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // A low dock below the plots has width to spare instead of height.
    constexpr int enough = 110; // characters
    m_body->setDirection(width() >= enough * fontMetrics().averageCharWidth()
            ? QBoxLayout::LeftToRight
            : QBoxLayout::TopToBottom);
}

} // namespace ui
