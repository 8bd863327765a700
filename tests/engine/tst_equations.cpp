#include "engine/models/equations.hpp"
#include "engine/theory/phase_plane.hpp"
#include "tests/support/neuron_run.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <stdexcept>

// The equations that are shown are those that are computed.

using engine::models::Equation;
using engine::models::Equations;
using engine::models::evaluate;
using engine::models::Formula;
using engine::models::formula;
using engine::models::ModelDescription;
using engine::models::ParamKind;
using engine::models::ParamValues;
using engine::models::Registry;
using engine::models::text_of;

namespace {

using Values = std::map<std::string, double>;

/// The parameters in every combination of flags and choices, with none of the optional values and
/// with all of them, and away from values that make a term vanish.
std::vector<ParamValues> variants(const ModelDescription& model)
{
    std::vector<ParamValues> out {model.defaults()};
    ParamValues all = model.defaults();
    for (const auto& param : model.params) {
        if (param.nullable) {
            all[param.name] = -80.0;
        } else if (param.kind == ParamKind::number && param.slider_min < param.slider_max) {
            all[param.name] = 0.25 * param.slider_min + 0.75 * param.slider_max;
        }
    }
    out.push_back(all);
    for (const auto& param : model.params) {
        std::vector<engine::core::Value> others;
        if (param.kind == ParamKind::flag) {
            others = {true};
        }
        others.insert(others.end(), param.choices.begin(), param.choices.end());
        const std::size_t known = out.size();
        for (const auto& other : others) {
            for (std::size_t i = 0; i < known; ++i) {
                ParamValues variant = out[i];
                variant[param.name] = other;
                out.push_back(variant);
            }
        }
    }
    return out;
}

/// Values of the symbols: parameters, and states by the name of their recordable or symbol.
engine::models::SymbolValues valuesOf(const ModelDescription& model, const ParamValues& params,
    const Equations& equations, const Values& states)
{
    return [&model, &params, &equations, states](const std::string& symbol) {
        const auto meaning = engine::models::meaning_of(model, params, equations, symbol);
        for (const std::string& name : {symbol, meaning ? meaning->recordable : symbol}) {
            if (const auto found = states.find(name); found != states.end()) {
                return std::optional<double>(found->second);
            }
        }
        return meaning ? engine::models::value_of(*meaning, params) : std::nullopt;
    };
}

const Equation& lineOf(const Equations& equations, Equation::Kind kind, const std::string& of)
{
    const auto found
        = std::find_if(equations.lines.begin(), equations.lines.end(), [&](const Equation& line) {
              return line.kind == kind
                  && (kind == Equation::Kind::slope ? engine::models::state_of(line)
                                                    : text_of(line.left))
                  == of;
          });
    if (found == equations.lines.end()) {
        qFatal("no line of %s", of.c_str());
    }
    return *found;
}

bool close(std::optional<double> x, double y, double tolerance)
{
    const bool is = x && std::abs(*x - y) <= tolerance * std::max(1.0, std::abs(y));
    if (!is) {
        qWarning("%.17g is not %.17g", x.value_or(NAN), y);
    }
    return is;
}

} // namespace

class TestEquations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_formula_reads_back_as_itself_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value"); // with a = 2, b = 3, c = 5
        QTest::newRow("sum of products") << "a b + c - b c" << 2.0 * 3.0 + 5.0 - 3.0 * 5.0;
        QTest::newRow("minus before a quotient") << "-(a - b) / c" << 0.2;
        QTest::newRow("power before product") << "a b^2" << 18.0;
        QTest::newRow("nested differences") << "a - (b - (c - a))" << 2.0;
        QTest::newRow("quotients from the left") << "a / b / c" << 2.0 / 15.0;
        QTest::newRow("quotient below a bar") << "a / (b / c)" << 10.0 / 3.0;
        QTest::newRow("function") << "a max(b, c) exp(-a)" << 10.0 * std::exp(-2.0);
        QTest::newRow("numbers") << "0.5 a - 1e-05" << 0.99999;
    }
    void a_formula_reads_back_as_itself()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        // A blank between factors is how products are written, a star how they are read.
        const QString starred
            = QString(text).replace(QRegularExpression("(?<=[\\w)]) (?=[\\w(])"), " * ");
        const Formula read = formula(starred.toStdString());
        QCOMPARE(QString::fromStdString(text_of(read)), text);
        const Values known {{"a", 2.0}, {"b", 3.0}, {"c", 5.0}};
        const auto result = evaluate(
            read, [&](const std::string& name) { return std::optional<double>(known.at(name)); });
        QVERIFY(close(result, value, 1e-14));
    }

    void wrong_formulas_are_refused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "a +", "(a", "a b", "f(a,", "* a", "a)"}) {
            QTest::addRow("\"%s\"", text) << text;
        }
    }
    void wrong_formulas_are_refused()
    {
        QFETCH(QString, text);
        QVERIFY_EXCEPTION_THROWN(formula(text.toStdString()), std::invalid_argument);
    }

    void what_has_no_value_leaves_the_formula_without_one()
    {
        const auto some = [](const std::string& name) {
            return name == "a" ? std::optional<double>(1.0) : std::nullopt;
        };
        QVERIFY(evaluate(formula("a + a"), some).has_value());
        QVERIFY(!evaluate(formula("a + b"), some).has_value());
        QVERIFY(!evaluate(formula("f(a)"), some).has_value());
    }

    void every_symbol_means_something_data() { models(); }
    void every_symbol_means_something()
    {
        for (const ParamValues& params : variants(model())) {
            const Equations equations = model().equations(params);
            QVERIFY(equations.lines.size() >= 4);
            for (const Equation& line : equations.lines) {
                for (const std::string& symbol : engine::models::symbols_of(line)) {
                    const auto meaning
                        = engine::models::meaning_of(model(), params, equations, symbol);
                    QVERIFY2(meaning && !meaning->meaning.empty(), symbol.c_str());
                    if (meaning->param != nullptr) {
                        QVERIFY2(engine::models::value_of(*meaning, params), symbol.c_str());
                    }
                }
                QVERIFY2(!line.section.empty(), text_of(line).c_str());
            }
        }
    }

    void symbols_stand_for_what_exists_data() { models(); }
    void symbols_stand_for_what_exists()
    {
        const Equations equations = model().equations(model().defaults());
        for (const auto& symbol : equations.symbols) {
            const bool other = symbol.param == "E_rev" && model().name == "glif_psc";
            QVERIFY2(other || symbol.param.empty() || model().find_param(symbol.param) != nullptr,
                symbol.name.c_str());
        }
    }

    void every_parameter_is_in_some_line_data() { models(); }
    void every_parameter_is_in_some_line()
    {
        std::set<std::string> seen;
        for (const ParamValues& params : variants(model())) {
            const Equations equations = model().equations(params);
            for (const Equation& line : equations.lines) {
                seen.insert(line.decided_by.begin(), line.decided_by.end());
                for (const std::string& symbol : engine::models::symbols_of(line)) {
                    const auto meaning
                        = engine::models::meaning_of(model(), params, equations, symbol);
                    if (meaning && meaning->param != nullptr) {
                        seen.insert(meaning->param->name);
                    }
                }
            }
        }
        for (const auto& param : model().params) {
            QVERIFY2(seen.count(param.name) == 1, param.name.c_str());
        }
    }

    void a_level_has_only_the_terms_that_are_on()
    {
        const ModelDescription& glif = *Registry::instance().find("glif_psc");
        ParamValues params = glif.defaults();
        const auto written = [&] {
            std::string out;
            for (const Equation& line : glif.equations(params).lines) {
                out += text_of(line) + "\n";
            }
            return QString::fromStdString(out);
        };
        QVERIFY(written().contains("Theta = V_th\n"));
        QVERIFY(written().contains("V <- V_reset for t_ref"));
        QVERIFY(!written().contains("asc"));
        params["spike_dependent_threshold"] = true;
        QVERIFY(written().contains("Theta = V_th + Theta_s\n"));
        QVERIFY(!written().contains("V_reset"));
        params["after_spike_currents"] = true;
        QVERIFY(written().contains("I_asc = I_1 + I_2"));
        params["adapting_threshold"] = true;
        QVERIFY(written().contains("Theta = V_th + Theta_s + Theta_v\n"));
        QVERIFY(written().contains("C_m dV/dt = -g (V - E_L) + I + I_asc + I_syn\n"));
    }

    /// A step of the Euler scheme is the slope itself.
    void izhikevich_slopes_are_those_of_the_kernel_and_the_phase_plane()
    {
        const ModelDescription& m = *Registry::instance().find("izhikevich");
        std::mt19937 random(5);
        for (int i = 0; i < 200; ++i) {
            tests::NeuronRun::Changes changes {{"integrator", std::string("euler")}};
            for (const char* name :
                {"a", "b", "c", "d", "I_e", "k2", "k1", "k0", "v_ref", "u_leak"}) {
                const auto* spec = m.find_param(name);
                changes[name] = std::uniform_real_distribution<double>(
                    spec->slider_min, spec->slider_max)(random);
            }
            const double v = std::uniform_real_distribution<double>(-90.0, 20.0)(random);
            const double u = std::uniform_real_distribution<double>(-30.0, 30.0)(random);
            const double I = std::uniform_real_distribution<double>(-10.0, 20.0)(random);
            const ParamValues params = tests::NeuronRun::table("izhikevich", changes).common;
            const Equations equations = m.equations(params);
            const auto values = valuesOf(m, params, equations, {{"V_m", v}, {"U_m", u}, {"I", I}});
            const auto dv = slope_of(lineOf(equations, Equation::Kind::slope, "v"), values);
            const auto du = slope_of(lineOf(equations, Equation::Kind::slope, "u"), values);

            const double dt = 0.001;
            tests::NeuronRun run("izhikevich", dt, changes, {{{"V_m", v}, {"U_m", u}}, {}, {}});
            run.step(I);
            QVERIFY(close(dv, (run.value("V_m") - v) / dt, 1e-9));
            QVERIFY(close(du, (run.value("U_m") - u) / dt, 1e-9));
            const auto plane = engine::theory::PhasePlane::of("izhikevich", params);
            const auto motion = plane->motion({v, u}, I);
            QVERIFY(close(dv, motion->x, 1e-12));
            QVERIFY(close(du, motion->y, 1e-12));
        }
    }

    void lif_slope_is_that_of_the_kernel_and_the_phase_plane()
    {
        const ModelDescription& m = *Registry::instance().find("iaf_psc_delta");
        std::mt19937 random(6);
        for (int i = 0; i < 200; ++i) {
            tests::NeuronRun::Changes changes {{"V_th", 100.0}, {"V_reset", -100.0}};
            for (const char* name : {"tau_m", "C_m", "E_L", "I_e"}) {
                const auto* spec = m.find_param(name);
                changes[name] = std::uniform_real_distribution<double>(
                    spec->slider_min, spec->slider_max)(random);
            }
            const double V = std::uniform_real_distribution<double>(-90.0, 20.0)(random);
            const double I = std::uniform_real_distribution<double>(-300.0, 500.0)(random);
            const ParamValues params = tests::NeuronRun::table("iaf_psc_delta", changes).common;
            const Equations equations = m.equations(params);
            const auto slope = slope_of(lineOf(equations, Equation::Kind::slope, "V"),
                valuesOf(m, params, equations, {{"V_m", V}, {"I", I}}));
            const double dt = 1e-4;
            tests::NeuronRun run("iaf_psc_delta", dt, changes, {{{"V_m", V}}, {}, {}});
            run.step(I);
            // The mean slope of a step differs by half the step times its change.
            const double tolerance = dt * (1.0 + std::abs(slope.value_or(0.0)));
            QVERIFY(close(slope, (run.value("V_m") - V) / dt, tolerance));
            QVERIFY(close(slope,
                engine::theory::PhasePlane::of("iaf_psc_delta", params)->slope(V, I), 1e-12));
        }
    }

    void glif_slopes_are_those_of_the_kernel_data()
    {
        QTest::addColumn<bool>("built_in");
        QTest::newRow("glif_cond") << true;
        QTest::newRow("glif_psc") << true;
    }
    void glif_slopes_are_those_of_the_kernel()
    {
        const bool conductances = model().name == "glif_cond";
        const tests::NeuronRun::Changes changes {{"spike_dependent_threshold", true},
            {"after_spike_currents", true}, {"adapting_threshold", true},
            {"asc_init", std::vector<double> {-20.0, 35.0}}};
        const ParamValues params = tests::NeuronRun::table(model().name, changes).common;
        const Equations equations = model().equations(params);
        const double dt = 1e-4;
        const double I = 150.0;
        const double weight = 40.0;
        const std::string y = conductances ? "g_1" : "y_1";
        tests::NeuronRun run(model().name, dt, changes,
            {{{"V_m", -70.0}, {"threshold_spike", 3.0}, {"threshold_voltage", 1.0}}, {}, {}});
        run.step(I, {{1, weight}}); // arrives at its end
        run.steps(300, I);
        Values before;
        for (const auto& recordable : model().recordables(params)) {
            if (recordable.name != "I") {
                before[recordable.name] = run.value(recordable.name);
            }
        }
        before["I"] = I;
        // What one spike leaves after t, by the rule for arriving spikes and both equations.
        const double t = 300 * dt;
        const double tau = std::get<std::vector<double>>(params.at("tau_syn"))[0];
        const auto jump = evaluate(lineOf(equations, Equation::Kind::change, "x_1").right,
            valuesOf(
                model(), params, equations, {{"x_1", 0.0}, {"w", weight}, {"e", std::exp(1.0)}}));
        before["x_1"] = *jump * std::exp(-t / tau);
        before["y_1"] = *jump * t * std::exp(-t / tau);
        const auto values = valuesOf(model(), params, equations, before);
        if (conductances) {
            QVERIFY(close(before["y_1"], before["g_1"], 1e-6));
        }
        run.step(I);
        const std::vector<std::pair<std::string, std::string>> states {{"V", "V_m"},
            {"Theta_s", "threshold_spike"}, {"Theta_v", "threshold_voltage"},
            {y, conductances ? "g_1" : "I_syn"}};
        for (const auto& [symbol, recordable] : states) {
            if (recordable == "I_syn") {
                run.step(I); // it is that of the beginning of the step
                before["I_syn"] = run.value("I_syn");
                run.step(I);
            }
            const auto slope = slope_of(lineOf(equations, Equation::Kind::slope, symbol), values);
            QVERIFY2(close(slope, (run.value(recordable) - before[recordable]) / dt, 2e-3),
                symbol.c_str());
        }
        QVERIFY(
            close(evaluate(lineOf(equations, Equation::Kind::definition, "Theta").right, values),
                before["threshold"], 1e-12));
    }

    void the_reset_is_that_of_the_kernel_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("R");
        QTest::newRow("izhikevich") << "izhikevich" << false;
        QTest::newRow("iaf_psc_delta") << "iaf_psc_delta" << false;
        QTest::newRow("glif_psc") << "glif_psc" << false;
        QTest::newRow("glif_psc, R") << "glif_psc" << true;
        QTest::newRow("glif_cond, R") << "glif_cond" << true;
    }
    void the_reset_is_that_of_the_kernel()
    {
        QFETCH(QString, model);
        QFETCH(bool, R);
        const ModelDescription& m = *Registry::instance().find(model.toStdString());
        tests::NeuronRun::Changes changes;
        if (R) {
            changes["spike_dependent_threshold"] = true;
        }
        const ParamValues params = tests::NeuronRun::table(m.name, changes).common;
        const Equations equations = m.equations(params);
        const double dt = 0.001;
        tests::NeuronRun run(m.name, dt, changes);
        Values before;
        for (int i = 0; i < 400000 && run.spikes().empty(); ++i) {
            for (const auto& recordable : m.recordables(params)) {
                if (recordable.name != "I") {
                    before[recordable.name] = run.value(recordable.name);
                }
            }
            run.step(model == "izhikevich" ? 10.0 : 600.0);
        }
        QCOMPARE(run.spikes().size(), std::size_t {1});
        const auto values = valuesOf(m, params, equations, before);
        int changed = 0;
        for (const Equation& line : equations.lines) {
            if (line.section != "Spike" || line.kind != Equation::Kind::change) {
                continue;
            }
            const auto meaning
                = engine::models::meaning_of(m, params, equations, text_of(line.left));
            const double tolerance = text_of(line.left) == "u" || text_of(line.left) == "Theta_s"
                ? 5e-3 // moved by the step in which it spikes
                : 1e-12;
            QVERIFY2(close(evaluate(line.right, values), run.value(meaning->recordable), tolerance),
                text_of(line).c_str());
            ++changed;
        }
        QVERIFY(changed >= 1);
    }

private:
    static void models()
    {
        QTest::addColumn<bool>("built_in");
        for (const ModelDescription* model : Registry::instance().all()) {
            QTest::addRow("%s", model->name.c_str()) << true;
        }
    }
    static const ModelDescription& model()
    {
        return *Registry::instance().find(QTest::currentDataTag());
    }
};

QTEST_APPLESS_MAIN(TestEquations)
#include "tst_equations.moc"
