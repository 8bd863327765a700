// Tiles of the regime map: networks that are measured in the background.

#include "engine/sweep/sweep.hpp"
#include "tests/support/program_files.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/regime_session.hpp"
#include "ui/regime/regime_controls.hpp"

#include <QDoubleSpinBox>
#include <QProcess>
#include <QTest>
#include <QToolButton>

#include <cmath>

using engine::config::PresetDocument;
using ui::RegimeQuantity;

class TestRegimeTiles : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void smaller_networks_keep_what_a_neuron_gets();
    void tiles_are_cells_of_the_sweep();
    void the_csv_is_what_the_command_line_prints();
    void tiles_are_cancelled_and_keep_what_is_known();
    void tiles_of_other_values_are_said_to_be_old();
};

void TestRegimeTiles::smaller_networks_keep_what_a_neuron_gets()
{
    const PresetDocument whole = shippedPreset("brunel-ai");
    const auto sizes = ui::networkSizes(whole);
    QCOMPARE(sizes.size(), std::size_t {3});
    QCOMPARE(sizes[0].neurons, std::size_t {12500});
    QVERIFY(sizes[0].changes.empty());
    QCOMPARE(sizes[1].neurons, std::size_t {6250});
    QCOMPARE(sizes[1].changes, (std::vector<std::pair<std::string, double>> {{"N_E", 5000.0}}));
    QCOMPARE(sizes[2].neurons, std::size_t {3125});
    // The half is the network of the preset of tutorial size.
    const PresetDocument half = with(whole, "N_E", 5000.0);
    const auto small = shippedPreset("brunel-ai-small").experiment();
    for (std::size_t p = 0; p < small.populations.size(); ++p) {
        QCOMPARE(half.experiment().populations[p].size, small.populations[p].size);
    }
    for (std::size_t p = 0; p < small.projections.size(); ++p) {
        QVERIFY(half.experiment().projections[p].rule == small.projections[p].rule);
        QVERIFY(half.experiment().projections[p].weight == small.projections[p].weight);
        QVERIFY(half.experiment().projections[p].delay_ms == small.projections[p].delay_ms);
    }
    // Numbers that are no fixed in-degrees fall with the size: nothing smaller is offered.
    QCOMPARE(ui::networkSizes(shippedPreset("net-izh2003")).size(), std::size_t {1});
}

void TestRegimeTiles::tiles_are_cells_of_the_sweep()
{
    const PresetDocument document = tinyBrunel();
    const ui::SweepSubject subject(document, ui::SweepProtocol::ownStimuli);
    ui::SweepChoice g = *subject.find("g");
    ui::SweepChoice eta = *subject.find("eta");
    eta.high = 4.0;
    ui::TileQuestion question {ui::networkSizes(document)[0], 3, 800.0};
    const auto request = ui::tileRequest(document, g, eta, question);
    QCOMPARE(request.axes[0].values, (std::vector<double> {0.0, 4.0, 8.0}));
    QCOMPARE(request.axes[1].values, (std::vector<double> {0.0, 2.0, 4.0}));
    engine::core::Progress progress;
    std::vector<engine::sweep::Cell> cells(9);
    cells[4] = engine::sweep::compute(request, 4, progress);
    const auto at
        = [&](RegimeQuantity quantity) { return ui::tileValues(request, cells, quantity); };
    QCOMPARE(at(RegimeQuantity::rate)[4], cells[4].measured[0].value.value());
    QCOMPARE(at(RegimeQuantity::cv)[4], cells[4].measured[1].value.value());
    QCOMPARE(at(RegimeQuantity::frequency)[4], cells[4].measured[2].value.value());
    QCOMPARE(at(RegimeQuantity::state)[4],
        double(ui::regimeStateNumber(cells[4].measured[3].name).value()));
    QVERIFY(std::isnan(at(RegimeQuantity::rate)[0])); // not done
}

void TestRegimeTiles::the_csv_is_what_the_command_line_prints()
{
    RegimeSession session(with(tinyBrunel(), "D", 2.0));
    session.panel.setReference(shippedPreset("brunel-ai-small"));
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().durationBox().setValue(100.0);
    session.panel.controls().sizeBox().setCurrentIndex(1);
    session.panel.controls().button().click();
    QVERIFY(session.panel.busy());
    QVERIFY(QTest::qWaitFor([&] { return !session.panel.busy(); }, patience));
    const QString csv = QString::fromStdString(session.panel.csv());
    QCOMPARE(csv.count('\n'), 82);
    const QString command = session.panel.command();
    QVERIFY2(command.startsWith("spikescope sweep brunel-ai-small "), qPrintable(command));
    QVERIFY(command.contains("--set 'N_E=200'") && command.contains("--set 'D=2'"));
    QVERIFY(command.contains("--over g=0:8:1 --over eta=0:4:0.5"));
    QStringList arguments = QProcess::splitCommand(QString(command).remove('\''));
    arguments.removeFirst();
    const auto printed = test_support::spikescope(arguments + QStringList {"--quiet"});
    QCOMPARE(printed.status, 0);
    QCOMPARE(QString(printed.out), csv);
}

void TestRegimeTiles::tiles_are_cancelled_and_keep_what_is_known()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().gridBox().setCurrentIndex(2);
    session.panel.controls().durationBox().setValue(2000.0);
    session.panel.controls().button().click();
    const auto lines = [&] {
        return QString::fromStdString(session.panel.csv())
            .split('\n')
            .filter(QRegularExpression("^[^,]+,[^,]+,[0-9]"))
            .size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(lines() >= 2, patience);
    QElapsedTimer clock;
    clock.start();
    session.panel.controls().button().click();
    QVERIFY(clock.elapsed() < 200);
    QCOMPARE(session.panel.controls().button().text(), QString("Measure"));
    const auto known = lines();
    QVERIFY(known >= 2 && known < 33 * 33);
    QTest::qWait(200);
    QCOMPARE(lines(), known);
}

void TestRegimeTiles::tiles_of_other_values_are_said_to_be_old()
{
    RegimeSession session(tinyBrunel());
    QVERIFY(session.running && session.hasDiagram());
    session.panel.controls().durationBox().setValue(100.0);
    session.panel.controls().button().click();
    QVERIFY(QTest::qWaitFor([&] { return !session.panel.busy(); }, patience));
    QVERIFY(!session.panel.notes().contains("Grey"));
    // Moving in the plane is no other question ...
    Q_EMIT session.panel.controls().placeChosen(0);
    QVERIFY(session.isAt(3.0, 2.0));
    QVERIFY(!session.panel.notes().contains("Grey"));
    // ... another delay is, until it is taken back.
    session.bridge.post(engine::SetValues {{{"D", 2.5}}});
    QTRY_VERIFY_WITH_TIMEOUT(session.panel.notes().contains("Grey"), patience);
    session.bridge.post(engine::SetValues {{{"D", 1.5}}});
    QTRY_VERIFY_WITH_TIMEOUT(!session.panel.notes().contains("Grey"), patience);
}

QTEST_MAIN(TestRegimeTiles)
#include "tst_regime_tiles.moc"
