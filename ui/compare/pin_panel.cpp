#include "ui/compare/pin_panel.hpp"

#include "ui/compare/pin_row.hpp"
#include "ui/compare/pins.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/widgets/transport_icons.hpp"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr std::size_t namedSettings = 5;
constexpr int gather_ms = 150;

} // namespace

PinPanel::PinPanel(Pins& pins, EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_pins(pins)
    , m_pin(new QAction(transportIcon(TransportIcon::pin), tr("Pin"), this))
    , m_removeAll(new QAction(tr("Remove all pins"), this))
    , m_column(nullptr)
    , m_hint(new QLabel(tr("Pin (P) keeps the present run in grey behind those that follow, with "
                           "the same noise, and tells here what is different."),
          this))
{
    m_pin->setShortcut(QKeySequence(Qt::Key_P));
    m_pin->setToolTip(tr("Keep the present run to compare (P)"));
    m_pin->setStatusTip(tr("Keep the present run in grey behind the live one"));
    connect(m_pin, &QAction::triggered, &m_pins, &Pins::pin);
    connect(m_removeAll, &QAction::triggered, &m_pins, &Pins::removeAll);

    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_hint->setWordWrap(true);
    m_column->addWidget(m_hint);
    m_column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);

    m_gather.setSingleShot(true);
    m_gather.setInterval(gather_ms);
    connect(&m_gather, &QTimer::timeout, this, &PinPanel::tellDifferences);
    connect(&pins, &Pins::changed, this, &PinPanel::rebuild);
    connect(&bridge, &EngineBridge::documentChanged, this, [this] {
        if (!m_rows.empty() && !m_gather.isActive()) {
            m_gather.start();
        }
    });
    rebuild();
}

void PinPanel::fillMenu(QMenu& menu) { menu.addActions({m_pin, m_removeAll}); }

void PinPanel::rebuild()
{
    for (PinRow* row : m_rows) {
        row->hide();
        row->deleteLater(); // one of its buttons may have asked for it
    }
    m_rows.clear();
    for (std::size_t i = 0; i < m_pins.list().size(); ++i) {
        auto* row = new PinRow(m_pins.list()[i], this);
        connect(row, &PinRow::shownChanged, &m_pins,
            [this, i](bool shown) { m_pins.setShown(i, shown); });
        connect(row, &PinRow::renamed, &m_pins,
            [this, i](const QString& name) { m_pins.rename(i, name); });
        connect(row, &PinRow::backAsked, &m_pins, [this, i] { m_pins.goBackTo(i); });
        connect(row, &PinRow::removeAsked, &m_pins, [this, i] { m_pins.remove(i); });
        m_column->insertWidget(static_cast<int>(i), row);
        m_rows.push_back(row);
    }
    m_hint->setVisible(m_rows.empty());
    m_removeAll->setEnabled(!m_rows.empty());
    tellDifferences();
}

void PinPanel::tellDifferences()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Pin& pin = m_pins.list()[i];
        m_rows[i]->setDifference(m_pins.differenceText(pin, namedSettings),
            m_pins.differenceText(pin, static_cast<std::size_t>(-1)));
    }
}

} // namespace ui
