#include "tests/support/replay.hpp"

#include <QTest>

class TestGlifCheckpoints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_level_is_reproduced_data();
    void every_level_is_reproduced();

private:
    const tests::DeviationPart m_deviations {"tst_glif_checkpoints"};
};

void TestGlifCheckpoints::every_level_is_reproduced_data()
{
    QTest::addColumn<std::size_t>("index");
    const auto cases = tests::replay_cases("glif");
    QVERIFY(!cases.empty());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        QTest::addRow("%s", cases[i].folder.c_str()) << i;
    }
}

void TestGlifCheckpoints::every_level_is_reproduced()
{
    QFETCH(std::size_t, index);
    const auto replay_case = tests::replay_cases("glif")[index];
    const auto result = tests::replay(replay_case);
    tests::note_deviations(m_deviations, "glif_cond, separate solution", replay_case, result);
    QVERIFY2(result.error.isEmpty(), qPrintable(result.error));
    QVERIFY(result.samples > 0);
}

QTEST_APPLESS_MAIN(TestGlifCheckpoints)
#include "tst_glif_checkpoints.moc"
