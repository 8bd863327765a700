// What a preset means: defaults, expressions, targets, trains, lists, recordings, and the values
// that neurons get.

#include "engine/config/draw.hpp"
#include "engine/config/preset_document.hpp"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <string>

using namespace engine;
using config::Experiment;
using config::PresetDocument;

namespace {

QString messages(const core::Diagnostics& diagnostics)
{
    return QString::fromStdString(core::text(diagnostics)).trimmed();
}

/// A preset with these sections.
std::string preset(const std::string& sections)
{
    return R"({ "format": "spikescope-preset", "version": 1, "id": "t", "title": "T",
        "simulation": { "dt": 0.1, "duration": 100 }, )"
        + sections + " }";
}

PresetDocument read(const std::string& sections, const std::string& folder = {})
{
    const config::LoadResult result = PresetDocument::parse(preset(sections), "t", folder);
    if (!result.document) {
        qFatal("%s", core::text(result.diagnostics).c_str());
    }
    return *result.document;
}

const char* const two = R"("populations": [
    { "name": "E", "size": 4, "model": "iaf_psc_delta" },
    { "name": "I", "size": 2, "model": "glif_cond" }])";

void write(const QTemporaryDir& folder, const char* name, const char* content)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0) {
        qFatal("cannot write a test file");
    }
}

} // namespace

class TestPresetReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_left_out_has_the_defaults_of_the_format()
    {
        const PresetDocument document = read(two);
        const Experiment& e = document.experiment();
        QCOMPARE(e.simulation.seed, std::uint64_t {1});
        QCOMPARE(*e.simulation.speed, 1.0);
        QVERIFY(e.simulation.at_end == config::AtEnd::go_on);
        QCOMPARE(e.populations[0].label, std::string("E"));
        QCOMPARE(e.populations[0].params, e.populations[0].model->defaults());
        QCOMPARE(e.record.spikes, (std::vector<std::size_t> {0, 1}));
        QCOMPARE(e.record.traces.size(), std::size_t {1});
        QCOMPARE(e.record.traces[0].neurons, std::vector<std::uint32_t> {0});
        QCOMPARE(e.record.traces[0].variables, (std::vector<std::string> {"V_m", "I"}));
        QCOMPARE(e.record.traces[0].interval_ms, 0.1);
        QCOMPARE(e.record.warmup_ms, 0.0);
        QVERIFY(document.warnings().empty());
    }

    void expressions_use_variables_everywhere()
    {
        const Experiment e = read(R"("variables": { "n": { "value": 3 }, "w": { "value": 0.5 } },
            "populations": [{ "name": "E", "size": "2 * n", "model": "iaf_psc_delta",
                              "params": { "V_th": "-50 - w" }, "init": { "V_m": "-60 - n" } }],
            "projections": [{ "source": "E", "target": "E", "weight": "-w", "delay": "n / 2",
                              "rule": { "rule": "fixed_indegree", "indegree": "n" } }],
            "stimuli": [{ "type": "poisson", "target": "E", "rate": "1000 * w", "weight": "w",
                          "start": "n", "stop": "10 * n" }])")
                                 .experiment();
        QCOMPARE(e.populations[0].size, std::size_t {6});
        QCOMPARE(std::get<double>(e.populations[0].params.at("V_th")), -50.5);
        QCOMPARE(std::get<double>(e.populations[0].init.at("V_m")), -63.0);
        QCOMPARE(std::get<double>(*e.projections[0].weight), -0.5);
        QCOMPARE(std::get<double>(*e.projections[0].delay_ms), 1.5);
        QCOMPARE(
            std::get<config::FixedIndegree>(e.projections[0].rule).indegree, std::uint64_t {3});
        QCOMPARE(std::get<config::Poisson>(e.stimuli[0].source).rate_hz, 500.0);
        QCOMPARE(e.stimuli[0].start_ms, 3.0);
        QCOMPARE(*e.stimuli[0].stop_ms, 30.0);
    }

    void every_rule_is_read()
    {
        const auto rule = [](const std::string& text) {
            return read(std::string(two)
                + R"(, "projections": [{ "source": "E", "target": "E", "weight": 1,
                        "delay": 1, "rule": )"
                + text + "}]")
                .experiment()
                .projections[0];
        };
        QVERIFY(std::holds_alternative<config::AllToAll>(rule(R"({"rule": "all_to_all"})").rule));
        QVERIFY(std::holds_alternative<config::OneToOne>(rule(R"({"rule": "one_to_one"})").rule));
        QCOMPARE(std::get<config::FixedOutdegree>(
                     rule(R"({"rule": "fixed_outdegree", "outdegree": 7})").rule)
                     .outdegree,
            std::uint64_t {7});
        QCOMPARE(std::get<config::FixedTotalNumber>(
                     rule(R"({"rule": "fixed_total_number", "N": 9})").rule)
                     .N,
            std::uint64_t {9});
        const config::Projection bernoulli
            = rule(R"({"rule": "pairwise_bernoulli", "p": 0.25, "allow_autapses": false})");
        QCOMPARE(std::get<config::PairwiseBernoulli>(bernoulli.rule).p, 0.25);
        QVERIFY(!bernoulli.allow_autapses);
        QVERIFY(bernoulli.allow_multapses);
    }

    void spikes_go_to_the_first_port_that_takes_them()
    {
        const Experiment e = read(std::string(two) + R"(, "projections": [
            { "source": "E", "target": "E", "rule": {"rule": "all_to_all"}, "weight": 1, "delay": 1 },
            { "source": "E", "target": "I", "rule": {"rule": "all_to_all"}, "weight": 1, "delay": 1 }],
            "stimuli": [{ "type": "poisson", "target": "I", "rate": 1, "weight": 1 },
                        { "type": "dc", "target": "I", "amplitude": 1 },
                        { "type": "poisson", "target": ["E", "I"], "rate": 1, "weight": 1 }])")
                                 .experiment();
        QCOMPARE(e.projections[0].port, 0);
        QCOMPARE(e.projections[1].port, 1);
        QCOMPARE(e.stimuli[0].port, std::optional<int>(1));
        QCOMPARE(e.stimuli[1].port, std::optional<int>(0));
        QCOMPARE(e.stimuli[2].port, std::optional<int>());
    }

    void targets_are_whole_populations_or_lists_of_neurons()
    {
        const Experiment e = read(std::string(two) + R"(, "stimuli": [
            { "type": "dc", "amplitude": 1, "target": ["I", { "population": "E", "neurons": [3, 1] },
              { "population": "E", "first": 2 }] }])")
                                 .experiment();
        const std::vector<config::Target>& targets = e.stimuli[0].targets;
        QCOMPARE(targets.size(), std::size_t {3});
        QVERIFY(targets[0].all && targets[0].population == 1);
        QCOMPARE(targets[1].neurons, (std::vector<std::uint32_t> {1, 3}));
        QCOMPARE(targets[2].neurons, (std::vector<std::uint32_t> {0, 1}));
    }

    void labels_are_keys_where_they_are_unique()
    {
        const Experiment e = read(std::string(two) + R"(, "stimuli": [
            { "label": "a", "type": "dc", "amplitude": 1, "target": "E" },
            { "label": "b", "type": "dc", "amplitude": 1, "target": "E" },
            { "label": "b", "type": "dc", "amplitude": 1, "target": "E" },
            { "label": "0", "type": "dc", "amplitude": 1, "target": "E" },
            { "type": "dc", "amplitude": 1, "target": "E" }])")
                                 .experiment();
        std::vector<std::string> keys;
        for (const config::Stimulus& stimulus : e.stimuli) {
            keys.push_back(stimulus.key);
        }
        QCOMPARE(keys, (std::vector<std::string> {"a", "1", "2", "3", "4"}));
    }

    void a_train_is_sorted_and_equal_times_add_up()
    {
        const Experiment e = read(std::string(two) + R"(, "stimuli": [
            { "type": "spike_train", "target": "E", "times": [3, 1, 3, 2], "weights": [1, 2, 4, 8] }])")
                                 .experiment();
        const auto& train = *std::get<config::SpikeTrain>(e.stimuli[0].source).common;
        QCOMPARE(train.times_ms, (std::vector<double> {1.0, 2.0, 3.0}));
        QCOMPARE(train.weights, (std::vector<double> {2.0, 8.0, 5.0}));
    }

    void trains_and_lists_come_from_files()
    {
        const QTemporaryDir folder;
        write(folder, "all.csv", "time_ms,weight\n5,1.5\n");
        write(folder, "each.csv", "neuron,time_ms,weight\r\n1,5,1\r\n0,2,2\r\n1,4,3");
        write(folder, "net.csv", "source,target,weight,delay\n3,1,0.25,1.5\n3,1,0.5,0.1\n");
        const std::string sections = std::string(two) + R"(, "stimuli": [
            { "type": "spike_train", "target": "E", "file": "all.csv" },
            { "type": "spike_train", "target": "E", "file": "each.csv" }],
            "projections": [{ "source": "E", "target": "I",
                              "rule": { "rule": "explicit", "file": "net.csv" } }])";
        const PresetDocument document = read(sections, folder.path().toStdString());
        const Experiment& e = document.experiment();
        QCOMPARE(std::get<config::SpikeTrain>(e.stimuli[0].source).common->weights,
            std::vector<double> {1.5});
        const auto& each = *std::get<config::SpikeTrain>(e.stimuli[1].source).per_neuron;
        QCOMPARE(each.size(), std::size_t {2});
        QCOMPARE(each.at(1).times_ms, (std::vector<double> {4.0, 5.0}));
        QCOMPARE(each.at(1).weights, (std::vector<double> {3.0, 1.0}));
        const auto& list = *std::get<config::Explicit>(e.projections[0].rule).list;
        QCOMPARE(list.source, (std::vector<std::uint32_t> {3, 3}));
        QCOMPARE(list.weight, (std::vector<double> {0.25, 0.5}));
        QCOMPARE(list.delay_ms, (std::vector<double> {1.5, 0.1}));
        // A change elsewhere reads no file again: the data is the same object, and may be gone.
        QVERIFY(QFile::remove(folder.filePath("net.csv")));
        const config::SetResult after = document.set("simulation/seed", 2.0);
        QVERIFY2(after.document, qPrintable(messages(after.diagnostics)));
        QCOMPARE(
            std::get<config::Explicit>(after.document->experiment().projections[0].rule).list.get(),
            &list);
    }

    void connections_in_the_file_are_a_list()
    {
        const Experiment e = read(std::string(two) + R"(, "projections": [{ "source": "E",
            "target": "E", "rule": { "rule": "explicit",
            "connections": [[0, 1, "2 * 3", 1], [0, 1, -1, 2]] } }])")
                                 .experiment();
        const auto& list = *std::get<config::Explicit>(e.projections[0].rule).list;
        QCOMPARE(list.weight, (std::vector<double> {6.0, -1.0}));
        QVERIFY(!e.projections[0].weight);
    }

    void all_neurons_can_be_recorded()
    {
        const Experiment e = read(std::string(two) + R"(, "record": { "traces": [
            { "population": "E", "neurons": "all", "variables": ["V_m"], "interval": 0.5 },
            { "population": "I", "neurons": [1, 0] }], "spikes": [] })")
                                 .experiment();
        QCOMPARE(e.record.traces[0].neurons, (std::vector<std::uint32_t> {0, 1, 2, 3}));
        QCOMPARE(e.record.traces[0].interval_ms, 0.5);
        QCOMPARE(e.record.traces[1].neurons, (std::vector<std::uint32_t> {1, 0}));
        QVERIFY(e.record.spikes.empty());
    }

    void checks_have_their_windows_and_expectations()
    {
        const PresetDocument document = read(R"("variables": { "g": { "value": 4 } }, )"
            + std::string(two) + R"(, "record": { "warmup": 20 }, "checks": [
            { "quantity": "rate", "population": "I", "neuron": 1, "from": 5, "to": "10 * g",
              "min": "g", "max": 9.5, "unit": "Hz" },
            { "quantity": "spike_count", "population": "E", "equals": 3 },
            { "quantity": "regime", "equals": "SI fast" },
            { "quantity": "pattern", "population": "E", "equals": "tonic spiking" },
            { "quantity": "v_max", "population": "E", "to": 10, "max": 0 },
            { "quantity": "rate", "population": "E", "max": 0.01, "unit": "kHz" }] )");
        config::Check rate;
        rate.quantity = config::Quantity::rate;
        rate.population = 1;
        rate.neuron = 1;
        rate.from_ms = 5.0;
        rate.to_ms = 40.0;
        rate.min = 4.0;
        rate.max = 9.5;
        rate.unit = "Hz";
        const std::vector<config::Check>& checks = document.experiment().checks;
        QCOMPARE(checks.size(), std::size_t {6});
        QVERIFY(checks[0] == rate);
        QVERIFY(checks[1].equals == 3.0 && !checks[1].neuron && !checks[1].min);
        QVERIFY(checks[1].from_ms == 20.0 && !checks[1].to_ms); // the warm-up is left out
        QVERIFY(!checks[2].population && checks[2].name == "SI fast" && !checks[2].equals);
        QCOMPARE(checks[3].name, std::string("tonic spiking"));
        // A window that ends in the warm-up and another unit than the quantity's: told, no errors.
        QCOMPARE(document.warnings().size(), std::size_t {2});
        QCOMPARE(document.warnings()[1].pointer, std::string("/checks/5/unit"));
        QCOMPARE(document.warnings()[0].pointer, std::string("/checks/4/to"));

        // What is promised has no part in the network.
        const config::SetResult after = document.set("g", 5.0);
        QVERIFY2(after.document, qPrintable(messages(after.diagnostics)));
        QCOMPARE(after.document->experiment().checks[0].to_ms, std::optional<double>(50.0));
        QCOMPARE(config::rebuild_reason(document.experiment(), after.document->experiment()),
            std::string());
    }

    void every_quantity_has_one_name()
    {
        for (const std::string& name : config::quantity_names()) {
            const auto quantity = config::quantity_named(name);
            QVERIFY(quantity);
            QCOMPARE(std::string(config::name_of(*quantity)), name);
        }
        QVERIFY(!config::quantity_named("happiness"));
    }

    void events_are_in_order_of_time()
    {
        const Experiment e = read(R"("variables": { "g": { "value": 1 } }, )" + std::string(two)
            + R"(, "events": [{ "at": 9, "set": "g", "value": 3 },
                 { "at": 5, "set": "populations/E/params/tau_m", "value": "2 * g + 5" },
                 { "at": 5, "set": "populations/I/params/V_th", "value": -40 }])")
                                 .experiment();
        QCOMPARE(e.events.size(), std::size_t {3});
        QCOMPARE(e.events[0].path, std::string("populations/E/params/tau_m"));
        QVERIFY(e.events[0].value == core::Value(std::string("2 * g + 5")));
        QCOMPARE(e.events[2].at_ms, 9.0);
    }

    void events_are_judged_by_what_the_ones_before_left()
    {
        const auto parse = [](const char* first, const char* second) {
            return PresetDocument::parse(preset(std::string(two) + R"(, "events": [
                { "at": 5, "set": "populations/E/params/V_reset", "value": )"
                                             + first + R"( },
                { "at": 6, "set": "populations/E/params/V_th", "value": )"
                                             + second + "}]"),
                "t", {});
        };
        QVERIFY(parse("-80", "-75").document);
        const config::LoadResult wrong = parse("-60", "-65");
        QVERIFY(!wrong.document);
        QCOMPARE(wrong.diagnostics.size(), std::size_t {1});
        QCOMPARE(wrong.diagnostics[0].pointer, std::string("/events/1/value"));
    }

    void keys_of_others_are_ignored_and_kept()
    {
        const std::string text = preset(
            R"("populations": [{ "name": "E", "size": 1, "model": "iaf_psc_delta", "x-id": 1.50,
               "params": { "x-ray": [{}], "tau_m": 12 } }], "x-tool": { "tau_m": null, "ä": "\u00e4" })");
        const config::LoadResult result = PresetDocument::parse(text, "t", {});
        QVERIFY2(result.document, qPrintable(messages(result.diagnostics)));
        const std::string saved = result.document->text();
        for (const char* part :
            {R"("x-id": 1.50)", R"("x-ray": [)", R"("x-tool": { "tau_m": null, "ä": "ä" })"}) {
            QVERIFY2(saved.find(part) != std::string::npos, part);
        }
        QCOMPARE(PresetDocument::parse(saved, "t", {}).document->text(), saved);
    }

    void neurons_get_their_drawn_values()
    {
        const PresetDocument document = read(R"("populations": [{ "name": "E", "size": 800,
            "model": "izhikevich", "random": { "r": { "uniform": [0, 1] } },
            "params": { "c": "-65 + 15*r^2", "d": "8 - 6*r^2", "a": { "uniform": [0.02, 0.1] } },
            "init": { "V_m": { "normal": [-65, 3], "min": -70, "max": -60 } } }])");
        const config::Population& e = document.experiment().populations[0];
        core::Diagnostics errors;
        const models::ParamTable table = config::neuron_params(e, 1, errors);
        const models::InitTable init = config::neuron_init(e, 1, errors);
        QVERIFY2(errors.empty(), qPrintable(messages(errors)));
        const std::vector<double>& c = table.per_neuron.at("c");
        const std::vector<double>& d = table.per_neuron.at("d");
        for (std::size_t i = 0; i < e.size; ++i) {
            QVERIFY(std::abs((c[i] + 65.0) / 15.0 - (8.0 - d[i]) / 6.0) < 1e-12);
            QVERIFY(init.per_neuron.at("V_m")[i] >= -70.0 && init.per_neuron.at("V_m")[i] <= -60.0);
        }
        QCOMPARE(config::neuron_params(e, 1, errors).per_neuron, table.per_neuron);
        QVERIFY(config::neuron_params(e, 2, errors).per_neuron != table.per_neuron);
    }

    void neurons_that_break_a_rule_are_named()
    {
        const PresetDocument document = read(R"("populations": [{ "name": "E", "size": 2000,
            "model": "iaf_psc_delta", "params": { "V_th": { "normal": [-55, 5] },
            "C_m": { "normal": [250, 100] } } }])");
        core::Diagnostics errors;
        config::neuron_params(document.experiment().populations[0], 1, errors);
        // 250 pF is 2.5 standard deviations above 0: one neuron in 160 is wrong.
        QCOMPARE(errors.size(), std::size_t {1});
        QCOMPARE(errors[0].pointer, std::string("populations/E/params/C_m"));
        QCOMPARE(errors[0].expected, std::string("must be > 0"));
        errors.clear();
        const PresetDocument reset = read(R"("populations": [{ "name": "E", "size": 20000,
            "model": "iaf_psc_delta", "params": { "V_th": { "normal": [-55, 5] } } }])");
        config::neuron_params(reset.experiment().populations[0], 1, errors);
        // V_reset is -70, three standard deviations below: one neuron in 740 is wrong.
        QCOMPARE(errors.size(), std::size_t {1});
        QCOMPARE(errors[0].pointer, std::string("populations/E/params/V_reset"));
    }

    void a_condition_between_drawn_parameters_is_found_where_all_break_it()
    {
        const config::LoadResult result = PresetDocument::parse(
            preset(R"("populations": [{ "name": "E", "size": 20, "model": "iaf_psc_delta",
                "params": { "V_th": { "uniform": [-90, -80] } } }])"),
            "t", {});
        QVERIFY(!result.document);
    }

    void refiring_neurons_are_warned_about()
    {
        const PresetDocument document = read(R"("populations": [{ "name": "G", "size": 1,
            "model": "glif_cond", "params": { "spike_dependent_threshold": true,
            "voltage_reset_add": 40 } }])");
        QCOMPARE(document.warnings().size(), std::size_t {1});
        QVERIFY(document.warnings()[0].severity == core::Severity::warning);
    }
};

QTEST_APPLESS_MAIN(TestPresetReading)
#include "tst_preset_reading.moc"
