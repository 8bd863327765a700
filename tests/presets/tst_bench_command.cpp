// `spikescope bench`, driven as a person would drive it: what it tells of each row and what it
// refuses. Never how fast: that is the machine's affair.

#include "tests/support/program_files.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <csignal>

using test_support::json;
using test_support::lines;
using test_support::spikescope;
using Result = test_support::ProgramResult;

namespace {

const QStringList small {"bench", "--quick", "--only", "neuron-iaf_psc_delta",
    "izhikevich-all-to-all", "neuron-glif_cond"};

bool positive(const QJsonObject& object, const char* key)
{
    return object[key].isDouble() && object[key].toDouble() > 0.0;
}

/// The first level of the goal that the value reaches.
QString level(const QJsonObject& goal, double value, bool more)
{
    for (const char* name : {"stretch", "good", "must"}) {
        const double bound = goal[name].toDouble();
        if (more ? value >= bound : value <= bound) {
            return name;
        }
    }
    return "none";
}

/// Whether the process has a handler for the signal by now.
bool handles(qint64 process, int signal)
{
    QFile status(QString("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QString text = QString::fromLatin1(status.readAll());
    const auto match = QRegularExpression("SigCgt:\\s*([0-9a-f]+)").match(text);
    return ((match.captured(1).toULongLong(nullptr, 16) >> (signal - 1)) & 1U) != 0;
}

} // namespace

class TestBenchCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_table_names_machine_units_and_goals();
    void json_holds_figures_and_goals_of_every_run();
    void events_are_those_of_the_network();
    void building_is_measured_with_each_number_of_threads();
    void wrong_names_are_refused_all_at_once();
    void wrong_usage_ends_with_2();
    void ctrl_c_ends_it();
};

void TestBenchCommand::the_table_names_machine_units_and_goals()
{
    const Result result = spikescope(small);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.err.isEmpty(), qPrintable(result.err));
    const QStringList text = lines(result.out);
    QVERIFY2(text[0].contains(QRegularExpression(
                 "^Spikescope [0-9.]+ on .+, [0-9]+ processors?, (avx512|avx2|baseline) kernels$")),
        qPrintable(text[0]));
    QVERIFY(text[2].contains(QRegularExpression("row +threads +unit +CPU +busiest +wall +must +good"
                                                " +stretch +reached +ns/event")));
    // In the order of the table, whatever the order asked for.
    QVERIFY2(text[3].contains(QRegularExpression(
                 "^  izhikevich-all-to-all +1 +us / step +[0-9.]+ +[0-9.]+ +[0-9.]+ +6 +2.4 +2 ")),
        qPrintable(text[3]));
    QVERIFY2(
        text[text.size() - 2].contains(QRegularExpression(
            "^  neuron-iaf_psc_delta +1 +x real time +[0-9.]+ +[0-9.]+ +[0-9.]+ +100 +500 +1000 "
            "+(none|must|good|stretch)$")),
        qPrintable(text[text.size() - 2]));
    QVERIFY(text.last().contains("neuron-glif_cond"));
}

void TestBenchCommand::json_holds_figures_and_goals_of_every_run()
{
    const Result result = spikescope(QStringList(small) << "--json");
    QCOMPARE(result.status, 0);
    const QJsonObject all = json(result.out);
    QVERIFY(!all["version"].toString().isEmpty());
    QVERIFY(positive(all, "processors"));
    QVERIFY(QStringList({"avx512", "avx2", "baseline"}).contains(all["instructions"].toString()));
    QCOMPARE(all["quick"].toBool(), true);
    QCOMPARE(all["repeat"].toInt(), 1);
    const QJsonArray rows = all["rows"].toArray();
    QCOMPARE(rows.size(), 3);
    for (const QJsonValue& value : rows) {
        const QJsonObject row = value.toObject();
        const bool neuron = row["name"].toString().startsWith("neuron-");
        QVERIFY(!row["title"].toString().isEmpty());
        QCOMPARE(row["unit"].toString(), QString(neuron ? "x real time" : "us / step"));
        QCOMPARE(row["better"].toString(), QString(neuron ? "more" : "less"));
        QCOMPARE(row["neurons"].toInt(), neuron ? 1 : 1000);
        QCOMPARE(row["synapses"].toInt(-1), neuron ? 0 : 1000000);
        QVERIFY(row["left_out"].isNull());
        QVERIFY(positive(row, "window_ms"));
        const QJsonArray runs = row["runs"].toArray();
        QVERIFY(runs.size() >= (neuron ? 1 : 2));
        int threads = 0;
        for (const QJsonValue& one : runs) {
            const QJsonObject run = one.toObject();
            QVERIFY(run["threads"].toInt() > threads);
            threads = run["threads"].toInt();
            for (const char* key : {"cpu", "cpu_busiest_thread", "wall", "build_s", "rate_hz"}) {
                QVERIFY2(positive(run, key), key);
            }
            QCOMPARE(run["events_per_cpu_s"].isNull(), neuron);
            // No thread has used more than the process.
            const double cpu = run["cpu"].toDouble();
            const double busiest = run["cpu_busiest_thread"].toDouble();
            constexpr double rounding = 1.001;
            QVERIFY(neuron ? busiest * rounding >= cpu : busiest <= cpu * rounding);
            const QJsonObject goal = run["goal"].toObject();
            if (threads > 1) {
                QVERIFY(run["goal"].isNull() && run["reached"].isNull());
            } else {
                QCOMPARE(run["reached"].toString(), level(goal, busiest, neuron));
            }
        }
    }
}

void TestBenchCommand::events_are_those_of_the_network()
{
    const Result result
        = spikescope({"bench", "--quick", "--only", "brunel-ai", "--threads", "2", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject row = json(result.out)["rows"].toArray()[0].toObject();
    QCOMPARE(row["neurons"].toInt(), 12500);
    QCOMPARE(row["synapses"].toInt(), 15625000);
    QCOMPARE(row["runs"].toArray().size(), 1);
    const QJsonObject run = row["runs"].toArray()[0].toObject();
    QCOMPARE(run["threads"].toInt(), 2);
    // Brunel 2000: 37.7 Hz; within a few tens of ms the network is not far from it.
    const double rate_Hz = run["rate_hz"].toDouble();
    QVERIFY2(rate_Hz > 25.0 && rate_Hz < 50.0, qPrintable(QString::number(rate_Hz)));
    // Every neuron has 1250 inputs, hence on average as many outputs.
    const double per_second = run["events_per_cpu_s"].toDouble() * run["cpu"].toDouble();
    const double expected = rate_Hz * 12500.0 * 1250.0;
    QVERIFY(std::fabs(per_second / expected - 1.0) < 1e-9);
}

void TestBenchCommand::building_is_measured_with_each_number_of_threads()
{
    const Result result = spikescope({"bench", "--quick", "--only", "build", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject row = json(result.out)["rows"].toArray()[0].toObject();
    QCOMPARE(row["unit"].toString(), QString("s"));
    QCOMPARE(row["synapses"].toInt(), 15625000);
    QVERIFY(row["window_ms"].isNull());
    const QJsonArray runs = row["runs"].toArray();
    QVERIFY(runs.size() >= 2);
    for (const QJsonValue& one : runs) {
        const QJsonObject run = one.toObject();
        QVERIFY(positive(run, "cpu") && positive(run, "cpu_busiest_thread"));
        QVERIFY(positive(run, "wall"));
        QVERIFY(run["rate_hz"].isNull() && run["events_per_cpu_s"].isNull());
        // The network cannot stand before it is built.
        QVERIFY(run["build_s"].toDouble() <= run["wall"].toDouble());
    }
    QCOMPARE(runs[0].toObject()["goal"].toObject()["must"].toDouble(), 0.3);
    QCOMPARE(runs[1].toObject()["goal"].toObject()["must"].toDouble(), 0.2);
}

void TestBenchCommand::wrong_names_are_refused_all_at_once()
{
    const Result result = spikescope({"bench", "--only", "brunel-a", "build", "nonsense"});
    QCOMPARE(result.status, 1);
    QVERIFY(result.out.isEmpty());
    const QStringList messages = lines(result.err);
    QCOMPARE(messages.size(), 2);
    QVERIFY(messages[0].startsWith(R"(--only: no row is called "brunel-a"; expected one of )"));
    QVERIFY(messages[0].contains("izhikevich-sparse, neuron-izhikevich"));
    QVERIFY(messages[0].endsWith("(did you mean brunel-ai?)"));
    QVERIFY(messages[1].startsWith(R"(--only: no row is called "nonsense"; expected one of )"));
}

void TestBenchCommand::wrong_usage_ends_with_2()
{
    QCOMPARE(spikescope({"bench", "--repeat", "0"}).status, 2);
    QCOMPARE(spikescope({"bench", "--threads", "0"}).status, 2);
    QCOMPARE(spikescope({"bench", "--only"}).status, 2);
    QCOMPARE(spikescope({"bench", "brunel-ai"}).status, 2);
}

void TestBenchCommand::ctrl_c_ends_it()
{
    QProcess process;
    process.setProcessEnvironment(test_support::bare_environment());
    process.start(SPIKESCOPE_PROGRAM, {"bench", "--only", "brunel-sr", "--repeat", "1000"});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(handles(process.processId(), SIGINT), 20000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

QTEST_GUILESS_MAIN(TestBenchCommand)
#include "tst_bench_command.moc"
