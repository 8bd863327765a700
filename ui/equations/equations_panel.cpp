#include "ui/equations/equations_panel.hpp"

#include "engine/config/dependents.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/equations/equations_view.hpp"
#include "ui/panels/verdict_label.hpp"
#include "ui/widgets/input_habits.hpp"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr qint64 nowPeriod = 125; // ms: numbers that change faster cannot be read

/// Whether a symbol stands for one of these parameters, or for an element of one.
bool isAmong(const std::set<std::string>& params, const engine::models::SymbolMeaning& meaning)
{
    if (meaning.param == nullptr) {
        return false;
    }
    const std::string& name = meaning.param->name;
    return params.count(name) > 0
        || (meaning.element && params.count(name + "/" + std::to_string(*meaning.element)) > 0);
}

} // namespace

EquationsPanel::EquationsPanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_verdict(new VerdictLabel(bridge, this))
    , m_choice(new QComboBox(this))
    , m_note(new QLabel(this))
    , m_area(new QScrollArea(this))
    , m_view(new EquationsView)
{
    setAccessibleName(tr("Equations"));
    m_view->setAccessibleName(tr("Equations with the present values"));
    m_choice->setAccessibleName(tr("Population of the equations"));
    m_choice->setToolTip(tr("The population whose equations are shown"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    guardWheel(m_choice);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_area->setWidgetResizable(true);
    m_area->setWidget(m_view);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setAccessibleName(m_view->accessibleName());
    m_area->setToolTip(tr("Ctrl+C copies the equations as text"));
    auto* copy = new QAction(tr("Copy as text"), m_area);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_area->addAction(copy);
    m_area->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto* column = new QVBoxLayout(this);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    auto* head = new QHBoxLayout;
    head->addWidget(m_choice);
    head->addWidget(m_note, 1);
    column->addWidget(m_verdict);
    column->addLayout(head);
    column->addWidget(m_area, 1);

    connect(copy, &QAction::triggered, m_view, &EquationsView::copy);
    connect(m_view, &EquationsView::symbolChosen, this, &EquationsPanel::symbolChosen);
    connect(m_choice, qOverload<int>(&QComboBox::activated), this, &EquationsPanel::choose);
    connect(&bridge, &EngineBridge::sessionChanged, this, &EquationsPanel::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, [this] { m_present.beginSweep(); });
    connect(&bridge, &EngineBridge::documentChanged, this, &EquationsPanel::takeValues);
    connect(&bridge, &EngineBridge::frameReady, this, &EquationsPanel::take);
}

QString EquationsPanel::note() const { return m_note->text(); }

const engine::config::Population& EquationsPanel::population() const
{
    return m_bridge.document()->experiment().populations.at(m_population);
}

void EquationsPanel::beginSession(const engine::Frame& frame)
{
    m_groups = frame.history->groups();
    m_choice->clear();
    for (const auto& population : frame.document.experiment().populations) {
        m_choice->addItem(QString::fromStdString(population.label));
    }
    m_choice->setVisible(m_choice->count() > 1);
    choose(0);
}

void EquationsPanel::choose(int index)
{
    if (index < 0) {
        return;
    }
    m_population = static_cast<std::size_t>(index);
    m_present.choose(m_groups, m_population);
    m_note->setText(!m_present.neuron()
            ? tr("No trace of this population is recorded: no present values.")
            : (population().size > 1 ? tr("Now: neuron %1").arg(*m_present.neuron()) : QString()));
    m_note->setVisible(!m_note->text().isEmpty());
    takeValues();
    m_view->setNow(m_present.now(0.0));
}

void EquationsPanel::takeValues()
{
    if (m_choice->count() == 0 || !m_bridge.document()) {
        return;
    }
    const engine::config::Population& shown = population();
    EquationsContent content;
    content.model = shown.model;
    content.params = shown.params;
    content.equations = shown.model->equations(shown.params);
    for (const auto& [name, value] : shown.drawn) {
        content.drawn.insert(name);
    }
    content.dt_ms = m_bridge.document()->experiment().simulation.dt_ms;
    m_view->setContent(content);
}

double EquationsPanel::holdMs() const
{
    const EquationsContent& content = m_view->content();
    for (const auto& line : content.equations.lines) {
        if (!line.hold.empty()) {
            const auto meaning = engine::models::meaning_of(
                *content.model, content.params, content.equations, line.hold);
            return engine::models::value_of(*meaning, content.params).value_or(0.0);
        }
    }
    return 0.0;
}

void EquationsPanel::take(const engine::Frame& frame)
{
    const bool news = m_present.take(frame);
    const bool stands = frame.status.state != engine::RunState::running; // the last frame for now
    if (news && (stands || !m_sinceNow.isValid() || m_sinceNow.elapsed() >= nowPeriod)) {
        showNow();
    }
}

void EquationsPanel::showNow()
{
    if (!m_view->visibleRegion().isEmpty()) {
        m_sinceNow.start();
        m_view->setNow(m_present.now(holdMs()));
    }
}

void EquationsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    mark();
}

void EquationsPanel::attend(const std::string& path)
{
    m_attended = path;
    if (isVisible()) {
        mark();
    }
}

void EquationsPanel::mark()
{
    QSet<QString> symbols;
    QSet<QString> params;
    if (!m_attended.empty() && m_choice->count() > 0 && m_bridge.document()) {
        const engine::config::Dependents entered
            = engine::config::dependents(*m_bridge.document(), m_attended, m_population);
        for (const std::string& param : entered.params) {
            params.insert(QString::fromStdString(param)); // also where it has no effect now
        }
        const EquationsContent& content = m_view->content();
        for (const auto& line : content.equations.lines) {
            for (const std::string& symbol : engine::models::symbols_of(line)) {
                const auto meaning = engine::models::meaning_of(
                    *content.model, content.params, content.equations, symbol);
                const bool input = (entered.current && symbol == "I")
                    || (entered.weight && symbol == "w") || (entered.dt && symbol == "dt");
                if (input || (meaning && isAmong(entered.params, *meaning))) {
                    symbols.insert(QString::fromStdString(symbol));
                }
            }
        }
    }
    m_view->setAttention(symbols, params);
    const QList<QRect> marked = m_view->markedTerms();
    const QRect inView = m_view->visibleRegion().boundingRect();
    const bool seen = std::any_of(
        marked.begin(), marked.end(), [&](const QRect& rect) { return inView.contains(rect); });
    if (!marked.isEmpty() && !seen) {
        m_area->ensureVisible(marked.front().left(), marked.front().center().y());
    }
}

void EquationsPanel::symbolChosen(const QString& symbol)
{
    const EquationsContent& content = m_view->content();
    const auto meaning = engine::models::meaning_of(
        *content.model, content.params, content.equations, symbol.toStdString());
    if (meaning && meaning->param != nullptr) {
        std::string path = "populations/" + population().name + "/params/" + meaning->param->name;
        if (meaning->element) {
            path += "/" + std::to_string(*meaning->element);
        }
        Q_EMIT parameterWanted(path);
    }
}

} // namespace ui
