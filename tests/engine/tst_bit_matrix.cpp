#include "engine/core/dispatch.hpp"
#include "engine/core/large_array.hpp"
#include "engine/core/random.hpp"
#include "engine/network/bit_planes.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "tests/support/listed_synapses.hpp"
#include "tests/support/random_spikes.hpp"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace engine;
using test_support::ListedSynapses;
using test_support::Synapses;

namespace {

/// Every synapse with its probability, some of them several times.
Synapses random_synapses(
    std::uint32_t sources, std::uint32_t targets, double p, std::uint64_t most_times)
{
    core::Random random(sources + targets);
    Synapses s;
    for (std::uint32_t t = 0; t < targets; ++t) {
        for (std::uint32_t i = 0; i < sources; ++i) {
            const std::uint64_t times = random.uniform() < p ? 1 + random.below(most_times) : 0;
            s.source.insert(s.source.end(), times, i);
            s.target.insert(s.target.end(), times, static_cast<std::uint16_t>(t));
        }
    }
    return s;
}

double value(const network::Arrivals& arrivals, std::size_t i)
{
    switch (arrivals.form) {
    case network::Form::counts8:
        return static_cast<const std::uint8_t*>(arrivals.values)[i];
    case network::Form::counts16:
        return static_cast<const std::uint16_t*>(arrivals.values)[i];
    case network::Form::counts32:
        return static_cast<const std::uint32_t*>(arrivals.values)[i];
    default:
        return 0.0;
    }
}

} // namespace

class TestBitMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { core::use_instructions(core::best_instructions()); }

    void rows_of_bits_are_added_exactly_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<double>("p");
        QTest::newRow("few") << 8 << 0.5;
        QTest::newRow("a usual step") << 40 << 0.1;
        QTest::newRow("all bits, the most that a byte is used for") << 120 << 1.0;
        QTest::newRow("one more digit") << 128 << 0.9;
        QTest::newRow("synchronous spikes, counts below 128") << 336 << 0.1;
        QTest::newRow("synchronous spikes, large counts") << 336 << 0.8;
        QTest::newRow("counts beyond a byte") << 1000 << 0.7;
        QTest::newRow("all of many") << 4096 << 1.0;
    }
    void rows_of_bits_are_added_exactly()
    {
        QFETCH(int, rows);
        QFETCH(double, p);
        for (const std::size_t words : {4U, 8U, 20U}) {
            core::LargeArray<std::uint64_t> bits(words * static_cast<std::size_t>(rows), 0);
            std::vector<unsigned> expected(words * 64, 0);
            std::vector<const std::uint64_t*> row;
            core::Random random(words);
            for (int r = 0; r < rows; ++r) {
                std::uint64_t* first = bits.data() + static_cast<std::size_t>(r) * words;
                row.push_back(first);
                for (std::size_t t = 0; t < words * 64; ++t) {
                    if (random.uniform() < p) {
                        const std::size_t place = network::bit_place(t);
                        first[place / 64] |= std::uint64_t {1} << (place % 64);
                        ++expected[t];
                    }
                }
            }
            const unsigned most = *std::max_element(expected.begin(), expected.end());
            for (const auto twin : {core::Instructions::baseline, core::Instructions::avx2,
                     core::Instructions::avx512}) {
                core::use_instructions(twin);
                network::BitPlanes planes;
                planes.begin(words, words);
                const std::span<const std::uint64_t* const> all(row);
                for (std::size_t first = 0; first < all.size();) { // in uneven parts
                    const std::size_t length = std::min(all.size() - first, 8 + first / 8 * 8);
                    planes.add(all.subspan(first, length), {});
                    first += length;
                }
                core::LargeArray<std::uint8_t> bytes(words * 64);
                core::LargeArray<std::uint16_t> shorts(words * 64);
                core::LargeArray<std::uint32_t> longs(words * 64);
                QCOMPARE(planes.below(7), most < 128);
                QCOMPARE(planes.below(8), most < 256);
                planes.write(bytes.data());
                planes.write(shorts.data());
                planes.write(longs.data());
                for (std::size_t t = 0; t < words * 64; ++t) {
                    QVERIFY(most > 255 || bytes[t] == expected[t]);
                    QCOMPARE(unsigned {shorts[t]}, expected[t]);
                    QCOMPARE(unsigned {longs[t]}, expected[t]);
                }
            }
        }
    }

    void the_matrix_delivers_what_lists_deliver_data()
    {
        QTest::addColumn<std::uint32_t>("sources");
        QTest::addColumn<std::uint32_t>("targets");
        QTest::addColumn<double>("density");
        QTest::addColumn<int>("times"); // synapses of a pair, at most
        QTest::addColumn<double>("firing"); // share of the sources in each step
        QTest::newRow("one target") << 50U << 1U << 0.5 << 2 << 0.1;
        QTest::newRow("sparse spikes") << 300U << 500U << 0.1 << 1 << 0.01;
        QTest::newRow("some pairs twice") << 400U << 256U << 0.1 << 2 << 0.05;
        QTest::newRow("extras beyond their cache line") << 60U << 700U << 0.3 << 3 << 0.1;
        QTest::newRow("all fire") << 700U << 300U << 0.5 << 2 << 1.0;
        QTest::newRow("pairs with very many synapses") << 200U << 130U << 0.9 << 150 << 1.0;
    }
    void the_matrix_delivers_what_lists_deliver()
    {
        QFETCH(std::uint32_t, sources);
        QFETCH(std::uint32_t, targets);
        QFETCH(double, density);
        QFETCH(int, times);
        QFETCH(double, firing);
        constexpr core::Step steps = 24;
        ListedSynapses stream(sources, targets,
            random_synapses(sources, targets, density, static_cast<std::uint64_t>(times)));
        const auto matrix = network::make_bit_matrix(stream);
        const auto lists = network::make_counted_lists(stream);
        QCOMPARE(matrix->synapses(), lists->synapses());
        const network::SpikeRing ring = test_support::random_spikes(sources, firing, steps);
        network::Scratch scratch;
        // One stamp a step, then several that a shorter delay has let arrive at once.
        for (const core::Step before : {core::Step {1}, core::Step {7}}) {
            const network::StampWindows windows(before + 2, before + 14, before + 2 - before, 1);
            network::BatchArrivals x;
            network::BatchArrivals y;
            x.begin(windows.steps(), targets);
            y.begin(windows.steps(), targets);
            matrix->gather(ring, windows, x, scratch);
            lists->gather(ring, windows, y, scratch);
            for (std::size_t i = 0; i < windows.steps(); ++i) {
                for (std::size_t t = 0; t < targets; ++t) {
                    QCOMPARE(value(x[i], t), value(y[i], t));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestBitMatrix)
#include "tst_bit_matrix.moc"
