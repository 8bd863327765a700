#include "engine/core/dispatch.hpp"
#include "engine/network/lane_random.hpp"
#include "engine/network/row_numbers.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

using namespace engine;
using network::LaneRandom;
using network::RowNumbers;

namespace {

constexpr std::size_t lanes = LaneRandom::lanes;

const core::StreamKey key(5, core::Purpose::connectivity, "E", "a");

void instruction_sets()
{
    QTest::addColumn<int>("instructions");
    QTest::addRow("baseline") << int(core::Instructions::baseline);
    QTest::addRow("avx2") << int(core::Instructions::avx2);
    QTest::addRow("avx512") << int(core::Instructions::avx512);
}

void use(int instructions)
{
    core::use_instructions(static_cast<core::Instructions>(instructions));
}

/// Columns of eight rows from `first` on, drawn in parts of uneven length.
std::vector<std::uint32_t> drawn(RowNumbers& numbers, std::uint64_t first, std::size_t length)
{
    std::vector<std::uint32_t> out(length * lanes);
    numbers.begin(first);
    std::size_t part = 1;
    for (std::size_t column = 0; column < length; column += part) {
        part = std::min(part + 2, length - column);
        numbers.next(part, &out[column * lanes]);
    }
    return out;
}

} // namespace

class TestLaneRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { core::use_instructions(core::best_instructions()); }

    void every_lane_is_a_stream_of_its_own_data() { instruction_sets(); }
    void every_lane_is_a_stream_of_its_own()
    {
        QFETCH(int, instructions);
        use(instructions);
        constexpr std::uint64_t bounds[] = {1, 2, 3, 10000, 0x80000001, 0xfffffff0};
        LaneRandom random(key, 1000);
        std::vector<core::Random> plain;
        for (std::uint64_t lane = 0; lane < lanes; ++lane) {
            plain.emplace_back(key.member(1000 + lane));
        }
        for (const std::uint64_t bound : bounds) {
            for (const std::uint64_t growth : {0U, 1U}) {
                std::vector<std::uint64_t> words(5 * lanes);
                random.words(5, words.data());
                std::vector<std::uint32_t> numbers(11 * lanes);
                random.below(bound, growth, 11, numbers.data());
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    for (std::size_t j = 0; j < 5; ++j) {
                        QCOMPARE(words[j * lanes + lane], plain[lane].next());
                    }
                    for (std::size_t j = 0; j < 11; ++j) {
                        const std::uint64_t expected = plain[lane].below(bound + j * growth);
                        QCOMPARE(std::uint64_t {numbers[j * lanes + lane]}, expected);
                    }
                }
                QCOMPARE(random.next(3), plain[3].next());
                QCOMPARE(random.next(6), plain[6].next());
            }
        }
    }

    void distinct_rows_are_what_floyd_draws_data()
    {
        QTest::addColumn<int>("bound");
        QTest::addColumn<int>("length");
        QTest::addRow("all of them") << 20 << 20;
        QTest::addRow("many") << 300 << 200;
        QTest::addRow("some") << 10000 << 100;
        QTest::addRow("few of many") << 1000000 << 300;
        QTest::addRow("one") << 1000000 << 1;
        QTest::addRow("none") << 7 << 0;
    }
    void distinct_rows_are_what_floyd_draws()
    {
        QFETCH(int, bound);
        QFETCH(int, length);
        const auto n = static_cast<std::uint32_t>(bound);
        const auto count = static_cast<std::size_t>(length);
        RowNumbers numbers(key, n, count, true);
        for (const std::uint64_t first : {0U, 8U, 77U}) {
            const std::vector<std::uint32_t> rows = drawn(numbers, first, count);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                core::Random random(key.member(first + lane));
                std::set<std::uint32_t> taken;
                for (std::size_t j = 0; j < count; ++j) {
                    const auto last = static_cast<std::uint32_t>(n - count + j);
                    const auto x = static_cast<std::uint32_t>(random.below(last + 1));
                    const std::uint32_t expected = taken.count(x) == 0 ? x : last;
                    taken.insert(expected);
                    QCOMPARE(rows[j * lanes + lane], expected);
                }
                QCOMPARE(taken.size(), count);
            }
        }
    }

    void every_set_is_equally_likely()
    {
        // 2 of 5: ten sets, 16000 rows, 1600 each on average; chi-square with 9 degrees of freedom
        // stays below 33.7 with a probability of 0.9999.
        RowNumbers numbers(key, 5, 2, true);
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> seen;
        for (std::uint64_t first = 0; first < 16000; first += lanes) {
            const std::vector<std::uint32_t> rows = drawn(numbers, first, 2);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                ++seen[std::minmax(rows[lane], rows[lanes + lane])];
            }
        }
        double chi_square = 0.0;
        for (const auto& set : seen) {
            chi_square += std::pow(set.second - 1600, 2) / 1600.0;
        }
        QCOMPARE(seen.size(), std::size_t {10});
        QVERIFY2(chi_square < 33.7, qPrintable(QString::number(chi_square)));
    }
};

QTEST_APPLESS_MAIN(TestLaneRandom)
#include "tst_lane_random.moc"
