// The language of expressions against values computed by hand, its errors word for word, and the
// numbers that neurons draw.

#include "engine/config/draw.hpp"
#include "engine/config/expression.hpp"
#include "engine/core/random.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace engine;
using config::Expression;

namespace {

const std::vector<std::string> names {"g", "J", "tau_m"};

double evaluate(const std::string& text)
{
    const Expression::Compiled compiled = Expression::compile(text, names);
    if (!compiled.expression) {
        return std::nan("");
    }
    const std::map<std::string, double> known {{"g", 5.0}, {"J", 0.1}, {"tau_m", 20.0}};
    std::vector<double> values;
    for (const std::string& name : compiled.expression->names()) {
        values.push_back(known.at(name));
    }
    return compiled.expression->evaluate(values.data());
}

config::Population population(std::size_t size)
{
    config::Population p;
    p.name = "E";
    p.size = size;
    p.random["r"] = {config::Draw::Law::uniform, 0.0, 1.0, {}, {}, nullptr, 1.0};
    return p;
}

config::Distributed over_r(const std::string& text)
{
    config::PerNeuron value;
    value.text = text;
    value.expression = std::make_shared<const config::NeuronExpression>(
        *Expression::compile(text, {"r"}).expression, std::map<std::string, double> {},
        std::vector<std::string> {"r"});
    return value;
}

} // namespace

class TestExpression : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void has_the_value_that_arithmetic_gives_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        const std::vector<std::pair<const char*, double>> rows {
            {"7", 7.0},
            {" .5 ", 0.5},
            {"5.", 5.0},
            {"1e-3", 1e-3},
            {"1.5E+2", 150.0},
            {"1 + 2 * 3", 7.0},
            {"(1 + 2) * 3", 9.0},
            {"7 - 2 - 1", 4.0},
            {"8 / 4 / 2", 1.0},
            {"2 ^ 3 ^ 2", 512.0},
            {"-2 ^ 2", -4.0},
            {"(-2) ^ 2", 4.0},
            {"2 ^ -1", 0.5},
            {"2 ^ -2 ^ 2", 0.0625},
            {"3 ^ 2", 9.0},
            {"10 ^ 15", 1e15},
            {"4 ^ 0.5", 2.0},
            {"- - 3", 3.0},
            {"--3", 3.0},
            {"+3", 3.0},
            {"2 * -3", -6.0},
            {"2 - -3", 5.0},
            {"-g * J", -0.5},
            {"g*tau_m", 100.0},
            {"pi", 3.14159265358979323846},
            {"e", 2.71828182845904523536},
            {"2 * e", 5.43656365691809047072},
            {"1 < 2", 1.0},
            {"2 < 1", 0.0},
            {"2 <= 2", 1.0},
            {"2 > 2", 0.0},
            {"2 >= 2", 1.0},
            {"2 == 2", 1.0},
            {"2 != 2", 0.0},
            {"1 + 1 == 2", 1.0},
            {"(0 < 1) * (1 < 2)", 1.0},
            {"g > 4 ? 10 : 20", 10.0},
            {"g < 4 ? 10 : 20", 20.0},
            {"0 ? 1 : 0 ? 2 : 3", 3.0},
            {"1 ? 0 ? 5 : 6 : 7", 6.0},
            {"g == 0 ? 1 : 1 / g", 0.2},
            {"sqrt(16)", 4.0},
            {"abs(-3)", 3.0},
            {"min(3, 1, 2)", 1.0},
            {"max(3, 1, 2)", 3.0},
            {"min(g, J)", 0.1},
            {"floor(-1.5)", -2.0},
            {"ceil(-1.5)", -1.0},
            {"round(2.5)", 3.0},
            {"round(-2.5)", -3.0},
            {"exp(0)", 1.0},
            {"log(1)", 0.0},
            {"sin(0)", 0.0},
            {"cos(0)", 1.0},
            {"tanh(0)", 0.0},
            {"1e-400", 0.0},
        };
        for (const auto& row : rows) {
            QTest::addRow("%s", row.first) << row.first << row.second;
        }
    }

    void has_the_value_that_arithmetic_gives()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        QCOMPARE(evaluate(text.toStdString()) - value, 0.0);
    }

    void functions_agree_with_the_c_library_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::addRow("exp") << "exp(1.5)" << std::exp(1.5);
        QTest::addRow("natural logarithm") << "log(20)" << std::log(20.0);
        QTest::addRow("sin") << "sin(2)" << std::sin(2.0);
        QTest::addRow("cos") << "cos(2)" << std::cos(2.0);
        QTest::addRow("tanh") << "tanh(0.3)" << std::tanh(0.3);
        QTest::addRow("power") << "2.5 ^ 1.7" << std::pow(2.5, 1.7);
    }

    void functions_agree_with_the_c_library()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const double deviation = std::abs(evaluate(text.toStdString()) - value);
        QVERIFY2(deviation <= 4e-16 * std::abs(value), qPrintable(QString::number(deviation)));
    }

    void errors_say_where_and_what_was_expected_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("message");
        const auto row
            = [](const char* name, const QString& text, int position, const char* message) {
                  QTest::addRow("%s", name) << text << position << message;
              };
        row("empty", " ", 2, "is empty; expected a value");
        row("ends early", "2 *", 4, "the expression ends here; expected a value");
        row("two values", "1 2", 3, "found \"2\"; expected an operator or the end");
        row("product without sign", "2g", 2,
            "found \"g\"; expected an operator or the end (multiplication is written *)");
        row("comma", "1, 2", 2,
            "found \",\"; expected an operator or the end (an expression has one value; the "
            "decimal sign is a point)");
        row("assignment", "g = 3", 3,
            "found \"=\"; expected an operator or the end (comparison is ==; there is no "
            "assignment)");
        row("logical and", "1 && 1", 3,
            "found \"&\"; expected an operator or the end (a product or sum of comparisons, or c "
            "? a : b, does the same)");
        row("chain", "1 < g < 3", 7,
            "found \"<\"; comparisons do not follow each other ((a < b) * (b < c) is 1 where both "
            "hold)");
        row("chain of equalities", "1 == g == 3", 8,
            "found \"=\"; comparisons do not follow each other ((a < b) * (b < c) is 1 where both "
            "hold)");
        row("open bracket", "(1 + 2", 7, "the expression ends here; expected \")\"");
        row("closed bracket", "1)", 2, "found \")\"; expected an operator or the end");
        row("half a choice", "1 ? 2", 6,
            "the expression ends here; expected \":\" of \"condition ? a : b\"");
        row("unknown name", "2 * tau", 5,
            "unknown name \"tau\"; expected one of g, J, tau_m, pi, e");
        row("near name", "tau_n", 1,
            "unknown name \"tau_n\"; expected one of g, J, tau_m, pi, e (did you mean tau_m?)");
        row("unknown function", "sqr(4)", 1,
            "unknown function \"sqr\"; expected one of exp, log, sqrt, abs, min, max, floor, ceil, "
            "round, sin, cos, tanh (did you mean sqrt?)");
        row("a variable called", "g(2)", 1,
            "unknown function \"g\"; expected one of exp, log, sqrt, abs, min, max, floor, ceil, "
            "round, sin, cos, tanh (multiplication is written *)");
        row("function without value", "2 + exp", 5,
            "function exp stands without its value; expected exp(...)");
        row("two values for one", "exp(1, 2)", 6,
            "found \",\"; exp takes one value (the decimal sign is a point)");
        row("one value for min", "min(1)", 1, "min has one value; expected two or more");
        row("too large", "1e400", 1,
            "number 1e400 is too large; must fit into a double (at most about 1.8e308)");
        row("power as in other languages", "2 ** 3", 3,
            "found \"*\"; expected a value after \"*\" (a power is written ^)");
        row("after an umlaut", QString::fromUtf8("\"ü\""), 1, "found \"\"\"; expected a value");
        row("deep", QString(5000, '('), 0,
            "is 5000 characters long; an expression has at most 4096");
        row("deep but short", QString(1000, '('), 0, "is nested more than 100 levels deep");
        row("many signs", QString(1000, '-') + "1", 0, "is nested more than 100 levels deep");
        row("many powers", QString("2^").repeated(1000) + "1", 0,
            "is nested more than 100 levels deep");
        row("many choices", QString("1?1:").repeated(900) + "1", 0,
            "is nested more than 100 levels deep");
    }

    void errors_say_where_and_what_was_expected()
    {
        QFETCH(QString, text);
        QFETCH(int, position);
        QFETCH(QString, message);
        const Expression::Compiled compiled = Expression::compile(text.toStdString(), names);
        QVERIFY(!compiled.expression);
        core::Diagnostic diagnostic;
        diagnostic.found = compiled.error.found;
        diagnostic.expected = compiled.error.expected;
        diagnostic.hint = compiled.error.hint;
        QCOMPARE(QString::fromStdString(diagnostic.text()), message);
        if (position > 0) {
            QCOMPARE(static_cast<int>(compiled.error.position), position);
        }
    }

    void nesting_up_to_the_limit_is_evaluated()
    {
        const QString text = QString(40, '(') + "1" + QString(40, ')');
        QCOMPARE(evaluate(text.toStdString()), 1.0);
    }

    void expressions_of_one_population_share_its_random_numbers()
    {
        const config::Population p = population(1000);
        const auto values = [&](const std::string& text, const char* name) {
            return config::per_neuron_values(over_r(text), p, 7, core::Purpose::parameter, name);
        };
        const std::vector<double> r = values("r", "a");
        const std::vector<double> c = values("-65 + 15 * r ^ 2", "c");
        const std::vector<double> d = values("8 - 6 * r ^ 2", "d");
        for (std::size_t i = 0; i < r.size(); ++i) {
            QVERIFY(r[i] >= 0.0 && r[i] < 1.0);
            QCOMPARE(c[i], -65.0 + 15.0 * (r[i] * r[i]));
            QCOMPARE(d[i], 8.0 - 6.0 * (r[i] * r[i]));
        }
    }

    void draws_depend_on_seed_name_and_neuron_alone()
    {
        const config::Draw uniform {config::Draw::Law::uniform, -1.0, 1.0, {}, {}, nullptr, 1.0};
        const auto values = [&](std::size_t size, std::uint64_t seed, const char* name) {
            return config::per_neuron_values(
                uniform, population(size), seed, core::Purpose::parameter, name);
        };
        const std::vector<double> few = values(10, 1, "C_m");
        std::vector<double> many = values(1000, 1, "C_m");
        many.resize(10);
        QCOMPARE(many, few);
        QVERIFY(values(10, 2, "C_m") != few);
        QVERIFY(values(10, 1, "E_L") != few);
    }

    void scale_multiplies_the_same_draws()
    {
        config::Draw draw {config::Draw::Law::normal, 3.0, 2.0, {}, {}, nullptr, 1.0};
        const config::Population p = population(100);
        const auto one = config::per_neuron_values(draw, p, 1, core::Purpose::initial_state, "V_m");
        draw.scale = -2.0;
        const auto scaled
            = config::per_neuron_values(draw, p, 1, core::Purpose::initial_state, "V_m");
        for (std::size_t i = 0; i < one.size(); ++i) {
            QCOMPARE(scaled[i], -2.0 * one[i]);
        }
    }

    void draws_have_the_moments_of_their_law_data()
    {
        QTest::addColumn<int>("law");
        QTest::addColumn<double>("a");
        QTest::addColumn<double>("b");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("sd");
        using Law = config::Draw::Law;
        const auto add = [](const char* name, Law law, double a, double b, double mean, double sd) {
            QTest::addRow("%s", name) << static_cast<int>(law) << a << b << mean << sd;
        };
        add("uniform", Law::uniform, 2.0, 6.0, 4.0, 4.0 / std::sqrt(12.0));
        add("normal", Law::normal, -3.0, 2.0, -3.0, 2.0);
        add("exponential", Law::exponential, 5.0, 0.0, 5.0, 5.0);
        const double s2 = 0.25;
        add("lognormal", Law::lognormal, 1.0, 0.5, std::exp(1.0 + s2 / 2.0),
            std::exp(1.0 + s2 / 2.0) * std::sqrt(std::exp(s2) - 1.0));
    }

    void draws_have_the_moments_of_their_law()
    {
        QFETCH(int, law);
        QFETCH(double, a);
        QFETCH(double, b);
        QFETCH(double, mean);
        QFETCH(double, sd);
        const config::Draw draw {static_cast<config::Draw::Law>(law), a, b, {}, {}, nullptr, 1.0};
        constexpr std::size_t n = 40000;
        const std::vector<double> x
            = config::per_neuron_values(draw, population(n), 11, core::Purpose::parameter, "p");
        double sum = 0.0;
        for (const double value : x) {
            sum += value;
        }
        const double found = sum / static_cast<double>(n);
        double squares = 0.0;
        for (const double value : x) {
            squares += (value - found) * (value - found);
        }
        // Five standard errors of the mean; the spread of the spread is below 3 % for all four.
        QVERIFY(std::abs(found - mean) < 5.0 * sd / std::sqrt(static_cast<double>(n)));
        QVERIFY(std::abs(std::sqrt(squares / static_cast<double>(n)) - sd) < 0.05 * sd);
    }

    void a_bounded_normal_lies_inside()
    {
        const config::Draw draw {config::Draw::Law::normal, 0.0, 1.0, 0.5, 2.0, nullptr, 10.0};
        const std::vector<double> x
            = config::per_neuron_values(draw, population(5000), 3, core::Purpose::parameter, "p");
        QVERIFY(std::all_of(
            x.begin(), x.end(), [](double value) { return value >= 5.0 && value <= 20.0; }));
        QVERIFY(std::abs(config::accepted_fraction(draw) - 0.28578735) < 1e-7); // normal tables
    }
};

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
