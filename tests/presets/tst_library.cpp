#include "engine/config/preset_library.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using engine::config::LibraryEntry;
using engine::config::LoadResult;
using engine::config::PresetLibrary;
namespace fs = std::filesystem;

namespace {

const fs::path source_folder = SPIKESCOPE_SOURCE_DIR;

std::vector<std::string> ids(const std::vector<LibraryEntry>& entries)
{
    std::vector<std::string> out;
    for (const LibraryEntry& entry : entries) {
        out.push_back(entry.info.id);
    }
    return out;
}

std::vector<std::string> lines(const fs::path& file)
{
    std::vector<std::string> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        out.push_back(line);
    }
    return out;
}

void write(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

std::string small_preset(const std::string& id, const std::string& title)
{
    return R"({"format": "spikescope-preset", "version": 1, "id": ")" + id + R"(", "title": ")"
        + title + R"(", "simulation": {"dt": 0.1, "duration": 10},
              "populations": [{"name": "n", "size": 1, "model": "izhikevich"}]})";
}

} // namespace

class LibraryTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = fs::canonical(m_scratch->path().toStdString());
    }

    void presets_are_found_beside_the_build()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        QCOMPARE(library.shipped_folder().lexically_relative(source_folder).string(),
            std::string("presets"));
    }

    void presets_are_found_where_they_are_installed()
    {
        const fs::path shipped = m_folder / "share/spikescope/presets";
        write(shipped / "catalogue.txt", "b\na\n");
        write(shipped / "one/a.json", small_preset("a", "A"));
        write(shipped / "one/b.json", small_preset("b", "B"));
        const PresetLibrary library(m_folder / "bin/spikescope", {});
        QCOMPARE(library.shipped_folder().string(), shipped.string());
        QCOMPARE(ids(library.entries()), (std::vector<std::string> {"b", "a"}));
    }

    void a_link_to_the_program_finds_its_presets()
    {
        write(m_folder / "prefix/share/spikescope/presets/catalogue.txt", "");
        write(m_folder / "prefix/bin/spikescope", "");
        fs::create_symlink(m_folder / "prefix/bin/spikescope", m_folder / "spikescope");
        const PresetLibrary library(m_folder / "spikescope", {});
        QCOMPARE(library.shipped_folder().string(),
            (m_folder / "prefix/share/spikescope/presets").string());
    }

    void without_presets_the_list_is_empty_and_open_says_so()
    {
        const PresetLibrary library(m_folder / "bin/spikescope", m_folder / "missing");
        QVERIFY(library.shipped_folder().empty());
        QVERIFY(library.entries().empty());
        const LoadResult result = library.open("izh2003-rs");
        QVERIFY(!result.document);
        QVERIFY(result.diagnostics.at(0).expected.find("no shipped presets") != std::string::npos);
    }

    void shipped_presets_stand_in_the_order_of_the_catalogue()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        QCOMPARE(ids(library.entries()), lines(source_folder / "presets/catalogue.txt"));
        for (const LibraryEntry& entry : library.entries()) {
            QVERIFY(entry.shipped);
            QCOMPARE(entry.file.stem().string(), entry.info.id);
            QVERIFY2(
                !entry.info.title.empty() && !entry.info.family.empty(), entry.info.id.c_str());
        }
    }

    void what_the_catalogue_names_is_promised_even_where_it_cannot_be_read()
    {
        const std::filesystem::path presets = m_folder / "installed/share/spikescope/presets";
        write(presets / "catalogue.txt", "first\nlost\n");
        write(presets / "family/first.json", small_preset("first", "First"));
        write(presets / "family/more.json", small_preset("more", "More"));
        write(presets / "family/lost.json", "{ \"format\": ");
        const PresetLibrary library(m_folder / "installed/bin/spikescope", {});
        QCOMPARE(library.entries().size(), std::size_t {2});
        QCOMPARE(library.shipped_ids(), (std::vector<std::string> {"first", "more", "lost"}));
    }

    void own_presets_follow_by_title_and_unreadable_files_are_left_out()
    {
        write(m_folder / "z.json", small_preset("own-z", "Alpha"));
        write(m_folder / "sub/a.json", small_preset("own-a", "Beta"));
        write(m_folder / "sub/deep/c.json", small_preset("own-c", "Too deep"));
        write(m_folder / "broken.json", "{\"format\": \"spikescope-preset\"");
        write(m_folder / "other.json", "{\"format\": \"something else\"}");
        write(m_folder / "number.json", "7");
        fs::create_directory(m_folder / "folder.json");
        QCOMPARE(::mkfifo((m_folder / "pipe.json").c_str(), 0600), 0);
        const PresetLibrary library(SPIKESCOPE_PROGRAM, m_folder);
        const std::vector<LibraryEntry> entries = library.entries();
        const auto own = std::find_if(
            entries.begin(), entries.end(), [](const LibraryEntry& e) { return !e.shipped; });
        QCOMPARE(ids({own, entries.end()}), (std::vector<std::string> {"own-z", "own-a"}));
        QVERIFY(std::all_of(own, entries.end(), [](const LibraryEntry& e) { return !e.shipped; }));
    }

    void an_id_or_a_path_opens()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        const LoadResult by_id = library.open("brunel-ai");
        QVERIFY2(by_id.document, engine::core::text(by_id.diagnostics).c_str());
        QCOMPARE(by_id.document->info().id, std::string("brunel-ai"));
        const LoadResult by_path
            = library.open((source_folder / "presets/lif/lif-dc.json").string());
        QVERIFY2(by_path.document, engine::core::text(by_path.diagnostics).c_str());
        QCOMPARE(by_path.document->info().id, std::string("lif-dc"));
    }

    void a_wrong_id_names_the_nearest_one()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        const LoadResult result = library.open("izh2003-sr");
        QVERIFY(!result.document);
        QCOMPARE(result.diagnostics.size(), std::size_t {1});
        QCOMPARE(result.diagnostics[0].text(),
            std::string("\"izh2003-sr\" is neither a shipped preset nor a file; expected an id of "
                        "the list of presets or the path of a preset file (did you mean "
                        "izh2003-rs?)"));
    }

    void a_missing_path_is_an_error_about_that_file()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        const LoadResult result = library.open((m_folder / "nothing.json").string());
        QVERIFY(!result.document);
        QVERIFY(engine::core::has_errors(result.diagnostics));
        QVERIFY(result.diagnostics[0].text().find("nothing.json") != std::string::npos);
    }

    void the_list_is_read_quickly()
    {
        const PresetLibrary library(SPIKESCOPE_PROGRAM, {});
        const std::clock_t begin = std::clock();
        const std::size_t count = library.entries().size();
        const double ms = 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY(count >= 24);
        // A few ms; the limit leaves room for sanitizers.
        QVERIFY2(ms < 200.0, qPrintable(QString::number(ms)));
        qInfo("%zu presets in %.1f ms of processor time", count, ms);
    }

private:
    std::unique_ptr<QTemporaryDir> m_scratch;
    fs::path m_folder;
};

QTEST_APPLESS_MAIN(LibraryTest)
#include "tst_library.moc"
