// `spikescope sweep`, driven as a person would drive it.

#include "tests/support/program_files.hpp"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTest>

#include <csignal>

using test_support::lines;
using test_support::ProgramFiles;
using Result = test_support::ProgramResult;

namespace {

Result sweep(const QStringList& arguments)
{
    return test_support::spikescope(QStringList {"sweep"} + arguments);
}

} // namespace

class TestSweepCommand : public QObject {
    Q_OBJECT

private:
    ProgramFiles m_files;

private Q_SLOTS:
    void a_curve_goes_to_standard_output()
    {
        const Result result
            = sweep({"lif-dc", "--over", "I=0:20:0.5", "--measure", "rate", "--csv", "-"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.isEmpty());
        const QStringList rows = lines(result.out);
        QCOMPARE(rows.size(), 42);
        QCOMPARE(rows[0], QString("I_pA,rate_Hz"));
        QCOMPARE(rows[1], QString("0,0"));
        QCOMPARE(rows[2], QString("0.5,0"));
        double before = 0.0;
        for (const QString& row : rows.mid(1)) {
            const double rate = row.split(',')[1].toDouble();
            QVERIFY(rate >= before);
            before = rate;
        }
        QVERIFY(before > 300.0 && before < 500.0); // below 1 / t_ref
    }

    void numbers_are_those_of_single_runs()
    {
        const Result result = sweep({"glif-lif", "--over", "I=200:400:200", "--measure", "rate",
            "cv_isi", "--csv", "-", "--seed", "7", "--warmup", "100", "--duration", "800"});
        const QStringList row = lines(result.out).value(2).split(',');
        QCOMPARE(row.size(), 3);
        const Result run = test_support::spikescope({"run", "glif-lif", "--set", "I=400", "--seed",
            "7", "--warmup", "100", "--duration", "800", "--summary", "-", "--quiet"});
        const QJsonObject n = test_support::json(run.out)["populations"].toObject()["n"].toObject();
        QCOMPARE(row[1].toDouble(), n["rate_hz"].toDouble(-1.0));
        QCOMPARE(row[2].toDouble(), n["cv_isi_mean"].toDouble(-1.0));
    }

    void two_axes_make_a_grid_for_any_number_of_threads()
    {
        const QStringList arguments {"izh2003-rs", "--over", "I=0:20:10", "--over",
            "populations/n/params/d=2:8:6", "--measure", "spike_count", "pattern", "--csv", "-",
            "--threads"};
        const Result one = sweep(arguments + QStringList {"1"});
        QCOMPARE(one.status, 0);
        QCOMPARE(lines(one.out).size(), 7);
        QCOMPARE(lines(one.out)[0], QString("I,populations/n/params/d,spike_count,pattern"));
        QVERIFY(lines(one.out)[4].startsWith("10,8,7,tonic")); // as published
        QCOMPARE(sweep(arguments + QStringList {"3"}).out, one.out);
    }

    void without_a_file_it_is_a_table()
    {
        const Result result = sweep({"lif-dc", "--over", "I=0:2:1", "--measure", "first_spike"});
        QCOMPARE(result.status, 0);
        const QStringList rows = lines(result.out);
        QCOMPARE(rows.size(), 5);
        QCOMPARE(rows[0], QString("LIF neuron, constant drive"));
        QCOMPARE(rows[1].simplified(), QString("I_pA first_spike_ms"));
        QCOMPARE(rows[2].simplified(), QString("0"));
        QCOMPARE(rows[4].simplified(), QString("2 13.9"));
    }

    void a_constant_current_replaces_the_protocol()
    {
        const QStringList arguments {
            "glif-lif", "--over", "I=0:300:300", "--measure", "spike_count", "--csv", "-"};
        const Result protocol = sweep(arguments);
        const Result constant = sweep(arguments + QStringList {"--constant-current"});
        QVERIFY(lines(protocol.out)[1] != "0,0"); // synaptic events and noise
        QCOMPARE(lines(constant.out)[0], QString("I_pA,spike_count,steady_rate_Hz"));
        QCOMPARE(lines(constant.out)[1], QString("0,0,0"));
        QVERIFY(lines(constant.out)[2].split(',')[1].toInt() > 29);
        QVERIFY(lines(constant.out)[2].split(',')[2].toDouble() > 29.0);
    }

    void values_that_are_impossible_are_told_and_left_empty()
    {
        const QString file = m_files.path("some.csv");
        const Result some = sweep({"lif-dc", "--over", "populations/n/params/V_reset=0:90:10",
            "--measure", "rate", "--csv", file});
        QCOMPARE(some.status, 0);
        QVERIFY(some.err.contains("V_reset = 20: ") && some.err.contains("must be below V_th"));
        QVERIFY(some.err.contains("and 3 more of 10 runs"));
        const QStringList rows = lines(test_support::content(file));
        QCOMPARE(rows.size(), 11);
        QCOMPARE(rows[3], QString("20,"));
        const QString none = m_files.path("none.csv");
        const Result all = sweep({"lif-dc", "--over", "populations/n/params/V_reset=20:30:10",
            "--measure", "rate", "--csv", none});
        QCOMPARE(all.status, 3);
        QVERIFY(!QFile::exists(none));
    }

    void what_is_wrong_is_explained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("message");
        const QStringList rate {"--measure", "rate"};
        const QStringList over {"--over", "I=0:1:1"};
        QTest::addRow("no axis") << QStringList {"lif-dc"} + rate << 2 << "--over";
        QTest::addRow("no measure") << QStringList {"lif-dc"} + over << 2 << "--measure";
        QTest::addRow("three axes")
            << QStringList {"lif-dc"} + over + over + over + rate << 2 << "--over stands 3 times";
        QTest::addRow("no range") << QStringList {"lif-dc", "--over", "I=3"} + rate << 2
                                  << "FROM:TO:STEP";
        QTest::addRow("the same twice")
            << QStringList {"lif-dc"} + over + over + rate << 1 << "on both axes";
        QTest::addRow("unknown name")
            << QStringList {"lif-noise", "--over", "rte=0:1:1"} + rate << 1 << "rte";
        QTest::addRow("unknown quantity")
            << QStringList {"lif-dc", "--measure", "rates"} + over << 1 << "did you mean rate?";
        QTest::addRow("unknown population") << QStringList {"lif-dc", "--population", "E"} + over
                + rate << 1 << "--population: unknown name \"E\"; expected one of n";
        QTest::addRow("unknown neuron")
            << QStringList {"lif-dc", "--neuron", "1"} + over + rate << 1 << "neuron";
        QTest::addRow("unknown preset") << QStringList {"lif-dd"} + over + rate << 1 << "lif-dc";
        QTest::addRow("no end") << QStringList {"lif-dc", "--set", "simulation/duration=null"}
                + over
                + rate << 2 << "--duration";
    }
    void what_is_wrong_is_explained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, message);
        const Result result = sweep(arguments);
        QCOMPARE(result.status, status);
        QVERIFY2(result.err.contains(message), qPrintable(result.err));
        QVERIFY(result.out.isEmpty());
    }

    void an_interrupt_leaves_no_file()
    {
        const QString file = m_files.path("never.csv");
        QProcess process;
        process.setProcessEnvironment(test_support::bare_environment());
        process.start(SPIKESCOPE_PROGRAM,
            {"sweep", "lif-dc", "--over", "I=0:3:1", "--measure", "rate", "--duration", "1e9",
                "--csv", file});
        QVERIFY(process.waitForStarted());
        // It listens to signals before the file is begun under another name.
        const QDir folder(m_files.folder());
        QTRY_VERIFY_WITH_TIMEOUT(
            !folder.entryList({"*never.csv*"}, QDir::Files | QDir::Hidden).isEmpty(), 20000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(TestSweepCommand)
#include "tst_sweep_command.moc"
