#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/promise_texts.hpp"
#include "ui/panels/promises_panel.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QScrollBar>
#include <QTableWidgetItem>
#include <QtTest>

using engine::LiveReport;
using engine::config::Quantity;
using ui::PromiseMark;

namespace {

engine::checks::Result result(Quantity quantity, double min, double max,
    std::optional<double> measured, bool complete, const char* population = "E")
{
    engine::checks::Result out;
    out.check.quantity = quantity;
    out.check.population = 0;
    out.check.min = min;
    out.check.max = max;
    out.population = population;
    out.from_ms = 200.0;
    out.to_ms = 2200.0;
    out.measured.value = measured;
    out.complete = complete;
    out.pass = engine::checks::meets(out.measured, out.check);
    return out;
}

/// Of a network that has been measured: met, not met, without a value, not yet.
LiveReport handMade()
{
    LiveReport report;
    report.report.results = {result(Quantity::rate, 36.0, 39.0, 37.5, true),
        result(Quantity::cv_isi, 0.4, 0.5, 0.9, true),
        result(Quantity::first_spike, 1.0, 2.0, std::nullopt, true),
        result(Quantity::fano, 0.0, 1.0, 0.5, false)};
    report.report.results[2].measured.reason = "no spike";
    report.to_ms = 2200.0;
    report.seen_ms = 1200.0;
    report.needed_ms = 2200.0;
    return report;
}

QString cell(const ui::PromisesPanel& panel, int row, int column)
{
    return panel.table().item(row, column)->text();
}

} // namespace

class TestPromisesPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_row_says_what_is_expected_and_measured()
    {
        const auto rows
            = ui::promiseRows(handMade(), frames::document(frames::network).experiment());
        QCOMPARE(rows.size(), std::size_t {4});
        QCOMPARE(rows[0].quantity, QStringLiteral("Rate of E"));
        QCOMPARE(rows[0].window, QStringLiteral("200 to 2200 ms"));
        QCOMPARE(rows[0].expected, QStringLiteral("36 to 39 Hz"));
        QCOMPARE(rows[0].measured, QStringLiteral("37.5 Hz"));
        QCOMPARE(rows[0].mark, PromiseMark::met);
        QCOMPARE(rows[1].mark, PromiseMark::notMet);
        QCOMPARE(rows[2].measured, QStringLiteral("none"));
        QCOMPARE(rows[2].mark, PromiseMark::notMet);
        QVERIFY(rows[2].tip.contains(QStringLiteral("no spike")));
        QCOMPARE(rows[3].mark, PromiseMark::notYet); // whatever it is so far
    }

    void marks_do_not_rely_on_colour()
    {
        const QStringList marks {ui::markText(PromiseMark::met), ui::markText(PromiseMark::notMet),
            ui::markText(PromiseMark::notYet)};
        QCOMPARE(QSet<QString>(marks.begin(), marks.end()).size(), 3);
        for (const QString& mark : marks) {
            QVERIFY(mark.size() > 2);
        }
    }

    void headline_counts()
    {
        LiveReport report = handMade();
        QCOMPARE(ui::promiseHeadline(report), QStringLiteral("Measuring: 1 of 4 met, 1 to come"));
        QCOMPARE(ui::promiseSpan(report, false), QStringLiteral("measuring, 1.2 of 2.2 s"));
        report.over = true;
        report.report.results.pop_back();
        QCOMPARE(ui::promiseHeadline(report), QStringLiteral("1 of 3 promises met"));
        QCOMPARE(ui::promiseSpan(report, false),
            QStringLiteral("measured 0.0 to 2.2 s; measuring again, 1.2 of 2.2 s"));
        QCOMPARE(ui::promiseSpan(report, true), QStringLiteral("last complete sweep"));
        report.report.results.resize(1);
        QCOMPARE(ui::promiseHeadline(report), QStringLiteral("All promises met (1 of 1)"));
    }

    void changes_are_named()
    {
        LiveReport report = handMade();
        QVERIFY(ui::promiseChanges(report).isEmpty());
        report.differences = {{"g", 5.0, 6.0}};
        QCOMPARE(ui::promiseChanges(report),
            QStringLiteral("Changed: g 5 → 6. The source's values need not hold."));
        report.differences.resize(5, {"populations/E/params/tau_m", 20.0, 15.0});
        QVERIFY(ui::promiseChanges(report).contains(QStringLiteral("tau_m 20 → 15")));
        QVERIFY(ui::promiseChanges(report).contains(QStringLiteral("and 2 more")));
    }

    void a_narrow_column_shows_all_but_the_window()
    {
        ui::EngineBridge bridge;
        ui::PromisesPanel panel(bridge);
        panel.resize(46 * panel.fontMetrics().averageCharWidth(), 200); // the least of the column
        panel.show();
        panel.showReport(handMade(), frames::document(frames::network).experiment());
        const auto& table = panel.table();
        QCOMPARE(table.columnCount(), 5); // the last one takes the rest
        QCOMPARE(cell(panel, 0, 2), QStringLiteral("36 to 39 Hz"));
        QCOMPARE(cell(panel, 0, 3), QStringLiteral("37.5 Hz"));
        QVERIFY(table.item(0, 3)->toolTip().contains(QStringLiteral("200 to 2200 ms")));
        QVERIFY(ui::markText(PromiseMark::notMet).startsWith(cell(panel, 1, 0)));
        QTRY_VERIFY(!table.horizontalScrollBar()->isVisible());
    }

    void the_panel_shows_a_report()
    {
        ui::EngineBridge bridge;
        ui::PromisesPanel panel(bridge);
        panel.resize(900, 200);
        panel.show();
        LiveReport longest = handMade(); // "measured ...; measuring again, ..."
        longest.over = true;
        panel.showReport(longest, frames::document(frames::network).experiment());
        QCOMPARE(panel.table().rowCount(), 4);
        QCOMPARE(cell(panel, 0, 1), QStringLiteral("Rate of E"));
        QCOMPARE(cell(panel, 0, 0), ui::markText(PromiseMark::met));
        QCOMPARE(cell(panel, 1, 0), ui::markText(PromiseMark::notMet));
        QVERIFY(panel.changes().isEmpty());
        constexpr int narrow = 60; // characters
        QVERIFY(panel.minimumSizeHint().width() < narrow * panel.fontMetrics().averageCharWidth());
        // Longer numbers widen a column, shorter ones do not make it jump back.
        LiveReport wider = handMade();
        wider.report.results[0].measured.value = 36.123456789;
        wider.report.results[0].check.max = 36.123456788;
        panel.showReport(wider, frames::document(frames::network).experiment());
        const int width = panel.table().columnWidth(3);
        panel.showReport(handMade(), frames::document(frames::network).experiment());
        QCOMPARE(panel.table().columnWidth(3), width);
        panel.showReport({}, frames::document(frames::network).experiment());
        QVERIFY(panel.headline().contains(QStringLiteral("no promises")));
        QVERIFY(!panel.table().isVisible());
    }

    void a_live_run_keeps_its_promises_until_it_is_changed()
    {
        ui::EngineBridge bridge;
        ui::PromisesPanel panel(bridge);
        QVERIFY(runPreset(bridge,
            with(shippedPreset("izh2003-rs"), "simulation/speed", engine::core::Value {2.0})));
        QTRY_VERIFY_WITH_TIMEOUT(panel.headline().startsWith(QStringLiteral("All")), 20000);
        QVERIFY(panel.table().rowCount() > 3);
        for (int row = 0; row < panel.table().rowCount(); ++row) {
            QCOMPARE(cell(panel, row, 0), ui::markText(PromiseMark::met));
        }
        bridge.post(engine::SetValues {{{"I", engine::core::Value {20.0}}}});
        QTRY_VERIFY_WITH_TIMEOUT(panel.changes().contains(QStringLiteral("I 10 → 20")), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!panel.headline().startsWith(QStringLiteral("All")), 20000);
        bridge.post(engine::ResetParameters {});
        QTRY_VERIFY_WITH_TIMEOUT(panel.headline().startsWith(QStringLiteral("All")), 20000);
        QVERIFY(panel.changes().isEmpty());
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestPromisesPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_promises_panel.moc"
