// `spikescope show --plan` and what a run says of memory: stated before the build, close to what it
// then takes, and refused with the figure where it is more than there is.

#include "tests/support/program_files.hpp"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using test_support::json;
using test_support::lines;
using test_support::ProgramFiles;
using test_support::spikescope;
using Result = test_support::ProgramResult;

namespace {

/// `size` neurons E with one projection onto themselves, or none.
QByteArray network(const QByteArray& size, const QByteArray& projection,
    const QByteArray& model = R"("iaf_psc_delta")")
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "net", "title": "Network",
        "simulation": {"dt": 0.1, "duration": 2},
        "populations": [{"name": "E", "size": )"
        + size + R"(, "model": )" + model + "}]"
        + (projection.isEmpty()
                ? QByteArray()
                : R"(, "projections": [{"source": "E", "target": "E", )" + projection + "}]")
        + "}";
}

QByteArray indegree(
    const QByteArray& number, const QByteArray& weight = "1", const QByteArray& delay = "1")
{
    return R"("rule": {"rule": "fixed_indegree", "indegree": )" + number + R"(}, "weight": )"
        + weight + R"(, "delay": )" + delay;
}

const QByteArray drawn = R"({"uniform": [0.5, 1.5]})";

} // namespace

class TestPlanCommand : public QObject {
    Q_OBJECT

private:
    ProgramFiles m_files;

    QJsonObject summary(const QByteArray& preset, const QStringList& more = {}) const
    {
        const QString file = m_files.written("p.json", preset);
        const Result result
            = spikescope(QStringList {"run", file, "--quiet", "--summary", "-"} + more);
        if (result.status != 0) {
            qWarning("%s", qPrintable(result.err));
        }
        return json(result.out);
    }

private Q_SLOTS:
    void the_table_tells_storage_reason_and_memory();
    void json_adds_up();
    void the_summary_of_a_run_has_the_same_plan();
    void a_run_states_its_memory_before_it_builds();
    void wrong_input_and_usage_are_refused();
    void more_than_the_memory_is_refused_at_once_data();
    void more_than_the_memory_is_refused_at_once();
    void more_than_lists_can_number_is_said();
#ifndef SPIKESCOPE_SANITIZED // sanitizers take memory of their own
    void what_is_stated_is_near_what_is_taken_data();
    void what_is_stated_is_near_what_is_taken();
    void the_limit_of_the_process_counts();
    void numbers_of_all_neurons_count();
#endif
};

void TestPlanCommand::the_table_tells_storage_reason_and_memory()
{
    const Result result = spikescope({"show", "--plan", "brunel-ai"});
    QCOMPARE(result.status, 0);
    QVERIFY(result.err.isEmpty());
    const QStringList text = lines(result.out);
    QCOMPARE(text[0], QString("Projections"));
    QVERIFY(text[1].contains(
        QRegularExpression("^  projection +synapses +bytes each +memory +stored as$")));
    const QRegularExpression row("^  (\\w+) \\((\\w) to (\\w)\\) +(\\d+) +([0-9.]+) +([0-9.]+ "
                                 "[kM]B) +[a-z ]+: .*one weight and delay.*10 % of the pairs");
    const QStringList synapses {"10000000", "2500000", "2500000", "625000"};
    for (int i = 0; i < 4; ++i) {
        const auto match = row.match(text[2 + i]);
        QVERIFY2(match.hasMatch(), qPrintable(text[2 + i]));
        QCOMPARE(match.captured(4), synapses[i]);
    }
    QCOMPARE(text[6], QString("Memory"));
    for (const char* part : {"neurons", "synapses", "recordings and statistics",
             "until it is built", "needed at most", "available"}) {
        QVERIFY2(
            result.out.contains(QRegularExpression(QString("\n  %1 +[0-9.]+ .?.?B").arg(part))),
            part);
    }
    // A single neuron has nothing to store.
    QVERIFY(!spikescope({"show", "--plan", "izh2003-rs"}).out.contains("Projections"));
}

void TestPlanCommand::json_adds_up()
{
    const Result result = spikescope({"show", "--plan", "brunel-ai", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject plan = json(result.out);
    double synapses = 0.0;
    double bytes = 0.0;
    for (const QJsonValue& value : plan["projections"].toArray()) {
        const QJsonObject one = value.toObject();
        for (const char* key : {"projection", "source", "target", "storage", "reason"}) {
            QVERIFY2(!one[key].toString().isEmpty(), key);
        }
        const double per_synapse = one["bytes"].toDouble() / one["synapses"].toDouble();
        QCOMPARE(one["bytes_per_synapse"].toDouble(), per_synapse);
        synapses += one["synapses"].toDouble();
        bytes += one["bytes"].toDouble();
    }
    QCOMPARE(synapses, 15625000.0);
    QCOMPARE(plan["synapses"].toDouble(), synapses);
    const QJsonObject memory = plan["memory_bytes"].toObject();
    QCOMPARE(memory["synapses"].toDouble(), bytes);
    const double total = memory["total"].toDouble();
    for (const char* part : {"neurons", "synapses", "recording"}) {
        QVERIFY2(memory[part].toDouble() > 0.0 && memory[part].toDouble() < total, part);
    }
    QVERIFY(memory["build"].toDouble(-1.0) >= 0.0);
}

void TestPlanCommand::the_summary_of_a_run_has_the_same_plan()
{
    const QJsonObject run = json(spikescope(
        {"run", "net-izh2003", "--duration", "5", "--threads", "2", "--quiet", "--summary", "-"})
                                     .out);
    const QJsonObject plan
        = json(spikescope({"show", "--plan", "net-izh2003", "--threads", "2", "--json"}).out);
    QVERIFY(!plan.isEmpty());
    QCOMPARE(run["plan"].toObject(), plan);
    QCOMPARE(run["synapses"].toDouble(), plan["synapses"].toDouble());
}

void TestPlanCommand::a_run_states_its_memory_before_it_builds()
{
    const Result result = spikescope({"run", "net-izh2003", "--duration", "5"});
    QCOMPARE(result.status, 0);
    const QString first = lines(result.err)[0];
    QVERIFY2(first.contains(QRegularExpression("^1000 neurons, about 1000000 synapses: about "
                                               "[0-9.]+ MB of memory$")),
        qPrintable(first));
}

void TestPlanCommand::wrong_input_and_usage_are_refused()
{
    const QString impossible = m_files.written("p.json",
        network("10", R"("rule": {"rule": "fixed_indegree", "indegree": 11},
            "weight": 1, "delay": 1)")
            .replace(R"("indegree": 11)", R"("indegree": 11, "allow_multapses": false)"));
    const Result result = spikescope({"show", "--plan", impossible});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains("/projections/0/rule"), qPrintable(result.err));
    QCOMPARE(spikescope({"show", "--json", "brunel-ai"}).status, 2);
    QCOMPARE(spikescope({"show", "--threads", "2", "brunel-ai"}).status, 2);
    QCOMPARE(spikescope({"show", "--plan"}).status, 2);
}

void TestPlanCommand::more_than_the_memory_is_refused_at_once_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addColumn<QString>("figure");
    QTest::addRow("terabytes of synapses")
        << network("1000000", indegree("1000000", drawn, drawn)) << "[0-9.]+ TB";
    QTest::addRow("lists for as many neurons as there may be")
        << network("2147483647", indegree("400")) << "[0-9.]+ [TP]B";
    QTest::addRow("drawn weights of all pairs") << network(
        "1000000", R"("rule": {"rule": "all_to_all"}, "weight": )" + drawn + R"(, "delay": 1)")
                                                << "[0-9.]+ TB";
    QTest::addRow("neurons alone") << network("2147483647", {}) << "[0-9]+ GB";
}

void TestPlanCommand::more_than_the_memory_is_refused_at_once()
{
    QFETCH(QByteArray, preset);
    QFETCH(QString, figure);
    const QString file = m_files.written("p.json", preset);
    const Result refused = spikescope({"run", file, "--quiet", "--spikes", m_files.path("s.csv"),
        "--summary", m_files.path("s.json")});
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.contains(QRegularExpression("^spikescope: the network needs about "
                 + figure + " of memory, [0-9.]+ .?B are available \\([a-z ]+\\)\n$")),
        qPrintable(refused.err));
    QCOMPARE(test_support::content(m_files.path("s.csv")), QByteArray("missing"));
    // Its plan can be looked at.
    const Result plan = spikescope({"show", "--plan", file});
    QCOMPARE(plan.status, 0);
    QVERIFY2(plan.out.contains(QRegularExpression("needed at most +" + figure + "\n")),
        qPrintable(plan.out));
}

void TestPlanCommand::more_than_lists_can_number_is_said()
{
    // A million drawn synapses onto each of the thousands of neurons of a block: more than 2^32.
    const Result dense = spikescope({"show", "--plan",
        m_files.written("p.json", network("1000000", indegree("1000000", drawn)))});
    QCOMPARE(dense.status, 0);
    QVERIFY2(dense.err.contains(QRegularExpression(
                 "^spikescope: the projection E to E has about [0-9.e+]+ synapses onto one block "
                 "of its neurons, at most [0-9]+ can be stored: .*\n$")),
        qPrintable(dense.err));
    const Result sparse = spikescope(
        {"show", "--plan", m_files.written("p.json", network("1000000", indegree("1000", drawn)))});
    QCOMPARE(sparse.err, QString());
}

#ifndef SPIKESCOPE_SANITIZED
void TestPlanCommand::what_is_stated_is_near_what_is_taken_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addRow("lif neurons") << network("600000", {});
    QTest::addRow("izhikevich neurons") << network("600000", {}, R"("izhikevich")");
    QTest::addRow("izhikevich neurons that differ")
        << network("400000", {}, R"("izhikevich", "params": {"a": {"uniform": [0.02, 0.03]}})");
    QTest::addRow("glif_cond neurons") << network("400000", {}, R"("glif_cond")");
    QTest::addRow("a tenth of the pairs, one weight and delay")
        << network("20000", indegree("2000"));
    QTest::addRow("few of the pairs, one weight and delay") << network("400000", indegree("100"));
    QTest::addRow("individual weights") << network("12500", indegree("1250", drawn));
    QTest::addRow("individual weights and delays")
        << network("12500", indegree("1250", drawn, drawn));
    QTest::addRow("long delays") << network(
        "50000", indegree("200", "1", R"({"uniform": [1, 20]})"));
    QTest::addRow("pairs drawn one by one") << network(
        "20000", R"("rule": {"rule": "pairwise_bernoulli", "p": 0.05}, "weight": 1, "delay": 1)");
    QTest::addRow("targets drawn by source") << network("20000",
        R"("rule": {"rule": "fixed_outdegree", "outdegree": 1000}, "weight": 1, "delay": 1)");
    QTest::addRow("all pairs, individual weights") << network(
        "4000", R"("rule": {"rule": "all_to_all"}, "weight": )" + drawn + R"(, "delay": 1)");
}

void TestPlanCommand::what_is_stated_is_near_what_is_taken()
{
    QFETCH(QByteArray, preset);
    constexpr double megabyte = 1048576.0;
    const double program = summary(network("1", {}))["peak_rss_mb"].toDouble() * megabyte;
    for (const char* threads : {"1", "3"}) {
        const QJsonObject run = summary(preset, {"--threads", threads});
        const double taken = run["peak_rss_mb"].toDouble() * megabyte - program;
        const double stated = run["plan"].toObject()["memory_bytes"].toObject()["total"].toDouble();
        constexpr double tolerance = 0.3;
        QVERIFY2(stated > 0.0 && std::fabs(stated / taken - 1.0) < tolerance,
            qPrintable(QString("%1 threads: %2 MB stated, %3 MB taken")
                           .arg(threads)
                           .arg(stated / megabyte)
                           .arg(taken / megabyte)));
    }
}

void TestPlanCommand::the_limit_of_the_process_counts()
{
    QProcess process;
    process.setProcessEnvironment(test_support::bare_environment());
    const QString file = m_files.written("p.json", network("100000", indegree("1000", drawn)));
    process.start(
        "sh", {"-c", "ulimit -v 700000; exec \"$0\" run \"$1\" --quiet", SPIKESCOPE_PROGRAM, file});
    QVERIFY(process.waitForFinished(60000));
    const QString message = QString::fromUtf8(process.readAllStandardError());
    QCOMPARE(process.exitCode(), 3);
    QVERIFY2(message.contains(QRegularExpression("needs about [0-9.]+ .B of memory, [0-9.]+ MB are "
                                                 "available \\(the limit of the process\\)")),
        qPrintable(message));
}

void TestPlanCommand::numbers_of_all_neurons_count()
{
    QProcess process;
    process.setProcessEnvironment(test_support::bare_environment());
    QByteArray preset = network("2000000000", {});
    preset.chop(1);
    preset += R"(, "record": {"traces": [{"population": "E", "neurons": "all"}]}})";
    process.start("sh",
        {"-c", "ulimit -v 2000000; exec \"$0\" run \"$1\" --quiet", SPIKESCOPE_PROGRAM,
            m_files.written("p.json", preset)});
    QVERIFY(process.waitForFinished(60000));
    const QString message = QString::fromUtf8(process.readAllStandardError());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY2(message.contains(QRegularExpression("/record/traces/0/neurons.*2000000000 neurons, "
                                                 "whose numbers alone need 8.0 GB")),
        qPrintable(message));
}
#endif

QTEST_GUILESS_MAIN(TestPlanCommand)
#include "tst_plan_command.moc"
