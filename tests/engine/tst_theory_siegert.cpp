#include "engine/theory/siegert.hpp"
#include "tests/support/number_table.hpp"
#include "tests/support/random_choice.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace theory = engine::theory;
using theory::LifParams;

namespace {

using Real = long double;

/// Adaptive Simpson quadrature, a method that the program does not use.
template <typename F>
Real adaptive(const F& f, Real a, Real b, Real whole, Real tolerance, int depth)
{
    const Real m = (a + b) / 2;
    const auto simpson = [&](Real low, Real high) {
        return (high - low) / 6 * (f(low) + 4 * f((low + high) / 2) + f(high));
    };
    const Real left = simpson(a, m);
    const Real right = simpson(m, b);
    const Real error = left + right - whole;
    if (depth == 0 || std::fabs(error) < 15 * tolerance * std::fabs(left + right)) {
        return left + right + error / 15;
    }
    return adaptive(f, a, m, left, tolerance, depth - 1)
        + adaptive(f, m, b, right, tolerance, depth - 1);
}

template <typename F> Real quadrature(const F& f, Real a, Real b)
{
    constexpr int parts = 64;
    Real sum = 0;
    for (int i = 0; i < parts; ++i) {
        const Real low = a + (b - a) * i / parts;
        const Real high = a + (b - a) * (i + 1) / parts;
        const Real whole = (high - low) / 6 * (f(low) + 4 * f((low + high) / 2) + f(high));
        sum += adaptive(f, low, high, whole, 1e-14L, 12);
    }
    return sum;
}

/// Siegert's formula as it is printed; 80 bits of range and precision carry it to |y| of about 80.
Real printed_rate(Real mu, Real sigma, const LifParams& lif)
{
    const auto integrand = [](Real x) { return std::exp(x * x) * std::erfc(-x); };
    const Real integral
        = quadrature(integrand, (lif.V_reset - mu) / sigma, (lif.V_th - mu) / sigma);
    return 1 / (lif.t_ref + lif.tau_m * std::sqrt(std::numbers::pi_v<Real>) * integral);
}

double relative(double got, double expected) { return std::fabs(got / expected - 1.0); }

} // namespace

class TestTheorySiegert : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rate_is_that_of_extended_precision_data();
    void rate_is_that_of_extended_precision();
    void rate_agrees_with_the_printed_formula_at_random_points();
    void rate_without_noise_is_the_limit();
    void rate_vanishes_without_underflow();
    void rate_of_undefined_input_is_undefined();
    void slopes_are_difference_quotients();
    void cv_is_that_of_nested_quadrature();
    void cv_has_its_limits();
    void rate_of_a_constant_current_is_the_closed_form();
};

void TestTheorySiegert::rate_is_that_of_extended_precision_data()
{
    QTest::addColumn<double>("mu");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<double>("rate_Hz");
    QTest::addRow("above threshold") << 24.0 << 3.0 << 39.765858648;
    QTest::addRow("at threshold") << 20.0 << 5.0 << 27.3405673531;
    QTest::addRow("below threshold") << 18.0 << 4.0 << 16.3023161878;
    QTest::addRow("far below") << 15.0 << 4.0 << 5.89252088612;
    QTest::addRow("rare") << 10.0 << 3.0 << 0.00133433069056;
    QTest::addRow("strong drive") << 40.0 << 6.0 << 101.211406254;
    QTest::addRow("very strong drive") << 100.0 << 5.0 << 229.801437566;
    QTest::addRow("little noise at threshold") << 20.001 << 0.5 << 12.2709321363;
    QTest::addRow("little noise") << 19.0 << 0.8 << 4.73191453721;
    QTest::addRow("little noise, rare") << 16.0 << 1.4 << 0.0212719866373;
    QTest::addRow("mean below reset") << -10.0 << 8.0 << 7.94856963635e-5;
    QTest::addRow("practically never") << 5.0 << 2.5 << 3.86979239571e-14;
}

void TestTheorySiegert::rate_is_that_of_extended_precision()
{
    QFETCH(double, mu);
    QFETCH(double, sigma);
    QFETCH(double, rate_Hz);
    QVERIFY(relative(1000.0 * theory::siegert_rate(mu, sigma, {}), rate_Hz) < 2e-11);
}

void TestTheorySiegert::rate_agrees_with_the_printed_formula_at_random_points()
{
    test_support::RandomChoice choice(20);
    for (int i = 0; i < 300; ++i) {
        LifParams lif;
        lif.tau_m = choice.between(2.0, 50.0);
        lif.V_th = choice.between(-60.0, 40.0);
        lif.V_reset = lif.V_th - choice.between(0.1, 30.0);
        lif.t_ref = choice.once_in(4) ? 0.0 : choice.between(0.1, 5.0);
        const double sigma = choice.between(0.5, 20.0);
        const double mu = lif.V_th + sigma * choice.between(-8.0, 12.0);
        const auto exact = static_cast<double>(printed_rate(mu, sigma, lif));
        const double got = theory::siegert_rate(mu, sigma, lif);
        QVERIFY2(relative(got, exact) < 5e-11,
            qPrintable(QString("mu %1 sigma %2 V_th %3 V_reset %4: %5, not %6")
                           .arg(mu)
                           .arg(sigma)
                           .arg(lif.V_th)
                           .arg(lif.V_reset)
                           .arg(got, 0, 'g', 15)
                           .arg(exact, 0, 'g', 15)));
    }
}

void TestTheorySiegert::rate_without_noise_is_the_limit()
{
    const LifParams lif;
    const double limit = 1.0 / (2.0 + 20.0 * std::log(14.0 / 4.0));
    QVERIFY(relative(theory::siegert_rate(24.0, 0.0, lif), limit) < 1e-15);
    for (const double sigma : {1e-6, 1e-12, 1e-60, 1e-300}) {
        QVERIFY(relative(theory::siegert_rate(24.0, sigma, lif), limit) < 1e-9);
        QCOMPARE(theory::siegert_rate(19.0, sigma, lif), 0.0);
    }
    // The first correction of weak noise is of second order in sigma.
    const double at_02 = theory::siegert_rate(24.0, 0.2, lif) - limit;
    const double at_01 = theory::siegert_rate(24.0, 0.1, lif) - limit;
    QVERIFY(std::fabs(at_02 / at_01 - 4.0) < 0.02);
    QCOMPARE(theory::siegert_rate(20.0, 0.0, lif), 0.0);
}

void TestTheorySiegert::rate_vanishes_without_underflow()
{
    double before = 1.0;
    for (double sigma = 4.0; sigma > 0.385; sigma *= 0.98) {
        const double rate = theory::siegert_rate(10.0, sigma, {});
        QVERIFY(rate > 0.0 && rate < before);
        before = rate;
    }
    QCOMPARE(theory::siegert_rate(10.0, 0.384, {}), 0.0);
    QVERIFY(relative(theory::siegert_rate(1e200, 1.0, {}), 0.5) < 1e-12);
    QCOMPARE(theory::siegert_rate(-1e200, 1.0, {}), 0.0);
}

void TestTheorySiegert::rate_of_undefined_input_is_undefined()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    QVERIFY(std::isnan(theory::siegert_rate(nan, 1.0, {})));
    QVERIFY(std::isnan(theory::siegert_rate(10.0, nan, {})));
    QVERIFY(std::isnan(theory::siegert_rate(inf, 1.0, {})));
    QVERIFY(std::isnan(theory::isi_cv(10.0, inf, {})));
}

void TestTheorySiegert::slopes_are_difference_quotients()
{
    const LifParams lif;
    const auto quotient = [](const auto& f, double x, double h) {
        const double wide = (f(x + h) - f(x - h)) / (2.0 * h);
        const double narrow = (f(x + h / 2.0) - f(x - h / 2.0)) / h;
        return (4.0 * narrow - wide) / 3.0;
    };
    for (const double mu : {5.0, 12.0, 18.0, 20.0, 24.0, 60.0, 200.0}) {
        for (const double sigma : {2.0, 4.0, 10.0}) {
            const auto by_mu = [&](double x) { return theory::siegert_rate(x, sigma, lif); };
            const auto by_variance
                = [&](double x) { return theory::siegert_rate(mu, std::sqrt(x), lif); };
            const theory::RateSlopes slopes = theory::siegert_slopes(mu, sigma, lif);
            QVERIFY(relative(slopes.mu, quotient(by_mu, mu, 0.004 * sigma)) < 1e-5);
            const double h = 0.004 * sigma * sigma;
            QVERIFY(relative(slopes.sigma2, quotient(by_variance, sigma * sigma, h)) < 1e-4);
        }
    }
}

void TestTheorySiegert::cv_is_that_of_nested_quadrature()
{
    const test_support::NumberTable table("theory/isi_cv.csv");
    QVERIFY(table.rows() >= 10);
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const LifParams lif {table.at(i, "tau_m"), table.at(i, "V_th"), table.at(i, "V_reset"),
            table.at(i, "t_ref")};
        const double cv = theory::isi_cv(table.at(i, "mu"), table.at(i, "sigma"), lif);
        QVERIFY2(relative(cv, table.at(i, "cv")) < 1e-9,
            qPrintable(QString("row %1: %2").arg(i).arg(cv, 0, 'g', 12)));
    }
}

void TestTheorySiegert::cv_has_its_limits()
{
    const LifParams lif;
    QCOMPARE(theory::isi_cv(24.0, 0.0, lif), 0.0);
    QCOMPARE(theory::isi_cv(10.0, 0.0, lif), 1.0); // never fires: the Poisson limit
    QCOMPARE(theory::isi_cv(10.0, 1.5, lif), 1.0);
    QVERIFY(std::fabs(theory::isi_cv(10.0, 1.7, lif) - 1.0) < 1e-6); // just below the cut
    // Weak noise far above threshold: CV is proportional to sigma.
    QVERIFY(
        relative(theory::isi_cv(100.0, 0.02, lif), 2.0 * theory::isi_cv(100.0, 0.01, lif)) < 1e-5);
    // A rare process with refractoriness is Poisson with a dead time: CV = 1 - rate t_ref.
    LifParams dead = lif;
    dead.t_ref = 0.0;
    const double without = theory::isi_cv(14.0, 3.0, dead);
    const double rate = theory::siegert_rate(14.0, 3.0, lif);
    QVERIFY(relative(theory::isi_cv(14.0, 3.0, lif), without * (1.0 - rate * lif.t_ref)) < 1e-12);
}

void TestTheorySiegert::rate_of_a_constant_current_is_the_closed_form()
{
    const LifParams lif; // C_m = 1 pF: 1 pA shifts the asymptote by 20 mV
    QVERIFY(relative(theory::lif_rate_Hz(1.2, 1.0, lif), 1000.0 / 27.0552593699) < 1e-10);
    QCOMPARE(theory::lif_rheobase(1.0, lif), 1.0);
    QCOMPARE(theory::lif_rate_Hz(1.0, 1.0, lif), 0.0);
    QVERIFY(theory::lif_rate_Hz(std::nextafter(1.0, 2.0), 1.0, lif) > 0.0);
    QVERIFY(relative(theory::lif_rate_Hz(1e12, 1.0, lif), 500.0) < 1e-9); // 1 / t_ref
}

QTEST_APPLESS_MAIN(TestTheorySiegert)
#include "tst_theory_siegert.moc"
