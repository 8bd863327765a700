#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

// The same file gives the same bits whatever the processor and the number of threads: the built
// program is run as a user would.

namespace {

/// What a run writes: traces, a separator, spikes.
QByteArray outputOf(const QStringList& arguments, const QProcessEnvironment& environment)
{
    const QTemporaryDir folder;
    const QString traces = folder.filePath("traces.csv");
    const QString spikes = folder.filePath("spikes.csv");
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(SPIKESCOPE_PROGRAM,
        QStringList {"run"} + arguments
            + QStringList {"--traces", traces, "--spikes", spikes, "--quiet"});
    if (!program.waitForFinished(300000) || program.exitCode() != 0) {
        qWarning("%s", program.readAllStandardError().constData());
        return {};
    }
    QByteArray all;
    for (const QString& path : {traces, spikes}) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        all += file.readAll() + "\n---\n";
    }
    return all;
}

/// The C library then takes the variants of its functions that have neither AVX2 nor fused
/// multiply-add, and the engine its baseline kernels.
QProcessEnvironment plainProcessor()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("GLIBC_TUNABLES",
        "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable,-AVX512F_Usable");
    environment.insert("SPIKESCOPE_INSTRUCTIONS", "baseline");
    return environment;
}

} // namespace

class TestSameBits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_run_does_not_depend_on_the_processor_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("Izhikevich, step current") << QStringList {"izh2003-ch"};
        QTest::newRow("GLIF 5, Poisson input") << QStringList {"glif-lif-r-asc-a"};
        QTest::newRow("Izhikevich network, drawn weights and noise")
            << QStringList {"net-pymonnto", "--duration", "200"};
        QTest::newRow("Brunel network, Poisson input")
            << QStringList {"brunel-ai-small", "--duration", "60"};
    }

    void a_run_does_not_depend_on_the_processor()
    {
        QFETCH(QStringList, arguments);
        const QByteArray here = outputOf(arguments, QProcessEnvironment::systemEnvironment());
        QVERIFY(here.size() > 1000);
        QCOMPARE(outputOf(arguments, plainProcessor()), here);
        QProcessEnvironment avx2 = QProcessEnvironment::systemEnvironment();
        avx2.insert("SPIKESCOPE_INSTRUCTIONS", "avx2");
        QCOMPARE(outputOf(arguments, avx2), here);
    }

    void a_run_does_not_depend_on_the_number_of_threads_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("Izhikevich network") << QStringList {"net-pymonnto", "--duration", "200"};
        QTest::newRow("Brunel network") << QStringList {"brunel-ai-small", "--duration", "60"};
        QTest::newRow("Brunel network, synchronous")
            << QStringList {"brunel-sr-small", "--duration", "40"};
    }

    void a_run_does_not_depend_on_the_number_of_threads()
    {
        QFETCH(QStringList, arguments);
        const auto environment = QProcessEnvironment::systemEnvironment();
        const QByteArray one = outputOf(arguments + QStringList {"--threads", "1"}, environment);
        QVERIFY(one.size() > 1000);
        for (const char* threads : {"2", "3", "4"}) {
            QCOMPARE(outputOf(arguments + QStringList {"--threads", threads}, environment), one);
        }
    }
};

QTEST_GUILESS_MAIN(TestSameBits)
#include "tst_same_bits.moc"
