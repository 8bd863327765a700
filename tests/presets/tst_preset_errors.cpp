// What is wrong with a preset: whole messages, all errors at once, and hostile files within
// seconds.

#include "engine/config/preset_document.hpp"
#include "tests/presets/broken_presets.hpp"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

using namespace engine;
using config::PresetDocument;

namespace {

config::LoadResult parsed(const std::string& text, const std::string& folder = "/tmp")
{
    return PresetDocument::parse(text, "p.json", folder);
}

QString messages(const core::Diagnostics& diagnostics)
{
    return QString::fromStdString(core::text(diagnostics)).trimmed();
}

std::string replaced(const std::string& find, const std::string& replace)
{
    std::string text = broken_presets::valid;
    const std::size_t at = text.find(find);
    if (at == std::string::npos || text.find(find, at + 1) != std::string::npos) {
        qFatal("%s does not stand there once", find.c_str());
    }
    return text.replace(at, find.size(), replace);
}

QString write(const QTemporaryDir& folder, const char* name, const QByteArray& content)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("cannot write a test file");
    }
    return file.fileName();
}

} // namespace

class TestPresetErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_preset_that_is_broken_here_is_valid()
    {
        const config::LoadResult result = parsed(broken_presets::valid);
        QVERIFY2(result.document && result.diagnostics.empty(),
            qPrintable(messages(result.diagnostics)));
    }

    void message_says_where_what_and_what_was_expected_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        for (const broken_presets::Row& row : broken_presets::rows) {
            QTest::addRow("%s", row.name)
                << QString::fromStdString(replaced(row.find, row.replace)) << row.messages;
        }
    }

    void message_says_where_what_and_what_was_expected()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const config::LoadResult result = parsed(text.toStdString());
        QVERIFY(!result.document);
        QCOMPARE(messages(result.diagnostics), message);
    }

    void all_errors_are_reported_at_once()
    {
        std::string text = replaced("\"tau_m\": 20", "\"tau_m\": -1, \"C_n\": 1");
        text.replace(text.find("all_to_all"), 10, "all");
        text.replace(text.find("\"amplitude\": 1"), 14, "\"amplitude\": []");
        text.replace(text.find("\"warmup\": 0"), 11, "\"warmup\": -1");
        const config::LoadResult result = parsed(text);
        std::vector<std::string> pointers;
        for (const core::Diagnostic& diagnostic : result.diagnostics) {
            pointers.push_back(diagnostic.pointer);
        }
        QCOMPARE(pointers,
            (std::vector<std::string> {"/populations/0/params/tau_m", "/populations/0/params/C_n",
                "/projections/0/rule/rule", "/stimuli/0/amplitude", "/record/warmup"}));
    }

    void times_off_the_grid_are_warnings()
    {
        const config::LoadResult result = parsed(replaced("\"delay\": 1", "\"delay\": 0.25"));
        QVERIFY(result.document);
        QCOMPARE(messages(result.diagnostics),
            QString("p.json:13:95: warning: /projections/0/delay: 0.25 ms is no multiple of dt; "
                    "rounded to 0.3 ms"));
    }

    void errors_in_a_csv_file_name_its_line_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* content, const char* message) {
            QTest::addRow("%s", name) << QByteArray(content) << message;
        };
        row("another header", "source,target\n0,0\n",
            "net.csv:1:1: /projections/0/rule/file: the header is \"source,target\"; expected "
            "\"source,target,weight,delay\"");
        row("an empty file", "",
            "net.csv:1:1: /projections/0/rule/file: the header is \"\"; expected "
            "\"source,target,weight,delay\"");
        row("a cell too few", "source,target,weight,delay\n0,0,1,1\n0,0,1\n",
            "net.csv:3:1: /projections/0/rule/file: the row has 3 cells; expected 4 as in the "
            "header");
        row("no number", "source,target,weight,delay\n0,0,one,1\n",
            "net.csv:2:5: /projections/0/rule/file: \"one\" is no number; expected a finite "
            "number");
        row("not finite", "source,target,weight,delay\n0,0,inf,1\n",
            "net.csv:2:5: /projections/0/rule/file: \"inf\" is no number; expected a finite "
            "number");
        row("no such neuron", "source,target,weight,delay\n\n4,0,1,1\n",
            "net.csv:3:1: /projections/0/rule/file: source is 4; must be a whole number from 0 to "
            "3");
        row("a delay below dt", "source,target,weight,delay\n0,0,1,0.01\n",
            "net.csv:2:1: /projections/0/rule/file: delay is 0.01 ms; must be at least dt = 0.1 "
            "ms");
    }

    void errors_in_a_csv_file_name_its_line()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, message);
        const QTemporaryDir folder;
        write(folder, "net.csv", content);
        const config::LoadResult result
            = parsed(replaced("{ \"rule\": \"all_to_all\" }, \"weight\": 0.1, \"delay\": 1",
                         "{ \"rule\": \"explicit\", \"file\": \"net.csv\" }"),
                folder.path().toStdString());
        QVERIFY(!result.document);
        const QString prefix = QString::fromStdString(
            std::filesystem::canonical(folder.path().toStdString()).string());
        QCOMPARE(messages(result.diagnostics), prefix + "/" + message);
    }

    void a_train_for_a_neuron_that_is_no_target_is_an_error()
    {
        const QTemporaryDir folder;
        write(folder, "train.csv", "neuron,time_ms,weight\n1,5,1\n3,5,1\n");
        const config::LoadResult result = parsed(
            replaced("\"type\": \"dc\", \"target\": \"E\", \"amplitude\": 1",
                "\"type\": \"spike_train\", \"target\": { \"population\": \"E\", \"first\": 3 "
                "}, \"file\": \"train.csv\""),
            folder.path().toStdString());
        QVERIFY(!result.document);
        QVERIFY2(messages(result.diagnostics)
                     .endsWith("train.csv:3:1: /stimuli/0/file: neuron 3; is not among the targets "
                               "of the stimulus"),
            qPrintable(messages(result.diagnostics)));
    }

    void hostile_files_give_a_message_at_once_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        static const QTemporaryDir folder;
        const auto add = [](const char* name, const QString& path, const char* message) {
            QTest::addRow("%s", name) << path << message;
        };
        const QString fifo = folder.filePath("fifo");
        QCOMPARE(::mkfifo(fifo.toLocal8Bit().constData(), 0600), 0);
        QFile huge(folder.filePath("huge.json"));
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(qint64 {100} << 20));
        add("nothing", folder.filePath("none.json"), "does not exist");
        add("a folder", folder.path(), "is a folder, not a file");
        add("a pipe", fifo, "is not a regular file");
        add("an endless device", "/dev/zero", "is not a regular file");
        add("an empty device", "/dev/null", "is not a regular file");
        add("100 MB", huge.fileName(), "has 100 MiB, more than the 64 MiB that are possible");
        add("a long name", QString(100000, 'x'), "has too long a name");
        add("below a file", write(folder, "f", "") + "/p.json",
            "does not exist: a part of its path is no folder");
        add("empty", write(folder, "empty.json", ""), "is not JSON: unexpected end of input");
        add("binary", write(folder, "binary.json", QByteArray(1000, '\xff')), "is not JSON: ");
        add("zeros", write(folder, "zeros.json", QByteArray(1000, '\0')), "is not JSON: ");
        add("half a character", write(folder, "utf8.json", "{ \"a\": \"\xc3\" }"),
            "is not JSON: invalid string: ill-formed UTF-8 byte");
        add("a million brackets", write(folder, "deep.json", QByteArray(1000000, '[')),
            "is nested more than 64 levels deep");
        add("a million objects",
            write(folder, "objects.json", QByteArray("{\"a\":").repeated(1000000)),
            "is nested more than 64 levels deep");
        add("a number", write(folder, "number.json", "7"), "is 7; must be an object: a preset");
        add("a million wrong keys",
            write(folder, "keys.json", "{" + QByteArray("\"a\":1,").repeated(1000000) + "\"b\":1}"),
            "key \"a\" is given twice");
    }

    void hostile_files_give_a_message_at_once()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        const std::clock_t begin = std::clock(); // of this process: the machine may be busy
        const config::LoadResult result = PresetDocument::load(path.toStdString());
        QVERIFY(!result.document);
        QVERIFY2(messages(result.diagnostics).contains(message),
            qPrintable(messages(result.diagnostics).left(300)));
        QVERIFY((std::clock() - begin) / CLOCKS_PER_SEC < 20);
    }

    void referenced_files_must_be_regular_ones_inside_the_folder_data()
    {
        QTest::addColumn<QString>("reference");
        QTest::addColumn<QString>("message");
        QTest::addRow("a folder") << "inner"
                                  << "file inner is a folder, not a file";
        QTest::addRow("a pipe") << "fifo"
                                << "file fifo is not a regular file";
        QTest::addRow("absolute") << "/etc/passwd"
                                  << "file /etc/passwd is an absolute path";
        QTest::addRow("outside") << "../x.csv"
                                 << "file ../x.csv lies outside the preset's folder";
        QTest::addRow("a link that leads outside") << "link"
                                                   << "file link lies outside the preset's folder";
        QTest::addRow("a link to a device") << "zero"
                                            << "file zero lies outside the preset's folder";
        QTest::addRow("no name") << ""
                                 << "file  is no file name";
        QTest::addRow("without lines") << "long.csv"
                                       << "the line has more than 4096 characters";
    }

    void referenced_files_must_be_regular_ones_inside_the_folder()
    {
        QFETCH(QString, reference);
        QFETCH(QString, message);
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("inner"));
        QCOMPARE(::mkfifo(folder.filePath("fifo").toLocal8Bit().constData(), 0600), 0);
        QVERIFY(QFile::link("/etc/passwd", folder.filePath("link")));
        QVERIFY(QFile::link("/dev/zero", folder.filePath("zero")));
        write(folder, "long.csv", QByteArray(10000000, '1'));
        const config::LoadResult result = parsed(
            replaced("{ \"rule\": \"all_to_all\" }, \"weight\": 0.1, \"delay\": 1",
                "{ \"rule\": \"explicit\", \"file\": \"" + reference.toStdString() + "\" }"),
            folder.path().toStdString());
        QVERIFY(!result.document);
        QVERIFY2(messages(result.diagnostics).contains(message),
            qPrintable(messages(result.diagnostics)));
    }

    void every_truncation_of_a_preset_gives_a_message()
    {
        const std::string text = broken_presets::valid;
        for (std::size_t length = 0; length + 2 < text.size(); ++length) {
            const config::LoadResult result = parsed(text.substr(0, length));
            QVERIFY(!result.document);
            QVERIFY(core::has_errors(result.diagnostics));
        }
    }
};

QTEST_APPLESS_MAIN(TestPresetErrors)
#include "tst_preset_errors.moc"
