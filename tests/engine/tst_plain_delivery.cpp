#include "engine/core/dispatch.hpp"
#include "engine/simulation.hpp"
#include "tests/support/shipped.hpp"

#include <QTest>

// The storages and instructions that are fast give the same spikes as plain lists on any processor.

using namespace engine;

namespace {

std::vector<recording::Spike> spikes_of(
    const config::PresetDocument& document, SimulationOptions options, core::Step steps)
{
    Simulation simulation(document, options);
    simulation.advance(steps / 2);
    // A shorter delay on the way brings several steps of spikes at once.
    if (document.value("D") && !simulation.set("D", core::Value {0.7}).document) {
        return {};
    }
    simulation.advance(steps - steps / 2);
    return simulation.history()->spikes(0, steps);
}

} // namespace

class TestPlainDelivery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { core::use_instructions(core::best_instructions()); }

    void fast_and_plain_networks_have_the_same_spikes_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("steps");
        QTest::newRow("asynchronous irregular") << "brunel-ai-small" << 1500;
        QTest::newRow("synchronous regular") << "brunel-sr-small" << 800;
        QTest::newRow("all to all with drawn weights") << "net-izh2003" << 400;
    }
    void fast_and_plain_networks_have_the_same_spikes()
    {
        QFETCH(QString, id);
        QFETCH(int, steps);
        const config::PresetDocument document = test_support::shipped(id.toStdString());
        SimulationOptions plain;
        plain.threads = 1;
        plain.plain_delivery = true;
        core::use_instructions(core::Instructions::baseline);
        const auto expected = spikes_of(document, plain, steps);
        QVERIFY(expected.size() > 1000);

        for (const auto twin :
            {core::Instructions::baseline, core::Instructions::avx2, core::best_instructions()}) {
            core::use_instructions(twin);
            for (const int threads : {1, 3}) {
                SimulationOptions fast;
                fast.threads = threads;
                const auto spikes = spikes_of(document, fast, steps);
                QVERIFY2(spikes == expected, core::instructions_name(twin));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestPlainDelivery)
#include "tst_plain_delivery.moc"
