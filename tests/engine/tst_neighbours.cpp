// Neighbours of a neuron, held to the list of all synapses, and to what a running network does with
// the storage that it has chosen.

#include "engine/analysis/neighbours.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/layout.hpp"
#include "engine/network/plan.hpp"
#include "engine/simulation.hpp"
#include "tests/support/listed_synapses.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <cmath>
#include <map>
#include <set>

using namespace engine;
using analysis::Neighbour;
using analysis::Neighbours;
using network::Storage;

namespace {

struct Joining {
    const char* rule;
    const char* weight;
    const char* delay;
    Storage storage;
};

/// 700 E and 90 I neurons that spike only when they are made to; E projects to both as asked.
config::PresetDocument joined_by(const Joining& joining)
{
    const std::string rest
        = R"("model": "iaf_psc_delta", "params": {"E_L": 0, "V_th": 20, "V_reset": 0, "t_ref": 2})";
    const std::string join = std::string(R"("rule": )") + joining.rule + R"(, "weight": )"
        + joining.weight + R"(, "delay": )" + joining.delay;
    return support::preset(R"({"dt": 0.1, "duration": 20, "seed": 7})",
        R"("variables": {"J": {"value": 0.5}},
        "populations": [{"name": "E", "size": 700, )"
            + rest + R"(}, {"name": "I", "size": 90, )" + rest + R"(}],
        "projections": [
          {"source": "E", "target": "E", )"
            + join + R"(},
          {"source": "E", "target": "I", )"
            + join + R"(}],
        "record": {"traces": [{"population": "E", "neurons": "all", "variables": ["V_m"]},
                              {"population": "I", "neurons": "all", "variables": ["V_m"]}]})");
}

/// All synapses of the projection that join the neuron, from a pass over everything.
void count_all(const config::Experiment& experiment, std::size_t projection, std::uint32_t neuron,
    std::map<std::uint32_t, std::uint32_t>& in, std::map<std::uint32_t, std::uint32_t>& out)
{
    const network::ProjectionSite site = network::site_of(experiment, projection);
    network::WorkerPool pool(2);
    network::BuildProgress progress;
    const auto connectivity = network::make_connectivity(site, {{0, site.targets}}, pool, progress);
    const auto all = test_support::listed(*connectivity->stream(0));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (site.projection->target == 0 && all.target[i] == neuron) {
            ++in[all.source[i]];
        }
        if (site.projection->source == 0 && all.source[i] == neuron) {
            ++out[all.target[i]];
        }
    }
}

std::map<std::uint32_t, std::uint32_t> counts(
    const std::vector<Neighbour>& neighbours, std::size_t projection)
{
    std::map<std::uint32_t, std::uint32_t> out;
    for (const Neighbour& neighbour : neighbours) {
        if (neighbour.projection == projection) {
            out[neighbour.neuron] = neighbour.synapses;
        }
    }
    return out;
}

const char* const uniform = "\"J\"";
const char* const drawn = R"({"uniform": [0.5, 1.5], "scale": "J"})";
const char* const one_delay = "1.5";
const char* const delays = R"({"uniform": [0.5, 3]})";

} // namespace

Q_DECLARE_METATYPE(Joining)

class TestNeighbours : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neighbours_are_those_of_all_synapses_data() { rows(); }
    void neighbours_are_those_of_all_synapses();
    void a_spike_reaches_exactly_the_out_neighbours_data() { rows(); }
    void a_spike_reaches_exactly_the_out_neighbours();
    void in_and_out_are_two_views_of_the_same_synapses();
    void listed_connections_keep_their_weights();
    void it_can_be_given_up();

private:
    static void rows();
};

void TestNeighbours::rows()
{
    QTest::addColumn<Joining>("joining");
    const auto row
        = [](const char* name, const Joining& joining) { QTest::newRow(name) << joining; };
    row("all to all, nothing stored",
        {R"({"rule": "all_to_all"})", uniform, one_delay, Storage::none});
    row("bit matrix",
        {R"({"rule": "fixed_indegree", "indegree": 60})", uniform, one_delay, Storage::bit_matrix});
    row("lists with counts",
        {R"({"rule": "fixed_indegree", "indegree": 4})", uniform, one_delay,
            Storage::counted_lists});
    row("lists with weights",
        {R"({"rule": "pairwise_bernoulli", "p": 0.05})", drawn, one_delay,
            Storage::weighted_lists});
    row("dense rows", {R"({"rule": "all_to_all"})", drawn, one_delay, Storage::dense_rows});
    row("individual delays",
        {R"({"rule": "fixed_outdegree", "outdegree": 30})", drawn, delays, Storage::delayed_lists});
    row("a total number",
        {R"({"rule": "fixed_total_number", "N": 9000})", uniform, delays, Storage::delayed_lists});
}

void TestNeighbours::neighbours_are_those_of_all_synapses()
{
    QFETCH(const Joining, joining);
    const config::PresetDocument document = joined_by(joining);
    const config::Experiment& experiment = document.experiment();
    for (const std::size_t projection : {0U, 1U}) {
        QCOMPARE(network::plan_projection(network::site_of(experiment, projection), false).storage,
            joining.storage);
    }
    for (const std::uint32_t neuron : {0U, 511U, 699U}) {
        const Neighbours found = analysis::neighbours_of(experiment, 0, neuron);
        for (const std::size_t projection : {0U, 1U}) {
            std::map<std::uint32_t, std::uint32_t> in;
            std::map<std::uint32_t, std::uint32_t> out;
            count_all(experiment, projection, neuron, in, out);
            QVERIFY(counts(found.in, projection) == in);
            QVERIFY(counts(found.out, projection) == out);
            QVERIFY(projection == 1 || !in.empty());
        }
    }
}

/// The network itself, with the storage that it has chosen, says who gets a spike, and how much.
void TestNeighbours::a_spike_reaches_exactly_the_out_neighbours()
{
    QFETCH(const Joining, joining);
    const config::PresetDocument document = joined_by(joining);
    constexpr std::uint32_t neuron = 613;
    Simulation simulation(document, {});
    simulation.advance(10);
    QVERIFY(simulation.set("populations/E/state/613/V_m", 30.0).errors.empty());
    simulation.advance(60); // the longest delay is 3 ms
    const auto spikes = simulation.history()->spikes(0, simulation.now());
    QCOMPARE(spikes.size(), std::size_t {1}); // weights are far below threshold
    QCOMPARE(spikes[0].neuron, neuron);

    std::map<std::pair<std::size_t, std::uint32_t>, double> expected;
    for (const Neighbour& to : analysis::neighbours_of(document.experiment(), 0, neuron).out) {
        expected[{to.population, to.neuron}] += to.weight;
    }
    QVERIFY(expected.size() > 3);
    const auto& columns = simulation.history()->groups()[0].columns;
    const auto rows = simulation.history()->rows(0, 0, simulation.now());
    std::size_t reached = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].population == 0 && columns[c].neuron == neuron) {
            continue; // refractory, and before that above threshold
        }
        // V decays by exp(-dt / tau_m) in between: the sum of the jumps, decay taken back.
        double jumps = 0.0;
        double before = 0.0;
        const double decay = std::exp(-0.1 / 10.0);
        for (std::size_t k = 0; k < rows.steps.size(); ++k) {
            const double V = rows.values[k * columns.size() + c];
            jumps += V - before * decay;
            before = V;
        }
        const auto to = expected.find({columns[c].population, columns[c].neuron});
        const double weight = to == expected.end() ? 0.0 : to->second;
        QVERIFY2(std::abs(jumps - weight) < 1e-9, columns[c].csv_name.c_str());
        reached += jumps > 0.0 ? 1U : 0U;
    }
    expected.erase({0, neuron});
    QCOMPARE(reached, expected.size());
}

void TestNeighbours::in_and_out_are_two_views_of_the_same_synapses()
{
    const config::PresetDocument document
        = joined_by({R"({"rule": "fixed_indegree", "indegree": 12})", drawn, one_delay,
            Storage::weighted_lists});
    const Neighbours of_5 = analysis::neighbours_of(document.experiment(), 0, 5);
    QVERIFY(of_5.in.size() > 6);
    for (const Neighbour& from : of_5.in) {
        const Neighbours back = analysis::neighbours_of(document.experiment(), 0, from.neuron);
        Neighbour expected = from;
        expected.neuron = 5;
        QVERIFY(std::find(back.out.begin(), back.out.end(), expected) != back.out.end());
    }
}

void TestNeighbours::listed_connections_keep_their_weights()
{
    const config::PresetDocument document = support::preset(R"({"dt": 0.1, "duration": 5})",
        R"("populations": [{"name": "n", "size": 4, "model": "iaf_psc_delta"}],
        "projections": [{"source": "n", "target": "n", "rule": {"rule": "explicit", "connections":
          [[0, 1, 0.25, 1], [0, 1, -1.5, 2], [2, 1, 3, 1], [1, 3, 0.125, 1], [3, 2, 9, 1]]}}])");
    const Neighbours found = analysis::neighbours_of(document.experiment(), 0, 1);
    QVERIFY(found.in == (std::vector<Neighbour> {{0, 0, 0, 2, -1.25}, {0, 0, 2, 1, 3.0}}));
    QVERIFY(found.out == (std::vector<Neighbour> {{0, 0, 3, 1, 0.125}}));
}

void TestNeighbours::it_can_be_given_up()
{
    core::Progress progress;
    progress.cancel();
    const config::PresetDocument document
        = joined_by({R"({"rule": "fixed_indegree", "indegree": 600})", uniform, one_delay,
            Storage::bit_matrix});
    QVERIFY_EXCEPTION_THROWN(
        analysis::neighbours_of(document.experiment(), 0, 5, &progress), core::Cancelled);
}

QTEST_GUILESS_MAIN(TestNeighbours)
#include "tst_neighbours.moc"
