#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/history_budget.hpp"

#include <QAction>
#include <QMenu>
#include <QSettings>
#include <QtTest>

class TestHistoryBudget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void the_choice_is_remembered_and_marked()
    {
        ui::EngineBridge bridge;
        ui::HistoryBudget first(bridge);
        QCOMPARE(first.mebibytes(), 1024);
        QMenu menu;
        first.fillMenu(menu);
        QStringList checked;
        for (QAction* action : menu.actions()) {
            if (action->text() == QLatin1String("256 MiB")) {
                action->trigger();
            }
        }
        for (const QAction* action : menu.actions()) {
            if (action->isChecked()) {
                checked += action->text();
            }
        }
        QCOMPARE(checked, QStringList {QStringLiteral("256 MiB")});
        QCOMPARE(ui::HistoryBudget(bridge).mebibytes(), 256);
    }

    void a_setting_that_is_no_size_does_no_harm()
    {
        ui::EngineBridge bridge;
        QSettings().setValue(QStringLiteral("recording/mebibytes"), QStringLiteral("many"));
        QCOMPARE(ui::HistoryBudget(bridge).mebibytes(), 1024);
        QSettings().setValue(QStringLiteral("recording/mebibytes"), -5);
        QCOMPARE(ui::HistoryBudget(bridge).mebibytes(), 64);
    }

    void the_run_keeps_no_more_than_was_chosen()
    {
        ui::EngineBridge bridge;
        ui::HistoryBudget budget(bridge);
        const auto neuron = with(with(shippedPreset("izh2003-rs"), "simulation/duration", 1e9),
            "simulation/speed", std::string("max"));
        QVERIFY(runPreset(bridge, neuron));
        std::size_t bytes = 0;
        connect(&bridge, &ui::EngineBridge::frameReady, this, [&](const engine::Frame& frame) {
            bytes = frame.history ? frame.history->bytes() : 0;
        });
        constexpr std::size_t chosen = std::size_t {64} << 20;
        constexpr int patience = 120000;
        QTRY_VERIFY_WITH_TIMEOUT(bytes > chosen, patience);
        budget.choose(64);
        QTRY_VERIFY_WITH_TIMEOUT(
            bytes <= chosen && bridge.status().history_from_ms > 0.0, patience);
    }
};

int main(int argc, char** argv)
{
    const IsolatedSettings settings;
    const QApplication application(argc, argv);
    TestHistoryBudget test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_history_budget.moc"
