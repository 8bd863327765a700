// `spikescope theory`, driven as a person would drive it.

#include "tests/support/program_files.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using Result = test_support::ProgramResult;

namespace {

Result theory(const QStringList& arguments)
{
    return test_support::spikescope(QStringList {"theory"} + arguments);
}

bool near(const QJsonObject& object, const char* key, double expected, double tolerance)
{
    return object[key].isDouble() && std::fabs(object[key].toDouble() - expected) <= tolerance;
}

const QStringList keys {"rate_hz", "cv", "stability", "state", "leading_f_hz", "leading_K",
    "mode_f_hz", "mode_growth_per_ms", "mu_mv", "sigma_mv"};

} // namespace

class TestTheoryCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void panel_c_has_the_published_numbers();
    void all_solutions_are_told();
    void every_option_acts();
    void text_is_a_table_of_all_states();
    void wrong_parameters_are_explained_data();
    void wrong_parameters_are_explained();
    void extreme_numbers_become_null_at_worst_data();
    void extreme_numbers_become_null_at_worst();
};

void TestTheoryCommand::panel_c_has_the_published_numbers()
{
    const Result result = theory({"--g", "5", "--eta", "2", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject json = test_support::json(result.out);
    QVERIFY(near(json, "rate_hz", 37.95, 0.005));
    QVERIFY(near(json, "cv", 0.675, 0.0005));
    QCOMPARE(json["stability"].toString(), QString("stable"));
    QCOMPARE(json["state"].toString(), QString("AI"));
    QVERIFY(near(json, "leading_f_hz", 129.7, 0.1));
    QVERIFY(near(json, "leading_K", 0.725, 0.001));
    QVERIFY(near(json, "mode_f_hz", 124.3, 0.1));
    QVERIFY(near(json, "mode_growth_per_ms", -0.135, 0.0005));
    QVERIFY(near(json, "mu_mv", 21.02515, 1e-4));
    QVERIFY(near(json, "sigma_mv", 7.682907, 1e-5));
    const QJsonArray solutions = json["solutions"].toArray();
    QCOMPARE(solutions.size(), 1);
    for (const QString& key : keys) {
        QCOMPARE(solutions[0].toObject()[key], json[key]);
    }
    QCOMPARE(json["parameters"].toObject()["C_E"].toDouble(), 1000.0);
    QCOMPARE(json["parameters"].toObject().size(), 10);
}

void TestTheoryCommand::all_solutions_are_told()
{
    const QJsonObject json = test_support::json(theory({"--g", "3", "--eta", "0.8", "--json"}).out);
    const QJsonArray solutions = json["solutions"].toArray();
    QCOMPARE(solutions.size(), 3);
    const QStringList states {"quiescent", "saddle", "SR"};
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(solutions[i].toObject()["state"].toString(), states[i]);
    }
    QVERIFY(near(solutions[1].toObject(), "rate_hz", 2.195, 0.001));
    QVERIFY(near(solutions[1].toObject(), "mode_f_hz", 0.0, 0.0));
    QVERIFY(solutions[1].toObject()["mode_growth_per_ms"].toDouble() > 0.0);
    QVERIFY(near(json, "rate_hz", 302.09, 0.01)); // the active state is the one at the top
    QCOMPARE(json["stability"].toString(), QString("unstable"));
}

void TestTheoryCommand::every_option_acts()
{
    const QStringList usual {"--g", "5", "--eta", "2", "--json"};
    const QJsonObject before = test_support::json(theory(usual).out);
    const QList<QStringList> options {{"--J", "0.2"}, {"--C-E", "500"}, {"--gamma", "0.3"},
        {"--tau-m", "10"}, {"--V-th", "15"}, {"--V-reset", "0"}, {"--t-ref", "0.5"},
        {"--delay", "1"}};
    for (const QStringList& option : options) {
        const Result result = theory(usual + option);
        QVERIFY2(result.status == 0, qPrintable(option[0] + ": " + result.err));
        QString name = option[0].mid(2);
        QCOMPARE(test_support::json(result.out)["parameters"]
                     .toObject()[name.replace('-', '_')]
                     .toDouble(),
            option[1].toDouble());
        const bool only_rhythm = option[0] == "--delay";
        const char* key = only_rhythm ? "leading_f_hz" : "rate_hz";
        QVERIFY2(test_support::json(result.out)[key] != before[key], qPrintable(option[0]));
    }
}

void TestTheoryCommand::text_is_a_table_of_all_states()
{
    const Result result = theory({"--g", "3", "--eta", "0.8"});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains("g = 3, eta = 0.8, J = 0.1 mV"));
    for (const char* text : {"quiescent", "saddle", "SR", "302.1", "unstable"}) {
        QVERIFY2(result.out.contains(text), text);
    }
    QVERIFY(!result.out.contains("nan", Qt::CaseInsensitive));
}

void TestTheoryCommand::wrong_parameters_are_explained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::addRow("reset at threshold") << QStringList {"--g", "5", "--eta", "2", "--V-reset", "20"}
                                        << 1 << "V_reset: is 20; must be < V_th, which is 20 mV";
    QTest::addRow("negative time constant") << QStringList {"--g", "5", "--eta", "2", "--tau-m",
        "-1"} << 1 << "tau_m: is -1; must be > 0 ms";
    QTest::addRow("not a number value")
        << QStringList {"--g", "nan", "--eta", "2"} << 1 << "g: is nan; must be finite";
    QTest::addRow("no number") << QStringList {"--g", "x", "--eta", "2"} << 2 << "--g";
    QTest::addRow("eta missing") << QStringList {"--g", "5"} << 2 << "--eta is required";
    QTest::addRow("unknown option")
        << QStringList {"--g", "5", "--eta", "2", "--K", "1"} << 2 << "--K";
}

void TestTheoryCommand::wrong_parameters_are_explained()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, message);
    const Result result = theory(arguments);
    QCOMPARE(result.status, status);
    QVERIFY2(result.err.contains(message), qPrintable(result.err));
    QVERIFY(result.out.isEmpty());
}

void TestTheoryCommand::extreme_numbers_become_null_at_worst_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("no external input") << QStringList {"--g", "5", "--eta", "0"};
    QTest::addRow("huge drive") << QStringList {"--g", "5", "--eta", "1e300"};
    QTest::addRow("huge inhibition") << QStringList {"--g", "1e300", "--eta", "2"};
    QTest::addRow("tiny weight") << QStringList {"--g", "5", "--eta", "2", "--J", "1e-12"};
    QTest::addRow("huge weight") << QStringList {"--g", "5", "--eta", "2", "--J", "1e12"};
    QTest::addRow("no refractoriness") << QStringList {"--g", "2", "--eta", "2", "--t-ref", "0"};
    QTest::addRow("no delay") << QStringList {"--g", "5", "--eta", "2", "--delay", "0"};
    QTest::addRow("huge delay") << QStringList {"--g", "5", "--eta", "2", "--delay", "1e9"};
    QTest::addRow("reset next to threshold")
        << QStringList {"--g", "5", "--eta", "2", "--V-reset", "19.999999999"};
    QTest::addRow("reset far below") << QStringList {"--g", "5", "--eta", "2", "--V-reset", "-1e9"};
}

void TestTheoryCommand::extreme_numbers_become_null_at_worst()
{
    QFETCH(QStringList, arguments);
    const Result result = theory(arguments + QStringList {"--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject json = test_support::json(result.out);
    for (const QString& key : keys) {
        QVERIFY2(json.contains(key), qPrintable(key));
    }
    QVERIFY(!result.out.contains("nan") && !result.out.contains("inf"));
    const Result text = theory(arguments);
    QCOMPARE(text.status, 0);
    QVERIFY(!text.out.contains("nan") && !text.out.contains(" inf"));
}

QTEST_APPLESS_MAIN(TestTheoryCommand)
#include "tst_theory_command.moc"
