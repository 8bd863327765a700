#include "ui/grid/neuron_grid_panel.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/grid/neuron_grid.hpp"
#include "ui/panels/choice_box.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/selection/choose_menu.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace ui {

NeuronGridPanel::NeuronGridPanel(
    EngineBridge& bridge, FollowedNeuron& followed, QList<QAction*> actions, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_followed(followed)
    , m_actions(std::move(actions))
    , m_variables(makeChoiceBox(this, tr("Variable"), tr("What colours the neurons")))
    , m_grid(new NeuronGrid(this))
    , m_seen(*this, [this] { watch(true); })
{
    constexpr int margin = 4;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, margin, 0, 0);
    column->setSpacing(0);
    auto* choices = new QHBoxLayout;
    choices->setContentsMargins(margin, 0, margin, 0);
    choices->addWidget(new QLabel(tr("Colour:"), this));
    choices->addSpacing(margin);
    choices->addWidget(m_variables);
    choices->addStretch();
    column->addLayout(choices);
    column->addWidget(m_grid, 1);
    m_grid->setSelection(followed);
    connect(m_variables, &QComboBox::currentIndexChanged, this, [this] { choose(); });
    connect(m_grid, &NeuronGrid::menuAsked, this, &NeuronGridPanel::showMenu);
    connect(&bridge, &EngineBridge::sessionChanged, this, &NeuronGridPanel::begin);
    connect(&bridge, &EngineBridge::frameReady, this, &NeuronGridPanel::take);
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { m_grid->applyTheme(Theme::instance().colors()); });
}

void NeuronGridPanel::begin(const engine::Frame& frame)
{
    const auto& experiment = frame.document.experiment();
    {
        const QSignalBlocker quiet(m_variables);
        const QVariant chosen = m_variables->currentData();
        m_variables->clear();
        for (const auto& population : experiment.populations) {
            for (const auto& spec : population.model->recordables(population.params)) {
                const QString name = QString::fromStdString(spec.name);
                if (m_variables->findData(name) < 0) {
                    m_variables->addItem(name, name);
                    m_variables->setItemData(m_variables->count() - 1,
                        QString::fromStdString(spec.meaning), Qt::ToolTipRole);
                }
            }
        }
        m_variables->addItem(tr("spikes"), QString::fromUtf8(engine::analysis::since_spike.data()));
        m_variables->setItemData(
            m_variables->count() - 1, tr("Bright at a spike, fading over 20 ms"), Qt::ToolTipRole);
        m_variables->setCurrentIndex(std::max(0, m_variables->findData(chosen)));
    }
    m_states.reset();
    m_grid->begin(frame.document.shared_experiment());
    choose();
}

void NeuronGridPanel::choose()
{
    m_grid->setVariable(m_variables->currentData().toString().toStdString());
    m_states.reset();
    m_seen.changed();
}

void NeuronGridPanel::watch(bool seen)
{
    const std::string wanted
        = seen ? m_variables->currentData().toString().toStdString() : std::string();
    if (wanted != m_watched) {
        m_watched = wanted;
        m_bridge.post(engine::WatchStates {wanted});
    }
}

void NeuronGridPanel::take(const engine::Frame& frame)
{
    const bool seen = !visibleRegion().isEmpty();
    watch(seen);
    if (!seen) {
        m_seen.changed(); // a run that stands brings no frames
    } else if (frame.states && frame.states != m_states) {
        m_states = frame.states;
        m_grid->take(m_states);
    }
}

void NeuronGridPanel::showMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(m_grid);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addPictureActions(*menu,
        {m_grid, [this](QPainter& painter, QSize size) { m_grid->paintForExport(painter, size); },
            [this] { return m_grid->csv(); }},
        m_tag, [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    menu->addSeparator();
    addNeighbourChoices(*menu->addMenu(tr("&Choose")), m_followed);
    menu->addActions(m_actions);
    menu->popup(globalPosition);
}

} // namespace ui
