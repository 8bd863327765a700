#include "engine/core/random.hpp"
#include "tests/support/kolmogorov.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace engine::core;

namespace {

} // namespace

class TestRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void generator_is_xoshiro256_plus_plus();
    void keys_of_different_members_differ();
    void every_part_of_a_key_matters();
    void neighbouring_keys_give_independent_numbers();
    void one_bit_of_a_member_changes_half_of_the_key();
    void uniform_fills_the_unit_interval();
    void normal_follows_its_law();
    void normal_is_right_in_the_tail();
    void exponential_follows_its_law();
    void below_is_unbiased_data();
    void below_is_unbiased();
};

// Definition of Blackman & Vigna 2019, started from splitmix64 of Steele et al. 2014.
void TestRandom::generator_is_xoshiro256_plus_plus()
{
    std::uint64_t state = 42;
    const auto splitmix = [&state] {
        state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    };
    std::uint64_t s[4];
    for (std::uint64_t& word : s) {
        word = splitmix();
    }
    Random random(42);
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(random.next(), std::rotl(s[0] + s[3], 23) + s[0]);
        const std::uint64_t t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = std::rotl(s[3], 45);
    }
}

void TestRandom::keys_of_different_members_differ()
{
    const StreamKey key(1, Purpose::poisson, "E", "drive");
    std::set<std::uint64_t> seen;
    for (std::uint64_t chunk = 0; chunk < 300; ++chunk) {
        for (std::uint64_t step = 0; step < 300; ++step) {
            seen.insert(key.member(chunk, step));
        }
    }
    QCOMPARE(seen.size(), std::size_t {300 * 300});
}

void TestRandom::every_part_of_a_key_matters()
{
    const std::set<std::uint64_t> keys {StreamKey(1, Purpose::poisson, "E", "0").member(3, 4),
        StreamKey(2, Purpose::poisson, "E", "0").member(3, 4),
        StreamKey(1, Purpose::noise, "E", "0").member(3, 4),
        StreamKey(1, Purpose::poisson, "I", "0").member(3, 4),
        StreamKey(1, Purpose::poisson, "E", "1").member(3, 4),
        StreamKey(1, Purpose::poisson, "E0", "").member(3, 4),
        StreamKey(1, Purpose::poisson, "", "E0").member(3, 4),
        StreamKey(1, Purpose::poisson, "E", "0").member(4, 3),
        StreamKey(1, Purpose::poisson, "E", "0").member(3, 5)};
    QCOMPARE(keys.size(), std::size_t {9});
}

void TestRandom::neighbouring_keys_give_independent_numbers()
{
    const StreamKey key(7, Purpose::parameter, "E");
    const int n = 100000;
    double correlation = 0.0;
    double before = 0.0;
    for (int i = 0; i < n; ++i) {
        const double x = Random(key.member(static_cast<std::uint64_t>(i))).uniform() - 0.5;
        correlation += 12.0 * x * before;
        before = x;
    }
    QVERIFY(std::fabs(correlation / std::sqrt(n)) < 4.0);
}

void TestRandom::one_bit_of_a_member_changes_half_of_the_key()
{
    const StreamKey key(1, Purpose::weight, "E");
    int changed = 0;
    int pairs = 0;
    for (std::uint64_t member = 0; member < 200; ++member) {
        for (int bit = 0; bit < 64; ++bit) {
            changed += std::popcount(key.member(member) ^ key.member(member ^ (1ULL << bit)));
            ++pairs;
        }
    }
    const double sd = std::sqrt(16.0 / pairs);
    QVERIFY(std::fabs(static_cast<double>(changed) / pairs - 32.0) < 5.0 * sd);
}

void TestRandom::uniform_fills_the_unit_interval()
{
    Random random(1);
    std::vector<double> x(200000);
    for (double& value : x) {
        value = random.uniform();
        QVERIFY(value >= 0.0 && value < 1.0);
    }
    QVERIFY(
        test_support::kolmogorov(x, [](double t) { return t; }) < test_support::kolmogorov_limit);
}

void TestRandom::normal_follows_its_law()
{
    Random random(2);
    std::vector<double> x(200000);
    for (double& value : x) {
        value = random.normal();
    }
    QVERIFY(test_support::kolmogorov(x, [](double t) {
        return 0.5 * std::erfc(-t / std::sqrt(2.0));
    }) < test_support::kolmogorov_limit);
}

// Of 1e7 numbers about 27000 lie beyond 3 standard deviations and 633 beyond 4.
void TestRandom::normal_is_right_in_the_tail()
{
    Random random(3);
    const int n = 10'000'000;
    int beyond_3 = 0;
    int beyond_4 = 0;
    for (int i = 0; i < n; ++i) {
        const double x = std::fabs(random.normal());
        beyond_3 += x > 3.0 ? 1 : 0;
        beyond_4 += x > 4.0 ? 1 : 0;
    }
    const double expected_3 = n * std::erfc(3.0 / std::sqrt(2.0));
    const double expected_4 = n * std::erfc(4.0 / std::sqrt(2.0));
    QVERIFY(std::fabs(beyond_3 - expected_3) < 4.0 * std::sqrt(expected_3));
    QVERIFY(std::fabs(beyond_4 - expected_4) < 4.0 * std::sqrt(expected_4));
}

void TestRandom::exponential_follows_its_law()
{
    Random random(4);
    std::vector<double> x(200000);
    for (double& value : x) {
        value = random.exponential();
        QVERIFY(value >= 0.0);
    }
    QVERIFY(test_support::kolmogorov(x, [](double t) { return -std::expm1(-t); })
        < test_support::kolmogorov_limit);
}

void TestRandom::below_is_unbiased_data()
{
    QTest::addColumn<quint64>("n");
    QTest::addRow("one") << quint64 {1};
    QTest::addRow("six") << quint64 {6};
    QTest::addRow("three quarters of the range, where a plain product is biased")
        << quint64 {3} * (quint64 {1} << 62);
}

void TestRandom::below_is_unbiased()
{
    QFETCH(quint64, n);
    Random random(5);
    const int draws = 120000;
    const std::uint64_t cells = std::min<std::uint64_t>(n, 6);
    std::array<int, 6> count {};
    for (int i = 0; i < draws; ++i) {
        const std::uint64_t x = random.below(n);
        QVERIFY(x < n);
        ++count[n <= 6 ? x : x / (n / 6)];
    }
    double chi_square = 0.0;
    const double expected = static_cast<double>(draws) / static_cast<double>(cells);
    for (std::size_t c = 0; c < cells; ++c) {
        chi_square += (count[c] - expected) * (count[c] - expected) / expected;
    }
    QVERIFY(chi_square < 20.5); // 5 degrees of freedom, probability 0.001
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
