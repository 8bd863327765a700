// The real program, driven as a person would drive it: usage, wrong input, lists and descriptions.

#include "tests/support/program_files.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using test_support::json;
using test_support::lines;
using test_support::neuronPreset;
using test_support::ProgramFiles;
using test_support::spikescope;
using test_support::usual;
using Result = test_support::ProgramResult;

class TestCommandLine : public QObject {
    Q_OBJECT

private:
    ProgramFiles m_files;

private Q_SLOTS:
    void help_and_version_end_well()
    {
        const Result help = spikescope({"--help"});
        QCOMPARE(help.status, 0);
        for (const char* command :
            {"run", "list", "show", "validate", "models", "verify", "theory", "sweep", "bench"}) {
            QVERIFY2(help.out.contains(command), command);
            const Result own = spikescope({command, "--help"});
            QCOMPARE(own.status, 0);
            QVERIFY(!own.out.isEmpty());
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
        arguments.replaceInStrings("p.json", m_files.written("p.json", neuronPreset(usual)));
        const Result result = spikescope(arguments);
        QCOMPARE(result.status, 2);
        QVERIFY(!result.err.isEmpty());
        QVERIFY(result.out.isEmpty());
    }

    void a_run_without_an_end_asks_for_a_duration()
    {
        const QString preset
            = m_files.written("endless.json", neuronPreset(R"({"dt": 0.1, "duration": null})"));
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
        arguments.replaceInStrings("p.json", m_files.written("p.json", neuronPreset(usual)));
        const Result result = spikescope(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains(message), qPrintable(result.err));
        QVERIFY(result.out.isEmpty());
    }

    void failures_while_running_end_with_3()
    {
        const QString preset = m_files.written("p.json", neuronPreset(usual));
        const Result full = spikescope({"run", preset, "--traces", "/dev/full", "--quiet"});
        QCOMPARE(full.status, 3);
        QVERIFY(full.err.contains("/dev/full"));
        const Result nowhere
            = spikescope({"run", preset, "--spikes", m_files.path("none/s.csv"), "--quiet"});
        QCOMPARE(nowhere.status, 3);
        QVERIFY(nowhere.err.contains("none/s.csv"));
        QCOMPARE(spikescope({"list"}, "/dev/full").status, 3);
    }

    void validate_gives_a_line_for_every_error()
    {
        const QString good = m_files.written("good.json", neuronPreset(usual));
        const Result fine = spikescope({"validate", good});
        QCOMPARE(fine.status, 0);
        QVERIFY(fine.out.contains("ok"));
        QVERIFY(fine.err.isEmpty());

        QByteArray text = neuronPreset(R"({"dt": -0.1, "duration": 100})", R"("bogus": 1)");
        text.replace("iaf_psc_delta", "iaf_psc_dleta");
        const QString bad = m_files.written("bad.json", text);
        const Result wrong = spikescope({"validate", good, bad, m_files.path("missing.json")});
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
        const QString file = m_files.written("shown.json", shown.out.toUtf8());
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
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
