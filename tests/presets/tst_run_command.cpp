// `spikescope run`, driven as a person would drive it: its files, its statistics, its failures.

#include "tests/support/program_files.hpp"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using test_support::content;
using test_support::json;
using test_support::lines;
using test_support::neuronPreset;
using test_support::ProgramFiles;
using test_support::spikescope;
using test_support::usual;
using Result = test_support::ProgramResult;

class TestRunCommand : public QObject {
    Q_OBJECT

private:
    ProgramFiles m_files;

private Q_SLOTS:
    void several_assignments_may_depend_on_each_other()
    {
        // Each alone would put the reset above the threshold or the threshold below the reset.
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const Result result = spikescope({"run", preset, "--quiet", "--set",
            "populations/n/params/V_reset=-40", "--set", "populations/n/params/V_th=-30"});
        QCOMPARE(result.status, 0);
    }

    void files_follow_the_format()
    {
        const QString preset
            = m_files.written("p.json", neuronPreset(usual, R"("record": {"traces": [
  {"population": "n", "neurons": [1], "variables": ["V_m"], "interval": 0.2},
  {"population": "n", "neurons": [0], "variables": ["I", "V_m"]}], "spikes": ["n"]})"));
        const Result result = spikescope({"run", preset, "--traces", m_files.path("t.csv"),
            "--spikes", m_files.path("s.csv"), "--summary", "-", "--quiet"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.isEmpty());
        const QStringList traces = lines(content(m_files.path("t.csv")));
        QCOMPARE(traces[0], QString("time_ms,n.1.V_m_mV,n.0.I_pA,n.0.V_m_mV"));
        QCOMPARE(traces.size(), 1 + 1000);
        QVERIFY(traces[1].startsWith("0.1,,600,"));
        QVERIFY(traces[1000].startsWith("100,"));
        const QStringList spikes = lines(content(m_files.path("s.csv")));
        QCOMPARE(spikes[0], QString("time_ms,population,neuron"));

        const QJsonObject summary = json(result.out);
        QCOMPARE(summary["preset"].toString(), QString("one"));
        QCOMPARE(summary["duration_ms"].toDouble(), 100.0);
        QCOMPARE(summary["spikes_total"].toInt(), int(spikes.size()) - 1);
        QVERIFY(summary["spikes_total"].toInt() > 2);
        QCOMPARE(summary["synapses"].toInt(), 0);
        for (const char* key : {"version", "seed", "dt_ms", "threads", "build_s", "simulate_s",
                 "simulate_cpu_s", "real_time_factor", "peak_rss_mb"}) {
            QVERIFY2(!summary[key].isUndefined() && !summary[key].isNull(), key);
        }
        const QJsonObject n = summary["populations"].toObject()["n"].toObject();
        QCOMPARE(n["size"].toInt(), 2);
        QCOMPARE(n["rate_hz"].toDouble(), n["spikes"].toDouble() / 2 / 0.1);
        // Both neurons fire regularly, on a grid of 0.1 ms.
        QCOMPARE(n["cv_isi_neurons"].toInt(), 2);
        QVERIFY(n["cv_isi_mean"].toDouble() < 0.01);
    }

    void the_statistics_leave_out_the_warm_up()
    {
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const Result all = spikescope({"run", preset, "--spikes", "-", "--quiet"});
        int after = 0;
        for (const QString& line : lines(all.out).mid(1)) {
            after += line.section(',', 0, 0).toDouble() > 50.0 ? 1 : 0;
        }
        const Result result
            = spikescope({"run", preset, "--warmup", "50", "--summary", "-", "--quiet"});
        const QJsonObject n = json(result.out)["populations"].toObject()["n"].toObject();
        QCOMPARE(n["spikes"].toInt(), after);
        QCOMPARE(n["rate_hz"].toDouble(), after / 2.0 / 0.05);
        const Result nothing
            = spikescope({"run", preset, "--warmup", "100", "--summary", "-", "--quiet"});
        const QJsonObject none = json(nothing.out)["populations"].toObject()["n"].toObject();
        QVERIFY(none["rate_hz"].isNull());
        QVERIFY(none["cv_isi_mean"].isNull());
        QCOMPARE(none["spikes"].toInt(), 0);
    }

    void the_summary_has_all_statistics_whatever_is_recorded()
    {
        const auto statistics = [&](const QByteArray& record) {
            const QString preset = m_files.written("p.json", neuronPreset(usual, record));
            const QJsonObject summary
                = json(spikescope({"run", preset, "--summary", "-", "--quiet"}).out);
            // One population is the network.
            const QJsonObject n = summary["populations"].toObject()["n"].toObject();
            return n == summary["network"].toObject() ? n : QJsonObject();
        };
        const QJsonObject all = statistics({});
        for (const char* key : {"size", "spikes", "rate_hz", "cv_isi_mean", "cv_isi_neurons", "cv2",
                 "lv", "fano_1ms", "population_fluctuation", "population_fluctuation_5ms",
                 "correlation", "synchrony"}) {
            QVERIFY2(all[key].isDouble(), key);
        }
        QCOMPARE(all["synchrony"].toDouble(), 1.0); // both neurons do the same
        QCOMPARE(all["correlation"].toDouble(), 1.0);
        // 100 ms are too short for counts in 100 ms and for a segment of the spectrum.
        for (const char* key : {"fano_100ms", "peak_frequency_hz", "peak_over_floor"}) {
            QVERIFY2(all[key].isNull(), key);
        }
        QVERIFY(statistics(R"("record": {"spikes": [], "traces": []})") == all);
    }

    void settings_act_and_the_seed_and_threads_behave()
    {
        const QString preset = m_files.written("p.json",
            neuronPreset(usual,
                R"("projections": [{"source": "n", "target": "n", "rule": {"rule": "all_to_all"},
                "weight": {"normal": [0.1, 0.05]}, "delay": 5}])"));
        const auto traces = [&](const QStringList& more) {
            const Result result
                = spikescope(QStringList {"run", preset, "--quiet", "--traces", "-"} + more);
            return result.status == 0 ? result.out : QString();
        };
        const QString standard = traces({});
        QVERIFY(!standard.isEmpty());
        QCOMPARE(traces({"--threads", "1"}), standard);
        QCOMPARE(traces({"--threads", "3"}), standard);
        QCOMPARE(traces({"--seed", "1"}), standard);
        QVERIFY(traces({"--seed", "2"}) != standard);
        QVERIFY(traces({"--set", "drive=650"}) != standard);
        QCOMPARE(lines(traces({"--duration", "50"})).size(), 1 + 500);
        QCOMPARE(lines(traces({"--dt", "0.5"})).size(), 1 + 200);
    }

    void a_failed_run_leaves_no_file()
    {
        // The second output fails when the first one has long been written.
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const QDir folder(m_files.folder());
        const QStringList before = folder.entryList(QDir::Files);
        QCOMPARE(spikescope({"run", preset, "--traces", m_files.path("failed.csv"), "--spikes",
                                "/dev/full", "--quiet"})
                     .status,
            3);
        QCOMPARE(folder.entryList(QDir::Files), before);
    }

    void interruption_leaves_no_file_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addRow("Ctrl-C") << SIGINT;
        QTest::addRow("kill") << SIGTERM;
    }

    void interruption_leaves_no_file()
    {
        QFETCH(int, signal);
        const QString preset = m_files.written("long.json", neuronPreset(usual));
        const QDir folder(m_files.folder());
        const QStringList before = folder.entryList(QDir::Files);
        QProcess process;
        process.setProcessEnvironment(test_support::bare_environment());
        process.start(SPIKESCOPE_PROGRAM,
            {"run", preset, "--duration", "1e9", "--traces", m_files.path("cut.csv"), "--spikes",
                m_files.path("cut-s.csv")});
        // Both files have been begun under other names.
        QTRY_VERIFY_WITH_TIMEOUT(folder.entryList(QDir::Files).size() == before.size() + 2, 20000);
        QTest::qWait(200);
        QVERIFY(!QFile::exists(m_files.path("cut.csv")));
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(folder.entryList(QDir::Files), before);
    }

    void a_reader_that_goes_away_leaves_no_file()
    {
        const QString preset = m_files.written("long.json", neuronPreset(usual));
        const QDir folder(m_files.folder());
        const QStringList before = folder.entryList(QDir::Files);
        QProcess shell;
        shell.setProcessEnvironment(test_support::bare_environment());
        shell.start("sh",
            {"-c", R"("$0" run "$1" --duration 1e9 --quiet --traces - --spikes "$2" | head -n 2)",
                SPIKESCOPE_PROGRAM, preset, m_files.path("piped.csv")});
        QVERIFY(shell.waitForFinished(60000));
        QCOMPARE(lines(shell.readAllStandardOutput()).size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(folder.entryList(QDir::Files), before, 20000);
    }

    void progress_is_no_bar_in_a_log()
    {
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const Result loud = spikescope({"run", preset});
        QCOMPARE(loud.status, 0);
        QCOMPARE(lines(loud.err).size(), 1); // what was done
        QVERIFY(!loud.err.contains('\r'));
        QVERIFY(loud.out.isEmpty());
        QVERIFY(spikescope({"run", preset, "--quiet"}).err.isEmpty());
    }

    void what_does_not_fit_into_memory_is_refused_with_the_figure_data()
    {
        QTest::addColumn<QByteArray>("size");
        QTest::addColumn<QByteArray>("indegree");
        QTest::addRow("synapses") << QByteArray("1000000") << QByteArray("100000");
        QTest::addRow("neurons") << QByteArray("2147483647") << QByteArray("0");
    }

    void what_does_not_fit_into_memory_is_refused_with_the_figure()
    {
        QFETCH(QByteArray, size);
        QFETCH(QByteArray, indegree);
        QByteArray preset = neuronPreset(usual,
            R"("projections": [{"source": "n", "target": "n", "weight": 1, "delay": 1,
                "rule": {"rule": "fixed_indegree", "indegree": )"
                + indegree + "}}]");
        preset.replace(R"("size": 2)", R"("size": )" + size);
        const Result refused = spikescope({"run", m_files.written("p.json", preset), "--quiet"});
        QCOMPARE(refused.status, 3);
        QVERIFY2(refused.err.contains(QRegularExpression("[0-9.]+ [GTP]B of memory")),
            qPrintable(refused.err));
    }

    void long_runs_do_not_grow_in_memory()
    {
        // AddressSanitizer holds freed memory back, 256 MB of it where nobody says less.
        qputenv("ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":quarantine_size_mb=1");
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const auto peak = [&](const char* duration) {
            const Result result = spikescope({"run", preset, "--duration", duration, "--traces",
                "/dev/null", "--summary", "-", "--quiet"});
            return json(result.out)["peak_rss_mb"].toDouble();
        };
        // Twenty times as much is recorded (another 90 MB if it were kept).
        const double brief = peak("20000");
        const double lengthy = peak("400000");
        QVERIFY(brief > 0.0);
        QVERIFY2(lengthy < brief + 30.0, qPrintable(QString("%1 %2").arg(brief).arg(lengthy)));
    }
};

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_run_command.moc"
