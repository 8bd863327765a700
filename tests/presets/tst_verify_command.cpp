// `spikescope verify`: presets are held to what they promise, and a preset that does not keep it is
// named.

#include "tests/support/program.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using test_support::spikescope;
using Result = test_support::ProgramResult;

namespace {

QJsonArray array(const QString& text) { return QJsonDocument::fromJson(text.toUtf8()).array(); }

/// One neuron that fires every 27.1 ms, first at 35.9 ms (tau_m 20, asymptote 24, threshold 20,
/// reset 10, refractory 2: the closed forms on the grid).
QByteArray preset(const QByteArray& checks, const QByteArray& duration = "500")
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "one", "title": "One neuron",
  "simulation": {"dt": 0.1, "duration": )"
        + duration + R"(},
  "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta",
    "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2, "I_e": 1.2},
    "init": {"V_m": 0}}])"
        + (checks.isEmpty() ? QByteArray() : R"(, "checks": [)" + checks + "]") + "}";
}

const QByteArray right = R"(
    {"quantity": "spike_count", "population": "n", "equals": 18},
    {"quantity": "first_spike", "population": "n", "neuron": 0, "min": 35.9, "max": 35.9},
    {"quantity": "cv_isi", "population": "n", "from": 100, "to": 400, "max": 1e-9})";

const QByteArray wrong = right + R"(,
    {"quantity": "last_isi", "population": "n", "min": 27.2, "max": 28, "unit": "ms"})";

/// Its recovery variable runs away (the type T of 2004 without its published step).
const QByteArray runaway = R"({"format": "spikescope-preset", "version": 1, "id": "one",
  "title": "One neuron", "simulation": {"dt": 0.5, "duration": 350},
  "populations": [{"name": "n", "size": 1, "model": "izhikevich",
    "params": {"integrator": "euler", "a": -0.026, "b": -1, "c": -45, "d": -2, "I_e": 80},
    "init": {"V_m": -63.8}}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": -5, "start": 50, "stop": 250}],
  "checks": [{"quantity": "rate", "population": "n", "min": 1}]})";

} // namespace

class TestVerifyCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString written(const QString& name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            qFatal("cannot write the test's file");
        }
        return file.fileName();
    }

private Q_SLOTS:
    void a_preset_that_keeps_its_promises_passes()
    {
        const Result result = spikescope({"verify", written("right.json", preset(right))});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.isEmpty());
        const QStringList lines = result.out.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].endsWith("right.json  One neuron"));
        QVERIFY(lines[1].contains(
            QRegularExpression("^  spike_count of n +0 to 500 ms +18 +18 +pass$")));
        QVERIFY(lines[2].contains(
            QRegularExpression("^  first_spike of n 0 +0 to 500 ms +35.9 ms +35.9 ms +pass$")));
        QVERIFY(lines[3].contains(
            QRegularExpression("^  cv_isi of n +100 to 400 ms +<= 1e-09 +0 +pass$")));
        QCOMPARE(lines[4], QString("1 preset, 3 checks, all passed"));
        // Verdicts stand in one column.
        for (const QString& line : lines.mid(1, 3)) {
            QCOMPARE(line.indexOf("pass"), lines[1].indexOf("pass"));
        }
    }

    void a_promise_that_is_not_kept_is_named()
    {
        const QString good = written("right.json", preset(right));
        const QString bad = written("wrong.json", preset(wrong));
        const Result result = spikescope({"verify", good, bad});
        QCOMPARE(result.status, 1);
        QVERIFY(result.out.contains(
            QRegularExpression("last_isi of n +0 to 500 ms +27.2 to 28 ms +27.1 ms +FAIL")));
        QVERIFY(result.out.endsWith(
            "2 presets, 7 checks, 1 preset failed: " + bad + " (last_isi of n)\n"));
    }

    void what_cannot_be_judged_fails_and_the_others_still_run_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        QTest::addColumn<bool>("on_standard_error");
        QTest::addRow("no checks") << preset({}) << "no checks" << false;
        QTest::addRow("no end") << preset(right, "null") << "duration" << false;
        QTest::addRow("no preset") << QByteArray("{ nonsense") << ":1:4: is not JSON" << true;
        QTest::addRow("unknown quantity")
            << preset(R"({"quantity": "rates", "population": "n", "min": 1})")
            << "/checks/0/quantity: unknown quantity \"rates\"" << true;
        QTest::addRow("unknown population")
            << preset(R"({"quantity": "rate", "population": "m", "min": 1})")
            << "/checks/0/population" << true;
        QTest::addRow("a run that cannot go on") << runaway << "consecutive steps" << false;
        QTest::addRow("a window beyond the end")
            << preset(R"({"quantity": "rate", "population": "n", "to": 501, "min": 1})")
            << "the run ends before the window" << false;
    }
    void what_cannot_be_judged_fails_and_the_others_still_run()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        QFETCH(bool, on_standard_error);
        const QString good = written("right.json", preset(right));
        const QString bad = written("bad.json", text);
        const Result result = spikescope({"verify", bad, good, m_folder.filePath("none.json")});
        QCOMPARE(result.status, 1);
        QVERIFY2((on_standard_error ? result.err : result.out).contains(message),
            qPrintable(result.err + result.out));
        QVERIFY(result.err.contains("none.json"));
        QVERIFY(result.out.contains(QRegularExpression("spike_count of n .* pass\n")));
        const QString last = result.out.split('\n', Qt::SkipEmptyParts).last();
        QVERIFY2(last.startsWith("3 presets, ") && last.contains("2 presets failed: " + bad)
                && last.contains("none.json"),
            qPrintable(last));
    }

    void an_unknown_id_is_told_with_the_nearest()
    {
        const Result result = spikescope({"verify", "izh2003-rss"});
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("did you mean izh2003-rs?"));
    }

    void json_holds_everything_that_the_table_does()
    {
        const Result result = spikescope({"verify", written("wrong.json", preset(wrong)),
            written("empty.json", preset({})), "--json"});
        QCOMPARE(result.status, 1);
        const QJsonArray all = array(result.out);
        QCOMPARE(all.size(), 2);
        const QJsonObject one = all[0].toObject();
        QVERIFY(one["preset"].toString().endsWith("wrong.json"));
        QCOMPARE(one["title"].toString(), QString("One neuron"));
        QCOMPARE(one["pass"].toBool(true), false);
        const QJsonArray checks = one["checks"].toArray();
        QCOMPARE(checks.size(), 4);
        const QJsonObject first = checks[1].toObject();
        QCOMPARE(first["quantity"].toString(), QString("first_spike"));
        QCOMPARE(first["population"].toString(), QString("n"));
        QCOMPARE(first["neuron"].toInt(-1), 0);
        QCOMPARE(first["from_ms"].toDouble(-1.0), 0.0);
        QCOMPARE(first["to_ms"].toDouble(), 500.0);
        QCOMPARE(first["min"].toDouble(), 35.9);
        QCOMPARE(first["max"].toDouble(), 35.9);
        QCOMPARE(first["unit"].toString(), QString("ms"));
        QCOMPARE(first["expected"].toString(), QString("35.9 ms"));
        QCOMPARE(first["measured"].toDouble(), 35.9);
        QCOMPARE(first["measured_text"].toString(), QString("35.9 ms"));
        QVERIFY(first["pass"].toBool() && first["complete"].toBool());
        QVERIFY(checks[0].toObject()["neuron"].isNull());
        QCOMPARE(checks[0].toObject()["equals"].toInt(), 18);
        QCOMPARE(checks[3].toObject()["pass"].toBool(true), false);
        const QJsonObject empty = all[1].toObject();
        QCOMPARE(empty["pass"].toBool(true), false);
        QCOMPARE(empty["problems"].toArray().size(), 1);
    }

    void the_summary_of_a_run_tells_its_checks()
    {
        const QString preset_file = written("wrong.json", preset(wrong));
        const Result whole = spikescope({"run", preset_file, "--summary", "-", "--quiet"});
        QCOMPARE(whole.status, 0); // a run is no test
        const QJsonObject summary = QJsonDocument::fromJson(whole.out.toUtf8()).object();
        const QJsonArray checks = summary["checks"].toArray();
        QCOMPARE(checks.size(), 4);
        QCOMPARE(checks[3].toObject()["measured"].toDouble(), 27.1);
        QCOMPARE(checks[3].toObject()["pass"].toBool(true), false);
        QCOMPARE(checks[0].toObject()["pass"].toBool(), true);
        QVERIFY(summary["regime"].isUndefined()); // of networks only

        // A shorter run judges with its own windows, and leaves open what it does not reach.
        const Result part
            = spikescope({"run", preset_file, "--summary", "-", "--quiet", "--duration", "200"});
        const QJsonArray open
            = QJsonDocument::fromJson(part.out.toUtf8()).object()["checks"].toArray();
        QCOMPARE(open[0].toObject()["measured"].toInt(), 7); // 35.9 + 6 x 27.1 = 198.5 ms
        QCOMPARE(open[0].toObject()["pass"].toBool(true), false);
        QVERIFY(open[2].toObject()["pass"].isNull());
        QCOMPARE(open[2].toObject()["complete"].toBool(true), false);
    }

    void neither_threads_nor_order_change_the_result()
    {
        const QStringList names {"verify", "--json", "net-pymonnto", "izh2003-rs"};
        const Result one = spikescope(names + QStringList {"--threads", "1"});
        const Result three = spikescope(names + QStringList {"--threads", "3"});
        QCOMPARE(three.out, one.out);
        QCOMPARE(three.status, one.status);
        const QJsonArray all = array(one.out);
        QCOMPARE(all[0].toObject()["preset"].toString(), QString("net-pymonnto"));
        QCOMPARE(all[1].toObject()["preset"].toString(), QString("izh2003-rs"));
    }

    void ctrl_c_ends_it()
    {
        QProcess process;
        process.setProcessEnvironment(test_support::bare_environment());
        process.start(SPIKESCOPE_PROGRAM,
            {"verify", written("right.json", preset(right)),
                written("long.json", preset(right, "1e9"))});
        QVERIFY(process.waitForStarted());
        // The first is done; the second would take hours.
        QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 20000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
    }

    void wrong_usage_ends_with_2()
    {
        QCOMPARE(spikescope({"verify", "--threads", "0"}).status, 2);
        QCOMPARE(spikescope({"verify", "--bogus"}).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerifyCommand)
#include "tst_verify_command.moc"
