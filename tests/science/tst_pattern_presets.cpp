#include "engine/analysis/pattern_protocol.hpp"
#include "engine/analysis/recorded_response.hpp"
#include "tests/support/neuron_run.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

using engine::analysis::classify_pattern;
using engine::analysis::Pattern;
using engine::analysis::RecordedResponse;
using engine::core::Step;

// The firing types of Izhikevich 2003 (Fig. 2) and 2004 (Fig. 1) and the other single neurons that
// are shipped get the names that their sources give them, and keep them when currents, times and
// steps change. The classifier sees spikes, voltage and current only.

namespace {

const std::map<std::string, std::string>& published_names()
{
    static const std::map<std::string, std::string> names {
        {"izh2003-rs", "tonic spiking"},
        {"izh2003-ib", "mixed mode"},
        {"izh2003-ch", "tonic bursting"},
        {"izh2003-fs", "tonic spiking"},
        {"izh2003-lts", "spike frequency adaptation"},
        {"izh2003-tc", "tonic spiking"},
        {"izh2003-tc-rebound", "rebound burst"},
        {"izh2003-rz", "resonator"},
        {"izh2004-a", "tonic spiking"},
        {"izh2004-b", "phasic spiking"},
        {"izh2004-c", "tonic bursting"},
        {"izh2004-d", "phasic bursting"},
        {"izh2004-e", "mixed mode"},
        {"izh2004-f", "spike frequency adaptation"},
        {"izh2004-g", "class 1 excitable"},
        {"izh2004-h", "class 2 excitable"},
        {"izh2004-i", "spike latency"},
        {"izh2004-j", "subthreshold oscillations"},
        {"izh2004-k", "resonator"},
        {"izh2004-l", "integrator"},
        {"izh2004-m", "rebound spike"},
        {"izh2004-n", "rebound burst"},
        {"izh2004-o", "threshold variability"},
        {"izh2004-p", "bistability"},
        {"izh2004-q", "depolarizing after-potential"},
        {"izh2004-r", "accommodation"},
        {"izh2004-s", "inhibition-induced spiking"},
        {"izh2004-t", "inhibition-induced bursting"},
        {"izh2004-t-robust", "inhibition-induced bursting"},
        {"nestml-izhikevich", "tonic spiking"},
        {"lif-dc", "tonic spiking"},
        {"lif-noise", "irregular spiking"},
        {"glif-lif", "tonic spiking"},
        {"glif-lif-r", "tonic spiking"},
        {"glif-lif-asc", "tonic spiking"},
        {"glif-lif-r-asc", "tonic spiking"},
        {"glif-lif-r-asc-a", "tonic spiking"},
        {"glif-inh-positive", "tonic spiking"},
        {"glif-cell-318808427", "tonic spiking"},
        {"glif-cell-478958894", "tonic spiking"},
        {"glif-cell-480124551", "tonic spiking"},
        {"glif-cell-593618144", "tonic spiking"},
    };
    return names;
}

/// Long runs (LIF with noise) are looked at for their first seconds.
constexpr double longest_ms = 3000.0;

const RecordedResponse& published(const std::string& id)
{
    static std::map<std::string, RecordedResponse> runs;
    const auto known = runs.find(id);
    if (known != runs.end()) {
        return known->second;
    }
    const auto document = test_support::shipped(id);
    const double duration
        = std::min(longest_ms, document.experiment().simulation.duration_ms.value_or(longest_ms));
    return runs.emplace(id, engine::analysis::simulate_response(document, duration)).first->second;
}

QString text(const Pattern& pattern)
{
    return QString::fromStdString(pattern.name + ": " + pattern.reason);
}

/// The same neuron without its preset: model, parameters and initial values, driven by `current`,
/// the currents of steps 1, 2 ...; step 0 has that of step 1. One parameter of the model may be
/// changed by a part of itself, c of 40 mV.
Pattern unnamed_copy(const std::string& id, const std::vector<double>& current,
    const std::string& changed = {}, double change = 0.0)
{
    const auto document = test_support::shipped(id);
    const auto& population = document.experiment().populations.front();
    engine::models::ParamTable params;
    params.common = population.params;
    if (!changed.empty()) {
        double& value = std::get<double>(params.common.at(changed));
        value += changed == "c" ? 40.0 * change : value * change;
    }
    engine::models::InitTable init;
    for (const auto& [state, value] : population.init) {
        init.common[state] = std::get<double>(value);
    }
    RecordedResponse response;
    response.dt_ms = document.experiment().simulation.dt_ms;
    response.I = current;
    tests::NeuronRun run(population.model->name, response.dt_ms, params, init, 1);
    run.step(current.front());
    response.V_m.push_back(run.value("V_m"));
    for (std::size_t i = 0; i + 1 < current.size(); ++i) {
        run.step(current[i]);
        response.V_m.push_back(run.value("V_m"));
    }
    for (const int step : run.spikes()) {
        response.spikes.push_back(step + 1);
    }
    return classify_pattern(response.view());
}

/// Deviations from the baseline times `factor`.
std::vector<double> scaled(const std::vector<double>& I, double factor)
{
    const double baseline
        = engine::analysis::read_protocol(I, static_cast<Step>(I.size())).baseline;
    std::vector<double> out;
    for (const double x : I) {
        out.push_back(baseline + factor * (x - baseline));
    }
    return out;
}

/// Everything later, and the run by as much longer.
std::vector<double> shifted(const std::vector<double>& I, std::size_t steps)
{
    std::vector<double> out(steps, I.front());
    out.insert(out.end(), I.begin(), I.end());
    return out;
}

/// The last current goes on for another half of the run.
std::vector<double> longer(const std::vector<double>& I)
{
    std::vector<double> out = I;
    out.resize(I.size() + I.size() / 2, I.back());
    return out;
}

/// Types whose neuron fires only once, just above a threshold: with less current it does not fire.
const std::set<std::string> just_above_threshold {
    "izh2004-i", "izh2004-k", "izh2004-l", "izh2004-m", "izh2004-n"};

} // namespace

class TestPatternPresets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_single_neuron_is_expected()
    {
        for (const std::string& id : test_support::shipped_ids()) {
            const auto document = test_support::shipped(id);
            const auto& populations = document.experiment().populations;
            if (populations.size() == 1 && populations.front().size == 1) {
                QVERIFY2(published_names().count(id) == 1, id.c_str());
            }
        }
    }

    void presets_get_their_published_names_data()
    {
        QTest::addColumn<QString>("wanted");
        for (const auto& [id, wanted] : published_names()) {
            QTest::newRow(id.c_str()) << QString::fromStdString(wanted);
        }
    }
    void presets_get_their_published_names()
    {
        QFETCH(QString, wanted);
        const std::string id = QTest::currentDataTag();
        const Pattern pattern = classify_pattern(published(id).view());
        // The resonator of 2003 is first of all seen to be switched on by a pulse.
        const bool resonator = id == "izh2003-rz";
        QVERIFY2(
            resonator ? pattern.is(wanted.toStdString()) : pattern.name == wanted.toStdString(),
            qPrintable(text(pattern)));
        QVERIFY(!pattern.reason.empty());
    }

    void the_resonator_of_2003_is_bistable_and_rings()
    {
        const Pattern pattern = classify_pattern(published("izh2003-rz").view());
        QVERIFY(pattern.is("bistability") && pattern.is("subthreshold oscillations"));
    }

    void tonic_cells_are_not_called_bursting()
    {
        for (const auto& [id, wanted] : published_names()) {
            const Pattern pattern = classify_pattern(published(id).view());
            if (wanted.find("burst") == std::string::npos) {
                QVERIFY2(pattern.name.find("burst") == std::string::npos, id.c_str());
                for (const std::string& also : pattern.also) {
                    QVERIFY2(also.find("burst") == std::string::npos, id.c_str());
                }
            }
        }
    }

    void names_survive_changed_currents_and_times_data()
    {
        QTest::addColumn<QString>("wanted");
        for (const auto& [id, wanted] : published_names()) {
            if (id.compare(0, 3, "izh") == 0) {
                QTest::newRow(id.c_str()) << QString::fromStdString(wanted);
            }
        }
    }
    void names_survive_changed_currents_and_times()
    {
        QFETCH(QString, wanted);
        const std::string id = QTest::currentDataTag();
        const std::vector<double>& I = published(id).I;
        const double dt_ms = published(id).dt_ms;
        const auto later = [&](double ms) {
            return shifted(I, static_cast<std::size_t>(std::lround(ms / dt_ms)));
        };
        std::vector<std::pair<QString, std::vector<double>>> variants {
            {"as published", I}, {"longer", longer(I)}, {"2 ms later", later(2.0)}};
        if (id != "izh2003-tc-rebound") { // begins at rest under its first current
            variants.emplace_back("10 ms later", later(10.0));
        }
        for (const double factor : {0.9, 0.95, 1.05, 1.1}) {
            variants.emplace_back(QString("current x %1").arg(factor), scaled(I, factor));
        }
        for (const auto& [change, current] : variants) {
            const Pattern pattern = unnamed_copy(id, current);
            const bool weaker = change.contains("x 0.9") && just_above_threshold.count(id) == 1;
            const bool no_spike = weaker
                && (pattern.name == "silent" || pattern.name == "subthreshold oscillations");
            // 0.6 x 1.1 = 0.66 is close to where rest ends (Hopf at 0.685): V does not settle.
            const bool near_hopf
                = id == "izh2004-d" && change.contains("1.1") && pattern.name == "undecided";
            QVERIFY2(pattern.is(wanted.toStdString()) || no_spike || near_hopf,
                qPrintable(change + ": " + text(pattern)));
        }
    }

    void names_survive_changed_cells_data() { names_survive_changed_currents_and_times_data(); }
    void names_survive_changed_cells()
    {
        QFETCH(QString, wanted);
        const std::string id = QTest::currentDataTag();
        // b moves the ends of rest and firing themselves. Of the others these do not survive: just
        // above the threshold a slower or faster u keeps I, M and N silent; bursts of D, E and IB
        // change their size, Q loses its single spike; TC adapts further.
        const std::set<std::string> lost {"izh2004-i a +", "izh2004-m a -", "izh2004-n a -",
            "izh2004-d c -", "izh2004-e c +", "izh2003-ib c +", "izh2004-q c +", "izh2003-tc c +"};
        for (const std::string parameter : {"a", "c", "d"}) {
            for (const double change : {-0.05, 0.05}) {
                const Pattern pattern = unnamed_copy(id, published(id).I, parameter, change);
                const std::string variant = id + " " + parameter + (change > 0.0 ? " +" : " -");
                QVERIFY2(pattern.is(wanted.toStdString()) || lost.count(variant) == 1,
                    qPrintable(QString::fromStdString(variant) + ": " + text(pattern)));
            }
        }
    }

    void the_class_does_not_depend_on_the_slope_of_the_ramp()
    {
        for (const std::string id : {"izh2004-g", "izh2004-h"}) {
            for (const double factor : {0.7, 1.4, 2.0, 3.0}) {
                const Pattern pattern = unnamed_copy(id, scaled(published(id).I, factor));
                QVERIFY2(pattern.name == published_names().at(id), qPrintable(text(pattern)));
            }
        }
    }

    void names_survive_half_the_step_where_the_type_does_data()
    {
        names_survive_changed_currents_and_times_data();
    }
    void names_survive_half_the_step_where_the_type_does()
    {
        QFETCH(QString, wanted);
        const std::string id = QTest::currentDataTag();
        if (id == "izh2004-i" || id == "izh2004-t") {
            return; // these two exist at their published step only
        }
        const auto document = test_support::shipped(id);
        const auto finer = document.set("simulation/dt", published(id).dt_ms / 2.0);
        QVERIFY(finer.document.has_value());
        const auto response = engine::analysis::simulate_response(
            *finer.document, *document.experiment().simulation.duration_ms);
        const Pattern pattern = classify_pattern(response.view());
        QVERIFY2(pattern.is(wanted.toStdString()), qPrintable(text(pattern)));
    }
};

QTEST_APPLESS_MAIN(TestPatternPresets)
#include "tst_pattern_presets.moc"
