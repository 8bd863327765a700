#include "engine/analysis/chosen_spikes.hpp"
#include "engine/core/random.hpp"

#include <QTest>

using namespace engine;
using analysis::Choice;
using analysis::ChosenSpikes;
using analysis::evenly_chosen;
using analysis::PopulationSelection;
using analysis::SpikeSelector;

namespace {

/// The numbers of the chosen ones, one neuron after another.
std::vector<std::uint32_t> plainly(const Choice& choice, const std::vector<std::uint32_t>& neurons)
{
    std::vector<std::uint32_t> out;
    for (const std::uint32_t neuron : neurons) {
        if (choice.slot(neuron) != Choice::none) {
            out.push_back(choice.slot(neuron));
        }
    }
    return out;
}

std::vector<std::uint32_t> copy(std::span<const std::uint32_t> span)
{
    return {span.begin(), span.end()};
}

} // namespace

class TestChosenSpikes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void they_are_those_of_the_choices_data()
    {
        QTest::addColumn<int>("trains");
        QTest::addRow("all trains") << 3000;
        QTest::addRow("some trains") << 700;
        QTest::addRow("no train") << 0;
    }

    void they_are_those_of_the_choices()
    {
        QFETCH(int, trains);
        constexpr std::size_t size = 3000;
        constexpr std::size_t first = 1000; // in a network of 5000
        const PopulationSelection selection(size,
            Choice(size, evenly_chosen(size, static_cast<std::size_t>(trains))),
            Choice(size, evenly_chosen(size, 200)), Choice(size, evenly_chosen(5000, 200), first));
        SpikeSelector selector;
        core::Random random(1);
        for (int i = 0; i < 50; ++i) {
            std::vector<std::uint32_t> neurons;
            for (double n = 40.0 * random.exponential(); n < size;
                 n += 1.0 + 40.0 * random.exponential()) {
                neurons.push_back(static_cast<std::uint32_t>(n));
            }
            const ChosenSpikes chosen = selector.select(selection, neurons);
            QCOMPARE(chosen.count, neurons.size());
            QCOMPARE(copy(chosen.trains), plainly(selection.trains(), neurons));
            QCOMPARE(copy(chosen.pairs), plainly(selection.pairs(), neurons));
            QCOMPARE(copy(chosen.network_pairs), plainly(selection.network_pairs(), neurons));
        }
    }

    void no_spikes_are_none()
    {
        const PopulationSelection selection(
            10, Choice(10, evenly_chosen(10, 5)), Choice(10, {}), Choice(10, {}));
        SpikeSelector selector;
        QCOMPARE(selector.select(selection, {}).trains.size(), std::size_t {0});
        QCOMPARE(selector.select(selection, {}).count, std::size_t {0});
    }
};

QTEST_GUILESS_MAIN(TestChosenSpikes)
#include "tst_chosen_spikes.moc"
