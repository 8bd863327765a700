// Sweeps of presets over one or two of their numbers, against closed forms and single runs.

#include "engine/checks/evaluator.hpp"
#include "engine/config/constant_current.hpp"
#include "engine/simulation.hpp"
#include "engine/sweep/sweep.hpp"
#include "engine/sweep/table.hpp"
#include "engine/theory/glif.hpp"
#include "engine/theory/lif.hpp"
#include "tests/support/check_report.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

using namespace engine;
using config::Quantity;
using sweep::Cell;
using sweep::Request;
using Urgency = sweep::Sweep::Urgency;

namespace {

std::vector<Cell> cells_of(const Request& request, int threads = 1)
{
    const sweep::Sweep sweep(request, threads, Urgency::foreground);
    sweep.wait();
    return sweep.cells();
}

sweep::Measure of_first(Quantity quantity) { return {quantity, 0, {}, {}}; }

/// A shipped neuron under a constant current for 2 s, its train after 1 s.
Request examined(const std::string& id, const std::vector<double>& currents)
{
    const auto constant = config::with_constant_current(test_support::shipped(id));
    return {constant.document.set("simulation/duration", 2000.0).document.value(),
        {{constant.path, currents}}, {of_first(Quantity::spike_count)},
        sweep::TrainRequest {0, 0, 1000.0}};
}

theory::GlifParams glif_params(const config::PresetDocument& document)
{
    const models::ParamValues& params = document.experiment().populations[0].params;
    const auto number = [&](const char* name) { return std::get<double>(params.at(name)); };
    theory::GlifParams out;
    out.g_m = number("g_m");
    out.C_m = number("C_m");
    out.E_L = number("E_L");
    out.V_th = number("V_th");
    out.adapting_threshold = std::get<bool>(params.at("adapting_threshold"));
    out.th_voltage_index = number("th_voltage_index");
    out.th_voltage_decay = number("th_voltage_decay");
    return out;
}

/// Ten neurons with noise, so that seed and order would show.
config::PresetDocument noisy()
{
    return support::preset(R"({"dt": 0.1, "duration": 200, "seed": 3})", R"(
      "variables": {"rate": {"value": 9000}, "N": {"value": 10}},
      "populations": [{"name": "n", "size": "N", "model": "iaf_psc_delta",
        "params": {"E_L": 0, "V_th": 20, "V_reset": 10}},
        {"name": "m", "size": 2, "model": "iaf_psc_delta"}],
      "stimuli": [{"type": "poisson", "target": "n", "rate": "rate", "weight": 0.2}],
      "projections": [{"source": "n", "target": "n", "rule": {"rule": "all_to_all"},
        "weight": -0.1, "delay": 1.5}])");
}

} // namespace

class TestSweep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void steps_are_the_numbers_that_were_meant()
    {
        QCOMPARE(sweep::steps(0.0, 1.0, 0.1).at(3), 0.3);
        QCOMPARE(sweep::steps(0.0, 1.0, 0.1).size(), std::size_t {11});
        QCOMPARE(sweep::steps(-0.3, 0.3, 0.1).at(3), 0.0);
        QCOMPARE(sweep::steps(0.0, 0.9, 0.4), (std::vector<double> {0.0, 0.4, 0.8}));
        QCOMPARE(sweep::steps(4.0, 2.0, -1.0), (std::vector<double> {4.0, 3.0, 2.0}));
        QCOMPARE(sweep::steps(7.0, 7.0, 1.0), (std::vector<double> {7.0}));
        QCOMPARE(
            sweep::parse_axis("a=-1e1:10:5").values, (std::vector<double> {-10, -5, 0, 5, 10}));
        QCOMPARE(sweep::parse_axis("populations/n/params/a=1:1:1").path,
            std::string("populations/n/params/a"));
    }

    void wrong_axes_are_refused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "I", "=0:1:1", "I=", "I=0:1", "I=0:1:", "I=0:1:1:1", "I=a:1:1",
                 "I=0:1:0", "I=0:1:-1", "I=1:0:1", "I=0:inf:1", "I=nan:1:1", "I=0:1:1e-9",
                 "I=0:1 :1", "I=1e999:1:1"}) {
            QTest::addRow("%s", text) << QString(text);
        }
    }
    void wrong_axes_are_refused()
    {
        QFETCH(QString, text);
        QVERIFY_EXCEPTION_THROWN(sweep::parse_axis(text.toStdString()), std::invalid_argument);
    }

    void coarse_points_come_first()
    {
        for (const auto& [rows, columns] :
            {std::pair(1, 1), {1, 7}, {2, 1}, {16, 16}, {17, 5}, {3, 100}}) {
            const auto order = sweep::coarse_to_fine(
                static_cast<std::size_t>(rows), static_cast<std::size_t>(columns));
            const std::set<std::size_t> all(order.begin(), order.end());
            QCOMPARE(order.size(), static_cast<std::size_t>(rows * columns));
            QCOMPARE(all.size(), order.size());
            QCOMPARE(*all.rbegin(), order.size() - 1);
        }
        // Of 16 x 16 the first quarter of the work shows every second point in both directions.
        const auto order = sweep::coarse_to_fine(16, 16);
        for (std::size_t i = 0; i < 64; ++i) {
            QVERIFY(order[i] % 2 == 0 && order[i] / 16 % 2 == 0);
        }
    }

    void f_I_curve_of_the_LIF_neuron_is_the_closed_form()
    {
        const Request request = examined("lif-dc", sweep::steps(0.1, 4.0, 0.15));
        const theory::LifParams lif {20.0, 20.0, 10.0, 2.0};
        const double dt = request.document.experiment().simulation.dt_ms;
        int firing = 0;
        const std::vector<Cell> cells = cells_of(request);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double expected = theory::lif_rate_Hz(request.values(i)[0], 1.0, lif);
            const double rate = cells[i].train.rate_Hz;
            if (expected == 0.0) {
                QCOMPARE(rate, 0.0);
                continue;
            }
            // The threshold is met at the end of a step: every interval is up to dt longer.
            const double late = 1000.0 / rate - 1000.0 / expected;
            QVERIFY2(late > -1e-9 && late < dt + 1e-9, qPrintable(QString::number(late)));
            ++firing;
        }
        QVERIFY(firing > 15 && firing < static_cast<int>(cells.size()));
    }

    void rheobase_of_the_GLIF_levels_is_the_closed_form_data()
    {
        QTest::addColumn<QString>("id");
        for (const char* id :
            {"glif-lif", "glif-lif-r", "glif-lif-asc", "glif-lif-r-asc", "glif-lif-r-asc-a"}) {
            QTest::addRow("%s", id) << QString(id);
        }
    }
    void rheobase_of_the_GLIF_levels_is_the_closed_form()
    {
        QFETCH(QString, id);
        Request request = examined(id.toStdString(), {});
        const double rheobase = theory::glif_rheobase(glif_params(request.document));
        request.axes[0].values = {0.99 * rheobase, 1.01 * rheobase};
        const std::vector<Cell> cells = cells_of(request);
        QCOMPARE(*cells[0].measured[0].value, 0.0);
        QVERIFY(*cells[1].measured[0].value > 0.0);
    }

    void a_cell_is_what_a_run_of_that_preset_shows_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addRow("Izhikevich") << "izh2003-ch"
                                    << "I" << 12.0;
        QTest::addRow("GLIF with noise") << "glif-lif-r-asc"
                                         << "rate" << 20000.0;
        QTest::addRow("parameter") << "izh2003-rs"
                                   << "populations/n/params/d" << 2.0;
        QTest::addRow("step") << "lif-dc"
                              << "simulation/dt" << 0.2;
        QTest::addRow("amplitude") << "lif-dc"
                                   << "stimuli/drive/amplitude" << 2.5;
    }
    void a_cell_is_what_a_run_of_that_preset_shows()
    {
        QFETCH(QString, id);
        QFETCH(QString, path);
        QFETCH(double, value);
        const auto document = test_support::shipped(id.toStdString());
        std::vector<sweep::Measure> measures;
        for (const Quantity quantity : {Quantity::rate, Quantity::first_spike, Quantity::first_isi,
                 Quantity::cv_isi, Quantity::v_max, Quantity::pattern}) {
            measures.push_back(of_first(quantity));
        }
        const Cell cell = cells_of({document, {{path.toStdString(), {value}}}, measures}).front();
        QVERIFY2(cell.error.empty(), cell.error.c_str());

        const auto changed = document.set(path.toStdString(), value).document;
        config::Experiment experiment = changed->experiment();
        experiment.checks.clear();
        for (const sweep::Measure& measure : measures) {
            config::Check check;
            check.quantity = measure.quantity;
            check.population = 0;
            experiment.checks.push_back(check);
        }
        Simulation simulation(*changed, {});
        const auto evaluator = std::make_shared<checks::Evaluator>(experiment);
        simulation.observe(evaluator);
        simulation.advance(simulation.end());
        const checks::Report report = evaluator->report();
        QCOMPARE(cell.measured.size(), report.results.size());
        for (std::size_t i = 0; i < measures.size(); ++i) {
            QCOMPARE(cell.measured[i].value, report.results[i].measured.value);
            QCOMPARE(cell.measured[i].name, report.results[i].measured.name);
        }
    }

    void a_grid_has_the_first_axis_outside()
    {
        const Request request {noisy(), {{"rate", {0.0, 20000.0}}, {"N", {1.0, 2.0, 3.0}}},
            {of_first(Quantity::spike_count)}};
        const std::vector<Cell> cells = cells_of(request);
        QCOMPARE(request.values(4), (std::vector<double> {20000.0, 2.0}));
        QCOMPARE(cells.size(), std::size_t {6});
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(*cells[i].measured[0].value, 0.0); // no input
            QVERIFY(*cells[3 + i].measured[0].value > 0.0);
        }
        QVERIFY(*cells[5].measured[0].value > *cells[3].measured[0].value); // more neurons
    }

    void a_network_has_a_name_in_every_cell()
    {
        const Request request {noisy().set("simulation/duration", 600.0).document.value(),
            {{"rate", {0.0}}}, {{Quantity::regime, {}, {}, {}}}};
        QCOMPARE(cells_of(request).front().measured[0].name, std::string("quiescent"));
    }

    void a_cell_that_fails_says_why_and_the_others_are_there()
    {
        const auto document = test_support::shipped("lif-dc");
        const Request request {document, {{"populations/n/params/V_reset", {0.0, 10.0, 20.0}}},
            {of_first(Quantity::rate)}};
        const std::vector<Cell> cells = cells_of(request);
        QVERIFY(cells[0].error.empty() && cells[1].error.empty());
        QVERIFY(*cells[1].measured[0].value > *cells[0].measured[0].value);
        QVERIFY(QString::fromStdString(cells[2].error).contains("must be below V_th"));
        QVERIFY(cells[2].measured.empty());
        // Beside a higher threshold that stands on the other axis the same value is fine.
        const Request both {document,
            {{"populations/n/params/V_reset", {20.0}}, {"populations/n/params/V_th", {20.0, 22.0}}},
            {of_first(Quantity::rate)}};
        const std::vector<Cell> pairs = cells_of(both);
        QVERIFY(!pairs[0].error.empty());
        QVERIFY2(pairs[1].error.empty(), pairs[1].error.c_str());
    }

    void a_sweep_that_cannot_be_is_refused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        QTest::addRow("unknown") << "rates"
                                 << "did you mean rate?";
        QTest::addRow("unknown path") << "populations/n/params/tau"
                                      << "tau_m";
        QTest::addRow("a switch") << "populations/n/params/refractory_input"
                                  << "name of a number";
        QTest::addRow("a text") << "populations/n/model"
                                << "populations/n/model";
    }
    void a_sweep_that_cannot_be_is_refused()
    {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        try {
            sweep::check({noisy(), {{path.toStdString(), {1.0}}}, {of_first(Quantity::rate)}});
            QFAIL("it was taken");
        } catch (const core::InputError& error) {
            QVERIFY2(QString(error.what()).contains(reason), error.what());
        }
    }

    void neurons_that_do_not_exist_are_refused()
    {
        const auto refused = [](const sweep::Measure& measure) {
            try {
                sweep::check({noisy(), {{"rate", {1.0}}}, {measure}});
            } catch (const core::InputError&) {
                return true;
            }
            return false;
        };
        QVERIFY(refused({Quantity::rate, 2, {}, {}}));
        QVERIFY(refused({Quantity::rate, 0, 10, {}}));
        QVERIFY(refused({Quantity::rate, {}, {}, {}}));
        QVERIFY(!refused({Quantity::rate, 0, 9, {}}));
        // A size may be an axis: then it is the cell that has no such neuron.
        const std::vector<Cell> cells
            = cells_of({noisy(), {{"N", {9.0, 10.0}}}, {{Quantity::rate, 0, 9, {}}}});
        QVERIFY(!cells[0].error.empty());
        QVERIFY2(cells[1].error.empty(), cells[1].error.c_str());
    }

    void a_table_has_units_and_quotes()
    {
        const auto document = test_support::shipped("lif-dc");
        const Request request {document, {{"I", {0.5, 1.2}}},
            {of_first(Quantity::rate), of_first(Quantity::first_spike),
                of_first(Quantity::pattern)}};
        QCOMPARE(QString::fromStdString(sweep::csv_text(request, cells_of(request))),
            QString("I_pA,rate_Hz,first_spike_ms,pattern\n0.5,0,,silent\n"
                    "1.2,36,35.9,tonic spiking\n"));
        const Request two {
            noisy(), {{"rate", {0.0}}}, {{Quantity::rate, 0, {}, {}}, {Quantity::rate, 1, {}, {}}}};
        QCOMPARE(
            sweep::headline(two), (std::vector<std::string> {"rate", "n.rate_Hz", "m.rate_Hz"}));
        Cell near;
        near.measured.resize(1);
        near.measured[0].name = "AI, near the boundary";
        const Request regime {noisy(), {{"rate", {0.0}}}, {{Quantity::regime, {}, {}, {}}}};
        QCOMPARE(QString::fromStdString(sweep::csv_text(regime, {near})),
            QString("rate,regime\n0,\"AI, near the boundary\"\n"));
    }

    void the_rate_of_a_train_is_that_of_its_intervals_data()
    {
        QTest::addColumn<QVector<int>>("stamps");
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("intervals");
        // Steps of 1 ms, watched from 100 to 200 ms.
        QTest::addRow("regular") << QVector<int> {45, 90, 135, 180} << 1000.0 / 45.0 << 2;
        QTest::addRow("two intervals") << QVector<int> {95, 125, 165} << 1000.0 / 35.0 << 2;
        QTest::addRow("silent") << QVector<int> {} << 0.0 << 0;
        QTest::addRow("fallen silent before") << QVector<int> {10, 20, 30} << 0.0 << 0;
        QTest::addRow("fallen silent") << QVector<int> {90, 100, 110, 120} << 20.0 << 2;
        QTest::addRow("a single spike") << QVector<int> {150} << 10.0 << 0;
        QTest::addRow("at the edges") << QVector<int> {0, 100, 200} << 10.0 << 1;
    }
    void the_rate_of_a_train_is_that_of_its_intervals()
    {
        QFETCH(QVector<int>, stamps);
        QFETCH(double, rate);
        QFETCH(int, intervals);
        sweep::TrainWatch watch(1, 7, core::TimeGrid(1.0), 100);
        watch.begin(0);
        const std::vector<std::uint32_t> neurons {3, 7};
        const std::vector<std::uint32_t> others {3, 8};
        for (const int stamp : stamps) {
            watch.spikes(stamp, 0, neurons);
            watch.spikes(stamp, 1, neurons);
            watch.spikes(stamp, 1, others);
        }
        watch.done(200);
        QCOMPARE(watch.train().rate_Hz, rate);
        QCOMPARE(static_cast<int>(watch.train().intervals_ms.size()), intervals);
    }

    void a_long_train_keeps_its_last_intervals()
    {
        sweep::TrainWatch watch(0, 0, core::TimeGrid(1.0), 0);
        watch.begin(0);
        const std::vector<std::uint32_t> neurons {0};
        core::Step stamp = 0;
        constexpr std::size_t spikes = 3 * sweep::TrainWatch::most_intervals;
        for (std::size_t i = 0; i < spikes; ++i) {
            stamp += i < spikes / 2 ? 5 : 20;
            watch.spikes(stamp, 0, neurons);
        }
        watch.done(stamp);
        QCOMPARE(watch.train().intervals_ms.size(), sweep::TrainWatch::most_intervals);
        QCOMPARE(watch.train().rate_Hz, 50.0);
    }

    void a_constant_current_takes_the_place_of_protocols_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("stimuli");
        QTest::addRow("step of a variable") << "izh2003-rs"
                                            << "I" << 1;
        QTest::addRow("step between synaptic events") << "glif-lif"
                                                      << "I" << 1;
        QTest::addRow("noise goes on")
            << "lif-noise"
            << "populations/n/params/I_e"
            << static_cast<int>(test_support::shipped("lif-noise").experiment().stimuli.size());
        QTest::addRow("ramp") << "izh2004-g"
                              << "populations/n/params/I_e" << 0;
    }
    void a_constant_current_takes_the_place_of_protocols()
    {
        QFETCH(QString, id);
        QFETCH(QString, path);
        QFETCH(int, stimuli);
        const auto preset = test_support::shipped(id.toStdString());
        const config::ConstantCurrent constant = config::with_constant_current(preset);
        QCOMPARE(QString::fromStdString(constant.path), path);
        QCOMPARE(constant.path_in_preset, constant.path);
        const config::Experiment& experiment = constant.document.experiment();
        QCOMPARE(static_cast<int>(experiment.stimuli.size()), stimuli);
        QVERIFY(experiment.events.empty());
        for (const config::Stimulus& stimulus : experiment.stimuli) {
            QVERIFY(stimulus.start_ms == 0.0 && !stimulus.stop_ms && stimulus.delay_ms == 0.0);
        }
        // The path sets the current: with more of it the neuron fires.
        const auto strong = constant.document.set(constant.path, 500.0);
        QVERIFY(strong.document.has_value());
        QCOMPARE(experiment.populations, preset.experiment().populations);
    }

    void a_current_without_a_label_keeps_its_place()
    {
        const auto preset = support::preset(R"({"dt": 0.1, "duration": 100})", R"(
          "populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta"}],
          "stimuli": [{"type": "pulses", "target": "n", "times": [10], "width": 1, "amplitude": 3},
            {"type": "dc", "target": "n", "amplitude": 7, "start": 90},
            {"type": "dc", "target": "n", "amplitude": 5, "start": 20}])");
        const config::ConstantCurrent constant = config::with_constant_current(preset);
        QCOMPARE(constant.path_in_preset, std::string("stimuli/2/amplitude"));
        QCOMPARE(constant.path, std::string("stimuli/0/amplitude"));
        QCOMPARE(constant.document.value(constant.path), preset.value(constant.path_in_preset));
    }
};

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
