#include "engine/core/dispatch.hpp"
#include "engine/core/inversion.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

using namespace engine::core;

namespace {

constexpr std::size_t block = Inversion::block;
constexpr std::uint64_t all_words = std::numeric_limits<std::uint64_t>::max();

/// Words below k equal shares of the range.
std::vector<std::uint64_t> equal(std::size_t numbers)
{
    std::vector<std::uint64_t> below;
    for (std::size_t k = 1; k < numbers; ++k) {
        below.push_back(all_words / numbers * k);
    }
    below.push_back(all_words);
    return below;
}

std::vector<std::uint64_t> poisson(double mean)
{
    std::vector<std::uint64_t> below;
    long double probability = std::exp(-static_cast<long double>(mean));
    long double sum = 0.0L;
    for (int k = 0; k < mean || probability > 1e-19L; ++k) {
        sum += probability;
        below.push_back(static_cast<std::uint64_t>(std::min(sum, 1.0L - 0x1p-63L) * 0x1p64L));
        probability *= static_cast<long double>(mean) / (k + 1);
    }
    below.back() = all_words;
    return below;
}

/// Each number half as probable as the one before.
std::vector<std::uint64_t> halves(int numbers)
{
    std::vector<std::uint64_t> below;
    for (int k = 1; k < numbers; ++k) {
        below.push_back(all_words - (all_words >> k));
    }
    below.push_back(all_words);
    return below;
}

std::vector<std::uint64_t> reversed(std::vector<std::uint64_t> below)
{
    below.pop_back();
    std::reverse(below.begin(), below.end());
    for (std::uint64_t& b : below) {
        b = all_words - b;
    }
    below.push_back(all_words);
    return below;
}

} // namespace

class TestInversion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers_are_the_inverse_of_their_words_data()
    {
        QTest::addColumn<QVector<quint64>>("below");
        const auto row = [](const char* name, const std::vector<std::uint64_t>& below) {
            QTest::newRow(name) << QVector<quint64>(below.begin(), below.end());
        };
        row("one number", {all_words});
        row("two numbers", equal(2));
        row("cuts between columns", equal(16));
        row("cuts between bytes", equal(64));
        row("many cuts in a column", equal(100));
        row("many cuts in the last column and byte", halves(60));
        row("many cuts in the first column and byte", reversed(halves(60)));
        for (const double mean : {0.02, 0.3, 1.0, 2.0, 3.7, 8.0, 11.0, 16.0}) {
            row(qPrintable(QString("Poisson, mean %1").arg(mean)), poisson(mean));
        }
    }
    void numbers_are_the_inverse_of_their_words()
    {
        QFETCH(QVector<quint64>, below);
        const Inversion inversion({below.begin(), below.end()});
        std::array<std::uint8_t, block> numbers;
        std::array<std::uint8_t, block> expected;
        int ties = 0;
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            const std::uint64_t key = mix(seed);
            for (std::size_t i = 0; i < block; ++i) {
                const std::uint64_t word = Inversion::word(key, i);
                const auto above = std::upper_bound(below.begin(), below.end() - 1, word);
                expected[i] = static_cast<std::uint8_t>(above - below.begin());
                ties += above != below.end() - 1 && word >> 52 == *above >> 52 ? 1 : 0;
                QCOMPARE(inversion.number(word), expected[i]);
            }
            for (const Instructions used :
                {Instructions::baseline, Instructions::avx2, Instructions::avx512}) {
                use_instructions(used);
                for (const std::size_t n :
                    std::initializer_list<std::size_t> {block, 449, 300, 192, 129, 128, 65, 1}) {
                    constexpr std::uint8_t untouched = 255;
                    numbers.fill(untouched);
                    inversion.draw(key, n, numbers.data());
                    QVERIFY(std::equal(numbers.begin(), numbers.begin() + n, expected.begin()));
                    QVERIFY(std::all_of(numbers.begin() + (n + 63) / 64 * 64, numbers.end(),
                        [&](std::uint8_t number) { return number == untouched; }));
                }
            }
        }
        // The first 12 bits have to have left some open.
        QVERIFY(ties > 0 || below.size() <= 64);
    }

    void every_bit_of_a_word_is_fair()
    {
        std::array<int, 64> ones {};
        const int keys = 400;
        for (std::uint64_t seed = 0; seed < keys; ++seed) {
            for (std::size_t i = 0; i < block; ++i) {
                const std::uint64_t word = Inversion::word(mix(seed), i);
                for (std::size_t bit = 0; bit < 64; ++bit) {
                    ones[bit] += static_cast<int>(word >> bit & 1);
                }
            }
        }
        const double n = keys * static_cast<double>(block);
        for (const int count : ones) {
            QVERIFY(std::fabs(count - n / 2) < 4.5 * std::sqrt(n / 4));
        }
    }

    void places_of_a_block_have_words_of_their_own()
    {
        // Half of the bits differ between any two places, as between independent words.
        const std::uint64_t key = mix(7);
        double sum = 0.0;
        int least = 64;
        for (std::size_t i = 0; i < block; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const int differ = std::popcount(Inversion::word(key, i) ^ Inversion::word(key, j));
                sum += differ;
                least = std::min(least, differ);
            }
        }
        const double pairs = static_cast<double>(block * (block - 1) / 2);
        QVERIFY(std::fabs(sum / pairs - 32.0) < 5.0 * 4.0 / std::sqrt(pairs) * 2.0);
        QVERIFY(least >= 8);
    }
};

QTEST_APPLESS_MAIN(TestInversion)
#include "tst_inversion.moc"
