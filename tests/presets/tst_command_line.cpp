// The real program, driven as a person would drive it.

#include "tests/support/program.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using test_support::spikescope;
using Result = test_support::ProgramResult;

namespace {

QStringList lines(const QString& text) { return text.split('\n', Qt::SkipEmptyParts); }

QJsonObject json(const QString& text) { return QJsonDocument::fromJson(text.toUtf8()).object(); }

/// One neuron driven above threshold, 100 ms; `more` stands at the top level.
QByteArray neuronPreset(const QByteArray& simulation, const QByteArray& more = {})
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "one", "title": "One neuron",
  "variables": {"drive": {"value": 600}},
  "simulation": )"
        + simulation + R"(,
  "populations": [{"name": "n", "size": 2, "model": "iaf_psc_delta"}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": "drive"}])"
        + (more.isEmpty() ? "" : ", " + more) + "}";
}

const QByteArray usual = R"({"dt": 0.1, "duration": 100})";

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString written(const QString& name, const QByteArray& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            qFatal("cannot write the test's file");
        }
        return file.fileName();
    }
    static QByteArray content(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
    }

private Q_SLOTS:
    void help_and_version_end_well()
    {
        const Result help = spikescope({"--help"});
        QCOMPARE(help.status, 0);
        for (const char* command :
            {"run", "list", "show", "validate", "models", "verify", "theory"}) {
            QVERIFY2(help.out.contains(command), command);
            const Result own = spikescope({command, "--help"});
            QCOMPARE(own.status, 0);
            QVERIFY(!own.out.isEmpty());
        }
        for (const char* later : {"sweep", "bench"}) {
            QVERIFY2(!help.out.contains(later), later);
        }
        const Result version = spikescope({"--version"});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("spikescope "));
    }

    void wrong_usage_ends_with_2_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addRow("no preset") << QStringList {"run"};
        QTest::addRow("unknown option") << QStringList {"run", "p.json", "--bogus"};
        QTest::addRow("no threads") << QStringList {"run", "p.json", "--threads", "0"};
        QTest::addRow("negative threads") << QStringList {"run", "p.json", "--threads", "-2"};
        QTest::addRow("duration is no number") << QStringList {"run", "p.json", "--duration", "x"};
        QTest::addRow("negative warm-up") << QStringList {"run", "p.json", "--warmup", "-1"};
        QTest::addRow("negative seed") << QStringList {"run", "p.json", "--seed", "-1"};
        QTest::addRow("two outputs on one stream")
            << QStringList {"run", "p.json", "--traces", "-", "--spikes", "-"};
        QTest::addRow("two outputs in one file")
            << QStringList {"run", "p.json", "--traces", "x.csv", "--spikes", "x.csv"};
        QTest::addRow("nothing to validate") << QStringList {"validate"};
    }

    void wrong_usage_ends_with_2()
    {
        QFETCH(QStringList, arguments);
        arguments.replaceInStrings("p.json", written("p.json", neuronPreset(usual)));
        const Result result = spikescope(arguments);
        QCOMPARE(result.status, 2);
        QVERIFY(!result.err.isEmpty());
        QVERIFY(result.out.isEmpty());
    }

    void a_run_without_an_end_asks_for_a_duration()
    {
        const QString preset
            = written("endless.json", neuronPreset(R"({"dt": 0.1, "duration": null})"));
        const Result without = spikescope({"run", preset});
        QCOMPARE(without.status, 2);
        QVERIFY(without.err.contains("--duration"));
        QCOMPARE(spikescope({"run", preset, "--duration", "20"}).status, 0);
    }

    void wrong_input_ends_with_1_and_says_what_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        QTest::addRow("unknown id") << QStringList {"run", "izh2003-rss"} << "izh2003-rs";
        QTest::addRow("unknown path in --set")
            << QStringList {"run", "p.json", "--set", "populations/n/params/tau_n=3"} << "tau_m";
        QTest::addRow("unknown variable in --set")
            << QStringList {"run", "p.json", "--set", "drve=3"} << "drive";
        QTest::addRow("value out of range")
            << QStringList {"run", "p.json", "--set", "populations/n/params/tau_m=-5"} << "-5";
        QTest::addRow("negative duration")
            << QStringList {"run", "p.json", "--duration", "-5"} << "-5";
        QTest::addRow("unknown model") << QStringList {"models", "izikevich"} << "izhikevich";
        QTest::addRow("show of nothing")
            << QStringList {"show", "nothing-like-this"} << "nothing-like-this";
    }

    void wrong_input_ends_with_1_and_says_what()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        arguments.replaceInStrings("p.json", written("p.json", neuronPreset(usual)));
        const Result result = spikescope(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains(message), qPrintable(result.err));
        QVERIFY(result.out.isEmpty());
    }

    void several_assignments_may_depend_on_each_other()
    {
        // Each alone would put the reset above the threshold or the threshold below the reset.
        const QString preset = written("p.json", neuronPreset(usual));
        const Result result = spikescope({"run", preset, "--quiet", "--set",
            "populations/n/params/V_reset=-40", "--set", "populations/n/params/V_th=-30"});
        QCOMPARE(result.status, 0);
    }

    void files_follow_the_format()
    {
        const QString preset = written("p.json", neuronPreset(usual, R"("record": {"traces": [
  {"population": "n", "neurons": [1], "variables": ["V_m"], "interval": 0.2},
  {"population": "n", "neurons": [0], "variables": ["I", "V_m"]}], "spikes": ["n"]})"));
        const Result result = spikescope({"run", preset, "--traces", path("t.csv"), "--spikes",
            path("s.csv"), "--summary", "-", "--quiet"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.isEmpty());
        const QStringList traces = lines(content(path("t.csv")));
        QCOMPARE(traces[0], QString("time_ms,n.1.V_m_mV,n.0.I_pA,n.0.V_m_mV"));
        QCOMPARE(traces.size(), 1 + 1000);
        QVERIFY(traces[1].startsWith("0.1,,600,"));
        QVERIFY(traces[1000].startsWith("100,"));
        const QStringList spikes = lines(content(path("s.csv")));
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
        const QString preset = written("p.json", neuronPreset(usual));
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
            const QString preset = written("p.json", neuronPreset(usual, record));
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
        const QString preset = written("p.json",
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

    void failures_while_running_end_with_3()
    {
        const QString preset = written("p.json", neuronPreset(usual));
        const Result full = spikescope({"run", preset, "--traces", "/dev/full", "--quiet"});
        QCOMPARE(full.status, 3);
        QVERIFY(full.err.contains("/dev/full"));
        const Result nowhere
            = spikescope({"run", preset, "--spikes", path("none/s.csv"), "--quiet"});
        QCOMPARE(nowhere.status, 3);
        QVERIFY(nowhere.err.contains("none/s.csv"));
        QCOMPARE(spikescope({"list"}, "/dev/full").status, 3);
    }

    void a_failed_run_leaves_no_file()
    {
        // The second output fails when the first one has long been written.
        const QString preset = written("p.json", neuronPreset(usual));
        const QDir folder(m_folder.path());
        const QStringList before = folder.entryList(QDir::Files);
        QCOMPARE(spikescope({"run", preset, "--traces", path("failed.csv"), "--spikes", "/dev/full",
                                "--quiet"})
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
        const QString preset = written("long.json", neuronPreset(usual));
        const QDir folder(m_folder.path());
        const QStringList before = folder.entryList(QDir::Files);
        QProcess process;
        process.setProcessEnvironment(test_support::bare_environment());
        process.start(SPIKESCOPE_PROGRAM,
            {"run", preset, "--duration", "1e9", "--traces", path("cut.csv"), "--spikes",
                path("cut-s.csv")});
        // Both files have been begun under other names.
        QTRY_VERIFY_WITH_TIMEOUT(folder.entryList(QDir::Files).size() == before.size() + 2, 20000);
        QTest::qWait(200);
        QVERIFY(!QFile::exists(path("cut.csv")));
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(folder.entryList(QDir::Files), before);
    }

    void a_reader_that_goes_away_leaves_no_file()
    {
        const QString preset = written("long.json", neuronPreset(usual));
        const QDir folder(m_folder.path());
        const QStringList before = folder.entryList(QDir::Files);
        QProcess shell;
        shell.setProcessEnvironment(test_support::bare_environment());
        shell.start("sh",
            {"-c", R"("$0" run "$1" --duration 1e9 --quiet --traces - --spikes "$2" | head -n 2)",
                SPIKESCOPE_PROGRAM, preset, path("piped.csv")});
        QVERIFY(shell.waitForFinished(60000));
        QCOMPARE(lines(shell.readAllStandardOutput()).size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(folder.entryList(QDir::Files), before, 20000);
    }

    void progress_is_no_bar_in_a_log()
    {
        const QString preset = written("p.json", neuronPreset(usual));
        const Result loud = spikescope({"run", preset});
        QCOMPARE(loud.status, 0);
        QCOMPARE(lines(loud.err).size(), 1); // what was done
        QVERIFY(!loud.err.contains('\r'));
        QVERIFY(loud.out.isEmpty());
        QVERIFY(spikescope({"run", preset, "--quiet"}).err.isEmpty());
    }

    void validate_gives_a_line_for_every_error()
    {
        const QString good = written("good.json", neuronPreset(usual));
        const Result fine = spikescope({"validate", good});
        QCOMPARE(fine.status, 0);
        QVERIFY(fine.out.contains("ok"));
        QVERIFY(fine.err.isEmpty());

        QByteArray text = neuronPreset(R"({"dt": -0.1, "duration": 100})", R"("bogus": 1)");
        text.replace("iaf_psc_delta", "iaf_psc_dleta");
        const QString bad = written("bad.json", text);
        const Result wrong = spikescope({"validate", good, bad, path("missing.json")});
        QCOMPARE(wrong.status, 1);
        QVERIFY2(lines(wrong.err).size() >= 4, qPrintable(wrong.err));
        for (const char* part : {"/simulation/dt", "bogus", "iaf_psc_delta", "missing.json"}) {
            QVERIFY2(wrong.err.contains(part), part);
        }
        QCOMPARE(lines(wrong.out).size(), 1);
    }

    void list_and_show_give_what_can_be_run()
    {
        const Result table = spikescope({"list"});
        const Result list = spikescope({"list", "--json"});
        QCOMPARE(table.status, 0);
        QCOMPARE(list.status, 0);
        const QJsonArray entries = QJsonDocument::fromJson(list.out.toUtf8()).array();
        QVERIFY(entries.size() > 10);
        for (const QJsonValue& entry : entries) {
            for (const char* key : {"id", "family", "title", "summary", "expect"}) {
                QVERIFY2(entry.toObject()[key].isString(), key);
            }
            QVERIFY(table.out.contains(entry.toObject()["id"].toString()));
        }
        const Result shown = spikescope({"show", "izh2003-rs"});
        QCOMPARE(shown.status, 0);
        const QString file = written("shown.json", shown.out.toUtf8());
        const QStringList run {"--duration", "200", "--quiet", "--traces", "-"};
        QCOMPARE(spikescope(QStringList {"run", file} + run).out,
            spikescope(QStringList {"run", "izh2003-rs"} + run).out);
    }

    void models_are_described_in_full()
    {
        const Result all = spikescope({"models"});
        QCOMPARE(all.status, 0);
        const QJsonArray models
            = QJsonDocument::fromJson(spikescope({"models", "--json"}).out.toUtf8()).array();
        QCOMPARE(models.size(), 4);
        QFile page(SPIKESCOPE_SOURCE_DIR "/docs/models.md");
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString sections = QString::fromUtf8(page.readAll());
        for (const QJsonValue& model : models) {
            const QString name = model.toObject()["name"].toString();
            QVERIFY(all.out.contains(name));
            const QString section = sections.section(QString("\n## %1\n").arg(name), 1)
                                        .section("\n## ", 0, 0)
                                        .trimmed();
            QVERIFY(!section.isEmpty());
            QCOMPARE(model.toObject()["text"].toString(), section);
            const Result one = spikescope({"models", name});
            QCOMPARE(one.status, 0);
            QVERIFY(one.out.contains(section));
            for (const QJsonValue& param : model.toObject()["params"].toArray()) {
                QVERIFY(one.out.contains(param.toObject()["name"].toString()));
            }
            QVERIFY(!model.toObject()["recordables"].toArray().isEmpty());
            QVERIFY(!model.toObject()["ports"].toArray().isEmpty());
            QCOMPARE(json(spikescope({"models", name, "--json"}).out), model.toObject());
        }
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
        const Result refused = spikescope({"run", written("p.json", preset), "--quiet"});
        QCOMPARE(refused.status, 3);
        QVERIFY2(refused.err.contains("GB of memory"), qPrintable(refused.err));
    }

    void long_runs_do_not_grow_in_memory()
    {
#ifdef SPIKESCOPE_SANITIZED
        QSKIP("AddressSanitizer holds freed memory back");
#endif
        const QString preset = written("p.json", neuronPreset(usual));
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

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
