// The picture of who is connected to whom, held to the neighbours of single neurons and to the
// number of synapses of the running network.

#include "engine/analysis/connection_picture.hpp"
#include "engine/analysis/neighbours.hpp"
#include "engine/network/layout.hpp"
#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <cmath>
#include <map>
#include <numeric>

using namespace engine;
using analysis::ConnectionPicture;
using analysis::NeuronCells;
using analysis::PictureQuantity;

namespace {

/// 300 E and 80 I neurons, E to both, I to E: drawn weights and delays, multapses and autapses.
config::PresetDocument joined()
{
    return support::preset(R"({"dt": 0.1, "duration": 20, "seed": 7})",
        R"("variables": {"J": {"value": 0.5}, "g": {"value": 4}},
        "populations": [{"name": "E", "size": 300, "model": "iaf_psc_delta"},
                        {"name": "I", "size": 80, "model": "iaf_psc_delta"}],
        "projections": [
          {"source": "E", "target": "E", "rule": {"rule": "fixed_indegree", "indegree": 30},
           "weight": {"uniform": [0, 1], "scale": "J"}, "delay": {"uniform": [0.5, 3]}},
          {"source": "E", "target": "I", "rule": {"rule": "fixed_outdegree", "outdegree": 9},
           "weight": "J", "delay": 1.5},
          {"source": "I", "target": "E", "rule": {"rule": "pairwise_bernoulli", "p": 0.1},
           "weight": "-g * J", "delay": 1.5},
          {"source": "E", "target": "E", "rule": {"rule": "one_to_one"},
           "weight": 3, "delay": 1.5}])");
}

NeuronCells cells(
    const config::Experiment& experiment, std::uint32_t from, std::uint32_t to, std::size_t most)
{
    return analysis::neuron_cells(analysis::population_starts(experiment), from, to, most);
}

std::uint64_t total(const ConnectionPicture& picture)
{
    std::uint64_t sum = 0;
    for (const auto& block : picture.projections) {
        sum += std::accumulate(block.counts.begin(), block.counts.end(), std::uint64_t {0});
    }
    return sum;
}

} // namespace

class TestConnectionPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_end_at_the_borders_of_populations();
    void all_synapses_are_in_the_picture_data();
    void all_synapses_are_in_the_picture();
    void parts_of_the_picture_add_up();
    void single_cells_are_the_neighbours_of_a_neuron();
    void synapses_have_weight_and_delay();
    void weights_follow_without_a_new_picture();
    void where_nothing_joins_there_is_no_value();
    void it_can_be_given_up();
};

void TestConnectionPicture::cells_end_at_the_borders_of_populations()
{
    const std::vector<std::uint32_t> starts {0, 300, 380};
    QCOMPARE(analysis::neuron_cells(starts, 0, 380, 4).edges,
        (std::vector<std::uint32_t> {0, 95, 190, 285, 300, 380}));
    QCOMPARE(analysis::neuron_cells(starts, 290, 310, 10).edges,
        (std::vector<std::uint32_t> {290, 292, 294, 296, 298, 300, 302, 304, 306, 308, 310}));
    const NeuronCells single = analysis::neuron_cells(starts, 298, 302, 10);
    QVERIFY(single.single());
    QCOMPARE(single.size(), std::size_t {4});
    QCOMPARE(*single.cell_of(301), std::size_t {3});
    QVERIFY(!single.cell_of(302) && !single.cell_of(297));
    QVERIFY(!analysis::neuron_cells(starts, 0, 380, 4).single());
    QCOMPARE(analysis::neuron_cells(starts, 380, 380, 4).size(), std::size_t {0});
}

void TestConnectionPicture::all_synapses_are_in_the_picture_data()
{
    QTest::addColumn<int>("most");
    for (const int most : {1, 7, 100, 380, 1000}) {
        QTest::addRow("%d cells", most) << most;
    }
}

void TestConnectionPicture::all_synapses_are_in_the_picture()
{
    QFETCH(const int, most);
    const config::PresetDocument document = joined();
    const NeuronCells all = cells(document.experiment(), 0, 380, static_cast<std::size_t>(most));
    const ConnectionPicture picture = analysis::connection_picture(document.experiment(), all, all);
    const Simulation simulation(document, {});
    QCOMPARE(total(picture), simulation.synapses());
    QCOMPARE(picture.synapses.size(), all.single() ? std::size_t {simulation.synapses()} : 0U);
}

void TestConnectionPicture::parts_of_the_picture_add_up()
{
    const config::PresetDocument document = joined();
    const config::Experiment& experiment = document.experiment();
    const NeuronCells all = cells(experiment, 0, 380, 100);
    const std::uint64_t whole = total(analysis::connection_picture(experiment, all, all));
    std::uint64_t sum = 0;
    for (const auto& [from, to] : {std::pair(0U, 111U), std::pair(111U, 380U)}) {
        for (const auto& [left, right] : {std::pair(0U, 301U), std::pair(301U, 380U)}) {
            sum += total(analysis::connection_picture(
                experiment, cells(experiment, from, to, 50), cells(experiment, left, right, 50)));
        }
    }
    QCOMPARE(sum, whole);
}

void TestConnectionPicture::single_cells_are_the_neighbours_of_a_neuron()
{
    const config::PresetDocument document = joined();
    const config::Experiment& experiment = document.experiment();
    const NeuronCells all = cells(experiment, 0, 380, 380);
    const std::vector<std::uint32_t> starts = analysis::population_starts(experiment);
    for (const std::uint32_t neuron : {0U, 17U, 299U}) {
        const analysis::Neighbours expected = analysis::neighbours_of(experiment, 0, neuron);
        const NeuronCells row = cells(experiment, neuron, neuron + 1, 1);
        const ConnectionPicture in = analysis::connection_picture(experiment, row, all);
        const ConnectionPicture out = analysis::connection_picture(experiment, all, row);
        using Partners = std::map<std::pair<std::size_t, std::uint32_t>, std::pair<int, double>>;
        const auto listed = [&](const std::vector<analysis::Neighbour>& neighbours) {
            Partners partners;
            for (const analysis::Neighbour& n : neighbours) {
                partners[{n.projection, starts[n.population] + n.neuron}]
                    = {static_cast<int>(n.synapses), n.weight};
            }
            return partners;
        };
        const auto pictured = [&](const ConnectionPicture& picture, bool sources) {
            Partners partners;
            for (const analysis::PicturedSynapse& s : picture.synapses) {
                auto& [count, weight] = partners[{s.projection, sources ? s.source : s.target}];
                ++count;
                weight += s.weight * network::weight_factor(experiment.projections[s.projection]);
            }
            return partners;
        };
        QVERIFY(!expected.in.empty() && !expected.out.empty());
        QVERIFY(listed(expected.in) == pictured(in, true));
        QVERIFY(listed(expected.out) == pictured(out, false));
    }
}

void TestConnectionPicture::synapses_have_weight_and_delay()
{
    const config::PresetDocument document = support::preset(R"({"dt": 0.1, "duration": 5})",
        R"("populations": [{"name": "m", "size": 2, "model": "iaf_psc_delta"},
                           {"name": "n", "size": 4, "model": "iaf_psc_delta"}],
        "projections": [
          {"source": "m", "target": "m", "rule": {"rule": "one_to_one"}, "weight": 1, "delay": 1},
          {"source": "n", "target": "n", "rule": {"rule": "explicit", "connections":
            [[0, 1, 0.25, 1], [0, 1, -1.5, 2], [2, 1, 3, 1], [1, 3, 0.125, 1]]}}])");
    const NeuronCells rows = cells(document.experiment(), 1, 4, 10);
    const NeuronCells columns = cells(document.experiment(), 0, 6, 10);
    const ConnectionPicture picture
        = analysis::connection_picture(document.experiment(), rows, columns);
    QVERIFY(picture.synapses
        == (std::vector<analysis::PicturedSynapse> {
            {1, 1, 0, 0, 1.0}, {3, 2, 1, 10, 0.25}, {3, 2, 1, 20, -1.5}, {3, 4, 1, 10, 3.0}}));
}

void TestConnectionPicture::weights_follow_without_a_new_picture()
{
    const config::PresetDocument document = joined();
    const config::PresetDocument changed = *document.set("g", 6.0).document;
    const NeuronCells all = cells(document.experiment(), 0, 380, 20);
    const ConnectionPicture picture = analysis::connection_picture(document.experiment(), all, all);
    const ConnectionPicture anew = analysis::connection_picture(changed.experiment(), all, all);
    const auto values = [&](const ConnectionPicture& p, const config::PresetDocument& d) {
        return analysis::picture_values(p, d.experiment(), PictureQuantity::weight);
    };
    const std::vector<double> before = values(picture, document);
    const std::vector<double> after = values(picture, changed);
    const std::vector<double> expected = values(anew, changed);
    std::size_t inhibitory = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (std::isnan(expected[i])) {
            QVERIFY(std::isnan(after[i]));
            continue;
        }
        QCOMPARE(after[i], expected[i]);
        if (before[i] < 0.0) {
            QVERIFY(std::abs(after[i] / before[i] - 1.5) < 1e-9);
            ++inhibitory;
        }
    }
    QVERIFY(inhibitory > 0);
}

void TestConnectionPicture::where_nothing_joins_there_is_no_value()
{
    const config::PresetDocument document = joined();
    const NeuronCells both = cells(document.experiment(), 0, 380, 1); // E, I
    QCOMPARE(both.size(), std::size_t {2});
    const ConnectionPicture picture
        = analysis::connection_picture(document.experiment(), both, both);
    const std::vector<double> values
        = analysis::picture_values(picture, document.experiment(), PictureQuantity::synapses);
    QCOMPARE(values[0], (30.0 * 300.0 + 300.0) / (300.0 * 300.0)); // E to E: two projections
    QCOMPARE(values[2], 9.0 * 300.0 / (300.0 * 80.0)); // E to I
    QVERIFY(values[1] > 0.0);
    QVERIFY(std::isnan(values[3])); // I to I
    const std::vector<double> one
        = analysis::picture_values(picture, document.experiment(), PictureQuantity::synapses, 3);
    QCOMPARE(one[0], 300.0 / (300.0 * 300.0)); // the second of E to E
    QVERIFY(std::isnan(one[1]) && std::isnan(one[2]) && std::isnan(one[3]));
}

void TestConnectionPicture::it_can_be_given_up()
{
    core::Progress progress;
    progress.cancel();
    const config::PresetDocument document = joined();
    const NeuronCells all = cells(document.experiment(), 0, 380, 100);
    QVERIFY_EXCEPTION_THROWN(
        analysis::connection_picture(document.experiment(), all, all, &progress), core::Cancelled);
}

QTEST_GUILESS_MAIN(TestConnectionPicture)
#include "tst_connection_picture.moc"
