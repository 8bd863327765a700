// Going back to a recorded moment and branching there: the complete state of then.

#include "engine/core/diagnostic.hpp"
#include "engine/runner/time_machine.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <cmath>

using namespace engine;
using core::Step;
using runner::Checkpoints;
using runner::LiveChecks;
using runner::TimeMachine;
using test_support::csv;
using test_support::network_text;
using test_support::neuron_text;
using test_support::number_at;
using test_support::preset;

namespace {

constexpr double costly = 1.0; // seconds for a step: checkpoints are used, not the beginning
constexpr std::size_t plenty = std::size_t {1} << 30;

/// A simulation with everything a live run has around it, advanced by hand. A checkpoint is taken
/// after each batch.
struct Machine {
    Machine(const std::string& text, int threads, std::size_t checkpoint_bytes = plenty)
        : document(preset(text))
        , simulation(document, options(threads))
        , checks(simulation, document)
        , time(simulation, checks, checkpoint_bytes)
    {
    }
    static SimulationOptions options(int threads)
    {
        SimulationOptions out;
        out.threads = threads;
        out.honour_at_end = true;
        return out;
    }
    void advance(Step steps)
    {
        simulation.advance(steps);
        time.after_batch(1e9);
    }
    void set(const std::string& path, double to)
    {
        QVERIFY(!core::has_errors(simulation.set(path, to).errors));
    }
    /// Goes all the way back to the step.
    TimeMachine::Arrival branch(Step step, double cost = costly)
    {
        const std::string reason = time.go_back({step, {}, false}, 0, cost);
        if (!reason.empty()) {
            throw std::runtime_error(reason);
        }
        while (!time.repeat(37)) { }
        return time.arrive();
    }
    std::string recorded() const
    {
        return csv(Recording {simulation.document(), simulation.history(), simulation.grid(),
            simulation.now(), false});
    }

    config::PresetDocument document;
    Simulation simulation;
    LiveChecks checks;
    TimeMachine time;
};

} // namespace

class TestTimeMachine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_branch_without_a_change_repeats_the_original_data()
    {
        QTest::addColumn<bool>("network");
        QTest::addColumn<int>("threads");
        QTest::addColumn<bool>("checkpoints");
        QTest::addRow("neuron with noise, from the beginning") << false << 1 << false;
        QTest::addRow("neuron with noise, from a checkpoint") << false << 1 << true;
        for (const int threads : {1, 2, 3, 4}) {
            QTest::addRow("network, %d threads", threads) << true << threads << true;
        }
        QTest::addRow("network, from the beginning") << true << 2 << false;
    }

    void a_branch_without_a_change_repeats_the_original()
    {
        QFETCH(bool, network);
        QFETCH(int, threads);
        QFETCH(bool, checkpoints);
        Machine machine(network ? network_text(1e6) : neuron_text(1e6), threads);
        const std::string path = network ? "rate" : "drive";
        machine.advance(210);
        machine.set(path, network ? 14000.0 : 620.0);
        machine.advance(130);
        if (network) {
            machine.set("projections/EI/delay", 4.0);
        }
        machine.advance(260); // 600
        const std::string original = machine.recorded();
        const auto spikes = machine.simulation.spike_counts();
        QVERIFY(spikes.front() > 0);

        for (const Step step : {600, 599, 451, 340}) {
            const auto arrival = machine.branch(step, checkpoints ? costly : 0.0);
            QCOMPARE(machine.simulation.now(), step);
            QCOMPARE(arrival.branch->at, step);
            QVERIFY(arrival.values.empty());
            machine.advance(600 - step);
            QVERIFY(machine.recorded() == original);
            QCOMPARE(machine.simulation.spike_counts(), spikes);
        }
    }

    void a_branch_with_a_change_differs_from_there_on_only_data()
    {
        QTest::addColumn<bool>("network");
        QTest::addRow("neuron") << false;
        QTest::addRow("network") << true;
    }

    void a_branch_with_a_change_differs_from_there_on_only()
    {
        QFETCH(bool, network);
        Machine machine(network ? network_text(1e6) : neuron_text(1e6), 2);
        machine.advance(1500);
        const auto original = machine.simulation.history();
        machine.branch(800);
        machine.set(network ? "rate" : "drive", network ? 15000.0 : 700.0);
        machine.advance(700);
        const auto& branch = *machine.simulation.history();
        for (std::size_t g = 0; g < original->groups().size(); ++g) {
            // `I` of the sample at 800 is already the current of the step with the change.
            QVERIFY(branch.rows(g, 0, 799).values == original->rows(g, 0, 799).values);
            QVERIFY(branch.rows(g, 800, 1500).values != original->rows(g, 800, 1500).values);
        }
        QVERIFY(branch.spikes(0, 800) == original->spikes(0, 800));
        QVERIFY(branch.spikes(800, 1500) != original->spikes(800, 1500));
        // What was left behind is still there.
        QCOMPARE(original->published(), Step {1500});
    }

    void later_changes_stay_behind_and_unseen_ones_come_along()
    {
        Machine machine(neuron_text(1e6), 1);
        machine.advance(100);
        machine.set("drive", 510.0);
        machine.advance(100);
        machine.set("drive", 520.0);
        machine.advance(100);
        machine.set("drive", 530.0); // no step has seen it
        const auto arrival = machine.branch(150);
        QCOMPARE(number_at(machine.simulation.document(), "drive"), 510.0);
        QCOMPARE(machine.simulation.changes().size(), std::size_t {1});
        QCOMPARE(arrival.values.size(), std::size_t {1});
        QCOMPARE(arrival.values.front().first, std::string("drive"));
        QCOMPARE(std::get<double>(arrival.values.front().second), 530.0);
        QCOMPARE(number_at(arrival.branch->document, "drive"), 530.0);
        QCOMPARE(number_at(arrival.branch->at_start, "drive"), 500.0);
    }

    void events_of_the_preset_are_made_again()
    {
        std::string text = neuron_text(1e6);
        text.insert(text.rfind('}'),
            R"(, "events": [{"at": 15, "set": "drive", "value": 650}, {"at": 45, "set": "drive", "value": 450}])");
        Machine machine(text, 1);
        machine.advance(250);
        machine.set("drive", 560.0);
        machine.advance(350);
        const std::string original = machine.recorded();
        QCOMPARE(number_at(machine.simulation.document(), "drive"), 450.0);
        for (const Step step : {451, 450, 449, 250}) {
            machine.branch(step);
            QCOMPARE(number_at(machine.simulation.document(), "drive"), step > 450 ? 450.0 : 560.0);
            machine.advance(600 - step);
            QVERIFY(machine.recorded() == original);
        }
    }

    void giving_up_puts_everything_back()
    {
        Machine machine(network_text(1e6), 2);
        Machine other(network_text(1e6), 1);
        for (Machine* m : {&machine, &other}) {
            m->advance(400);
            m->set("rate", 13000.0);
            m->advance(200);
        }
        QVERIFY(machine.time.go_back({500, {}, false}, 0, 0.0).empty());
        QVERIFY(!machine.time.repeat(123));
        QVERIFY(std::abs(machine.time.fraction() - 123.0 / 500.0) < 1e-12);
        machine.time.turn_back();
        QCOMPARE(machine.simulation.now(), Step {600});
        machine.advance(300);
        other.advance(300);
        QVERIFY(machine.recorded() == other.recorded());
    }

    void what_is_not_there_is_refused_with_its_reason_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<int>("sweep");
        QTest::addColumn<QString>("reason");
        QTest::addRow("later than now") << Step {601} << 0 << "601";
        QTest::addRow("before the beginning") << Step {-1} << 0 << "outside";
        QTest::addRow("unknown sweep") << Step {10} << 7 << "only the present sweep";
    }

    void what_is_not_there_is_refused_with_its_reason()
    {
        QFETCH(Step, step);
        QFETCH(int, sweep);
        QFETCH(QString, reason);
        reason.replace("601", "60.1 ms");
        Machine machine(neuron_text(1e6), 1);
        machine.advance(600);
        const std::string before = machine.recorded();
        const std::string found
            = machine.time.go_back({step, static_cast<std::uint64_t>(sweep), false}, 0, costly);
        QVERIFY2(found.find(reason.toStdString()) != std::string::npos, found.c_str());
        QVERIFY(!machine.time.under_way());
        QVERIFY(machine.recorded() == before);
    }

    void checkpoints_stay_within_their_memory_and_apart()
    {
        Machine machine(network_text(1e6), 1);
        machine.advance(1);
        const std::size_t one = Simulation::bytes(*machine.simulation.copy_state());
        QVERIFY(one >= 100 * sizeof(double));
        constexpr std::size_t allowed = 20;
        Checkpoints checkpoints(allowed * one);
        for (int i = 0; i < 3000; ++i) {
            machine.simulation.advance(5);
            checkpoints.after_batch(machine.simulation, 1e9);
            QVERIFY(checkpoints.bytes() <= allowed * one);
        }
        QVERIFY(checkpoints.size() >= 4);
        // From anywhere in the run, a checkpoint is near.
        const Step now = machine.simulation.now();
        for (Step step = 0; step <= now; step += 50) {
            const auto* nearest = checkpoints.before(step);
            QVERIFY(step - (nearest ? nearest->step : 0) <= now / 3);
        }
        checkpoints.cut(now / 2);
        QVERIFY(checkpoints.before(now)->step <= now / 2);
    }

    void a_state_larger_than_allowed_is_not_kept_and_the_way_back_begins_at_zero()
    {
        Machine machine(neuron_text(1e6), 1, 100);
        machine.advance(500);
        const std::string original = machine.recorded();
        machine.branch(300);
        machine.advance(200);
        QVERIFY(machine.recorded() == original);
    }

    void copying_takes_a_hundredth_of_the_work_at_most()
    {
        Machine machine(network_text(1e6), 1);
        Checkpoints checkpoints(plenty);
        for (int i = 0; i < 1000; ++i) {
            machine.simulation.advance(1);
            checkpoints.after_batch(machine.simulation, 1e-3); // a second of work altogether
        }
        QVERIFY(checkpoints.size() <= 10);
        QVERIFY(checkpoints.size() > 0);
    }
};

QTEST_APPLESS_MAIN(TestTimeMachine)
#include "tst_time_machine.moc"
