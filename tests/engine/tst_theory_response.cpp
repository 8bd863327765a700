#include "engine/theory/loop_gain.hpp"
#include "engine/theory/siegert.hpp"
#include "tests/support/number_table.hpp"

#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace engine::theory;
using Complex = std::complex<double>;

namespace {

OperatingPoint point_at(double mu, double sigma, const LifParams& lif = {})
{
    return {mu, sigma, siegert_rate(mu, sigma, lif), lif};
}

Complex response(const OperatingPoint& point, double weight_mu, double weight_sigma2,
    Complex lambda, ThresholdIntegration::Grid grid)
{
    Complex result;
    ThresholdIntegration(point, weight_mu, weight_sigma2, grid).respond({&lambda, 1}, {&result, 1});
    return result;
}

Complex at_Hz(double f_Hz, double growth_per_ms = 0.0)
{
    return {growth_per_ms, 2.0 * std::numbers::pi * f_Hz / 1000.0};
}

} // namespace

class TestTheoryResponse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void response_is_the_closed_form();
    void response_at_zero_is_the_slope_of_the_rate();
    void order_of_convergence_is_two();
    void density_and_refractoriness_make_one();
    void responses_add_and_do_not_depend_on_company();
    void growing_solutions_do_not_overflow();
    void loop_gain_is_the_closed_form();
    void loop_gain_is_not_offered_beyond_the_grid();
};

void TestTheoryResponse::response_is_the_closed_form()
{
    const test_support::NumberTable table("theory/closed_form.csv");
    QVERIFY(table.rows() >= 25);
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const OperatingPoint point = point_at(table.at(i, "mu"), table.at(i, "sigma"));
        const Complex lambda = at_Hz(table.at(i, "f_hz"), table.at(i, "growth_per_ms"));
        const auto grid = ThresholdIntegration::grid(point, 2000);
        const Complex R_mu(table.at(i, "R_mu_re"), table.at(i, "R_mu_im"));
        const Complex R_sigma2(table.at(i, "R_sigma2_re"), table.at(i, "R_sigma2_im"));
        const double error_mu = std::abs(response(point, 1.0, 0.0, lambda, grid) / R_mu - 1.0);
        const double error_sigma2
            = std::abs(response(point, 0.0, 1.0, lambda, grid) / R_sigma2 - 1.0);
        QVERIFY2(error_mu < 1e-3 && error_sigma2 < 1e-3,
            qPrintable(QString("row %1: %2 %3").arg(i).arg(error_mu).arg(error_sigma2)));
    }
}

void TestTheoryResponse::response_at_zero_is_the_slope_of_the_rate()
{
    for (const auto& [mu, sigma] : std::vector<std::pair<double, double>> {
             {203.5, 14.7}, {24.16, 10.94}, {21.03, 7.68}, {16.37, 3.115}, {12.0, 4.0}}) {
        const OperatingPoint point = point_at(mu, sigma);
        const auto grid = ThresholdIntegration::grid(point, 2000);
        const RateSlopes slopes = siegert_slopes(mu, sigma, point.lif);
        const double R_mu = response(point, 1.0, 0.0, 1e-7, grid).real();
        const double R_sigma2 = response(point, 0.0, 1.0, 1e-7, grid).real();
        QVERIFY(std::fabs(R_mu / slopes.mu - 1.0) < 2e-5);
        QVERIFY(std::fabs(R_sigma2 / slopes.sigma2 - 1.0) < 2e-5);
    }
}

void TestTheoryResponse::order_of_convergence_is_two()
{
    const test_support::NumberTable table("theory/closed_form.csv");
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const OperatingPoint point = point_at(table.at(i, "mu"), table.at(i, "sigma"));
        const Complex lambda = at_Hz(table.at(i, "f_hz"), table.at(i, "growth_per_ms"));
        const Complex exact(table.at(i, "R_mu_re"), table.at(i, "R_mu_im"));
        const double coarse = std::abs(response(point, 1.0, 0.0, lambda, {160, 160}) - exact);
        const double fine = std::abs(response(point, 1.0, 0.0, lambda, {320, 320}) - exact);
        QVERIFY2(std::fabs(std::log2(coarse / fine) - 2.0) < 0.1,
            qPrintable(QString("row %1: order %2").arg(i).arg(std::log2(coarse / fine))));
    }
}

void TestTheoryResponse::density_and_refractoriness_make_one()
{
    for (const double mu : {14.0, 20.0, 30.0, 300.0}) {
        for (const double t_ref : {0.0, 2.0, 5.0}) {
            const LifParams lif {20.0, 20.0, 10.0, t_ref};
            const OperatingPoint point = point_at(mu, 5.0, lif);
            const ThresholdIntegration integration(
                point, 1.0, 0.0, ThresholdIntegration::grid(point, 2000));
            const double total = integration.density_integral() + point.rate * t_ref;
            QVERIFY(std::fabs(total - 1.0) < 1e-6);
        }
    }
}

void TestTheoryResponse::responses_add_and_do_not_depend_on_company()
{
    const OperatingPoint point = point_at(21.0, 7.7);
    const auto grid = ThresholdIntegration::grid(point, 200);
    std::vector<Complex> lambda;
    for (int i = 1; i <= 19; ++i) { // more than two batches
        lambda.push_back(at_Hz(13.0 * i, 0.01 * (i % 3)));
    }
    std::vector<Complex> together(lambda.size());
    ThresholdIntegration(point, 2.0, 3.0, grid).respond(lambda, together);
    for (std::size_t i = 0; i < lambda.size(); ++i) {
        QCOMPARE(together[i], response(point, 2.0, 3.0, lambda[i], grid));
        const Complex sum = 2.0 * response(point, 1.0, 0.0, lambda[i], grid)
            + 3.0 * response(point, 0.0, 1.0, lambda[i], grid);
        QVERIFY(std::abs(together[i] / sum - 1.0) < 1e-12);
    }
}

void TestTheoryResponse::growing_solutions_do_not_overflow()
{
    // Layers of 0.01 mV in a range of 15 mV: the solutions grow by exp(1000) and more.
    const OperatingPoint point = point_at(19.0, 1.5);
    const Complex lambda = at_Hz(300000.0);
    const Complex R = response(point, 1.0, 0.0, lambda, {20000, 4000});
    QVERIFY(std::isfinite(R.real()) && std::isfinite(R.imag()));
    // At high frequencies R_mu -> rate / (sigma sqrt(i omega tau_m / 2)) (Brunel et al. 2001,
    // doi:10.1103/PhysRevLett.86.2186; here sigma^2 / 2 is the variance).
    const Complex limit = point.rate / (point.sigma * std::sqrt(lambda * point.lif.tau_m / 2.0));
    QVERIFY2(
        std::abs(R / limit - 1.0) < 0.02, qPrintable(QString::number(std::abs(R / limit - 1.0))));
}

void TestTheoryResponse::loop_gain_is_the_closed_form()
{
    const test_support::NumberTable table("theory/closed_form.csv");
    BrunelParams params; // g = 5: mean and variance act
    const Coupling c = coupling(params);
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const Input input {table.at(i, "mu"), table.at(i, "sigma")};
        const double rate = siegert_rate(input.mu, input.sigma, params.lif());
        const auto gain = LoopGain::make(params, input, rate, 1000.0);
        QVERIFY(gain);
        const Complex lambda = at_Hz(table.at(i, "f_hz"), table.at(i, "growth_per_ms"));
        const Complex R_mu(table.at(i, "R_mu_re"), table.at(i, "R_mu_im"));
        const Complex R_sigma2(table.at(i, "R_sigma2_re"), table.at(i, "R_sigma2_im"));
        const Complex exact
            = std::exp(-lambda * params.delay) * (c.mu * R_mu + c.sigma2 * R_sigma2);
        const double error = std::abs(gain->at(lambda) - exact);
        QVERIFY2(error < 2e-4, qPrintable(QString("row %1: %2").arg(i).arg(error)));
        QVERIFY(std::abs(gain->at(Complex(1e-7)) - gain->at_zero()) < 2e-4);
    }
}

void TestTheoryResponse::loop_gain_is_not_offered_beyond_the_grid()
{
    const BrunelParams params;
    const double rate = siegert_rate(25.0, 1e-3, params.lif());
    QVERIFY(!LoopGain::make(params, {25.0, 1e-3}, rate, 1000.0));
    QVERIFY(!LoopGain::make(params, {25.0, 0.0}, rate, 1000.0));
    QVERIFY(LoopGain::make(params, {25.0, 0.1}, rate, 1000.0));
}

QTEST_APPLESS_MAIN(TestTheoryResponse)
#include "tst_theory_response.moc"
