#include "engine/core/diagnostic.hpp"
#include "engine/core/poisson.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

using namespace engine::core;

namespace {

constexpr std::size_t block = 512;

std::vector<std::uint32_t> draw(double mean, std::uint64_t seed, std::uint64_t steps)
{
    const PoissonTable table(mean);
    const StreamKey key(seed, Purpose::poisson, "E", "drive");
    std::vector<std::uint32_t> counts(block * steps);
    for (std::uint64_t step = 0; step < steps; ++step) {
        table.fill(key.member(0, step), block, counts.data() + block * step);
    }
    return counts;
}

double probability(double k, double mean)
{
    return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}

/// Standard normal deviate of a chi-square value (Wilson & Hilferty).
double deviate(double chi_square, double degrees)
{
    const double s = 2.0 / (9.0 * degrees);
    return (std::cbrt(chi_square / degrees) - (1.0 - s)) / std::sqrt(s);
}

/// Chi-square test of how often each count has been seen against the law.
void verify_law(const std::vector<double>& seen, double mean)
{
    const double n = std::accumulate(seen.begin(), seen.end(), 0.0);
    // Neighbouring counts are pooled until 10 are expected; the rest of both tails is pooled too.
    double chi_square = 0.0;
    double cells = 0.0;
    double expected = 0.0;
    double observed = 0.0;
    double expected_so_far = 0.0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        expected += n * probability(static_cast<double>(k), mean);
        observed += seen[k];
        const double left = n - expected_so_far - expected;
        if (expected >= 10.0 && left >= 10.0) {
            chi_square += (observed - expected) * (observed - expected) / expected;
            cells += 1.0;
            expected_so_far += expected;
            expected = 0.0;
            observed = 0.0;
        }
    }
    expected = n - expected_so_far;
    chi_square += (observed - expected) * (observed - expected) / expected;
    const double z = deviate(chi_square, cells);
    QVERIFY2(z < 3.7, qPrintable(QString("chi square %1, %2 degrees").arg(chi_square).arg(cells)));
}

/// Correlation of two series of counts of a known mean, in standard deviations.
double correlation(const std::vector<std::uint32_t>& x, std::size_t lag, double mean)
{
    double sum = 0.0;
    for (std::size_t i = lag; i < x.size(); ++i) {
        sum += (x[i] - mean) * (x[i - lag] - mean);
    }
    return sum / mean / std::sqrt(static_cast<double>(x.size() - lag));
}

} // namespace

class TestPoisson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void counts_follow_the_law_data();
    void counts_follow_the_law();
    void half_a_billion_counts_follow_the_law();
    void large_means_have_the_right_mean_and_variance_data();
    void large_means_have_the_right_mean_and_variance();
    void neurons_and_steps_are_independent();
    void count_of_a_neuron_does_not_depend_on_how_many_are_drawn();
    void bytes_hold_the_same_counts();
    void higher_mean_never_lowers_a_count();
    void no_events_at_mean_zero();
    void impossible_means_are_refused();
};

void TestPoisson::counts_follow_the_law_data()
{
    QTest::addColumn<double>("mean");
    for (const double mean : {1e-4, 0.001, 0.0156, 0.0157, 0.1, 0.7, 1.0, 2.0, 4.0, 7.3, 15.999,
             16.0, 16.001, 20.0, 63.9, 127.9, 128.0, 200.0, 1000.0}) {
        QTest::addRow("mean %g", mean) << mean;
    }
}

void TestPoisson::counts_follow_the_law()
{
    QFETCH(double, mean);
    const auto counts = draw(mean, 1, 4000);
    std::vector<double> seen(*std::max_element(counts.begin(), counts.end()) + 2, 0.0);
    for (const std::uint32_t c : counts) {
        seen[c] += 1.0;
    }
    verify_law(seen, mean);
}

// So many that the counts show which 12 bits cannot decide, one in 400 of them.
void TestPoisson::half_a_billion_counts_follow_the_law()
{
#ifdef SPIKESCOPE_SANITIZED
    constexpr std::uint64_t steps = 20'000;
#else
    constexpr std::uint64_t steps = 1'000'000;
#endif
    constexpr double mean = 2.0;
    const PoissonTable table(mean);
    std::vector<double> seen(257, 0.0);
    std::array<std::uint32_t, 256> some;
    std::array<std::uint8_t, block> counts;
    for (std::uint64_t step = 0; step < steps; ++step) {
        table.fill(mix(step), block, counts.data());
        some.fill(0);
        for (const std::uint8_t c : counts) {
            ++some[c];
        }
        for (std::size_t k = 0; k < 24; ++k) {
            seen[k] += some[k];
        }
    }
    verify_law(seen, mean);
}

void TestPoisson::large_means_have_the_right_mean_and_variance_data()
{
    QTest::addColumn<double>("mean");
    for (const double mean : {1000.0, 1e5, 1e7, 1e9}) {
        QTest::addRow("mean %g", mean) << mean;
    }
}

void TestPoisson::large_means_have_the_right_mean_and_variance()
{
    QFETCH(double, mean);
    const auto counts = draw(mean, 2, 1000);
    const auto n = static_cast<double>(counts.size());
    double sum = 0.0;
    double squares = 0.0;
    for (const std::uint32_t c : counts) {
        sum += c - mean;
        squares += (c - mean) * (c - mean);
    }
    QVERIFY(std::fabs(sum / std::sqrt(mean * n)) < 4.0);
    QVERIFY(std::fabs(squares / n / mean - 1.0) < 4.0 * std::sqrt(2.0 / n));
}

void TestPoisson::neurons_and_steps_are_independent()
{
    for (const double mean : {0.05, 2.0, 10.0, 100.0}) {
        const auto counts = draw(mean, 3, 2000);
        for (const std::size_t lag :
            {std::size_t {1}, std::size_t {4}, std::size_t {16}, block, block + 1, 2 * block}) {
            const double z = correlation(counts, lag, mean);
            QVERIFY2(std::fabs(z) < 4.2,
                qPrintable(QString("mean %1, lag %2: %3").arg(mean).arg(lag).arg(z)));
        }
    }
}

void TestPoisson::count_of_a_neuron_does_not_depend_on_how_many_are_drawn()
{
    for (const double mean : {0.01, 0.5, 30.0, 300.0}) {
        const PoissonTable table(mean);
        std::vector<std::uint32_t> all(block);
        table.fill(99, block, all.data());
        for (const std::size_t n : std::initializer_list<std::size_t> {1, 15, 16, 17, 300}) {
            std::vector<std::uint32_t> some(n);
            table.fill(99, n, some.data());
            QVERIFY(std::equal(some.begin(), some.end(), all.begin()));
        }
    }
}

void TestPoisson::bytes_hold_the_same_counts()
{
    for (const double mean : {0.0, 1e-6, 0.01, 0.5, 2.0, 4.5, 30.0, 127.0}) {
        const PoissonTable table(mean);
        QVERIFY(table.fits_byte());
        for (std::uint64_t key = 0; key < 100; ++key) {
            std::vector<std::uint32_t> wide(block);
            std::vector<std::uint8_t> narrow(block);
            table.fill(key, block, wide.data());
            table.fill(key, block, narrow.data());
            QVERIFY(std::equal(wide.begin(), wide.end(), narrow.begin()));
        }
    }
    QVERIFY(!PoissonTable(128.0).fits_byte());
}

// The same words are read by another cumulative distribution: counts move together.
void TestPoisson::higher_mean_never_lowers_a_count()
{
    const auto low = draw(1.9, 4, 200);
    const auto high = draw(2.1, 4, 200);
    for (std::size_t i = 0; i < low.size(); ++i) {
        QVERIFY(low[i] <= high[i]);
    }
    QVERIFY(low != high);
}

void TestPoisson::no_events_at_mean_zero()
{
    const auto none = draw(0.0, 5, 10);
    QCOMPARE(std::accumulate(none.begin(), none.end(), 0U), 0U);
    const auto almost_none = draw(1e-12, 5, 100);
    QCOMPARE(std::accumulate(almost_none.begin(), almost_none.end(), 0U), 0U);
}

void TestPoisson::impossible_means_are_refused()
{
    QVERIFY_EXCEPTION_THROWN(PoissonTable(-1.0), RunError);
    QVERIFY_EXCEPTION_THROWN(PoissonTable(2e9), RunError);
    QVERIFY_EXCEPTION_THROWN(PoissonTable(std::nan("")), RunError);
}

QTEST_APPLESS_MAIN(TestPoisson)
#include "tst_poisson.moc"
