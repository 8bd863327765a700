#include "engine/core/dispatch.hpp"
#include "engine/core/normals.hpp"
#include "engine/core/random.hpp"
#include "tests/support/kolmogorov.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

using namespace engine::core;

namespace {

constexpr std::size_t block = 512;

void standard(std::uint64_t key, std::size_t n, double* numbers) { normals(key, {}, n, numbers); }

#ifdef SPIKESCOPE_SANITIZED
constexpr std::uint64_t blocks = 400;
#else
constexpr std::uint64_t blocks = 20'000;
#endif

double upper_tail(double x) { return 0.5 * std::erfc(x / std::sqrt(2.0)); }

template <class Draw> std::vector<double> draw(Draw fill, std::uint64_t n)
{
    std::vector<double> x(n * block);
    for (std::uint64_t b = 0; b < n; ++b) {
        fill(mix(b), block, x.data() + b * block);
    }
    return x;
}

} // namespace

class TestNormals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { use_instructions(best_instructions()); }

    void numbers_follow_their_laws()
    {
        QVERIFY(test_support::kolmogorov(draw(standard, 400), [](double x) {
            return 1.0 - upper_tail(x);
        }) < test_support::kolmogorov_limit);
        QVERIFY(test_support::kolmogorov(draw(uniforms, 400), [](double x) { return x; })
            < test_support::kolmogorov_limit);
        for (const double x : draw(uniforms, 400)) {
            QVERIFY(x >= 0.0 && x < 1.0);
        }
    }

    void moments_and_tails_are_right()
    {
        const auto x = draw(standard, blocks);
        const auto n = static_cast<double>(x.size());
        double moment[7] = {};
        double beyond[6] = {};
        for (const double value : x) {
            double power = 1.0;
            for (double& m : moment) {
                m += power;
                power *= value;
            }
            for (int limit = 1; limit < 6; ++limit) {
                beyond[limit] += std::fabs(value) > limit ? 1.0 : 0.0;
            }
        }
        const double expected[] = {1, 0, 1, 0, 3, 0, 15};
        const double variance[] = {0, 1, 2, 15, 96, 945, 10170}; // of each power
        for (int k = 1; k < 7; ++k) {
            QVERIFY(std::fabs(moment[k] / n - expected[k]) < 4.0 * std::sqrt(variance[k] / n));
        }
        for (int limit = 1; limit < 6; ++limit) {
            const double p = 2.0 * upper_tail(limit);
            QVERIFY(std::fabs(beyond[limit] - n * p) < 4.0 * std::sqrt(n * p) + 1.0);
        }
    }

    // Both numbers of a point tell its radius and angle, which the C library computes from the
    // words that the header names.
    void points_are_those_of_their_words()
    {
        std::array<double, block> x;
        for (std::uint64_t b = 0; b < 200; ++b) {
            const std::uint64_t key = mix(b);
            standard(key, block, x.data());
            for (std::size_t p = 0; p < block / 2; ++p) {
                const std::uint64_t w = mix(key + (p + 1) * golden_gamma);
                const long double u = (static_cast<long double>(w) + 0.5L) * 0x1p-64L;
                const auto squared = static_cast<double>(-2.0L * std::log(u));
                const double at_x = x[p / 4 * 8 + p % 4];
                const double at_y = x[p / 4 * 8 + 4 + p % 4];
                const double found = std::hypot(at_x, at_y);
                QVERIFY(std::fabs(found * found - squared) < 2e-15 * (1.0 + squared));

                const std::uint64_t v = mix(key + (p + 1) * golden_gamma + (1ULL << 63));
                const double turn
                    = (static_cast<double>(v >> 12) * 0x1p-52 - 0.5) * 0.5 * std::acos(-1.0);
                double c = std::cos(turn) * ((v & 1) != 0 ? -1.0 : 1.0);
                double s = std::sin(turn);
                if ((v & 2) != 0) {
                    std::swap(c, s);
                }
                QVERIFY(std::fabs(at_x - found * c) < 2e-15 * (1.0 + found));
                QVERIFY(std::fabs(at_y - found * s) < 2e-15 * (1.0 + found));
            }
        }
    }

    void numbers_have_the_wanted_mean_and_deviation()
    {
        std::array<double, block> x;
        std::array<double, block> other;
        normals(7, {}, block, x.data());
        normals(7, {-3.0, 2.5}, block, other.data());
        for (std::size_t i = 0; i < block; ++i) {
            QCOMPARE(other[i], -3.0 + 2.5 * x[i]);
        }
    }

    void neighbours_and_blocks_are_independent()
    {
        for (const auto fill : {standard, uniforms}) {
            auto x = draw(fill, blocks / 10);
            const bool uniform = fill == uniforms;
            for (double& value : x) {
                value = uniform ? (value - 0.5) * std::sqrt(12.0) : value;
            }
            for (const std::size_t lag : std::initializer_list<std::size_t> {
                     1, 2, 3, 4, 5, 7, 8, 16, 256, block - 1, block, block + 1, 2 * block}) {
                double sum = 0.0;
                double squares = 0.0; // the parts of a point have one radius
                for (std::size_t i = lag; i < x.size(); ++i) {
                    sum += x[i] * x[i - lag];
                    squares += (x[i] * x[i] - 1.0) * (x[i - lag] * x[i - lag] - 1.0);
                }
                const double root = std::sqrt(static_cast<double>(x.size() - lag));
                QVERIFY(std::fabs(sum) < 4.2 * root);
                QVERIFY(std::fabs(squares) < 4.2 * (uniform ? 0.8 : 2.0) * root);
            }
        }
    }

    void number_depends_on_its_place_alone_and_not_on_the_processor()
    {
        for (const auto fill : {standard, uniforms}) {
            for (std::uint64_t b = 0; b < 50; ++b) {
                std::array<double, block> all;
                use_instructions(Instructions::baseline);
                fill(mix(b), block, all.data());
                for (const Instructions used :
                    {Instructions::baseline, Instructions::avx2, Instructions::avx512}) {
                    use_instructions(used);
                    for (const std::size_t n : std::initializer_list<std::size_t> {
                             1, 7, 8, 9, 100, 200, 256, 257, 264, 400, block}) {
                        std::vector<double> some(n);
                        fill(mix(b), n, some.data());
                        QCOMPARE(std::memcmp(some.data(), all.data(), n * sizeof(double)), 0);
                    }
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestNormals)
#include "tst_normals.moc"
