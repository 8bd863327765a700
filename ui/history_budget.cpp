#include "ui/history_budget.hpp"

#include "engine/core/available_memory.hpp"
#include "ui/engine_bridge.hpp"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <iterator>

namespace ui {
namespace {

constexpr const char* settingsKey = "recording/mebibytes";
constexpr int standard = 1024;
constexpr int choices[] = {64, 256, standard, 2048, 4096, 8192, 16384};
constexpr double bytesInMebibyte = 1048576.0;

QString sizeText(int mebibytes)
{
    constexpr int gibibyte = 1024;
    return mebibytes < gibibyte ? HistoryBudget::tr("%1 MiB").arg(mebibytes)
                                : HistoryBudget::tr("%1 GiB").arg(mebibytes / gibibyte);
}

} // namespace

HistoryBudget::HistoryBudget(EngineBridge& bridge, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_choices(new QActionGroup(this))
{
    // The file of settings may have been edited by hand.
    bool number = false;
    const int stored = QSettings().value(QLatin1String(settingsKey)).toInt(&number);
    m_mebibytes
        = number ? std::clamp(stored, *std::begin(choices), *std::rbegin(choices)) : standard;
    post();
}

void HistoryBudget::choose(int mebibytes)
{
    m_mebibytes = mebibytes;
    QSettings().setValue(QLatin1String(settingsKey), mebibytes);
    for (QAction* action : m_choices->actions()) {
        action->setChecked(action->data().toInt() == mebibytes);
    }
    post();
}

void HistoryBudget::fillMenu(QMenu& menu)
{
    for (const int choice : choices) {
        QAction* action
            = menu.addAction(sizeText(choice), this, [this, choice] { choose(choice); });
        action->setStatusTip(
            tr("What is older is dropped; the status bar and exports say from when on it is kept"));
        action->setCheckable(true);
        action->setData(choice);
        action->setChecked(choice == m_mebibytes);
        m_choices->addAction(action);
    }
    connect(&menu, &QMenu::aboutToShow, this, [this] {
        const double bytes = engine::core::available_memory().bytes;
        for (QAction* action : m_choices->actions()) {
            const int size = action->data().toInt();
            action->setEnabled(size <= m_mebibytes || size * bytesInMebibyte < bytes);
        }
    });
}

void HistoryBudget::post() const
{
    m_bridge.post(engine::SetHistoryBudget {
        static_cast<std::size_t>(m_mebibytes) * static_cast<std::size_t>(bytesInMebibyte)});
}

} // namespace ui
