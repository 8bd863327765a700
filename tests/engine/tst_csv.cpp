#include "engine/core/diagnostic.hpp"
#include "engine/recording/atomic_file.hpp"
#include "engine/recording/csv.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace engine;
using namespace engine::recording;
using core::Step;

namespace {

TraceColumn column(std::size_t request, const std::string& csv_name)
{
    TraceColumn out;
    out.request = request;
    out.csv_name = csv_name;
    return out;
}

constexpr std::size_t budget = std::size_t {1} << 26;

/// Requests 0 and 2 every step, request 1 every third: two groups whose columns interleave.
std::vector<TraceGroup> interleaved_groups()
{
    return {{1, {column(0, "E.0.V_m_mV"), column(0, "E.0.U_m"), column(2, "I.4.V_m_mV")}},
        {3, {column(1, "E.1.V_m_mV")}}};
}

std::vector<std::string> split(const std::string& text, char by)
{
    std::vector<std::string> out;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, by);) {
        out.push_back(part);
    }
    if (!text.empty() && text.back() == by && by != '\n') {
        out.emplace_back();
    }
    return out;
}

std::vector<std::vector<std::string>> cells(const std::string& csv)
{
    std::vector<std::vector<std::string>> out;
    for (const std::string& line : split(csv, '\n')) {
        out.push_back(split(line, ','));
    }
    return out;
}

std::string traces(const History& history, double dt_ms, Step from, Step to)
{
    std::ostringstream out;
    write_traces(out, history, core::TimeGrid(dt_ms), from, to);
    return out.str();
}

/// Any finite double, all magnitudes.
double any_double(std::mt19937_64& random)
{
    while (true) {
        const auto x = std::bit_cast<double>(random());
        if (std::isfinite(x)) {
            return x;
        }
    }
}

std::string content(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Root may write every file: for the life of this object it is somebody else, who may write in
/// the folder.
class OrdinaryUser {
public:
    explicit OrdinaryUser(const std::filesystem::path& folder)
    {
        if (was_root_) {
            std::filesystem::permissions(folder, std::filesystem::perms(0777));
            constexpr uid_t nobody = 65534;
            if (::setresuid(nobody, nobody, 0) != 0) {
                qFatal("root cannot be somebody else");
            }
        }
    }
    ~OrdinaryUser()
    {
        if (was_root_ && ::setresuid(0, 0, 0) != 0) {
            qFatal("root cannot be root again");
        }
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    bool was_root_ = ::geteuid() == 0;
};

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::size_t files() const
    {
        const std::filesystem::directory_iterator all(path(""));
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

private Q_SLOTS:
    void columns_stand_in_the_order_of_record()
    {
        const History history(interleaved_groups(), budget);
        std::ostringstream out;
        write_traces_header(out, history);
        QCOMPARE(out.str(), std::string("time_ms,E.0.V_m_mV,E.0.U_m,E.1.V_m_mV,I.4.V_m_mV\n"));
    }

    void a_cell_is_empty_where_there_is_no_sample()
    {
        History history(interleaved_groups(), budget);
        for (Step stamp = 1; stamp <= 4; ++stamp) {
            const double x = static_cast<double>(stamp);
            const std::array<double, 3> row {x, 10 * x, 100 * x};
            history.append_row(0, stamp, row.data());
            if (stamp % 3 == 0) {
                const double other = -x;
                history.append_row(1, stamp, &other);
            }
        }
        history.publish(4);
        QCOMPARE(traces(history, 0.1, 0, 4),
            std::string("0.1,1,10,,100\n0.2,2,20,,200\n0.3,3,30,-3,300\n0.4,4,40,,400\n"));
        QCOMPARE(traces(history, 0.1, 2, 3), std::string("0.3,3,30,-3,300\n"));
    }

    void numbers_read_back_as_the_same_double()
    {
        History history({{1, {column(0, "n.0.V_m_mV")}}}, budget);
        std::mt19937_64 random(1);
        std::vector<double> values;
        for (Step stamp = 1; stamp <= 20000; ++stamp) {
            values.push_back(any_double(random));
            history.append_row(0, stamp, &values.back());
        }
        history.publish(20000);
        const auto rows = cells(traces(history, 0.1, 0, 20000));
        QCOMPARE(rows.size(), values.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(std::bit_cast<std::uint64_t>(std::strtod(rows[i][1].c_str(), nullptr)),
                std::bit_cast<std::uint64_t>(values[i]));
        }
    }

    void times_are_counted_and_never_in_exponents()
    {
        History history({{1, {column(0, "n.0.V_m_mV")}}}, budget);
        const double zero = 0.0;
        const std::vector<Step> stamps {1, 3, 7, 1000000, 123456789};
        for (const Step stamp : stamps) {
            history.append_row(0, stamp, &zero);
        }
        history.publish(stamps.back());
        QCOMPARE(traces(history, 0.1, 0, 10), std::string("0.1,0\n0.3,0\n0.7,0\n"));
        QCOMPARE(traces(history, 0.1, 999999, 1000000), std::string("100000,0\n"));
        QCOMPARE(traces(history, 0.1, 123456788, 123456789), std::string("12345678.9,0\n"));
    }

    void pieces_make_the_same_file_as_the_whole()
    {
        History history(interleaved_groups(), budget);
        std::mt19937_64 random(2);
        constexpr Step end = 5000;
        for (Step stamp = 1; stamp <= end; ++stamp) {
            const std::array<double, 3> row {
                any_double(random), any_double(random), any_double(random)};
            history.append_row(0, stamp, row.data());
            if (stamp % 3 == 0) {
                history.append_row(1, stamp, row.data());
            }
            const auto neuron = static_cast<std::uint32_t>(random() % 100);
            history.append_spikes(stamp, 0, &neuron, 1);
        }
        history.publish(end);
        config::Experiment experiment;
        experiment.populations.resize(1);
        experiment.populations[0].name = "E";
        const core::TimeGrid grid(0.1);
        std::ostringstream whole;
        std::ostringstream pieces;
        write_traces(whole, history, grid, 0, end);
        write_spikes(whole, history, experiment, grid, 0, end);
        Step from = 0;
        while (from < end) {
            const Step to = std::min(end, from + static_cast<Step>(random() % 700));
            write_traces(pieces, history, grid, from, to);
            from = to;
        }
        for (from = 0; from < end; from += 500) {
            write_spikes(pieces, history, experiment, grid, from, from + 500);
        }
        QVERIFY(whole.str() == pieces.str());
    }

    void spikes_are_sorted_by_time_population_neuron()
    {
        History history({}, budget);
        const std::vector<std::uint32_t> some {3, 8};
        const std::vector<std::uint32_t> others {1};
        history.append_spikes(2, 0, some.data(), some.size());
        history.append_spikes(2, 1, others.data(), others.size());
        history.append_spikes(5, 0, others.data(), others.size());
        history.publish(5);
        config::Experiment experiment;
        experiment.populations.resize(2);
        experiment.populations[0].name = "Z"; // file order, not the alphabet
        experiment.populations[1].name = "A";
        std::ostringstream out;
        write_spikes_header(out);
        write_spikes(out, history, experiment, core::TimeGrid(0.5), 0, 5);
        QCOMPARE(
            out.str(), std::string("time_ms,population,neuron\n1,Z,3\n1,Z,8\n1,A,1\n2.5,Z,1\n"));
    }

    void a_file_appears_when_it_is_complete()
    {
        const auto target = path("whole.csv");
        std::ofstream(target) << "old";
        const std::size_t before = files();
        {
            AtomicFile file(target);
            file.stream() << "new";
            file.stream().flush();
            QCOMPARE(content(target), std::string("old"));
            file.commit();
        }
        QCOMPARE(content(target), std::string("new"));
        QCOMPARE(files(), before);
    }

    void what_is_not_committed_leaves_nothing()
    {
        const std::size_t before = files();
        const auto target = path("never.csv");
        {
            AtomicFile file(target);
            file.stream() << "half";
        }
        QVERIFY(!std::filesystem::exists(target));
        QCOMPARE(files(), before);
    }

    void a_link_stays_a_link()
    {
        const auto target = path("real.csv");
        const auto link = path("link.csv");
        std::ofstream(target) << "old";
        std::filesystem::create_symlink(target, link);
        AtomicFile file(link);
        file.stream() << "new";
        file.commit();
        QVERIFY(std::filesystem::is_symlink(link));
        QCOMPARE(content(target), std::string("new"));
    }

    void permissions_of_a_replaced_file_stay()
    {
        const auto target = path("shared.csv");
        std::ofstream(target) << "old";
        std::filesystem::permissions(target, std::filesystem::perms(0640));
        AtomicFile file(target);
        file.commit();
        QCOMPARE(static_cast<int>(std::filesystem::status(target).permissions()), 0640);
    }

    void devices_are_written_directly()
    {
        AtomicFile file("/dev/null");
        file.stream() << "gone";
        file.commit();
        QVERIFY(std::filesystem::is_character_file("/dev/null"));
    }

    void a_pipe_is_written_directly()
    {
        const auto pipe = path("pipe");
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        std::string read;
        std::jthread reader([&] { read = content(pipe); });
        {
            AtomicFile file(pipe);
            file.stream() << "through";
            file.commit();
        }
        reader.join();
        QCOMPARE(read, std::string("through"));
    }

    void errors_name_the_file_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addRow("full disk") << "/dev/full";
        QTest::addRow("no such folder") << QString::fromStdString(path("none/x.csv").string());
        QTest::addRow("a folder") << m_folder.path();
    }

    void errors_name_the_file()
    {
        QFETCH(QString, target);
        const auto write = [&] {
            AtomicFile file(target.toStdString());
            file.stream() << std::string(1 << 20, 'x');
            file.commit();
        };
        try {
            write();
            QFAIL("no error");
        } catch (const core::RunError& error) {
            QVERIFY(QString(error.what()).contains(target));
        }
    }

    void a_write_protected_file_stays()
    {
        const auto target = path("protected.csv");
        std::ofstream(target) << "old";
        std::filesystem::permissions(target, std::filesystem::perms(0444));
        {
            const OrdinaryUser user(std::filesystem::path(target).parent_path());
            QVERIFY(::access(target.c_str(), W_OK) != 0);
            QVERIFY_THROWS_EXCEPTION(core::RunError, AtomicFile {target});
        }
        QCOMPARE(content(target), std::string("old"));
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
