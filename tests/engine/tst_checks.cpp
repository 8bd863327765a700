// Checks of presets: what is measured, against trains and traces whose numbers are known.

#include "engine/checks/evaluator.hpp"
#include "engine/config/preset_document.hpp"
#include "tests/support/check_report.hpp"

#include <QTest>

#include <cmath>
#include <map>
#include <numbers>

using namespace engine;
using checks::Evaluator;
using checks::Report;
using config::PresetDocument;
using core::Step;
using test_support::about;

namespace {

constexpr double dt_ms = 0.1;

/// Four excitatory and two inhibitory neurons, 1200 ms, with these checks.
PresetDocument preset(const std::string& checks, const std::string& more = {})
{
    const config::LoadResult result
        = PresetDocument::parse(R"({ "format": "spikescope-preset", "version": 1, "id": "t",
        "title": "T", "simulation": { "dt": 0.1, "duration": 1200 }, "populations": [
        { "name": "E", "size": 4, "model": "iaf_psc_delta" },
        { "name": "I", "size": 2, "model": "iaf_psc_delta" }], "checks": [)"
                + checks + "]" + more + "}",
            "t", {});
    if (!result.document) {
        qFatal("%s", core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

/// Spike times [ms] of the neurons of E.
using Trains = std::vector<std::vector<double>>;

/// Tells the evaluator the spikes of E up to `end_ms`, in batches of so many steps.
void play(Evaluator& evaluator, const Trains& trains, double end_ms, Step batch = 100)
{
    const core::TimeGrid grid(dt_ms);
    std::map<Step, std::vector<std::uint32_t>> spikes;
    for (std::uint32_t neuron = 0; neuron < trains.size(); ++neuron) {
        for (const double t : trains[neuron]) {
            spikes[grid.steps(t)].push_back(neuron);
        }
    }
    const Step end = grid.steps(end_ms);
    auto next = spikes.begin();
    for (Step now = 0; now < end;) {
        now = std::min(now + batch, end);
        for (; next != spikes.end() && next->first <= now; ++next) {
            evaluator.spikes(next->first, 0, next->second);
        }
        evaluator.done(now);
    }
}

Report judged(const std::string& checks, const Trains& trains, double end_ms = 1200.0)
{
    Evaluator evaluator(preset(checks).experiment());
    evaluator.begin(0);
    play(evaluator, trains, end_ms);
    return evaluator.report();
}

std::vector<double> regular(double first, double interval, double end)
{
    std::vector<double> out;
    for (int i = 0; first + i * interval <= end; ++i) {
        out.push_back(first + i * interval);
    }
    return out;
}

/// A check of neuron 1 of E for each quantity that may not exist.
std::string all_of_one()
{
    std::string out;
    for (const char* quantity :
        {"rate", "first_spike", "first_isi", "last_isi", "isi_ratio", "cv_isi", "cv2", "lv", "fano",
            "spikes_per_burst", "v_max", "v_min", "oscillation_period", "oscillation_decay"}) {
        out += out.empty() ? "" : ", ";
        out += "{ \"quantity\": \"" + std::string(quantity)
            + "\", \"population\": \"E\", \"neuron\": 1, \"min\": 0 }";
    }
    return out;
}

} // namespace

class TestChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_quantity_is_what_it_says_data()
    {
        QTest::addColumn<QString>("quantity");
        QTest::addColumn<Trains>("trains");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("tolerance");
        const auto row = [](const char* name, const char* quantity, const Trains& trains,
                             double value, double tolerance = 1e-12) {
            QTest::addRow("%s", name) << QString(quantity) << trains << value << tolerance;
        };
        const std::vector<double> three {10.0, 15.0, 30.0}; // intervals of 5 and 15 ms
        row("rate of a population", R"("rate", "population": "E")", {{100, 200, 300}, {}, {}, {50}},
            4.0 / (4.0 * 1.2));
        row("rate of a neuron", R"("rate", "population": "E", "neuron": 0)", {{100, 200, 300}},
            3.0 / 1.2);
        row("all spikes of a population", R"("spike_count", "population": "E")",
            {{1, 2, 3}, {}, {4}, {1, 2}}, 6.0);
        row("spikes of a neuron", R"("spike_count", "population": "E", "neuron": 3)",
            {{1, 2, 3}, {}, {4}, {1, 2}}, 2.0);
        row("spikes from < t <= to", R"("spike_count", "population": "E", "from": 100, "to": 200)",
            {{100.0, 100.1, 150.0}, {200.0, 200.1}}, 3.0);
        row("earliest spike of a population", R"("first_spike", "population": "E")",
            {{}, {30.2}, {12.7}}, 12.7);
        row("first spike of a neuron after from",
            R"("first_spike", "population": "E", "neuron": 1, "from": 30.2)", {{}, {30.2, 40.1}},
            40.1);
        row("first interval", R"("first_isi", "population": "E", "neuron": 0)", {three}, 5.0);
        row("last interval", R"("last_isi", "population": "E", "neuron": 0)", {three}, 15.0);
        row("ratio of intervals", R"("isi_ratio", "population": "E", "neuron": 0)", {three}, 3.0);
        row("mean first interval of a population", R"("first_isi", "population": "E")",
            {three, {7.0, 18.0}, {9.0}}, 8.0);
        // Intervals 5 and 15: mean 10, standard deviation 5; |difference| / sum = 0.5.
        row("CV", R"("cv_isi", "population": "E", "neuron": 0)", {three}, 0.5);
        row("CV2", R"("cv2", "population": "E", "neuron": 0)", {three}, 1.0);
        row("LV", R"("lv", "population": "E", "neuron": 0)", {three}, 0.75);
        row("mean CV of neurons with three spikes", R"("cv_isi", "population": "E")",
            {three, {1, 2, 3}, {5, 9}, {}}, 0.25);
        row("Fano factor of a regular train", R"("fano", "population": "E", "neuron": 0)",
            {regular(50.0, 100.0, 1200.0)}, 0.0);
        // Two spikes in every other one of 12 windows of 100 ms: mean 1, variance 12 / 11.
        std::vector<double> pairs = regular(50.0, 200.0, 1200.0);
        for (const double t : regular(60.0, 200.0, 1200.0)) {
            pairs.push_back(t);
        }
        row("Fano factor of pairs", R"("fano", "population": "E", "neuron": 0)", {pairs},
            12.0 / 11.0);
        const std::vector<double> bursts {10, 14, 20, 60, 70, 90, 100, 110, 120, 121};
        row("bursts: three spikes at most 15 ms apart",
            R"("burst_count", "population": "E", "neuron": 0)", {bursts}, 2.0);
        row("spikes of a burst", R"("spikes_per_burst", "population": "E", "neuron": 0)", {bursts},
            4.0);
        row("bursts of a population", R"("burst_count", "population": "E")",
            {bursts, {}, {1, 2, 3}}, 3.0);
        // One spike in every other bin of 1 ms: mean and standard deviation 1/2.
        row("fluctuation", R"("population_fluctuation", "population": "E")",
            {regular(0.5, 2.0, 1200.0)}, 1.0);
        row("correlation of equal trains", R"("correlation", "population": "E")",
            Trains(4, regular(13.0, 37.0, 1200.0)), 1.0);
        // Firing in the first half of every 25 ms: the fundamental is the highest peak.
        std::vector<double> half;
        for (int i = 0; i < 2400; ++i) {
            if (i % 50 < 25) {
                half.push_back(0.5 + 0.5 * i);
            }
        }
        row("peak of a rhythm of 40 Hz", R"("peak_frequency", "population": "E")", {half}, 40.0,
            0.2);
    }
    void each_quantity_is_what_it_says()
    {
        QFETCH(QString, quantity);
        QFETCH(Trains, trains);
        QFETCH(double, value);
        QFETCH(double, tolerance);
        const Report report
            = judged(R"({ "quantity": )" + quantity.toStdString() + R"(, "max": 1e9 })", trains);
        QVERIFY(report.results.size() == 1 && report.results[0].measured.value);
        const double measured = *report.results[0].measured.value;
        QVERIFY2(std::abs(measured - value) <= tolerance, qPrintable(about(report)));
        QVERIFY(report.passed() && report.complete());
    }

    void what_does_not_exist_is_none_and_fails()
    {
        const Report report = judged(all_of_one(), {});
        for (std::size_t i = 1; i < report.results.size(); ++i) {
            QVERIFY2(!report.results[i].measured.value && !report.results[i].pass,
                report.results[i].what().c_str());
            QCOMPARE(report.results[i].measured_text(), std::string("none"));
        }
        QCOMPARE(report.results[0].measured.value, std::optional(0.0)); // the rate is known
        const Report silent
            = judged(R"({ "quantity": "spike_count", "population": "E", "equals": 0 })", {});
        QVERIFY(silent.passed());
        // Later than the warm-up nothing is left to be measured.
        const Report nothing = judged(
            R"({ "quantity": "rate", "population": "E", "from": 1200, "min": 0 })", {{10}});
        QVERIFY(!nothing.passed() && !nothing.complete());
        QVERIFY(!Report {}.passed());
    }

    void extremes_of_V_m_are_those_of_the_window()
    {
        Evaluator evaluator(preset(R"(
            { "quantity": "v_max", "population": "E", "neuron": 2, "from": 1, "to": 2, "max": -50 },
            { "quantity": "v_min", "population": "E", "neuron": 2, "from": 1, "to": 2, "min": -69 })")
                                .experiment());
        const auto probes = evaluator.probes();
        QCOMPARE(probes.size(), std::size_t {1});
        QCOMPARE(probes[0].neurons, std::vector<std::uint32_t> {2});
        QCOMPARE(probes[0].interval_ms, dt_ms);
        evaluator.begin(0);
        for (Step k = 1; k <= 30; ++k) { // -70 at 1 ms, ... -60 at 2 ms, ... -50 at 3 ms
            const std::vector<double> values {-80.0 + static_cast<double>(k), 0.0};
            evaluator.sample(0, k, values);
        }
        evaluator.done(30);
        const Report report = evaluator.report();
        QCOMPARE(report.results[0].measured.value, std::optional(-60.0));
        QCOMPARE(report.results[1].measured.value, std::optional(-69.0));
        QVERIFY(report.passed());
    }

    /// V = -60 + 3 exp(-t / 40) cos(2 pi t / 56.5) has this period and exp(-56.5 / 40) a cycle.
    void a_damped_oscillation_has_its_period_and_decay()
    {
        constexpr double period = 56.5;
        constexpr double decay_ms = 40.0;
        Evaluator evaluator(preset(R"(
            { "quantity": "oscillation_period", "population": "E", "from": 30, "min": 55.9, "max": 57.1 },
            { "quantity": "oscillation_decay", "population": "E", "from": 30, "min": 0.24, "max": 0.248 },
            { "quantity": "oscillation_period", "population": "E", "min": 0 })")
                                .experiment());
        evaluator.begin(0);
        evaluator.spikes(200, 0, std::vector<std::uint32_t> {0, 3});
        for (Step k = 1; k <= 3000; ++k) {
            const double t = static_cast<double>(k) * dt_ms;
            const std::vector<double> values {-60.0
                    + 3.0 * std::exp(-t / decay_ms) * std::cos(2.0 * std::numbers::pi * t / period),
                0.0};
            evaluator.sample(0, k, values);
        }
        evaluator.done(12000);
        const Report report = evaluator.report();
        QVERIFY2(report.results[0].pass && report.results[1].pass, qPrintable(about(report)));
        // With a spike in the window it is no subthreshold oscillation.
        QVERIFY(!report.results[2].measured.value && !report.results[2].measured.reason.empty());
    }

    void one_voltage_for_all_is_full_synchrony()
    {
        Evaluator evaluator(
            preset(R"({ "quantity": "synchrony", "population": "E", "equals": 1 })").experiment());
        evaluator.begin(0);
        QVERIFY(!evaluator.probes().empty());
        for (Step k = 10; k <= 12000; k += 10) {
            evaluator.sample(0, k, std::vector<double>(4, static_cast<double>(k % 170)));
        }
        evaluator.done(12000);
        QVERIFY2(evaluator.report().passed(), qPrintable(about(evaluator.report())));
    }

    void a_regime_needs_time_and_activity()
    {
        const std::string check = R"({ "quantity": "regime", "equals": "quiescent" },
            { "quantity": "regime", "population": "E", "to": 400, "equals": "undecided" })";
        const Report report = judged(check, {});
        QVERIFY2(report.passed(), qPrintable(about(report)));
        for (const checks::Result& result : report.results) {
            QVERIFY(!result.measured.reason.empty());
        }
    }

    void near_a_boundary_and_further_names_count()
    {
        config::Check check;
        check.quantity = config::Quantity::regime;
        check.name = "AI";
        QVERIFY(checks::meets({{}, "AI, near the oscillatory boundary", {"AI"}, {}}, check));
        QVERIFY(!checks::meets({{}, "SI slow", {"SI slow"}, {}}, check));
        QVERIFY(!checks::meets({}, check));
    }

    void texts_tell_what_was_expected_and_why_it_failed()
    {
        const Report report = judged(R"(
            { "quantity": "first_spike", "population": "E", "min": 12.6, "max": 12.7 },
            { "quantity": "first_spike", "population": "E", "min": 12.7, "max": 12.7 },
            { "quantity": "rate", "population": "E", "neuron": 0, "max": 0.83333 },
            { "quantity": "spike_count", "population": "E", "from": 5, "to": 50, "equals": 1 },
            { "quantity": "cv_isi", "population": "E", "min": 0.5 })",
            {{12.7}});
        const auto& r = report.results;
        QCOMPARE(checks::expected_text(r[0].check), std::string("12.6 to 12.7 ms"));
        QCOMPARE(checks::expected_text(r[1].check), std::string("12.7 ms"));
        QCOMPARE(r[0].measured_text(), std::string("12.7 ms"));
        QVERIFY(r[0].pass && r[1].pass);
        // 1 / 1.2 s: with few digits it would seem to hold.
        QCOMPARE(checks::expected_text(r[2].check), std::string("<= 0.83333 Hz"));
        QVERIFY(!r[2].pass);
        QCOMPARE(r[2].measured_text(), std::string("0.833333 Hz"));
        QCOMPARE(r[3].what(), std::string("spike_count of E"));
        QCOMPARE(r[3].window_text(), std::string("5 to 50 ms"));
        QCOMPARE(r[3].measured_text(), std::string("1"));
        QCOMPARE(checks::expected_text(r[4].check), std::string(">= 0.5"));
    }

    void a_window_that_is_not_over_is_not_judged_yet()
    {
        Evaluator evaluator(
            preset(R"({ "quantity": "spike_count", "population": "E", "to": 100, "equals": 1 })")
                .experiment());
        evaluator.begin(0);
        play(evaluator, {{10, 90}}, 50.0);
        QVERIFY(evaluator.report().results[0].pass && !evaluator.report().complete());
        QVERIFY(!evaluator.report().passed());
        evaluator.begin(0); // again
        play(evaluator, {{10, 90}}, 100.0);
        QVERIFY(!evaluator.report().results[0].pass && evaluator.report().complete());
    }

    void windows_count_from_where_the_evaluator_joins()
    {
        Evaluator evaluator(preset(R"(
            { "quantity": "spike_count", "population": "E", "from": 10, "to": 20, "equals": 2 },
            { "quantity": "first_spike", "population": "E", "from": 10, "to": 20, "equals": 10.1 })")
                                .experiment());
        evaluator.begin(1000000);
        const std::vector<std::uint32_t> one {1};
        for (const Step stamp : {1000100, 1000101, 1000200, 1000201}) { // ... 010.0, 010.1 ...
            evaluator.spikes(stamp, 0, one);
        }
        evaluator.done(1000300);
        const Report report = evaluator.report();
        QVERIFY2(report.passed(), qPrintable(about(report)));
        QCOMPARE(report.results[0].window_text(), std::string("100010 to 100020 ms"));
    }
};

QTEST_APPLESS_MAIN(TestChecks)
#include "tst_checks.moc"
