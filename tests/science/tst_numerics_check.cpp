#include "engine/analysis/numerics_check.hpp"
#include "tests/support/preset_text.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using engine::analysis::check_numerics;
using engine::analysis::NumericsCheck;
using engine::analysis::NumericsOutcome;
using engine::analysis::NumericsVariant;
using Role = NumericsVariant::Role;

namespace {

const NumericsCheck& check(const std::string& id)
{
    static std::map<std::string, NumericsCheck> known;
    const auto found = known.find(id);
    if (found != known.end()) {
        return found->second;
    }
    const NumericsOutcome outcome = check_numerics(test_support::shipped(id));
    if (!outcome.check) {
        throw std::runtime_error(id + ": " + outcome.problem);
    }
    return known.emplace(id, *outcome.check).first->second;
}

const NumericsVariant* variant(const NumericsCheck& check, Role role, const std::string& scheme)
{
    const auto found
        = std::find_if(check.variants.begin(), check.variants.end(), [&](const NumericsVariant& v) {
              return v.role == role && (scheme.empty() || v.scheme == scheme);
          });
    return found == check.variants.end() ? nullptr : &*found;
}

/// Ranges of the number of spikes over all schemes and steps, Izhikevich 2004: from simulations
/// with `euler`, `net2003` and `pymonnto` at the published step and finer ones down to 0.01 ms.
struct Expected {
    std::size_t least;
    std::size_t most;
    bool only_published;
};

const std::map<std::string, Expected>& expectations()
{
    static const std::map<std::string, Expected> map {{"izh2004-a", {5, 5, false}},
        {"izh2004-b", {1, 1, false}}, {"izh2004-c", {28, 29, false}}, {"izh2004-d", {6, 8, false}},
        {"izh2004-e", {6, 7, false}}, {"izh2004-f", {6, 6, false}}, {"izh2004-g", {10, 10, false}},
        {"izh2004-h", {14, 17, false}}, {"izh2004-i", {0, 1, true}}, {"izh2004-j", {1, 1, false}},
        {"izh2004-k", {1, 1, false}}, {"izh2004-l", {1, 1, false}}, {"izh2004-m", {1, 1, false}},
        {"izh2004-n", {7, 14, true}}, {"izh2004-o", {1, 1, false}}, {"izh2004-p", {5, 7, true}},
        {"izh2004-q", {1, 7, true}}, {"izh2004-r", {1, 1, false}}, {"izh2004-s", {3, 4, false}},
        {"izh2004-t", {12, 100000, true}}, {"izh2004-t-robust", {11, 33, false}},
        {"izh2003-rs", {7, 7, false}}, {"izh2003-ch", {27, 28, false}},
        {"izh2003-lts", {23, 23, false}}, {"izh2003-tc-rebound", {6, 7, false}}};
    return map;
}

struct Row {
    std::string id;
    std::string scheme;
    double dt_ms = 0.0;
    std::vector<double> times_ms;
};

std::vector<Row> other_schemes()
{
    std::ifstream file(SPIKESCOPE_TEST_DATA "/izhikevich/other_schemes.csv");
    std::vector<Row> rows;
    std::string line;
    std::getline(file, line); // header
    while (std::getline(file, line)) {
        std::stringstream cells(line);
        Row row;
        std::string dt;
        std::string times;
        std::getline(cells, row.id, ',');
        std::getline(cells, row.scheme, ',');
        std::getline(cells, dt, ',');
        std::getline(cells, times);
        row.dt_ms = std::stod(dt);
        std::stringstream numbers(times);
        for (double t = 0.0; numbers >> t;) {
            row.times_ms.push_back(t);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b, double shift)
{
    double out = a.size() == b.size() ? 0.0 : 1e300;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        out = std::max(out, std::abs(a[i] - b[i] - shift));
    }
    return out;
}

engine::config::PresetDocument lif(const std::string& stimuli, const std::string& simulation)
{
    return support::preset(simulation,
        R"("populations": [{"name": "n", "size": 1, "model": "iaf_psc_delta",)"
        R"( "params": {"E_L": 0, "V_th": 20, "V_reset": 10, "tau_m": 20, "C_m": 1}}],)"
        R"("stimuli": [)"
            + stimuli + "]");
}

} // namespace

class TestNumericsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void types_of_published_numerics_are_found_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto& entry : expectations()) {
            QTest::newRow(entry.first.c_str()) << QString::fromStdString(entry.first);
        }
    }
    void types_of_published_numerics_are_found()
    {
        QFETCH(QString, id);
        const Expected& expected = expectations().at(id.toStdString());
        const NumericsCheck& result = check(id.toStdString());
        QVERIFY2(
            result.only_published_numerics == expected.only_published, result.sentence.c_str());
        QCOMPARE(result.sentence.find("exists only in the published numerics") != std::string::npos,
            expected.only_published);
        QVERIFY(result.variants.front().role == Role::published);
        QVERIFY(result.variants.back().role == Role::reference);
        QVERIFY(result.variants.back().dt_ms <= 0.01);
        for (const NumericsVariant& v : result.variants) {
            QVERIFY2(v.spikes_ms.size() >= expected.least && v.spikes_ms.size() <= expected.most,
                (v.scheme + ": " + v.verdict).c_str());
            QVERIFY(!v.verdict.empty());
        }
    }

    void the_bursting_that_runs_away_says_so()
    {
        const NumericsVariant& reference = check("izh2004-t").variants.back();
        QVERIFY(!reference.fault.empty());
        QVERIFY(!reference.same_type);
        QVERIFY(reference.verdict.find("breaks off") != std::string::npos);
    }

    void other_schemes_spike_as_a_separate_implementation_data()
    {
        QTest::addColumn<int>("row");
        const std::vector<Row> rows = other_schemes();
        QVERIFY(!rows.empty());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].scheme != "rk4") {
                QTest::addRow("%s, %s", rows[i].id.c_str(), rows[i].scheme.c_str())
                    << static_cast<int>(i);
            }
        }
    }
    void other_schemes_spike_as_a_separate_implementation()
    {
        QFETCH(int, row);
        const Row wanted = other_schemes()[static_cast<std::size_t>(row)];
        const NumericsVariant* v = variant(check(wanted.id), Role::other_scheme, wanted.scheme);
        QVERIFY(v != nullptr);
        QCOMPARE(v->dt_ms, wanted.dt_ms);
        QVERIFY(largest_difference(v->spikes_ms, wanted.times_ms, 0.0) < 1e-3);
        // The differences are those of the lists.
        const auto& published = check(wanted.id).variants.front().spikes_ms;
        if (published.size() == wanted.times_ms.size() && !published.empty()) {
            QVERIFY(std::abs(*v->largest_difference_ms
                        - largest_difference(wanted.times_ms, published, 0.0))
                < 1e-3);
        }
    }

    void the_reference_spikes_as_a_separate_implementation()
    {
        // A step that meets the neuron at rest: the whole answer moves with its onset [ms].
        const std::map<std::string, double> later {{"izh2003-rs", 0.09}, {"izh2003-ch", 0.09},
            {"izh2004-a", 0.24}, {"izh2004-c", 0.24}, {"izh2004-e", 0.24}};
        int seen = 0;
        for (const Row& row : other_schemes()) {
            const auto shift = later.find(row.id);
            if (row.scheme != "rk4" || shift == later.end()) {
                continue;
            }
            const NumericsVariant* v = variant(check(row.id), Role::reference, "rk4");
            QVERIFY2(largest_difference(v->spikes_ms, row.times_ms, shift->second) < 0.0101,
                row.id.c_str());
            ++seen;
        }
        QCOMPARE(seen, 5);
    }

    void a_model_with_exact_steps_differs_by_the_grid_alone()
    {
        // Every interval is rounded up to the grid: 27.1 instead of 27.055 ms.
        const NumericsCheck& result = check("lif-dc");
        QCOMPARE(result.variants.size(), std::size_t {2});
        const NumericsVariant& reference = result.variants.back();
        const double interval_ms = 20.0 * std::log((24.0 - 10.0) / (24.0 - 20.0)) + 2.0;
        const auto n = static_cast<double>(reference.spikes_ms.size());
        QVERIFY(*reference.largest_difference_ms <= n * (27.1 - interval_ms));
        QVERIFY(*reference.mean_difference_ms < *reference.largest_difference_ms);
        QVERIFY(!result.only_published_numerics);
    }

    void edges_stay_where_the_published_step_puts_them()
    {
        const auto preset = [](const char* start) {
            return lif(std::string(R"({"type": "dc", "target": "n", "amplitude": 1.5, "start": )")
                    + start + "}",
                R"({"dt": 0.5, "duration": 200})");
        };
        const NumericsOutcome off_grid = check_numerics(preset("10.3"));
        const NumericsOutcome on_grid = check_numerics(preset("10.5"));
        QVERIFY(!on_grid.check->variants.back().spikes_ms.empty());
        QCOMPARE(
            off_grid.check->variants.back().spikes_ms, on_grid.check->variants.back().spikes_ms);
    }

    void noise_stays_the_same_noise()
    {
        // Its interval is the step where it is not given. V is a sum of the same pushes: spikes
        // stay within a few steps of 0.5 ms, another noise would move them by many.
        const auto preset
            = lif(R"({"type": "noise", "target": "n", "mean": 0.9, "std": 3, "label": "noise"})",
                R"({"dt": 0.5, "duration": 300})");
        const NumericsOutcome outcome = check_numerics(preset);
        QVERIFY(outcome.check.has_value());
        const NumericsVariant& reference = outcome.check->variants.back();
        QVERIFY(reference.spikes_ms.size() >= 4);
        QVERIFY(*reference.mean_difference_ms < 2.0);
    }

    void a_poisson_input_ends_the_comparison()
    {
        QCOMPARE(check("glif-lif").compared_ms, 600.0);
        QVERIFY(!check("glif-lif").only_published_numerics);
        const NumericsOutcome outcome = check_numerics(test_support::shipped("lif-noise"));
        QVERIFY(!outcome.check && !outcome.problem.empty());
    }

    void networks_are_refused()
    {
        const NumericsOutcome outcome = check_numerics(test_support::shipped("brunel-ai-small"));
        QVERIFY(!outcome.check && !outcome.problem.empty());
    }

    void it_can_be_cancelled()
    {
        std::stop_source source;
        source.request_stop();
        const NumericsOutcome outcome
            = check_numerics(test_support::shipped("izh2003-rs"), source.get_token());
        QVERIFY(!outcome.check);
        QCOMPARE(outcome.problem, std::string("cancelled"));
    }

    void a_run_without_end_is_compared_for_a_second()
    {
        const NumericsOutcome outcome
            = check_numerics(lif(R"({"type": "dc", "target": "n", "amplitude": 1.5})",
                R"({"dt": 0.1, "duration": null})"));
        QCOMPARE(outcome.check->compared_ms, 1000.0);
    }
};

QTEST_APPLESS_MAIN(TestNumericsCheck)
#include "tst_numerics_check.moc"
