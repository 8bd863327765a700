// Every shipped preset shows what its source promises.

#include "engine/checks/evaluator.hpp"
#include "engine/simulation.hpp"
#include "tests/support/check_report.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

class ShippedChecksTest : public QObject {
    Q_OBJECT

private slots:
    void every_promise_is_kept_data()
    {
        QTest::addColumn<QString>("id");
        for (const std::string& id : test_support::shipped_ids()) {
            QTest::addRow("%s", id.c_str()) << QString::fromStdString(id);
        }
    }
    void every_promise_is_kept()
    {
        QFETCH(QString, id);
        const auto document = test_support::shipped(id.toStdString());
        engine::Simulation simulation(document, {});
        const auto evaluator = std::make_shared<engine::checks::Evaluator>(document.experiment());
        simulation.observe(evaluator);
        while (simulation.now() < simulation.end()) {
            simulation.advance(10000);
            simulation.forget_before(simulation.now());
        }
        const engine::checks::Report report = evaluator->report();
        QVERIFY2(report.passed(), qPrintable(test_support::about(report)));
    }
};

QTEST_APPLESS_MAIN(ShippedChecksTest)
#include "tst_shipped_checks.moc"
