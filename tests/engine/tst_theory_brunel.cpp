#include "engine/theory/boundaries.hpp"
#include "engine/theory/loop_gain.hpp"
#include "engine/theory/siegert.hpp"
#include "tests/support/number_table.hpp"
#include "tests/support/random_choice.hpp"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string>

using namespace engine::theory;
using test_support::NumberTable;
using Complex = std::complex<double>;

namespace {

BrunelParams network(double g, double eta)
{
    BrunelParams params;
    params.g = g;
    params.eta = eta;
    return params;
}

/// Rows of a table from `first` on that belong to the same network, held to the solutions found.
class Comparison {
public:
    Comparison(const NumberTable& table, bool changed)
        : table_(table)
        , changed_(changed)
    {
    }

    /// Empty where everything agrees.
    QString next();
    bool more() const { return row_ < table_.rows(); }

private:
    BrunelParams params(std::size_t row) const
    {
        BrunelParams p = network(table_.at(row, "g"), table_.at(row, "eta"));
        if (changed_) {
            p.delay = table_.at(row, "delay");
            p.V_reset = table_.at(row, "V_reset");
            p.J = table_.at(row, "J");
            p.t_ref = table_.at(row, "t_ref");
        }
        return p;
    }
    QString difference(const BrunelParams& params, const Solution& solution) const;

    const NumberTable& table_;
    bool changed_;
    std::size_t row_ = 0;
};

QString Comparison::difference(const BrunelParams& p, const Solution& solution) const
{
    const auto far = [&](const char* name, double got, double tolerance) {
        const double expected = table_.at(row_, name);
        const bool wrong = !std::isnan(expected) && !(std::fabs(got - expected) <= tolerance);
        return wrong ? QString("%1 = %2, not %3; ").arg(name).arg(got).arg(expected) : QString();
    };
    const double rate = table_.at(row_, "rate_hz");
    QString text = far("rate_hz", solution.rate_Hz, 1e-10 * rate + 1e-30);
    text += far("cv", solution.cv, 1e-6);
    const double K = table_.at(row_, "leading_K");
    if (std::isnan(K) || !(std::fabs(K - 1.0) < 0.01)) {
        const bool stable = stability_word(solution.stability.kind) == "stable";
        text += far("stable", stable ? 1.0 : 0.0, 0.0);
    }
    if (!std::isnan(K)) {
        const Crossing leading = solution.stability.leading.value_or(Crossing {});
        text += far("leading_f_hz", leading.f_Hz, 0.2);
        text += far("leading_K", leading.K, p.g < 3.5 ? 0.005 : 0.001);
    }
    return text;
}

QString Comparison::next()
{
    const BrunelParams p = params(row_);
    const std::vector<Solution> solutions = solve(p);
    QString text;
    for (const Solution& solution : solutions) {
        if (!more() || !(params(row_) == p)) {
            return "more solutions than expected";
        }
        text += difference(p, solution);
        ++row_;
    }
    while (more() && params(row_) == p) {
        text += "a solution is missing; ";
        ++row_;
    }
    return text.isEmpty() ? text : QString("g %1 eta %2: ").arg(p.g).arg(p.eta) + text;
}

QString compare(const char* file, bool changed)
{
    const NumberTable table(file);
    Comparison comparison(table, changed);
    QString text;
    while (comparison.more()) {
        text += comparison.next();
    }
    return text;
}

} // namespace

class TestTheoryBrunel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_four_panels_data();
    void the_four_panels();
    void every_state_of_the_grid_is_found();
    void other_parameters_act_as_they_should();
    void changed_parameters_data();
    void changed_parameters();
    void rates_solve_the_equation();
    void narrow_resonances_are_found();
    void two_close_solutions_are_both_found();
    void boundaries_are_where_they_should_be();
    void rough_formula_holds_where_inhibition_dominates();
    void strange_parameters_give_answers();
    void wrong_parameters_are_named();
};

void TestTheoryBrunel::the_four_panels_data()
{
    QTest::addColumn<double>("g");
    QTest::addColumn<double>("eta");
    QTest::addColumn<double>("rate_Hz");
    QTest::addColumn<double>("cv");
    QTest::addColumn<QString>("stability");
    QTest::addColumn<QString>("state");
    QTest::addColumn<double>("leading_f_Hz");
    QTest::addColumn<double>("leading_K");
    QTest::addColumn<double>("mode_f_Hz");
    QTest::addColumn<double>("growth");
    // Brunel 2000, Fig. 8.
    QTest::addRow("A") << 3.0 << 2.0 << 327.0 << 0.117 << "unstable"
                       << "SR" << 662.6 << 1.934 << 660.6 << 0.232;
    QTest::addRow("B") << 6.0 << 4.0 << 55.84 << 0.736 << "unstable"
                       << "SI fast" << 187.7 << 1.117 << 190.2 << 0.0515;
    QTest::addRow("C") << 5.0 << 2.0 << 37.95 << 0.675 << "stable"
                       << "AI" << 129.7 << 0.725 << 124.3 << -0.135;
    QTest::addRow("D") << 4.5 << 0.9 << 6.517 << 0.776 << "unstable"
                       << "SI slow" << 29.0 << 1.031 << 29.0 << 0.0079;
}

void TestTheoryBrunel::the_four_panels()
{
    QFETCH(double, g);
    QFETCH(double, eta);
    QFETCH(double, rate_Hz);
    QFETCH(double, cv);
    QFETCH(QString, stability);
    QFETCH(QString, state);
    QFETCH(double, leading_f_Hz);
    QFETCH(double, leading_K);
    QFETCH(double, mode_f_Hz);
    QFETCH(double, growth);
    const std::vector<Solution> solutions = solve(network(g, eta));
    QCOMPARE(solutions.size(), std::size_t {1});
    const Solution& s = solutions.front();
    QVERIFY(std::fabs(s.rate_Hz / rate_Hz - 1.0) < 5e-4);
    QVERIFY(std::fabs(s.cv - cv) < 5e-4);
    const std::string_view word = stability_word(s.stability.kind);
    const std::string_view name = state_name(s.rate_Hz, s.cv, s.stability);
    QCOMPARE(QString::fromUtf8(word.data(), static_cast<int>(word.size())), stability);
    QCOMPARE(QString::fromUtf8(name.data(), static_cast<int>(name.size())), state);
    QVERIFY(s.stability.leading && s.stability.mode);
    QVERIFY(std::fabs(s.stability.leading->f_Hz - leading_f_Hz) < 0.1);
    QVERIFY(std::fabs(s.stability.leading->K - leading_K) < 1e-3);
    QVERIFY(std::fabs(s.stability.mode->f_Hz - mode_f_Hz) < 0.1);
    QVERIFY(std::fabs(s.stability.mode->growth_per_ms - growth) < 5e-4);
}

void TestTheoryBrunel::every_state_of_the_grid_is_found()
{
    const QString text = compare("theory/grid.csv", false);
    QVERIFY2(text.isEmpty(), qPrintable(text));
}

void TestTheoryBrunel::other_parameters_act_as_they_should()
{
    const QString text = compare("theory/changed.csv", true);
    QVERIFY2(text.isEmpty(), qPrintable(text));
}

void TestTheoryBrunel::changed_parameters_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<double>("g");
    QTest::addColumn<double>("eta");
    QTest::addColumn<double>("rate_Hz");
    QTest::addColumn<double>("f_Hz");
    QTest::addColumn<double>("K");
    const auto rows
        = [](const char* name, int change, double b_rate, double b_f, double b_K, double c_rate,
              double c_f, double c_K, double d_rate, double d_f, double d_K) {
              QTest::addRow("B, %s", name) << change << 6.0 << 4.0 << b_rate << b_f << b_K;
              QTest::addRow("C, %s", name) << change << 5.0 << 2.0 << c_rate << c_f << c_K;
              QTest::addRow("D, %s", name) << change << 4.5 << 0.9 << d_rate << d_f << d_K;
          };
    rows("delay 1", 0, 55.84, 258, 0.906, 37.95, 168, 0.678, 6.517, 33.8, 1.024);
    rows("delay 3", 1, 55.84, 111, 1.559, 37.95, 83, 0.878, 6.517, 22.0, 1.025);
    rows("V_reset 0", 2, 49.15, 197, 0.971, 32.03, 713, 0.688, 5.832, 28.4, 1.002);
    rows("J 0.2", 3, 34.15, 164, 0.973, 26.92, 693, 0.803, 10.94, 39.5, 1.009);
    rows("t_ref 0.5", 4, 56.94, 190, 1.106, 38.79, 130, 0.731, 6.581, 29.1, 1.032);
}

void TestTheoryBrunel::changed_parameters()
{
    QFETCH(int, change);
    QFETCH(double, g);
    QFETCH(double, eta);
    QFETCH(double, rate_Hz);
    QFETCH(double, f_Hz);
    QFETCH(double, K);
    BrunelParams params = network(g, eta);
    constexpr std::array<double, 5> values {1.0, 3.0, 0.0, 0.2, 0.5};
    const std::array<double*, 5> members {
        &params.delay, &params.delay, &params.V_reset, &params.J, &params.t_ref};
    *members.at(static_cast<std::size_t>(change)) = values.at(static_cast<std::size_t>(change));
    const auto state = active_state(params);
    QVERIFY(state && state->stability.leading);
    QVERIFY(std::fabs(state->rate_Hz / rate_Hz - 1.0) < 1e-3);
    QVERIFY(std::fabs(state->stability.leading->f_Hz - f_Hz) < 0.6);
    QVERIFY(std::fabs(state->stability.leading->K - K) < 1.5e-3);
    QCOMPARE(stability_word(state->stability.kind) == "unstable", K > 1.0);
}

void TestTheoryBrunel::rates_solve_the_equation()
{
    test_support::RandomChoice choice(6);
    for (int i = 0; i < 40; ++i) {
        BrunelParams params = network(choice.between(0.0, 9.0), choice.between(0.0, 5.0));
        params.J = choice.between(0.02, 0.5);
        params.V_reset = choice.between(-10.0, 15.0);
        params.tau_m = choice.between(5.0, 40.0);
        params.t_ref = choice.between(0.5, 4.0);
        const std::vector<double> rates = self_consistent_rates(params);
        QVERIFY(rates.size() == 1 || rates.size() == 3);
        for (const double rate : rates) {
            const Input input = input_at(rate, params);
            const double out = siegert_rate(input.mu, input.sigma, params.lif());
            // Where the slope is steep a relative error of 1e-13 comes back larger.
            QVERIFY(std::fabs(out - rate) <= 1e-9 * rate);
        }
        QVERIFY(std::is_sorted(rates.begin(), rates.end()));
    }
}

void TestTheoryBrunel::narrow_resonances_are_found()
{
    // Regular neurons (CV 0.02 to 0.04) resonate within less than 4 Hz around multiples of their
    // rate.
    BrunelParams first = network(1.336, 3.299);
    first.J = 0.019;
    first.V_reset = 7.09;
    first.tau_m = 22.5;
    first.t_ref = 3.74;
    first.delay = 4.1;
    BrunelParams second = network(2.252, 4.742);
    second.J = 0.148;
    second.V_reset = 7.8;
    second.tau_m = 36.7;
    second.t_ref = 3.58;
    for (const BrunelParams& params : {first, second}) {
        const double rate = self_consistent_rates(params).back();
        const auto gain = LoopGain::make(params, input_at(rate, params), rate, 1000.0);
        QVERIFY(gain);
        std::vector<Complex> lambda;
        for (double f_Hz = 0.05; f_Hz < 1000.0; f_Hz += 0.05) {
            lambda.emplace_back(0.0, 2.0 * std::numbers::pi * f_Hz / 1000.0);
        }
        const auto K = gain->at(lambda);
        double largest = 0.0;
        for (std::size_t i = 1; i < K.size(); ++i) {
            if (std::signbit(K[i].imag()) != std::signbit(K[i - 1].imag())) {
                const double part = K[i].imag() / (K[i].imag() - K[i - 1].imag());
                const Complex at_zero = K[i] + part * (K[i - 1] - K[i]);
                largest = std::max(largest, at_zero.real());
            }
        }
        const Stability found = stability(params, rate);
        QVERIFY(found.leading && largest > 10.0);
        QVERIFY2(std::fabs(found.leading->K / largest - 1.0) < 0.01,
            qPrintable(QString("%1, scan %2").arg(found.leading->K).arg(largest)));
    }
}

void TestTheoryBrunel::two_close_solutions_are_both_found()
{
    // Towards the fold where saddle and quiescent state meet, two solutions approach each other
    // like the root of the distance and then vanish together.
    BrunelParams params = network(3.0, 0.8);
    QCOMPARE(self_consistent_rates(params).size(), std::size_t {3});
    double three = 0.8;
    double one = 1.0;
    while (one - three > 1e-12) {
        params.eta = 0.5 * (three + one);
        const std::size_t count = self_consistent_rates(params).size();
        QVERIFY(count == 1 || count == 3);
        (count == 3 ? three : one) = params.eta;
    }
    params.eta = three;
    const std::vector<double> rates = self_consistent_rates(params);
    QCOMPARE(rates.size(), std::size_t {3});
    QVERIFY2(
        rates[1] / rates[0] - 1.0 < 1e-4, qPrintable(QString::number(rates[1] / rates[0] - 1.0)));
}

void TestTheoryBrunel::boundaries_are_where_they_should_be()
{
    const NumberTable table("theory/boundaries.csv");
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const bool along_eta = table.at(i, "axis") == 0.0;
        const double fixed = table.at(i, "fixed");
        const double at = table.at(i, "at");
        const BrunelParams params = along_eta ? network(fixed, 0.0) : network(0.0, fixed);
        const auto found
            = boundaries(params, along_eta ? Axis::eta : Axis::g, at - 0.03, at + 0.03, 3);
        const QString where = QString("row %1: ").arg(i);
        QVERIFY2(found.size() == 1, qPrintable(where + QString::number(found.size())));
        QVERIFY2(
            std::fabs(found[0].at - at) <= 0.003, qPrintable(where + QString::number(found[0].at)));
        QCOMPARE(found[0].unstable_above, table.at(i, "upper") == 1.0);
        const double f_Hz = table.at(i, "f_hz");
        QVERIFY(std::isnan(f_Hz) || std::fabs(found[0].f_Hz - f_Hz) <= 2.0);
    }
    // All of a line at once: into the slow tongue, out of it, into the fast region.
    const auto line = boundaries(network(5.0, 0.0), Axis::eta, 0.5, 5.0, 180);
    QCOMPARE(line.size(), std::size_t {3});
    QVERIFY(line[0].state == "SI slow" && line[1].state == "SI slow" && line[2].state == "SI fast");
}

void TestTheoryBrunel::rough_formula_holds_where_inhibition_dominates()
{
    // rate = threshold rate (eta - 1) / (g gamma - 1): panel C 40 Hz.
    const auto state = active_state(network(5.0, 2.0));
    QVERIFY(state && std::fabs(state->rate_Hz - 40.0) < 4.0);
}

void TestTheoryBrunel::strange_parameters_give_answers()
{
    const auto everything_is_a_number = [](const BrunelParams& params) {
        const std::vector<Solution> solutions = solve(params);
        for (const Solution& s : solutions) {
            if (!std::isfinite(s.rate_Hz) || !std::isfinite(s.cv) || !std::isfinite(s.mu)
                || !std::isfinite(s.sigma) || !std::isfinite(s.stability.K0)) {
                return false;
            }
        }
        return true;
    };
    test_support::RandomChoice choice(11);
    for (int i = 0; i < 60; ++i) {
        const auto any
            = [&](double middle) { return middle * std::exp(choice.between(-6.0, 6.0)); };
        BrunelParams params = network(any(5.0), any(2.0));
        params.J = any(0.1);
        params.C_E = any(1000.0);
        params.gamma = any(0.25);
        params.tau_m = any(20.0);
        params.V_th = any(20.0);
        params.V_reset = params.V_th - any(10.0);
        params.t_ref = choice.once_in(5) ? 0.0 : any(2.0);
        params.delay = choice.once_in(5) ? 0.0 : any(1.5);
        QVERIFY(check(params).empty());
        QVERIFY(everything_is_a_number(params));
    }
    for (const double extreme : {0.0, 1e-300, 1e300}) {
        QVERIFY(everything_is_a_number(network(extreme, 2.0)));
        QVERIFY(everything_is_a_number(network(5.0, extreme)));
        BrunelParams params = network(5.0, 2.0);
        params.delay = extreme;
        QVERIFY(everything_is_a_number(params));
        params = network(5.0, 2.0);
        params.t_ref = extreme;
        QVERIFY(everything_is_a_number(params));
        params = network(5.0, 2.0);
        params.gamma = extreme;
        QVERIFY(everything_is_a_number(params));
        if (extreme > 0.0) {
            for (double BrunelParams::*member :
                {&BrunelParams::J, &BrunelParams::C_E, &BrunelParams::tau_m, &BrunelParams::V_th}) {
                params = network(5.0, 2.0);
                params.V_reset = -10.0;
                params.*member = extreme;
                QVERIFY(everything_is_a_number(params));
            }
        }
    }
    // No input at all: silence.
    const std::vector<Solution> silent = solve(network(5.0, 0.0));
    QCOMPARE(silent.size(), std::size_t {1});
    QCOMPARE(silent[0].rate_Hz, 0.0);
    QCOMPARE(silent[0].stability.kind, Kind::quiescent);
}

void TestTheoryBrunel::wrong_parameters_are_named()
{
    QVERIFY(check({}).empty());
    BrunelParams params;
    params.V_reset = 20.0;
    auto found = check(params);
    QCOMPARE(found.size(), std::size_t {1});
    QCOMPARE(QString::fromStdString(found[0].text()),
        QString("V_reset: is 20; must be < V_th, which is 20 mV"));
    params = {};
    params.g = -1.0;
    params.tau_m = 0.0;
    params.delay = std::numeric_limits<double>::infinity();
    params.J = std::numeric_limits<double>::quiet_NaN();
    found = check(params);
    QCOMPARE(found.size(), std::size_t {4});
    QCOMPARE(found[0].pointer, std::string("g"));
}

QTEST_APPLESS_MAIN(TestTheoryBrunel)
#include "tst_theory_brunel.moc"
