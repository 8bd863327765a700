#include "engine/simulation.hpp"

#include "tests/support/preset_text.hpp"

#include <QTest>

#include <string>
#include <vector>

using namespace engine;

namespace {

/// The Brunel network with a fifth of its neurons (Brunel 2000: C_E = 1000 of 5000 and J as in
/// Fig. 8), large enough to be shared among threads.
std::string brunel(const std::string& g, const std::string& eta)
{
    const std::string lif
        = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1,)"
          R"( "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}, "init": {"V_m": 0})";
    std::string projections;
    for (const char* source : {"E", "I"}) {
        for (const char* target : {"E", "I"}) {
            const bool inhibitory = source[0] == 'I';
            projections += std::string(projections.empty() ? "" : ", ") + R"({"source": ")" + source
                + R"(", "target": ")" + target
                + R"(", "rule": {"rule": "fixed_indegree", "indegree": )"
                + (inhibitory ? "250" : "1000") + R"(}, "weight": ")"
                + (inhibitory ? "-0.1 * " + g : std::string("0.1")) + R"(", "delay": 1.5})";
        }
    }
    return R"("populations": [{"name": "E", "size": 5000, )" + lif
        + R"(}, {"name": "I", "size": 1250, )" + lif + R"(}], "projections": [)" + projections
        + R"(], "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": ")" + eta
        + R"( * 10000", "weight": 0.1}])";
}

struct Result {
    std::vector<recording::Spike> spikes;
    std::vector<double> traces;
    friend bool operator==(const Result&, const Result&) = default;
};

Result run(int threads, core::Step batch)
{
    Simulation simulation(
        support::preset(R"({"dt": 0.1, "duration": 60})", brunel("5", "2")), {threads, 1U << 28});
    while (simulation.now() < simulation.end()) {
        simulation.advance(batch);
    }
    return {simulation.history()->spikes(0, simulation.end()),
        simulation.history()->rows(0, 0, simulation.end()).values};
}

} // namespace

class TestDeterminism : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threads_and_batches_change_nothing()
    {
        const Result expected = run(1, 600);
        QVERIFY(expected.spikes.size() > 5000);
        for (const int threads : {2, 3, 4}) {
            QVERIFY2(run(threads, 600) == expected, std::to_string(threads).c_str());
        }
        QVERIFY(run(1, 1) == expected);
        QVERIFY(run(2, 7) == expected);
    }

    void the_asynchronous_irregular_state_has_its_rate()
    {
        // Simulations of this size: 37.5-37.8 Hz; tolerance 3 %.
        Simulation simulation(
            support::preset(R"({"dt": 0.1, "duration": 700})", brunel("5", "2")), {2, 1U << 28});
        simulation.advance(simulation.end());
        const double rate
            = static_cast<double>(simulation.history()->spikes(2000, 7000).size()) / 6250.0 / 0.5;
        QVERIFY2(rate > 37.65 * 0.97 && rate < 37.65 * 1.03, std::to_string(rate).c_str());
    }

    void the_synchronous_regular_state_loses_no_count()
    {
        // 333.4 Hz +- 0.5 %, counted over thirty of its cycles of 3 ms: narrow counts of arrivals
        // would overflow here.
        Simulation simulation(
            support::preset(R"({"dt": 0.1, "duration": 290})", brunel("3", "2")), {2, 1U << 28});
        simulation.advance(simulation.end());
        const double rate
            = static_cast<double>(simulation.history()->spikes(2000, 2900).size()) / 6250.0 / 0.09;
        QVERIFY2(rate > 333.4 * 0.995 && rate < 333.4 * 1.005, std::to_string(rate).c_str());
    }
};

QTEST_APPLESS_MAIN(TestDeterminism)
#include "tst_determinism.moc"
