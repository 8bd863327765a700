#include "engine/core/numerics.hpp"
#include "tests/support/repetitions.hpp"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace core = engine::core;
using test_support::repetitions;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double denormal = 5e-324;

/// Distance in units in the last place of the exact value.
double ulps(double got, long double exact)
{
    const auto rounded = static_cast<double>(exact);
    if (std::isnan(got) || std::isinf(got) || std::isinf(rounded)) {
        return got == rounded ? 0.0 : inf;
    }
    int exponent = 0;
    std::frexp(rounded, &exponent);
    const double unit = std::ldexp(1.0, std::max(exponent - 53, -1074));
    return static_cast<double>(std::fabs((static_cast<long double>(got) - exact) / unit));
}

bool same(double x, double y)
{
    return (std::isnan(x) && std::isnan(y))
        || std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
}

using Double = double (*)(double);
using Long = long double (*)(long double);

} // namespace

class TestNumerics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void error_is_below_one_unit_in_the_last_place_data();
    void error_is_below_one_unit_in_the_last_place();
    void error_stays_small_near_zero_data();
    void error_stays_small_near_zero();
    void large_angles_are_reduced_exactly();
    void logarithm_holds_for_every_magnitude();
    void power_error_is_below_one_unit();
    void special_values_are_those_of_the_c_library();
    void special_powers_are_those_of_the_c_library();
    void exact_powers_are_exact();
};

void TestNumerics::error_is_below_one_unit_in_the_last_place_data()
{
    QTest::addColumn<Double>("function");
    QTest::addColumn<Long>("reference");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    const auto row = [](const char* name, Double f, Long reference, double low, double high) {
        QTest::addRow("%s on %g ... %g", name, low, high) << f << reference << low << high;
    };
    row("exp", core::exp, expl, -745.0, 709.78);
    row("exp", core::exp, expl, -1.0, 1.0);
    row("expm1", core::expm1, expm1l, -1.0, 1.0);
    row("expm1", core::expm1, expm1l, -60.0, 709.78);
    row("log", core::log, logl, 0.5, 2.0);
    row("log", core::log, logl, 0.0, 1e6);
    row("sin", core::sin, sinl, -10.0, 10.0);
    row("sin", core::sin, sinl, -1.7e6, 1.7e6);
    row("sin", core::sin, sinl, -1e15, 1e15);
    row("cos", core::cos, cosl, -10.0, 10.0);
    row("cos", core::cos, cosl, -1.7e6, 1.7e6);
    row("cos", core::cos, cosl, -1e15, 1e15);
    row("tanh", core::tanh, tanhl, -2.0, 2.0);
    row("tanh", core::tanh, tanhl, -25.0, 25.0);
}

void TestNumerics::error_is_below_one_unit_in_the_last_place()
{
    QFETCH(Double, function);
    QFETCH(Long, reference);
    QFETCH(double, low);
    QFETCH(double, high);
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> uniform(low, high);
    for (int i = 0; i < repetitions(300000); ++i) {
        const double x = uniform(random);
        const double error = ulps(function(x), reference(x));
        QVERIFY2(error < 1.0, qPrintable(QString("x = %1: %2 ulp").arg(x, 0, 'g', 17).arg(error)));
    }
}

void TestNumerics::error_stays_small_near_zero_data()
{
    QTest::addColumn<Double>("function");
    QTest::addColumn<Long>("reference");
    QTest::addRow("exp") << Double(core::exp) << Long(expl);
    QTest::addRow("expm1") << Double(core::expm1) << Long(expm1l);
    QTest::addRow("sin") << Double(core::sin) << Long(sinl);
    QTest::addRow("cos") << Double(core::cos) << Long(cosl);
    QTest::addRow("tanh") << Double(core::tanh) << Long(tanhl);
}

void TestNumerics::error_stays_small_near_zero()
{
    QFETCH(Double, function);
    QFETCH(Long, reference);
    std::mt19937_64 random(2);
    std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
    for (int exponent = -1074; exponent <= 0; ++exponent) {
        for (int i = 0; i < 50; ++i) {
            const double x = std::ldexp(mantissa(random), exponent);
            const double error = ulps(function(x), reference(x));
            QVERIFY2(error < 1.0, qPrintable(QString("x = %1: %2").arg(x, 0, 'g', 17).arg(error)));
        }
    }
}

void TestNumerics::large_angles_are_reduced_exactly()
{
    // The double nearest to a multiple of pi / 2 of all: 61 bits of the reduction cancel (Muller et
    // al. 2018, Handbook of Floating-Point Arithmetic, chapter 10). Values from 600 digits.
    const double hardest = std::ldexp(6381956970095103.0, 797);
    QCOMPARE(core::cos(hardest), -4.68716592425462761112e-19);
    QCOMPARE(core::sin(hardest), 1.0);
    QCOMPARE(core::sin(1e22), -0.85220084976718880177);
    std::mt19937_64 random(3);
    std::vector<double> angles {
        1e300, std::numeric_limits<double>::max(), 0x1p20, 0x1.8p20, 1647098.0, 1647099.0};
    while (angles.size() < 200000) {
        const double x = std::bit_cast<double>(random());
        if (std::isfinite(x)) {
            angles.push_back(x);
        }
    }
    // Near its zeros the C library itself is some units off in the last place.
    for (const double x : angles) {
        const QString text = QString("x = %1").arg(x, 0, 'g', 17);
        QVERIFY2(std::fabs(core::sin(x) - std::sin(x)) < 0x1.8p-53, qPrintable(text));
        QVERIFY2(std::fabs(core::cos(x) - std::cos(x)) < 0x1.8p-53, qPrintable(text));
    }
}

void TestNumerics::logarithm_holds_for_every_magnitude()
{
    std::mt19937_64 random(4);
    for (int i = 0; i < repetitions(300000); ++i) {
        const double x = std::fabs(std::bit_cast<double>(random()));
        if (std::isfinite(x)) {
            QVERIFY(ulps(core::log(x), logl(x)) < 1.0);
        }
        const double denormals = std::bit_cast<double>(random() >> 13);
        QVERIFY(ulps(core::log(denormals), logl(denormals)) < 1.0);
        const double near_one = 1.0 + std::ldexp(1.0, -static_cast<int>(random() % 53)) / 3.0;
        QVERIFY(ulps(core::log(near_one), logl(near_one)) < 1.0);
    }
}

void TestNumerics::power_error_is_below_one_unit()
{
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> exponent_of_e(-745.0, 709.7);
    for (int i = 0; i < repetitions(300000); ++i) {
        double x = std::fabs(std::bit_cast<double>(random()));
        if (!std::isfinite(x) || x == 1.0) {
            continue;
        }
        if (i % 2 == 0) {
            x = std::bit_cast<double>((std::bit_cast<std::uint64_t>(x) >> 12)
                | std::bit_cast<std::uint64_t>(1.0)); // between 1 and 2
        }
        const double y = exponent_of_e(random) / std::log(x);
        const double error = ulps(core::pow(x, y), powl(x, y));
        QVERIFY2(error < 1.0,
            qPrintable(QString("%1^%2: %3").arg(x, 0, 'g', 17).arg(y, 0, 'g', 17).arg(error)));
    }
}

void TestNumerics::special_values_are_those_of_the_c_library()
{
    const struct {
        const char* name;
        Double ours;
        Double theirs;
    } functions[] = {{"exp", core::exp, std::exp}, {"expm1", core::expm1, std::expm1},
        {"log", core::log, std::log}, {"sin", core::sin, std::sin}, {"cos", core::cos, std::cos},
        {"tanh", core::tanh, std::tanh}};
    for (const auto& f : functions) {
        for (const double x : {0.0, -0.0, inf, -inf, denormal, -denormal}) {
            QVERIFY2(
                same(f.ours(x), f.theirs(x)), qPrintable(QString("%1(%2)").arg(f.name).arg(x)));
        }
        QVERIFY2(std::isnan(f.ours(undefined)), f.name);
    }
    QCOMPARE(core::exp(709.79), inf);
    QCOMPARE(core::exp(-745.2), 0.0);
    QCOMPARE(core::exp(-745.13), denormal);
    QCOMPARE(core::log(1.0), 0.0);
}

void TestNumerics::special_powers_are_those_of_the_c_library()
{
    for (const double x :
        {0.0, -0.0, inf, -inf, undefined, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, -8.0, denormal, 1e308}) {
        for (const double y : {0.0, -0.0, 1.0, -1.0, 2.0, 3.0, -3.0, 0.5, 1e300, -1e300,
                 9007199254740991.0, 9007199254740993.0, inf, -inf, undefined, denormal}) {
            QVERIFY2(same(core::pow(x, y), std::pow(x, y)),
                qPrintable(QString("%1^%2 is %3").arg(x).arg(y).arg(core::pow(x, y))));
        }
    }
}

void TestNumerics::exact_powers_are_exact()
{
    for (int base = -30; base <= 30; ++base) {
        double product = 1.0;
        for (int n = 0; n <= 10 && std::fabs(product) < 0x1p53; ++n) {
            QCOMPARE(core::pow(base, n), product);
            product *= base;
        }
    }
    for (int k = -1074; k < 1024; ++k) {
        QCOMPARE(core::pow(2.0, k), std::ldexp(1.0, k));
    }
}

QTEST_APPLESS_MAIN(TestNumerics)
#include "tst_numerics.moc"
